from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.calls import queries as calls
from precedent.framework import queries as framework
from precedent.framework.records import Question
from precedent.search import engine
from precedent.search.cards import SIDES
from precedent.search.coverage import coverage
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest
from precedent.web.calls.shown import shown
from precedent.web.page import show

RECENT = 4
GAPS = 3
CALLS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the catalogue is, where its entries belong, the newest ones, and where least is known."""
    asked = SearchRequest(size=RECENT)
    questions = framework.current_edition().questions
    try:
        answer, covered = engine.ask(asked), coverage(SearchRequest(), "question", "perspective").counts
    except IndexAway:
        answer, covered = None, None
    told = {
        "asked": asked,
        "answer": answer,
        "countries": len(answer.facets["country"]) if answer else 0,
        "questions": len(questions),
        "calls": shown(calls.open_calls()[:CALLS]),
        "gaps": gaps(questions, covered)[:GAPS] if covered is not None else [],
    }
    return show(request, "home/home.html", told)


def gaps(questions: dict[str, Question], covered: dict[tuple[str, str], int]) -> list[tuple[Question, str]]:
    """The questions that no entry answers from a side, in the framework's order."""
    return [
        (question, side) for code, question in questions.items() for side in SIDES if not covered.get((code, side))
    ]
