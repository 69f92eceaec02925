"""The signed link by which an owner confirms an entry without signing in."""

from django.core import signing

from precedent.aftercare.refusals import LinkExpired, LinkUnknown
from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry

SALT = "precedent.aftercare.confirm"
DAYS = 60
"""Days for which a link is good."""


def token(entry: Entry) -> str:
    """What opens an entry for confirmation by its owner; it names no address and no name."""
    return signing.dumps({"entry": entry.id, "owner": entry.owner}, salt=SALT)


def opened(token: str) -> Entry:
    """The entry that a link is about. Raises LinkExpired, LinkUnknown (also for who is its owner no longer)."""
    try:
        told = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.SignatureExpired as error:
        raise LinkExpired(days=DAYS) from error
    except signing.BadSignature as error:
        raise LinkUnknown from error
    entry = catalogue.entry(told["entry"])
    if not entry.owner or entry.owner != told["owner"]:
        raise LinkUnknown
    return entry
