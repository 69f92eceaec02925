"""The addresses of the pages, after the language."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"precedent.web.{noun}.urls"))
    for noun in ("home", "search", "entries", "framework", "vocabularies", "about")
]
