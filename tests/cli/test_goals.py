from __future__ import annotations

import os
from datetime import date

from kpi_core.business import Business
from kpi_core.goal_sentence import parse
from kpi_core.service import keeping, place
from tests.cli.running import NOW, Run

PROMISED = {
    *("type", "metric", "direction", "baseline", "target", "target_kind", "unit", "deadline", "cadence", "segment"),
    *("multi", "comparison", "catalogue"),
}


def test_goal_prints_the_promised_fields_and_what_the_coach_asks(run: Run) -> None:
    sentence = "ig followers 2k to 5k by june and 40 dms a wk"
    ran = run("goal", sentence, "--today", "2026-11-21", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.json) == PROMISED | {"others", "questions", "read_from"}
    assert ran.json == parse(sentence, date(2026, 11, 21))
    assert ran.json["deadline"] == {"text": "by june", "date": "2027-06-30"}
    assert ran.json["questions"][0]["choices"] == ["40 dms a wk"]


def test_a_goal_is_counted_from_today_where_no_day_is_stated(run: Run) -> None:
    found = run("goal", "nps 50 within 10 days", "--json").json
    assert found["deadline"] == {"text": "within 10 days", "date": "2026-11-13"}


def test_goal_says_the_same_in_words(run: Run) -> None:
    ran = run("goal", "no shows below 4% by q2", "--today", "2026-11-21")
    assert ran.out.splitlines() == [
        "type: kpi",
        "metric: no shows",
        "direction: down",
        "target: 4",
        "target_kind: threshold",
        "unit: percent",
        "deadline: 2027-06-30 (by q2)",
        "comparison: <",
        "catalogue: no_show_rate",
    ]


def test_a_day_that_is_none_is_refused(run: Run) -> None:
    assert run("goal", "nps 50", "--today", "soon").code == 2


def test_the_settings_of_the_data_file_decide_how_a_goal_is_read(run: Run) -> None:
    keeping.save_settings(place.data_file(os.environ), Business(locale="de_DE", fiscal_month=7), NOW)
    found = run("goal", "rating to 3,500 by fiscal year end", "--today", "2026-11-21", "--json").json
    assert (found["target"], found["deadline"]["date"]) == (3.5, "2027-06-30")
