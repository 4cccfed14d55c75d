"""A goal in plain words, read into the fields of the form: number, date and verb grammar, no model.

What the sentence does not say stays empty; what can be read two ways stays empty too, and the coach asks.
"""

from __future__ import annotations

from kpi_core.goal_sentence.answer import with_numbers
from kpi_core.goal_sentence.read import read_goal
from kpi_core.goal_sentence.scored import parse, plain
from kpi_core.goal_sentence.sentence import Aim, Deadline, GoalAsk, GoalQuestion, GoalSentence, SentenceType, Way

__all__ = [
    "Aim",
    "Deadline",
    "GoalAsk",
    "GoalQuestion",
    "GoalSentence",
    "SentenceType",
    "Way",
    "parse",
    "plain",
    "read_goal",
    "with_numbers",
]
