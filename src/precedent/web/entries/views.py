from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from precedent.audit import queries as audit
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.catalogue import citation, placing, queries
from precedent.catalogue.chain import links
from precedent.catalogue.records import Entry, Revision, identifier
from precedent.people.permissions import Permission
from precedent.people.signatures import signatures
from precedent.people.signed_in import actor_of
from precedent.roundtables import queries as roundtables
from precedent.search import engine, excerpts
from precedent.search.cards import Card, card
from precedent.search.refusals import IndexAway
from precedent.web.entries.address import EntryAddress
from precedent.web.entries.facts import facts
from precedent.web.page import show
from precedent.web.wording import labels_of, listed, lower_first

JSON_LD = "application/ld+json"


@require_safe
def entry(request: HttpRequest, address: EntryAddress) -> HttpResponse:
    """An entry, told whole."""
    found = queries.entry(identifier(address.number))
    if JSON_LD in request.headers.get("Accept", ""):
        response: HttpResponse = _json_ld(request, found)
    elif address.text != found.address:
        return HttpResponsePermanentRedirect(reverse("entry", args=[found.address]))
    else:
        response = show(request, "entries/entry.html", _told(found) | _may(request))
    patch_vary_headers(response, ["Accept"])
    return response


def _may(request: HttpRequest) -> dict[str, bool]:
    """What whoever reads may do with the entry."""
    by = actor_of(request)
    return {"keeps": by.may(Permission.UNPUBLISH_ENTRIES), "may_mark": by.may(Permission.HAND_OVER)}


def _told(found: Entry) -> dict[str, object]:
    document, shown, revisions = placing.document_today(found), card(found), queries.revisions(found)[:3]
    answers = placing.answers(found)
    names = signatures([found.owner, *(revision.by for revision in revisions)])
    return {
        "owner": names.get(found.owner, ""),
        "signed": partial(_signed, names),
        "entry": found,
        "document": document,
        "card": shown,
        "places": [(area, [code for code in answers if code[0] == area]) for area in "ABC"],
        "links": links(document),
        "facts": facts(document),
        "revisions": revisions,
        "similar": _similar(found),
        "belongings": roundtables.belongings(found),
    }


def _signed(names: Mapping[str, str], made: Revision | Event) -> str:
    """Who made it, as they wish to be named in public."""
    return names.get(made.by, made.by_name)


def _similar(found: Entry) -> list[tuple[Card, excerpts.Excerpt, str]]:
    """Entries like this one, each with why it was found; none while search is coming back."""
    try:
        others = engine.similar(found)
    except IndexAway:
        return []
    nothing = excerpts.wanted([])
    return [(other.card, excerpts.excerpt(other.card, nothing), _because(other)) for other in others]


def _because(other: engine.Similar) -> str:
    shared = []
    if barriers := other.shared.get("barrier"):
        named = _inside(labels_of("barrier", barriers))
        shared.append(
            ngettext("same barrier ({named})", "same barriers ({named})", len(barriers)).format(named=named)
        )
    if questions := other.shared.get("question"):
        named = listed(questions)
        shared.append(
            ngettext("same question {named}", "same questions {named}", len(questions)).format(named=named)
        )
    if not shared:
        groups = other.shared.get("group", ())
        named = _inside(labels_of("group", groups))
        shared.append(_("same groups of people ({named})").format(named=named) if groups else _("same topics"))
    return _("Found because: {reasons}").format(reasons=_(", ").join(shared))


def _inside(labels: list[str]) -> str:
    """Labels in a row in the middle of a sentence."""
    return listed(lower_first(label) for label in labels)


HAPPENED = {
    Verb.ENTRY_CONFIRMED.code: lambda: _("Confirmed"),
    Verb.ENTRY_VERIFIED.code: lambda: _("Verification changed"),
    Verb.ENTRY_MERGED.code: lambda: _("Merged into another entry"),
    Verb.ENTRY_ATTRIBUTED.code: lambda: _("Answered for by somebody else"),
    Verb.ENTRY_PUBLISHED.code: lambda: _("Published"),
    Verb.ENTRY_REVISED.code: lambda: _("Revised"),
    Verb.ENTRY_UNPUBLISHED.code: lambda: _("Withdrawn"),
    Verb.ROUNDTABLE_MARKED.code: lambda: _("Marked for a related roundtable"),
    Verb.ROUNDTABLE_UNMARKED.code: lambda: _("Mark for a related roundtable taken away"),
}
"""The public events of an entry, in words. Others, such as editors' notes, are not shown."""


@require_safe
def history(request: HttpRequest, address: EntryAddress) -> HttpResponse:
    """Every published state of an entry, and what happened to it."""
    found = queries.any_entry(identifier(address.number))
    events = [event for event in audit.trail(found.id) if event.verb in HAPPENED]
    revisions = queries.revisions(found)
    names = signatures([*(revision.by for revision in revisions), *(event.by for event in events)])
    told = {
        "entry": found,
        "revisions": revisions,
        "signed": partial(_signed, names),
        "happened": [(event.at, HAPPENED[event.verb](), _signed(names, event), event.reason) for event in events],
    }
    return show(request, "entries/history.html", told)


def _permanent(request: HttpRequest, found: Entry) -> str:
    return request.build_absolute_uri(reverse("entry", args=[found.id]))


def _json_ld(request: HttpRequest, found: Entry) -> HttpResponse:
    return _json(citation.as_json_ld(found, _permanent(request, found)), JSON_LD)


def _json(told: dict[str, Any], kind: str = "application/json") -> HttpResponse:
    return JsonResponse(told, content_type=kind, json_dumps_params={"ensure_ascii": False})


@require_safe
def as_json_ld(request: HttpRequest, id: str) -> HttpResponse:
    return _json_ld(request, queries.entry(id))


@require_safe
def as_json(request: HttpRequest, id: str) -> HttpResponse:
    found = queries.entry(id)
    return _json(citation.as_data(found, _permanent(request, found)))


@require_safe
def as_bibtex(request: HttpRequest, id: str) -> HttpResponse:
    found = queries.entry(id)
    return _download(
        citation.as_bibtex(found, _permanent(request, found)), "application/x-bibtex", f"{found.id}.bib"
    )


@require_safe
def as_ris(request: HttpRequest, id: str) -> HttpResponse:
    found = queries.entry(id)
    return _download(
        citation.as_ris(found, _permanent(request, found)),
        "application/x-research-info-systems",
        f"{found.id}.ris",
    )


def _download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
