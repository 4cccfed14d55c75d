"""What a number counts, and the number style of the business."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from babel.numbers import is_currency

from kpi_core.errors import RefusedDefinition


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

    def __str__(self) -> str:
        """Write it as `parse_unit` reads it."""
        return f"{self.kind}:{self.currency}" if self.currency else str(self.kind)


@dataclass(frozen=True)
class NumberStyle:
    """How the business writes numbers: a CLDR locale such as `sv_SE` (480 000 kr) or `en_US` ($480,000)."""

    locale: str = "en_US"


def parse_unit(text: str) -> Unit:
    """Read a unit as definitions write it.

    >>> parse_unit("currency:SEK").currency, str(parse_unit("percent"))
    ('SEK', 'percent')

    Raises:
        RefusedDefinition: an unknown kind, money without a currency that exists, or a currency on another kind.
    """
    name, colon, code = text.strip().partition(":")
    kind = next((kind for kind in UnitKind if kind == name.strip().lower()), None)
    if kind is None:
        sentence = f'"{text}" is no unit.'
        raise RefusedDefinition(sentence, f"Use one of: {', '.join(UnitKind)}; money as currency:SEK.")
    if kind is not UnitKind.CURRENCY:
        if colon:
            sentence = f'"{text}" is no unit: only money has a currency.'
            raise RefusedDefinition(sentence, f"Write {kind} alone.")
        return Unit(kind)
    currency = code.strip().upper()
    if not is_currency(currency):
        sentence = f'"{text}" names no currency.' if currency else "Money needs its currency."
        raise RefusedDefinition(sentence, "Write its three letters, such as currency:EUR.")
    return Unit(kind, currency)
