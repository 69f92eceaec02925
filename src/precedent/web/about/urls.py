from django.urls import path

from precedent.web.about import views

urlpatterns = [
    path("about", views.about, name="about"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
