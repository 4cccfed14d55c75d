from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import written
from tests.cli.running import Run
from tests.cli.test_signals_on_board import document


def easy(**more: object) -> dict[str, object]:
    """Define a KPI that has been on target for thirteen months."""
    return document([106, 107] * 6 + [106], **more)


def test_findings_come_with_evidence_and_remedies(run: Run, tmp_path: Path) -> None:
    assert run("define", written(tmp_path / "set.json", json.dumps(easy()))).code == 0
    made = run("checkup", "--json").json
    assert made["as_of"] == "2026-11-03"
    found = {each["id"]: each for each in made["findings"]}
    green = found["always-green:1"]
    assert green["sentence"] == "On target 13 months running: the target asks for nothing new."
    assert green["evidence"] == {
        "Running": "13 months",
        "When": "October 2025 to October",
        "Newest": "106",
        "Target": "105",
    }
    assert (green["severity"], green["kpis"], green["about"]) == ("warn", ["Orders"], "targets")
    assert [each["does"] for each in green["remedies"]] == ["open its form", "make it a health metric"]
    assert found["O1:1"]["remedies"] == [{"does": "set its owner", "label": "Name its owner", "asks": "Who owns it?"}]
    assert made["put_aside"] == []


def test_the_lines_say_the_same_the_weighty_first(run: Run, tmp_path: Path) -> None:
    run("define", written(tmp_path / "set.json", json.dumps(easy())))
    lines = run("checkup").out.splitlines()
    assert lines[0] == run("checkup", "--json").json["sentence"]
    assert "  Orders: On target 13 months running: the target asks for nothing new." in lines
    assert "    When: October 2025 to October" in lines
    assert lines.index("Whose it is") < lines.index("Targets")
    assert lines[-1] == "Looked at: 1 KPI on the board and 0 health metrics beside them, by 16 rules."


def test_a_past_day_and_a_day_to_come(run: Run, tmp_path: Path) -> None:
    run("define", written(tmp_path / "set.json", json.dumps(easy())))
    ids = {each["id"] for each in run("checkup", "--json", "--as-of", "2026-10-03").json["findings"]}
    assert "always-green:1" in ids
    ids = {each["id"] for each in run("checkup", "--json", "--as-of", "2026-09-03").json["findings"]}
    assert "always-green:1" not in ids
    refused = run("checkup", "--as-of", "2026-11-04")
    assert refused.code == 2
    assert "still to come" in refused.err


def test_without_a_data_file_there_is_nothing_to_look_at(run: Run) -> None:
    assert run("checkup").code == 2
