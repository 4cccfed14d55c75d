"""Targets as JSON: generous defaults, exact round trips, refusals with their place."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.definition import EARLIEST, target_from_json, target_to_json
from kpi_core.definition.targets import exception_from_json, exception_to_json
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
)
from tests.definition import made

JULY, YEAR_END = date(2026, 7, 1), date(2026, 12, 31)


@given(st.data(), st.sampled_from(Direction))
def test_a_target_written_is_read_back_the_same(data: st.DataObject, direction: Direction) -> None:
    target = data.draw(made.targets(direction))
    written = json.loads(json.dumps(target_to_json(target)))
    assert target_from_json(written, direction) == target


@given(st.builds(TargetException, made.DAYS, made.NUMBERS, made.NAMES))
def test_an_exception_written_is_read_back_the_same(exception: TargetException) -> None:
    assert exception_from_json(json.loads(json.dumps(exception_to_json(exception)))) == exception


@pytest.mark.parametrize(
    ("direction", "comparison"), [(Direction.UP, Comparison.AT_LEAST), (Direction.DOWN, Comparison.AT_MOST)]
)
@pytest.mark.parametrize("obj", [500000, "500000", {"value": 500000}])
def test_a_number_is_a_constant_to_be_reached_from_the_first_value_on(
    obj: object, direction: Direction, comparison: Comparison
) -> None:
    read = target_from_json(obj, direction)
    assert read == Target(TargetKind.CONSTANT, EARLIEST, value=Fraction(500000), comparison=comparison)


def test_a_strict_inequality_stays_strict() -> None:
    read = target_from_json({"value": 60, "comparison": "<"}, Direction.DOWN)
    assert read.comparison is Comparison.BELOW


def test_a_path_begins_on_its_day() -> None:
    read = target_from_json({"baseline": 42, "from": "2026-07-01", "value": 55, "deadline": "2026-12-31"}, Direction.UP)
    assert read == Target(
        TargetKind.PATH,
        JULY,
        value=Fraction(55),
        comparison=Comparison.AT_LEAST,
        baseline=Fraction(42),
        path_start=JULY,
        deadline=YEAR_END,
    )


def test_steps_are_in_force_from_the_first_one() -> None:
    steps = [{"from": "2026-07", "value": 10}, {"from": "2026-12-31", "value": 12.5}]
    read = target_from_json({"steps": steps}, Direction.UP)
    assert (read.kind, read.starts) == (TargetKind.STEPS, JULY)
    assert read.steps == (Step(JULY, Fraction(10)), Step(YEAR_END, Fraction(25, 2)))


def test_the_ends_of_a_range_belong_to_it_unless_they_are_strict() -> None:
    read = target_from_json({"low": 2, "high": {"value": 5, "comparison": "<"}}, Direction.RANGE)
    assert read.kind is TargetKind.RANGE
    assert read.low == Bound(Fraction(2), Comparison.AT_LEAST)
    assert read.high == Bound(Fraction(5), Comparison.BELOW)
    assert read.comparison is None


@pytest.mark.parametrize(
    ("given_as", "read"),
    [
        (None, Tolerance()),
        ({"percent": 5}, Tolerance(ToleranceKind.PERCENT, Fraction(5))),
        ({"absolute": 0.5}, Tolerance(ToleranceKind.ABSOLUTE, Fraction(1, 2))),
        (
            {"green_from": 3, "red_from": 2.5},
            Tolerance(ToleranceKind.TYPED, green_from=Fraction(3), red_from=Fraction(5, 2)),
        ),
        ({"percent": 0}, Tolerance(ToleranceKind.PERCENT, Fraction(0))),
    ],
)
def test_a_tolerance_is_percent_absolute_or_two_numbers(given_as: object, read: Tolerance) -> None:
    assert target_from_json({"value": 3, "tolerance": given_as}, Direction.UP).tolerance == read


PATH = {"kind": "path", "baseline": 42, "from": "2026-07-01", "value": 55, "deadline": "2026-12-31"}


@pytest.mark.parametrize(
    ("obj", "direction", "sentence"),
    [
        (500000, Direction.RANGE, "target: One number is no range."),
        ({"comparison": ">="}, Direction.UP, 'target: "value" is missing.'),
        ({"low": 2}, Direction.RANGE, 'target: "high" is missing: a range needs both ends.'),
        (
            {"low": 2, "high": 5, "value": 3},
            Direction.RANGE,
            'target: "value" is not known here; known are kind, from,',
        ),
        (
            {**PATH, "from": None},
            Direction.UP,
            'target: the path has no start: give "from", the day on which it is at its baseline.',
        ),
        ({**PATH, "deadline": None}, Direction.UP, 'target: "deadline" is missing: the day on which the path ends.'),
        ({**PATH, "baseline": None}, Direction.UP, 'target: "baseline" is missing.'),
        (
            {"kind": "steps"},
            Direction.UP,
            'target: "steps" is empty: give at least one {"from": day, "value": number}.',
        ),
        (
            {"steps": [{"value": 1}]},
            Direction.UP,
            'target, steps[0]: "from" is missing: the day from which this step counts.',
        ),
        (
            {"steps": [{"from": "2026-07", "value": 1}, {"from": "2026-07", "value": 2}]},
            Direction.UP,
            "target, steps: the steps must follow each other in time.",
        ),
        (
            {"value": 1, "tolerance": {"percent": 5, "absolute": 1}},
            Direction.UP,
            'target, tolerance: give "percent", or "absolute", or both "green_from" and "red_from".',
        ),
        (
            {"value": 1, "tolerance": {"green_from": 5}},
            Direction.UP,
            'target, tolerance: give "percent", or "absolute", or both "green_from" and "red_from".',
        ),
        (
            {"value": 1, "tolerance": {"percent": -1}},
            Direction.UP,
            "target, tolerance: a tolerance cannot be below 0.",
        ),
        ({"value": 1, "kind": "wish"}, Direction.UP, 'target, kind: "wish" is not known; choose one of constant, '),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(obj: object, direction: Direction, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        target_from_json(obj, direction)
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({"value": 1, "reason": "x"}, 'exception: "period" is missing: a day of the period that this is for.'),
        ({"period": "2026-07", "value": 1}, 'exception: "reason" is missing.'),
        ({"period": "2026-07", "reason": "x"}, 'exception: "value" is missing.'),
    ],
)
def test_an_exception_needs_its_period_value_and_reason(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        exception_from_json(obj)
    assert refused.value.sentence == sentence
