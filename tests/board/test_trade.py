"""Two numbers side by side: one gets better as the other gets worse, or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.board.trade import Tracked, Trade, trade_of
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence, Calendar
from kpi_core.unit import NumberStyle, Unit, UnitKind

CALENDAR = Calendar()
STEADY = [101, 99, 100, 100, 100, 101, 100, 99, 100, 101, 100, 99, 100]


def tracked(
    name: str, values: Sequence[int | None], direction: Direction = Direction.UP, cadence: Cadence = Cadence.MONTH
) -> Tracked:
    kpi = Kpi(name, Unit(UnitKind.COUNT), direction, cadence, Typed())
    period = CALENDAR.period(cadence, date(2026, 10, 1))
    actuals = {}
    for value in reversed(values):
        made = None if value is None else Fraction(value)
        actuals[period.start] = Actual(period, made, CoverageState.FULL if value is not None else CoverageState.NONE)
        period = CALENDAR.previous(period)
    return Tracked(kpi, actuals)


def found(ours: Tracked, other: Tracked) -> Trade:
    return trade_of(ours, other, CALENDAR, NumberStyle())


def test_one_rises_as_the_other_falls() -> None:
    ours = tracked("Orders", [*STEADY, 100, 120, 121, 122])
    other = tracked("Order value", [*STEADY, 100, 80, 79, 78])
    said = found(ours, other)
    assert said.warns
    assert said.sentence == (
        "Order value fell from 100 to 79 as Orders rose from 100 to 121 (last 3 months against the same 3 a year ago). "
        "One may be paid for with the other: look at both before you decide."
    )
    assert found(other, ours).warns, "whichever of the two is looked at"


def test_more_returns_are_worse_though_both_rise() -> None:
    ours = tracked("Sales", [*STEADY, 100, 120, 121, 122])
    returns = tracked("Returns", [*STEADY, 100, 120, 121, 122], Direction.DOWN)
    assert found(ours, returns).sentence.startswith("Returns rose from 100 to 121 as Sales rose")
    assert not found(ours, tracked("Visits", [*STEADY, 100, 120, 121, 122])).warns, "both got better"


def test_routine_ups_and_downs_warn_nobody() -> None:
    ours = tracked("Orders", [*STEADY, 100, 120, 121, 122])
    noisy = tracked("Order value", [100, 120, 80, 110, 90, 120, 80, 110, 100, 90, 110, 80, 100, 110, 95, 92, 90])
    assert found(ours, noisy) == Trade("No sign that Orders is paid for with Order value.")


def test_years_are_compared_with_the_years_before_them() -> None:
    ours = tracked("Orders", [100, 101, 100, 120, 121, 122], cadence=Cadence.YEAR)
    other = tracked("Value", [100, 101, 100, 80, 79, 78], cadence=Cadence.YEAR)
    assert "(last 3 years against the 3 before)" in found(ours, other).sentence


def test_without_a_year_of_history_the_three_before_are_compared() -> None:
    said = found(tracked("Orders", [100, 101, 100, 120, 121, 122]), tracked("Value", [100, 101, 100, 80, 79, 78]))
    assert said.warns
    assert "(last 3 months against the 3 before)" in said.sentence


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        (tracked("Orders", [1, 2, 3, 4, 5]), tracked("Value", [5, 4, 3, 2, 1])),
        (tracked("Orders", [1, 2, 3, 4, 5, 6]), tracked("Value", [6, 5, 4, None, 2, 1])),
        (tracked("Orders", STEADY), tracked("Value", STEADY, cadence=Cadence.WEEK)),
    ],
)
def test_too_little_in_common_says_so(ours: Tracked, other: Tracked) -> None:
    assert found(ours, other) == Trade(
        "Orders and Value have too little history together to say what one does to the other."
    )


def test_a_range_has_no_better_or_worse() -> None:
    said = found(tracked("Stock", STEADY, Direction.RANGE), tracked("Sales", STEADY))
    assert (said.warns, "range" in said.sentence) == (False, True)
