"""The addresses of the pages, after the language."""

from django.urls import include, path

NOUNS = (
    "home",
    "search",
    "entries",
    "framework",
    "editions",
    "coverage",
    "roundtables",
    "vocabularies",
    "about",
    "account",
    "mail",
    "inbox",
    "aftercare",
    "people",
    "join",
    "calls",
    "feeds",
    "contribute",
    "review",
    "trail",
)

urlpatterns = [path("", include(f"precedent.web.{noun}.urls")) for noun in NOUNS]
