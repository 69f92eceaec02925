from django.urls import path

from precedent.web.coverage import depth, files, views

urlpatterns = [
    path("coverage", views.matrix, name="coverage"),
    path("coverage/none", views.gap, name="coverage-gap"),
    path("coverage/least", depth.least, name="coverage-least"),
    path("coverage/least.csv", depth.as_csv, name="coverage-least-csv"),
    path("coverage.csv", files.as_csv, name="coverage-csv"),
    path("coverage.svg", files.as_svg, name="coverage-svg"),
    path("coverage.png", files.as_png, name="coverage-png"),
]
