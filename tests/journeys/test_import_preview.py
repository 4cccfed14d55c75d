"""The preview of a file in a browser: looked through, changed by picking, many files at once, and taken back."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.journeys.browsing import choose, drop, expect, go, press, settle
from tests.journeys.files import dated

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FilePayload, Locator, Page

pytestmark = pytest.mark.browser
MONTHS = [(year, month) for year in (2025, 2026) for month in range(1, 13) if (year, month) < (2026, 11)]


def orders(year: int, month: int, *, bad: bool = False) -> bytes:
    """Write a month of orders, one a day; a bad one has a row without a number and one of words."""
    days = monthrange(year, month)[1]
    text = dated(
        "Order,Created,Paid,Shop,Total",
        days,
        lambda day, number: f"A{day:%y%m%d},{day},{day.replace(year=day.year - 1)},{'AB'[number % 2]},{number}.50",
        date(year, month, 1),
    )
    more = f"x1,{year}-{month:02}-01,,A,a lot\n" if bad else ""
    return (text + more + f"Total,,,,{sum(range(days)) + days / 2:.2f}\n").encode()


def put(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files at once."""
    payload: list[FilePayload] = [{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files]
    page.locator("[data-testid=stMain] input[type=file]").first.set_input_files(payload)


def records(page: Page) -> list[str]:
    """List the rows of the file that are drawn."""
    return [re.sub(r"\s+", " ", row.inner_text()) for row in page.locator(".sb-file tr").all()]


def months(page: Page) -> Locator:
    """Find the months of the plan."""
    return page.locator(".sb-months tbody th")


def test_a_file_is_looked_through_and_narrowed_to_what_was_refused(page: Page) -> None:
    go(page, "add_data")
    drop(page, "october.csv", orders(2026, 10, bad=True))
    assert len(records(page)) == 34
    press_choice(page, "1 refused")
    page.locator(".sb-file tr").nth(2).wait_for(state="detached")
    head, row = records(page)
    assert "Created" in head
    assert row.startswith("33 x1 2026-10-01")
    assert "refused: this is not a number" in row
    expect(page.locator(".sb-file td.wrong")).to_have_text("a lot")
    with page.expect_download() as given:
        page.get_by_role("button", name="Download the 1 refused").click()
    assert given.value.path().read_text("utf-8-sig").splitlines()[1].startswith("33,Total,a lot,this is not a number")
    press_choice(page, "1 left out")
    page.get_by_text("left out: total").wait_for()


def press_choice(page: Page, label: str) -> None:
    """Choose which rows are shown."""
    page.get_by_role("radio", name=label, exact=True).or_(page.get_by_role("button", name=label, exact=True)).click()
    settle(page)


def test_a_long_file_is_drawn_a_window_at_a_time(page: Page) -> None:
    go(page, "add_data")
    drop(page, "long.csv", dated("Day,Order,Amount", 2500, lambda day, at: f"{day},A{at},1", date(2019, 1, 1)).encode())
    assert len(records(page)) == 100
    row = page.get_by_role("spinbutton", name="Go to row")
    row.fill("2000")
    row.press("Enter")
    page.locator(".sb-file th[scope=row]", has_text="2000").first.wait_for()
    assert len(records(page)) == 101
    assert records(page)[0].strip().startswith("Day Order Amount")


def test_columns_are_changed_by_picking_and_the_next_file_needs_no_click(page: Page) -> None:
    go(page, "add_data")
    drop(page, "orders 2026-09.csv", orders(2026, 9))
    expect(months(page)).to_have_text(["September 2026"])
    page.get_by_role("tab", name="Columns (5)").click()
    choose(page, "What Shop is for", "the day a row counts on")
    page.get_by_text('"Shop" holds no dates.').wait_for()
    expect(months(page)).to_have_text(["September 2026"])
    expect(page.get_by_role("combobox", name="What Shop is for")).to_have_value("splits the numbers")
    choose(page, "What Paid is for", "the day a row counts on")
    page.locator(".sb-months tbody th", has_text="September 2025").wait_for()
    expect(page.get_by_text('"Shop" holds no dates.')).to_have_count(0)
    choose(page, "What Shop is for", "personal, not stored")
    page.get_by_text("Shop (personal)").wait_for()
    press(page, "Add these rows")
    page.get_by_text("orders 2026-09.csv: 30 new, 1 left out.").wait_for()
    put(page, ("orders 2026-09.csv", orders(2026, 9)), ("orders 2026-10.csv", orders(2026, 10)))
    page.get_by_text("orders 2026-10.csv: 31 new, 1 left out.").wait_for()
    expect(page.get_by_text("1 to 31 October 2025")).to_have_count(1)


def test_a_year_and_more_of_one_unknown_kind_is_asked_about_once(page: Page) -> None:
    go(page, "add_data")
    files = [(f"orders_{year}_{month:02}.csv", orders(year, month, bad=month == 5)) for year, month in MONTHS]
    put(page, *files, ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8))
    page.get_by_text("The other 21 files of this kind follow with the same answers").wait_for()
    page.get_by_text("photo.csv is not a table").wait_for()
    expect(page.get_by_role("textbox", name="Keep it as")).to_have_value("orders")
    press(page, "Add these rows")
    page.get_by_text("23 files: 669 new, 22 left out, 2 refused, 1 cannot be added.").wait_for()
    expect(page.locator(".sb-outcomes li")).to_have_count(22)
    press(page, "Put it aside")
    page.get_by_text("22 files: 669 new, 22 left out, 2 refused.").wait_for()
    line = page.locator("[class*=st-key-panel_import_]").filter(has_text="orders_2026_05.csv")
    line.get_by_role("button", name="Details").click()
    page.get_by_text("Undo takes 31 rows away.").wait_for()
    page.keyboard.press("Escape")
    line.get_by_role("button", name="Undo").click()
    line.get_by_text("undone 3 November 2026, 09:00").wait_for()


def test_a_folder_goes_in_at_once(page: Page, tmp_path: Path) -> None:
    for year, month in MONTHS[-3:]:
        (tmp_path / f"orders_{month:02}.csv").write_bytes(orders(year, month))
    go(page, "add_data")
    page.get_by_text("Or a whole folder of exports").click()
    page.locator("[data-testid=stMain] input[type=file]").nth(1).set_input_files(tmp_path)
    page.get_by_text("The other 2 files of this kind follow").wait_for()
    press(page, "Add these rows")
    page.get_by_text("orders_10.csv: 31 new, 1 left out.").wait_for()
    expect(page.locator("[class*=st-key-panel_import_]")).to_have_count(3)


@pytest.mark.parametrize(("width", "tab"), [(390, "The file"), (390, "Columns (5)"), (1280, "Columns (5)")])
def test_a_waiting_file_fits_its_width_and_everything_has_a_name(page: Page, width: int, tab: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    go(page, "add_data")
    drop(page, f"{'a_very_long_name_' * 8}.csv", orders(2026, 10, bad=True))
    page.get_by_role("tab", name=tab).focus()
    page.keyboard.press("Enter")
    settle(page)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    levels = main.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    nameless = main.locator("button:visible, input:visible, a:visible").evaluate_all(
        "all => all.filter(each => !each.closest('[aria-hidden=true]') && !each.getAttribute('aria-label') &&"
        " !each.textContent?.trim() && !each.labels?.length && !each.title && each.type !== 'file')"
        ".map(each => each.outerHTML.slice(0, 200))"
    )
    assert nameless == []
