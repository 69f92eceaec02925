from django.urls import path

from precedent.web.aftercare import views

urlpatterns = [
    path("confirm/<str:token>", views.confirm, name="confirm"),
    path("entries/<identifier:id>/keep", views.keep, name="entry-keep"),
]
