"""The settings of the business as JSON."""

from __future__ import annotations

import re

from kpi_core.business import Business
from kpi_core.definition.fields import Fields, Place, choice_from_json, refused
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Cadence, Weekday

Json = dict[str, object]

HERE = Place("business")

_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)


def business_from_json(obj: object, place: Place = HERE) -> Business:
    """Read the settings; what is not given is as usual: the calendar year, weeks from Monday, open every day.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj, place)
    month, day = _fiscal_start(fields)
    currency = fields.text_or_none("currency")
    open_weekdays = frozenset(choice_from_json(item, Weekday, at) for at, item in fields.items("open_weekdays"))
    try:
        business = Business(
            name=fields.text("name"),
            currency=currency and currency.upper(),
            locale=fields.text("locale", "en_US"),
            fiscal_month=month,
            fiscal_day=day,
            week_start=fields.choice("week_start", Weekday, Weekday.MONDAY),
            open_weekdays=open_weekdays or frozenset(Weekday),
            person=fields.text("person"),
            review_every=fields.choice("review_every", Cadence, Cadence.MONTH),
        )
    except RefusedDefinition as error:
        raise refused(place, error.sentence, error.hint) from error
    fields.close()
    return business


def _fiscal_start(fields: Fields) -> tuple[int, int]:
    text = fields.text("fiscal_year_start", "01-01")
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        raise refused(fields.place.at("fiscal_year_start"), f'"{text}" is not month and day; write it like 04-06.')
    return int(found[1]), int(found[2])


def business_to_json(business: Business) -> Json:
    """Write the settings; `business_from_json` reads the same back."""
    given: Json = {
        "name": business.name,
        "currency": business.currency,
        "locale": business.locale,
        "fiscal_year_start": f"{business.fiscal_month:02}-{business.fiscal_day:02}",
        "week_start": business.week_start.value,
        "open_weekdays": [day.value for day in Weekday if day in business.open_weekdays],
        "person": business.person,
        "review_every": None if business.review_every is Cadence.MONTH else business.review_every.value,
    }
    return {key: value for key, value in given.items() if value}
