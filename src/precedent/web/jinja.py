"""The template engine: strict about names, and with what every page needs within reach."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from precedent.kernel.languages import direction, language_name, said
from precedent.web import wording
from precedent.web.account.fields import errors_of, fields_of


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page in the language of the page being made."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """Jinja2 with strict names, translation, and the product's own words for dates, numbers and lists."""
    made = Environment(  # noqa: S701 - Django's backend passes autoescape=True
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(
        static=static,
        url=url,
        direction=direction,
        language_name=language_name,
        label=wording.label,
        labels_of=wording.labels_of,
        labels_in=wording.labels_in,
        field_label=wording.field_label,
        years=wording.years,
        where=wording.where,
        pair=wording.pair,
        fields_of=fields_of,
        errors_of=errors_of,
    )
    made.filters.update(
        date=wording.date,
        number=wording.number,
        listed=wording.listed,
        lower_first=wording.lower_first,
        sentence=wording.sentence,
        said=said,
        isolated=wording.isolated,
    )
    return made
