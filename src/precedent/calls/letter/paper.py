"""The letter as a PDF file: one page, tagged, the same bytes for the same call."""

from dataclasses import asdict
from functools import cache
from pathlib import Path

from precedent.calls.letter.wording import Letter
from precedent.printing import press


@cache
def _source() -> str:
    return (Path(__file__).resolve().parent / "letter.typ").read_text(encoding="utf-8")


def as_pdf(letter: Letter) -> bytes:
    """The letter, set. Raises NotPrintable."""
    return press.pdf(_source(), asdict(letter))
