"""How far the owner has come survives as text."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_core.choice import Answers, GoalStep, Progress, Saying, progress_from_text, progress_to_text, reachable
from kpi_core.errors import RefusedDefinition

FULL = Progress(
    GoalStep.DETAILS,
    "restaurant",
    ("more_profit", "happy_team"),
    (Saying("more_profit", "Prime cost under 60 %, always", date(2026, 11, 21), (("baseline", "64"),)),),
    ("prime_cost", "Thank-you notes"),
    (),
    (("prime_cost", 3),),
    (Answers("shop", ("grow_revenue",), ("aov",)),),
    ((3, (("owner", "head chef"), ("target_value", "55"))),),
)


@pytest.mark.parametrize("progress", [Progress(), Progress(GoalStep.GOALS, "shop"), FULL])
def test_what_is_written_is_read_again(progress: Progress) -> None:
    assert progress_from_text(progress_to_text(progress)) == progress


def test_each_step_needs_what_the_one_before_decides() -> None:
    assert reachable(Progress()) == (GoalStep.BUSINESS,)
    assert reachable(Progress(business="shop")) == (GoalStep.BUSINESS, GoalStep.GOALS)
    assert reachable(Progress(business="shop", goals=("grow_revenue",)))[-1] is GoalStep.BESIDE
    assert reachable(FULL) == tuple(GoalStep)


@pytest.mark.parametrize("text", ['{"version": 2}', "[]", "{", '{"version": 1, "step": "flying"}'])
def test_what_is_no_progress_is_refused(text: str) -> None:
    with pytest.raises(RefusedDefinition):
        progress_from_text(text)
