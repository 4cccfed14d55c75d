"""The choice of at most five KPIs: the same answers always make the same board, and what is missing is said."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.catalogue import CatalogueKpi, Vanity, by_key, catalogue
from kpi_core.choice import BUSINESSES, FEW, KIN, MOST, Choice, TypedKpi, goals_of, missing, propose, words
from kpi_core.choice.rule import flatters_alone, preferences
from kpi_core.kpi import LeadLag

EXAMPLES = (
    ("restaurant", "more_profit", ("prime_cost", "food_waste", "avg_check", "net_margin")),
    ("agency", "more_profit", ("project_margin", "utilisation", "effective_rate")),
    ("saas", "keep_customers", ("churn_rate", "time_to_value", "nrr", "first_response_time")),
    ("trades", "grow_revenue", ("call_booking", "win_rate", "avg_ticket", "revenue")),
    ("shop", "better_website", ("conversion_rate", "cart_abandonment", "revenue")),
)
PICKS = [
    (business.key, goals)
    for business in BUSINESSES
    for size in (1, 2, 3)
    for goals in combinations([goal.key for goal in goals_of(business.key)], size)
]


def keys(choice: Choice) -> tuple[str, ...]:
    return tuple(each.key for each in choice.proposed)


@pytest.mark.parametrize(("business", "goal", "expected"), EXAMPLES)
def test_the_worked_examples(business: str, goal: str, expected: tuple[str, ...]) -> None:
    assert keys(propose(business, [goal])) == expected


def test_every_choice_of_up_to_three_goals_makes_a_board() -> None:
    for business, goals in PICKS:
        choice = propose(business, goals)
        board = [each.entry for each in choice.proposed if each.entry]
        assert FEW <= len(board) <= MOST
        assert len(set(keys(choice))) == len(board)
        assert all(each.vanity is not Vanity.OFTEN for each in board)
        assert not flatters_alone(board), (business, goals)
        assert all(sum(each.key in family for each in board) <= 1 for family in KIN)
        assert {goal for each in choice.proposed for goal in each.goals} == set(goals)
        assert not {each.entry.key for each in choice.beside} & set(keys(choice))


def listed(business: str, goals: tuple[str, ...]) -> list[CatalogueKpi]:
    keys = {key for goal in goals_of(business) if goal.key in goals for key in goal.headline}
    return [entry for entry in catalogue() if entry.key in keys]


@pytest.mark.parametrize("files", [0, 1, 2, 3])
def test_what_the_lists_allow_is_there_whatever_files_are(files: int) -> None:
    """The lists are looked at on their own: a file may shorten a board, but costs nothing that they give."""
    for at, (business, goals) in enumerate(PICKS[files::5]):
        entries = listed(business, goals)
        here = {entries[(at + 3 * n) % len(entries)].key for n in range(files)}
        choice = propose(business, goals, here)
        board = [each.entry for each in choice.proposed if each.entry]
        early = [each for each in entries if each.lead_lag is LeadLag.LEADING]
        said = " ".join(choice.missing)
        told = (business, goals, here)
        assert preferences(board) == preferences(entries), told
        assert sum(each in early for each in board) >= min(2, len(early)), told
        assert ("no number about customers or people" in said) == (not preferences(entries)[2]), told
        assert not flatters_alone(board), told


def test_every_list_can_be_proposed_from() -> None:
    """No list holds what is never proposed, so that what is said of a list is said of all of it."""
    entries = [entry for kind in BUSINESSES for goal in goals_of(kind.key) for entry in listed(kind.key, (goal.key,))]
    assert all(entry.vanity is not Vanity.OFTEN for entry in entries)


def test_what_the_owners_own_numbers_leave_no_room_for_is_named() -> None:
    early = ("conversion_rate", "on_time_dispatch", "cart_abandonment")
    typed = [
        TypedKpi("grow_revenue", name, key) for name, key in (*zip(early, early, strict=True), ("A", None), ("B", None))
    ]
    choice = propose("shop", ["grow_revenue"], typed=typed)
    assert len(choice.proposed) == 5
    assert "Nothing here is known to show how it came out. Revenue would: swap one for it." in choice.missing


@given(st.sampled_from(PICKS), st.frozensets(st.sampled_from([each.key for each in catalogue()])))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_goals_changes_no_choice(pick: tuple[str, tuple[str, ...]], here: frozenset[str]) -> None:
    business, goals = pick
    boards = {frozenset(keys(propose(business, each, here))) for each in permutations(goals)}
    assert len(boards) == 1
    assert len(next(iter(boards))) <= MOST


@given(
    st.sampled_from(PICKS),
    st.frozensets(st.sampled_from([each.key for each in catalogue()])),
    st.lists(st.sampled_from([*(each.key for each in catalogue()), None]), max_size=7)
    | st.lists(st.sampled_from([*sorted(frozenset().union(*KIN)), None]), max_size=7, unique=True),
)
@settings(max_examples=50, deadline=None)
def test_own_numbers_come_first_and_five_stays_five(
    pick: tuple[str, tuple[str, ...]], here: frozenset[str], own: list[str | None]
) -> None:
    business, goals = pick
    typed = [TypedKpi(goals[n % len(goals)], f"Number {n}", key) for n, key in enumerate(own)]
    choice = propose(business, goals, here, typed)
    assert choice == propose(business, goals, here, typed)
    assert len(choice.proposed) <= MOST
    different = len({key or str(n) for n, key in enumerate(own)})
    assert sum(each.typed for each in choice.proposed) == min(different, MOST)
    assert any("rest wait" in each for each in choice.missing) == (different > MOST)
    suggested = [each.key for each in choice.proposed if not each.typed]
    typed_keys = {each.key for each in choice.proposed if each.typed}
    for family in KIN:
        assert len(family & set(suggested)) <= (0 if family & typed_keys else 1)
    twice = sum("one thing twice" in each for each in choice.missing)
    assert twice == sum(len(family & typed_keys) > 1 for family in KIN)


@pytest.mark.parametrize(
    ("business", "goal", "own"),
    [
        ("saas", "keep_customers", ("churn_rate", "retention_rate")),
        ("saas", "grow_revenue", ("revenue", "mrr")),
        ("restaurant", "more_profit", ("food_cost", "labour_cost")),
    ],
)
def test_two_of_the_owners_own_that_follow_from_each_other_both_stay(
    business: str, goal: str, own: tuple[str, str]
) -> None:
    choice = propose(business, [goal], typed=[TypedKpi(goal, key, key) for key in own])
    assert set(own) <= set(keys(choice))
    assert choice.missing[0] == (
        f"{own[0]} and {own[1]} tell one thing twice: each follows from the other by arithmetic. "
        "Drop one, and another fits in."
    )


def test_a_number_of_the_owners_takes_the_place_of_the_best_one_of_its_goal() -> None:
    own = TypedKpi("happier_customers", "Thank-you notes a week")
    choice = propose("restaurant", ["more_profit", "happier_customers"], typed=[own])
    assert "task_time" in keys(propose("restaurant", ["more_profit", "happier_customers"]))
    assert "Thank-you notes a week" in keys(choice)
    assert "task_time" not in keys(choice)
    assert "task_time" in {each.entry.key for each in choice.beside}


def test_a_number_of_the_list_itself_pushes_no_other_out() -> None:
    own = TypedKpi("more_profit", "Prime cost", "prime_cost")
    choice = propose("restaurant", ["more_profit"], typed=[own])
    assert keys(choice) == ("prime_cost", "food_waste", "avg_check", "net_margin")
    assert [each.typed for each in choice.proposed] == [True, False, False, False]


def test_where_three_have_their_data_the_board_has_three() -> None:
    choice = propose("restaurant", ["grow_revenue", "more_profit"], {"avg_check", "covers", "net_margin"})
    assert len(choice.proposed) == 3
    assert {"avg_check", "covers"} <= set(keys(choice))
    assert len(propose("restaurant", ["grow_revenue", "more_profit"], {"avg_check"}).proposed) == 3
    assert len(propose("restaurant", ["grow_revenue", "more_profit"]).proposed) == 5


def test_data_that_is_here_decides_between_equals() -> None:
    shop = propose("shop", ["happier_customers", "keep_customers"], {"csat"})
    reasons = {each.key: each.reason for each in shop.proposed}
    assert reasons["csat"] == "Serves both goals, shows how it came out and its data is here already."
    assert reasons["on_time_dispatch"] == "Serves both goals and moves before the result does."


def test_a_counter_measure_is_offered_as_health_metric_with_its_reason() -> None:
    beside = {each.entry.key: each.reason for each in propose("shop", ["better_website"]).beside}
    assert beside["gross_margin"] == "Shows whether Revenue only looks good."
    assert beside["website_traffic"] == "Tells more about \u201cA website that works\u201d."
    assert all((entry := by_key(key)) and entry.key == key for key in beside)


def test_no_goal_and_an_unknown_kind_of_business_propose_nothing() -> None:
    assert propose("shop", []) == Choice()
    assert propose("zoo", ["grow_revenue"]) == Choice()
    assert propose("shop", ["happy_team"]) == Choice()


def test_more_than_five_own_numbers_are_told_to_wait() -> None:
    typed = [TypedKpi("grow_revenue", f"Number {n}") for n in range(6)]
    choice = propose("shop", ["grow_revenue"], typed=typed)
    assert keys(choice) == tuple(f"Number {n}" for n in range(5))
    assert choice.missing == (
        "You named 6 numbers of your own. Five fit on the board; the rest wait until one of them goes.",
    )


def test_what_an_owner_put_together_is_looked_at_as_it_stands() -> None:
    goals = ["grow_revenue", "cash_safe"]
    proposed = propose("shop", goals)
    assert missing("shop", goals, keys(proposed)) == proposed.missing == ()
    assert missing("shop", goals, ["conversion_rate", "new_customers"]) == (
        "Nothing here is known to show how it came out. Revenue would: swap one for it.",
        "All of these look at one side of the business: customers. Cash runway would show another: swap one for it.",
    )
    assert missing("shop", goals, ["revenue", "mrr", "conversion_rate"]) == (
        words.TWICE.format("Revenue and Monthly recurring revenue"),
    )
    assert missing("shop", goals, ["Thank-you notes"], [TypedKpi("grow_revenue", "Thank-you notes")]) == ()
