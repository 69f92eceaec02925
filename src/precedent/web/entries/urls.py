from django.urls import path, register_converter

from precedent.web.entries import compare, views
from precedent.web.entries.address import EntryAddressConverter, IdentifierConverter

register_converter(EntryAddressConverter, "entry")
register_converter(IdentifierConverter, "identifier")

urlpatterns = [
    path("entries/<identifier:id>.json", views.as_json, name="entry-json"),
    path("entries/<identifier:id>.jsonld", views.as_json_ld, name="entry-jsonld"),
    path("entries/<identifier:id>.bib", views.as_bibtex, name="entry-bibtex"),
    path("entries/<identifier:id>.ris", views.as_ris, name="entry-ris"),
    path("entries/<identifier:id>/compare", compare.compared, name="entry-compare"),
    path("entries/<entry:address>", views.entry, name="entry"),
    path("entries/<entry:address>/history", views.history, name="entry-history"),
]
