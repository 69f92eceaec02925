from typing import Any

from django.conf import settings
from django.db import models

from precedent.kernel.languages import FALLBACK
from precedent.notices.records import Mail
from precedent.people.permissions import Role
from precedent.people.records import Attribution, Organisation, Person, Standing, Token


class OrganisationRow(models.Model):
    """Where persons belong. `folded` is the name without case and accents: one organisation, one row."""

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=400)
    country = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("folded", "country"), name="organisation_once"),)

    def __str__(self) -> str:
        return f"organisation {self.pk}"

    def record(self) -> Organisation:
        return Organisation(self.pk, self.name, self.country, self.kind)


class PersonRow(models.Model):
    """Who somebody is. `email` is where an invitation goes; from joining on, the account alone has the address.

    `words` is what the list of persons is searched by. `invitation` is the fingerprint of the newest link.
    """

    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    words = models.TextField(blank=True)
    role = models.CharField(max_length=20, default=Role.CONTRIBUTOR.value)
    standing = models.CharField(max_length=20, default=Standing.ASKED.value)
    areas = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    organisation = models.ForeignKey(OrganisationRow, models.PROTECT, null=True, related_name="persons")
    language = models.CharField(max_length=12, default=FALLBACK)
    mail = models.CharField(max_length=20, default=Mail.DAILY.value)
    attribution = models.CharField(max_length=30, default=Attribution.NAME_AND_ORGANISATION.value)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked = models.TextField(blank=True)
    invitation = models.CharField(max_length=64, blank=True, db_index=True)
    invited_by = models.CharField(max_length=100, blank=True)
    invited_until = models.DateTimeField(null=True)
    since = models.DateTimeField()
    changed = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("email",), condition=~models.Q(email=""), name="address_once"),
        )

    def __str__(self) -> str:
        return f"person {self.pk}"

    def record(self) -> Person:
        return Person(
            number=self.pk,
            name=self.name,
            email=self.account.email if self.account else self.email,
            role=Role(self.role),
            standing=Standing(self.standing),
            areas=tuple(self.areas),
            countries=tuple(self.countries),
            organisation=self.organisation.record() if self.organisation else None,
            language=self.language,
            mail=Mail(self.mail),
            attribution=Attribution(self.attribution),
            account=self.account_id,
            since=self.since,
            asked=self.asked,
            invited_by=self.invited_by,
            invited_until=self.invited_until,
            changed=self.changed,
        )


FORGOTTEN: dict[str, Any] = {
    "standing": Standing.ERASED.value,
    **dict.fromkeys(("name", "email", "words", "asked", "invitation", "invited_by"), ""),
    "organisation": None,
    "areas": [],
    "countries": [],
    "language": FALLBACK,
    "invited_until": None,
}
"""What the row of an erased person holds. Its account goes, and with it what the account knows."""


class TokenRow(models.Model):
    """A program's key, by its fingerprint. It is never deleted, so that the trail can be read."""

    person = models.ForeignKey(PersonRow, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    ends_with = models.CharField(max_length=4)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"

    def record(self) -> Token:
        return Token(self.pk, self.name, self.ends_with, self.made_at, self.revoked_at)
