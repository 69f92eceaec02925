from django.urls import path

from precedent.web.calls import editing, letters, views

urlpatterns = [
    path("calls", views.calls, name="calls"),
    path("calls/new", editing.new, name="call-new"),
    path("calls/<int:number>", views.call, name="call"),
    path("calls/<int:number>/letter.docx", letters.word, name="call-letter-word"),
    path("calls/<int:number>/letter.pdf", letters.paper, name="call-letter-pdf"),
    path("calls/<int:number>/change", editing.change, name="call-change"),
    path("calls/<int:number>/close", editing.close, name="call-close"),
    path("calls/<int:number>/reopen", editing.reopen, name="call-reopen"),
]
