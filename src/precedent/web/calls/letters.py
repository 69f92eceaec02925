"""The letter of a call, to be downloaded in the language of the address."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from precedent.calls import queries
from precedent.calls.letter.paper import as_pdf
from precedent.calls.letter.word import as_word
from precedent.calls.letter.wording import Letter, Ways, letter
from precedent.kernel.languages import current
from precedent.web.contribute.word import WORD, download
from precedent.web.page import absolute

PDF = "application/pdf"


@require_safe
def word(request: HttpRequest, number: int) -> HttpResponse:
    """The letter as a Word file, to be changed before it is sent."""
    return download(as_word(_letter(request, number)), WORD, _name(number, "docx"))


@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The letter as a PDF file of one page."""
    return download(as_pdf(_letter(request, number)), PDF, _name(number, "pdf"))


def _letter(request: HttpRequest, number: int) -> Letter:
    ways = Ways(
        call=absolute(request, reverse("call", args=[number])),
        contribute=f"{absolute(request, reverse('contribute'))}?call={number}",
        form=absolute(request, reverse("word-form")),
    )
    return letter(queries.call(number), current().code, ways)


def _name(number: int, ending: str) -> str:
    return f"precedent-call-{number}-{current().code}.{ending}"
