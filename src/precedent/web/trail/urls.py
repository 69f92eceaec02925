from django.urls import path

from precedent.web.trail import views

urlpatterns = [
    path("review/trail", views.trail, name="trail"),
    path("review/trail/events.<str:kind>", views.export, name="trail-export"),
]
