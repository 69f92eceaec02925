"""The index's fields, and an entry as the index holds it."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import version

import tantivy

from precedent.catalogue import placing
from precedent.catalogue.about import Words
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.records import Entry
from precedent.framework import queries as framework
from precedent.kernel.languages import LANGUAGES, said
from precedent.kernel.text import folded, sha256
from precedent.places import queries as places
from precedent.search import words
from precedent.search.cards import card
from precedent.search.facets import PAIRED, carried, facets, pairs

VERSION = 5
"""Grows with each change of what is indexed or how; an index of another version is built anew."""

THEN = "then"
"""The field of what an entry answers in other editions than the one in force: `1:A05`, and the area `1:A`."""
EDITION_MARK = ":"

SPELT = "spelt"
"""The field of an entry's own words, without accents but with their endings: how words are written at all."""

UNKNOWN_YEAR = 0
TO_DATE = 9999
NEVER = 0
"""The month in which an entry was confirmed that nobody ever confirmed; see `month_number`."""


@cache
def schema() -> tantivy.Schema:
    """The fields: words by heading, codes by facet, orders, and the card."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", fast=True, tokenizer_name="raw", index_option="basic")
    for heading in Words:
        builder.add_text_field(heading.value, tokenizer_name="whitespace", index_option="position")
    for parameter in (*facets(), *(field for _, field in PAIRED.values())):
        builder.add_text_field(parameter, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(THEN, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(SPELT, tokenizer_name="whitespace", index_option="basic")
    for name in ("year_start", "year_end", "newest", "confirmed", "confirmed_month"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def fingerprint() -> str:
    """What identifies the shape of the index: its version, the declared fields, the library that made it."""
    told = [
        VERSION,
        version("tantivy"),
        list(facets()),
        [f"{field} {field.about.words}" for field in fields()],
    ]
    return sha256(repr(told))[:16]


def index_document(entry: Entry) -> tantivy.Document:
    """An entry as the index holds it."""
    document = entry.document
    told: dict[str, object] = {"id": entry.id, "card": card(entry).as_json().encode()}
    told |= {heading.value: _words(document, heading) for heading in Words}
    told |= {parameter: sorted(carried(facet, entry)) for parameter, facet in facets().items()}
    told |= {field: sorted(codes) for field, codes in pairs(document).items()}
    told[THEN] = sorted(_then(entry))
    told[SPELT] = " ".join(sorted(_spelt(document)))
    told["year_start"] = document.year_start or document.year_end or UNKNOWN_YEAR
    told["year_end"] = document.year_end or (TO_DATE if document.year_start else UNKNOWN_YEAR)
    # The number breaks ties, so that pages of a list never overlap.
    told["newest"] = entry.number
    told["confirmed_month"] = month_number(entry.confirmed_on) if entry.confirmed_on else NEVER
    confirmed = entry.confirmed_on.toordinal() if entry.confirmed_on else 0
    told["confirmed"] = (confirmed << 32) + entry.number
    told["title_order"] = f"{folded(document.title)}\x00{entry.number:012d}"
    return tantivy.Document.from_dict(told, schema())


def month_number(day: date) -> int:
    """Months since the year 0, for comparing."""
    return day.year * 12 + day.month


def then(edition: int, code: str) -> str:
    """A code as the field `then` holds it."""
    return f"{edition}{EDITION_MARK}{code}"


def _then(entry: Entry) -> Iterator[str]:
    """What an entry answers in the editions that are not in force any more."""
    for edition in framework.editions()[:-1]:
        answers = placing.answers(entry, edition.number)
        for code in (*answers, *placing.areas(answers)):
            yield then(edition.number, code)


def _words(document: EntryDocument, heading: Words) -> str:
    """The words of an entry under a heading: texts in their own language, codes by their names in every one."""
    ready = []
    for field in fields():
        if field.about.words is not heading:
            continue
        for value in field.values(document):
            if field.about.vocabulary is None:
                ready.append(words.indexed(value, document.language))
            else:
                ready += [
                    words.indexed(name, language) for language, name in _names(field.about.vocabulary, value)
                ]
    return " ".join(ready)


def _spelt(document: EntryDocument) -> set[str]:
    """Each word of an entry's own texts once. A run of unspaced script is no single word."""
    told = (field for field in fields() if field.about.words and field.about.vocabulary is None)
    texts = (value for field in told for value in field.values(document))
    return {words.plain(word) for text in texts for word in words.words(text) if not words.is_run(word)}


def _names_of_country(code: str) -> list[tuple[str, str]]:
    """A country's names, official and others, and those of the regions it lies in."""
    known = places.places()
    country = known.countries[code]
    named = [country.name, *(region.name for region in known.regions_of(code))]
    told = [(language.code, said(name, language.code)) for name in named for language in LANGUAGES]
    return told + [("", name) for name in country.other_names]


def _names(vocabulary: str, code: str) -> list[tuple[str, str]]:
    """What a code is called, in every language: (language, name)."""
    if vocabulary == "country":
        return _names_of_country(code)
    known = framework.vocabulary(vocabulary)
    # A merged term is found by its own name and by its successors'.
    terms = [known.by_code[step] for step in known.successors(code) if step in known.by_code]
    return [named for term in terms for named in term.label.items()]
