"""What is known of a KPI so far: its newest unbroken stretch of values, ready to be looked ahead from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.horizon import LOOKED_BACK, applies, bounds_of, season_of
from kpi_core.projection import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period


@dataclass(frozen=True)
class Known:
    """The newest unbroken stretch of values, oldest first, with the newest period before it that has none.

    Periods that do not apply are left out of the stretch as if they were not there.
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


def known_from(values: Iterable[Actual], kpi: Kpi, calendar: Calendar) -> Known:
    """Gather what the totals of a KPI's complete periods tell."""
    everything = {each.period.start: each for each in values}
    full = [each for each in everything.values() if _has_value(each) and applies(kpi, each.period, calendar)]
    full.sort(key=lambda each: each.period)
    stretch: list[Actual] = []
    missing: Period | None = None
    for each in reversed(full):
        expected = _before(kpi, stretch[-1].period, calendar) if stretch else each.period
        if each.period != expected:
            missing = expected
            break
        stretch.append(each)
    stretch.reverse()
    numbers = tuple(float(each.value) for each in stretch if each.value is not None)[-LOOKED_BACK[kpi.cadence] :]
    season = season_of(kpi, stretch[0].period, calendar) if stretch else None
    history = History(numbers, kpi.cadence, bounds_of(kpi, numbers), season)
    return Known(tuple(stretch), missing, everything, history)


def _before(kpi: Kpi, period: Period, calendar: Calendar) -> Period:
    """Find the newest period before another that applies."""
    before = calendar.previous(period)
    while not applies(kpi, before, calendar):
        before = calendar.previous(before)
    return before


def _has_value(actual: Actual | None) -> bool:
    return actual is not None and actual.coverage is CoverageState.FULL and actual.value is not None
