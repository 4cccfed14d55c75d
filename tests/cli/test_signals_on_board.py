from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run
from tests.service.test_usual import STABLE


def document(values: list[int], **more: object) -> dict[str, object]:
    """Define a KPI whose values end in October 2026."""
    place = 2026 * 12 + 10 - len(values)
    typed = [
        {"kpi": "Orders", "period": f"{at // 12}-{at % 12 + 1:02}", "value": value}
        for at, value in enumerate(values, start=place)
    ]
    kpi = {"name": "Orders", "unit": "count", "direction": "up", "target": 105, **more}
    return {"kpis": [kpi], "typed_values": typed}


@pytest.fixture
def _dropped(run: Run, tmp_path: Path) -> None:
    assert run("define", written(tmp_path / "set.json", json.dumps(document([*STABLE, *([102] * 8)])))).code == 0


@pytest.mark.usefixtures("_dropped")
def test_the_board_says_whether_it_is_changing_and_will_get_there(run: Run) -> None:
    (row,) = run("board", "--json").json["rows"]
    assert (row["signal"], row["signal_rule"], row["signal_since"]) == ("real change bad", "run8", "2026-03-01")
    assert row["signal_sentence"] == "A real drop since March: eight months below the usual level."
    assert row["trial_limits"] is False
    assert 0 < row["chance"] < 0.5
    assert row["outlook"].endswith(" in 10 to reach 105 in February 2027 at this pace: less likely than not.")
    shown = run("board").out
    assert "| A real drop since March: eight months below the usual level." in shown
    assert "! Orders: shows a real drop since March" in shown


def test_without_a_target_and_history_nothing_is_promised(run: Run, tmp_path: Path) -> None:
    made = document([1, 2, 3], tier="health metric")
    made["kpis"][0].pop("target")  # type: ignore[index]
    run("define", written(tmp_path / "set.json", json.dumps(made)))
    (row,) = run("board", "--json").json["rows"]
    assert (row["signal"], row["signal_sentence"]) == ("none yet", "Not enough history: 3 of 6 months.")
    assert (row["chance"], row["outlook"], row["signal_rule"], row["signal_since"]) == (None, None, None, None)


@pytest.mark.usefixtures("_dropped")
def test_what_changed_since_a_day_or_the_last_visit(run: Run) -> None:
    found = run("digest", "--since", "2026-10-03", "--json").json
    assert found == {
        "as_of": "2026-11-03",
        "since": "2026-10-03",
        "sentence": "Since 3 October: 1 real change.",
        "changes": [
            {
                "kpi": "Orders",
                "kind": "real change",
                "sentence": "shows a real drop since March: eight months below the usual level.",
            }
        ],
    }
    assert run("digest", "--seen").out.startswith("This is your first look")
    assert run("digest").out == "Since 3 November: nothing new.\n"
    lines = run("digest", "--since", "2026-10-03").out.splitlines()
    assert lines[1] == "- Orders shows a real drop since March: eight months below the usual level."
    assert run("digest", "--since", "2026-11-03").code == 2


@pytest.mark.usefixtures("_dropped")
def test_a_rebase_travels_with_the_definitions(run: Run, tmp_path: Path) -> None:
    rebases = [{"from": "2026-03-01", "reason": "second shop"}]
    made = document([*STABLE, *([102] * 8)], rebases=rebases, alert="any")
    assert run("define", written(tmp_path / "set.json", json.dumps(made))).code == 0
    (row,) = run("board", "--json").json["rows"]
    assert (row["signal"], row["trial_limits"]) == ("routine", True)
    (kpi,) = json.loads(run("definitions").out)["kpis"]
    assert (kpi["rebases"], kpi["alert"]) == (rebases, "any")
