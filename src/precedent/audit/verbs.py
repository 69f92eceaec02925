"""What can happen, as data. `public` verbs change what readers see, and so the catalogue's revision."""

from enum import Enum


class Verb(Enum):
    FRAMEWORK_LOADED = ("framework.loaded", True)
    VOCABULARIES_LOADED = ("vocabularies.loaded", True)
    COUNTRIES_LOADED = ("countries.loaded", True)
    ENTRY_PUBLISHED = ("entry.published", True)
    ENTRY_REVISED = ("entry.revised", True)
    ENTRY_UNPUBLISHED = ("entry.unpublished", True)
    NOTE_WRITTEN = ("entry.note-written", False)
    STARTER_LOADED = ("starter.loaded", False)

    def __init__(self, code: str, public: bool) -> None:
        self.code = code
        self.public = public
