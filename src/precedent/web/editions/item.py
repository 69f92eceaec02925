"""The page of one question or heading of the draft, and every move that can be made with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from precedent.editions import actions
from precedent.framework import queries, revising
from precedent.framework.actions import Move
from precedent.framework.records import Edition, Question
from precedent.framework.refusals import DraftChanged, NoDraft, NoSuchItem
from precedent.kernel.languages import FALLBACK, Texts, direction
from precedent.kernel.refusals import Refusal
from precedent.kernel.text import one_line
from precedent.people.signed_in import actor_of
from precedent.web.editions import rows
from precedent.web.editions.typed import PARTS, SPOKEN, texts, theirs, wrong
from precedent.web.editions.wording import FATES
from precedent.web.page import show
from precedent.web.people.typed import Wrong

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the item's forms."""

    do: str
    text: Texts
    emphasised: bool
    into: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, sent: QueryDict) -> "Typed":
        return cls(
            do=sent.get("do", ""),
            text=texts(sent, "text"),
            emphasised="emphasised" in sent,
            into=sent.get("into", ""),
            parts=tuple(sent.get(part, "") for part in PARTS),
        )


def _split(code: str, typed: Typed) -> Move:
    parts: list[Texts] = [{FALLBACK: part} for part in typed.parts]
    return lambda now, before, used: revising.split(now, code, parts, before, used)


MOVES: dict[str, Callable[[str, Typed], Move]] = {
    "reword": lambda code, typed: lambda now, _b, _u: revising.reworded(now, code, typed.text, typed.emphasised),
    "up": lambda code, _typed: lambda now, _b, _u: revising.moved(now, code, -1),
    "down": lambda code, _typed: lambda now, _b, _u: revising.moved(now, code, 1),
    "merge": lambda code, typed: lambda now, before, _u: revising.merged(now, code, typed.into, before),
    "split": _split,
    "retire": lambda code, _typed: lambda now, before, _u: revising.retired(now, code, before),
    "restore": lambda code, _typed: lambda now, before, _u: revising.restored(now, code, before),
}
"""What each button does to the draft."""

DONE: dict[str, str | Promise] = {
    "reword": _("{code} is saved."),
    "up": _("{code} stands one place further up."),
    "down": _("{code} stands one place further down."),
    "merge": _("{code} is merged."),
    "split": _("{code} is split. Its parts can be changed like any other."),
    "retire": _("{code} is taken out."),
    "restore": _("{code} is back."),
}
"""What is said after each."""

ANCHORS = {"reword": "text-en", "merge": "into", "split": PARTS[0]}
"""The field that a refused move is about."""


@require_http_methods(FORM)
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item, as it was and as it is in the draft; a move that is sent from here leads back to the draft."""
    typed = Typed.of(request.POST)
    if request.method != "POST" or typed.do not in MOVES:
        return _page(request, code)
    if typed.do == "reword" and not one_line(typed.text[FALLBACK]):
        return _page(request, code, typed, Wrong((("text-en", str(_("The English text is needed."))),), 422))
    try:
        made = actions.revise(
            code, request.POST.get("seen", ""), MOVES[typed.do](code, typed), typed.do, by=actor_of(request)
        )
    except NoDraft:
        raise
    except DraftChanged as refusal:
        return _page(request, code, typed, wrong(refusal), clash=True)
    except Refusal as refusal:
        return _page(request, code, typed, wrong(refusal, ANCHORS.get(typed.do, "")))
    messages.success(request, str(DONE[typed.do]).format(code=code))
    stands = code in made.edition.items or code in made.edition.successors
    return HttpResponseRedirect(reverse("edition-draft") + (f"#{code}" if stands else ""))


def _page(
    request: HttpRequest,
    code: str,
    typed: Typed | None = None,
    refused: Wrong | None = None,
    *,
    clash: bool = False,
) -> HttpResponse:
    """`clash`: somebody else changed the item; what they saved stands beside what was typed."""
    refused, draft, before = refused or Wrong(), queries.draft(), queries.current_edition()
    if draft is None:
        raise NoDraft
    edition = draft.edition
    row = rows.row(before, edition, code)
    if row is None:
        raise NoSuchItem(code=code)
    now = row.now
    mine = typed if typed and typed.do == "reword" else None
    told = {
        "draft": edition,
        "before": before,
        "row": row,
        "place": revising.place_of(edition if now else before, code),
        "area": edition.areas[code[:1]],
        "fates": FATES,
        "seen": revising.seen_of(edition, code),
        "spoken": SPOKEN,
        "text": mine.text if mine else now.text if now else {},
        "emphasised": mine.emphasised if mine else isinstance(now, Question) and now.emphasised,
        "theirs": theirs({"text": mine.text}, {"text": now.text}) if clash and mine and now else {},
        "others": _others(edition, code),
        "into": typed.into if typed else "",
        "parts_typed": list(zip(PARTS, typed.parts if typed else [""] * len(PARTS), strict=True)),
        "kept": _kept(typed) if typed and not now else [],
        "wrong": refused,
    }
    return show(request, "editions/item.html", told, refused.status)


def _others(edition: Edition, code: str) -> list[tuple[str, str]]:
    """What it could be merged into: every other one of its kind."""
    kind: dict[str, Any] = edition.questions if code in edition.questions else edition.headings
    return [(other, f"{other} {item}") for other, item in kind.items() if other != code]


def _kept(typed: Typed) -> list[tuple[str, str, str]]:
    """What was typed for an item that somebody took out meanwhile: (language, direction, text)."""
    told = [*typed.text.items(), *((FALLBACK, part) for part in typed.parts)]
    return [(language, direction(language), text) for language, text in told if text]
