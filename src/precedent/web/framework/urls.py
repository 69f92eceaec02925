from django.urls import path

from precedent.web.framework import views

urlpatterns = [
    path("framework", views.framework, name="framework"),
    path("framework/editions/<int:number>", views.edition, name="edition"),
]
