"""What is known of a KPI, and of its year, where not every period applies or a year begins within one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.checklist.grade import year_ahead
from kpi_core.checklist.known import Known, known_from
from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import WEEKDAYS, Cadence, Calendar
from kpi_core.unit import Unit, UnitKind

MONTHLY = Kpi("Orders", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), state=State.ACTIVE)


def known(kpi: Kpi, calendar: Calendar, first: date, last: date, without: frozenset[date] = frozenset()) -> Known:
    """Know 10 of each period from one day to another."""
    periods = calendar.periods(kpi.cadence, first, last)
    full = [each for each in periods if each.start not in without]
    return known_from([Actual(each, Fraction(10), CoverageState.FULL) for each in full], kpi, calendar)


def test_what_does_not_apply_breaks_no_stretch() -> None:
    july = frozenset({date(2026, 7, 1)})
    gone = known(replace(MONTHLY, not_applicable=july), Calendar(), date(2026, 1, 1), date(2026, 11, 1), july)
    assert (len(gone.stretch), gone.missing, gone.history.season) == (9, None, 1)
    missing = known(MONTHLY, Calendar(), date(2026, 1, 1), date(2026, 11, 1), july)
    assert missing.missing is not None
    assert (len(missing.stretch), missing.missing.start) == (3, date(2026, 7, 1))


def test_closed_weekdays_are_no_part_of_the_stretch_even_with_a_value() -> None:
    weekdays = Calendar(open_weekdays=frozenset(WEEKDAYS[:5]))
    found = known(replace(MONTHLY, cadence=Cadence.DAY), weekdays, date(2026, 10, 5), date(2026, 10, 19))
    assert (len(found.stretch), found.history.season) == (10, 5)


@pytest.mark.parametrize(("last", "total"), [(date(2026, 11, 1), 120), (date(2026, 4, 1), 120)])
def test_a_year_from_the_sixth_of_april_is_twelve_months(last: date, total: int) -> None:
    british = Calendar(fiscal_month=4, fiscal_day=6)
    found = known(MONTHLY, british, date(2024, 1, 1), last)
    ahead = year_ahead(found, MONTHLY, date(2026, 5, 1), british)
    assert ahead is not None
    assert ahead.horizon * 10 + ahead.shift == pytest.approx(total)
