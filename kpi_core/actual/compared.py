"""A value beside the same one last year: the change in percent, of percentages in points, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual.change_words import ChangeWords
from kpi_core.actual.value import Actual, CoverageState
from kpi_core.period import MONTHS, ONE_DAY, Cadence, Calendar, day_name, period_name, span_name
from kpi_core.unit import UnitKind, format_value

if TYPE_CHECKING:
    from kpi_core.source import Covers
    from kpi_core.unit import NumberStyle, Unit

IN_UNIT = frozenset({UnitKind.PERCENT, UnitKind.SCORE})
"""What differs by so many points, never by a percentage: a percentage of a percentage misleads, a score may be 0."""


class Stretch(StrEnum):
    """How long a stretch is compared with the same one last year."""

    PERIOD = "period"
    SO_FAR = "so far"
    YEAR_TO_DATE = "year to date"
    TWELVE_MONTHS = "twelve months"


@dataclass(frozen=True)
class ComparedSide:
    """One side of a comparison: its days and its value, or the reason why there is none."""

    days: Covers
    actual: Actual

    @property
    def value(self) -> Fraction | None:
        """Give the value of days that are covered whole; anything else is none."""
        return self.actual.value if self.actual.coverage is CoverageState.FULL else None


@dataclass(frozen=True)
class ComparedLine:
    """One line of "Compared": written for the owner, with the exact sides.

    `change`: "+3.2 %" or "+0.3 points", "" where a side is missing. `reason`: why a side or the change is missing.
    `label`: how the value was made where that matters ("average of months").
    """

    stretch: Stretch
    name: str
    days: str
    now: ComparedSide
    then: ComparedSide
    now_text: str
    then_text: str
    then_days: str
    change: str = ""
    reason: str = ""
    label: str = ""


@dataclass(frozen=True)
class CompareWords:
    """Writes the comparisons of one KPI on a day."""

    unit: Unit
    style: NumberStyle
    decimals: int | None
    today: date

    def line(self, stretch: Stretch, name: str, now: ComparedSide, then: ComparedSide) -> ComparedLine:
        """Compare a stretch with the one last year; a side that is not wholly known gives a reason, never a number."""
        change, reason, words = "", "", self
        if now.value is None:
            reason = self.lacking(now)
        elif then.value is None:
            reason = self.lacking(then)
        else:
            difference = ChangeWords(self.unit, self.style, self.decimals, scale=now.value - then.value)
            change, reason = self.change(now.value, then.value, difference)
            words = replace(self, decimals=difference.digits) if self.unit.kind in IN_UNIT else self
        return ComparedLine(
            stretch,
            name,
            self.days(now),
            now,
            then,
            words.text(now),
            words.text(then),
            self.days(then),
            change,
            reason,
            ", ".join(dict.fromkeys(side.actual.label for side in (now, then) if side.actual.label)),
        )

    def change(self, now: Fraction, then: Fraction, words: ChangeWords) -> tuple[str, str]:
        """Write the change, and why it is not in percent where people expect that."""
        if self.unit.kind in IN_UNIT:
            return words.signed(now - then), ""
        percent = words.percent(now, then)
        return (percent, "") if percent else (words.signed(now - then), "no percentage of zero or less")

    def lacking(self, side: ComparedSide) -> str:
        """Say why a side has no number.

        >>> from kpi_core.period import Cadence, Period
        >>> from kpi_core.source import Covers
        >>> from kpi_core.unit import NumberStyle, Unit
        >>> october = Period(date(2025, 10, 1), date(2025, 11, 1), Cadence.MONTH)
        >>> partly = Actual(october, None, CoverageState.PARTLY, data_until=date(2025, 10, 28))
        >>> words = CompareWords(Unit(UnitKind.COUNT), NumberStyle(), None, date(2026, 11, 3))
        >>> words.lacking(ComparedSide(Covers(october.start, october.end), partly))
        'October 2025: data until 28 October 2025 only'
        """
        return f"{self.days(side)}: {self._why(side.actual)}"

    def _why(self, actual: Actual) -> str:
        match actual.coverage:
            case CoverageState.NONE:
                return actual.reason or "no data"
            case CoverageState.PARTLY if actual.data_until is not None:
                return f"data until {day_name(actual.data_until, self.today)} only"
            case CoverageState.PARTLY:
                return "not all days are in"
            case CoverageState.FULL:
                return actual.reason or "no value"

    def days(self, side: ComparedSide) -> str:
        """Name the days of a side; whole months by their names, in another year than today's with it."""
        first, last = side.days.start, side.days.end - ONE_DAY
        this_year = self.today if first.year == last.year else None
        if first.day != 1 or side.days.end.day != 1:
            return span_name(first, last, this_year)
        calendar = Calendar()
        names = [period_name(calendar.period(Cadence.MONTH, day), calendar, this_year) for day in (first, last)]
        if names[0] == names[1]:
            return names[0]
        return f"{names[0] if first.year != last.year else MONTHS[first.month - 1]} to {names[1]}"

    def text(self, side: ComparedSide) -> str:
        """Write the value of a side."""
        return "" if side.value is None else format_value(side.value, self.unit, self.style, self.decimals)
