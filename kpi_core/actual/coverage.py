"""What the data speaks for: inside coverage nothing means 0 for a sum, outside it means missing, never 0.

Every interval is half-open, `[start, end)`.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from kpi_core.actual.value import Actual, CoverageState
from kpi_core.period import ONE_DAY, Cadence, Calendar, Period, day_name
from kpi_core.source import Covers, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

ENOUGH_DATES = 10
"""From so many different row dates on, the gaps between rows tell whether the end of a file is in doubt."""
YES = "yes"
NO = "no"


def merge(covers: Iterable[Covers]) -> tuple[Covers, ...]:
    """Join what overlaps or touches, oldest first; empty ranges are dropped.

    >>> merge([Covers(date(2025, 10, 15), date(2025, 12, 1)), Covers(date(2025, 9, 1), date(2025, 10, 15))])
    (Covers(start=datetime.date(2025, 9, 1), end=datetime.date(2025, 12, 1)),)
    """
    joined: list[Covers] = []
    for each in sorted((one for one in covers if one.start < one.end), key=lambda one: (one.start, one.end)):
        if joined and each.start <= joined[-1].end:
            joined[-1] = Covers(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return tuple(joined)


def coverage_of(period: Period | Covers, covers: Iterable[Covers]) -> tuple[CoverageState, date | None]:
    """Tell how much of a period, or of any range of days, is covered, and until when where only partly.

    That is the last day that is covered from the start on without a hole.

    The day is None for a period that is covered fully, not at all, or not from its start.
    """
    touching = [each for each in merge(covers) if each.start < period.end and period.start < each.end]
    if not touching:
        return CoverageState.NONE, None
    first = touching[0]
    if first.start > period.start:
        return CoverageState.PARTLY, None
    if first.end >= period.end:
        return CoverageState.FULL, None
    return CoverageState.PARTLY, first.end - ONE_DAY


def measured(
    period: Period,
    value: Fraction | None,
    covers: Iterable[Covers],
    *,
    segment: str = "",
    nothing: str = "no rows",
    days: Covers | None = None,
) -> Actual:
    """Join a value made from rows with what the rows cover: a period not fully covered has no value.

    `value` None in a covered period: there were no rows to make one from; `nothing` says so in words. `days`:
    the value was made of only these days of the period, such as those of a period that still runs.
    """
    state, until = coverage_of(days or period, covers)
    if state is not CoverageState.FULL:
        return Actual(period, None, state, segment, data_until=until)
    return Actual(period, value, state, segment, reason=nothing if value is None else "")


def cover_of_rows(
    row_dates: Iterable[date],
    stated: Covers | None,
    *,
    cadence: Cadence,
    calendar: Calendar,
    answer: str | None = None,
    today: date | None = None,
) -> tuple[Covers | None, Question | None]:
    """Decide what a file covers, and ask the owner only when its rows leave the first or last period in doubt.

    A stated range is taken. Else the file covers its first to its last row, stretched to the border of the period
    at that end where a row stands on the period's edge, or where ten or more different dates show that the gap at
    that end is no longer than the gaps between rows. An end that is still in doubt is asked for (id `coverage`,
    choices yes and no); answered no or not at all, coverage ends at the row. No rows, no range: (None, None).

    `today` is the day of the import: a period that still runs cannot be complete, so it is not asked for, and
    nothing from today on is covered. Without it, every period counts as over.
    """
    if stated is not None:
        return stated, None
    dates = sorted(set(row_dates))
    if not dates:
        return None, None
    allowed = 0
    if len(dates) >= ENOUGH_DATES:
        allowed = max(_days_between(before, after) for before, after in pairwise(dates))
    first, last = calendar.period(cadence, dates[0]), calendar.period(cadence, dates[-1])
    start_doubt = (dates[0] - first.start).days > allowed
    end, end_doubt = _end_of_rows(dates[-1], last, allowed, today)
    if not (start_doubt or end_doubt):
        return Covers(first.start, max(end, first.start)), None
    start = dates[0] if start_doubt and answer != YES else first.start
    if end_doubt and answer == YES:
        end = last.end
    question = None
    if answer is None:
        question = _ask(dates, first.start if start_doubt else None, last.end - ONE_DAY if end_doubt else None)
    return Covers(start, max(end, start)), question


def _end_of_rows(newest: date, last: Period, allowed: int, today: date | None) -> tuple[date, bool]:
    """Tell where coverage ends by the rows alone, and whether that end is in doubt.

    On the last day of a period longer than a day the export may hold all of it or not: only the owner knows.
    """
    if today is None or last.end <= today:
        sure = _days_between(newest, last.end) <= allowed
        return (last.end, False) if sure else (newest + ONE_DAY, True)
    end = today if _days_between(newest, today) <= allowed else min(newest + ONE_DAY, today)
    return end, last.end == today + ONE_DAY and last.cadence is not Cadence.DAY


def _days_between(before: date, after: date) -> int:
    """Count the days after one and before the other."""
    return (after - before).days - 1


def _ask(dates: Sequence[date], start: date | None, end: date | None) -> Question:
    """Ask whether a file holds all days from `start` on, to the end of the day `end`; None where that is sure.

    >>> _ask([date(2026, 4, 3), date(2026, 10, 31)], date(2026, 4, 1), None).text
    'This file begins on 3 April 2026. Is it complete from 1 April on?'
    >>> _ask([date(2026, 10, 3), date(2026, 10, 20)], date(2026, 10, 1), date(2026, 10, 31)).text
    'This file begins on 3 October and ends on 20 October 2026. Is it complete from 1 October to the end of 31 October?'
    >>> _ask([date(2026, 10, 3)], date(2026, 10, 1), date(2026, 10, 31)).text
    'This file holds 3 October 2026 only. Is it complete from 1 October to the end of 31 October?'
    """
    first, last = dates[0], dates[-1]
    if start is None:
        told, asked = f"ends on {day_name(last, None)}", f"to the end of {day_name(end or last, last)}"
    elif end is None:
        told, asked = f"begins on {day_name(first, None)}", f"from {day_name(start, first)} on"
    else:
        told = f"begins on {day_name(first, last)} and ends on {day_name(last, None)}"
        if first == last:
            told = f"holds {day_name(last, None)} only"
        asked = f"from {day_name(start, last)} to the end of {day_name(end, last)}"
    return Question(
        "coverage",
        f"This file {told}. Is it complete {asked}?",
        (YES, NO),
        labels=("Yes, it is complete", "No, something is missing"),
    )
