"""Units and how numbers are written: exact inside, rounded half-up only where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
