"""Does a target contradict itself? The first contradiction is refused in a sentence, with what to do about it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.target.kinds import (
    Bound,
    Comparison,
    SpreadBy,
    Target,
    TargetException,
    TargetKind,
    Tolerance,
    ToleranceKind,
)
from kpi_core.target.parts import change_of, default_comparison, path_parts, typed_limits, value_of, year_parts
from kpi_core.target.spread import refuse_other_sum
from kpi_core.target.typed import close_hint
from kpi_core.target.words import bound_text, counted_in, relative_text
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly, minor_digits


def validate(target: Target, direction: Direction, unit: Unit, style: NumberStyle | None = None) -> None:
    """Refuse a target row that cannot be judged, or that says two things at once.

    Args:
        target: the row.
        direction: of the KPI; a range KPI has ranges only, the others never.
        unit: of the KPI.
        style: for the numbers in the sentence.

    Raises:
        RefusedDefinition: a missing part, an inequality against the direction, a deadline not after the start, a
            range upside down, a tolerance that is no band (10 % of 0) or whose red does not lie beyond its green, or a
            stretch that is easier than the target.
    """
    style = style or NumberStyle()
    _check_direction(target, direction, unit, style)
    values = _values(target, unit, style)
    _check_tolerance(target.tolerance, values, direction, unit, style)
    _check_stretch(target, values, direction, unit, style)


def _values(target: Target, unit: Unit, style: NumberStyle) -> tuple[Fraction, ...]:
    """Check the parts and list the values that a tolerance in percent is taken of; 0 for a path that crosses it."""
    match target.kind:
        case TargetKind.CONSTANT:
            return () if target.delta is not None and target.value is None else (value_of(target),)
        case TargetKind.STEPS:
            return _steps(target)
        case TargetKind.PATH:
            return _path(target)
        case TargetKind.RANGE:
            return tuple(bound.value for bound in _range(target, unit, style))
        case TargetKind.YEAR_TOTAL:
            return _year_total(target, unit)
        case TargetKind.RELATIVE:
            change_of(target)
            return ()


def validate_exception(
    exception: TargetException, row: Target | None, direction: Direction, unit: Unit, style: NumberStyle | None = None
) -> None:
    """Refuse a one-period exception that cannot be judged beside the row in force.

    Raises:
        RefusedDefinition: one number for a range, or 0 where the tolerance is in percent.
    """
    if direction is Direction.RANGE:
        sentence = "A range cannot be replaced by one number for one period."
        raise RefusedDefinition(sentence, "Change the range itself, and change it back afterwards.")
    tolerance = Tolerance() if row is None or row.tolerance.kind is ToleranceKind.TYPED else row.tolerance
    _check_tolerance(tolerance, (exception.value,), direction, unit, style or NumberStyle())


def _check_direction(target: Target, direction: Direction, unit: Unit, style: NumberStyle) -> None:
    if direction is Direction.RANGE:
        if target.kind is not TargetKind.RANGE:
            default_comparison(direction)
        return
    if target.kind is TargetKind.RANGE:
        sentence = f"Here {_better(direction)} is better, so the target is one number, not a range."
        raise RefusedDefinition(sentence, "Give one number, or let the KPI be best inside a range.")
    meant = default_comparison(direction)
    if target.comparison is not None and target.comparison.is_floor is not meant.is_floor:
        said, instead = (_said(target, each, unit, style) for each in (target.comparison, meant))
        sentence = f'Here {_better(direction)} is better, so the target cannot be "{said}".'
        raise RefusedDefinition(sentence, f'Say "{instead}", or turn the direction of the KPI round.')


def _said(target: Target, comparison: Comparison, unit: Unit, style: NumberStyle) -> str:
    if target.kind is TargetKind.RELATIVE:
        return relative_text(replace(target, comparison=comparison), style)
    value = target.steps[0].value if target.steps else target.delta if target.value is None else target.value
    return bound_text(Bound(value or value_of(target), comparison), unit, style)


def _better(direction: Direction) -> str:
    match direction:
        case Direction.UP:
            return "higher"
        case Direction.DOWN:
            return "lower"
        case Direction.RANGE:
            return "inside a range"


def _steps(target: Target) -> tuple[Fraction, ...]:
    if not target.steps:
        sentence = "The steps are empty."
        raise RefusedDefinition(sentence, "Give at least one value with the day from which it counts.")
    if any(earlier.start >= later.start for earlier, later in pairwise(target.steps)):
        sentence = "The steps do not follow each other in time."
        raise RefusedDefinition(sentence, "Put them in the order of their days, one value a day.")
    return tuple(step.value for step in target.steps)


def _path(target: Target) -> tuple[Fraction, ...]:
    """Check a path; its values for the tolerance are the final one, and 0 where the path crosses it."""
    value, baseline, start, deadline = path_parts(target)
    if deadline <= start:
        sentence = "The deadline of the path is not after its start."
        raise RefusedDefinition(sentence, "Choose a later deadline or an earlier start.")
    crosses = baseline * value < 0
    return (value, Fraction(0)) if crosses else (value,)


def adds_up_over_a_year(unit: Unit) -> bool:
    """Tell whether numbers of a unit may add up to a year's total."""
    return unit.kind not in {UnitKind.PERCENT, UnitKind.SCORE, UnitKind.RATIO}


