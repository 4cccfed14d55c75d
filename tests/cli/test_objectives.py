from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import written
from tests.cli.running import Run

DOCUMENT = {
    "kpis": [
        {"name": "NPS", "unit": "score", "direction": "up"},
        {"name": "Churn", "unit": "percent", "direction": "down"},
    ],
    "objectives": [
        {
            "name": "Loved",
            "from": "2026-10-01",
            "until": "2026-12-31",
            "key_results": [
                {"kpi": "NPS", "baseline": 42, "target": 55, "stretch": True},
                {"kpi": "churn", "baseline": 8, "target": 3},
            ],
        }
    ],
    "typed_values": [{"kpi": "NPS", "period": "2026-10", "value": 51}],
}


def test_objectives_print_with_their_scores_and_travel_with_the_definitions(run: Run, tmp_path: Path) -> None:
    assert run("define", written(tmp_path / "set.json", json.dumps(DOCUMENT))).code == 0
    (found,) = run("okr", "--json").json["objectives"]
    assert (found["name"], found["words"], found["left_out"]) == ("Loved", "on the way", ["Churn"])
    assert round(found["score"], 4) == 0.6923
    first, second = found["key_results"]
    assert (first["words"], second["score"], second["deadline"]) == ("healthy for a stretch", None, "2026-12-31")
    assert "Left out of the mean: Churn (no value yet)." in run("okr").out
    printed = json.loads(run("definitions").out)["objectives"]
    assert [result["kpi"] for result in printed[0]["key_results"]] == ["NPS", "Churn"]
    early = run("okr", "--as-of", "2026-10-15", "--json").json["objectives"]
    assert early[0]["score"] is None


def test_without_objectives_it_says_so(run: Run, tmp_path: Path) -> None:
    run("define", written(tmp_path / "set.json", "{}"))
    assert run("okr").out == "No objectives yet.\n"
