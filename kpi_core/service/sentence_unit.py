"""The unit that a goal sentence names, as the form says it."""

from __future__ import annotations

from fractions import Fraction

from kpi_core.errors import RefusedDefinition
from kpi_core.goal_sentence.time_units import SECONDS
from kpi_core.unit import Unit, UnitKind, parse_unit


def unit_of(text: str | None, currency: str | None) -> Unit | None:
    """Give the unit that the sentence's words stand for; None where it names none.

    Money without a code, or with a mark that several countries share ("kr"), is in `currency`, the business's own;
    where that is None too, it is none that can be told. Litres and kilograms are counted; the name says of what.
    """
    kind, _, detail = (text or "").partition(":")
    match kind:
        case "":
            return None
        case "rank" | "other":
            return Unit(UnitKind.COUNT)
        case UnitKind.CURRENCY:
            try:
                return parse_unit(f"currency:{detail}")
            except RefusedDefinition:
                return Unit(UnitKind.CURRENCY, currency) if currency else None
        case _:
            return Unit(UnitKind(kind)) if kind in set(UnitKind) else None


def in_unit(value: Fraction, text: str | None, unit: Unit) -> Fraction | None:
    """Give a number of the sentence in the KPI's unit, a time in seconds; None where it cannot be told (months)."""
    if unit.kind is not UnitKind.DURATION:
        return value
    seconds = SECONDS.get((text or "").partition(":")[2])
    return None if seconds is None else value * seconds
