"""Two goals in one are offered apart, each readable by itself; one goal stays whole."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_core.goal_sentence import parse

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("ig followers 2k to 5k and 40 dms a wk", ["40 dms a wk"]),
        ("Raise gross margin to 48% and cut overheads by 6%", ["cut overheads by 6%"]),
        ("revenue 500k, profit 60k, 3 new hires", ["profit 60k", "3 new hires"]),
        ("5 google reviews a month, min 4.5 stars", ["min 4.5 stars"]),
        ("Reduce staff turnover to 15%; raise the engagement score to 8", ["raise the engagement score to 8"]),
        ("more reviews & fewer complaints", ["fewer complaints"]),
        ("Open a Leeds office by May and win 10 clients there", ["win 10 clients there"]),
        ("grow list to 5000 / open rate 40%", ["open rate 40%"]),
    ],
)
def test_further_goals_stand_apart_in_the_words_that_were_typed(text: str, others: list[str]) -> None:
    found = parse(text, TODAY)
    assert (found["others"], found["multi"]) == (others, True)
    assert all(parse(other, TODAY)["multi"] is False for other in others)


@pytest.mark.parametrize(
    "text",
    [
        "health and safety incidents down from 7 to 3",
        "Research and development spend of 4% of sales",
        "Keep debtor days between 30 and 35",
        "Fri+Sat covers from 90 to 110",
        "revenue 800k, 650k last year",
        "We had 12 referrals last quarter and want 20 this quarter",
        "At the moment we convert 12% of leads; we want 20%",
        "finish GDPR audit, 15 dec",
        "Deliver 95% of projects on time and within budget",
        "turnover £1,250,000 next year",
        "Cut gas and electricity bills by 15%",
        "Grow hair and beauty revenue from 12k to 15k",
        "Reduce sick, holiday and training cover costs by £500 a month",
        "Cut wait times at reception, from 12 min to 5",
        "Attract 15 more students, each paying £300",
    ],
)
def test_one_goal_stays_whole(text: str) -> None:
    assert parse(text, TODAY)["others"] == []


def test_a_deadline_at_the_end_holds_for_the_first_goal_too() -> None:
    found = parse("hire 3 drivers, 2 dispatchers by april", TODAY)
    assert found["deadline"] == {"text": "by april", "date": "2027-04-30"}
