from django.urls import path

from precedent.web.search import files, views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search.<str:kind>", files.file, name="search-file"),
]
