"""The fields of the library's forms in our words: one table, and what a form of the library says through it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS = _("Write an e-mail address, such as name@example.org.")
TWICE = _("Type the same password twice.")


@dataclass(frozen=True, slots=True)
class Words:
    """What a field is called, what helps to fill it in, and what is said where it is empty."""

    label: Promise
    missing: Promise
    kind: str = "line"
    type: str = "text"
    autocomplete: str = "off"
    hint: Promise | str = ""


FIELDS: dict[str, Words] = {
    "login": Words(_("E-mail address"), ADDRESS, type="email", autocomplete="username"),
    "email": Words(_("E-mail address"), ADDRESS, type="email", autocomplete="email"),
    "password": Words(_("Password"), _("Type your password."), "secret", autocomplete="current-password"),
    "oldpassword": Words(
        _("Your password now"), _("Type the password that you use now."), "secret", autocomplete="current-password"
    ),
    "password1": Words(
        _("New password"),
        _("Type a new password."),
        "secret",
        autocomplete="new-password",
        hint=_("At least 12 characters. Several words are easy to remember and hard to guess."),
    ),
    "password2": Words(_("New password, once more"), TWICE, "secret", autocomplete="new-password"),
    "remember": Words(_("Stay signed in on this device for two weeks"), _("Choose."), "tick"),
    "code": Words(_("Code"), _("Type the code."), autocomplete="one-time-code"),
}

WRONG: dict[tuple[str, str | None], Promise] = {
    ("login", "invalid"): ADDRESS,
    ("email", "invalid"): ADDRESS,
    ("password2", None): TWICE,
}
"""What is wrong, by field and the library's code, where its own words are not ours."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field, ready to be shown."""

    name: str
    words: Words
    value: str
    error: str


def fields_of(form: Form) -> Iterator[Field]:
    """Each field of a form. A password is never given back."""
    wrong = form.errors.as_data()
    for name in form.fields:
        words = FIELDS[name]
        value = "" if words.kind == "secret" else str(form[name].value() or "")
        yield Field(name, words, value, " ".join(_said(name, error) for error in wrong.get(name, ())))


def errors_of(form: Form) -> list[tuple[str, str]]:
    """What is wrong with a form: (field, sentence); without a field it is about the whole."""
    found = form.errors.as_data().items()
    return [("" if name == "__all__" else name, _said(name, error)) for name, errors in found for error in errors]


def _said(name: str, error: ValidationError) -> str:
    if error.code == "required" and name in FIELDS:
        return str(FIELDS[name].missing)
    return str(WRONG.get((name, error.code)) or " ".join(error.messages))
