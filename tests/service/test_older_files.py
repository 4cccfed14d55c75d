"""Files that come in another order than they were made: nothing newer is overwritten, and nothing stays, unsaid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_core.service import history, importing, keeping, several
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.several import Waiting
from tests.service.shop import NOW, add, days, orders

OCTOBER = days("2026-10-01", "2026-10-31")
FIRST = orders(OCTOBER, name="october.csv")
LATER = File("october again.csv", FIRST.data.replace(b"web,10.00", b"web,12.00", 5))


def preview(data: Path, file: File, **answers: str) -> importing.Preview:
    return importing.preview(data, file, Wishes("Orders", answers), NOW)


def failing(shown: importing.Preview) -> dict[str, str]:
    return {check.name: check.text for check in shown.checks if not check.ok}


def test_a_file_whose_rows_were_changed_since_waits_and_says_so(data: Path) -> None:
    add(data, FIRST)
    add(data, LATER)
    shown = preview(data, FIRST)
    assert failing(shown) == {
        "superseded": "This file was added on 3 November 2026 already; later files changed 5 of its rows: "
        "adding it again brings the older values back."
    }
    assert not shown.needs_no_click
    assert [check.name for check in add(data, FIRST).checks if not check.ok] == ["superseded"]
    assert "superseded" not in failing(preview(data, File("new.csv", FIRST.data + b"A-1,2026-11-01,web,1\n")))


def gone_from_october(*gone: int) -> File:
    """Make a later export without the orders of some days."""
    return orders([day for day in OCTOBER if day.day not in gone], "11.50", "later.csv")


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        ((5,), "1 stored row of these days is not in this file: it stays and counts 10,00\u00a0€."),
        ((5, 9), "2 stored rows of these days are not in this file: they stay and count 20,00\u00a0€."),
    ],
)
def test_stored_rows_that_a_newer_export_does_not_hold_are_counted(
    data: Path, gone: tuple[int, ...], sentence: str
) -> None:
    keeping.save_settings(data, replace(keeping.settings(data), currency="EUR", locale="de_DE"), NOW)
    first = File("october.csv", FIRST.data.replace(b".00", b".00 EUR"))
    later = gone_from_october(*gone)
    add(data, first)
    shown = preview(data, File(later.name, later.data.replace(b".50", b".50 EUR")))
    assert failing(shown) == {"missing": sentence}
    assert not shown.needs_no_click


def test_they_go_where_the_owner_says_so_and_an_undo_brings_them_back(data: Path) -> None:
    add(data, FIRST)
    later = gone_from_october(5, 9)
    shown = preview(data, later, overlap="replace")
    assert (shown.plan is not None and shown.plan.gone, failing(shown)) == (2, {})
    added = importing.add(data, later, shown.wishes, NOW)
    assert (added.result.changed, added.result.gone) == (29, 2)
    assert added.result.import_id is not None
    undone = history.take_back(data, added.result.import_id, NOW)
    assert undone.restored == 31


def test_rows_of_other_days_and_files_of_other_rows_are_no_matter(data: Path) -> None:
    add(data, FIRST)
    assert failing(preview(data, orders(days("2026-10-20", "2026-11-02"), name="next.csv"))) == {}
    other = File("shop 2.csv", FIRST.data.replace(b"A-", b"B-"))
    assert "missing" not in failing(preview(data, other))


def test_a_file_that_reaches_less_far_than_the_one_that_holds_its_rows_waits(data: Path) -> None:
    add(data, orders(days("2026-10-01", "2026-11-02"), "12.00", "to november.csv"))
    shown = preview(data, FIRST)
    assert failing(shown) == {
        "ahead": "31 of its rows are stored with other values as to november.csv has them, a file that reaches to "
        "2 November 2026: if this file is the older one, leave it out."
    }
    assert "ahead" not in failing(preview(data, orders(days("2026-10-01", "2026-11-02"), "13.00")))


SEPTEMBER = orders(days("2026-09-01", "2026-09-30"), name="september.csv")
TO_NOVEMBER = orders(days("2026-10-01", "2026-11-02"), "12.00", "again.csv")
TOLD = "31 rows of this file are in october.csv with other values: those of this file, which was added later, count."


@pytest.mark.parametrize("turned", [False, True])
def test_files_dropped_together_go_in_by_their_days_and_say_where_they_differ(data: Path, *, turned: bool) -> None:
    add(data, SEPTEMBER)
    files = [FIRST, TO_NOVEMBER]
    done = several.take_in(data, [Waiting(file, Wishes()) for file in files[:: -1 if turned else 1]], NOW)
    said = {each.name: each.sentence for each in done}
    assert said == {"october.csv": "31 new.", "again.csv": f"2 new, 31 changed. {TOLD}"}
    assert [line.file_name for line in history.history(data)] == ["again.csv", "october.csv", "september.csv"]


def test_files_of_a_new_source_go_in_by_their_days_too(data: Path) -> None:
    done = several.add_all(data, [TO_NOVEMBER, FIRST, SEPTEMBER], Wishes("Orders"), NOW)
    assert [name for name, _ in done] == ["september.csv", "october.csv", "again.csv"]
    assert [added.notes for _, added in done] == [(), (), (TOLD,)]
    each = several.add_each(data.with_name("other.db"), [TO_NOVEMBER, FIRST], Wishes("Orders"), NOW)
    assert [one.added.notes for one in each if one.added is not None] == [(TOLD,), ()]
