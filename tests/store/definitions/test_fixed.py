"""What targets take from the numbers is kept: parts of a year's total, bases of last year, what a delta became."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.board.past import past
from kpi_core.definition import document_from_json, target_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction, TypedValue
from kpi_core.period import Cadence, Calendar
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions import (
    add_target,
    edit_kpi,
    get_kpi,
    load_document,
    set_typed,
    take_back_target,
    targets,
)
from kpi_core.store.months import close_month
from kpi_core.target import in_force, why_none
from kpi_core.unit import NumberStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

CALENDAR = Calendar()
SALES = 1
EVEN = {"year": "2026-01-01", "value": 1200, "spread": "even by days"}
LIKE_LAST_YEAR = {"year": "2026-01-01", "value": 2400}


def by(day: str, why: str = "better known now") -> By:
    return By(datetime.fromisoformat(f"{day}T09:00"), "shop manager", why)


def typed(year: int, months: Iterable[int], value: int = 100) -> list[dict[str, object]]:
    return [{"kpi": "Sales", "period": f"{year}-{month:02}", "value": value + month} for month in months]


def shop(target: object, values: list[dict[str, object]], **more: object) -> Store:
    """Open a data file with one monthly count; what is loaded is loaded on 2 January 2026."""
    store = open_store(None)
    kpi = {"name": "Sales", "unit": "count", "direction": "up", "target": target, **more}
    load_document(store, document_from_json({"kpis": [kpi], "typed_values": values}), by("2026-01-02"))
    actuals.refresh(store)
    return store


def month(year: int, number: int) -> date:
    return date(year, number, 1)


def value_in(store: Store, start: date, cadence: Cadence = Cadence.MONTH) -> Fraction | None:
    target = in_force(targets(store, SALES), CALENDAR.period(cadence, start), Direction.UP, CALENDAR)
    return target.low.value if target and target.low else None


def why_in(store: Store, start: date) -> str:
    return why_none(targets(store, SALES), CALENDAR.period(Cadence.MONTH, start), CALENDAR)


def type_value(store: Store, start: date, value: int, moment: By) -> None:
    set_typed(store, TypedValue("Sales", start, Fraction(value)), moment)
    actuals.refresh(store)


class TestYearTotal:
    def test_its_parts_follow_last_year_and_make_the_total_exactly(self) -> None:
        with shop(LIKE_LAST_YEAR, typed(2025, range(1, 13), 150)) as store:
            parts = [value_in(store, month(2026, number)) or Fraction(0) for number in range(1, 13)]
            assert sum(parts) == 2400
            assert parts == sorted(parts)
            assert parts[0] < parts[-1]
            assert value_in(store, month(2025, 12)) is None
            assert why_in(store, month(2027, 1)) == "there is no total for 2027 yet"

    def test_a_correction_of_last_year_does_not_move_them(self) -> None:
        with shop(LIKE_LAST_YEAR, typed(2025, range(1, 13))) as store:
            before = [value_in(store, month(2026, number)) for number in range(1, 13)]
            type_value(store, month(2025, 3), 5000, by("2026-02-01"))
            assert [value_in(store, month(2026, number)) for number in range(1, 13)] == before

    def test_without_a_whole_last_year_there_is_none_until_it_is_whole(self) -> None:
        with shop(LIKE_LAST_YEAR, typed(2025, range(1, 12))) as store:
            assert value_in(store, month(2026, 1)) is None
            assert why_in(store, month(2026, 1)) == "last year has no shape that the year's total could follow"
            type_value(store, month(2025, 12), 100, by("2026-01-05"))
            assert sum(value_in(store, month(2026, number)) or 0 for number in range(1, 13)) == 2400

    def test_another_cadence_parts_it_anew_and_never_takes_a_month_for_a_quarter(self) -> None:
        with shop(EVEN, []) as store:
            january = value_in(store, month(2026, 1))
            edit_kpi(store, replace(get_kpi(store, SALES), cadence=Cadence.QUARTER), by("2026-01-03"))
            actuals.refresh(store)
            quarter = value_in(store, month(2026, 1), Cadence.QUARTER)
            assert january is not None
            assert quarter is not None
            assert quarter > 2 * january

    def test_percentages_that_are_not_one_a_month_are_refused(self) -> None:
        halves = {"year": "2026-01-01", "value": 1200, "percentages": [50, 50]}
        with shop(5, []) as store, pytest.raises(RefusedDefinition, match="There are 2 percentages for 12 periods"):
            add_target(store, SALES, target_from_json(halves, Direction.UP), by("2026-01-03"))

    def test_a_raised_total_leaves_the_parts_of_the_past(self) -> None:
        with shop(EVEN, []) as store:
            before = [value_in(store, month(2026, number)) for number in range(1, 13)]
            higher = target_from_json({**EVEN, "value": 2400, "from": "2026-06-15"}, Direction.UP)
            add_target(store, SALES, higher, by("2026-06-15"))
            after = [value_in(store, month(2026, number)) for number in range(1, 13)]
            assert after[:6] == before[:6]
            assert all(new and old and new > old for new, old in zip(after[6:], before[6:], strict=True))


class TestRelative:
    def test_it_stands_on_last_years_value(self) -> None:
        with shop({"change_percent": 20}, typed(2025, [1, 2])) as store:
            assert value_in(store, month(2026, 1)) == Fraction("121.2")
            assert why_in(store, month(2026, 3)) == "March 2025 has no value to compare with"

    def test_a_base_of_nothing_is_none(self) -> None:
        with shop({"change_percent": 20}, typed(2025, [1], -1)) as store:
            assert value_in(store, month(2026, 1)) is None
            assert (
                why_in(store, month(2026, 1)) == "January 2025 was not above 0, and a percentage of that says nothing"
            )

    def test_a_correction_before_the_period_is_judged_moves_it_one_afterwards_does_not(self) -> None:
        with shop({"change_percent": 20}, typed(2025, [1, 2])) as store:
            type_value(store, month(2025, 1), 200, by("2026-02-07"))
            assert value_in(store, month(2026, 1)) == 240
            type_value(store, month(2025, 1), 300, by("2026-02-08"))
            assert value_in(store, month(2026, 1)) == 240
            type_value(store, month(2025, 2), 300, by("2026-02-08"))
            assert value_in(store, month(2026, 2)) == 360

    def test_a_closed_month_is_judged_before_its_grace_is_over(self) -> None:
        with shop({"change_percent": 20}, typed(2025, [1])) as store:
            close_month(store, "2026-01", By(datetime(2026, 2, 1, 9)))
            type_value(store, month(2025, 1), 300, by("2026-02-02"))
            assert value_in(store, month(2026, 1)) == Fraction("121.2")

    def test_taking_back_a_correction_of_the_past_brings_the_old_target_back(self) -> None:
        with shop({"change_percent": 20}, typed(2025, [1])) as store:
            backdated = target_from_json({"change_percent": 50, "from": "2026-01-01"}, Direction.UP)
            stored = add_target(store, SALES, backdated, by("2026-03-01"))
            assert stored.target.backdated
            assert value_in(store, month(2026, 1)) == Fraction("151.5")
            take_back_target(store, stored.id, by("2026-03-02"))
            assert value_in(store, month(2026, 1)) == Fraction("121.2")

    def test_a_period_without_its_base_says_so_on_its_line(self) -> None:
        with shop({"change_percent": 20}, typed(2026, [1])) as store:
            (line,) = past(
                get_kpi(store, SALES),
                targets(store, SALES),
                actuals.all_periods(store, get_kpi(store, SALES), CALENDAR, date(2026, 2, 9)),
                calendar=CALENDAR,
                style=NumberStyle(),
                today=date(2026, 2, 9),
            )
            assert line.judgement.word == "No target"
            assert line.judgement.sentence == "January has no target: January 2025 has no value to compare with."


class TestDelta:
    def test_it_becomes_a_number_once_there_is_something_to_count_from(self) -> None:
        with shop({"delta": 700}, []) as store:
            assert value_in(store, month(2026, 1)) is None
            assert why_in(store, month(2026, 1)) == "it waits for the first values, which it is counted from"
            type_value(store, month(2025, 12), 4000, by("2026-01-05"))
            assert value_in(store, month(2026, 1)) == 4700
            type_value(store, month(2026, 1), 9000, by("2026-02-05"))
            assert value_in(store, month(2026, 2)) == 4700

    def test_it_counts_from_the_median_of_the_last_three(self) -> None:
        with shop({"delta": -10}, typed(2025, [9, 10, 11, 12])) as store:
            assert value_in(store, month(2026, 1)) == 101
