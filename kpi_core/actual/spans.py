"""Longer stretches of days that a KPI is read over: the year to date, the last twelve months, the same a year before.

A span is the first days of a period, `[start, end)`, so that every value is made by the KPI's own aggregation over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kpi_core.period import PARTNER_WEEKS, Cadence, Period
from kpi_core.source import Covers

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.period import Calendar


@dataclass(frozen=True)
class Span:
    """The first `days` of a period; None: all of it."""

    period: Period
    days: int | None = None

    @property
    def start(self) -> date:
        """Its first day."""
        return self.period.start

    @property
    def end(self) -> date:
        """The day after its last one."""
        return self.covers.end

    @property
    def covers(self) -> Covers:
        """Name its days."""
        end = self.period.end if self.days is None else self.period.start + timedelta(days=self.days)
        return Covers(self.period.start, min(end, self.period.end))


def year_to_date(newest: Period, calendar: Calendar) -> tuple[Span, Span]:
    """Name the fiscal year up to the end of a period, and as much of the year before.

    Months, quarters and years compare whole months with whole months; days and weeks compare with the same number of
    days 52 weeks before, so that every day and week meets its partner. A week across two fiscal years is of the one
    that holds its last day, and only with the days that it has there.

    >>> from datetime import date
    >>> from kpi_core.period import Calendar
    >>> british = Calendar(fiscal_month=4, fiscal_day=6)
    >>> now, then = year_to_date(british.period(Cadence.MONTH, date(2026, 10, 3)), british)
    >>> str(now.start), str(now.end), str(then.start), str(then.end)
    ('2026-04-06', '2026-11-01', '2025-04-06', '2025-11-01')
    """
    year = calendar.fiscal_year(newest.last_day)
    days = (newest.end - year.start).days
    match newest.cadence:
        case Cadence.DAY | Cadence.WEEK:
            return Span(year, days), Span(Period.year_from(year.start - PARTNER_WEEKS), days)
        case Cadence.MONTH | Cadence.QUARTER | Cadence.YEAR:
            before = calendar.partner(year)
            return Span(year, days), Span(before, (calendar.partner(newest).end - before.start).days)


def last_twelve_months(newest: Period) -> tuple[Span, Span]:
    """Name the twelve months up to the end of a period, and the twelve before; of days and weeks 52 weeks each.

    >>> from datetime import date
    >>> now, then = last_twelve_months(Period(date(2026, 10, 1), date(2026, 11, 1), Cadence.MONTH))
    >>> str(now.start), str(now.end), str(then.start), str(then.end)
    ('2025-11-01', '2026-11-01', '2024-11-01', '2025-11-01')
    """
    now = _year_until(newest.end, newest.cadence)
    return now, _year_until(now.start, newest.cadence)


def _year_until(end: date, cadence: Cadence) -> Span:
    match cadence:
        case Cadence.DAY | Cadence.WEEK:
            start = end - PARTNER_WEEKS
            return Span(Period.year_from(start), PARTNER_WEEKS.days)
        case Cadence.MONTH | Cadence.QUARTER | Cadence.YEAR:
            return Span(Period.year_from(end.replace(year=end.year - 1)))
