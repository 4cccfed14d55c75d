from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.conftest import written
from tests.cli.running import OPEN, dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Run


def test_a_recipe_is_listed_renamed_exported_and_brought_in_elsewhere(run: Run, orders: Path, tmp_path: Path) -> None:
    assert run("import", "--source", "Orders", orders).code == 0
    assert run("recipes", "rename", "orders", "Web orders").out == (
        "Orders is called Web orders now.\nChange 1; recipes undo 1 takes it back.\n"
    )
    found = run("recipes", "list", "--json").json
    source = found["sources"][0]
    assert (source["name"], source["recipe"], source["rows"], source["imports"]) == ("Web orders", "Web orders", 5, 1)
    assert source["facts"]["A row is known again"] == "by Order"
    assert "Shopify orders" in [each["name"] for each in found["ready"]]
    assert found["changes"][0]["did"].startswith("Name: Orders, now Web orders")
    assert "  Rows: 5 from 1 file\n" in run("recipes", "list").out
    path = tmp_path / "r.json"
    assert run("recipes", "export", "Web orders", path).out == f"Written to {path}.\n"
    assert json.loads(run("recipes", "export", "Web orders").out) == json.loads(path.read_text("utf-8"))
    other = tmp_path / "other.db"
    assert run("recipes", "import", path, "--data", other, "--json").json == {
        "done": "Web orders is added and waits for its first file.",
        "change": 1,
    }
    assert run("recipes", "export", "Web orders", "--data", other).out == path.read_text("utf-8")


def test_a_forgotten_answer_is_an_open_question_again(run: Run, doubtful: Path, tmp_path: Path) -> None:
    said = ("--answer", "date-order=day-first", "--answer", "coverage=no")
    assert run("import", "--source", "Till", doubtful, *said).code == 0
    following = written(tmp_path / "next.csv", OPEN.replace("2026", "2025"))
    assert run("recipes", "edit", "Till", "--forget", "date-order").code == 0
    assert run("import", "--source", "Till", following, "--answer", "coverage=no").code == 3
    assert run("recipes", "undo", 1).code == 0
    assert run("import", "--source", "Till", following, "--answer", "coverage=no").code == 0


def test_a_recipe_is_edited_member_by_member(run: Run, orders: Path) -> None:
    assert run("import", "--source", "Orders", orders).code == 0
    edited = run(
        "recipes", "edit", "Orders", "--value", "items", "--value", "Total", "--includes", "VAT", "--segment", ""
    )
    assert edited.code == 0
    recipe = json.loads(run("recipes", "export", "Orders").out)
    assert (recipe["values"], recipe["includes"], recipe["date"]) == (["Items", "Total"], "VAT", "Created at")
    assert "segments" not in recipe


def test_refusals_change_nothing(run: Run, orders: Path, data: Path, tmp_path: Path) -> None:
    assert run("import", "--source", "Orders", orders).code == 0
    held = dump(data)
    wrong = written(tmp_path / "wrong.json", '{"name": "X",}')
    for arguments, said in (
        (("edit", "Orders"), "Nothing is said that shall change. Name it, as in --date 'Paid at'.\n"),
        (("edit", "Orders", "--date", "Status"), 'The rows of Orders cannot count by "Status"'),
        (("rename", "Orders", ""), "A source needs a name."),
        (("delete", "Nope"), "There is no source named Nope. There are: Orders.\n"),
        (("import", wrong), "This is no JSON: line 1, column 14"),
        (("import", tmp_path / "none.json"), f"{tmp_path / 'none.json'} cannot be opened."),
        (("undo", "7"), "There is no change number 7."),
        (
            ("export", "Orders", tmp_path / "no" / "folder.json"),
            f"{tmp_path / 'no' / 'folder.json'} cannot be written.",
        ),
    ):
        ran = run("recipes", *arguments)
        assert (ran.code, ran.err.startswith(said)) == (2, True), ran.err
    assert dump(data) == held


def test_a_deleted_source_is_removed_for_good(run: Run, orders: Path) -> None:
    assert run("import", "--source", "Orders", orders).code == 0
    assert run("recipes", "purge", "Orders").code == 2
    assert run("recipes", "delete", "Orders").code == 0
    assert run("recipes", "purge", "orders").out.startswith("Orders is removed for good. The backup ")
    assert run("recipes", "undo", "1").code == 2


def test_a_source_is_deleted_and_brought_back(run: Run, orders: Path) -> None:
    assert run("import", "--source", "Orders", orders).code == 0
    assert run("recipes", "delete", "Orders").code == 0
    assert run("recipes", "list", "--json").json["sources"] == []
    assert run("undo", "1").code == 2
    assert run("recipes", "undo", "1").code == 0
    assert run("recipes", "list", "--json").json["sources"][0]["rows"] == 5
