"""Picking columns, whole folders and files that fail, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run, dump

SHOP = "Order,Created,Paid,Note,Total,Fee\n"
ROWS = "".join(f"A{day},2026-10-{day:02},2026-11-{day:02},text {day},{day}.50,0.{day:02}\n" for day in range(1, 31))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return written(tmp_path / "shop.csv", SHOP + ROWS)


def roles(run: Run, *arguments: object) -> dict[str, str]:
    return {column["name"]: column["role"] for column in run("read", *arguments, "--json").json["columns"]}


def test_roles_and_types_are_picked(run: Run, shop: Path) -> None:
    found = roles(run, shop, "--role", "Paid=date", "--role", "#6=value", "--role", "Note=personal")
    assert (found["Paid"], found["Fee"], found["Note"], found["Created"]) == ("date", "value", "personal", "ignore")
    read = run("read", shop, "--role", "Fee=value", "--type", "Total=text", "--json").json
    assert read["value_column"] == "Fee"
    assert next(each for each in read["columns"] if each["name"] == "Total")["type"] == "text"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--role", "Note=date"), '"Note" holds no dates.'),
        (("--role", "Nothing=date"), 'The file has no column "Nothing".'),
        (("--role", "Note=owner"), '"Note=owner" is not understood.'),
        (("--type", "Note"), '"Note" is not understood.'),
    ],
)
def test_a_pick_that_cannot_work_is_refused(run: Run, shop: Path, arguments: tuple[str, str], sentence: str) -> None:
    for command in (("read",), ("import", "--source", "Shop")):
        ran = run(*command, shop, *arguments, "--json")
        assert (ran.code, ran.json["error"]) == (2, sentence)


def test_a_pick_is_remembered_by_the_import(run: Run, shop: Path, tmp_path: Path) -> None:
    assert run("import", "--source", "Shop", shop, "--role", "Paid=date", "--answer", "coverage=yes").code == 0
    more = written(tmp_path / "more.csv", SHOP + ROWS.replace("2026-11", "2026-12").replace("A", "B"))
    assert run("import", "--source", "Shop", more, "--answer", "coverage=yes", "--json").json["new"] == 30
    assert '"date": "Paid"' in run("definitions").out


def folder(tmp_path: Path) -> Path:
    place = tmp_path / "exports"
    (place / "2026").mkdir(parents=True)
    rows = {month: f"{month}1,2026-{month:02}-01,1.00\n{month}2,2026-{month:02}-30,2.00\n" for month in (4, 6, 9)}
    for month, text in rows.items():
        written(place / "2026" / f"{month}.csv", f"Order,Day,Amount\n{text}")
    written(place / "notes.md", "nothing to read here")
    return place


def test_a_folder_stands_for_its_files(run: Run, tmp_path: Path) -> None:
    ran = run("import", "--source", "Orders", folder(tmp_path), "--json")
    assert (ran.code, [(each["file"], each["new"]) for each in ran.json["imports"]]) == (
        0,
        [("4.csv", 2), ("6.csv", 2), ("9.csv", 2)],
    )


def test_a_folder_of_nothing_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert run("import", "--source", "Orders", tmp_path / "none", "--json").code == 2


def test_one_file_that_fails_does_not_stop_the_rest_where_that_is_asked(run: Run, tmp_path: Path, data: Path) -> None:
    place = folder(tmp_path)
    written(place / "empty.csv", "")
    written(place / "open.csv", "Order,Day,Amount\nx,2026-10-04,1.00\n")
    assert run("import", "--source", "Orders", place).code in {2, 3}
    assert "9.csv" not in dump(data)
    ran = run("import", "--source", "Orders", place, "--keep-going", "--json")
    assert ran.code == 2
    assert ran.json["summary"] == "5 files: 6 new, 1 needs an answer, 1 cannot be added."
    assert {each["file"]: each.get("new") for each in ran.json["imports"]} == {
        "4.csv": 2,
        "6.csv": 2,
        "9.csv": 2,
        "empty.csv": None,
        "open.csv": None,
    }
    asked = next(each for each in ran.json["imports"] if each["file"] == "open.csv")["questions"]
    assert [each["id"] for each in asked] == ["coverage"]
    (place / "empty.csv").unlink()
    assert run("import", "--source", "Orders", place, "--keep-going").code == 3
    assert run("import", "--source", "Orders", place, "--keep-going", "--answer", "coverage=no").code == 0
