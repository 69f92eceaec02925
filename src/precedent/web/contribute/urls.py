from django.urls import path, register_converter

from precedent.web.contribute import bulk, check, example, files, history, steps, views, word
from precedent.web.contribute.address import StepConverter, SubmissionConverter

register_converter(SubmissionConverter, "submission")
register_converter(StepConverter, "step")

urlpatterns = [
    path("contribute", views.contribute, name="contribute"),
    path("contribute/start", views.start, name="contribute-start"),
    path("contribute/mine", views.mine, name="my-examples"),
    path("contribute/upload", word.upload, name="upload"),
    path("contribute/bulk", bulk.bulk, name="bulk"),
    path("contribute/form.docx", word.word_form, name="word-form"),
    path("contribute/short-form.docx", word.short_form, name="short-form"),
    path("contribute/workbook.xlsx", word.workbook, name="workbook"),
    path("contribute/<submission:id>", example.contribution, name="contribution"),
    path("contribute/<submission:id>/<step:step>", steps.step, name="draft-step"),
    path("contribute/<submission:id>/check", check.check, name="draft-check"),
    path("contribute/<submission:id>/history", history.history, name="draft-history"),
    path("contribute/<submission:id>/comment", example.comment, name="draft-comment"),
    path("contribute/<submission:id>/move", example.move, name="draft-move"),
    path("contribute/<submission:id>/files", files.draft_file, name="draft-file"),
    path("contribute/<submission:id>/files/<str:sha256>", files.draft_file, name="draft-file"),
    path("contribute/<submission:id>/form.docx", word.draft_word, name="draft-word"),
    path("contribute/<submission:id>/upload", word.draft_upload, name="draft-upload"),
    path("entries/<identifier:id>/propose", views.propose, name="propose"),
]
