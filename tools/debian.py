"""Make sure that the tests have what comes from Debian: a browser, fonts, LibreOffice, PostgreSQL.

The tests never skip for want of one: either it is here when this ends, or this fails.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = [
    "chromium",
    "fontconfig",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "libreoffice-writer",
    "postgresql",
]
# Without a font of their own these are drawn as empty boxes, whose sizes prove nothing.
SCRIPTS = ["ar", "zh"]


def missing() -> list[str]:
    return list(_missing())


def _missing() -> Iterator[str]:
    if not browser().exists():
        yield str(browser())
    yield from (f"a font for '{script}'" for script in SCRIPTS if not has_font(script))
    if not shutil.which("soffice"):
        yield "LibreOffice, which saves the Word form again as people do"
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        yield "PostgreSQL, on which the same promises are kept"


def browser() -> Path:
    return Path(os.environ.get("PRECEDENT_CHROMIUM") or "/usr/bin/chromium")


def has_font(script: str) -> bool:
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", f":lang={script}"], capture_output=True, check=True)
    return bool(found.stdout.strip())


def install() -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "-q", *arguments], env=environment, stdin=subprocess.DEVNULL, check=True)


def main() -> int:
    if not (lacks := missing()):
        return 0
    # Whoever names a browser of their own sees to the rest as well.
    if "PRECEDENT_CHROMIUM" not in os.environ and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing for the tests: {', '.join(PACKAGES)} (once, some minutes)…", flush=True)
        install()
        lacks = missing()
    if lacks:
        print(
            f"The tests lack {', '.join(lacks)}: install {' '.join(PACKAGES)}"
            " (Debian: as root, apt-get install), or set PRECEDENT_CHROMIUM to a Chromium you have.",
            file=sys.stderr,
        )
    return 1 if lacks else 0


if __name__ == "__main__":
    sys.exit(main())
