"""The only place where persons, organisations and tokens change.

The trail forgets nothing, so no name and no address ever goes into it: persons stand there by their number.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from precedent.audit.actions import hold, record
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.kernel.acting import Actor, action
from precedent.kernel.languages import FALLBACK
from precedent.kernel.refusals import NotAllowed
from precedent.kernel.text import folded, one_line, sha256
from precedent.notices.actions import forget, redirect, tell
from precedent.notices.kinds import Kind
from precedent.notices.records import Mail
from precedent.people import logins, queries, rules
from precedent.people.models import FORGOTTEN, OrganisationRow, PersonRow, TokenRow
from precedent.people.moves import Move, may_give, must_be_open
from precedent.people.permissions import ROLE_NAMES, Permission, Role
from precedent.people.records import Attribution, Invitation, Organisation, Person, Remit, Standing
from precedent.people.refusals import (
    AddressTaken,
    Finding,
    LastAdministrator,
    NoSuchToken,
    PersonChanged,
    PersonInvalid,
    TooManyTokens,
    TooManyWaiting,
)

# ---------- coming in ----------


@action(Permission.KEEP_PEOPLE)
def invite(
    name: str,
    email: str,
    role: Role,
    areas: Sequence[str] = (),
    countries: Sequence[str] = (),
    *,
    organisation: str = "",
    country: str = "",
    language: str = FALLBACK,
    by: Actor,
) -> Invitation:
    """Invite somebody in a role. Raises NotAllowed, PersonInvalid, AddressTaken."""
    typed = rules.tidy(name=name, email=email, organisation=organisation, country=country, language=language)
    remit = _remit(role, areas, countries, by, found=rules.breaches(**typed))
    hold()
    if queries.person_of_address(typed["email"]):
        raise AddressTaken
    return _send_link(_new(typed, Standing.INVITED, by), Verb.PERSON_INVITED, remit, by)


@action(Permission.KEEP_PEOPLE)
def invite_again(seen: Person, *, by: Actor) -> Invitation:
    """A new link for somebody invited; the one before opens nothing any more. Raises NotOpen, PersonChanged."""
    must_be_open(Move.INVITE_AGAIN, seen, by)
    return _send_link(seen, Verb.PERSON_INVITED, seen.remit, by)


@action(Permission.ASK_FOR_ACCOUNT)
def ask_for_account(
    name: str, email: str, organisation: str, country: str, language: str, why: str, *, by: Actor
) -> None:
    """Ask for an account. Nobody learns from it whether the address is known.

    Raises PersonInvalid, TooManyWaiting.
    """
    typed = rules.tidy(
        name=name, email=email, organisation=organisation, country=country, language=language, why=why
    )
    rules.must_hold(rules.breaches(**typed))
    hold()
    if PersonRow.objects.filter(standing=Standing.ASKED).count() >= rules.MOST_WAITING:
        raise TooManyWaiting
    known = queries.person_of_address(typed["email"])
    if known and not _may_ask_again(known):
        return
    asking = known or _new(typed, Standing.ASKED, by)
    event = record(Verb.PERSON_ASKED, asking.id, by=by)
    _set(asking, event, standing=Standing.ASKED.value, asked=typed["why"], invitation="")
    for keeper in queries.with_permission(Permission.KEEP_PEOPLE):
        tell(keeper.recipient, Kind.ASKED, asking.id, by=by)


def _may_ask_again(known: Person) -> bool:
    """Whoever was refused may, and whoever let the invitation expire."""
    expired = known.invited_until is None or known.invited_until < datetime.now(UTC)
    return known.account is None and expired and known.standing in (Standing.CLOSED, Standing.INVITED)


@action(Permission.KEEP_PEOPLE)
def approve(
    seen: Person, role: Role, areas: Sequence[str] = (), countries: Sequence[str] = (), *, by: Actor
) -> Invitation:
    """Grant a request for an account, in a role. Raises NotAllowed, PersonInvalid, NotOpen, PersonChanged."""
    must_be_open(Move.APPROVE, seen, by)
    return _send_link(seen, Verb.PERSON_APPROVED, _remit(role, areas, countries, by), by)


@action(Permission.KEEP_PEOPLE)
def refuse(seen: Person, reason: str, *, by: Actor) -> Person:
    """Refuse a request for an account; whoever asked is told why. Raises PersonInvalid, NotOpen, PersonChanged."""
    must_be_open(Move.REFUSE, seen, by)
    reason = _reason(seen, reason, needed=True)
    _set(seen, record(Verb.PERSON_REFUSED, seen.id, by=by, reason=reason), standing=Standing.CLOSED.value)
    tell(seen.recipient, Kind.REFUSED, seen.id, by=by, reason=reason)
    return queries.person(seen.id)


@action(Permission.ASK_FOR_ACCOUNT)
def join(token: str, password: str, *, by: Actor) -> Person:
    """Open the account to which a link invites. The link came by mail, so the address is proven.

    Raises NoSuchInvitation, InvitationExpired, InvitationUsed, AddressTaken, PersonInvalid.
    """
    hold()
    seen = queries.invited(token)
    rules.must_hold(rules.breaches(password=password))
    rules.must_hold([Finding("password", said) for said in logins.weaknesses(password, seen.email, seen.name)])
    if logins.taken(seen.email):
        raise AddressTaken
    account = logins.make(seen.email, password)
    event = record(Verb.PERSON_JOINED, seen.id, by=queries.actor(seen))
    # From now on the account alone has the address: people change it there.
    words = _words(seen.name, seen.organisation)
    _set(seen, event, standing=Standing.ACTIVE.value, account=account, email="", words=words, since=event.at)
    return queries.person(seen.id)


# ---------- a person's own matters ----------


@action(Permission.KEEP_OWN_ACCOUNT)
def keep_profile(
    seen: Person,
    name: str,
    organisation: str,
    language: str,
    mail: Mail,
    attribution: Attribution,
    *,
    country: str = "",
    by: Actor,
) -> Person:
    """Change what is one's own to say. Raises NotAllowed, PersonInvalid, PersonChanged."""
    _must_be_own(seen, by)
    typed = rules.tidy(name=name, organisation=organisation, country=country, language=language)
    rules.must_hold(rules.breaches(**typed))
    hold()
    joined = _organisation(typed, by)
    said = {"name": typed["name"], "language": typed["language"], "mail": mail, "attribution": attribution}
    changed = [field for field, value in {**said, "organisation": joined}.items() if getattr(seen, field) != value]
    event = record(Verb.PERSON_CHANGED, seen.id, by=by, fields=changed)
    _set(seen, event, **said, organisation=joined.number if joined else None, words=_words(typed["name"], joined))
    _tidy_away(seen.organisation)
    now = queries.person(seen.id)
    redirect(now.recipient, by=by)
    return now


