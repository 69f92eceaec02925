from django.urls import path

from precedent.web.vocabularies import views

urlpatterns = [
    path("vocabularies", views.vocabularies, name="vocabularies"),
    path("vocabularies/<slug:code>", views.vocabulary, name="vocabulary"),
    path("vocabularies/<slug:code>/<slug:term>", views.term, name="term"),
]
