from __future__ import annotations

from pathlib import Path

import pytest

from kpi_core.service import keeping
from tests.cli.conftest import written
from tests.cli.running import Run, dump

OCTOBER = ("2026-10-01", "2026-10-31")
FIELDS = {"file", "import_id", "new", "changed", "same", "left_out", "refused", "questions", "source", "checks"}


def export(folder: Path, name: str, *days: str, amount: str = "10.00") -> Path:
    rows = "".join(f"{name[0]}-{day},{day},{amount}\n" for day in days)
    return written(folder / name, f"Order,Day,Amount\n{rows}")


def test_import_prints_what_it_did(run: Run, orders: Path) -> None:
    ran = run("import", "--source", "Orders", orders, "--json")
    assert (ran.code, set(ran.json)) == (0, FIELDS)
    assert ran.json == {
        "file": "orders.csv",
        "source": "Orders",
        "import_id": 1,
        "new": 5,
        "changed": 0,
        "same": 0,
        "left_out": 1,
        "refused": 0,
        "questions": [],
        "checks": [{"name": "total", "ok": True, "text": "The total in row 7 equals our own sum of Total: 500.00."}],
    }
    assert ran.err == "orders.csv: 5 new, 1 left out.\n"


def test_the_same_file_again_changes_nothing_and_says_so(run: Run, orders: Path, data: Path) -> None:
    run("import", "--source", "Orders", orders)
    before = dump(data)
    again = run("import", "--source", "Orders", orders, "--json")
    assert again.code == 0
    assert (again.json["import_id"], again.json["new"], again.json["same"]) == (None, 0, 5)
    assert again.err == "orders.csv: Nothing to do: this file was already added on 3 November 2026.\n"
    assert dump(data) == before


def test_undo_takes_an_import_back(run: Run, orders: Path) -> None:
    run("import", "--source", "Orders", orders)
    undone = run("undo", 1, "--json")
    assert (undone.code, undone.json) == (0, {"restored": 0, "removed": 5, "kept": 0})
    again = run("undo", 1, "--json")
    assert (again.code, again.json["error"]) == (2, "Import 1 (orders.csv) was undone already.")
    assert run("import", "--source", "Orders", orders, "--json").json["new"] == 5


def test_a_number_that_no_import_has_is_refused(run: Run, orders: Path, data: Path) -> None:
    assert run("undo", 1).code == 2
    assert not data.exists(), "a mistyped data file is not made"
    run("import", "--source", "Orders", orders)
    before = dump(data)
    assert run("undo", 2).code == 2
    assert dump(data) == before


def test_an_open_question_leaves_the_data_file_as_it_was(run: Run, orders: Path, doubtful: Path, data: Path) -> None:
    run("import", "--source", "Orders", orders)
    before = dump(data)
    asked = run("import", "--source", "Other", doubtful, "--json")
    assert (asked.code, [each["id"] for each in asked.json["questions"]]) == (3, ["date-order"])
    assert dump(data) == before


def test_coverage_is_asked_by_import_and_answered(run: Run, tmp_path: Path, data: Path) -> None:
    file = export(tmp_path, "three.csv", "2026-10-03", "2026-10-13", "2026-10-20")
    asked = run("import", "--source", "Orders", file, "--json")
    assert asked.code == 3
    question = asked.json["questions"][0]
    assert question == {
        "id": "coverage",
        "column": None,
        "text": "This file begins on 3 October and ends on 20 October 2026. "
        "Is it complete from 1 October to the end of 31 October?",
        "choices": ["yes", "no"],
    }
    assert dump(data).count("INSERT INTO") == dump_of_new(tmp_path).count("INSERT INTO")
    assert run("import", "--source", "Orders", file, "--answer", "coverage=yes").code == 0


def dump_of_new(folder: Path) -> str:
    new = folder / "new.db"
    keeping.settings(new)
    return dump(new)


@pytest.mark.parametrize("answer", ["coverage=perhaps", "nonsense=1", "coverage"])
def test_an_answer_to_nothing_is_refused(run: Run, tmp_path: Path, data: Path, answer: str) -> None:
    file = export(tmp_path, "three.csv", "2026-10-03", "2026-10-13", "2026-10-20")
    keeping.settings(data)
    before = dump(data)
    assert run("import", "--source", "Orders", file, "--answer", answer, "--json").code == 2
    assert dump(data) == before


