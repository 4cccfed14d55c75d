"""What each answer makes of the progress; no click throws away what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.choice import BUSINESSES, MOST_GOALS, GoalStep, Progress, Saying, goals_of
from kpi_core.choice.moves import (
    with_answer,
    with_answered,
    with_beside,
    with_business,
    with_goal,
    with_pick,
    with_sentence,
)

DAY = date(2026, 11, 21)
REVENUE = Saying("grow_revenue", "revenue 400k to 500k by june", DAY)
BOTH = Saying("grow_revenue", "NPS to 55 and churn to 3 %", DAY)
SHOP = Progress(
    GoalStep.WORDS, "shop", ("grow_revenue", "better_website"), (REVENUE,), ("aov",), ("csat",), (("aov", 3),)
)


def test_a_goal_that_is_taken_back_hides_its_sentences_and_shows_them_again() -> None:
    without = with_goal(SHOP, "grow_revenue", picked=False)
    assert (without.goals, without.heard, without.sayings) == (("better_website",), (), (REVENUE,))
    assert (without.picks, without.beside, without.settled) == (None, None, SHOP.settled)
    again = with_goal(without, "grow_revenue", picked=True)
    assert (again.goals, again.heard) == (("better_website", "grow_revenue"), (REVENUE,))


def test_a_fourth_goal_is_not_picked() -> None:
    three = with_goal(SHOP, "cash_safe", picked=True)
    assert len(three.goals) == MOST_GOALS
    assert with_goal(three, "more_profit", picked=True) == three


def test_another_kind_of_business_keeps_the_goals_that_it_has_too() -> None:
    saas = with_business(SHOP, "saas")
    assert (saas.business, saas.goals, saas.step) == ("saas", ("grow_revenue",), GoalStep.BUSINESS)
    assert (saas.heard, saas.picks, saas.settled) == ((REVENUE,), None, SHOP.settled)
    assert with_business(SHOP, "shop") is SHOP


def test_a_sentence_said_anew_is_asked_about_anew_and_an_empty_one_goes() -> None:
    answered = replace(SHOP, sayings=(with_answer(REVENUE, "now", "400k"),))
    assert with_sentence(answered, "grow_revenue", 0, REVENUE.text, date(2026, 11, 25)) == answered
    other = with_sentence(answered, "grow_revenue", 0, " revenue 500k ", DAY)
    assert other.sayings == (Saying("grow_revenue", "revenue 500k", DAY),)
    assert with_sentence(SHOP, "grow_revenue", 0, "", DAY).sayings == ()
    second = with_sentence(SHOP, "better_website", 0, "conversion 3 %", DAY)
    assert second.sayings == (REVENUE, Saying("better_website", "conversion 3 %", DAY))


def test_a_sentence_is_split_once() -> None:
    said = replace(SHOP, sayings=(BOTH, REVENUE))
    yes = with_answer(BOTH, "split", "yes")
    split = with_answered(said, BOTH, yes, ["churn to 3 %"])
    assert split.sayings == (yes, Saying("grow_revenue", "churn to 3 %", DAY), REVENUE)
    further = with_answer(yes, "now", "42")
    assert with_answered(split, yes, further, ["churn to 3 %"]).sayings == (further, *split.sayings[1:])


def test_picks_are_swapped_in_their_place_dropped_and_added() -> None:
    picks = ("aov", "revenue", "csat")
    assert with_pick(SHOP, picks, "revenue", "mrr").picks == ("aov", "mrr", "csat")
    assert with_pick(SHOP, picks, "revenue", None).picks == ("aov", "csat")
    assert with_pick(SHOP, picks, None, "nps").picks == (*picks, "nps")
    assert with_pick(SHOP, picks, None, None).picks == picks


def test_ticks_of_health_metrics_come_and_go() -> None:
    assert with_beside(SHOP, ("csat",), "nps", wanted=True).beside == ("csat", "nps")
    assert with_beside(SHOP, ("csat", "nps"), "csat", wanted=False).beside == ("nps",)


KINDS = [kind.key for kind in BUSINESSES]
GOALS = sorted({goal.key for kind in KINDS for goal in goals_of(kind)})


@given(
    st.lists(
        st.tuples(st.just("business"), st.sampled_from(KINDS))
        | st.tuples(st.sampled_from(["pick", "take back"]), st.sampled_from(GOALS))
    )
)
def test_no_click_loses_a_sentence(clicks: list[tuple[str, str]]) -> None:
    progress = SHOP
    for what, key in clicks:
        if what == "business":
            progress = with_business(progress, key)
        else:
            progress = with_goal(progress, key, picked=what == "pick")
        assert progress.sayings == SHOP.sayings
        assert len(progress.goals) <= MOST_GOALS
        assert (REVENUE in progress.heard) == ("grow_revenue" in progress.goals)
