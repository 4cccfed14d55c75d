"""A year's total parted over its periods so that the parts sum exactly.

The year is cut into *pieces* at the borders of its periods and at its own ends: a week across two years is two pieces,
one of each year. Each piece gets a weight by the shape, and its share of the total in whole smallest units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from kpi_core.actual import Actual, CoverageState
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.target.kinds import SpreadBy, Target
from kpi_core.target.parts import value_of, year_parts

WHOLE = 100
"""Percent that typed shares must make."""


class Unusable(StrEnum):
    """Why last year gives no shape; even by days is offered then."""

    MISSING = "missing"
    PARTIAL = "partial"
    NEGATIVE = "negative"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Piece:
    """The days `[start, end)` that a period has inside the year."""

    start: date
    end: date
    period: Period


@lru_cache(maxsize=256)
def pieces_of(year: Period, cadence: Cadence, calendar: Calendar) -> tuple[Piece, ...]:
    """Cut a year at the borders of its periods, oldest first."""
    periods = calendar.periods(cadence, year.start, year.end)
    return tuple(Piece(max(each.start, year.start), min(each.end, year.end), each) for each in periods)


def by_days(pieces: Sequence[Piece]) -> tuple[Fraction, ...]:
    """Weigh each piece by its days."""
    return tuple(Fraction((piece.end - piece.start).days) for piece in pieces)


def by_open_days(pieces: Sequence[Piece], calendar: Calendar) -> tuple[Fraction, ...]:
    """Weigh each piece by its open weekdays."""
    return tuple(Fraction(calendar.open_days(piece.start, piece.end)) for piece in pieces)


def by_percentages(pieces: Sequence[Piece], percentages: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Take the shares that the owner typed, one a piece.

    Raises:
        RefusedDefinition: not one a piece, a share under 0, or a sum that is not 100.
    """
    if len(percentages) != len(pieces):
        sentence = f"There are {len(percentages)} percentages for {len(pieces)} periods."
        raise RefusedDefinition(sentence, "Give one for each period of the year.")
    refuse_other_sum(percentages)
    return tuple(percentages)


def refuse_other_sum(percentages: Sequence[Fraction]) -> None:
    """Refuse typed shares that are under 0 or do not make 100.

    Raises:
        RefusedDefinition: saying their sum.
    """
    if any(percentage < 0 for percentage in percentages):
        sentence = "A period cannot have less than 0 % of the year."
        raise RefusedDefinition(sentence, "Give 0 where nothing is expected.")
    total = sum(percentages, Fraction(0))
    if total != WHOLE:
        sentence = f"The percentages make {float(total):g}, not 100."
        raise RefusedDefinition(sentence, "Change them until they make 100.")


def by_last_year(pieces: Sequence[Piece], last_year: Sequence[Actual]) -> tuple[Fraction, ...] | Unusable:
    """Weigh each piece by its partner's value of last year, one a piece; by its days' share where the year cuts it.

    Returns:
        Why last year gives no shape, where a value is missing, of a period only partly covered, or negative, or where
        all are 0.
    """
    if len(last_year) != len(pieces):
        return Unusable.MISSING
    weights = []
    for piece, partner in zip(pieces, last_year, strict=True):
        if partner.coverage is CoverageState.PARTLY:
            return Unusable.PARTIAL
        if partner.value is None:
            return Unusable.MISSING
        if partner.value < 0:
            return Unusable.NEGATIVE
        weights.append(partner.value * (piece.end - piece.start).days / piece.period.days)
    return tuple(weights) if any(weights) else Unusable.NOTHING


def unusable_text(why: Unusable) -> str:
    """Say why last year's own shape cannot be used, and what can."""
    return f"{unusable_reason(why)}, so the year cannot follow it. Spread it even by days instead?"


def unusable_reason(why: Unusable) -> str:
    """Say why last year's own shape cannot be used, without a final stop."""
    match why:
        case Unusable.MISSING:
            return "Last year lacks a period"
        case Unusable.PARTIAL:
            return "A period of last year is only partly covered by data"
        case Unusable.NEGATIVE:
            return "A period of last year is negative, and has no share"
        case Unusable.NOTHING:
            return "Last year is 0 throughout"


def parts_of_year(
    row: Target, cadence: Cadence, calendar: Calendar, digits: int, last_year: Mapping[date, Actual]
) -> dict[date, Fraction] | Unusable:
    """Part a year total over the pieces of its year, by the first day of each piece.

    Args:
        row: a YEAR_TOTAL.
        cadence: of the KPI.
        calendar: of the business; its fiscal year that holds the day `row.year` is meant.
        digits: decimals of the smallest unit.
        last_year: the KPI's totals by period start, as far as they are known.

    Returns:
        The parts, or why last year gives no shape.

    Raises:
        RefusedDefinition: percentages that are not one a piece or do not make 100, or a total finer than the unit.
    """
    year, spread_by = year_parts(row)
    pieces = pieces_of(calendar.fiscal_year(year), cadence, calendar)
    weights: Sequence[Fraction] | Unusable
    match spread_by:
        case SpreadBy.EVEN:
            weights = by_days(pieces)
        case SpreadBy.OPEN_WEEKDAYS:
            weights = by_open_days(pieces, calendar)
        case SpreadBy.TYPED:
            weights = by_percentages(pieces, row.percentages)
        case SpreadBy.LAST_YEAR:
            partners = [calendar.partner(piece.period) for piece in pieces]
            nothing = CoverageState.NONE
            weights = by_last_year(
                pieces, [last_year.get(each.start, Actual(each, None, nothing)) for each in partners]
            )
    if isinstance(weights, Unusable):
        return weights
    return dict(zip((piece.start for piece in pieces), spread(value_of(row), weights, digits), strict=True))


def fits(fixed: Mapping[date, Fraction], pieces: Sequence[Piece]) -> bool:
    """Tell whether kept parts are those of these pieces, not of another cadence or calendar."""
    return fixed.keys() == {piece.start for piece in pieces}


def spread(total: Fraction, weights: Sequence[Fraction], digits: int) -> tuple[Fraction, ...]:
    """Part a total by weights into whole units of 10**-digits that sum to it exactly.

    Largest remainder (Hamilton): each part is rounded down, the units left over go to the largest remainders, of equal
    ones to the earlier.

    >>> [str(part) for part in spread(Fraction(10), [Fraction(1)] * 3, 2)]
    ['167/50', '333/100', '333/100']

    Raises:
        RefusedDefinition: weights that are all 0, or a total finer than the smallest unit.
    """
    units, whole = total * 10**digits, sum(weights, Fraction(0))
    if not whole:
        sentence = "No day of the year can carry a part of the total."
        raise RefusedDefinition(sentence, "Spread it even by days.")
    if units.denominator != 1:
        sentence = "The total is finer than the smallest unit that its parts can have."
        raise RefusedDefinition(sentence, f"Give it with {digits} decimals at most.")
    exact = [units * weight / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: int(units) - sum(parts)]:
        parts[at] += 1
    return tuple(Fraction(part, 10**digits) for part in parts)


def per_period(parted: Sequence[tuple[Piece, Fraction]]) -> dict[Period, Fraction]:
    """Add up the pieces of each period, of several years: a week across two years has days of both."""
    sums: dict[Period, Fraction] = {}
    for piece, part in parted:
        sums[piece.period] = sums.get(piece.period, Fraction(0)) + part
    return sums
