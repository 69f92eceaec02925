from django.urls import path

from precedent.web.framework import views

urlpatterns = [
    path("framework", views.framework, name="framework"),
    path("framework/editions/<int:number>", views.edition, name="edition"),
    path("framework/editions/<int:number>.yaml", views.file, name="edition-yaml"),
    path("framework/questions/<slug:code>", views.code, name="framework-code"),
]
