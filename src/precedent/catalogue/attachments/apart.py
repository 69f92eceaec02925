"""A process of its own, in which hostile files are opened: little memory, little time, nothing written to disk.

    python -m precedent.catalogue.attachments.apart pdf  < what came in  > what is kept

It ends with 0 and the cleaned file, or with 3 and its verdict. Whatever else happens to it (killed for its time or
memory, crashed in a library) ends nothing but itself.
"""

import resource
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress

from precedent.catalogue.attachments import pdf, pictures, word
from precedent.catalogue.attachments.verdicts import REFUSED, Refused, Verdict

LIMITS = (
    (resource.RLIMIT_AS, 1 << 30),
    (resource.RLIMIT_CPU, 20),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
)
"""The largest picture takes half of either; pipes are no files."""

CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": pdf.cleaned,
    "docx": word.cleaned,
    "jpeg": pictures.cleaned_jpeg,
    "png": pictures.cleaned_png,
    "webp": pictures.cleaned_webp,
}


def clean(kind: str, data: bytes) -> bytes:
    """The file, written anew without what runs or tells on people. Raises Refused, and nothing else."""
    try:
        # What the libraries remark about odd files helps nobody.
        with warnings.catch_warnings(action="ignore"):
            return CLEANERS[kind](data)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(Verdict.SUSPICIOUS) from error
    except Exception as error:
        # The libraries have a hundred ways to say it: what cannot be read to its end is broken.
        raise Refused(Verdict.BROKEN) from error


def restrain() -> None:
    """Take the limits upon this process, for good. Some systems do not know each of them."""
    for limit, most in LIMITS:
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def main() -> int:
    restrain()
    try:
        told, code = clean(sys.argv[1], sys.stdin.buffer.read()), 0
    except Refused as refused:
        told, code = refused.verdict.encode(), REFUSED
        sys.stderr.write(repr(refused.__cause__))
    sys.stdout.buffer.write(told)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
