"""The business's own year and its way of writing numbers decide how a sentence is read, or a question does."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kpi_core.goal_sentence import GoalAsk, read_goal
from kpi_core.period import Calendar

TODAY = date(2026, 11, 21)
JULY = Calendar(fiscal_month=7)
SIXTH_OF_APRIL = Calendar(fiscal_month=4, fiscal_day=6)


@pytest.mark.parametrize(
    ("words", "calendar", "day"),
    [
        ("by the end of the financial year", JULY, date(2027, 6, 30)),
        ("by the end of the tax year", SIXTH_OF_APRIL, date(2027, 4, 5)),
        ("by the end of the next fiscal year", JULY, date(2028, 6, 30)),
        ("fy26/27", JULY, date(2027, 6, 30)),
        ("by fiscal Q1", JULY, date(2027, 9, 30)),
        ("this quarter", JULY, date(2026, 12, 31)),  # the same in both
        ("by the end of the calendar year", JULY, date(2026, 12, 31)),
        ("by the end of 2027", JULY, date(2027, 12, 31)),
        ("by June", JULY, date(2027, 6, 30)),
        ("within two quarters", JULY, date(2027, 5, 21)),
        ("by the end of the financial year", Calendar(), date(2026, 12, 31)),
    ],
)
def test_a_deadline_of_the_business_year_is_its_last_day(words: str, calendar: Calendar, day: date) -> None:
    deadline = read_goal(f"revenue to 500k {words}", TODAY, calendar).deadline
    assert deadline is not None
    assert deadline.date == day


@pytest.mark.parametrize(
    ("words", "calendar", "choices"),
    [
        ("by end of year", JULY, ("31 December 2026", "30 June 2027")),
        ("next year", SIXTH_OF_APRIL, ("31 December 2027", "5 April 2028")),
        ("by Q3", JULY, ("31 March 2027", "30 September 2027")),
        ("this quarter", SIXTH_OF_APRIL, ("31 December 2026", "5 January 2027")),
        ("in FY27", JULY, ("30 June 2027", "30 June 2028")),
    ],
)
def test_words_that_may_be_of_either_year_are_asked(words: str, calendar: Calendar, choices: tuple[str, ...]) -> None:
    goal = read_goal(f"NPS to 55 {words}", TODAY, calendar)
    assert goal.deadline is not None
    assert goal.deadline.date is None
    assert [(each.ask, each.choices) for each in goal.questions] == [(GoalAsk.WHICH_DAY, choices)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("rating from 3,500 to 4,125", (Fraction(7, 2), Fraction(33, 8))),
        ("waste from 1,250 to 1,000 kg", (Fraction(5, 4), Fraction(1))),
        ("waste from 1.250 to 1.000 kg", (Fraction(1250), Fraction(1000))),
        ("followers from 1,500 to 2.000", (Fraction(1500), Fraction(2000))),  # things have no decimals
        ("revenue from \u20ac3,500 to \u20ac4.000", (Fraction(3500), Fraction(4000))),  # money has no thousandths
    ],
)
def test_a_business_that_writes_the_comma_is_read_so(text: str, numbers: tuple[Fraction, Fraction]) -> None:
    goal = read_goal(text, TODAY, decimal_comma=True)
    assert (goal.baseline, goal.target) == numbers
    assert goal.read_from["target"] in text


def test_the_usual_point_with_three_digits_behind_it_is_still_asked() -> None:
    assert [each.ask for each in read_goal("rating from 3.500 to 4.125", TODAY).questions] == [GoalAsk.THOUSANDS]


@pytest.mark.parametrize("words", ["by 31 Feb 2027", "by 30/02/2027", "by 2027-02-30", "by 31 June"])
def test_a_day_that_no_calendar_has_is_kept_in_words(words: str) -> None:
    goal = read_goal(f"churn to 2 % {words}", TODAY)
    assert goal.deadline is not None
    assert (goal.deadline.text, goal.deadline.date, goal.target) == (words, None, Fraction(2))


def test_a_day_that_no_goal_reaches_leaves_the_target_as_it_is() -> None:
    goal = read_goal("revenue to 500000 by 9999-12-31", TODAY)
    assert goal.deadline is not None
    assert (goal.metric, goal.target, goal.deadline.date) == ("revenue", Fraction(500000), None)


def test_yesterday_is_over() -> None:
    goal = read_goal("churn to 2 % by yesterday", TODAY)
    assert [(each.ask, each.choices) for each in goal.questions] == [(GoalAsk.PAST_DAY, ())]
