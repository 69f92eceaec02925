from django.urls import path

from precedent.web.roundtables import marking, views

urlpatterns = [
    path("roundtables", views.roundtables, name="roundtables"),
    path("roundtables/<str:code>.csv", views.as_csv, name="roundtable-csv"),
    path("roundtables/<str:code>", views.roundtable, name="roundtable"),
    path("keep/roundtables/mark", marking.mark, name="roundtable-mark"),
    path("keep/roundtables/unmark", marking.unmark, name="roundtable-unmark"),
]
