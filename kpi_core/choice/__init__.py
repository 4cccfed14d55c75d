"""From goals to a board of at most five: which KPIs are proposed for a kind of business and the goals it picked.

The lists are `data/catalogue/goal_tree.tsv`; the rule is fixed, so that the same answers always make the same board.
"""

from __future__ import annotations

from kpi_core.choice.business import BUSINESSES, KindOfBusiness, goals_of, suggested_for
from kpi_core.choice.moves import (
    with_answer,
    with_answered,
    with_beside,
    with_business,
    with_goal,
    with_pick,
    with_sentence,
    with_typed,
)
from kpi_core.choice.progress import (
    MOST_GOALS,
    Answers,
    GoalStep,
    Progress,
    Saying,
    progress_from_text,
    progress_to_text,
    reachable,
)
from kpi_core.choice.proposal import Beside, Choice, Proposal, TypedKpi
from kpi_core.choice.propose import missing, propose
from kpi_core.choice.rule import FEW, KIN, MOST

__all__ = [
    "BUSINESSES",
    "FEW",
    "KIN",
    "MOST",
    "MOST_GOALS",
    "Answers",
    "Beside",
    "Choice",
    "GoalStep",
    "KindOfBusiness",
    "Progress",
    "Proposal",
    "Saying",
    "TypedKpi",
    "goals_of",
    "missing",
    "progress_from_text",
    "progress_to_text",
    "propose",
    "reachable",
    "suggested_for",
    "with_answer",
    "with_answered",
    "with_beside",
    "with_business",
    "with_goal",
    "with_pick",
    "with_sentence",
    "with_typed",
]
