"""Reading countries and regions. They are kept in memory until they change."""

from precedent.audit.remembering import remembered
from precedent.places.models import CountryRow, RegionRow
from precedent.places.records import Places


@remembered
def places() -> Places:
    """Every country and region. Two database queries, once a revision."""
    return Places(
        countries={row.code: row.record() for row in CountryRow.objects.order_by("code")},
        regions={row.code: row.record() for row in RegionRow.objects.order_by("code")},
    )
