"""Target rows are added with a reason, exceptions for one period, and both can be taken back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kpi_core.definition import EARLIEST, target_from_json
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar
from kpi_core.store.changes import By, list_changes
from kpi_core.store.definitions import (
    add_exception,
    add_target,
    all_targets,
    stored_targets,
    take_back_exception,
    take_back_target,
    targets,
)
from kpi_core.target import TargetException, TargetHistory, in_force
from tests.store.definitions.shop import NEXT_MONTH, ORDER_VALUE, ORDERS, REVENUE, TUESDAY, shop

HIGHER = target_from_json({"value": 550000, "from": "2026-12-07"}, Direction.UP)


def value_in(history: TargetHistory, month: date) -> Fraction | None:
    """Give the target that a month has."""
    target = in_force(history, Calendar().period(Cadence.MONTH, month), Direction.UP, Calendar())
    return target.low.value if target and target.low else None


def test_a_change_counts_from_the_next_period_and_keeps_the_past() -> None:
    with shop() as store:
        stored = add_target(store, REVENUE, HIGHER, NEXT_MONTH)
        row = stored.target
        assert (row.typed_on, row.backdated, row.reason) == (date(2026, 12, 7), False, "corrected")
        history = targets(store, REVENUE)
        assert value_in(history, date(2026, 12, 1)) == 500000
        assert value_in(history, date(2027, 1, 1)) == 550000


def test_a_change_asks_for_a_reason_but_the_first_target_does_not() -> None:
    silent = By(NEXT_MONTH.now)
    with shop() as store:
        with pytest.raises(RefusedDefinition) as refused:
            add_target(store, REVENUE, HIGHER, silent)
        assert refused.value.sentence == "Why does the target of Monthly Revenue change?"
        first = target_from_json(1000, Direction.UP)
        assert add_target(store, ORDERS, first, silent).target.backdated is False


def test_a_row_before_the_day_of_entry_is_marked_as_a_correction() -> None:
    earlier = target_from_json({"value": 450000, "from": "2026-12-06"}, Direction.UP)
    with shop() as store:
        assert add_target(store, REVENUE, earlier, NEXT_MONTH).target.backdated
        assert not add_target(store, REVENUE, HIGHER, NEXT_MONTH).target.backdated


def test_a_target_that_contradicts_its_kpi_is_refused() -> None:
    with shop() as store:
        with pytest.raises(RefusedDefinition, match="Here higher is better"):
            add_target(store, REVENUE, target_from_json(5, Direction.DOWN), TUESDAY)
        with pytest.raises(NotFound):
            add_target(store, 9, HIGHER, TUESDAY)


def test_a_row_taken_back_leaves_the_one_before_in_force() -> None:
    with shop() as store:
        stored = add_target(store, REVENUE, HIGHER, NEXT_MONTH)
        assert [each.id for each in stored_targets(store, REVENUE)][-1] == stored.id
        take_back_target(store, stored.id, NEXT_MONTH)
        assert [row.starts for row in targets(store, REVENUE).rows] == [EARLIEST]
        with pytest.raises(NotFound, match=f"There is no target number {stored.id} in force"):
            take_back_target(store, stored.id, NEXT_MONTH)


def test_an_exception_is_for_the_period_that_holds_its_day() -> None:
    with shop() as store:
        number = add_exception(store, REVENUE, TargetException(date(2026, 7, 20), Fraction(200000), "closed"), TUESDAY)
        (exception,) = targets(store, REVENUE).exceptions
        assert exception == TargetException(date(2026, 7, 1), Fraction(200000), "closed")
        assert value_in(targets(store, REVENUE), date(2026, 7, 1)) == 200000
        change = list_changes(store)[0]
        assert change.id == number
        take_back_exception(store, int(change.subject.key), TUESDAY)
        assert targets(store, REVENUE).exceptions == ()
        with pytest.raises(NotFound, match="There is no one-period exception number 1 in force"):
            take_back_exception(store, int(change.subject.key), TUESDAY)


def test_an_exception_needs_a_reason() -> None:
    with shop() as store, pytest.raises(RefusedDefinition) as refused:
        add_exception(store, REVENUE, TargetException(date(2026, 7, 20), Fraction(200000), " "), TUESDAY)
    assert refused.value.sentence == "Why has Monthly Revenue another target for this month?"


def test_the_targets_of_all_kpis_are_those_of_each() -> None:
    with shop() as store:
        add_target(store, REVENUE, HIGHER, NEXT_MONTH)
        add_exception(store, ORDER_VALUE, TargetException(date(2026, 7, 20), Fraction(700), "closed"), TUESDAY)
        assert all_targets(store) == {number: targets(store, number) for number in (REVENUE, ORDERS, ORDER_VALUE)}
