"""Which period a card shows on a day: the last complete one, the one before it in the grace, or an old one, greyed.

A period is due by its last day plus the grace of its cadence (day 1, week 3, month 7, quarter 14, year 30 days); the
due date itself is still in time. A period is in once the data covers it fully, whether or not a value can be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.horizon import applies
from kpi_core.kpi import Aggregate, Formula, Measure, Typed
from kpi_core.period import Period, due_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar

CARRY_AT_MOST = 3
"""Periods that a value may be carried forward into."""


class Standing(StrEnum):
    """How a card stands with its data."""

    IN = "in"
    WAITING = "waiting"
    OVERDUE = "overdue"
    PARTLY = "partly"
    CARRIED = "carried"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Shown:
    """What a card shows on a day.

    `actual`: the value shown, of an older period where the standing is not IN; None: no value has come in yet.
    `period` is the period that the card stands for: of the value, or the one it is carried into. `expected`: the
    last complete period. `missing`: the oldest complete period that waits for data, due by `due_by`.
    """

    standing: Standing
    period: Period
    expected: Period
    actual: Actual | None = None
    missing: Period | None = None
    due_by: date | None = None
    overdue_days: int = 0
    partly: Actual | None = None
    """What the data says of the newest period that is past due, where it is partly covered."""

    @property
    def carried_from(self) -> Period | None:
        """The period whose value is carried forward."""
        return self.actual.period if self.standing is Standing.CARRIED and self.actual is not None else None


def shown(
    kpi: Kpi, actuals: Mapping[date, Actual], calendar: Calendar, today: date, since: date | None = None
) -> Shown:
    """Choose what a card shows on a day, of the actuals by period start (see `KpiHistory`).

    Overdue days count from the due date of the oldest missing period. A value is carried forward only where the
    KPI is a `last` one with carry-forward on, after the due date, into three periods at most. Periods that do not
    apply are never missing.
    """
    expected = calendar.last_complete(kpi.cadence, today)
    if not applies(kpi, expected, calendar):
        return Shown(Standing.NOT_APPLICABLE, expected, expected, actuals.get(expected.start))
    newest = _newest_in(actuals, expected)
    if newest is not None and newest.period == expected:
        return Shown(Standing.IN, expected, expected, newest)
    missing = _missing(kpi, newest, expected, calendar, since)
    if not missing:
        return Shown(Standing.WAITING, expected, expected, newest)
    oldest, period = missing[0], expected if newest is None else newest.period
    late = [each for each in missing if due_date(each) < today]
    if not late:
        return Shown(Standing.WAITING, period, expected, newest, oldest, due_date(oldest))
    standing, partly = Standing.OVERDUE, actuals.get(late[-1].start)
    if newest is not None and _carries(kpi, newest, missing.index(late[-1])):
        standing, period = Standing.CARRIED, late[-1]
    elif partly is not None and partly.coverage is CoverageState.PARTLY:
        standing = Standing.PARTLY
    return Shown(
        standing,
        period,
        expected,
        newest,
        oldest,
        due_date(oldest),
        overdue_days(oldest, today),
        partly if standing is Standing.PARTLY else None,
    )


def overdue_days(period: Period, today: date) -> int:
    """Count the days after the due date; 0 on the due date and before.

    >>> from kpi_core.period import Cadence
    >>> overdue_days(Period(date(2025, 10, 1), date(2025, 11, 1), Cadence.MONTH), date(2025, 11, 21))
    14
    """
    return max((today - due_date(period)).days, 0)


def _newest_in(actuals: Mapping[date, Actual], expected: Period) -> Actual | None:
    """Find the newest fully covered period up to the last complete one."""
    starts = [
        start for start, actual in actuals.items() if start <= expected.start and actual.coverage is CoverageState.FULL
    ]
    return actuals[max(starts)] if starts else None


def _missing(kpi: Kpi, newest: Actual | None, expected: Period, calendar: Calendar, since: date | None) -> list[Period]:
    """List the periods without full data after the newest one with it, oldest first.

    Where nothing has come in yet, only periods that ended after the KPI came onto the board are missing, and
    without that day only the last complete one.
    """
    if newest is not None:
        after = newest.period.end
    elif since is not None:
        after = calendar.period(kpi.cadence, since).start
    else:
        after = expected.start
    return [period for period in calendar.periods(kpi.cadence, after, expected.end) if applies(kpi, period, calendar)]


def _carries(kpi: Kpi, newest: Actual, missing_before: int) -> bool:
    """Tell whether the newest value is carried into a period that so many missing ones precede."""
    if not kpi.carry_forward or newest.value is None or missing_before >= CARRY_AT_MOST:
        return False
    match kpi.values:
        case Measure(aggregate=how) | Typed(aggregate=how):
            return how is Aggregate.LAST
        case Formula():
            return False
