"""Which role may do what: one table."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    KEEP_FRAMEWORK = "framework.keep"
    KEEP_PLACES = "places.keep"
    IMPORT_ENTRIES = "entries.import"
    PUBLISH_ENTRIES = "entries.publish"
    UNPUBLISH_ENTRIES = "entries.unpublish"
    CONFIRM_ENTRIES = "entries.confirm"
    CONTRIBUTE = "submissions.contribute"
    REVIEW = "submissions.review"
    DECIDE = "submissions.decide"
    CALL_FOR_EXAMPLES = "calls.open"
    HAND_OVER = "roundtables.mark"
    KEEP_PEOPLE = "people.keep"
    GIVE_ROLES = "people.give-roles"
    KEEP_OWN_ACCOUNT = "people.own-account"
    ASK_FOR_ACCOUNT = "people.ask-for-account"
    READ_TRAIL = "trail.read"
    RUN_SERVICE = "service.run"


class Role(StrEnum):
    READER = "reader"
    CONTRIBUTOR = "contributor"
    FOCAL_POINT = "focal-point"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.READER: _("Reader"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.FOCAL_POINT: _("National focal point"),
    Role.REVIEWER: _("Reviewer"),
    Role.EDITOR: _("Editor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

NEED_SECOND_FACTOR = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
"""Roles that act only when signed in with a second factor; without, their holders may what contributors may."""

READS = frozenset({Permission.ASK_FOR_ACCOUNT})
CONTRIBUTES = frozenset({Permission.CONTRIBUTE, Permission.KEEP_OWN_ACCOUNT})
CONFIRMS = frozenset({Permission.CONFIRM_ENTRIES})
REVIEWS = frozenset({Permission.REVIEW})
EDITS = frozenset(
    {
        Permission.KEEP_FRAMEWORK,
        Permission.IMPORT_ENTRIES,
        Permission.PUBLISH_ENTRIES,
        Permission.UNPUBLISH_ENTRIES,
        Permission.DECIDE,
        Permission.CALL_FOR_EXAMPLES,
        Permission.HAND_OVER,
        Permission.KEEP_PEOPLE,
        Permission.READ_TRAIL,
    }
)

MAY: dict[Role, frozenset[Permission]] = {
    Role.READER: READS,
    Role.CONTRIBUTOR: READS | CONTRIBUTES,
    Role.FOCAL_POINT: READS | CONTRIBUTES | CONFIRMS,
    Role.REVIEWER: READS | CONTRIBUTES | REVIEWS,
    Role.EDITOR: READS | CONTRIBUTES | CONFIRMS | REVIEWS | EDITS,
    Role.ADMINISTRATOR: frozenset(Permission),
}
"""What each role may do. Rights that hang on a row (my draft, my issue area) stand in the move's own line."""
