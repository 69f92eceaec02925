from django.urls import path

from precedent.web.home import views

urlpatterns = [path("", views.home, name="home")]
