from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run

DOCUMENT = {
    "kpis": [
        {"name": "NPS", "unit": "score", "direction": "up", "target": 55, "owner": "owner"},
        {"name": "Orders", "unit": "count", "direction": "up", "target": 10},
    ],
    "typed_values": [
        {"kpi": "NPS", "period": "2026-10", "value": 30},
        {"kpi": "Orders", "period": "2026-10", "value": 12},
    ],
}


@pytest.fixture
def defined(run: Run, tmp_path: Path) -> Run:
    assert run("define", written(tmp_path / "set.json", json.dumps(DOCUMENT))).code == 0
    return run


def test_the_agenda_is_printed_for_people_and_for_programs(defined: Run) -> None:
    found = defined("review", "--json").json
    assert found["as_of"] == "2026-11-03"
    assert [(each["kpi"], each["topic"]) for each in found["agenda"]] == [("NPS", "off target"), ("Orders", "the rest")]
    lines = defined("review").out.splitlines()
    assert lines[0] == "Off target"
    assert lines[1].startswith("  NPS is off target")
    assert defined("review", "--as-of", "2026-11-30").code == 2


def test_actions_are_added_listed_and_closed(defined: Run) -> None:
    assert defined("actions").out == "None.\n"
    what = ("--kpi", "nps", "--what", "Call ten customers", "--owner", "owner", "--due", "2026-11-20")
    made = defined("actions", "add", *what, "--json").json
    assert (made["id"], made["state"], made["kpi"]) == (1, "open", "NPS")
    assert defined("actions").out == "1  NPS: Call ten customers (owner), due 20 November\n"
    assert defined("review", "--json").json["agenda"][0]["topic"] == "open actions"
    assert (
        defined("actions", "change", "1", "--owner", "clerk", "--due", "2026-11-25", "--json").json["owner"] == "clerk"
    )
    assert defined("actions", "list", "--owner", "owner", "--json").json == {"actions": []}
    assert defined("actions", "done", "1", "--why", "slow replies", "--json").json["result"] == "slow replies"
    assert defined("actions").out == "None.\n"
    assert "done 3 November: slow replies" in defined("actions", "--all").out
    assert defined("actions", "reopen", "1").code == 0
    assert defined("actions", "drop", "1", "--why", "too late", "--json").json["state"] == "dropped"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "--kpi", "NPS"), "An action needs --kpi, --what, --owner and --due."),
        (("done",), "Which action?"),
        (("done", "7"), "There is no action number 7."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(defined: Run, arguments: tuple[str, ...], sentence: str) -> None:
    refused = defined("actions", *arguments)
    assert refused.code == 2
    assert sentence in refused.err
