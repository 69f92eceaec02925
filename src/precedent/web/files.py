"""Attached files, handed out so that no browser opens, runs or guesses at them."""

from pathlib import Path

from django.http import FileResponse

from precedent.catalogue.attachments.kinds import BY_CODE

SANDBOX = "default-src 'none'; sandbox"
"""Should a browser show it after all, it may load nothing and run nothing."""


def answer(path: Path, name: str, kind: str) -> FileResponse:
    """A file to be saved, under the name it was sent with. What it is comes from the table of kinds, by its code.

    Who may have it was asked before; nobody on the way keeps a copy.
    """
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=BY_CODE[kind].media)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
