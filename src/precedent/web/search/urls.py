from django.urls import path

from precedent.web.search import views

urlpatterns = [path("search", views.search, name="search")]
