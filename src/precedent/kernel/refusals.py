"""How the product says no: a code for programs; a message and a hint for people, in the reader's language."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Understood, and not done; no row changed. `facts` fill the braces of message and hint."""

    code: ClassVar[str]
    status: ClassVar[int]
    message: ClassVar[str | Promise]
    hint: ClassVar[str | Promise]

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message).format(**self.facts)

    @property
    def advice(self) -> str:
        """What to do next, in a sentence."""
        return str(self.hint).format(**self.facts)


class NotAllowed(Refusal):
    code, status = "not-allowed", 403
    message, hint = _("Your role does not allow this."), _("An editor can do it for you.")


class NotFound(Refusal):
    status = 404


class Conflict(Refusal):
    """Somebody else was first, or something stands in the way. Reading again shows the new state."""

    status = 409


class Gone(Refusal):
    """It was here, and what happened to it is known."""

    status = 410


class Invalid(Refusal):
    status = 422


class Unavailable(Refusal):
    """The product cannot do it at the moment; it will be able to by itself, or the hint says who must act."""

    status = 503
