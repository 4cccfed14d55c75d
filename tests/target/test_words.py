from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar
from kpi_core.target import (
    Bound,
    Comparison,
    PeriodTarget,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    in_force,
    target_text,
)
from kpi_core.unit import NumberStyle, parse_unit

TODAY = date(2026, 11, 21)


def one_sided(value: str, comparison: Comparison) -> PeriodTarget:
    bound = Bound(Fraction(value), comparison)
    if comparison.is_floor:
        return PeriodTarget(Direction.UP, bound, None, Tolerance(), TargetKind.CONSTANT)
    return PeriodTarget(Direction.DOWN, None, bound, Tolerance(), TargetKind.CONSTANT)


def said(target: PeriodTarget, unit: str, locale: str = "en_US", decimals: int | None = None) -> str:
    return target_text(target, parse_unit(unit), NumberStyle(locale), decimals, TODAY).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "comparison", "unit", "locale", "text"),
    [
        ("500000", Comparison.AT_LEAST, "currency:SEK", "sv_SE", "Target 500 000 kr"),
        ("800", Comparison.AT_LEAST, "currency:SEK", "sv_SE", "Target 800 kr"),
        ("45", Comparison.AT_MOST, "currency:USD", "en_US", "Target $45 or less"),
        ("500", Comparison.AT_LEAST, "count", "en_US", "Target 500"),
        ("500", Comparison.ABOVE, "count", "en_US", "Target over 500"),
        ("3", Comparison.AT_LEAST, "percent", "sv_SE", "Target 3 % or more"),
        ("60", Comparison.BELOW, "percent", "sv_SE", "Target under 60 %"),
        ("3", Comparison.AT_MOST, "percent", "en_US", "Target 3% or less"),
        ("14400", Comparison.AT_MOST, "duration", "en_US", "Target 4 h or less"),
        ("51.25", Comparison.AT_LEAST, "score", "en_US", "Target 51.25 or more"),
    ],
)
def test_one_number(value: str, comparison: Comparison, unit: str, locale: str, text: str) -> None:
    assert said(one_sided(value, comparison), unit, locale) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (Comparison.AT_LEAST, Comparison.AT_MOST, "Target 2 to 5"),
        (Comparison.ABOVE, Comparison.AT_MOST, "Target over 2 and 5 or less"),
        (Comparison.AT_LEAST, Comparison.BELOW, "Target 2 or more and under 5"),
    ],
)
def test_a_range(low: Comparison, high: Comparison, text: str) -> None:
    bounds = Bound(Fraction(2), low), Bound(Fraction(5), high)
    assert said(PeriodTarget(Direction.RANGE, *bounds, Tolerance(), TargetKind.RANGE), "ratio") == text


PATH = Target(
    TargetKind.PATH,
    date(2026, 1, 1),
    Fraction(55),
    baseline=Fraction(42),
    path_start=date(2026, 1, 1),
    deadline=date(2026, 12, 31),
)


def on_path(row: Target, direction: Direction, *exceptions: TargetException) -> PeriodTarget:
    calendar = Calendar()
    third_quarter = calendar.period(Cadence.QUARTER, date(2026, 8, 1))
    target = in_force(TargetHistory((row,), exceptions), third_quarter, direction, calendar)
    assert target is not None
    return target


def test_a_path_says_where_it_goes_and_where_it_should_be() -> None:
    assert said(on_path(PATH, Direction.UP), "score") == "On the path 42 → 55 by 31 December: should be 51.7"


def test_a_path_past_the_year_names_the_year_of_its_deadline() -> None:
    row = replace(PATH, deadline=date(2027, 12, 31))
    assert said(on_path(row, Direction.UP), "score", decimals=0).startswith("On the path 42 → 55 by 31 December 2027:")


@pytest.mark.parametrize(
    ("comparison", "direction", "text"),
    [
        (Comparison.ABOVE, Direction.UP, "should be over 51.7"),
        (Comparison.AT_LEAST, Direction.UP, "should be 51.7"),
        (Comparison.BELOW, Direction.DOWN, "should be under 51.7"),
        (Comparison.AT_MOST, Direction.DOWN, "should be 51.7"),
    ],
)
def test_a_strict_path_says_so(comparison: Comparison, direction: Direction, text: str) -> None:
    assert said(on_path(replace(PATH, comparison=comparison), direction), "score").endswith(text)


def test_an_exception_gives_its_reason() -> None:
    target = on_path(PATH, Direction.UP, TargetException(date(2026, 7, 1), Fraction(40), "rebuilding"))
    assert said(target, "score") == "Target 40 or more, for this period only: rebuilding"
