"""How an entry is told to programs: as data, and as a reference in the formats that libraries read."""

from typing import Any

from precedent.catalogue.records import Entry

CATALOGUE = "Precedent: the policy and practice database"


def as_data(entry: Entry, url: str) -> dict[str, Any]:
    """The whole entry as JSON: the bulk file's keys, and what the catalogue adds to them."""
    return {
        "id": entry.id,
        "url": url,
        "revision": entry.revision.number,
        "revised_at": entry.revision.at.isoformat(),
        "published_at": entry.first_published.isoformat(),
        "provenance": entry.provenance.value,
        "confirmed_on": entry.confirmed_on.isoformat() if entry.confirmed_on else None,
        "verified": entry.verified,
        "sha256": entry.revision.sha256,
        **entry.document.as_record(),
    }


def as_json_ld(entry: Entry, url: str) -> dict[str, Any]:
    """The entry in the terms of schema.org, for search engines and libraries."""
    document = entry.document
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": url,
        "identifier": entry.id,
        "name": document.title,
        "abstract": document.summary,
        "inLanguage": document.language,
        "datePublished": entry.first_published.date().isoformat(),
        "dateModified": entry.revision.at.date().isoformat(),
        "version": str(entry.revision.number),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": {"@type": "DataCatalog", "name": CATALOGUE},
        "spatialCoverage": sorted({country.code for country in document.countries}),
        "citation": [
            {
                "@type": "WebPage",
                "url": reference.url,
                "name": reference.title,
                "publisher": reference.publisher,
                **({"datePublished": str(reference.year)} if reference.year else {}),
            }
            for reference in document.references
        ],
    }


def _bibtex_text(text: str) -> str:
    """Text that BibTeX reads as it is written: its special signs are marked as such."""
    for sign in "\\{}":
        text = text.replace(sign, "")
    for sign in "&%$#_":
        text = text.replace(sign, f"\\{sign}")
    return text


def as_bibtex(entry: Entry, url: str) -> str:
    """A BibTeX record, naming the revision."""
    day = entry.revision.at.date()
    told = {
        "title": f"{{{_bibtex_text(entry.document.title)}}}",
        "howpublished": CATALOGUE,
        "number": entry.id,
        "edition": f"Revision {entry.revision.number}",
        "year": str(day.year),
        "month": str(day.month),
        "url": url,
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in told.items())
    return f"@misc{{{entry.id},\n{lines}}}\n"


def as_ris(entry: Entry, url: str) -> str:
    """A RIS record, naming the revision. Lines end as the format asks."""
    day = entry.revision.at.date()
    told = [
        ("TY", "ELEC"),
        ("ID", entry.id),
        ("TI", entry.document.title),
        ("T2", CATALOGUE),
        ("ET", f"Revision {entry.revision.number}"),
        ("PY", str(day.year)),
        ("DA", f"{day.year}/{day.month:02d}/{day.day:02d}"),
        ("LA", entry.document.language),
        ("AB", entry.document.summary),
        ("UR", url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in told)