@action(Permission.RUN_SERVICE)
def set_mail(person_id: str, mail: Mail, *, by: Actor) -> Person:
    """Change when somebody gets mail, as the signed link in a mail allows. Raises NoSuchPerson."""
    hold()
    seen = queries.person(person_id)
    if seen.mail is not mail and seen.standing is not Standing.ERASED:
        _set(seen, record(Verb.PERSON_CHANGED, seen.id, by=by, fields=["mail"]), mail=mail)
        redirect(queries.person(person_id).recipient, by=by)
    return queries.person(person_id)


@action(Permission.KEEP_OWN_ACCOUNT)
def make_token(seen: Person, name: str, *, by: Actor) -> str:
    """A key for a program that acts for the person. It is told this once. Raises PersonInvalid, TooManyTokens."""
    _must_be_own(seen, by)
    name = one_line(name)
    rules.must_hold(rules.breaches(token=name))
    hold()
    if TokenRow.objects.filter(person=seen.number, revoked_at=None).count() >= rules.MOST_TOKENS:
        raise TooManyTokens(most=rules.MOST_TOKENS)
    secret = f"precedent_{secrets.token_urlsafe(32)}"
    event = record(Verb.TOKEN_MADE, seen.id, by=by, ends_with=secret[-4:])
    TokenRow.objects.create(
        person_id=seen.number, name=name, fingerprint=sha256(secret), ends_with=secret[-4:], made_at=event.at
    )
    return secret


