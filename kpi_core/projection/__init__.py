"""Where a number goes: projection with bands, the chance of meeting a target, and help in setting one.

Plain numpy on complete periods; the policy is in `policy`, its source and its figures in the docstrings.
"""

from __future__ import annotations

from kpi_core.projection.ahead import Ahead, Expected, Question, Spread, expected_of, look_ahead
from kpi_core.projection.chance import chance_of, chance_of_range, in_ten, outlook, outlook_words
from kpi_core.projection.help import (
    JudgedTarget,
    Suggestion,
    TargetGrade,
    TargetHelp,
    grade_of,
    help_with,
    judge_target,
)
from kpi_core.projection.policy import NO_BOUNDS, Bounds, History, Projection, ProjectionGrade, ProjectionKind, project

__all__ = [
    "NO_BOUNDS",
    "Ahead",
    "Bounds",
    "Expected",
    "History",
    "JudgedTarget",
    "Projection",
    "ProjectionGrade",
    "ProjectionKind",
    "Question",
    "Spread",
    "Suggestion",
    "TargetGrade",
    "TargetHelp",
    "chance_of",
    "chance_of_range",
    "expected_of",
    "grade_of",
    "help_with",
    "in_ten",
    "judge_target",
    "look_ahead",
    "outlook",
    "outlook_words",
    "project",
]
