"""Numbers that no export knows: a template taken in the browser, filled in, brought back, seen on the board, undone."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kpi_core.service import keeping, place
from kpi_core.service.file import File
from tests.journeys.browsing import expect, go, press, settle, shows
from tests.journeys.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SHOP = {
    "business": {"currency": "SEK", "locale": "sv_SE"},
    "kpis": [
        {"name": "Monthly Revenue", "unit": "currency:SEK", "direction": "up", "target": 500_000},
        {"name": "Conversion Rate", "unit": "percent", "direction": "up", "target": 3},
    ],
}


@pytest.fixture(autouse=True)
def _shop() -> None:
    keeping.define(place.data_file(os.environ), File("shop.json", json.dumps(SHOP).encode()), NOW)


@pytest.mark.browser
def test_a_template_makes_the_round_and_the_board_follows(page: Page, tmp_path: Path) -> None:
    go(page, "add_data")
    page.get_by_role("link", name="Fill in or paste numbers").click()
    page.get_by_role("heading", name="Fill in numbers", level=1).wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Excel workbook").click()
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)
    book = openpyxl.load_workbook(path)
    months = book["Months"]
    newest = months.max_column
    assert [months.cell(row, 1).value for row in (2, 3)] == ["Monthly Revenue", "Conversion Rate"]
    months.cell(2, newest).value, months.cell(3, newest).value = 480_000, 3.2
    book.save(path)

    page.locator("[data-testid=stMain] input[type=file]").set_input_files(path)
    page.get_by_role("heading", name=path.name).wait_for()
    page.get_by_text("480 000 kr").wait_for()
    press(page, "Add these numbers")
    page.get_by_role("heading", name="Filled in so far").wait_for()
    press(page, "See the board")
    shows(page, "Monthly Revenue", "480 000 kr", "Close")
    shows(page, "Conversion Rate", "3,2 %", "On target")

    go(page, "fill_in")
    press(page, "Undo")
    page.get_by_text("undone 3 November 2026").wait_for()
    go(page)
    shows(page, "Monthly Revenue", "No data")


@pytest.mark.browser
def test_cells_are_pasted_with_their_tabs(page: Page) -> None:
    go(page, "fill_in")
    field = page.get_by_role("textbox", name="Or paste cells from a spreadsheet")
    field.fill("KPI\tOct 2026\nConversion Rate\t3,2\nRevenue\t480000")
    press(page, "Look at these numbers")
    page.get_by_text('did you mean "Monthly Revenue"?').wait_for()
    press(page, "Add these numbers")
    settle(page)
    page.get_by_text("pasted numbers: 1 new, 1 refused.").wait_for()
    expect(field).to_have_value("")