@action(Permission.KEEP_OWN_ACCOUNT)
def revoke_token(seen: Person, number: int, *, by: Actor) -> None:
    """Take a key's power away, at once and for ever. Raises NotAllowed, NoSuchToken."""
    _must_be_own(seen, by)
    hold()
    row = TokenRow.objects.filter(pk=number, person=seen.number, revoked_at=None).first()
    if row is None:
        raise NoSuchToken
    row.revoked_at = record(Verb.TOKEN_REVOKED, seen.id, by=by, ends_with=row.ends_with).at
    row.save()


# ---------- roles and standing ----------


@action(Permission.KEEP_PEOPLE)
def give_role(
    seen: Person, role: Role, areas: Sequence[str], countries: Sequence[str], reason: str, *, by: Actor
) -> Person:
    """Change what somebody may do. Raises NotAllowed, PersonInvalid, NotOpen, LastAdministrator, PersonChanged."""
    must_be_open(Move.GIVE_ROLE, seen, by)
    remit = _remit(role, areas, countries, by)
    reason = _reason(seen, reason, needed=True)
    hold()
    if role is not Role.ADMINISTRATOR:
        _must_not_be_last(seen)
    event = record(
        Verb.PERSON_ROLE_GIVEN, seen.id, by=by, reason=reason, before=seen.remit.as_data(), after=remit.as_data()
    )
    _set(seen, event, **remit.as_data())
    _tell_role(queries.person(seen.id), by)
    return queries.person(seen.id)


@action(Permission.KEEP_PEOPLE)
def close(seen: Person, reason: str, *, by: Actor) -> Person:
    """Shut somebody out, at once. Raises NotAllowed, PersonInvalid, NotOpen, LastAdministrator, PersonChanged."""
    must_be_open(Move.CLOSE, seen, by)
    reason = _reason(seen, reason, needed=True)
    hold()
    _must_not_be_last(seen)
    event = record(Verb.PERSON_CLOSED, seen.id, by=by, reason=reason)
    _set(seen, event, standing=Standing.CLOSED.value, invitation="", invited_until=None)
    if seen.account:
        logins.open_or_close(seen.account, is_open=False)
        tell(seen.recipient, Kind.CLOSED, seen.id, by=by)
    return queries.person(seen.id)


@action(Permission.KEEP_PEOPLE)
def reopen(seen: Person, reason: str, *, by: Actor) -> Person:
    """Let somebody in again; who never had an account waits again. Raises NotAllowed, NotOpen, PersonChanged."""
    must_be_open(Move.REOPEN, seen, by)
    standing = Standing.ACTIVE if seen.account else Standing.ASKED
    event = record(
        Verb.PERSON_CHANGED, seen.id, by=by, reason=_reason(seen, reason), fields=["standing"], standing=standing
    )
    _set(seen, event, standing=standing.value)
    if seen.account:
        logins.open_or_close(seen.account, is_open=True)
    _tell_role(queries.person(seen.id), by)
    return queries.person(seen.id)


@action(Permission.KEEP_OWN_ACCOUNT)
def erase(seen: Person, reason: str, *, by: Actor) -> Person:
    """Forget all that is personal, for good. The number stays, and what was contributed under it.

    Raises NotAllowed, PersonInvalid, NotOpen, LastAdministrator, PersonChanged.
    """
    must_be_open(Move.ERASE, seen, by)
    reason = _reason(seen, reason)
    hold()
    _must_not_be_last(seen)
    _set(seen, record(Verb.PERSON_ERASED, seen.id, by=by, reason=reason), **FORGOTTEN)
    _tidy_away(seen.organisation)
    if seen.account:
        logins.delete(seen.account)
    tokens = TokenRow.objects.filter(person=seen.number)
    tokens.update(name="")
    tokens.filter(revoked_at=None).update(revoked_at=datetime.now(UTC))
    forget(seen.id, by=by)
    return queries.person(seen.id)


