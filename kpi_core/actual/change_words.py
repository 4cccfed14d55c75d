"""How a difference between two values of a KPI is written: percentages differ in points, money in money."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.unit import MINUS, Unit, UnitKind, format_value, half_up, minor_digits, percent_text

if TYPE_CHECKING:
    from kpi_core.unit import NumberStyle

WHOLE_FROM = 100
"""Differences from here on are read without decimals."""
TWO_FIGURES = 10
MOST_DECIMALS = 4


@dataclass(frozen=True)
class ChangeWords:
    """Writes the differences of one KPI; `scale` is the largest of them, and gives all the same decimals."""

    unit: Unit
    style: NumberStyle
    decimals: int | None = None
    scale: Fraction = Fraction(0)

    def size(self, value: Fraction) -> str:
        """Write how large a difference is, whatever its sign.

        >>> from kpi_core.unit import NumberStyle
        >>> ChangeWords(Unit(UnitKind.PERCENT), NumberStyle("en_US"), scale=Fraction("0.16")).size(Fraction("-0.034"))
        '0.03 points'
        """
        if self.unit.kind is not UnitKind.PERCENT:
            return format_value(abs(value), self.unit, self.style, self.digits)
        text = format_value(abs(value), Unit(UnitKind.SCORE), self.style, self.digits)
        return f"{text} {'point' if abs(value) == 1 else 'points'}"

    def signed(self, value: Fraction) -> str:
        """Write a difference with its sign.

        >>> from kpi_core.unit import NumberStyle
        >>> dollars = ChangeWords(Unit(UnitKind.CURRENCY, "USD"), NumberStyle("en_US"), scale=Fraction(460))
        >>> dollars.signed(Fraction(-460)), dollars.signed(Fraction(12)), dollars.signed(Fraction(0))
        ('\u2212$460', '+$12', '$0')
        """
        sign = "" if self.is_nothing(value) else "+" if value > 0 else MINUS
        return sign + self.size(value)

    def is_nothing(self, value: Fraction) -> bool:
        """Tell whether a difference is too small to be seen beside the others."""
        return self.size(value) == self.size(Fraction(0))

    def percent(self, now: Fraction, then: Fraction) -> str:
        """Write how much more or less than before in percent, with its sign; "" on a base of zero or less."""
        if then <= 0:
            return ""
        rounded = half_up((now / then - 1) * 100, 1)
        sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
        return sign + percent_text(abs(rounded), self.style)

    @property
    def digits(self) -> int | None:
        """Choose decimals that leave the largest difference two figures, and never fewer than the KPI's own."""
        size = abs(self.scale)
        match self.unit.kind:
            case UnitKind.DURATION:
                return None
            case UnitKind.CURRENCY:
                if self.decimals is not None and size >= TWO_FIGURES:
                    return self.decimals
                return 0 if size >= WHOLE_FROM else minor_digits(self.unit)
            case UnitKind.COUNT:
                return 0 if size >= WHOLE_FROM else self.decimals
            case UnitKind.PERCENT | UnitKind.SCORE | UnitKind.RATIO:
                digits = self.decimals or 1
                while 0 < size * 10**digits < TWO_FIGURES and digits < MOST_DECIMALS:
                    digits += 1
                return digits
