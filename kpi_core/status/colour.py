"""The colour of a complete, covered period, judged exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kpi_core.status.kinds import Side, Status, Verdict
from kpi_core.target import Bound, Comparison, PeriodTarget, Tolerance, ToleranceKind, typed_limits
from kpi_core.unit import MOST_DIGITS, half_up


def judge(actual: Fraction, target: PeriodTarget) -> Verdict:
    """Colour the value of a complete, covered period.

    Green meets the bound, strictly where it is strict; amber misses it by at most the tolerance, edge included; red is
    beyond. Typed limits win over the bound: green from `green_from`, red from `red_from`, that number included. The
    gap is always taken from the bound.

    Raises:
        RefusedDefinition: a target without bounds, or typed limits without their numbers.
    """
    bound = judged_bound(actual, target)
    typed = target.tolerance.kind is ToleranceKind.TYPED
    gap = abs(actual - bound.value)
    return Verdict(
        status=_typed_colour(actual, bound, target.tolerance) if typed else _colour(actual, bound, target),
        bound=bound,
        gap=gap,
        gap_side=_side(actual, bound.value),
        gap_percent=gap / abs(bound.value) * 100 if bound.value else None,
        amber_limit=typed_limits(target.tolerance)[1] if typed else _worse(bound, _band(bound, target)),
        limit_is_red=typed,
    )


def judged_bound(actual: Fraction, target: PeriodTarget) -> Bound:
    """Choose the bound that a value is compared with: the one it violates, else the nearest (of equals the low one)."""
    bounds = target.bounds
    violated = [bound for bound in bounds if not meets(actual, bound)]
    return min(violated or bounds, key=lambda bound: abs(actual - bound.value))


def meets(value: Fraction, bound: Bound) -> bool:
    """Tell whether the value keeps to the inequality exactly as it is stored."""
    match bound.comparison:
        case Comparison.AT_LEAST:
            return value >= bound.value
        case Comparison.ABOVE:
            return value > bound.value
        case Comparison.AT_MOST:
            return value <= bound.value
        case Comparison.BELOW:
            return value < bound.value


def rounded_percent(percent: Fraction) -> Decimal:
    """Round a gap for showing: one decimal, half-up, and as many more (six at most) as a gap needs not to show as 0.0.

    >>> [str(rounded_percent(Fraction(gap))) for gap in ("6.25", "6", "0.04", "0.0000004")]
    ['6.3', '6.0', '0.04', '0.000000']
    """
    for digits in range(1, MOST_DIGITS):
        rounded = half_up(percent, digits)
        if rounded or not percent:
            return rounded
    return half_up(percent, MOST_DIGITS)


def _colour(actual: Fraction, bound: Bound, target: PeriodTarget) -> Status:
    if meets(actual, bound):
        return Status.GREEN
    return Status.AMBER if abs(actual - bound.value) <= _band(bound, target) else Status.RED


def _typed_colour(actual: Fraction, bound: Bound, tolerance: Tolerance) -> Status:
    green_from, red_from = typed_limits(tolerance)
    if meets(actual, Bound(green_from, bound.comparison.inclusive)):
        return Status.GREEN
    return Status.AMBER if meets(actual, Bound(red_from, bound.comparison.strict)) else Status.RED


def _band(bound: Bound, target: PeriodTarget) -> Fraction:
    """Measure how far a miss may be and still be amber: tolerance x |bound or final target| / 100, or as given."""
    if target.tolerance.kind is ToleranceKind.ABSOLUTE:
        return target.tolerance.value
    base = bound.value if target.band_base is None else target.band_base
    return abs(base) * target.tolerance.value / 100


def _worse(bound: Bound, distance: Fraction) -> Fraction:
    """Go from the bound to the bad side."""
    return bound.value - distance if bound.comparison.is_floor else bound.value + distance


def _side(actual: Fraction, bound: Fraction) -> Side:
    if actual == bound:
        return Side.AT
    return Side.UNDER if actual < bound else Side.OVER