@action(Permission.KEEP_PEOPLE)
def add_organisation(name: str, country: str, kind: str, *, by: Actor) -> Organisation:
    """An organisation to which persons may belong; the same one where it is known. Raises PersonInvalid."""
    typed = rules.tidy(organisation=name, country=country)
    rules.must_hold(rules.breaches(**typed, kind=kind))
    hold()
    added = _organisation({**typed, "kind": kind}, by)
    if added is None:
        raise PersonInvalid([Finding("organisation", str(rules.NO_ORGANISATION))])
    return added


# ---------- what they share ----------


def _remit(
    role: Role, areas: Sequence[str], countries: Sequence[str], by: Actor, found: Sequence[Finding] = ()
) -> Remit:
    """The role that somebody gives, if they may and it is whole; `found` is what is wrong besides."""
    if not may_give(by, role):
        raise NotAllowed
    rules.must_hold([*found, *rules.remit_breaches(role, areas, countries)])
    return Remit.of(role, areas, countries)


def _reason(seen: Person, reason: str, *, needed: bool = False) -> str:
    reason = one_line(reason)
    rules.must_hold(rules.reason_breaches(seen, reason, needed=needed))
    return reason


def _must_be_own(seen: Person, by: Actor) -> None:
    if seen.id != by.id:
        raise NotAllowed


def _must_not_be_last(seen: Person) -> None:
    """Somebody must be able to give roles. Asked with the chain's lock, so that two never leave at once."""
    if seen.role is not Role.ADMINISTRATOR or seen.standing is not Standing.ACTIVE:
        return
    if not [other for other in queries.with_permission(Permission.GIVE_ROLES) if other.number != seen.number]:
        raise LastAdministrator


def _new(typed: dict[str, str], standing: Standing, by: Actor) -> Person:
    """A person's row, before the event that tells of it."""
    joined = _organisation(typed, by)
    row = PersonRow.objects.create(
        name=typed["name"],
        email=typed["email"],
        words=_words(typed["name"], joined, typed["email"]),
        standing=standing.value,
        organisation_id=joined.number if joined else None,
        language=typed["language"],
        since=datetime.now(UTC),
    )
    return queries.person(f"person:{row.pk}")


def _set(seen: Person, event: Event, **changes: object) -> None:
    """Compare and set: two people never overwrite one another."""
    row = PersonRow.objects.filter(pk=seen.number, changed=seen.changed)
    if not row.update(changed=event.sequence, **changes):
        raise PersonChanged


def _send_link(seen: Person, verb: Verb, remit: Remit, by: Actor) -> Invitation:
    token = secrets.token_urlsafe(32)
    event = record(verb, seen.id, by=by, **remit.as_data())
    _set(
        seen,
        event,
        standing=Standing.INVITED.value,
        invitation=sha256(token),
        invited_by=by.id,
        invited_until=event.at + timedelta(days=rules.INVITATION_DAYS),
        **remit.as_data(),
    )
    invited = queries.person(seen.id)
    tell(invited.recipient, Kind.INVITED, invited.id, by=by, token=token)
    return Invitation(invited, token)


def _tell_role(person: Person, by: Actor) -> None:
    """Whoever can sign in learns their role."""
    if person.standing is Standing.ACTIVE:
        tell(person.recipient, Kind.ROLE_GIVEN, person.id, by=by, role=ROLE_NAMES[person.role])


def _words(name: str, organisation: Organisation | None, email: str = "") -> str:
    return folded(f"{name} {organisation or ''} {email}")


def _organisation(typed: dict[str, str], by: Actor) -> Organisation | None:
    """The organisation as it was typed: one that is known by that name, in that country, or a new one."""
    name, country = typed["organisation"], typed["country"]
    if not name:
        return None
    compared = folded(name)[:400]
    same = OrganisationRow.objects.filter(folded=compared)
    row = (same.filter(country=country) if country else same).order_by("pk").first()
    if row is None:
        row = OrganisationRow.objects.create(
            name=name, folded=compared, country=country, kind=typed.get("kind", "")
        )
        record(Verb.ORGANISATION_ADDED, f"organisation:{row.pk}", by=by)
    return row.record()


def _tidy_away(organisation: Organisation | None) -> None:
    """An organisation that nobody belongs to any more goes, too: it may be called after its only person."""
    if organisation:
        OrganisationRow.objects.filter(pk=organisation.number, persons=None).delete()
