"""Where numbers and words of a goal do not agree, it is asked and nothing is filled."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kpi_core.goal_sentence import (
    GoalAsk,
    GoalQuestion,
    GoalSentence,
    SentenceType,
    Way,
    parse,
    plain,
    read_goal,
    with_numbers,
)

TODAY = date(2026, 11, 21)


def asked(text: str) -> tuple[GoalSentence, GoalQuestion]:
    goal = read_goal(text, TODAY)
    return goal, next(each for each in goal.questions if each.ask is GoalAsk.NUMBERS)


@pytest.mark.parametrize(
    ("text", "question", "choices"),
    [
        ("NPS 42 55", "How do 42 and 55 belong together?", ("from 42 to 55", "from 55 to 42", "between 42 and 55")),
        (
            "costs up 3%",
            "Less of it is usually better, but your sentence says up by 3%. How is it meant?",
            ("up by 3%", "down by 3%"),
        ),
        (
            "wages from 30k to 34k",
            "Less of it is usually better, but your sentence says from 30k to 34k. How is it meant?",
            ("from 30k to 34k", "from 34k to 30k"),
        ),
        (
            "conversion up to 3 %",
            "Is 3 % the most it may be, or where it should get to?",
            ("to 3 %", "at most 3 %"),
        ),
        (
            "NPS of 42 to 55",
            "How do 42 and 55 belong together?",
            ("from 42 to 55", "from 55 to 42", "between 42 and 55"),
        ),
        ("covers 40 60 80", "How do 40, 60 and 80 belong together?", ("to 40", "to 60", "to 80")),
        (
            "waiting time <= 15 min for 90% of patients",
            "Which of 15 min and 90% is the goal?",
            ("to 15 min", "to 90%"),
        ),
        (
            "reduce churn from 3% to 6%",
            "Your sentence says reduce, but from 3% to 6% is the other way. How is it meant?",
            ("from 3% to 6%", "from 6% to 3%"),
        ),
        (
            "improve csat from 90 to 80",
            "Your sentence says improve, but from 90 to 80 is the other way. How is it meant?",
            ("from 90 to 80", "from 80 to 90"),
        ),
        (
            "lead time from 2 months to 3 weeks",
            "2 months and 3 weeks are in different units, and neither turns into the other for sure. Say both in one.",
            (),
        ),
        (
            "wage bill from \u00a35k to \u20ac6k",
            "\u00a35k and \u20ac6k are in different units, and neither turns into the other for sure. Say both in one.",
            (),
        ),
        (
            "Reduce complaints by 10 to 15%",
            "A change by 10% to 15%: from how much on is the goal reached?",
            ("by 10%", "by 15%"),
        ),
        (
            "Increase revenue 10-15%",
            "A change by 10% to 15%: from how much on is the goal reached?",
            ("by 10%", "by 15%"),
        ),
        ("increase headcount by 2 to 12", "How is \u201cby 2 to 12\u201d meant?", ("by 2", "by 12", "to 12")),
        (
            "Revenue should fall no more than 5%",
            (
                "\u201cno more than 5%\u201d says how far it may move, not where it should be. "
                "Type the level that it must not pass."
            ),
            (),
        ),
        (
            "cut costs \u00a3500",
            "Is \u00a3500 where it should get to, or by how much it should change?",
            ("to \u00a3500", "by \u00a3500"),
        ),
        ("halve churn to 2%", "How is 2% meant?", ("to 2%",)),
        (
            "sales of \u20ac5k from 3 shops",
            "How do \u20ac5k and 3 belong together?",
            ("from \u20ac5k to 3", "from 3 to \u20ac5k", "between \u20ac5k and 3"),
        ),
        ("revenue 2030", "Is 2030 the number to reach, or a year? For a year, say the number too.", ("to 2030",)),
        ("gross margin 0.45", "How many percent is 0.45?", ("to 45%", "to 0.45%")),
        (
            "food cost 28% to 32%",
            "How do 28% and 32% belong together?",
            ("from 28% to 32%", "from 32% to 28%", "between 28% and 32%"),
        ),
        ("response time 1:30", "How long is 1:30?", ("1 h 30 min", "1 min 30 s")),
        ("we don't want any complaints over 3", "Which side of 3 is good?", ("at most 3", "at least 3")),
    ],
)
def test_what_can_be_read_in_several_ways_is_asked_and_stays_empty(
    text: str, question: str, choices: tuple[str, ...]
) -> None:
    goal, about = asked(text)
    assert (about.text, about.choices) == (question, choices)
    assert (goal.target, goal.baseline, goal.aim, goal.comparison) == (None, None, None, None)
    assert "target" not in goal.read_from


@pytest.mark.parametrize(
    ("text", "answer", "baseline", "target", "way", "aim"),
    [
        ("NPS 42 55", "from 42 to 55", 42, 55, "up", "absolute"),
        ("NPS 42 55", "from 55 to 42", 55, 42, "down", "absolute"),
        ("reduce churn from 3% to 6%", "from 6% to 3%", 6, 3, "down", "absolute"),
        ("Increase revenue 10-15%", "by 15%", None, 15, "up", "relative_change"),
        ("Reduce complaints by 10 to 15%", "by 10%", None, 10, "down", "relative_change"),
        ("increase headcount by 2 to 12", "to 12", None, 12, "up", "absolute"),
        ("response time 1:30", "1 h 30 min", None, 90, "down", "absolute"),
        ("response time 1:30", "1 min 30 s", None, 90, "down", "absolute"),
    ],
)
def test_an_answer_fills_what_it_says(
    text: str, answer: str, baseline: float | None, target: float, way: str, aim: str
) -> None:
    goal, about = asked(text)
    assert answer in about.choices
    settled = with_numbers(goal, answer)
    assert settled is not None
    found = plain(settled)
    assert (found["baseline"], found["target"], found["direction"], found["target_kind"]) == (
        baseline,
        target,
        way,
        aim,
    )


def test_an_answer_about_a_percentage_asks_further() -> None:
    goal, _ = asked("Raise conversion by 5 to 8%")
    settled = with_numbers(goal, "by 8%")
    assert settled is not None
    assert GoalAsk.PERCENT_OR_POINTS in {each.ask for each in settled.questions}


@pytest.mark.parametrize("text", ["grow by 10%", "50", "down 20%", "under budget by 5%"])
def test_a_number_of_nothing_asks_of_what(text: str) -> None:
    assert [each.ask for each in read_goal(text, TODAY).questions] == [GoalAsk.OF_WHAT]


def test_a_day_that_is_over_is_asked_about() -> None:
    (about,) = read_goal("churn from 5 to 3 by 2025", TODAY).questions
    assert about == GoalQuestion(
        GoalAsk.PAST_DAY, "\u201cby 2025\u201d is over. Which day is meant?", ("31 December 2026", "31 December 2027")
    )


def test_a_month_and_a_number_may_be_a_day_or_a_year() -> None:
    goal = read_goal("\u00a3250k turnover by apr 27", TODAY)
    assert goal.deadline is not None
    assert goal.deadline.date is None
    assert [each.choices for each in goal.questions] == [("27 April 2027", "30 April 2027")]
    sure = read_goal("\u00a3250k turnover by apr 12", TODAY)
    assert sure.deadline is not None
    assert sure.deadline.date == date(2027, 4, 12)


@pytest.mark.parametrize(
    ("text", "comparison", "target", "metric"),
    [
        ("don't let churn exceed 3%", "<=", 3, "churn"),
        ("keep cost of sales from exceeding 30%", "<=", 30, "cost of sales"),
        ("never let stock cover drop under 2 weeks", ">=", 2, "stock cover"),
        ("stop losing more than 3 customers a month", "<=", 3, "customers lost"),
        ("never spend more than 400 a month on fuel", "<=", 400, "spend on fuel"),
    ],
)
def test_a_denied_excess_is_a_bound(text: str, comparison: str, target: int, metric: str) -> None:
    found = parse(text, TODAY)
    assert (found["comparison"], found["target"], found["metric"], found["questions"]) == (
        comparison,
        target,
        metric,
        [],
    )


@pytest.mark.parametrize(
    ("text", "baseline", "target", "unit"),
    [
        ("reduce lead time from 2 weeks to 5 days", 14, 5, "duration:d"),
        ("reduce response time from 3h to 45min", 180, 45, "duration:min"),
        ("response time under 1 hour 30 minutes", None, 90, "duration:min"),
        ("avg wait 1h30 -> 45 min", 90, 45, "duration:min"),
        ("lead time 5 days, was 2 weeks", 14, 5, "duration:d"),
        ("improve response time to under an hour", None, 1, "duration:h"),
    ],
)
def test_times_are_given_in_the_unit_of_the_target(text: str, baseline: int | None, target: int, unit: str) -> None:
    found = parse(text, TODAY)
    assert (found["baseline"], found["target"], found["unit"], found["direction"]) == (baseline, target, unit, "down")


@pytest.mark.parametrize(
    "text",
    [
        "Set up a newsletter",
        "run a customer survey in Q1",
        "move to a bigger office",
        "Build an app",
        "Get ISO 9001 certified",
        "carry out a stock take",
        "hand over payroll",
    ],
)
def test_a_task_in_any_words_is_a_task(text: str) -> None:
    assert read_goal(text, TODAY).type is SentenceType.MILESTONE


@pytest.mark.parametrize("text", ["Open tickets", "Time to fill a vacancy", "Contract value", "Hold time", "Fit"])
def test_the_name_of_a_number_is_no_task(text: str) -> None:
    assert read_goal(text, TODAY).type is not SentenceType.MILESTONE


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("sales (2 shops) from 300k to 400k", 300_000, 400_000),
        ("orders (avg 3 items) 20 -> 30", 20, 30),
        ("tickets solved (24 h) from 80 to 90 %", 80, 90),
        ("revenue from 10 to 20 by june (was 15 in 2025)", 10, 20),
        ("margin 38% (was 34)", 34, 38),
    ],
)
def test_a_number_in_brackets_does_not_beat_where_it_goes(text: str, start: int, end: int) -> None:
    goal = parse(text, TODAY)
    assert (goal["baseline"], goal["target"], goal["questions"]) == (start, end, [])


@pytest.mark.parametrize("text", ["revenue from 10 to 20 (now 12)", "revenue from 10 to 20 (target 30)"])
def test_a_number_in_brackets_that_says_otherwise_is_asked_about(text: str) -> None:
    assert asked(text)[0].target is None


@pytest.mark.parametrize(
    ("text", "target"), [("profit to -2000", -2000), ("losses down to -100", -100), ("profit to \u22125k", -5000)]
)
def test_a_minus_before_the_level_is_kept(text: str, target: int) -> None:
    assert parse(text, TODAY)["target"] == target


def test_the_level_of_a_year_is_asked_for() -> None:
    goal, question = asked("keep revenue at 2025 level")
    assert (goal.type, goal.metric, goal.direction) == (SentenceType.VAGUE, "revenue", "hold")
    assert "\u201c2025 level\u201d" in question.text


def test_which_way_is_better_stays_open_where_a_sentence_goes_against_what_is_usual() -> None:
    goal, _ = asked("wages from 30k to 34k")
    assert (goal.direction, goal.baseline, goal.target) == (None, None, None)
    settled = with_numbers(goal, "from 30k to 34k")
    assert settled is not None
    assert settled.direction is Way.UP
    assert settled.target == Fraction(34_000)
