"""The name under which a file is shown and carried away. It is never a path, and proves nothing."""

import re
import unicodedata

from precedent.kernel.text import one_line

LONGEST = 120
"""Characters of a name, its extension among them."""
JOINERS = "\u200c\u200d"
"""Invisible, and part of how Persian and Hindi are written."""
USUAL = re.compile(r"\.(pdf|docx?|docm|dotx|dotm|jpe?g|jpe|jfif|png|apng|webp)$", re.IGNORECASE)
"""Extensions that give way to that of the kind. “Decree No. 12” keeps its end."""
NAMELESS = "attachment"


def shown(name: str, extension: str = "") -> str:
    """A name of one line, without path, control or direction characters, ending as its kind does."""
    last = re.split(r"[/\\]", name)[-1]
    line = one_line("".join(map(_visible, last))).rstrip(". ")
    if not extension:
        return line.strip(". ")[:LONGEST] or NAMELESS
    stem = USUAL.sub("", line).strip(". ")[: LONGEST - len(extension)].strip(". ")
    return (stem or NAMELESS) + extension


def _visible(character: str) -> str:
    """Marks of direction go, too: with them, “gpj.exe” is shown as “exe.jpg”."""
    if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn") or character in JOINERS:
        return character
    return " " if character in "\n\r\t" else ""
