"""Every goal of every kind of business has a list that a board can be made of."""

from __future__ import annotations

from collections import Counter

import pytest

from kpi_core.catalogue import CatalogueGoal, Vanity, by_key, catalogue, goals
from kpi_core.choice import BUSINESSES, FEW, KIN, MOST, goals_of
from kpi_core.choice.rule import flatters_alone
from kpi_core.kpi import LeadLag

GOALS = goals()


def _id(goal: CatalogueGoal) -> str:
    return f"{goal.business} {goal.key}"


def test_every_kind_of_business_has_nine_goals() -> None:
    assert Counter(goal.business for goal in GOALS) == {each.key: 9 for each in BUSINESSES}
    assert all(len({goal.key for goal in goals_of(each.key)}) == 9 for each in BUSINESSES)


def test_a_goal_is_said_in_the_same_words_everywhere() -> None:
    assert len({(goal.key, goal.name) for goal in GOALS}) == len({goal.key for goal in GOALS}) == 18


@pytest.mark.parametrize("goal", GOALS, ids=_id)
def test_the_headline_list_is_short_early_and_late_and_never_vain(goal: CatalogueGoal) -> None:
    entries = [entry for key in goal.headline if (entry := by_key(key))]
    assert len(entries) == len(set(goal.headline)) == len(goal.headline)
    assert FEW <= len(entries) <= MOST
    assert {each.lead_lag for each in entries} == set(LeadLag)
    assert all(each.vanity is not Vanity.OFTEN for each in entries)
    assert not flatters_alone(entries)
    assert all(len(family & set(goal.headline)) <= 1 for family in KIN)


@pytest.mark.parametrize("goal", GOALS, ids=_id)
def test_two_sides_of_the_business_are_looked_at(goal: CatalogueGoal) -> None:
    assert len({entry.perspective for key in goal.headline if (entry := by_key(key))}) > 1


@pytest.mark.parametrize("goal", GOALS, ids=_id)
def test_what_would_show_gaming_is_in_the_list(goal: CatalogueGoal) -> None:
    known = {entry.key for entry in catalogue()}
    listed = {*goal.headline, *goal.health}
    assert listed <= known
    assert len(listed) == len(goal.headline) + len(goal.health)
    assert {entry.counter_metric for key in goal.headline if (entry := by_key(key))} <= listed


@pytest.mark.parametrize("goal", GOALS, ids=_id)
def test_the_question_is_one_question_in_plain_words(goal: CatalogueGoal) -> None:
    assert goal.question.endswith("?")
    assert len(goal.question.split()) <= 20
    assert "KPI" not in goal.question
