"""The target that a goal sentence names: one number, a path to a day, a range, or a change of what is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.definition.targets import EARLIEST
from kpi_core.goal_sentence import Aim, GoalAsk, GoalSentence, Way
from kpi_core.kpi import Direction, Kpi
from kpi_core.service.sentence_unit import in_unit
from kpi_core.target import Bound, Comparison, Target, TargetKind, default_comparison
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly, parse_value

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN: Final = {GoalAsk.PERCENT_OR_POINTS, GoalAsk.CHANGE_OR_LEVEL, GoalAsk.THOUSANDS, GoalAsk.NUMBERS}
"""Questions that leave the number open."""
NO_DAY: Final = "No calendar says when \u201c{}\u201d is."
GIVE_DAY: Final = "Give a day, and the target becomes a path to it."
WHAT_TIME: Final = "In hours, days or weeks? The number of your sentence has no such unit: type the target with it."
WHICH_RANGE: Final = "This number is best between two others: too little of it is no better than too much. Which two?"
NOW_ASKED: Final = "Where is it now? From there the target is a path to your date."
FROM_NOW: Final = "{} from what it is now: say where it is now, and that becomes a number."
START: Final = "You start from {}."


@dataclass(frozen=True)
class Aimed:
    """The target as far as the sentence says it; see `FromSentence`."""

    target: Target | None = None
    shown: Target | None = None
    waits: str = ""
    wants_now: bool = False


@dataclass(frozen=True)
class Heard:
    """What is known beside a sentence.

    `said_on`: a path starts on this day. `now`: the present value as the owner typed it, "" for none. `style`: how the
    business writes numbers. `unit`: in which numbers are told, without a sign where the money is not known.
    """

    said_on: date
    now: str
    style: NumberStyle
    unit: Unit


def aimed(goal: GoalSentence, kpi: Kpi, heard: Heard) -> Aimed:
    """Read the target of a sentence.

    Args:
        goal: the sentence, with the coach's questions as far as they are answered.
        kpi: what it fills in, its unit and direction.
        heard: what is known beside the sentence.

    Raises:
        RefusedDefinition: the present value is no number.
    """
    asked = {each.ask for each in goal.questions}
    if GoalAsk.PAST_DAY in asked and goal.deadline:
        goal = replace(goal, deadline=replace(goal.deadline, date=None))
    of_nothing = goal.metric is None and goal.unit is None and goal.aim is Aim.ABSOLUTE
    if goal.target is None or asked & OPEN or of_nothing:
        return Aimed()
    ends = goal.target if isinstance(goal.target, tuple) else (goal.target,)
    changed = goal.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA}
    scaled = ends if goal.aim is Aim.RELATIVE_CHANGE else _scaled(ends, goal, kpi.unit)
    base = _base(goal, kpi, heard)
    if scaled is None:
        return Aimed(waits=WHAT_TIME)
    if len(scaled) > 1 or kpi.direction is Direction.RANGE:
        return _range(scaled, kpi.direction)
    if not changed:
        return _level(goal, kpi, scaled[0], base, heard)
    if base is None:
        return Aimed(waits=FROM_NOW.format(_change_text(goal, scaled[0], heard)), wants_now=True)
    step = base * scaled[0] / 100 if goal.aim is Aim.RELATIVE_CHANGE else scaled[0]
    return _level(goal, kpi, base - step if goal.direction is Way.DOWN else base + step, base, heard)


def _scaled(ends: Iterable[Fraction], goal: GoalSentence, unit: Unit) -> tuple[Fraction, ...] | None:
    found = tuple(in_unit(end, goal.unit, unit) for end in ends)
    whole = tuple(each for each in found if each is not None)
    return whole if len(whole) == len(found) else None


def _base(goal: GoalSentence, kpi: Kpi, heard: Heard) -> Fraction | None:
    if goal.baseline is not None:
        return in_unit(goal.baseline, goal.unit, kpi.unit)
    return parse_value(heard.now, kpi.unit, heard.style) if heard.now.strip() else None


def _range(ends: tuple[Fraction, ...], direction: Direction) -> Aimed:
    """Make a range of two ends; one number is no range, and two are none where one way is better."""
    if len(ends) == 1:
        return Aimed(waits=WHICH_RANGE)
    if direction is not Direction.RANGE:
        return Aimed()
    low, high = min(ends), max(ends)
    target = Target(
        TargetKind.RANGE, EARLIEST, low=Bound(low, Comparison.AT_LEAST), high=Bound(high, Comparison.AT_MOST)
    )
    return Aimed(target, target)


def _level(goal: GoalSentence, kpi: Kpi, value: Fraction, base: Fraction | None, heard: Heard) -> Aimed:
    """Make one number of it, or a path to it where there is a day."""
    usual = default_comparison(kpi.direction)
    fits = goal.comparison is not None and goal.comparison.is_floor is usual.is_floor
    comparison = goal.comparison if fits else usual
    day = goal.deadline.date if goal.deadline else None
    if day is None:
        target = Target(TargetKind.CONSTANT, EARLIEST, value=value, comparison=comparison)
        asked = any(each.ask in {GoalAsk.WHICH_DAY, GoalAsk.PAST_DAY} for each in goal.questions)
        undated = NO_DAY.format(goal.deadline.text) if goal.deadline and not asked else ""
        starts = START.format(format_exactly(base, heard.unit, heard.style)) if base is not None else ""
        return Aimed(target, target, " ".join(filter(None, [undated, starts, GIVE_DAY if undated or starts else ""])))
    path = Target(
        TargetKind.PATH,
        heard.said_on,
        value=value,
        comparison=comparison,
        baseline=base,
        path_start=heard.said_on,
        deadline=day,
    )
    if base is None:
        return Aimed(shown=path, waits=NOW_ASKED, wants_now=True)
    return Aimed(path, path) if day > heard.said_on else Aimed(shown=path)


def _change_text(goal: GoalSentence, value: Fraction, heard: Heard) -> str:
    unit, style = heard.unit, heard.style
    way = "Down" if goal.direction is Way.DOWN else "Up"
    if goal.aim is Aim.RELATIVE_CHANGE:
        return f"{way} by {format_exactly(value, Unit(UnitKind.PERCENT), style)}"
    if unit.kind is UnitKind.PERCENT:
        return f"{way} by {format_exactly(value, Unit(UnitKind.SCORE), style)} points"
    return f"{way} by {format_exactly(value, unit, style)}"
