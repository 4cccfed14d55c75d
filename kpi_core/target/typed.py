"""A target as it is typed: a number, or so much more or less than now; and what the fields of a target are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.errors import RefusedDefinition
from kpi_core.period import day_name
from kpi_core.target.words import counted_in
from kpi_core.unit import format_exactly, parse_value

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from kpi_core.unit import NumberStyle, Unit

MINUS: Final = ("-", "\u2212", "\u2013")
LESS: Final = "so much less than now"
BELOW: Final = "a number below zero"
MEANINGS: Final = (LESS, BELOW)
"""What a number with a minus may mean; which one, only the owner knows."""

NUMBER_HELP: Final = (
    "A number, or +700 or -700 for so much more or less than now: it becomes a number as soon as there are values."
)
PATH_HELP: Final = "A number, or +700 or -700 for so much more or less than where the path starts."
STRETCH_HELP: Final = "A harder number beside it, never coloured."
YEAR_HELP: Final = "The fiscal year that holds it is meant."
SHARES_HELP: Final = "One for each period, with blanks between."
HOW_CLOSE: Final = "How far off is still close?"
"""What the part of the form is called that holds the tolerance."""
RELATIVE_HELP: Final = "20 for 20 % more than in the same period last year, -10 for 10 % less."


@dataclass(frozen=True)
class TypedNumber:
    """What a typed number says: a `level`, or a `change` on now, below zero for less; neither where none was typed."""

    level: Fraction | None = None
    change: Fraction | None = None


def has_minus(text: str) -> bool:
    """Tell whether a typed number may mean two things."""
    return text.strip().startswith(MINUS)


def read_number(text: str, unit: Unit, style: NumberStyle, meant: str | None = None) -> TypedNumber:
    """Read a number or a change.

    Args:
        text: as it was typed; "+700" is so much more.
        unit: of the KPI.
        style: how the business writes numbers.
        meant: which of `MEANINGS` a number with a minus has; None: not said yet.

    Raises:
        RefusedDefinition: it cannot be read, or it has a minus that may mean two things.
    """
    typed = text.strip()
    if not typed:
        return TypedNumber()
    if typed.startswith("+"):
        return TypedNumber(change=parse_value(typed[1:], unit, style))
    value = parse_value(typed, unit, style)
    if not has_minus(typed) or value >= 0 or meant == BELOW:
        return TypedNumber(level=value)
    if meant != LESS:
        sentence = f'Is "{typed}" {LESS}, or {BELOW}?'
        raise RefusedDefinition(sentence, "Say which, then it counts.")
    return TypedNumber(change=value)


def change_text(change: Fraction, unit: Unit, style: NumberStyle) -> str:
    """Write a change so that it is read again: "+700", "-3"."""
    written = format_exactly(abs(change), unit, style)
    return f"-{written}" if change < 0 else f"+{written}"


def close_hint(unit: Unit) -> str:
    """Say what to do where a percentage leaves no room for close."""
    return f"{HOW_CLOSE} Give an absolute tolerance, in {counted_in(unit)}."


def no_closeness(unit: Unit) -> RefusedDefinition:
    """Ask for the amount that was not given."""
    sentence = f"{HOW_CLOSE} Say it in {counted_in(unit)}."
    return RefusedDefinition(sentence, "Say 0 where nothing but the target is good enough.")


def half_a_step(row: int, day: date | None, text: str) -> RefusedDefinition:
    """Refuse a step of which only one half is given."""
    if day is None:
        return RefusedDefinition(
            f"Step {row}: {text} has no day from which it counts.", "Give it its day, or empty it."
        )
    sentence = f"Step {row}: from {day_name(day, None)} on there is no number."
    return RefusedDefinition(sentence, "Give it its number, or empty its day.")


NO_TARGET: Final = "No target yet: on the board it has no colour."
HISTORY_OFFERS: Final = "Its history offers one:"
NOT_OFFERED: Final = "Type one, or set it once there are values: history offers one then."
HALF_A_PATH: Final = "A path needs both its numbers, from and to. Without them the KPI is kept without a target."
