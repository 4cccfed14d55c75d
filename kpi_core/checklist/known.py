"""What is known of a KPI so far: its newest unbroken stretch of values, ready to be looked ahead from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.horizon import LOOKED_BACK, bounds_of
from kpi_core.projection import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period


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


def known_from(values: Iterable[Actual], kpi: Kpi, calendar: Calendar) -> Known:
    """Gather what the totals of a KPI's complete periods tell."""
    everything = {each.period.start: each for each in values}
    full = sorted(start for start, each in everything.items() if _has_value(each))
    stretch: list[Actual] = [everything[full[-1]]] if full else []
    while stretch and _has_value(before := everything.get(calendar.previous(stretch[-1].period).start)):
        stretch.append(before)  # type: ignore[arg-type]
    stretch.reverse()
    missing = calendar.previous(stretch[0].period) if len(stretch) < len(full) else None
    numbers = tuple(float(each.value) for each in stretch if each.value is not None)[-LOOKED_BACK[kpi.cadence] :]
    return Known(tuple(stretch), missing, everything, History(numbers, kpi.cadence, bounds_of(kpi, numbers)))


def _has_value(actual: Actual | None) -> bool:
    return actual is not None and actual.coverage is CoverageState.FULL and actual.value is not None
