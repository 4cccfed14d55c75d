"""Settings are kept, logged, and refused where they would orphan what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings

from kpi_core.business import Business
from kpi_core.definition import kpi_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import TypedValue
from kpi_core.period import Weekday
from kpi_core.store.business import read_business, write_business
from kpi_core.store.changes import Thing, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import add_kpi, remove_typed, set_typed
from kpi_core.store.things import mark_fresh, stale
from tests.definition import made
from tests.store.definitions.shop import MONDAY, NEXT_MONTH, TUESDAY, shop

SHOP = Business(name="Sample Shop", currency="SEK", locale="sv_SE", person="shop manager")


def test_before_anything_is_written_the_usual_holds() -> None:
    with open_store(None) as store:
        assert read_business(store) == Business()


@settings(max_examples=30)
@given(made.BUSINESSES)
def test_settings_written_are_read_back_the_same(business: Business) -> None:
    with open_store(None) as store:
        write_business(store, business, MONDAY)
        assert read_business(store) == business


def test_the_same_settings_leave_no_trace() -> None:
    with open_store(None) as store:
        assert write_business(store, Business(), MONDAY) is None
        assert write_business(store, SHOP, MONDAY) == 1
        assert write_business(store, SHOP, TUESDAY) is None
        (change,) = list_changes(store)
        assert (change.subject.thing, change.old, change.at) == (Thing.BUSINESS, None, MONDAY.now)
        assert (change.new or {})["currency"] == "SEK"


def test_a_new_calendar_makes_all_values_stale() -> None:
    with shop() as store:
        mark_fresh(store)
        write_business(store, replace(SHOP, fiscal_month=4), TUESDAY)
        assert stale(store) == {1: None, 2: None, 3: None}


@pytest.mark.parametrize(
    ("cadence", "day", "business", "sentence"),
    [
        (
            "week",
            date(2026, 10, 5),
            Business(week_start=Weekday.SUNDAY),
            "Visits has a number for the week from 2026-10-05; with this calendar that week would start on 2026-10-04.",
        ),
        (
            "quarter",
            date(2026, 10, 1),
            Business(fiscal_month=4, fiscal_day=6),
            (
                "Visits has a number for the quarter from 2026-10-01; with this calendar that quarter would start on "
                "2026-07-06."
            ),
        ),
    ],
)
def test_a_calendar_that_would_orphan_a_typed_value_is_refused(
    cadence: str, day: date, business: Business, sentence: str
) -> None:
    with open_store(None) as store:
        kpi = kpi_from_json({"name": "Visits", "unit": "count", "direction": "up", "cadence": cadence})
        visits = add_kpi(store, kpi, MONDAY)
        set_typed(store, TypedValue("Visits", day, Fraction(7)), MONDAY)
        with pytest.raises(RefusedDefinition) as refused:
            write_business(store, business, TUESDAY)
        assert refused.value.sentence == sentence
        assert read_business(store) == Business()
        remove_typed(store, visits.id, day, "", TUESDAY)
        write_business(store, business, NEXT_MONTH)
        assert read_business(store) == business
