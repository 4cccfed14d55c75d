"""Series of months for the tests of signals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar
from kpi_core.signals import Point, SignalWords

CALENDAR = Calendar()
TODAY = date(2026, 11, 21)
NEWEST = CALENDAR.last_complete(Cadence.MONTH, TODAY)


def months(values: Sequence[float | Fraction | None]) -> tuple[Point, ...]:
    """Give values to the months up to October 2026, the newest last."""
    points: list[Point] = []
    period = NEWEST
    for value in reversed(values):
        exact = None if value is None else Fraction(str(value))
        points.insert(0, Point(period, exact))
        period = CALENDAR.previous(period)
    return tuple(points)


def words(direction: Direction = Direction.UP) -> SignalWords:
    """Write the sentences of a monthly KPI."""
    return SignalWords(direction, Cadence.MONTH, CALENDAR, TODAY)
