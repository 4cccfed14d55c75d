"""One value of a KPI, and how many numbers become one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.kpi import Aggregate
from kpi_core.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

PROMOTER_FROM = 9
DETRACTOR_TO = 6
"""Net promoter score counts 9-10 as promoters and 0-6 as detractors (Reichheld, "The One Number You Need to Grow")."""


class CoverageState(StrEnum):
    """How much of a period the data speaks for."""

    FULL = "full"
    PARTLY = "partly"
    NONE = "none"


@dataclass(frozen=True)
class Actual:
    """The value of a KPI in one period and one segment ("" is the total).

    `value` None: missing, with the `reason` where the period is covered ("no visits to divide by").
    `data_until`: last covered day where only partly covered. `typed`: a typed value wins here.
    `label` says how it was made where that matters ("average of months").
    """

    period: Period
    value: Fraction | None
    coverage: CoverageState
    segment: str = ""
    data_until: date | None = None
    reason: str = ""
    typed: bool = False
    label: str = ""


def aggregate(kind: Aggregate, counted: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """Make one value of a distribution: each number with how often it occurs, in any order, repeated or not.

    The sum and the count of nothing are 0, everything else of nothing is None.

    Raises:
        ValueError: for LAST, which needs the dates: see `last`.

    >>> aggregate(Aggregate.MEDIAN, [(Fraction(1), 1), (Fraction(100), 2), (Fraction(2), 1), (Fraction(3), 1)])
    Fraction(3, 1)
    >>> aggregate(Aggregate.NET_PROMOTER_SCORE, [(Fraction(9), 2), (Fraction(8), 1), (Fraction(6), 1)])
    Fraction(25, 1)
    >>> aggregate(Aggregate.SUM, []), aggregate(Aggregate.AVERAGE, [])
    (Fraction(0, 1), None)
    """
    pairs = sorted((value, times) for value, times in counted if times > 0)
    number = sum(times for _, times in pairs)
    match kind:
        case Aggregate.SUM:
            return sum((value * times for value, times in pairs), Fraction(0))
        case Aggregate.COUNT:
            return Fraction(number)
        case Aggregate.COUNT_DIFFERENT:
            return Fraction(len({value for value, _ in pairs}))
        case Aggregate.AVERAGE:
            return sum((value * times for value, times in pairs), Fraction(0)) / number if number else None
        case Aggregate.MEDIAN:
            return _median(pairs, number)
        case Aggregate.MIN:
            return pairs[0][0] if pairs else None
        case Aggregate.MAX:
            return pairs[-1][0] if pairs else None
        case Aggregate.NET_PROMOTER_SCORE:
            return _net_promoter_score(pairs, number)
        case Aggregate.LAST:
            message = "a distribution has no order in time: use last()"
            raise ValueError(message)


def last(rows: Iterable[tuple[date, Fraction]]) -> Fraction | None:
    """Take the value of the newest date; of two rows on that date, the later one in the file.

    >>> last([(date(2025, 3, 2), Fraction(70)), (date(2025, 1, 31), Fraction(50)), (date(2025, 3, 2), Fraction(71))])
    Fraction(71, 1)
    """
    newest: tuple[date, Fraction] | None = None
    for row in rows:
        if newest is None or row[0] >= newest[0]:
            newest = row
    return None if newest is None else newest[1]


def _median(pairs: list[tuple[Fraction, int]], number: int) -> Fraction | None:
    """Take the middle of the sorted pairs, the mean of the two middle ones where the number is even."""
    if not number:
        return None
    return (_at(pairs, (number - 1) // 2) + _at(pairs, number // 2)) / 2


def _at(pairs: list[tuple[Fraction, int]], place: int) -> Fraction:
    """Find the value at a 0-based place of the sorted pairs, each spread out by how often it occurs."""
    for value, times in pairs:
        if place < times:
            return value
        place -= times
    raise IndexError(place)


def _net_promoter_score(pairs: list[tuple[Fraction, int]], number: int) -> Fraction | None:
    """Subtract the share of detractors from the share of promoters, in percent points."""
    if not number:
        return None
    promoters = sum(times for value, times in pairs if value >= PROMOTER_FROM)
    detractors = sum(times for value, times in pairs if value <= DETRACTOR_TO)
    return Fraction(100 * (promoters - detractors), number)
