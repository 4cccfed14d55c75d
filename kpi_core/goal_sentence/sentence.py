"""What a goal typed in words says: the fields of the form, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.target import Comparison

Day = date
"""So that a field may be called date."""


class SentenceType(StrEnum):
    """What kind of sentence it is."""

    KPI = "kpi"
    VAGUE = "vague"
    """A wish without a number: the coach asks on."""
    MILESTONE = "milestone"
    """A task, done once: the coach asks what it is for."""


class Way(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    RANGE = "range"
    HOLD = "hold"


class Aim(StrEnum):
    """How the target is meant."""

    ABSOLUTE = "absolute"
    """To 55, reach 500."""
    THRESHOLD = "threshold"
    """Below, under, at least."""
    RANGE = "range"
    """Between 30 and 35."""
    RELATIVE_CHANGE = "relative_change"
    """By N percent; always positive, the direction says which way."""
    DELTA = "delta"
    """By N units."""


class GoalAsk(StrEnum):
    """What the coach asks about a sentence."""

    PURPOSE = "purpose"
    """A task: what is it for?"""
    SIGN = "sign"
    """A wish: how would it be seen?"""
    SPLIT = "split"
    """Several goals: one at a time?"""
    PERCENT_OR_POINTS = "percent-or-points"
    """By 20 % on a percentage."""
    CHANGE_OR_LEVEL = "change-or-level"
    """Grow the rate 20 %: to, by, or by so many points?"""
    THOUSANDS = "thousands"
    """1.500: with decimals, or fifteen hundred?"""
    WHICH_DAY = "which-day"
    """By 3/4/2027: the day first, or the month?"""
    NUMBERS = "which-numbers"
    """NPS 42 55, by 5 to 8 %: how are the numbers meant?"""
    OF_WHAT = "of-what"
    """Grow by 10 %: of what?"""
    PAST_DAY = "past-day"
    """By 2025, which is over: which day is meant?"""


@dataclass(frozen=True)
class GoalQuestion:
    """A question of the coach, and the answers to choose from where there are such."""

    ask: GoalAsk
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """When: the words, and the last day they mean; None where it hangs on something that nobody can date.

    `readings`: the days it may mean, where the business's year is not the calendar's. `impossible`: no calendar has it.
    """

    text: str
    date: date | None
    readings: tuple[Day, ...] = ()
    impossible: bool = False


@dataclass(frozen=True)
class GoalSentence:
    """What a sentence says; None is what it does not say. Nothing is ever invented.

    `target`: a number, or the two ends of a band. `unit`: the metric's own unit as text (`percent`, `currency:SEK`,
    `currency` where the code is not said, `duration:h`, `count`, `score`, `ratio`, `rank`). `read_from` holds for each
    filled field the words of the sentence that it was read from. `others`: the further goals of a sentence that holds
    several, each readable by itself. `questions`: what the coach asks, the first first.
    """

    type: SentenceType
    metric: str | None = None
    direction: Way | None = None
    baseline: Fraction | None = None
    target: Fraction | tuple[Fraction, Fraction] | None = None
    aim: Aim | None = None
    unit: str | None = None
    deadline: Deadline | None = None
    cadence: str | None = None
    segment: str | None = None
    comparison: Comparison | None = None
    catalogue: str | None = None
    others: tuple[str, ...] = ()
    questions: tuple[GoalQuestion, ...] = ()
    read_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def multi(self) -> bool:
        """Tell whether the sentence holds more than one goal."""
        return bool(self.others)
