"""What the process apart may say of a file it does not give back. No Django here: it has to start at once."""

from enum import StrEnum


class Verdict(StrEnum):
    UNKNOWN = "unknown"
    BROKEN = "broken"
    LOCKED = "locked"
    MACROS = "macros"
    SUSPICIOUS = "suspicious"
    TOO_MANY_PIXELS = "too-many-pixels"


REFUSED = 3
"""How the process apart ends with a verdict."""
PIXELS = {"jpeg": 50_000_000, "png": 50_000_000, "webp": 12_000_000}
"""A picture may have so many: as the cameras of telephones do; 150 MB unpacked. WebP takes long to write."""
MOST_PIXELS = max(PIXELS.values())


class Refused(Exception):
    """The file is not given back."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict
