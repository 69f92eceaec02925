from django.urls import path

from precedent.web.vocabularies import ending, importing, keeping, views

urlpatterns = [
    path("vocabularies", views.vocabularies, name="vocabularies"),
    path("vocabularies.yaml", views.file, name="vocabularies-file"),
    path("vocabularies/<slug:code>", views.vocabulary, name="vocabulary"),
    path("vocabularies/<slug:code>/<slug:term>", views.term, name="term"),
    # A term may have any code, so what is done with one has addresses of its own.
    path("keep/vocabularies", importing.take, name="vocabularies-keep"),
    path("keep/vocabularies/<slug:code>", keeping.vocabulary, name="vocabulary-keep"),
    path("keep/vocabularies/<slug:code>/add", keeping.add, name="term-add"),
    path("keep/vocabularies/<slug:code>/terms/<slug:term>", keeping.term, name="term-keep"),
    path("keep/vocabularies/<slug:code>/terms/<slug:term>/merge", ending.merge, name="term-merge"),
    path("keep/vocabularies/<slug:code>/terms/<slug:term>/retire", ending.retire, name="term-retire"),
    path("keep/vocabularies/<slug:code>/terms/<slug:term>/back", ending.bring_back, name="term-back"),
]
