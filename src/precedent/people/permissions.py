"""Which role may do what: one table."""

from enum import StrEnum


class Permission(StrEnum):
    KEEP_FRAMEWORK = "framework.keep"
    KEEP_PLACES = "places.keep"
    IMPORT_ENTRIES = "entries.import"
    PUBLISH_ENTRIES = "entries.publish"
    UNPUBLISH_ENTRIES = "entries.unpublish"


class Role(StrEnum):
    READER = "reader"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


EDITS = frozenset(
    {
        Permission.IMPORT_ENTRIES,
        Permission.PUBLISH_ENTRIES,
        Permission.UNPUBLISH_ENTRIES,
    }
)

MAY: dict[Role, frozenset[Permission]] = {
    Role.READER: frozenset(),
    Role.EDITOR: EDITS,
    Role.ADMINISTRATOR: frozenset(Permission),
}
