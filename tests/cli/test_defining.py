from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_core.service import keeping
from tests.cli.conftest import written
from tests.cli.running import Run, dump

DOCUMENT = {
    "goals": ["More money"],
    "sources": [{"name": "Orders"}],
    "kpis": [
        {
            "name": "Revenue",
            "goal": "More money",
            "unit": "currency:SEK",
            "direction": "up",
            "owner": "shop manager",
            "target": 300,
            "values": {
                "kind": "measure",
                "source": "Orders",
                "aggregate": "sum",
                "value": "Total",
                "date": "Created at",
                "where": [{"column": "Status", "values": ["paid"]}],
            },
        },
        {"name": "Conversion Rate", "unit": "percent", "direction": "up", "owner": "shop manager", "target": 3},
    ],
    "typed_values": [{"kpi": "Conversion Rate", "period": "2026-10", "value": 3.2}],
}


def test_define_counts_what_it_did_and_the_second_time_changes_nothing(run: Run, tmp_path: Path, data: Path) -> None:
    file = written(tmp_path / "set.json", json.dumps(DOCUMENT))
    first = run("define", file, "--json")
    assert (first.code, set(first.json)) == (0, {"new", "changed", "same"})
    assert (first.json["changed"], first.json["same"]) == (0, 0)
    before = dump(data)
    again = run("define", file, "--json")
    assert again.json == {"new": 0, "changed": 0, "same": first.json["new"]}
    assert dump(data) == before
    assert run("define", file).out == f"0 new, 0 changed, {first.json['new']} the same.\n"


def test_define_says_which_kpis_are_drafts_and_why(run: Run, tmp_path: Path) -> None:
    kpi = {"name": "Launch the new site", "unit": "count", "direction": "up", "state": "draft", "owner": "web lead"}
    file = written(tmp_path / "set.json", json.dumps({"kpis": [kpi]}))
    why = [
        "That is a task: done once. Which number moves when it is done?",
        "It serves none of your goals yet.",
    ]
    assert run("define", file, "--json").json["drafts"] == {"Launch the new site": why}
    assert run("define", file).out.splitlines()[1] == f"Launch the new site is a draft. {' '.join(why)}"


def test_definitions_go_round(run: Run, tmp_path: Path) -> None:
    run("define", written(tmp_path / "set.json", json.dumps(DOCUMENT)))
    printed = run("definitions")
    assert (printed.code, printed.err) == (0, "")
    assert run("definitions", "--json").out == printed.out
    other = tmp_path / "other.db"
    loaded = run("define", written(tmp_path / "printed.json", printed.out), "--data", other, "--json")
    assert loaded.code == 0
    assert run("definitions", "--data", other).out == printed.out
    found = printed.json
    assert [kpi["name"] for kpi in found["kpis"]] == ["Revenue", "Conversion Rate"]
    assert found["kpis"][0]["values"]["where"] == [{"column": "Status", "test": "is one of", "values": ["paid"]}]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "This is no JSON: line 1, column 2"),
        ("[]", "a list stands where an object in braces is needed"),
        ('{"kpis": [{"name": "X", "unit": "percent", "direction": "up", "taget": 3}]}', "taget"),
        ('{"kpis": [{"name": "X", "unit": "furlongs", "direction": "up"}]}', "kpis[0]"),
    ],
)
def test_a_wrong_document_is_refused_whole(run: Run, tmp_path: Path, data: Path, text: str, named: str) -> None:
    keeping.settings(data)
    before = dump(data)
    ran = run("define", written(tmp_path / "set.json", text), "--json")
    assert ran.code == 2
    assert set(ran.json) == {"error", "hint"}
    assert named in ran.err
    assert dump(data) == before


def test_a_document_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "set.json"
    file.write_bytes(b"\xff\xfe\x00x")
    ran = run("define", file, "--json")
    assert (ran.code, ran.json["error"]) == (2, "set.json is not text in UTF-8.")
    assert run("define", tmp_path / "none.json").code == 2


def test_a_mistyped_data_file_is_no_empty_business(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "shop.bd"
    ran = run("definitions", "--data", missing)
    assert (ran.code, ran.out) == (2, "")
    hint = "Check --data and SIGNALBOX_DATA; import and define make a new one."
    assert ran.err == f"There is no data file {missing}. {hint}\n"
    assert not missing.exists()
