"""What is known of a KPI so far, stored or a draft: its newest unbroken stretch, ready to be looked ahead from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.kpi import Formula, FormulaKind
from kpi_core.period import Cadence
from kpi_core.projection import NO_BOUNDS, Bounds, History
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.histories import all_periods, is_stored, last_periods, worked_out
from kpi_core.target import TargetKind, year_parts
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store
    from kpi_core.target import Target

LOOKED_BACK = {Cadence.DAY: 400, Cadence.WEEK: 160, Cadence.MONTH: 60, Cadence.QUARTER: 40, Cadence.YEAR: 20}
"""Periods that are worked out for a draft, and the most that a forecast looks at."""
MONTHS_AHEAD = 3
PERCENT = 100
YEAR_MONTHS = 12


@dataclass(frozen=True)
class Known:
    """The newest unbroken stretch of values, oldest first, with the newest period before it that has none.

    `everything`: all totals by period start, with their gaps.
    """

    stretch: tuple[Actual, ...]
    missing: Period | None
    everything: Mapping[date, Actual]
    history: History

    @property
    def newest(self) -> Period:
        """The newest period with a value; there must be one."""
        return self.stretch[-1].period


def known_of(store: Store, kpi: Kpi, calendar: Calendar, today: date) -> Known:
    """Gather what is known of a KPI up to the last complete period."""
    stored = {each.id: each for each in kpis(store)}
    if is_stored(kpi, stored.get(kpi.id)):
        values = all_periods(store, kpi, calendar, today)
    else:
        values = worked_out(store, kpi, last_periods(calendar, kpi.cadence, today, LOOKED_BACK[kpi.cadence]))
    everything = {each.period.start: each for each in values}
    full = sorted(start for start, each in everything.items() if _has_value(each))
    stretch: list[Actual] = [everything[full[-1]]] if full else []
    while stretch and _has_value(before := everything.get(calendar.previous(stretch[0].period).start)):
        stretch.insert(0, before)  # type: ignore[arg-type]
    missing = calendar.previous(stretch[0].period) if len(stretch) < len(full) else None
    numbers = tuple(float(each.value) for each in stretch if each.value is not None)[-LOOKED_BACK[kpi.cadence] :]
    return Known(tuple(stretch), missing, everything, History(numbers, kpi.cadence, bounds_of(kpi, numbers)))


def _has_value(actual: Actual | None) -> bool:
    return actual is not None and actual.coverage is CoverageState.FULL and actual.value is not None


def bounds_of(kpi: Kpi, values: tuple[float, ...]) -> Bounds:
    """Say what a KPI's values can be at all: what never was below 0, or above 100 %, is not looked for there.

    A difference, growth or score may be below 0 for the first time.
    """
    signed = isinstance(kpi.values, Formula) and kpi.values.kind in {FormulaKind.DIFFERENCE, FormulaKind.GROWTH}
    if signed or kpi.unit.kind is UnitKind.SCORE or any(value < 0 for value in values):
        return Bounds(-PERCENT, PERCENT) if _is_score(kpi, values) else NO_BOUNDS
    share = kpi.unit.kind is UnitKind.PERCENT and all(value <= PERCENT for value in values)
    return Bounds(0, PERCENT if share else None)


def _is_score(kpi: Kpi, values: tuple[float, ...]) -> bool:
    return kpi.unit.kind is UnitKind.SCORE and all(-PERCENT <= value <= PERCENT for value in values)


def goal_period(row: Target | None, kpi: Kpi, calendar: Calendar, today: date) -> Period:
    """Find the period that a target is looked at for: its deadline's, else the fiscal year's last.

    An undated one is looked at three months ahead at least.
    """
    year_end = calendar.fiscal_year(today).last_day
    day = max(year_end, months_on(today, MONTHS_AHEAD))
    if row is not None:
        match row.kind:
            case TargetKind.PATH if row.deadline is not None:
                day = row.deadline
            case TargetKind.YEAR_TOTAL:
                day = calendar.fiscal_year(year_parts(row)[0]).last_day
            case TargetKind.STEPS if row.steps:
                day = max(day, row.steps[-1].start)
            case _:
                pass
    return calendar.period(kpi.cadence, day)


def months_on(day: date, months: int) -> date:
    """Step whole months ahead; the last days of a month become its 28th.

    >>> months_on(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * YEAR_MONTHS + day.month - 1 + months, YEAR_MONTHS)
    return date(year, month + 1, min(day.day, 28))


def steps_between(first: Period, last: Period, calendar: Calendar) -> int:
    """Count the periods from one to another; 0 where the last is not after the first."""
    count, at = 0, first
    while at.start < last.start:
        count, at = count + 1, calendar.next(at)
    return count
