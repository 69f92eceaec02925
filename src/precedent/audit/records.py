from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from precedent.kernel.text import canonical, sha256


@dataclass(frozen=True, slots=True)
class Event:
    """One change: who (`by`, `by_name`), what (`verb`, `subject`, `detail`), when (UTC), why (`reason`)."""

    sequence: int
    at: datetime
    by: str
    by_name: str
    verb: str
    subject: str
    reason: str
    detail: dict[str, Any]
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """The fingerprint that an untouched event carries."""
        told = {**asdict(self), "at": self.at.isoformat()}
        del told["hash"]
        return sha256(canonical(told))


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands; `public` and `public_hash` are those of the last event that readers can see."""

    sequence: int
    hash: str
    public: int
    public_hash: str

    @property
    def revision(self) -> str:
        """The catalogue's revision: equal for equal contents only, also across a restored backup."""
        return f"{self.public}-{self.public_hash[:16]}"
