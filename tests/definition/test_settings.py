"""The settings as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from kpi_core.business import Business
from kpi_core.definition import business_from_json, business_to_json
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Weekday
from tests.definition import made


@given(made.BUSINESSES)
def test_settings_written_are_read_back_the_same(business: Business) -> None:
    assert business_from_json(json.loads(json.dumps(business_to_json(business)))) == business


def test_nothing_said_is_the_usual() -> None:
    assert business_from_json({}) == Business()


def test_a_fiscal_year_may_start_inside_a_month_and_a_week_on_any_day() -> None:
    read = business_from_json({"fiscal_year_start": "4-6", "week_start": "sun", "open_weekdays": ["mon", "tue"]})
    assert (read.fiscal_month, read.fiscal_day, read.week_start) == (4, 6, Weekday.SUNDAY)
    assert read.open_weekdays == {Weekday.MONDAY, Weekday.TUESDAY}


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({"fiscal_year_start": "April"}, 'business, fiscal_year_start: "April" is not month and day; write it like'),
        ({"fiscal_year_start": "13-01"}, "business: There is no month 13 for the fiscal year to start in."),
        ({"fiscal_year_start": "01-29"}, "business: A fiscal year cannot start on day 29: not every month has it."),
        ({"currency": "kr"}, "business: "),
        ({"open_weekdays": ["monday"]}, 'business, open_weekdays[0]: "monday" is not known; choose one of mon,'),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        business_from_json(obj)
    assert refused.value.sentence.startswith(sentence)
