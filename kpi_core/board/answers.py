"""Two of the four questions as a KPI's page answers them: a headline of a few words, and the sentence below it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import State, Tier
from kpi_core.projection import in_ten
from kpi_core.running import to_digits
from kpi_core.signals import headline
from kpi_core.unit import format_value, shown

if TYPE_CHECKING:
    from kpi_core.board.types import BoardRow
    from kpi_core.kpi import Kpi
    from kpi_core.unit import NumberStyle

DIGITS: Final = 3
"""An estimate is shown with so many digits that count."""


@dataclass(frozen=True)
class Answer:
    """An answer in a few words, and in sentences; `details` "" where the headline says it all."""

    headline: str
    details: str = ""


NO_VALUE_YET: Final = Answer("Too early to say", "There is no value yet.")


def changing(row: BoardRow) -> Answer:
    """Answer "Really changing?"."""
    return _apart(row.signal_sentence, headline(row.signal))


def arriving(row: BoardRow, style: NumberStyle) -> Answer:
    """Answer "Will we get there?": the chance, of what by when, and where it will likely be, 8 times in 10."""
    ahead, goal = row.ahead, row.goal
    if row.kpi.tier is Tier.HEALTH_METRIC:
        return Answer("No target", "A health metric is watched, not steered.")
    if row.kpi.state is not State.ACTIVE:
        return Answer("Not looked at", "Only what is on the board is looked ahead.")
    if goal is None:
        return _without_goal(row)
    if ahead is None:
        return NO_VALUE_YET
    if ahead.chance is None:
        return _apart(row.outlook, row.outlook.partition(":")[0])
    chance = in_ten(ahead.chance)
    answer = _apart(row.outlook, f"{chance[:1].upper()}{chance[1:]}")
    if ahead.low80 is None or ahead.high80 is None:
        return answer
    likely = _likely(Fraction(str(ahead.low80)), Fraction(str(ahead.high80)), row.kpi, style)
    # A year's total is judged on what is still to come of it
    words = f"{likely[:1].upper()}{likely[1:]}" if goal.target is not None else f"Still to come: {likely}"
    return Answer(answer.headline, f"{answer.details} {words}.")


def _without_goal(row: BoardRow) -> Answer:
    """Say why nothing is looked ahead: no value yet, nothing aimed at from here on, or no target at all."""
    if row.target is None:
        return Answer("No target", "Nothing can be said without one.")
    if all(point.value is None for point in row.trend):
        return NO_VALUE_YET
    return Answer("No target ahead", "Nothing is aimed at from here on.")


def _likely(low: Fraction, high: Fraction, kpi: Kpi, style: NumberStyle) -> str:
    """Write a range in a few digits; its ends never read the same unless they are."""
    if low == high:
        return f"likely {format_value(low, kpi.unit, style, kpi.decimals)}"
    ends = [format_value(to_digits(end, DIGITS), kpi.unit, style, kpi.decimals) for end in (low, high)]
    if ends[0] == ends[1]:
        ends = [_closely(end, (high - low) / 4, kpi, style) for end in (low, high)]
    return f"likely between {ends[0]} and {ends[1]}"


def _closely(value: Fraction, within: Fraction, kpi: Kpi, style: NumberStyle) -> str:
    """Write a value with as many digits as keep it that close to what it is."""
    return shown(value, lambda each: abs(each - value) < within, kpi.unit, style, kpi.decimals)


def _apart(sentence: str, head: str) -> Answer:
    """Take the headline out of a sentence that begins with it.

    >>> _apart("A real drop since March: eight months below.", "A real drop")
    Answer(headline='A real drop', details='Since March: eight months below.')
    """
    rest = sentence.removeprefix(head).lstrip(": ")
    return Answer(head, rest[:1].upper() + rest[1:])
