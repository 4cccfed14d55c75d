from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.actual.compared import ComparedLine, ComparedSide, CompareWords, Stretch
from kpi_core.period import Cadence, Calendar
from kpi_core.source import Covers
from kpi_core.unit import NumberStyle, Unit, UnitKind

OCTOBER = Calendar().period(Cadence.MONTH, date(2026, 10, 1))
LAST = Calendar().partner(OCTOBER)
TODAY = date(2026, 11, 3)


def side(
    value: object, state: CoverageState = CoverageState.FULL, reason: str = "", *, last: bool = False
) -> ComparedSide:
    period = LAST if last else OCTOBER
    made = Actual(period, None if value is None else Fraction(str(value)), state, reason=reason)
    return ComparedSide(Covers(period.start, period.end), made)


def line(kind: UnitKind, now: ComparedSide, then: ComparedSide) -> ComparedLine:
    unit = Unit(kind, "USD" if kind is UnitKind.CURRENCY else None)
    return CompareWords(unit, NumberStyle(), None, TODAY).line(Stretch.PERIOD, "October", now, then)


@pytest.mark.parametrize(
    ("kind", "now", "then", "texts"),
    [
        (UnitKind.CURRENCY, 570, 600, ("$570", "$600", "\u22125%")),
        (UnitKind.PERCENT, "3.28", "2.99", ("3.28%", "2.99%", "+0.29 points")),
        (UnitKind.SCORE, 48, 21, ("48.0", "21.0", "+27.0")),
        (UnitKind.COUNT, 7, 7, ("7", "7", "0%")),
    ],
)
def test_money_changes_in_percent_and_percentages_in_points(
    kind: UnitKind, now: object, then: object, texts: tuple[str, str, str]
) -> None:
    found = line(kind, side(now), side(then, last=True))
    assert (found.now_text, found.then_text, found.change, found.reason) == (*texts, "")


@pytest.mark.parametrize(
    ("now", "then", "label"),
    [
        ("", "", ""),
        ("average of months", "average of months", "average of months"),
        ("", "average of weeks", "average of weeks"),
        ("average of months", "average of weeks", "average of months, average of weeks"),
    ],
)
def test_how_both_values_were_made_is_said_once(now: str, then: str, label: str) -> None:
    sides = [side(5), side(4, last=True)]
    made = [
        replace(each, actual=replace(each.actual, label=text)) for each, text in zip(sides, (now, then), strict=True)
    ]
    assert line(UnitKind.COUNT, *made).label == label


def test_there_is_no_percentage_of_zero_or_less() -> None:
    found = line(UnitKind.CURRENCY, side(500), side(-100, last=True))
    assert (found.change, found.reason) == ("+$600", "no percentage of zero or less")


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (side(None, CoverageState.NONE, last=True), "October 2025: no data"),
        (side(7, CoverageState.PARTLY, last=True), "October 2025: not all days are in"),
        (side(None, reason="no visits to divide by", last=True), "October 2025: no visits to divide by"),
    ],
)
def test_a_side_that_is_not_known_whole_gives_a_reason_and_never_a_number(then: ComparedSide, reason: str) -> None:
    found = line(UnitKind.COUNT, side(5), then)
    assert (found.now_text, found.then_text, found.change, found.reason) == ("5", "", "", reason)


@pytest.mark.parametrize(
    ("first", "end", "name"),
    [
        (date(2026, 1, 1), date(2026, 11, 1), "January to October"),
        (date(2025, 11, 1), date(2026, 11, 1), "November 2025 to October 2026"),
        (date(2025, 1, 1), date(2025, 11, 1), "January to October 2025"),
        (date(2026, 4, 6), date(2026, 11, 1), "6 April to 31 October"),
        (date(2026, 10, 1), date(2026, 11, 1), "October"),
    ],
)
def test_stretches_of_whole_months_go_by_their_names(first: date, end: date, name: str) -> None:
    words = CompareWords(Unit(UnitKind.COUNT), NumberStyle(), None, TODAY)
    assert words.days(ComparedSide(Covers(first, end), side(1).actual)) == name
