"""What the families `status` and `status_sentence` (and others that judge) give in the same words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar
from kpi_core.target import (
    Bound,
    Comparison,
    PeriodTarget,
    Target,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
    in_force,
    validate,
)
from kpi_core.unit import Unit, UnitKind
from tests.rules.cases import Given, exact

NUMBER = Unit(UnitKind.SCORE)


def tolerance_of(given: Given) -> Tolerance:
    """Read the tolerance; absent it is 10 %."""
    if not given.has("tolerance"):
        return Tolerance()
    part = given.part("tolerance")
    kind = ToleranceKind(part.text("kind"))
    if kind is ToleranceKind.TYPED:
        return Tolerance(kind, green_from=part.number("green_from"), red_from=part.number("red_from"))
    return Tolerance(kind, part.number("value"))


def actual_of(given: Given) -> Fraction:
    """Read the value: a number, numerator / denominator x times, or a sum."""
    if isinstance(given.raw("actual"), str):
        return given.number("actual")
    part = given.part("actual")
    if part.has("sum_of"):
        return sum((exact(text) for text in part.raw("sum_of")), Fraction(0))
    return part.number("numerator") / part.number("denominator") * part.number("times")


def target_of(given: Given) -> PeriodTarget:
    """Define the target, let it be checked, and find it in force.

    Raises:
        RefusedDefinition: a target that cannot be judged.
    """
    direction, day = Direction(given.text("direction")), date(2025, 1, 1)
    tolerance = tolerance_of(given)
    if direction is Direction.RANGE:
        low = Bound(given.number("low"), Comparison(given.text("low_comparison")))
        high = Bound(given.number("high"), Comparison(given.text("high_comparison")))
        row = Target(TargetKind.RANGE, day, low=low, high=high, tolerance=tolerance)
    else:
        comparison = Comparison(given.text("comparison"))
        row = Target(TargetKind.CONSTANT, day, given.number("target"), comparison, tolerance=tolerance)
    final = given.optional_number("path_final_target")
    if final is None:
        validate(row, direction, NUMBER)
    calendar = Calendar()
    target = in_force(TargetHistory((row,)), calendar.period(Cadence.MONTH, day), direction, calendar)
    assert target is not None
    return replace(target, band_base=final)
