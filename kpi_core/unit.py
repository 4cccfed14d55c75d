"""Units and how numbers are written: exact inside, rounded half-up only where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

MOST_DIGITS = 6
"""No number is shown with more decimals than this."""


class UnitKind(StrEnum):
    """What a number counts. Percent is 3.2, not 0.032; a duration is in seconds."""

    CURRENCY = "currency"
    PERCENT = "percent"
    COUNT = "count"
    DURATION = "duration"
    SCORE = "score"
    RATIO = "ratio"


@dataclass(frozen=True)
class Unit:
    """A kind, and for money its ISO 4217 code. Written `currency:SEK`, `percent` ..."""

    kind: UnitKind
    currency: str | None = None


@dataclass(frozen=True)
class NumberStyle:
    """How the business writes numbers: a CLDR locale such as `sv_SE` (480 000 kr) or `en_US` ($480,000)."""

    locale: str = "en_US"


def half_up(value: Fraction, digits: int) -> Decimal:
    """Round to `digits` decimals, half away from zero, exactly.

    >>> [str(half_up(Fraction(text), 1)) for text in ("2.25", "-2.25", "2.24", "3")]
    ['2.3', '-2.3', '2.2', '3.0']
    """
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{whole if value >= 0 else -whole}e-{digits}")
