"""The pages' style, script and pictures, put where the server takes them from; only when they are others."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from precedent import __version__
from precedent.keeping import folder
from precedent.keeping.refusals import StaticFilesMissing


def _collected() -> Path:
    """Tells which files were put in place; written last, so that a cut collecting is done again."""
    return folder.folder() / "static.sha256"


def fingerprint() -> str:
    """What identifies the static files of this version of the package."""
    digest = hashlib.sha256(f"{__version__} {settings.STORAGES['staticfiles']['BACKEND']}".encode())
    found = ((name, storage) for finder in get_finders() for name, storage in finder.list([]))
    for name, storage in sorted(found, key=lambda pair: pair[0]):
        with storage.open(name) as file:
            digest.update(f"\n{name} {hashlib.sha256(file.read()).hexdigest()}".encode())
    return digest.hexdigest()


def in_place() -> bool:
    """Are this version's files where the server takes them from?"""
    try:
        return _collected().read_text() == fingerprint() and Path(settings.STATIC_ROOT).is_dir()
    except FileNotFoundError:
        return False


def must_be_in_place() -> None:
    """Raises StaticFilesMissing."""
    if not in_place():
        raise StaticFilesMissing


def collect() -> bool:
    """Put this version's files in place. False where they are there already."""
    if in_place():
        return False
    _collected().unlink(missing_ok=True)
    # Cleared first: an older copy with a younger date would be taken for the newest.
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    _collected().write_text(fingerprint())
    return True
