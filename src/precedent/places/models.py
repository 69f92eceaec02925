from django.db import models

from precedent.places.records import Country, Region


class RegionRow(models.Model):
    code = models.CharField(max_length=3, unique=True)
    parent = models.CharField(max_length=3, null=True)  # noqa: DJ001 - absence is not an empty code
    name = models.JSONField()

    def __str__(self) -> str:
        return self.code

    def record(self) -> Region:
        return Region(self.code, self.parent, self.name)


class CountryRow(models.Model):
    code = models.CharField(max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, unique=True)
    name = models.JSONField()
    other_names = models.JSONField()
    region = models.CharField(max_length=3, null=True)  # noqa: DJ001 - absence is not an empty code
    south = models.BooleanField(null=True)
    income = models.CharField(max_length=20, null=True)  # noqa: DJ001 - not classified is no group
    income_by_year = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.code

    def record(self) -> Country:
        return Country(
            self.code,
            self.iso3,
            self.name,
            tuple(self.other_names),
            self.region,
            self.south,
            self.income,
            {int(year): group for year, group in self.income_by_year.items()},
        )
