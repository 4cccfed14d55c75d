"""A suggested target as people would set it: few digits, and never so few that it says something else."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.unit import MOST_DIGITS, UnitKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpi_core.unit import Unit

FEWEST: Final = 2
MOST: Final = 12
"""Digits that a suggestion may count."""
UNIT_DIGITS: Final = {
    UnitKind.CURRENCY: 2,
    UnitKind.PERCENT: 2,
    UnitKind.COUNT: 0,
    UnitKind.DURATION: 0,
    UnitKind.SCORE: 1,
    UnitKind.RATIO: MOST_DIGITS,
}
"""Decimals that a suggestion of a unit may have."""


def sensible(value: float, unit: Unit, *, same: Callable[[Fraction], object]) -> Fraction:
    """Round to as few digits as mean the same.

    Args:
        value: the suggestion.
        unit: of the KPI; what is counted has no halves.
        same: what a number means: its grade, its side of the baseline. The rounded one has the same as the value.

    >>> from kpi_core.unit import Unit
    >>> str(sensible(511_734.2, Unit(UnitKind.CURRENCY, "USD"), same=lambda number: number > 500_000))
    '510000'
    >>> str(sensible(99.6, Unit(UnitKind.PERCENT), same=lambda number: number < 100))
    '498/5'
    """
    exact = Fraction(repr(value))
    meant = same(exact)
    for digits in range(FEWEST, MOST):
        rounded = _to_digits(exact, digits, UNIT_DIGITS[unit.kind])
        if same(rounded) == meant:
            return rounded
    return exact


def _to_digits(value: Fraction, digits: int, decimals: int) -> Fraction:
    """Round to so many digits that count, half away from zero, and to no more decimals than the unit has."""
    if not value:
        return value
    step = Fraction(1)
    while abs(value) / step >= 10**digits:
        step *= 10
    while abs(value) / step < 10 ** (digits - 1):
        step /= 10
    step = max(step, Fraction(1, 10**decimals))
    whole = (abs(value) / step + Fraction(1, 2)).__floor__() * step
    return whole if value > 0 else -whole
