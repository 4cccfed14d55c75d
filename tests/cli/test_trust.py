"""The log, closed months, notes, who writes and a removed person, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run, dump

SET = '{"kpis": [{"name": "Bookings", "unit": "count", "direction": "up"}]}'


@pytest.fixture
def shop(run: Run, orders: Path, data: Path, tmp_path: Path) -> Path:
    assert run("import", "--source", "Orders", orders).code == 0
    assert run("define", written(tmp_path / "set.json", SET)).code == 0
    return data


def test_a_month_is_closed_refuses_an_undo_and_is_reopened(run: Run, shop: Path) -> None:
    assert run("months", "--close", "2026-09", "--json").json == {"closed": ["2026-09"]}
    before = dump(shop)
    ran = run("undo", 1)
    assert (ran.code, "September 2026 is closed, so nothing was changed." in ran.err) == (2, True)
    assert dump(shop) == before
    assert run("months", "--reopen", "2026-09").code == 2
    assert run("months", "--reopen", "2026-09", "--why", "a late invoice").out == "September 2026 is open again.\n"
    assert run("undo", 1).code == 0


def test_the_log_is_printed_filtered_and_taken_back(run: Run, shop: Path) -> None:
    assert run("who", "bookkeeper", "--json").json == {"present": "bookkeeper", "known": ["bookkeeper"]}
    assert run("months", "--close", "2026-09").code == 0
    (entry,) = run("log", "--who", "bookkeeper", "--json").json["changes"]
    assert (entry["about"], entry["standing"]) == ("closed month: September 2026", True)
    assert run("log", "--about", "KPI", "--kpi", "Bookings", "--json").json["changes"][0]["did"] == "Added."
    assert run("log", "--day", "2020-01-01", "--json").json["changes"] == []
    assert run("log", "--undo", entry["id"]).code == 2
    assert run("log", "--undo", entry["id"], "--why", "a late invoice").code == 0
    assert shop.exists()


def test_notes_are_added_changed_and_removed(run: Run, shop: Path) -> None:
    run("notes", "--add", "Campaign", "--on", "2026-10-02", "--kpi", "Bookings")
    run("notes", "--add", "Moved house", "--on", "2026-10-02")
    found = run("notes", "--json").json["notes"]
    assert [(each["day"], each["about"], each["text"]) for each in found] == [
        ("2026-10-02", "on every KPI", "Moved house"),
        ("2026-10-02", "Bookings", "Campaign"),
    ]
    run("notes", "--change", found[1]["id"], "--text", "Campaign in the paper")
    left = run("notes", "--remove", found[0]["id"], "--json").json["notes"]
    assert [(each["day"], each["text"]) for each in left] == [("2026-10-02", "Campaign in the paper")]
    assert shop.exists()


def test_a_person_is_looked_for_and_removed(run: Run, shop: Path) -> None:
    run("who", "Erika Muster")
    before = dump(shop)
    assert run("remove-person", "Erika Muster", "--json").json["places"] == {"names of who writes": 1}
    assert dump(shop) == before
    assert run("remove-person", "Erika Muster", "--confirm", "yes").code == 2
    ran = run("remove-person", "Erika Muster", "--confirm", "remove for good", "--json")
    assert (ran.code, ran.json["clean"]) == (0, True)
    assert "Erika" not in dump(shop)


def test_a_document_is_looked_at_and_taken_back(run: Run, shop: Path, tmp_path: Path) -> None:
    more = written(tmp_path / "more.json", SET.replace("Bookings", "Visits"))
    before = dump(shop)
    assert run("define", more, "--look", "--json").json == {"new": ["KPI: Visits"], "changed": [], "same": 0}
    assert dump(shop) == before
    assert run("define", more).code == 0
    assert run("define", "--take-back").code == 0
    assert "Visits" not in run("definitions").out
    assert run("check").code == 0


def test_the_backup_of_the_day_is_made_before_the_first_change_and_listed(run: Run, shop: Path) -> None:
    # The define of the fixture found the imported rows already there
    (found,) = run("backups", "--json").json["backups"]
    assert (found["kind"], found["trouble"]) == ("daily", "")
    assert found["name"] == "signalbox-2026-11-03.db"
    assert shop.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("notes", "--add"),
        ("who",),
        ("log", "--undo", "1", "--why"),
        ("months", "--close", "2026-09", "--why"),
        ("actions", "add", "--kpi", "Bookings", "--owner", "Ann", "--due", "2026-12-01", "--what"),
        ("actions", "add", "--kpi", "Bookings", "--what", "Call", "--due", "2026-12-01", "--owner"),
    ],
)
@pytest.mark.parametrize(
    ("text", "sentence"),
    [("\ud800", "(U+D800)"), ("a\x00b", "(U+0000)"), ("\u202egnp", "(U+202E)"), ("x" * 5000, "has 5000 letters")],
)
def test_a_text_that_hides_something_or_never_ends_is_refused(
    run: Run, shop: Path, arguments: tuple[str, ...], text: str, sentence: str
) -> None:
    before = run("log").out
    ran = run(*arguments, text)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert (run("log").out, shop.exists()) == (before, True)


@pytest.mark.parametrize(
    "arguments",
    [("notes", "--remove"), ("log", "--undo"), ("log", "--before"), ("actions", "done"), ("actions", "reopen")],
)
def test_a_number_that_no_data_file_holds_is_a_sentence(run: Run, shop: Path, arguments: tuple[str, ...]) -> None:
    assert shop.exists()
    ran = run(*arguments, "9" * 30)
    assert (ran.code, ran.out) == (2, "")
    assert "larger than any" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("notes", "--add", "Founded", "--on", "0001-01-01"),
        ("notes", "--add", "The end", "--on", "9999-12-31"),
        ("notes", "--change", "1", "--text", "Later", "--on", "9999-12-31"),
        ("months", "--close", "0001-01"),
    ],
)
def test_a_day_out_of_reach_is_refused(run: Run, shop: Path, arguments: tuple[str, ...]) -> None:
    run("notes", "--add", "Moved")
    before = run("definitions").out
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "is out of reach. Give a day from 1900-01-01" in ran.err
    assert run("definitions").out == before
    assert shop.exists()
