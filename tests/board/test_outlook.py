"""Where a KPI will be, in a sentence, and the chance of its running period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.board.outlook import OutlookWords, running_chance
from kpi_core.horizon import Goal
from kpi_core.kpi import Direction
from kpi_core.period import WEEKDAYS, Cadence
from kpi_core.projection import Ahead, ProjectionGrade, Spread
from kpi_core.running import DailyValues, SoFar
from kpi_core.target import Bound, Comparison, PeriodTarget, Target, TargetHistory, TargetKind, in_force
from tests.board.series import CALENDAR, ORDERS, STYLE, TODAY, month

NORMAL, ROUGH, EARLY = ProjectionGrade.NORMAL, ProjectionGrade.ROUGH, ProjectionGrade.TOO_EARLY
RANGE = Direction.RANGE
YEAR = CALENDAR.fiscal_year(TODAY)
QUARTER, DAY = (CALENDAR.period(each, date(2027, 2, 8)) for each in (Cadence.QUARTER, Cadence.DAY))
BY_MAY = Target(TargetKind.PATH, date(2026, 1, 1), Fraction(55), deadline=date(2027, 5, 9))


def held_to(direction: Direction, low: int | None = None, high: int | None = None) -> PeriodTarget:
    """Make a target in force."""
    if low is not None and high is not None:
        ends = Bound(Fraction(low), Comparison.AT_LEAST), Bound(Fraction(high), Comparison.AT_MOST)
        row = Target(TargetKind.RANGE, date(2020, 1, 1), low=ends[0], high=ends[1])
    else:
        row = Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(low or high or 0))
    found = in_force(TargetHistory((row,)), month(12), direction, CALENDAR)
    assert found is not None
    return found


def said(ahead: Ahead | None, goal: Goal | None = None, direction: Direction = Direction.UP) -> str:
    words = OutlookWords(replace(ORDERS, direction=direction), CALENDAR, STYLE, TODAY)
    return words.sentence(goal or Goal(month(12), 2, held_to(Direction.UP, 55)), ahead)


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (None, ""),
        (Ahead(24, NORMAL, 0.31), "About 3 in 10 to reach 55 in December at this pace: less likely than not."),
        (Ahead(24, NORMAL, 0.8), "About 8 in 10 to reach 55 in December at this pace: on course."),
        (
            Ahead(24, NORMAL, 0.01),
            "Less than 1 in 10 to reach 55 in December at this pace: not on course as things are.",
        ),
        (Ahead(24, NORMAL, 0.99), "More than 9 in 10 to reach 55 in December at this pace: on course."),
        (
            Ahead(8, ROUGH, 0.5),
            "About 5 in 10 to reach 55 in December at this pace: likely, not safe. This is a rough estimate.",
        ),
        (Ahead(4, EARLY), "Too early to say: 4 of 6 months in a row are known."),
        (Ahead(8, NORMAL), "Nobody can say: a value of December 2026 is missing."),
    ],
)
def test_the_outlook_in_words(ahead: Ahead | None, sentence: str) -> None:
    assert said(ahead) == sentence


@pytest.mark.parametrize(
    ("goal", "direction", "aim"),
    [
        (Goal(month(12), 2, held_to(Direction.DOWN, high=60)), Direction.DOWN, "be at 60 or less in December"),
        (
            Goal(month(2, 2027), 4, held_to(Direction.RANGE, 2, 5)),
            Direction.RANGE,
            "be within 2 to 5 in February 2027",
        ),
        (Goal(month(12), 2, held_to(Direction.UP, 55), row=BY_MAY), Direction.UP, "reach 55 in December"),
        (Goal(month(5, 2027), 7, held_to(Direction.UP, 55), row=BY_MAY), Direction.UP, "reach 55 by 31 May 2027"),
        (Goal(QUARTER, 2, held_to(Direction.UP, 55)), Direction.UP, "reach 55 in the 1st quarter 2027"),
        (Goal(DAY, 2, held_to(Direction.UP, 55)), Direction.UP, "reach 55 on 8 February 2027"),
        (Goal(YEAR, 2, total=Fraction(1200)), Direction.UP, "reach 1,200 in 2026"),
        (Goal(YEAR, 2, total=Fraction(1200)), Direction.DOWN, "stay within 1,200 in 2026"),
    ],
)
def test_what_is_to_be_met_and_until_when(goal: Goal, direction: Direction, aim: str) -> None:
    assert said(Ahead(24, NORMAL, 0.7), goal, direction) == f"About 7 in 10 to {aim} at this pace: likely, not safe."


def test_without_a_target_nothing_is_said() -> None:
    assert OutlookWords(ORDERS, CALENDAR, STYLE, TODAY).sentence(None, Ahead(24, NORMAL, 0.5)) == ""


NOVEMBER = CALENDAR.period(Cadence.MONTH, TODAY)
FORECAST = Ahead(24, NORMAL, coming=Spread(100, 10, 3))


def so_far(days: int, value: float | None, *, adds_up: bool = True) -> SoFar:
    exact = None if value is None else Fraction(str(value))
    return SoFar(NOVEMBER, NOVEMBER.start + timedelta(days=days), exact, adds_up=adds_up)


def chance(found: SoFar | None, low: int = 100, ahead: Ahead | None = FORECAST) -> float | None:
    made = running_chance(ahead, found, held_to(Direction.UP, low), CALENDAR)
    return None if made is None else float(made)


def test_half_the_way_on_pace_is_an_even_chance() -> None:
    assert chance(so_far(15, 50)) == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize(("value", "low", "high"), [(20, 0, 0.05), (40, 0.01, 0.2), (60, 0.8, 0.99), (101, 0.99, 1)])
def test_the_pace_moves_the_chance(value: int, low: float, high: float) -> None:
    found = chance(so_far(15, value))
    assert found is not None
    assert low <= found <= high


def test_what_is_done_stays_done_where_nothing_is_taken_away() -> None:
    cap = held_to(Direction.RANGE, 0, 30)
    grows = Ahead(24, NORMAL, coming=Spread(40, 25, 3, least=0))
    over, exactly = (running_chance(grows, so_far(19, value), cap, CALENDAR) for value in (32, 30))
    assert over == 0
    assert exactly is not None
    assert exactly > 0
    assert chance(so_far(19, 100), ahead=grows) == 1
    refunds = DailyValues({NOVEMBER.start: Fraction(-1)})
    for known, ahead in ((so_far(19, 32), FORECAST), (replace(so_far(19, 32), daily=refunds), grows)):
        assert (running_chance(ahead, known, held_to(Direction.RANGE, -500, 30), CALENDAR) or 0) > 0


def test_what_does_not_add_up_is_taken_as_forecast() -> None:
    assert chance(so_far(15, 3, adds_up=False)) == pytest.approx(0.5, abs=0.001)


def test_at_the_end_only_what_was_done_counts() -> None:
    assert [chance(so_far(30, value)) for value in (99, 99.9, 100, 101)] == [0, 0, 1, 1]


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert chance(None) is None
    assert chance(so_far(15, None)) is None
    assert chance(so_far(15, 50), ahead=None) is None
    assert chance(so_far(15, 50), ahead=Ahead(24, NORMAL)) is None
    assert running_chance(FORECAST, so_far(15, 50), None, CALENDAR) is None


@given(st.integers(1, 29), st.integers(0, 200), st.integers(0, 50))
def test_more_done_is_never_a_worse_chance(days: int, value: int, more: int) -> None:
    less, better = chance(so_far(days, value)), chance(so_far(days, value + more))
    assert less is not None
    assert better is not None
    assert better >= less


def test_a_closed_weekend_puts_nothing_at_risk() -> None:
    weekdays = replace(CALENDAR, open_weekdays=frozenset(WEEKDAYS[:5]))
    august = weekdays.period(Cadence.MONTH, date(2026, 8, 1))
    # August 2026 begins on a Saturday: after nine days 5 of its 21 weekdays are over, at exactly the pace of the target
    found = SoFar(august, date(2026, 8, 10), Fraction(500), adds_up=True)
    ahead = Ahead(24, NORMAL, coming=Spread(2100, 100, 3))
    assert running_chance(ahead, found, held_to(Direction.UP, 2100), weekdays) == Fraction(1, 2)
    every_day = running_chance(ahead, found, held_to(Direction.UP, 2100), CALENDAR)
    assert every_day is not None
    assert every_day < Fraction(1, 5)
