"""The stretches of a KPI's history between rebases: which periods are judged, by which limits, with every flag.

A period that does not apply (a closed weekday, one marked by the owner) is left out as if it were not there; one that
applies and has no value is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kpi_core.actual import CoverageState
from kpi_core.horizon import applies, bounds_of
from kpi_core.signals import Chart, LimitsLabel, Point, SignalRule, chart_with, usual_of
from kpi_core.signals.chart import FROZEN, NEAR, NEAR_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period

MOST_CHOSEN: Final = 400
"""Periods of a baseline that the owner chose, at most."""


@dataclass(frozen=True)
class MovingRange:
    """How far a period's value is from the one before; None beside a gap. `beyond` the range limit."""

    period: Period
    value: Fraction | None
    beyond: bool = False


@dataclass(frozen=True)
class Stretch:
    """A part of the history that is judged by itself: from one rebase up to the next.

    `reason` and `since` of the rebase that it begins with; "" and None for the first one. Flags and places of the chart
    are those of `points`. `baseline`: first and last period that the limits are made of, None without any. `usual`: the
    range to show, the limits within what values can be at all; None where there is not enough history for one.
    """

    points: tuple[Point, ...]
    chart: Chart
    moving_ranges: tuple[MovingRange, ...]
    baseline: tuple[Period, Period] | None = None
    since: date | None = None
    reason: str = ""
    usual: tuple[Fraction, Fraction] | None = None

    def signalling(self) -> tuple[Point, ...]:
        """List the points that make a signal; of four of which three are near a limit, the fourth makes none."""
        flags = self.chart.flags
        found = {at for rule, ats in flags.items() if rule is not SignalRule.THREE_OF_FOUR for at in ats}
        fours = set(flags[SignalRule.THREE_OF_FOUR])
        for side in (1, -1):
            near = [self._is_near(point, side) for point in self.points]
            for start in fours:
                window = range(start, start + NEAR_OF)
                # A gap breaks the four, and none that holds one is flagged as a whole
                if fours.issuperset(window) and sum(near[at] for at in window) >= NEAR:
                    found |= {at for at in window if near[at]}
        return tuple(self.points[at] for at in sorted(found))

    def _is_near(self, point: Point, side: int) -> bool:
        limits = self.chart.limits
        return limits is not None and point.value is not None and side * (point.value - limits.centre) > limits.half


def points_of(kpi: Kpi, actuals: Iterable[Actual], calendar: Calendar) -> tuple[Point, ...]:
    """List the periods with a value, oldest first, with one gap where any that apply are missing between."""
    return tuple(_with_gaps(kpi, actuals, calendar))


def _with_gaps(kpi: Kpi, actuals: Iterable[Actual], calendar: Calendar) -> Iterator[Point]:
    before: Period | None = None
    for actual in actuals:
        period = actual.period
        if actual.coverage is not CoverageState.FULL or actual.value is None or not applies(kpi, period, calendar):
            continue
        if before is not None and before.end != period.start:
            missing = calendar.next(before)
            while missing.start < period.start and not applies(kpi, missing, calendar):
                missing = calendar.next(missing)
            if missing.start < period.start:
                yield Point(missing, None)
        yield Point(period, actual.value)
        before = period


def rebased_on(kpi: Kpi, newest: Period, calendar: Calendar) -> date | None:
    """Find the first day of the period that the newest rebase up to some period names; None where there is none."""
    starts = (calendar.period(kpi.cadence, each.day).start for each in kpi.rebases)
    return max((start for start in starts if start <= newest.start), default=None)


def baseline_days(kpi: Kpi, start: date, end: date, calendar: Calendar) -> tuple[date, date, int]:
    """Say what makes the limits of a stretch `[start, end)`: of which days `[start, end)` the first how many periods.

    The first 24, or where the owner chose some of this stretch, the whole periods of those.
    """
    chosen = kpi.baseline
    if chosen is None or not start <= chosen.until:
        return start, end, FROZEN
    last = calendar.period(kpi.cadence, chosen.until)
    until = min(end, last.end if last.last_day <= chosen.until else last.start)
    if chosen.start is not None:
        first = calendar.period(kpi.cadence, chosen.start)
        start = max(start, first.start if first.start >= chosen.start else first.end)
    return (start, until, MOST_CHOSEN) if start < until else (start, start, MOST_CHOSEN)


def stretches_of(kpi: Kpi, actuals: Sequence[Actual], calendar: Calendar) -> tuple[Stretch, ...]:
    """Cut a whole history at its rebases and judge each stretch by its own limits; values oldest first."""
    points = points_of(kpi, actuals, calendar)
    if not points:
        return ()
    newest = points[-1].period
    begins = {calendar.period(kpi.cadence, each.day).start: each.reason for each in kpi.rebases}
    days = [date.min, *sorted(day for day in begins if day <= newest.start), newest.end]
    made = (_stretch(kpi, points, (start, end), calendar, begins.get(start, "")) for start, end in pairwise(days))
    return tuple(each for each in made if each.points)


def _stretch(kpi: Kpi, points: Sequence[Point], days: tuple[date, date], calendar: Calendar, reason: str) -> Stretch:
    start, end = days
    own = tuple(each for each in points if start <= each.period.start < end)
    first, until, most = baseline_days(kpi, start, end, calendar)
    made_of: list[Point] = []
    for each in own:
        if first <= each.period.start < until and sum(point.value is not None for point in made_of) < most:
            made_of.append(each)
    usual = usual_of([each.value for each in made_of])
    chart = chart_with([each.value for each in own], usual.limits, usual.label)
    limit = None if usual.limits is None else usual.limits.range_limit
    ranges = tuple(
        MovingRange(now.period, size, size is not None and limit is not None and size > limit)
        for before, now in pairwise(own)
        for size in (None if before.value is None or now.value is None else abs(now.value - before.value),)
    )
    baseline = (made_of[0].period, made_of[-1].period) if made_of else None
    return Stretch(own, chart, ranges, baseline, None if start == date.min else start, reason, _usual(kpi, own, chart))


def _usual(kpi: Kpi, points: Sequence[Point], chart: Chart) -> tuple[Fraction, Fraction] | None:
    """Give the range to show: no orders under zero, no share over 100 % where there never was one."""
    if chart.limits is None or chart.label is LimitsLabel.NONE:
        return None
    bounds = bounds_of(kpi, tuple(float(each.value) for each in points if each.value is not None))
    low, high = chart.limits.lower, chart.limits.upper
    return (
        low if bounds.least is None else max(low, Fraction(bounds.least)),
        high if bounds.most is None else min(high, Fraction(bounds.most)),
    )