def test_several_files_are_added_one_by_one(run: Run, tmp_path: Path) -> None:
    first = export(tmp_path, "a.csv", "2026-09-01", "2026-09-30")
    second = export(tmp_path, "b.csv", "2026-10-01", "2026-10-31")
    ran = run("import", "--source", "Orders", first, second, "--json")
    assert (ran.code, list(ran.json)) == (0, ["imports"])
    assert [(each["file"], each["import_id"], each["new"]) for each in ran.json["imports"]] == [
        ("a.csv", 1, 2),
        ("b.csv", 2, 2),
    ]


@pytest.mark.parametrize(("bad", "code"), [("2026-11-31", 2), ("", 2), ("asks", 3)])
def test_several_files_are_all_or_nothing(run: Run, tmp_path: Path, data: Path, bad: str, code: int) -> None:
    good = export(tmp_path, "a.csv", "2026-09-01", "2026-09-30")
    second = {
        "": written(tmp_path / "empty.csv", ""),
        "asks": export(tmp_path, "c.csv", "2026-10-05", "2026-10-06"),
    }.get(bad, tmp_path / "none.csv")
    keeping.settings(data)
    before = dump(data)
    assert run("import", "--source", "Orders", good, second).code == code
    assert dump(data) == before


def test_rows_that_differ_are_asked_about_and_replaced(run: Run, tmp_path: Path) -> None:
    days = ("2026-10-01", "2026-10-31")
    run("import", "--source", "Orders", export(tmp_path, "a.csv", *days))
    changed = export(tmp_path, "a.csv", *days, amount="12.00")
    asked = run("import", "--source", "Orders", changed, "--json")
    if asked.code == 3:
        question = asked.json["questions"][0]
        assert "replace" in question["choices"]
        asked = run("import", "--source", "Orders", changed, "--answer", f"{question['id']}=replace", "--json")
    assert asked.code == 0
    assert asked.json["new"] + asked.json["changed"] == 2


def test_the_sample_shop_comes_and_goes(run: Run, data: Path) -> None:
    keeping.settings(data)
    before = dump(data, counters=False)
    loaded = run("sample", "load", "--json")
    assert (loaded.code, loaded.json) == (0, {"done": "load"})
    assert len(run("board", "--json").json["rows"]) > 8
    twice = run("sample", "load", "--json")
    assert (twice.code, twice.json["error"]) == (2, "The sample shop is loaded already.")
    assert run("check", "--json").json["ok"] is True
    removed = run("sample", "remove")
    assert (removed.code, removed.out) == (0, "The sample shop is removed; what you brought yourself is as it was.\n")
    assert dump(data, counters=False) == before
    assert run("sample", "remove").code == 2


def test_a_failing_check_is_a_warning(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"A-{day},2026-10-{day:02},10.00\n" for day in range(1, 32))
    file = written(tmp_path / "wrong.csv", f"Order,Day,Amount\n{rows}Total,,311.00\n")
    ran = run("import", "--source", "Orders", file, "--json")
    text = "The total in row 33 says 311.00, but the rows of Amount add up to 310.00."
    assert (ran.code, ran.json["checks"]) == (0, [{"name": "total", "ok": False, "text": text}])
    assert ran.err == f"wrong.csv: 31 new, 1 left out.\nwrong.csv: Warning: {text}\n"


def test_another_currency_is_a_question_and_may_be_kept_apart(run: Run, tmp_path: Path, data: Path) -> None:
    files = [export(tmp_path, f"{sign}.csv", *OCTOBER, amount=f"{sign}10.00") for sign in "€£"]
    run("import", "--source", "Orders", files[0])
    before = dump(data)
    asked = run("import", "--source", "Orders", files[1], "--json")
    assert asked.code == 3
    assert [(each["id"], each["choices"]) for each in asked.json["questions"]] == [
        ("currency-change", ["own-source", "cancel"])
    ]
    assert dump(data) == before
    apart = run("import", "--source", "Orders", files[1], "--answer", "currency-change=own-source", "--json")
    assert (apart.code, apart.json["source"], apart.json["new"]) == (0, "Orders GBP", 2)
