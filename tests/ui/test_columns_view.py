"""Changing how a file was taken apart: headings, order of dates, decimal mark, table; what cannot be is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.service.importing import File
from tests.ui.running_app import RunningApp

if TYPE_CHECKING:
    from pathlib import Path

DATED = "Day,Order,Amount\n" + "".join(f"{day:02}/03/2026,A{day},1.{day:02}\n" for day in range(1, 29))
TWO = "Day,Order,Amount\n" + "".join(f"2026-03-{day:02},A{day},1\n" for day in range(1, 9))
TWO += "\n\nWhen,Visits,Site\n" + "".join(f"2026-04-{day:02},{day},web\n" for day in range(1, 6))
WIDE = ",Jan 2026,Feb 2026,Mar 2026\nIncome,1000,1100,1200\nCosts,400,500,600\n"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    app.go("add_data")
    return app


def dropped(app: RunningApp, text: str) -> str:
    """Drop a file, turn to its columns, and give the name of its content."""
    data = text.encode()
    name = File("a.csv", data).hash
    app.test.file_uploader(key="files").set_value([("a.csv", data, "text/csv")])
    app.run()
    tab = next(each.label for each in app.test.tabs if each.label.startswith("Columns"))
    app.test.session_state[f"inside_{name}"] = tab
    app.run()
    return name


def pick(app: RunningApp, key: str, option: str) -> None:
    app.test.selectbox(key=key).select(option)
    app.run()


def test_the_columns_stand_in_words(app: RunningApp) -> None:
    dropped(app, DATED)
    assert [box.value for box in app.test.selectbox if box.label.endswith("is for")] == [
        "the day a row counts on",
        "names the row",
        "the amount that counts",
    ]
    assert "a date, day first" in app.html()
    assert "<code" in app.html()


def test_an_order_that_the_dates_contradict_is_refused_and_nothing_changes(app: RunningApp) -> None:
    name = dropped(app, DATED)
    pick(app, f"order_{name}", "month first")
    assert "cannot be read month first" in app.html()
    assert app.test.selectbox(key=f"order_{name}").value == "day first"
    pick(app, f"mark_{name}", "decimal comma")
    assert "cannot be read with a decimal comma" in app.html()


def test_another_row_of_headings_is_read_at_once(app: RunningApp) -> None:
    name = dropped(app, "Datum,Nummer,Betrag\n" + DATED)
    header = f"header_{name}"
    assert app.test.number_input(key=header).value == 1
    app.test.number_input(key=header).set_value(2)
    app.run()
    assert "What Order is for" in [box.label for box in app.test.selectbox]
    app.test.number_input(key=header).set_value(500)
    app.run()
    assert "Possible are" in app.html()
    assert app.test.number_input(key=header).value == 2


def test_another_table_of_the_file_is_read_at_once(app: RunningApp) -> None:
    name = dropped(app, TWO)
    first = next(each for each in app.test.button if "Order" in each.label)
    app.press(first.label)
    table = app.test.selectbox(key=f"table_{name}")
    assert [each[:7] for each in table.options] == ["1: Day,", "2: When"]
    pick(app, f"table_{name}", table.options[1])
    assert "What Visits is for" in [box.label for box in app.test.selectbox]


def test_a_table_of_periods_is_told_and_not_picked(app: RunningApp) -> None:
    dropped(app, WIDE)
    assert not [box for box in app.test.selectbox if box.label.endswith("is for")]
    assert "the amount that counts" in [each.value for each in app.test.text]


def test_files_of_a_kind_follow_only_where_that_is_said(app: RunningApp) -> None:
    ends = {4: 30, 5: 31, 6: 30}
    files = [
        (
            f"m{month}.csv",
            f"Order,Day,Amount\nA{month},2026-{month:02}-01,1.00\nB{month},2026-{month:02}-{end},oops\n".encode(),
            "text/csv",
        )
        for month, end in ends.items()
    ]
    app.test.file_uploader(key="files").set_value(files)
    app.run()
    app.test.checkbox[0].uncheck()
    app.run()
    app.press("Yes, it is complete")
    app.press("Add these rows")
    assert len(app.test.success) == 1
    assert "One question" in app.html()
    app.press("Yes, it is complete")
    app.press("Add these rows")
    assert [each.value for each in app.test.success][-1].startswith("m4")
    # Whether a file is complete is asked of each: it followed with its other answers only
    assert "One question" in app.html()
    app.press("Yes, it is complete")
    app.press("Add these rows")
    assert len(app.test.success) == 3


def test_what_a_list_is_called_stands_without_marks_that_are_only_for_drawing(app: RunningApp) -> None:
    name = dropped(app, DATED.replace("Order", "E-Mail_(1)"))
    assert "What E-Mail_(1) is for" in [box.label for box in app.test.selectbox]
    assert not [box.label for box in app.test.selectbox if "\\" in box.label]
    assert name


def test_a_column_that_looks_personal_is_made_so_again_by_one_click(app: RunningApp) -> None:
    header, *rows = DATED.splitlines()
    text = "\n".join([f"{header},E-Mail", *(f"{row},ada@example.com" for row in rows), ""])
    name = dropped(app, text)
    pick(app, f"use_{name}_3", "not used")
    assert any("looks personal" in each.value for each in app.test.warning)
    app.press("Make it personal, not stored")
    assert app.test.selectbox(key=f"use_{name}_3").value == "personal, not stored"
    assert not any("looks personal" in each.value for each in app.test.warning)
