"""Typed values: one for each KPI, period and segment, exact, logged, refused in closed months."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from kpi_core.errors import ClosedMonths, NotFound, RefusedDefinition
from kpi_core.kpi import TypedValue
from kpi_core.store.changes import list_changes
from kpi_core.store.definitions import remove_typed, set_typed, typed_values
from kpi_core.store.months import close_month
from kpi_core.store.things import mark_fresh, stale
from tests.definition import made
from tests.store.definitions.shop import NEXT_MONTH, ORDER_VALUE, ORDERS, REVENUE, TUESDAY, shop

OCTOBER = date(2026, 10, 1)
OF_OCTOBER = frozenset({"2026-10-01"})


def typed(
    value: int | Fraction | None,
    segment: str = "",
    numerator: Fraction | None = None,
    denominator: Fraction | None = None,
) -> TypedValue:
    exact = None if value is None else Fraction(value)
    return TypedValue("orders", date(2026, 10, 20), exact, segment, numerator, denominator)


def test_a_value_is_kept_for_the_period_that_holds_its_day_and_typed_again_it_replaces() -> None:
    with shop() as store:
        set_typed(store, typed(41), TUESDAY)
        set_typed(store, typed(44), NEXT_MONTH)
        assert typed_values(store, ORDERS) == (TypedValue("Orders", OCTOBER, Fraction(44)),)
        change = list_changes(store)[0]
        assert (change.old or {})["value"] == "41"
        assert (change.new or {})["value"] == "44"


def test_each_segment_has_a_value_of_its_own_whatever_its_case() -> None:
    with shop() as store:
        set_typed(store, typed(41), TUESDAY)
        set_typed(store, typed(40, "Web"), TUESDAY)
        set_typed(store, typed(39, " WEB "), TUESDAY)
        assert [(each.segment, each.value) for each in typed_values(store, ORDERS)] == [("", Fraction(41)), ("WEB", 39)]


@given(made.NUMBERS, made.NUMBERS, made.NUMBERS)
def test_numbers_stay_exact(value: Fraction, numerator: Fraction, denominator: Fraction) -> None:
    with shop() as store:
        set_typed(store, typed(value, numerator=numerator, denominator=denominator), TUESDAY)
        (held,) = typed_values(store, ORDERS)
        assert (held.value, held.numerator, held.denominator) == (value, numerator, denominator)


def test_the_same_value_again_leaves_no_trace() -> None:
    with shop() as store:
        set_typed(store, typed(41), TUESDAY)
        entries = list_changes(store)
        assert set_typed(store, typed(41), NEXT_MONTH) is None
        assert list_changes(store) == entries


def test_a_removed_value_is_gone() -> None:
    with shop() as store:
        set_typed(store, typed(41), TUESDAY)
        set_typed(store, typed(40, "Web"), TUESDAY)
        remove_typed(store, ORDERS, date(2026, 10, 31), "web", NEXT_MONTH)
        assert [each.segment for each in typed_values(store, ORDERS)] == [""]
        with pytest.raises(NotFound) as missing:
            remove_typed(store, ORDERS, OCTOBER, "web", NEXT_MONTH)
        assert missing.value.sentence == "No value of Orders was typed for 1 October 2026."


def test_a_value_needs_a_number_and_a_kpi() -> None:
    with shop() as store:
        with pytest.raises(RefusedDefinition, match="leave the period out where there is none"):
            set_typed(store, typed(None), TUESDAY)
        with pytest.raises(RefusedDefinition, match="a numerator and its denominator come together"):
            set_typed(store, typed(1, numerator=Fraction(1)), TUESDAY)
        with pytest.raises(NotFound, match="There is no KPI 'Visits'"):
            set_typed(store, TypedValue("Visits", OCTOBER, Fraction(1)), TUESDAY)


def test_a_closed_month_refuses_other_values_and_takes_the_same() -> None:
    with shop() as store:
        set_typed(store, typed(41), TUESDAY)
        close_month(store, "2026-10", NEXT_MONTH)
        assert set_typed(store, typed(41), NEXT_MONTH) is None
        with pytest.raises(ClosedMonths):
            set_typed(store, typed(44), NEXT_MONTH)
        with pytest.raises(ClosedMonths):
            remove_typed(store, ORDERS, OCTOBER, "", NEXT_MONTH)
        assert typed_values(store, ORDERS)[0].value == 41


def test_a_typed_value_makes_its_period_stale_in_all_kpis_made_of_it() -> None:
    with shop() as store:
        mark_fresh(store)
        set_typed(store, typed(41), TUESDAY)
        assert stale(store) == {ORDERS: OF_OCTOBER, ORDER_VALUE: OF_OCTOBER}


def test_all_typed_values_are_listed_by_kpi_and_period() -> None:
    with shop() as store:
        set_typed(store, typed(41), TUESDAY)
        found = [(each.kpi, str(each.value)) for each in typed_values(store)]
        assert found == [("Monthly Revenue", "480000"), ("Orders", "41")]
        assert len(typed_values(store, REVENUE)) == 1
