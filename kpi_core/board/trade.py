"""A KPI and the number watched beside it: a warning when one gets better as the other gets worse.

Both are read over the same periods: the last three against the same three a year before, so that seasons do not pass
for a trade, or against the three before where there is no year of history. A number has moved when its mean differs by
more than its average step from one period to the next (the mean moving range, Wheeler, *Understanding Variation*), so
that routine ups and downs warn nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.kpi import Direction
from kpi_core.unit import format_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.unit import NumberStyle

RECENT = 3
ENOUGH = 6
"""Fewer values do not tell routine from change."""


class Moved(StrEnum):
    """Where a number went, seen from what is good for it."""

    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"


@dataclass(frozen=True)
class Tracked:
    """A KPI with all its complete periods, by their start."""

    kpi: Kpi
    actuals: Mapping[date, Actual]

    def value(self, period: Period) -> Fraction | None:
        """Give the value of a period that is covered whole."""
        actual = self.actuals.get(period.start)
        return None if actual is None or actual.coverage is not CoverageState.FULL else actual.value

    def values(self, periods: Sequence[Period]) -> list[Fraction]:
        """Give the values of periods that have one."""
        return [value for period in periods if (value := self.value(period)) is not None]


@dataclass(frozen=True)
class Move:
    """How far a number moved from one stretch to another, both as means."""

    before: Fraction
    after: Fraction
    moved: Moved


@dataclass(frozen=True)
class Trade:
    """What the two numbers do to each other: a sentence, and whether it is a warning."""

    sentence: str
    warns: bool = False


def trade_of(ours: Tracked, other: Tracked, calendar: Calendar, style: NumberStyle) -> Trade:
    """Say whether one of two numbers gets better as the other gets worse."""
    name, theirs = ours.kpi.name, other.kpi.name
    if Direction.RANGE in {ours.kpi.direction, other.kpi.direction}:
        return Trade("A number that is to stay within a range gets neither better nor worse, so look at both yourself.")
    stretches = None if ours.kpi.cadence is not other.kpi.cadence else common_stretches(ours, other, calendar)
    if stretches is None:
        return Trade(f"{name} and {theirs} have too little history together to say what one does to the other.")
    recent, earlier, last_year = stretches
    moves = [move_of(each, recent, earlier) for each in (ours, other)]
    if {move.moved for move in moves} != {Moved.BETTER, Moved.WORSE}:
        return Trade(f"No sign that {name} is paid for with {theirs}.")
    against = f"the same {RECENT} a year ago" if last_year else f"the {RECENT} before"
    when = f"last {RECENT} {ours.kpi.cadence}s against {against}"
    return Trade(_warning(ours, other, moves, when, style), warns=True)


def common_stretches(
    ours: Tracked, other: Tracked, calendar: Calendar
) -> tuple[list[Period], list[Period], bool] | None:
    """Find the newest three periods that both have, and what they are compared with; True: those of a year ago."""
    both = [start for start in ours.actuals if start in other.actuals]
    known = [actual.period for start in sorted(both) if _known(actual := ours.actuals[start], other)]
    if len(known) < ENOUGH:
        return None
    recent = known[-RECENT:]
    a_year_ago = [calendar.partner(period) for period in recent]
    if set(a_year_ago) <= set(known) - set(recent):
        return recent, a_year_ago, True
    return recent, known[-2 * RECENT : -RECENT], False


def _known(actual: Actual, other: Tracked) -> bool:
    whole = actual.coverage is CoverageState.FULL and actual.value is not None
    return whole and other.value(actual.period) is not None


def move_of(tracked: Tracked, recent: Sequence[Period], earlier: Sequence[Period]) -> Move:
    """Tell where a number went, if further than its average step."""
    after, before = (_mean(tracked.values(periods)) for periods in (recent, earlier))
    everything = [actual.value for _, actual in sorted(tracked.actuals.items()) if actual.value is not None]
    step = _mean([abs(second - first) for first, second in pairwise(everything)])
    if abs(after - before) <= step:
        return Move(before, after, Moved.STEADY)
    up = after > before
    good = up if tracked.kpi.direction is Direction.UP else not up
    return Move(before, after, Moved.BETTER if good else Moved.WORSE)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _warning(ours: Tracked, other: Tracked, moves: Sequence[Move], when: str, style: NumberStyle) -> str:
    """Say what went which way, and what to do about it."""
    said = [
        f"{each.kpi.name} {'rose' if move.after > move.before else 'fell'} "
        f"from {_text(each.kpi, move.before, style)} to {_text(each.kpi, move.after, style)}"
        for each, move in zip((ours, other), moves, strict=True)
    ]
    return f"{said[1]} as {said[0]} ({when}). One may be paid for with the other: look at both before you decide."


def _text(kpi: Kpi, value: Fraction, style: NumberStyle) -> str:
    return format_value(value, kpi.unit, style, kpi.decimals)
