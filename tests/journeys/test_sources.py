"""An owner's recipe in a browser: another date, a forgotten answer, taken along to another computer, deleted, back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import importing, place
from kpi_core.service.importing import File, Wishes
from tests.journeys.browsing import choose, drop, go, press, settle
from tests.journeys.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEAD = "Order,Created,Paid,Amount\n"
FIRST = HEAD + "".join(f"A-{n},2026-09-{n:02},2026-09-{n:02},10.00\n" for n in range(1, 31))
SECOND = HEAD + "".join(f"B-{n},2026-09-30,2026-10-{n:02},20.00\n" for n in range(1, 32))
TILL = "Day,Amount\n03/04/2026,10.00\n05/06/2026,20.00\n"


def add(name: str, text: str, **answers: str) -> None:
    given = {question.replace("_", "-"): answer for question, answer in answers.items()}
    importing.add(place.data_file(os.environ), File(name, text.encode()), Wishes(answers=given), NOW)


def open_form(page: Page) -> None:
    page.get_by_text("Rename or change it").first.click()
    page.get_by_role("button", name="Keep the changes").wait_for()
    settle(page)


@pytest.mark.browser
def test_next_months_file_goes_by_the_edited_date(page: Page) -> None:
    add("sales.csv", FIRST)
    go(page, "sources")
    open_form(page)
    choose(page, "Date: the day a row counts on", "Paid")
    press(page, "Keep the changes")
    page.get_by_text("the next file is read the new way").wait_for()
    go(page, "add_data")
    drop(page, "october.csv", SECOND.encode())
    go(page, "sources")
    page.get_by_text("1 September 2026 to 31 October 2026").wait_for()
    page.get_by_text("61 from 2 files").wait_for()


@pytest.mark.browser
def test_a_forgotten_answer_is_asked_again_on_the_next_file(page: Page) -> None:
    add("till.csv", TILL, date_order="day-first", coverage="no")
    go(page, "sources")
    open_form(page)
    choose(page, "Answers to forget", "day first (31/12)")
    page.keyboard.press("Tab")  # the list of a field that takes several stays open
    press(page, "Keep the changes")
    page.get_by_text("the next file is read the new way").wait_for()
    go(page, "add_data")
    drop(page, "next.csv", TILL.replace("2026", "2025").encode())
    page.get_by_text('Is 03/04/2025 in "Day" 3 April 2025 or 4 March 2025?').wait_for()


@pytest.mark.browser
def test_a_recipe_is_exported_deleted_and_brought_in_again(page: Page, tmp_path: Path) -> None:
    add("sales.csv", FIRST)
    go(page, "sources")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export the recipe").click()
    kept = Path(tmp_path / download.value.suggested_filename)
    download.value.save_as(kept)
    assert kept.name == "sales_recipe.json"
    assert json.loads(kept.read_text("utf-8"))["key"] == ["Order"]
    press(page, "Delete")
    page.get_by_text("No sources yet").wait_for()
    press(page, "Undo")
    page.get_by_text("30 from 1 file").wait_for()
    press(page, "Delete")
    page.get_by_text("No sources yet").wait_for()
    page.locator("[data-testid=stMain] input[type=file]").set_input_files(kept)
    page.get_by_role("button", name="Use this recipe").wait_for()
    settle(page)
    press(page, "Use this recipe")
    page.get_by_text("is added and waits for its first file").wait_for()
    page.get_by_text("those with the headings Order, Created, Paid, Amount").wait_for()
