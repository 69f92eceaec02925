"""What becomes of an entry after publication: confirmed by its owner; verified, withdrawn or merged by editors."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from precedent.aftercare import actions, links
from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries
from precedent.catalogue.records import Entry
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Invalid, Refusal
from precedent.people import queries as people
from precedent.people.actors import VISITOR
from precedent.people.signatures import names
from precedent.people.signed_in import actor_of
from precedent.web.page import show


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """An owner confirms an entry by the link in a mail, without signing in.

    Opening the link shows the entry and one button: mail programs open links by themselves, and must not confirm.
    """
    if request.method == "POST":
        confirmed = actions.confirm_by_link(token, by=VISITOR)
        return show(request, "aftercare/confirmed.html", {"entry": confirmed})
    return show(request, "aftercare/confirm.html", {"entry": links.opened(token)})


class ReasonWanted(Invalid):
    code = "public-reason-missing"
    message = gettext_lazy("Say why, in a sentence: readers see it.")
    hint = gettext_lazy("The entry's own address and its history will show it.")


def _person(id: str) -> str:
    """A person's id, or nobody's. Raises NoSuchPerson."""
    return people.person(id.strip()).id if id.strip() else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something an editor can do with an entry: `open` says when. `public`: it needs a reason that readers see."""

    name: str
    label: str | Promise
    hint: str | Promise
    open: Callable[[Entry], bool]
    do: Callable[[Entry, str, str, Actor], Entry]
    public: bool = False


DEEDS = (
    Deed(
        "confirm",
        gettext_lazy("Confirm that it is still true"),
        gettext_lazy("Its owner has said so today. The date is shown to readers."),
        lambda entry: entry.published,
        lambda entry, reason, into, by: actions.confirm(entry, by=by),
    ),
    Deed(
        "verify",
        gettext_lazy("Mark it as verified"),
        gettext_lazy("Somebody besides who gave it has read its sources."),
        lambda entry: entry.published and not entry.verified,
        lambda entry, reason, into, by: catalogue.verify(entry, True, reason, by=by),
    ),
    Deed(
        "doubt",
        gettext_lazy("Mark it as not yet verified"),
        gettext_lazy("Readers see it, and can leave such entries out."),
        lambda entry: entry.published and entry.verified,
        lambda entry, reason, into, by: catalogue.verify(entry, False, reason, by=by),
        public=True,
    ),
    Deed(
        "merge",
        gettext_lazy("Merge it into another entry"),
        gettext_lazy("Both tell the same. Its address leads to the other one from now on; its history stays."),
        lambda entry: entry.published,
        lambda entry, reason, into, by: actions.merge(entry, queries.entry(into.strip().upper()), reason, by=by),
        public=True,
    ),
    Deed(
        "withdraw",
        gettext_lazy("Withdraw it"),
        gettext_lazy("Its address says when and why. Nothing is deleted, and it can be published again."),
        lambda entry: entry.published,
        lambda entry, reason, into, by: actions.withdraw(entry, reason, by=by),
        public=True,
    ),
    Deed(
        "publish-again",
        gettext_lazy("Publish it again"),
        gettext_lazy("The withdrawal or merger is taken back."),
        lambda entry: not entry.published,
        lambda entry, reason, into, by: catalogue.publish_again(entry, reason, by=by),
        public=True,
    ),
    Deed(
        "owner",
        gettext_lazy("Say who answers for it"),
        gettext_lazy("The number of a person (person:17), who is asked once a year; empty for nobody."),
        lambda entry: entry.published,
        lambda entry, reason, into, by: catalogue.give_owner(entry, _person(into), reason, by=by),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, id: str) -> HttpResponse:
    """What an editor can do with an entry, published or not."""
    entry = queries.any_entry(id)
    if request.method != "POST":
        return _page(request, entry)
    try:
        _do(request, entry)
    except Refusal as refused:
        return _page(request, queries.any_entry(id), refused)
    return redirect("entry-history", queries.any_entry(id).address)


def _do(request: HttpRequest, entry: Entry) -> None:
    wanted = next((deed for deed in DEEDS if deed.name == request.POST.get("deed")), None)
    reason = request.POST.get("reason", "").strip()[:2000]
    if wanted is None or not wanted.open(entry):
        return
    if wanted.public and not reason:
        raise ReasonWanted
    changed = request.POST.get("changed", "")
    seen = replace(entry, changed=int(changed) if changed.isdecimal() else 0)
    wanted.do(seen, reason or str(wanted.label), request.POST.get("into", ""), actor_of(request))


def _page(request: HttpRequest, entry: Entry, refused: Refusal | None = None) -> HttpResponse:
    told = {
        "entry": entry,
        "deeds": [(deed.name, deed.label, deed.hint) for deed in DEEDS if deed.open(entry)],
        "owner": names([entry.owner]).get(entry.owner, entry.owner) if entry.owner else _("nobody"),
        "chosen": request.POST.get("deed", ""),
        "reason": request.POST.get("reason", ""),
        "into": request.POST.get("into", ""),
        "errors": [("reason", f"{refused} {refused.advice}")] if refused else [],
    }
    return show(request, "aftercare/keep.html", told, refused.status if refused else 200)
