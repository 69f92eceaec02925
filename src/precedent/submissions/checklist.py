"""What a reviewer looks at before an example is published: data, one line a check."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Check:
    code: str
    label: str | Promise
    hint: str | Promise


CHECKLIST = (
    Check("who-does-what", _("It says who does what"), _("Each measure names who acts, in the active voice.")),
    Check(
        "source-read", _("A source was read"), _("Somebody has opened the first source, and it shows the example.")
    ),
    Check(
        "result-supported",
        _("Each result is supported"),
        _("Its evidence is named as the source supports it; a figure carries its year."),
    ),
    Check(
        "personal-data",
        _("No personal data of migrants"),
        _("Nobody can be recognised who has not agreed: no names, no pictures, no small groups."),
    ),
    Check("duplicates", _("No entry tells it already"), _("The entries that look alike were compared.")),
    Check(
        "framework-answers",
        _("It stands where it belongs"),
        _("The guiding questions it answers, the perspectives and the annex headings fit the text."),
    ),
)
CODES = frozenset(check.code for check in CHECKLIST)
