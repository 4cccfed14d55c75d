"""Days without rows: inside a file against its own rhythm, and between a file and what is stored.

Inside coverage a day without rows counts as 0, so a part that an export lost looks like a standstill; outside it a
period is incomplete. Both are said before anything is stored. Every interval is half-open, `[start, end)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kpi_core.actual.coverage import ENOUGH_DATES, merge
from kpi_core.period import ONE_DAY, span_name
from kpi_core.source import Check, Covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

LEAST_STEPS: Final = 4
LEAST_SILENCE: Final = 7
"""Days without rows of a file of days: a shorter stretch is a long weekend or a feast."""
MANY_TIMES: Final = 4
"""By how much a silence must exceed the longest tenth of the steps: of a thousand random ones hardly one does."""
EVEN: Final = (0.8, 1.25)
"""A step of weeks, months or quarters beside the middle one: months of 28 to 31 days are even."""
MISSING_STEP: Final = 1.8
"""Beside the middle step of an even rhythm: two steps in one, a month is missing."""
SLOW: Final = 6
"""Days of a step from which on a rhythm is one of weeks or longer."""


@dataclass(frozen=True)
class Silences:
    """The stretches without rows that are too long for a file, and the longest one that is usual there, in days."""

    gaps: tuple[Covers, ...]
    usual: int


def silences(days: Iterable[date]) -> Silences:
    """Find the stretches without rows that the rhythm of a file does not explain.

    Rows that come every week, month or quarter: two steps in one are a gap. Rows that come day by day: at least
    LEAST_SILENCE days, and MANY_TIMES the silence that nine of ten steps keep to. Fewer than ENOUGH_DATES different
    days of such rows show no rhythm.

    Args:
        days: of the rows, in any order, repeated or not.
    """
    dates = sorted(set(days))
    steps = [(after - before).days for before, after in pairwise(dates)]
    longest = _longest_usual(steps)
    if longest is None:
        return Silences((), 0)
    gaps = [Covers(a + ONE_DAY, b) for (a, b), step in zip(pairwise(dates), steps, strict=True) if step > longest]
    return Silences(tuple(gaps), max(step for step in steps if step <= longest) - 1)


def _longest_usual(steps: Sequence[int]) -> float | None:
    """Tell the longest step, in days from row to row, that a rhythm explains; None where there is none."""
    if len(steps) < LEAST_STEPS:
        return None
    ordered = sorted(steps)
    middle = ordered[(len(ordered) - 1) // 2]
    if middle >= SLOW:
        long = [step for step in steps if step >= MISSING_STEP * middle]
        even = all(EVEN[0] * middle <= step <= EVEN[1] * middle for step in steps if step not in long)
        if even and len(long) * 3 <= len(steps):
            return EVEN[1] * middle
    if len(steps) + 1 < ENOUGH_DATES:
        return None
    kept_by_most = ordered[(len(ordered) - 1) * 9 // 10]
    return max(LEAST_SILENCE, MANY_TIMES * kept_by_most)


def check_silences(days: Iterable[date], held: Iterable[Covers]) -> tuple[Check, ...]:
    """Warn of stretches without rows inside a file, those aside that stored files speak for already.

    Args:
        days: of the rows of the file.
        held: what the stored files of the source cover.
    """
    found, known = silences(days), merge(held)
    gaps = [gap for gap in found.gaps if not any(each.start <= gap.start and gap.end <= each.end for each in known)]
    if not gaps:
        return ()
    longest = max(gaps, key=lambda gap: gap.end - gap.start)
    span = span_name(longest.start, longest.end - ONE_DAY, None)
    usual = {0: "every other day has some", 1: "otherwise no more than 1 day passes without any"}.get(
        found.usual, f"otherwise no more than {found.usual} days pass without any"
    )
    more = "" if len(gaps) == 1 else f" There {_count(len(gaps) - 1)} such gap{'s' if len(gaps) > 2 else ''}."  # noqa: PLR2004
    text = f"No rows for {span}, while {usual}: if the export left them out, that time would count as 0.{more}"
    return (Check("gap", ok=False, text=text),)


def _count(more: int) -> str:
    return "is 1 more" if more == 1 else f"are {more} more"


def check_hole(covers: Covers | None, held: Iterable[Covers]) -> tuple[Check, ...]:
    """Warn of days that neither a file nor what is stored speaks for, between the two: their period has no value.

    Args:
        covers: what the file covers.
        held: what the stored files of the source cover.
    """
    if covers is None:
        return ()
    known = merge(held)
    before = max((each for each in known if each.start <= covers.start), key=lambda each: each.start, default=None)
    after = min((each for each in known if covers.end <= each.end), key=lambda each: each.end, default=None)
    holes = []
    if before is not None:
        holes.append((before.end, covers.start, "between what is stored and this file"))
    if after is not None:
        holes.append((covers.end, after.start, "between this file and what is stored"))
    return tuple(
        Check("hole", ok=False, text=f"Nothing for {span_name(start, end - ONE_DAY, None)} {where}.")
        for start, end, where in holes
        if start < end
    )
