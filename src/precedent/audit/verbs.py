"""What can happen, as data. `public` verbs change what readers see, and so the catalogue's revision."""

from enum import Enum


class Verb(Enum):
    FRAMEWORK_LOADED = ("framework.loaded", True)
    EDITION_BEGUN = ("edition.begun", False)
    EDITION_REVISED = ("edition.revised", False)
    EDITION_DISCARDED = ("edition.discarded", False)
    EDITION_DECIDED = ("edition.decided", False)
    EDITION_PUBLISHED = ("edition.published", True)
    EDITION_TAKEN_BACK = ("edition.taken-back", True)
    VOCABULARIES_LOADED = ("vocabularies.loaded", True)
    VOCABULARY_CHANGED = ("vocabulary.changed", True)
    COUNTRIES_LOADED = ("countries.loaded", True)
    ENTRY_PUBLISHED = ("entry.published", True)
    ENTRY_REVISED = ("entry.revised", True)
    ENTRY_UNPUBLISHED = ("entry.unpublished", True)
    ENTRY_CONFIRMED = ("entry.confirmed", True)
    ENTRY_VERIFIED = ("entry.verified", True)
    ENTRY_MERGED = ("entry.merged", True)
    ENTRY_ATTRIBUTED = ("entry.attributed", True)
    ENTRY_PLACED = ("entry.placed", True)
    ENTRY_REMINDED = ("entry.reminded", False)
    NOTE_WRITTEN = ("entry.note-written", False)
    STARTER_LOADED = ("starter.loaded", False)
    SUBMISSION_STARTED = ("submission.started", False)
    SUBMISSION_SAVED = ("submission.saved", False)
    SUBMISSION_MOVED = ("submission.moved", False)
    SUBMISSION_COMMENTED = ("submission.commented", False)
    SUBMISSION_CHECKED = ("submission.checked", False)
    SUBMISSION_FORGOTTEN = ("submission.forgotten", False)
    FILE_ADDED = ("submission.file-added", False)
    FILE_REMOVED = ("submission.file-removed", False)
    PERSON_INVITED = ("person.invited", False)
    PERSON_ASKED = ("person.asked", False)
    PERSON_APPROVED = ("person.approved", False)
    PERSON_REFUSED = ("person.refused", False)
    PERSON_JOINED = ("person.joined", False)
    PERSON_CHANGED = ("person.changed", True)
    PERSON_ROLE_GIVEN = ("person.role-given", False)
    PERSON_CLOSED = ("person.closed", False)
    PERSON_ERASED = ("person.erased", True)
    TOKEN_MADE = ("person.token-made", False)
    TOKEN_REVOKED = ("person.token-revoked", False)
    ORGANISATION_ADDED = ("organisation.added", False)

    def __init__(self, code: str, public: bool) -> None:
        self.code = code
        self.public = public
