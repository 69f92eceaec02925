"""The last step of an entry's address: the identifier, and a slug for people that may change."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryAddress:
    """`text` as it was asked for; the number alone decides."""

    number: int
    text: str

    def __str__(self) -> str:
        return self.text


class EntryAddressConverter:
    """`PPD-000123` or `PPD-000123-some-title`, in capitals or not."""

    regex = r"[Pp][Pp][Dd]-\d{6,12}(?:-[-a-z0-9]*)?"

    def to_python(self, value: str) -> EntryAddress:
        found = re.match(r"[Pp]{2}[Dd]-(\d+)", value)
        if found is None:
            raise ValueError(value)
        return EntryAddress(int(found[1]), value)

    def to_url(self, value: str | EntryAddress) -> str:
        return str(value)


class IdentifierConverter:
    """`PPD-000123`, in capitals or not."""

    regex = r"[Pp][Pp][Dd]-\d{6,12}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