def _year_total(target: Target, unit: Unit) -> tuple[Fraction, ...]:
    """Check a year's total; its parts, not itself, are what values are judged by."""
    _, spread_by = year_parts(target)
    if not adds_up_over_a_year(unit):
        sentence = f"A {unit.kind} does not add up over a year, so a year's total means nothing."
        raise RefusedDefinition(sentence, "Give the number that each period has to reach.")
    if value_of(target) <= 0:
        sentence = "A year's total of 0 or less cannot be spread."
        raise RefusedDefinition(sentence, "Give a total above 0, or a number for each period as steps.")
    if (value_of(target) * 10 ** minor_digits(unit)).denominator != 1:
        sentence = "The total is finer than the smallest unit that its parts can have."
        raise RefusedDefinition(sentence, f"Give it with {minor_digits(unit)} decimals at most.")
    if spread_by is SpreadBy.TYPED:
        refuse_other_sum(target.percentages)
    return (value_of(target),)


def _range(target: Target, unit: Unit, style: NumberStyle) -> tuple[Bound, Bound]:
    low, high = target.low, target.high
    if low is None or high is None:
        sentence = "A range needs its lowest and its highest good value."
        raise RefusedDefinition(sentence, "Give both.")
    if low.value >= high.value:
        numbers = [format_exactly(bound.value, unit, style) for bound in (low, high)]
        sentence = f"The range from {numbers[0]} to {numbers[1]} holds nothing."
        raise RefusedDefinition(sentence, "Give the lower number first.")
    if not low.comparison.is_floor or high.comparison.is_floor:
        sentence = "A range keeps values over its low end and under its high end, not the other way round."
        raise RefusedDefinition(sentence, "Use >= or > for the low end, <= or < for the high end.")
    return low, high


def _check_tolerance(
    tolerance: Tolerance, values: tuple[Fraction, ...], direction: Direction, unit: Unit, style: NumberStyle
) -> None:
    match tolerance.kind:
        case ToleranceKind.PERCENT:
            if 0 in values:
                percent = format_exactly(tolerance.value, Unit(UnitKind.PERCENT), style)
                sentence = f"A target of 0, or a path through 0, leaves no room for close: {percent} of 0 is 0."
                raise RefusedDefinition(sentence, close_hint(unit))
        case ToleranceKind.ABSOLUTE:
            pass
        case ToleranceKind.TYPED:
            _check_typed(tolerance, direction, unit, style)
    if tolerance.value < 0:
        sentence = "A tolerance cannot be less than 0."
        raise RefusedDefinition(sentence, "Give 0 where nothing but the target is good enough.")


def _check_typed(tolerance: Tolerance, direction: Direction, unit: Unit, style: NumberStyle) -> None:
    if direction is Direction.RANGE:
        sentence = 'A range cannot have a "green from" and a "red from": it has two sides.'
        raise RefusedDefinition(sentence, f"Give a tolerance in percent or in {counted_in(unit)}.")
    green_from, red_from = typed_limits(tolerance)
    ahead = green_from - red_from if direction is Direction.UP else red_from - green_from
    if ahead <= 0:
        green, red = (format_exactly(limit, unit, style) for limit in (green_from, red_from))
        sentence = f"Here {_better(direction)} is better, so red from {red} does not lie beyond green from {green}."
        raise RefusedDefinition(sentence, f"Red must start {'under' if direction is Direction.UP else 'over'} green.")


def _check_stretch(
    target: Target, values: tuple[Fraction, ...], direction: Direction, unit: Unit, style: NumberStyle
) -> None:
    if target.stretch is None:
        return
    if direction is Direction.RANGE:
        sentence = "A range has no stretch."
        raise RefusedDefinition(sentence, "Leave the stretch empty.")
    if target.kind is TargetKind.RELATIVE:
        values = (change_of(target),)
    if not values:
        sentence = "A target that waits for its baseline has no stretch yet."
        raise RefusedDefinition(sentence, "Leave the stretch empty until the number is known.")
    hardest = max(values) if direction is Direction.UP else min(values)
    easier = target.stretch < hardest if direction is Direction.UP else target.stretch > hardest
    if easier:
        written = Unit(UnitKind.PERCENT) if target.kind is TargetKind.RELATIVE else unit
        numbers = [format_exactly(number, written, style) for number in (target.stretch, hardest)]
        sentence = (
            f"Here {_better(direction)} is better, so the stretch {numbers[0]} is easier than the target {numbers[1]}."
        )
        raise RefusedDefinition(sentence, "Give a stretch beyond the target, or leave it empty.")
