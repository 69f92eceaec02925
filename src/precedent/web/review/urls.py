from django.urls import path, register_converter

from precedent.web.contribute.address import StepConverter, SubmissionConverter
from precedent.web.review import desk, editing, versions, views

register_converter(SubmissionConverter, "reviewed")
register_converter(StepConverter, "chapter")

urlpatterns = [
    path("review", desk.desk, name="review"),
    path("review/take", desk.take, name="review-take"),
    path("review/<reviewed:id>", views.one, name="review-one"),
    path("review/<reviewed:id>/claim", views.claim, name="review-claim"),
    path("review/<reviewed:id>/comment", views.comment, name="review-comment"),
    path("review/<reviewed:id>/close", views.close, name="review-close"),
    path("review/<reviewed:id>/check", views.check, name="review-check"),
    path("review/<reviewed:id>/move", views.move, name="review-move"),
    path("review/<reviewed:id>/rebase", views.rebase, name="review-rebase"),
    path("review/<reviewed:id>/compare", versions.compared, name="review-compare"),
    path("review/<reviewed:id>/edit/<chapter:step>", editing.edit, name="review-edit"),
    path("review/<reviewed:id>/form.docx", versions.as_word, name="review-word"),
    path("review/<reviewed:id>/files/<str:sha256>", versions.sent_file, name="review-file"),
]
