"""Rounding half away from zero, exactly: in integers, never through binary floats."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

MOST_DIGITS = 6
"""No number is shown with more decimals than this."""
SIGNIFICANT = 15
"""Digits that a spreadsheet keeps of a number."""


def half_up(value: Fraction, digits: int) -> Decimal:
    """Round to `digits` decimals, half away from zero.

    >>> [str(half_up(Fraction(text), 1)) for text in ("2.25", "-2.25", "2.24", "3")]
    ['2.3', '-2.3', '2.2', '3.0']
    """
    return Decimal(f"{steps_of(value, Fraction(1, 10**digits))}e-{digits}")


def steps_of(value: Fraction, step: Fraction) -> int:
    """Count how many steps make the value, half a step rounded away from zero.

    >>> [steps_of(Fraction(seconds), Fraction(60)) for seconds in (90, -90, 89)]
    [2, -2, 1]
    """
    above = abs(value.numerator) * step.denominator
    below = value.denominator * step.numerator
    count = (2 * above + below) // (2 * below)
    return count if value.numerator >= 0 else -count


def sheet_number(value: Fraction) -> Fraction:
    """Give the number that a spreadsheet can hold: 15 significant digits.

    >>> sheet_number(Fraction(16, 5)), sheet_number(Fraction(1, 3)) == Fraction("0.333333333333333")
    (Fraction(16, 5), True)
    """
    return Fraction(decimal_of(value))


def decimal_of(value: Fraction) -> Decimal:
    """Give the same as a decimal number."""
    with localcontext(prec=SIGNIFICANT):
        return Decimal(value.numerator) / Decimal(value.denominator)
