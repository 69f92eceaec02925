"""The countries and regions as they ship; sources and licences stand in data/README.md."""

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable

from precedent.kernel.languages import FALLBACK, LANGUAGES
from precedent.places.records import Country, Places, Region

SHIPPED = files("precedent.places") / "data"

CORRECTED = {("CI", "en"): "Côte d'Ivoire"}
"""Names which the source file spells otherwise than the United Nations does."""

INCOME_CODES = {"L": "low", "LM": "lower-middle", "UM": "upper-middle", "H": "high"}

FILES = ("countries.csv", "regions.csv", "income_groups.csv")

OTHER_NAMES = ("name_en", "name_ar", "name_zh", "name_fr", "name_ru", "name_es", "name_pt", "name_de")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((SHIPPED / name).read_text("utf-8").splitlines()))


def shipped_files() -> list[Traversable]:
    """The files from which the countries and regions are read."""
    return [SHIPPED / name for name in FILES]


def _incomes() -> dict[str, dict[int, str]]:
    """The income groups of each country by year, by its alpha-3 code."""
    return {
        row.pop("iso3"): {int(year): INCOME_CODES[group] for year, group in row.items() if group}
        for row in _rows("income_groups.csv")
    }


def _country(row: dict[str, str], region_codes: dict[str, str], incomes: dict[int, str], newest: int) -> Country:
    code = row["iso2"]
    official = {
        language.code: CORRECTED.get((code, language.code)) or row[f"official_{language.code}"]
        for language in LANGUAGES
    }
    formal = (row[f"formal_{language.code}"] for language in LANGUAGES)
    other = [*(row[column] for column in OTHER_NAMES), *formal, row["iso3"]]
    return Country(
        code=code,
        iso3=row["iso3"],
        name={language: name for language, name in official.items() if name} or {FALLBACK: row["name_en"]},
        other_names=tuple(dict.fromkeys(name for name in other if name and name not in official.values())),
        region=region_codes.get(row["intermediate_region"]) or row["subregion_code"] or None,
        south={"1": True, "0": False}.get(row["south_m49"]),
        income=incomes.get(newest),
        income_by_year=incomes,
    )


def shipped_places() -> Places:
    """Every country and region of the package, with their names in six languages."""
    regions = {
        row["code"]: Region(row["code"], row["parent"] or None, {lang.code: row[lang.code] for lang in LANGUAGES})
        for row in _rows("regions.csv")
    }
    codes = {region.name[FALLBACK]: region.code for region in regions.values()}
    incomes = _incomes()
    newest = max(year for groups in incomes.values() for year in groups)
    countries = {
        row["iso2"]: _country(row, codes, incomes.get(row["iso3"], {}), newest) for row in _rows("countries.csv")
    }
    return Places(countries=countries, regions=regions)
