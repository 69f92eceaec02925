"""What the room hands out."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file as it is kept. `kind` is a code of `kinds.BY_CODE`; `sha256` and `size` are those of `data`, which we
    wrote; `name` is for people only.
    """

    sha256: str
    name: str
    kind: str
    size: int
    data: bytes = field(repr=False)
