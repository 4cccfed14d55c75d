"""A question about the numbers of a sentence, answered by one of its readings."""

from __future__ import annotations

from dataclasses import replace

from kpi_core.goal_sentence.coach import percent_or_points
from kpi_core.goal_sentence.quantity import find_quantities
from kpi_core.goal_sentence.relation import relate
from kpi_core.goal_sentence.sentence import Aim, GoalSentence


def with_numbers(goal: GoalSentence, answer: str) -> GoalSentence | None:
    """Give the sentence as it reads with the answer, "from 42 to 55", "by 8%", "at most 3"; None where it is no number.

    >>> from datetime import date
    >>> from kpi_core.goal_sentence.read import read_goal
    >>> goal = with_numbers(read_goal("NPS 42 55", date(2026, 11, 21)), "from 42 to 55")
    >>> str(goal.baseline), str(goal.target), goal.direction.value
    ('42', '55', 'up')
    """
    related = relate(answer.lower(), find_quantities(answer.lower()), "")
    if related.target is None:
        return None
    changed = related.aim is Aim.RELATIVE_CHANGE
    said = dict.fromkeys(("target", "baseline") if related.baseline is not None else ("target",), answer)
    settled = replace(
        goal,
        target=related.target,
        baseline=related.baseline,
        aim=related.aim,
        comparison=related.comparison,
        unit=goal.unit if changed else related.unit or goal.unit,
        direction=related.way or goal.direction,
        read_from={**goal.read_from, **said},
    )
    further = percent_or_points(settled)
    return replace(settled, questions=(*settled.questions, further)) if further else settled
