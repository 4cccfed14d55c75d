"""A goal sentence as the plain dictionary that the command prints and that labelled sentences are scored by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.goal_sentence.read import read_goal

if TYPE_CHECKING:
    from datetime import date
    from enum import StrEnum
    from fractions import Fraction

    from kpi_core.goal_sentence.sentence import GoalSentence

Plain = dict[str, object]


def parse(text: str, today: date) -> Plain:
    """Read a sentence into plain values.

    >>> from datetime import date
    >>> parse("no shows below 4%", date(2026, 11, 21))["comparison"]
    '<'
    """
    return plain(read_goal(text, today))


def plain(goal: GoalSentence) -> Plain:
    """Give the fields as plain values; null is what the sentence does not say."""
    target = goal.target
    return {
        "type": goal.type.value,
        "metric": goal.metric,
        "direction": _value(goal.direction),
        "baseline": _number(goal.baseline),
        "target": [_number(end) for end in target] if isinstance(target, tuple) else _number(target),
        "target_kind": _value(goal.aim),
        "unit": goal.unit,
        "deadline": _deadline(goal),
        "cadence": goal.cadence,
        "segment": goal.segment,
        "multi": goal.multi,
        "comparison": _value(goal.comparison),
        "catalogue": goal.catalogue,
        "others": list(goal.others),
        "questions": [
            {"id": each.ask.value, "text": each.text, "choices": list(each.choices)} for each in goal.questions
        ],
        "read_from": dict(goal.read_from),
    }


def _deadline(goal: GoalSentence) -> Plain | None:
    if goal.deadline is None:
        return None
    return {"text": goal.deadline.text, "date": goal.deadline.date and goal.deadline.date.isoformat()}


def _value(choice: StrEnum | None) -> str | None:
    return None if choice is None else choice.value


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
