"""The interface's texts and their translations: extract, compile, check.

Babel does the reading and writing, so no GNU gettext program is needed. What is written has no
dates, names or line numbers: the same sources always give the same bytes.
"""

import re
import sys
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent

# How many forms a language's plurals have, and which of them goes with n (GNU gettext's rules).
PLURALS = {
    "fr": (2, "n > 1"),
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5",
    ),
    "es": (2, "n != 1"),
    "zh": (1, "0"),
    "ru": (
        3,
        "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
    ),
}

# The calls that mark a text, and which arguments are its singular, its plural and its context ("c").
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
METHODS = [("**.py", "python"), ("web/**.html", "jinja2.ext:babel_extract")]
# Not silent: a template that does not parse must not lose its texts unnoticed.
OPTIONS = {"web/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}

PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


class Translations(Catalog):
    """A catalogue whose header says only what its readers need."""

    def __init__(self, language: str) -> None:
        super().__init__(language, header_comment=f"# The interface's texts ({language}).", fuzzy=False)
        self.language = language

    @property
    def num_plurals(self) -> int:
        return PLURALS[self.language][0]

    @property  # type: ignore[misc]  # Babel's can also be set; nothing here does
    def mime_headers(self) -> list[tuple[str, str]]:
        count, rule = PLURALS[self.language]
        return [
            ("Language", self.language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"nplurals={count}; plural=({rule});\n"),
        ]


def extract(root: Path) -> None:
    """Give each language the texts of the sources, with the translations that it already has."""
    texts = sources(root)
    for language in PLURALS:
        old, new = read(root, language), Translations(language)
        for text in texts:
            known = old.get(text.id, text.context)
            fits = known and known.pluralizable == text.pluralizable
            new.add(
                text.id,
                known.string if known and fits else None,
                text.locations,
                known.flags if known and fits else (),
                text.auto_comments,
                known.user_comments if known else (),
                context=text.context,
            )
        path = po(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=0, include_lineno=False)


def compile(root: Path) -> None:
    for language in PLURALS:
        po(root, language).with_suffix(".mo").write_bytes(compiled(read(root, language), language))


def check(root: Path) -> list[str]:
    """What stands between the translations and being complete, a line each."""
    texts = {key(text) for text in sources(root)}
    faults = []
    for language in PLURALS:
        path = po(root, language)
        catalog = read(root, language)
        known = {key(message): message for message in catalog if message.id}
        done = sum(translated(known[text]) for text in texts & known.keys())
        print(f"{language}: {done} of {len(texts)} texts translated")

        left = known.keys() - texts | {key(message) for message in catalog.obsolete.values()}
        lines = [f"is not there: {show(text)}" for text in texts - known.keys()]
        lines += [f"is no longer in the sources: {show(text)}" for text in left]
        for text in texts & known.keys():
            if not translated(known[text]):
                lines.append(f"is not translated: {show(text)}")
            elif not same_placeholders(known[text], language):
                lines.append(f"has other placeholders in its translation: {show(text)}")
        mo = path.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(catalog, language):
            lines.append(f"is not what {mo.name} was compiled from")
        faults += [f"{path.relative_to(root)}: {line}" for line in sorted(lines)]
    return faults


def sources(root: Path) -> list[Message]:
    """Every text in the sources, by file and then by alphabet, so that moving code changes nothing."""
    package = root / "src" / "precedent"
    found = Catalog()
    for file, _, ids, comments, context in extract_from_dir(
        package, METHODS, OPTIONS, KEYWORDS, ["Translators:"], directory_filter=lambda _: True
    ):
        place = (package / file).relative_to(root).as_posix()
        found.add(ids, None, [(place, 0)], auto_comments=comments, context=context)
    texts = [message for message in found if message.id]
    for text in texts:
        text.locations.sort()
    return sorted(texts, key=lambda text: (text.locations, key(text)))


def po(root: Path, language: str) -> Path:
    return root / "src" / "precedent" / "locale" / language / "LC_MESSAGES" / "django.po"


def read(root: Path, language: str) -> Catalog:
    path = po(root, language)
    if not path.exists():
        return Translations(language)
    with path.open("rb") as file:
        return read_po(file, language, abort_invalid=True)


def compiled(catalog: Catalog, language: str) -> bytes:
    complete = Translations(language)
    for message in catalog:
        if message.id and translated(message):
            complete.add(message.id, message.string, context=message.context)
    file = BytesIO()
    write_mo(file, complete)
    return file.getvalue()


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (list, tuple)) else (text or "",)


def key(message: Message) -> tuple[str, tuple[str, ...]]:
    return message.context or "", forms(message.id)


def show(text: tuple[str, tuple[str, ...]]) -> str:
    context, ids = text
    return " / ".join(map(repr, ids)) + (f" ({context})" if context else "")


def translated(message: Message) -> bool:
    return not message.fuzzy and all(forms(message.string))


def same_placeholders(message: Message, language: str) -> bool:
    wanted = placeholders(forms(message.id)[-1])
    translations = forms(message.string)
    if not message.pluralizable:
        return placeholders(translations[0]) == wanted
    # A form that stands for a single number ("one policy", the Arabic dual) need not name it.
    return all(
        placeholders(form) <= wanted if index in lone_forms(language) else placeholders(form) == wanted
        for index, form in enumerate(translations)
    )


def placeholders(text: str) -> set[str]:
    return {percent or brace for percent, brace in PLACEHOLDER.findall(text)}


def lone_forms(language: str) -> set[int]:
    rule = c2py(PLURALS[language][1])
    chosen = [rule(n) for n in range(200)]
    return {form for form in chosen if chosen.count(form) == 1}


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            extract(ROOT)
        case ["compile"]:
            compile(ROOT)
        case ["check"]:
            if faults := check(ROOT):
                print(*faults, "Run make messages, and translate what is empty.", sep="\n", file=sys.stderr)
                return 1
        case _:
            print("messages.py extract | compile | check", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
