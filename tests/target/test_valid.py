from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.target import (
    Bound,
    Comparison,
    Step,
    Target,
    TargetException,
    TargetKind,
    Tolerance,
    ToleranceKind,
    validate,
    validate_exception,
)
from kpi_core.unit import Unit, UnitKind, parse_unit

DAY = date(2025, 1, 1)
SCORE = Unit(UnitKind.SCORE)
UP, DOWN, RANGE = Direction.UP, Direction.DOWN, Direction.RANGE
ABSOLUTE = Tolerance(ToleranceKind.ABSOLUTE, Fraction(1))


def constant(value: str, comparison: Comparison | None = None, tolerance: Tolerance | None = None) -> Target:
    return Target(TargetKind.CONSTANT, DAY, Fraction(value), comparison, tolerance=tolerance or Tolerance())


def stretched(value: str, stretch: str) -> Target:
    return replace(constant(value), stretch=Fraction(stretch))


def typed(green_from: str, red_from: str) -> Tolerance:
    return Tolerance(ToleranceKind.TYPED, green_from=Fraction(green_from), red_from=Fraction(red_from))


def span(low: str, high: str, tolerance: Tolerance | None = None) -> Target:
    return Target(
        TargetKind.RANGE,
        DAY,
        low=Bound(Fraction(low), Comparison.AT_LEAST),
        high=Bound(Fraction(high), Comparison.AT_MOST),
        tolerance=tolerance or Tolerance(),
    )


def path(baseline: str, value: str, days: int = 90, tolerance: Tolerance | None = None) -> Target:
    return Target(
        TargetKind.PATH,
        DAY,
        Fraction(value),
        baseline=Fraction(baseline),
        path_start=DAY,
        deadline=date.fromordinal(DAY.toordinal() + days),
        tolerance=tolerance or Tolerance(),
    )


def steps(*values: str, tolerance: Tolerance | None = None) -> Target:
    each = tuple(Step(date(2025, at, 1), Fraction(value)) for at, value in enumerate(values, 1))
    return Target(TargetKind.STEPS, DAY, steps=each, tolerance=tolerance or Tolerance())


SAY_HOW_CLOSE = "How far off is still close? Give an absolute tolerance, in plain numbers."
NOTHING_CLOSE = "A target of 0, or a path through 0, leaves no room for close: 10% of 0 is 0."


@pytest.mark.parametrize(
    ("target", "direction"),
    [
        (constant("500"), UP),
        (constant("60", Comparison.BELOW), DOWN),
        (constant("-50", Comparison.ABOVE), UP),
        (constant("5", tolerance=Tolerance(value=Fraction(0))), UP),
        (constant("0", tolerance=ABSOLUTE), DOWN),
        (constant("0", tolerance=typed("0", "5")), DOWN),
        (constant("0", tolerance=typed("0", "-5")), UP),
        (constant("0", tolerance=Tolerance(ToleranceKind.ABSOLUTE, Fraction(0))), DOWN),
        (constant("100", tolerance=typed("95", "94.5")), UP),
        (replace(steps("1", "2", "3"), stretch=Fraction(3)), UP),
        (replace(steps("3", "2", "1"), stretch=Fraction(1)), DOWN),
        (steps("1", "2", "3"), UP),
        (steps("1", "0", tolerance=ABSOLUTE), DOWN),
        (path("0", "90"), UP),
        (path("-90", "-10"), UP),
        (path("-90", "90", tolerance=ABSOLUTE), UP),
        (path("5", "0", tolerance=typed("1", "5")), DOWN),
        (path("42", "55", days=1), UP),
        (span("2", "5"), RANGE),
        (span("-2", "5"), RANGE),
        (span("0", "5", ABSOLUTE), RANGE),
        (stretched("500", "500"), UP),
        (stretched("500", "501"), UP),
        (stretched("500", "499"), DOWN),
    ],
)
def test_what_can_be_judged_is_taken(target: Target, direction: Direction) -> None:
    validate(target, direction, SCORE)


