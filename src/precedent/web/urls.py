"""The addresses of the pages, after the language."""

from django.urls import include, path

NOUNS = (
    "home",
    "search",
    "entries",
    "framework",
    "vocabularies",
    "about",
    "account",
    "mail",
    "inbox",
    "aftercare",
    "people",
    "join",
    "contribute",
    "review",
    "trail",
)

urlpatterns = [path("", include(f"precedent.web.{noun}.urls")) for noun in NOUNS]
