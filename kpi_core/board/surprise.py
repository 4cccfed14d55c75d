"""The surprises of a growing or seasonal KPI: how far each value is from what growth and season led to expect."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.period import Period, period_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpi_core.actual import Actual
    from kpi_core.period import Calendar
    from kpi_core.projection import Expected

HEADING: Final = "How far each was from what was expected"
CAPTION: Final = (
    "Zero is what growth and season led to expect. Between the dashed lines a surprise is routine; beyond them it is "
    "marked with a diamond."
)
WIDER: Final = " Where the season makes the number larger, the lines lie further apart."


@dataclass(frozen=True)
class SurprisePoint:
    """A period's value less what was expected of it, and how far down (0 or less) and up it would still be routine.

    All in the KPI's unit, as Signalbox's judgement has them. `beyond`: the value lies beyond that.
    """

    period: Period
    value: Fraction
    expected: Fraction
    low: Fraction
    high: Fraction
    beyond: bool = False

    @property
    def off(self) -> Fraction:
        """How far the value is above (or, below 0, below) what was expected."""
        return self.value - self.expected

    def words(self, write: Callable[[Fraction], str]) -> str:
        """Say how far it is from what was expected, and how far on that side is routine.

        >>> from datetime import date
        >>> from kpi_core.period import Cadence, Calendar
        >>> month = Calendar().period(Cadence.MONTH, date(2026, 10, 1))
        >>> SurprisePoint(month, Fraction(93), Fraction(100), Fraction(-5), Fraction(6), True).words(str)
        '7 below what was expected; routine down to 5'
        """
        size = write(abs(self.off))
        if size == write(Fraction(0)):
            return "what was expected"
        side = "above" if self.off > 0 else "below"
        if self.low > 0 or self.high < 0:
            # Methods that always lag behind a growth: not even what they expect is routine
            low, high = (f"{write(abs(end))} {'above' if end > 0 else 'below'}" for end in (self.low, self.high))
            return f"{size} {side} what was expected; routine from {low} to {high}"
        way, end = ("up", self.high) if self.off > 0 else ("down", -self.low)
        return f"{size} {side} what was expected; routine {way} to {write(end)}"


def surprise_points(values: Sequence[Actual], expected: Sequence[Expected]) -> tuple[SurprisePoint, ...]:
    """Lay the newest values beside what was expected of them, both oldest first; as many as there are of the latter."""
    if not expected:
        return ()
    return tuple(
        SurprisePoint(
            actual.period, actual.value, middle, _exact(each.low) - middle, _exact(each.high) - middle, each.beyond
        )
        for actual, each in zip(values[-len(expected) :], expected, strict=True)
        if actual.value is not None
        for middle in (_exact(each.middle),)
    )


def caption(points: Sequence[SurprisePoint]) -> str:
    """Say how to read the chart of the surprises."""
    return f"{CAPTION}{WIDER if len({round(each.high, 6) for each in points}) > 1 else ''}"


def spoken(points: Sequence[SurprisePoint], calendar: Calendar, write: Callable[[Fraction], str]) -> str:
    """Say what the chart of the surprises shows, for those who cannot see it."""
    newest = points[-1]
    beyond = [period_name(each.period, calendar, None) for each in points if each.beyond]
    return (
        f"{HEADING}, {period_name(points[0].period, calendar, None)} to {period_name(newest.period, calendar, None)}. "
        f"The newest: {newest.words(write)}. Beyond what is routine: {', '.join(beyond) or 'none'}."
    )


def _exact(number: float) -> Fraction:
    return Fraction(str(number))
