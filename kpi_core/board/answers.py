"""Two of the four questions as a KPI's page answers them: a headline of a few words, and the sentence below it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import State, Tier
from kpi_core.projection import in_ten
from kpi_core.running import to_digits
from kpi_core.signals import headline
from kpi_core.unit import format_value

if TYPE_CHECKING:
    from kpi_core.board.types import BoardRow
    from kpi_core.unit import NumberStyle

DIGITS: Final = 3
"""An estimate is shown with so many digits that count."""


@dataclass(frozen=True)
class Answer:
    """An answer in a few words, and in sentences; `details` "" where the headline says it all."""

    headline: str
    details: str = ""


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
        return Answer("No target", "Nothing can be said without one.")
    if ahead is None:
        return Answer("Too early to say", "There is no value yet.")
    if ahead.chance is None:
        return _apart(row.outlook, row.outlook.partition(":")[0])
    chance = in_ten(ahead.chance)
    answer = _apart(row.outlook, f"{chance[:1].upper()}{chance[1:]}")
    if ahead.low80 is None or ahead.high80 is None:
        return answer
    low, high = (
        format_value(to_digits(Fraction(str(end)), DIGITS), row.kpi.unit, style, row.kpi.decimals)
        for end in (ahead.low80, ahead.high80)
    )
    # A year's total is judged on what is still to come of it
    likely = "Likely between" if goal.target is not None else "Still to come: likely between"
    return Answer(answer.headline, f"{answer.details} {likely} {low} and {high}.")


def _apart(sentence: str, head: str) -> Answer:
    """Take the headline out of a sentence that begins with it.

    >>> _apart("A real drop since March: eight months below.", "A real drop")
    Answer(headline='A real drop', details='Since March: eight months below.')
    """
    rest = sentence.removeprefix(head).lstrip(": ")
    return Answer(head, rest[:1].upper() + rest[1:])