@pytest.mark.parametrize(
    ("target", "direction", "sentence", "hint"),
    [
        (
            constant("60", Comparison.BELOW),
            UP,
            'Here higher is better, so the target cannot be "under 60".',
            'Say "60 or more", or turn the direction of the KPI round.',
        ),
        (
            constant("60", Comparison.AT_LEAST),
            DOWN,
            'Here lower is better, so the target cannot be "60 or more".',
            'Say "60 or less", or turn the direction of the KPI round.',
        ),
        (
            replace(steps("7", "8"), comparison=Comparison.AT_MOST),
            UP,
            'Here higher is better, so the target cannot be "7 or less".',
            'Say "7 or more", or turn the direction of the KPI round.',
        ),
        (
            span("2", "5"),
            UP,
            "Here higher is better, so the target is one number, not a range.",
            "Give one number, or let the KPI be best inside a range.",
        ),
        (
            constant("60"),
            RANGE,
            "One number is no range.",
            "Give the lowest and the highest value that are still good.",
        ),
        (constant("0"), UP, NOTHING_CLOSE, SAY_HOW_CLOSE),
        (
            constant("0", tolerance=Tolerance(value=Fraction(5))),
            DOWN,
            "A target of 0, or a path through 0, leaves no room for close: 5% of 0 is 0.",
            SAY_HOW_CLOSE,
        ),
        (
            steps("3", "0"),
            DOWN,
            NOTHING_CLOSE,
            SAY_HOW_CLOSE,
        ),
        (
            path("9", "0"),
            DOWN,
            NOTHING_CLOSE,
            SAY_HOW_CLOSE,
        ),
        (
            path("-9", "9"),
            UP,
            NOTHING_CLOSE,
            SAY_HOW_CLOSE,
        ),
        (
            span("0", "5"),
            RANGE,
            NOTHING_CLOSE,
            SAY_HOW_CLOSE,
        ),
        (
            span("-5", "0"),
            RANGE,
            NOTHING_CLOSE,
            SAY_HOW_CLOSE,
        ),
        (
            constant("5", tolerance=Tolerance(value=Fraction(-1))),
            UP,
            "A tolerance cannot be less than 0.",
            "Give 0 where nothing but the target is good enough.",
        ),
        (
            constant("5", tolerance=Tolerance(ToleranceKind.ABSOLUTE, Fraction(-1))),
            UP,
            "A tolerance cannot be less than 0.",
            "Give 0 where nothing but the target is good enough.",
        ),
        (
            constant("100", tolerance=typed("80", "95")),
            UP,
            "Here higher is better, so red from 95 does not lie beyond green from 80.",
            "Red must start under green.",
        ),
        (
            constant("100", tolerance=typed("80", "80")),
            DOWN,
            "Here lower is better, so red from 80 does not lie beyond green from 80.",
            "Red must start over green.",
        ),
        (
            constant("100", tolerance=Tolerance(ToleranceKind.TYPED, green_from=Fraction(1))),
            UP,
            "Typed colour limits need two numbers.",
            'Give both "green from" and "red from".',
        ),
        (
            span("2", "5", typed("2", "1")),
            RANGE,
            'A range cannot have a "green from" and a "red from": it has two sides.',
            "Give a tolerance in percent or in plain numbers.",
        ),
        (span("5", "2"), RANGE, "The range from 5 to 2 holds nothing.", "Give the lower number first."),
        (span("5", "5"), RANGE, "The range from 5 to 5 holds nothing.", "Give the lower number first."),
        (
            replace(span("2", "5"), low=Bound(Fraction(2), Comparison.AT_MOST)),
            RANGE,
            "A range keeps values over its low end and under its high end, not the other way round.",
            "Use >= or > for the low end, <= or < for the high end.",
        ),
        (
            replace(span("2", "5"), high=Bound(Fraction(5), Comparison.ABOVE)),
            RANGE,
            "A range keeps values over its low end and under its high end, not the other way round.",
            "Use >= or > for the low end, <= or < for the high end.",
        ),
        (
            replace(span("2", "5"), high=None),
            RANGE,
            "A range needs its lowest and its highest good value.",
            "Give both.",
        ),
        (
            path("1", "2", days=0),
            UP,
            "The deadline of the path is not after its start.",
            "Choose a later deadline or an earlier start.",
        ),
        (steps(), UP, "The steps are empty.", "Give at least one value with the day from which it counts."),
        (
            replace(steps("1", "2"), steps=(Step(DAY, Fraction(1)), Step(DAY, Fraction(2)))),
            UP,
            "The steps do not follow each other in time.",
            "Put them in the order of their days, one value a day.",
        ),
        (
            stretched("500", "499"),
            UP,
            "Here higher is better, so the stretch 499 is easier than the target 500.",
            "Give a stretch beyond the target, or leave it empty.",
        ),
        (
            stretched("500", "501"),
            DOWN,
            "Here lower is better, so the stretch 501 is easier than the target 500.",
            "Give a stretch beyond the target, or leave it empty.",
        ),
        (
            replace(steps("1", "2", "3"), stretch=Fraction(2)),
            UP,
            "Here higher is better, so the stretch 2 is easier than the target 3.",
            "Give a stretch beyond the target, or leave it empty.",
        ),
        (
            replace(steps("3", "2", "1"), stretch=Fraction(2)),
            DOWN,
            "Here lower is better, so the stretch 2 is easier than the target 1.",
            "Give a stretch beyond the target, or leave it empty.",
        ),
        (replace(span("2", "5"), stretch=Fraction(3)), RANGE, "A range has no stretch.", "Leave the stretch empty."),
    ],
)
def test_a_target_that_contradicts_itself_is_refused(
    target: Target, direction: Direction, sentence: str, hint: str
) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        validate(target, direction, SCORE)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("currency:SEK", "SEK"),
        ("percent", "percentage points"),
        ("duration", "hours or minutes"),
        ("count", "plain numbers"),
        ("ratio", "plain numbers"),
    ],
)
def test_an_absolute_tolerance_is_asked_for_in_the_unit(unit: str, said: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        validate(constant("0"), UP, parse_unit(unit))
    assert refused.value.hint == f"How far off is still close? Give an absolute tolerance, in {said}."


class TestExceptions:
    def test_a_number_for_one_period_is_taken(self) -> None:
        validate_exception(TargetException(DAY, Fraction(60), "holiday"), constant("100"), UP, SCORE)
        validate_exception(TargetException(DAY, Fraction(0), "closed"), constant("9", tolerance=ABSOLUTE), UP, SCORE)

    @pytest.mark.parametrize("row", [None, constant("100"), constant("100", tolerance=typed("95", "80"))])
    def test_zero_needs_an_absolute_tolerance_there_too(self, row: Target | None) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            validate_exception(TargetException(DAY, Fraction(0), "closed"), row, UP, SCORE)
        assert refused.value.sentence == NOTHING_CLOSE

    def test_a_range_is_not_replaced_by_one_number(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            validate_exception(TargetException(DAY, Fraction(3), "closed"), span("2", "5"), RANGE, SCORE)
        assert refused.value.sentence == "A range cannot be replaced by one number for one period."
        assert refused.value.hint == "Change the range itself, and change it back afterwards."
