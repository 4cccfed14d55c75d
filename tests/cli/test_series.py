from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, Run

DEFAULT = Path(__file__).parents[3] / "shared" / "spc_cases"
FILE = Path(os.environ.get("SIGNALBOX_SPC_CASES", DEFAULT)) / "xmr_truth.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["series"] if FILE.exists() else []
KNOWN = [case for case in CASES if case.get("wheeler_mean")]


@pytest.fixture
def feed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with a text on standard input."""

    def feed(text: str, *arguments: object) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        return run(*arguments)

    return feed


def test_signals_print_limits_label_and_every_flag(feed: Run) -> None:
    found = feed("[10, 11, 10, 11, 10, 11, 10, 30]", "signals", "--json")
    assert found.code == 0
    assert list(found.json) == ["centre", "lower", "upper", "moving_range_mean", "range_limit", "label", "flags"]
    assert (found.json["label"], found.json["centre"]) == ("trial", 12.875)
    assert found.json["flags"] == {"outside": [7], "run8": [], "three_of_four": []}


def test_signals_take_their_limits_from_a_baseline(feed: Run) -> None:
    found = feed("[0, 10, 0, 10, 40]", "signals", "--baseline", 4, "--json").json
    assert (found["centre"], found["label"], found["flags"]["outside"]) == (5, "none", [4])
    assert feed("[0, 10, 0, 10, 40]", "signals", "--json").json["flags"]["outside"] == []


def test_a_list_without_a_step_has_no_limits(feed: Run) -> None:
    for text in ("[]", "[7]"):
        found = feed(text, "signals", "--json").json
        assert (found["centre"], found["range_limit"], found["label"]) == (None, None, "none")
        assert set(map(tuple, found["flags"].values())) == {()}


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["id"])
def test_signals_of_published_series(feed: Run, case: dict[str, Any]) -> None:
    truth = case["wheeler_mean"]
    baseline = () if case["baseline_points"] is None else ("--baseline", case["baseline_points"])
    found = feed(json.dumps(case["values"]), "signals", *baseline, "--json").json
    limits = [found[name] for name in ("centre", "lower", "upper", "moving_range_mean", "range_limit")]
    assert limits == pytest.approx([truth[name] for name in ("centre", "lower", "upper", "mr", "url")], rel=1e-9)
    assert found["flags"] == {name: truth["flags"][name] for name in ("outside", "run8", "three_of_four")}


def test_a_projection_prints_its_bands_and_the_chance_of_a_target(feed: Run) -> None:
    text = json.dumps([50 + at % 3 for at in range(24)])
    plain = feed(text, "project", "--cadence", "month", "--horizon", 3, "--json").json
    assert [len(plain[name]) for name in ("mean", "low80", "high80", "low95", "high95")] == [3] * 5
    assert plain["low95"][0] < plain["low80"][0] < plain["mean"][0] < plain["high80"][0] < plain["high95"][0]
    assert (plain["chance"], plain["grade"], plain["words"], plain["trust"]) == (None, None, None, "normal")
    easy = feed(text, "project", "--cadence", "month", "--horizon", 3, "--target", 40, "--json").json
    assert easy["chance"] > 0.9
    assert (easy["grade"], easy["words"]) == ("already met", "on course: more than 9 in 10")
    down = feed(
        text, "project", "--cadence", "month", "--horizon", 3, "--target", 40, "--direction", "down", "--json"
    ).json
    assert down["chance"] == pytest.approx(1 - easy["chance"])
    assert (down["grade"], down["words"]) == ("unlikely", "not on course as things are: less than 1 in 10")


def test_a_sum_is_judged_by_the_sum(feed: Run) -> None:
    text = json.dumps([100, 110, 95, 105, 98, 104, 99, 102])
    ask = ("project", "--cadence", "month", "--horizon", 4, "--kind", "sum", "--json", "--target")
    assert feed(text, *ask, 300).json["grade"] == "easy"
    found = feed(text, *ask, 407).json
    assert found["mean"][3] == pytest.approx(sum([found["mean"][0]] * 4))
    assert 0.4 < found["chance"] < 0.6


def test_too_little_history_has_no_projection(feed: Run) -> None:
    found = feed("[1, 2, 3, 4, 5]", "project", "--cadence", "month", "--horizon", 2, "--target", 3, "--json").json
    assert (found["mean"], found["chance"], found["trust"]) == ([], None, "too early")
    assert (found["grade"], found["words"]) == ("too little history to say", "too early to say")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "That is no JSON."),
        ("3", "That is no list."),
        ("[1, null]", "Number 2 of the list is null, which is no number to judge."),
        ("[true]", "Number 1 of the list is true, which is no number to judge."),
        ('["1"]', 'Number 1 of the list is "1", which is no number to judge.'),
        ("[NaN]", "Number 1 of the list is NaN, which is no number to judge."),
        ("[1e-99999999999999999999]", "That is no JSON."),
        ("[" * 5000, "That is no JSON."),
        ("[1e999]", 'Number 1 of the list is "1E+999", which is no number to judge.'),
    ],
)
def test_what_is_no_list_of_numbers_is_refused(feed: Run, text: str, sentence: str) -> None:
    found = feed(text, "signals", "--json")
    assert (found.code, found.json["error"]) == (2, sentence)


@pytest.mark.parametrize("target", ["nan", "inf", "-inf", "1e308"])
def test_a_target_that_no_number_comes_near_is_refused(feed: Run, target: str) -> None:
    found = feed("[1, 2, 1, 2]", "project", "--cadence", "month", "--horizon", 1, "--target", target, "--json")
    assert (found.code, found.json["error"]) == (2, f"A target of {float(target)} cannot be judged.")


def test_both_print_lines_for_people(feed: Run) -> None:
    assert "run8: none" in feed("[1, 2, 1, 2]", "signals").out
    assert "trust: rough" in feed("[1, 2, 1, 2, 1, 2]", "project", "--cadence", "month", "--horizon", 1).out
