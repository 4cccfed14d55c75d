"""Filling in numbers, as an owner does: take a template, bring it back, paste, answer, add, take back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service import filling, template, template_file
from kpi_core.service.file import File
from kpi_core.service.template import Ask
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.typed import typed_values
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

USD = Unit(UnitKind.CURRENCY, "USD")
ADD, LOOK = "Add these numbers", "Look at these numbers"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    app.save(Kpi("Revenue", USD, Direction.UP, Cadence.MONTH, Typed()))
    app.save(Kpi("Costs", USD, Direction.DOWN, Cadence.MONTH, Typed()))
    app.go("fill_in")
    return app


def values(app: RunningApp) -> dict[tuple[str, str], int]:
    with open_store(app.data_file) as store:
        return {(each.kpi, f"{each.period_start:%Y-%m}"): int(each.value or 0) for each in typed_values(store)}


def paste(app: RunningApp, block: str) -> None:
    app.test.text_area[0].set_value(block)
    app.press(LOOK)


def drop(app: RunningApp, name: str, data: bytes, key: str = "fill_files") -> None:
    app.test.file_uploader(key=key).set_value([(name, data, "text/csv")])
    app.run()


def labels(app: RunningApp) -> list[str]:
    return [each.label for each in app.test.button]


def test_without_a_kpi_there_is_a_way_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = RunningApp(tmp_path / "empty.db", monkeypatch)
    app.go("fill_in")
    assert "No KPI to fill in yet" in app.html()
    app.press("Define a KPI")
    assert app.test.title[0].value == "Choose KPIs"


def test_a_template_is_taken_filled_in_and_brought_back(app: RunningApp) -> None:
    taken = template_file.to_workbook(template.make(app.data_file, Ask(), NOW.date()))
    book = openpyxl.load_workbook(io.BytesIO(taken))
    book["Months"].cell(2, 14).value = 480_000
    filled = io.BytesIO()
    book.save(filled)
    drop(app, "kpis.xlsx", filled.getvalue())
    assert "<b>1</b> new" in app.html()
    assert "$480,000" in app.html()
    assert values(app) == {}, "nothing is written by looking"
    app.press(ADD)
    assert values(app) == {("Revenue", "2026-10"): 480_000}
    assert [each.value.replace("\\", "") for each in app.test.success] == ["kpis.xlsx: 1 new."]
    assert ADD not in labels(app)
    app.press("Undo")
    assert values(app) == {}
    assert [each.value for each in app.test.success] == []
    assert "Undo" not in labels(app)


def test_a_pasted_block_is_looked_at_and_added(app: RunningApp) -> None:
    paste(app, "KPI\tSep 2026\tOct 2026\nRevenue\t470,000\tmany\nProfit\t1\t\n")
    shown = app.html()
    assert "<b>1</b> new" in shown
    assert "“many”, row 2, Oct 2026" in shown
    assert "there is no KPI &quot;Profit&quot;" in shown
    app.press(ADD)
    assert values(app) == {("Revenue", "2026-09"): 470_000}
    assert app.test.text_area[0].value == ""
    assert any("Download the 2 refused" in str(each) for each in app.test.get("download_button"))


def test_an_open_question_is_answered_by_a_click(app: RunningApp) -> None:
    paste(app, "Sep 2026\t470000\nOct 2026\t480000\n")
    assert ADD not in labels(app)
    app.press("Costs")
    app.press(ADD)
    assert values(app) == {("Costs", "2026-09"): 470_000, ("Costs", "2026-10"): 480_000}


def test_what_was_answered_for_a_block_is_no_answer_for_the_next(app: RunningApp) -> None:
    paste(app, "Sep 2026\t470000\nOct 2026\t480000\n")
    app.press("Costs")
    assert ADD in labels(app)
    paste(app, "Sep 2026\t1\nOct 2026\t2\n")
    assert ADD not in labels(app)
    app.press("Revenue")
    app.press(ADD)
    assert values(app) == {("Revenue", "2026-09"): 1, ("Revenue", "2026-10"): 2}


def test_adding_a_file_leaves_the_answers_for_another_one(app: RunningApp) -> None:
    drop(app, "costs.csv", b"Period,Value\nSep 2026,3\nOct 2026,4\n")
    app.press("Costs")
    paste(app, "KPI\tOct 2026\nRevenue\t9\n")
    app.press(ADD)
    assert values(app) == {("Revenue", "2026-10"): 9}
    app.press(ADD)
    assert values(app) == {("Revenue", "2026-10"): 9, ("Costs", "2026-09"): 3, ("Costs", "2026-10"): 4}


def test_a_block_that_waits_is_read_once(app: RunningApp, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[File | str] = []
    look = filling.look

    def counted(data_file: Path, source: File | str, answers: dict[str, str], today: date) -> filling.Filling:
        looks.append(source)
        return look(data_file, source, answers, today)

    monkeypatch.setattr(filling, "look", counted)
    paste(app, "KPI\tSep 2026\nRevenue\t470000\n")
    app.run()
    app.run()
    assert len(looks) == 1
    app.save(Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    app.run()
    assert len(looks) == 2


def test_what_holds_no_kpis_says_so_and_can_be_put_aside(app: RunningApp) -> None:
    paste(app, "hello\tworld\n")
    assert "There is no table of KPIs and periods" in app.html()
    app.press("Put it aside")
    assert "There is no table of KPIs and periods" not in app.html()


def test_a_template_among_exports_finds_its_way(app: RunningApp) -> None:
    app.go("add_data")
    drop(app, "kpis.csv", b"KPI,Sep 2026,Oct 2026\nRevenue,1,2\nCosts,3,4\n", "files")
    assert "<b>4</b> new" in app.html()
    app.press(ADD)
    assert len(values(app)) == 4
    assert [each.value.replace("\\", "") for each in app.test.success] == ["kpis.csv: 4 new."]
    assert [fill.file_name for fill in filling.history(app.data_file)] == ["kpis.csv"]


def test_a_table_of_kpis_can_still_be_read_as_an_export(app: RunningApp) -> None:
    app.go("add_data")
    drop(app, "kpis.csv", b"KPI,Sep 2026,Oct 2026\nRevenue,1,2\nCosts,3,4\n", "files")
    app.press("Read it as an export instead")
    assert ADD not in labels(app)
    assert "What we read" in app.html()


def test_a_question_of_many_choices_is_a_list(app: RunningApp) -> None:
    for name in ("Visits", "Orders", "Refunds"):
        app.save(Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    app.go("fill_in")
    paste(app, "Sep 2026\t12\nOct 2026\t13\n")
    next(each for each in app.test.selectbox if each.label.startswith("Which KPI")).set_value("Orders")
    app.run()
    app.press(ADD)
    assert values(app) == {("Orders", "2026-09"): 12, ("Orders", "2026-10"): 13}
