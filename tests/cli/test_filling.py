from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import written
from tests.cli.running import Run, dump

DOCUMENT = {
    "business": {"currency": "SEK", "locale": "en_US"},
    "kpis": [
        {"name": "Revenue", "unit": "currency:SEK", "direction": "up"},
        {"name": "Visits", "unit": "count", "direction": "up", "cadence": "week"},
    ],
    "typed_values": [{"kpi": "Revenue", "period": "2026-09", "value": 470000}],
}


@pytest.fixture(autouse=True)
def _shop(run: Run, tmp_path: Path) -> None:
    run("define", written(tmp_path / "shop.json", json.dumps(DOCUMENT)))


def test_a_template_is_written_filled_in_and_taken_back(run: Run, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "kpis.xlsx"
    ran = run("template", "--to", path, "--kpi", "revenue", "--from", "2026-09-01", "--until", "2026-10-31", "--json")
    assert (ran.code, ran.json["tables"]) == (0, [{"title": "Months", "rows": 1, "columns": 4}])
    before = dump(data, counters=False)
    same = run("fill", path, "--json")
    assert (same.code, same.json["fill_id"], same.json["same"]) == (0, None, 1)
    assert dump(data, counters=False) == before
    book = openpyxl.load_workbook(path)
    book["Months"].cell(2, 3).value, book["Months"].cell(2, 4).value = 475000, 480000
    book.save(path)
    looked = run("fill", path, "--dry-run", "--json")
    assert (looked.json["new"], looked.json["changed"], looked.json["fill_id"]) == (1, 1, None)
    assert dump(data, counters=False) == before
    done = run("fill", path, "--json", "--why", "end of quarter")
    assert (done.code, done.json["fill_id"]) == (0, 1)
    assert [(each["period"], each["change"]) for each in done.json["values"]] == [
        ("2026-09-01", "changed"),
        ("2026-10-01", "new"),
    ]
    assert done.err == "kpis.xlsx: 1 new, 1 changed.\n"
    undone = run("undo", 1, "--fill", "--json")
    assert (undone.code, undone.json) == (0, {"restored": 1, "removed": 1, "kept": 0})
    assert run("undo", 1, "--fill").code == 2


def test_cadences_share_one_long_table_in_a_text_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "kpis.csv"
    assert run("template", "--to", path).code == 0
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == "KPI,Period,Unit,Value,Numerator,Denominator"
    assert "Revenue,September 2026,SEK,470000,," in lines
    assert "Visits,week 44 2026,count,,," in lines


def test_what_cannot_be_used_is_said_with_its_place(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "own.csv", "KPI,Sep 2026,Oct 2026\nRevenu,1,\nRevenue,,a lot\n")
    ran = run("fill", file, "--json")
    assert (ran.code, [(each["row"], each["column"]) for each in ran.json["refused"]]) == (
        0,
        [(2, "Sep 2026"), (3, "Oct 2026")],
    )
    assert 'own.csv, row 2, Sep 2026: “Revenu”: there is no KPI "Revenu"; did you mean "Revenue"?' in ran.err


def test_an_open_question_changes_nothing_and_is_answered(run: Run, tmp_path: Path, data: Path) -> None:
    file = written(tmp_path / "own.csv", "Month,Value\n2026-09,1\n2026-10,2\n")
    before = dump(data)
    asked = run("fill", file, "--json")
    assert (asked.code, [each["id"] for each in asked.json["questions"]]) == (3, ["kpi"])
    assert run("fill", file, "--dry-run").code == 3
    assert dump(data) == before
    assert run("fill", file, "--answer", "kpi=Revenue", "--json").json["changed"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("template", "--to", "x.pdf"),
        ("template", "--to", "x.csv", "--kpi", "Nobody"),
        ("template", "--to", "no/such/folder/x.csv"),
        ("template", "--to", "x.csv", "--from", "2026-10-01", "--until", "2026-09-01"),
        ("fill", "not_there.csv"),
    ],
)
def test_what_cannot_be_done_is_refused(
    run: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments, "--json")
    assert (ran.code, bool(ran.json["error"])) == (2, True)
    assert list(tmp_path.glob("x.*")) == []


def test_an_answer_to_nothing_is_refused(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "own.csv", "KPI,Oct 2026\nRevenue,1\n")
    assert run("fill", file, "--answer", "nonsense=1").code == 2
    assert run("fill", file, "--answer", "decimal=perhaps").code == 2
