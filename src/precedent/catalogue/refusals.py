from datetime import datetime

from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Conflict, Gone, Invalid, NotFound


class NoSuchEntry(NotFound):
    code = "entry-unknown"
    message = _("There is no entry {id} in the catalogue.")
    hint = _("Check the number, or search the catalogue for words of its title.")


class EntryWithdrawn(Gone):
    """`at`: when. Surfaces put it into the fact `date`, as they write dates."""

    code = "entry-withdrawn"
    message = _("Entry {id} was withdrawn on {date}: {reason}")
    hint = _("Its number is never given to another entry. Search the catalogue for similar ones.")

    def __init__(self, id: str, at: datetime, reason: str) -> None:
        super().__init__(id=id, reason=reason, date=at.date().isoformat())
        self.at = at


class EntryMerged(Gone):
    """`into`: the entry that tells the same; pages and the API lead there."""

    code = "entry-merged"
    message = _("Entry {id} was merged into {into}.")
    hint = _("Read that one; it tells the same.")


class MergeInCircle(Conflict):
    code = "merge-in-circle"
    message = _("Entry {id} cannot be merged into itself.")
    hint = _("Choose the entry that is to stay.")


class EntryChanged(Conflict):
    code = "entry-changed"
    message = _("Entry {id} was changed meanwhile: you saw revision {seen}, it is now at revision {now}.")
    hint = _("Read the entry as it stands now and decide again.")


class EntryExists(Conflict):
    code = "entry-exists"
    message = _("The catalogue already holds an entry under the key “{key}”: {id}.")
    hint = _("Propose a change to that entry, or give the new one a key of its own.")


class DocumentInvalid(Invalid):
    code = "document-invalid"
    message = _("The entry breaks {count} of the catalogue's rules: {first}")
    hint = _("Each finding names the field, the reason and the remedy.")


class BulkFileInvalid(Invalid):
    code = "bulk-file-invalid"
    message = _("{file} cannot be read: {reason}")
    hint = _("Entries are loaded from files of JSON lines (.jsonl, UTF-8): one object a line.")
