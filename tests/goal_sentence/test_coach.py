"""What the coach asks, word for word."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_core.goal_sentence import GoalAsk, GoalQuestion, read_goal


def asked(text: str) -> tuple[GoalQuestion, ...]:
    return read_goal(text, date(2026, 11, 21)).questions


def test_by_percent_of_a_percentage_asks_percent_or_points() -> None:
    assert asked("Increase trial-to-paid conversion by 20%") == (
        GoalQuestion(
            GoalAsk.PERCENT_OR_POINTS,
            "Trial-to-paid conversion is a percentage itself. Does up by 20% mean of its present value, or points?",
            ("20% of the present value: 50% becomes 60%", "20 points: 50% becomes 70%"),
        ),
    )


def test_by_percent_of_money_asks_nothing() -> None:
    assert asked("Lift average basket value by 8%") == ()


def test_a_percentage_without_by_or_to_is_asked_about_and_stays_empty() -> None:
    goal = read_goal("raise conversion 20%", date(2026, 11, 21))
    assert goal.target is None
    assert goal.questions == (
        GoalQuestion(
            GoalAsk.CHANGE_OR_LEVEL,
            "Is 20% where it should get to, or by how much it should change?",
            ("to 20%", "by 20% of the present value", "by 20 points"),
        ),
    )


def test_two_goals_are_offered_apart() -> None:
    assert asked("ig followers 2k to 5k and 40 dms a wk") == (
        GoalQuestion(
            GoalAsk.SPLIT,
            "This sounds like two goals in one. Take the first now, and the other as a KPI of its own?",
            ("40 dms a wk",),
        ),
    )
    assert asked("revenue 500k, profit 60k, 3 new hires")[0].text == (
        "This sounds like 3 goals in one. Take the first now, and the others as KPIs of their own?"
    )


def test_a_task_is_asked_what_it_is_for() -> None:
    assert asked("get website live by 15 jan") == (
        GoalQuestion(
            GoalAsk.PURPOSE,
            "\u201cGet website live\u201d is a task: it is done or not done. "
            "What is it for, and which number would move once it is done?",
        ),
    )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Make customers happier", "How would you see that customers are happier?"),
        ("happier staff", "How would you see that staff are happier?"),
        ("less waste", "How would you see that there is less waste?"),
        ("fewer mistakes on orders", "How would you see that there are fewer mistakes on orders?"),
        ("more repeat customers", "How would you see that there are more repeat customers?"),
        ("Improve employee engagement", "How would you see that employee engagement is better?"),
        ("Keep headcount flat", "How would you see that headcount stays as it is?"),
        ("hold our prices", "How would you see that prices stay as they are?"),
        ("Become the preferred supplier", "How would you see it?"),
        ("25th anniversary party", "How would you see it?"),
        ("increase revenue and profit", "How would you see it?"),
        ("make payroll on time", "How would you see it?"),
        ("cut costs", "How would you see that costs are lower?"),
        ("improve response time", "How would you see that response time is shorter?"),
        ("grow our mailing list", "How would you see it?"),
        ("more traffic", "How would you see that traffic has grown?"),
    ],
)
def test_a_wish_is_asked_how_it_would_be_seen(text: str, question: str) -> None:
    assert asked(text) == (GoalQuestion(GoalAsk.SIGN, question),)


def test_a_number_with_one_mark_is_asked_about_where_decimals_are_possible() -> None:
    goal = read_goal("current ratio 1.500", date(2026, 11, 21))
    assert goal.target is None
    assert goal.questions == (GoalQuestion(GoalAsk.THOUSANDS, "How is 1.500 meant?", ("1.5", "1,500")),)


def test_two_numbers_that_both_may_be_the_month_are_asked_about() -> None:
    assert asked("reach 300 members by 3/4/2027") == (
        GoalQuestion(
            GoalAsk.WHICH_DAY,
            "Which day is meant by \u201cby 3/4/2027\u201d?",
            ("3 April 2027", "4 March 2027"),
        ),
    )
