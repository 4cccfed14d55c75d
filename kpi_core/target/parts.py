"""The parts that a kind of target must have; a missing one is refused in a sentence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.target.kinds import Comparison, SpreadBy, Target, Tolerance


def path_parts(path: Target) -> tuple[Fraction, Fraction, date, date]:
    """Give a path's final value, baseline, start and deadline.

    Raises:
        RefusedDefinition: one of them is missing.
    """
    if path.value is None or path.baseline is None or path.path_start is None or path.deadline is None:
        sentence = "A path needs where it starts and where it ends, each with its day."
        raise RefusedDefinition(sentence, "Give the value today, the target and the deadline.")
    return path.value, path.baseline, path.path_start, path.deadline


def year_parts(row: Target) -> tuple[date, SpreadBy]:
    """Give a day of a year total's year and what it is spread by.

    Raises:
        RefusedDefinition: one of them is missing.
    """
    if row.year is None or row.spread is None:
        sentence = "A year's total needs its year and a shape."
        raise RefusedDefinition(sentence, "Say for which year it is and how it is spread.")
    return row.year, row.spread


def change_of(row: Target) -> Fraction:
    """Give the change of a relative target in percent.

    Raises:
        RefusedDefinition: it has none.
    """
    if row.change_percent is None:
        sentence = "The target does not say how far from last year."
        raise RefusedDefinition(sentence, "Give the change in percent: 5 for 5 % more, -10 for 10 % less.")
    return row.change_percent


def typed_limits(tolerance: Tolerance) -> tuple[Fraction, Fraction]:
    """Give the two numbers "green from" and "red from" of a typed tolerance.

    Raises:
        RefusedDefinition: one of them is missing.
    """
    if tolerance.green_from is None or tolerance.red_from is None:
        sentence = "Typed colour limits need two numbers."
        raise RefusedDefinition(sentence, 'Give both "green from" and "red from".')
    return tolerance.green_from, tolerance.red_from


def default_comparison(direction: Direction) -> Comparison:
    """Give the inequality that is meant where none was said: reaching the number is enough."""
    match direction:
        case Direction.UP:
            return Comparison.AT_LEAST
        case Direction.DOWN:
            return Comparison.AT_MOST
        case Direction.RANGE:
            sentence = "One number is no range."
            raise RefusedDefinition(sentence, "Give the lowest and the highest value that are still good.")


def value_of(row: Target) -> Fraction:
    """Give the one value of a constant target.

    Raises:
        RefusedDefinition: it has none.
    """
    if row.value is None:
        sentence = "The target has no value."
        raise RefusedDefinition(sentence, "Give the number that you want to reach.")
    return row.value
