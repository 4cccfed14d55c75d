"""What was read from a sentence, line by line: the field, what it says now, and the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.service.from_sentence import BETTER
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from kpi_core.service.from_sentence import FromSentence

NOTHING: Final = (
    "Nothing could be read from this yet. Say a number and where it should get to: NPS from 42 to 55 by June."
)
READ: Final = "Read from your sentence. Change anything later."


@dataclass(frozen=True)
class ReadLine:
    """One field. `words` is what stands in the sentence."""

    label: str
    value: str
    words: str


def read_lines(read: FromSentence, style: NumberStyle) -> tuple[ReadLine, ...]:
    """List what a sentence fills in; what it does not say has no line."""
    kpi, target, words = read.kpi, read.shown, read.read
    unit = Unit(UnitKind.COUNT) if read.money_open else kpi.unit

    def number(value: Fraction | None) -> str:
        return "" if value is None else format_exactly(value, unit, style)

    low, high = (target.low, target.high) if target else (None, None)
    values = {
        "name": ("What", kpi.name),
        "direction": ("Better is", BETTER[kpi.direction]),
        "target_from": ("Now", number(target.baseline if target else None)),
        "target_value": ("Target", number(target.value if target else None)),
        "target_low": ("From", number(low.value if low else None)),
        "target_high": ("To", number(high.value if high else None)),
        "target_deadline": ("By", _day(target.deadline) if target and target.deadline else ""),
        "cadence": ("Read every", kpi.cadence.value),
        "scope": ("Where", kpi.scope),
        "change": ("You will", kpi.change),
    }
    return tuple(ReadLine(label, value, words[name]) for name, (label, value) in values.items() if name in words)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
