"""The commands that judge a plain list of numbers; no data file is read."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Final

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.printed import Json, number
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.period import Cadence
from kpi_core.projection import (
    History,
    Projection,
    ProjectionGrade,
    ProjectionKind,
    TargetGrade,
    chance_of,
    grade_of,
    judge_target,
    outlook_words,
    project,
)
from kpi_core.signals import Chart, chart_of

USAGE = "Give a JSON list of numbers on standard input, oldest first, as in [12, 15.5, 11]."
MOST: Final = Decimal("1e300")
HIGHEST_TARGET: Final = 1e100
"""Squares of greater ones are beyond a computer's own numbers."""
SIDES = [Direction.UP.value, Direction.DOWN.value]


@command("signals")
@click.option("--baseline", type=click.IntRange(min=2), metavar="N", help="The first N numbers make the limits.")
def signals(setup: Setup, baseline: int | None) -> None:
    """Judge a list of numbers by the process behaviour chart: limits, and the places of every signal."""
    chart = chart_of(numbers_in(sys.stdin.read()), baseline)
    setup.out.result(chart_json(chart), _chart_lines(chart))


@command("project")
@click.option("--cadence", type=click.Choice([each.value for each in Cadence]), required=True)
@click.option("--horizon", type=click.IntRange(min=1), required=True, metavar="N", help="Periods ahead.")
@click.option("--target", type=float, metavar="X", help="Judge the chance of meeting it at the horizon.")
@click.option("--direction", type=click.Choice(SIDES), default=SIDES[0], show_default=True)
@click.option("--kind", type=click.Choice([each.value for each in ProjectionKind]), default="level", show_default=True)
def projected(setup: Setup, **given: object) -> None:
    """Project a list of numbers: the middle, the bands, and the chance of meeting a target at the horizon."""
    history = History(tuple(map(float, numbers_in(sys.stdin.read()))), Cadence(str(given["cadence"])))
    target = None if given["target"] is None else _target(float(str(given["target"])))
    side, kind = Direction(str(given["direction"])), ProjectionKind(str(given["kind"]))
    horizon = int(str(given["horizon"]))
    made = project(history, horizon, kind)
    found = projection_json(made) | _of_target(history, made, horizon, target, side)
    setup.out.result(found, [f"{name}: {value}" for name, value in found.items() if value not in (None, [])])


def _target(target: float) -> float:
    """Refuse a target that is no number to come near."""
    if not abs(target) < HIGHEST_TARGET:
        sentence = f"A target of {target} cannot be judged."
        raise RefusedDefinition(sentence, "Give a number in the unit of the list.")
    return target


def numbers_in(text: str) -> list[Fraction]:
    """Read a JSON list of numbers, exactly as they are written.

    Raises:
        RefusedDefinition: it is none; a missing number is never taken for zero.
    """
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        sentence = "That is no JSON."
        raise RefusedDefinition(sentence, USAGE) from error
    if not isinstance(found, list):
        sentence = "That is no list."
        raise RefusedDefinition(sentence, USAGE)
    return [_exact(value, place) for place, value in enumerate(found)]


def _exact(value: object, place: int) -> Fraction:
    """Take a number as it is written; none that a computer's own numbers cannot come near."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = Decimal(value)
        if -MOST < exact < MOST:
            return Fraction(exact)
    sentence = f"Number {place + 1} of the list is {json.dumps(value, default=str)}, which is no number to judge."
    raise RefusedDefinition(sentence, "Leave out what is missing, or give only the stretch after it.")


def chart_json(chart: Chart) -> Json:
    """Write limits and flags; the limits are null where the list has no step."""
    limits = chart.limits
    return {
        "centre": limits and number(limits.centre),
        "lower": limits and number(limits.lower),
        "upper": limits and number(limits.upper),
        "moving_range_mean": limits and number(limits.moving_range_mean),
        "range_limit": limits and number(limits.range_limit),
        "label": chart.label.value,
        "flags": {rule.value: list(places) for rule, places in chart.flags.items()},
    }


def _chart_lines(chart: Chart) -> list[str]:
    found = chart_json(chart)
    flags = [f"{rule.value}: {', '.join(map(str, places)) or 'none'}" for rule, places in chart.flags.items()]
    return [*(f"{name}: {value}" for name, value in found.items() if name != "flags" and value is not None), *flags]


def projection_json(made: Projection) -> Json:
    """Write the middle and the bands, and how far they can be trusted; the lists are empty where it is too early."""
    return {
        "mean": list(made.mean),
        "low80": list(made.low80),
        "high80": list(made.high80),
        "low95": list(made.low95),
        "high95": list(made.high95),
        "trust": made.grade.value,
    }


def _of_target(history: History, made: Projection, horizon: int, target: float | None, side: Direction) -> Json:
    """Judge a target: chance, grade, words; all null without one."""
    if target is None:
        early = made.grade is ProjectionGrade.TOO_EARLY
        return {"chance": None, "grade": None, "words": outlook_words(None) if early else None}
    chance = chance_of(history, horizon, target, side, made.kind)
    grade: TargetGrade
    match made.kind:
        case ProjectionKind.LEVEL:
            grade = judge_target(history, horizon, target, side).grade
        case ProjectionKind.SUM:
            grade = grade_of(chance, already_met=False)
    return {"chance": chance, "grade": grade.value, "words": outlook_words(chance)}


COMMANDS = {"signals": signals, "project": projected}
