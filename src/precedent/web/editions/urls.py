from django.urls import path

from precedent.web.editions import around, deciding, draft, filing, item, publishing

urlpatterns = [
    path("framework/draft", draft.draft, name="edition-draft"),
    path("framework/draft/text", around.frame, name="edition-draft-frame"),
    path("framework/draft/area/<slug:code>", around.area, name="edition-draft-area"),
    path("framework/draft/add/<slug:stem>", around.add, name="edition-draft-add"),
    path("framework/draft/effects", deciding.effects, name="edition-effects"),
    path("framework/draft/publish", publishing.publish, name="edition-publish"),
    path("framework/draft/file", filing.take, name="edition-draft-file"),
    path("framework/draft/edition.yaml", filing.file, name="edition-draft-yaml"),
    path("framework/draft/items/<slug:code>", item.item, name="edition-draft-item"),
    path("framework/decisions", deciding.in_force, name="edition-decisions"),
    path("framework/take-back", publishing.take_back, name="edition-take-back"),
]
