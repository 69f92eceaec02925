"""The only place where countries and regions change."""

from precedent.audit.actions import record
from precedent.audit.verbs import Verb
from precedent.kernel.acting import Actor, action
from precedent.people.permissions import Permission
from precedent.places.models import CountryRow, RegionRow
from precedent.places.records import Places


@action(Permission.KEEP_PLACES)
def load_places(places: Places, *, by: Actor) -> int:
    """Take in the regions and countries that are not there yet; how many that were."""
    have = set(RegionRow.objects.values_list("code", flat=True))
    regions = [r for r in places.regions.values() if r.code not in have]
    have = set(CountryRow.objects.values_list("code", flat=True))
    countries = [c for c in places.countries.values() if c.code not in have]
    if not regions and not countries:
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
        )
        for c in countries
    )
    record(
        Verb.COUNTRIES_LOADED,
        "countries",
        by=by,
        countries=[c.code for c in countries],
        regions=[r.code for r in regions],
    )
    return len(regions) + len(countries)
