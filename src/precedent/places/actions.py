"""The only place where countries and regions change."""

from precedent.audit.actions import record
from precedent.audit.verbs import Verb
from precedent.kernel.acting import Actor, action
from precedent.people.permissions import Permission
from precedent.places.models import CountryRow, RegionRow
from precedent.places.records import Country, Places


@action(Permission.KEEP_PLACES)
def load_places(places: Places, *, by: Actor) -> int:
    """Take in the regions and countries that are not there yet, and newer income groups; how many changed."""
    have = set(RegionRow.objects.values_list("code", flat=True))
    regions = [r for r in places.regions.values() if r.code not in have]
    rows = {row.code: row for row in CountryRow.objects.all()}
    countries = [c for c in places.countries.values() if c.code not in rows]
    regrouped = [c for c in places.countries.values() if c.code in rows and _is_newer(c, rows[c.code].record())]
    if not regions and not countries and not regrouped:
        return 0
    RegionRow.objects.bulk_create(RegionRow(code=r.code, parent=r.parent, name=dict(r.name)) for r in regions)
    CountryRow.objects.bulk_create(
        CountryRow(
            code=c.code,
            iso3=c.iso3,
            name=dict(c.name),
            other_names=list(c.other_names),
            region=c.region,
            south=c.south,
            income=c.income,
            income_by_year=c.income_by_year,
        )
        for c in countries
    )
    for country in regrouped:
        row = rows[country.code]
        row.income, row.income_by_year = country.income, country.income_by_year
    CountryRow.objects.bulk_update([rows[c.code] for c in regrouped], ["income", "income_by_year"])
    record(
        Verb.COUNTRIES_LOADED,
        "countries",
        by=by,
        countries=[c.code for c in countries],
        regions=[r.code for r in regions],
        regrouped=[c.code for c in regrouped],
    )
    return len(regions) + len(countries) + len(regrouped)


def _is_newer(told: Country, had: Country) -> bool:
    """Does it say another income group? Names and regions are not changed by loading."""
    return (told.income, told.income_by_year) != (had.income, had.income_by_year)
