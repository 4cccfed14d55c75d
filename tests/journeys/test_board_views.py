"""The board in its three looks: switched, searched, sorted, left and found again, printed, by keyboard, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.browsing import card, choose, expect, go, new_page, pick, press, settle
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SIDE_BY_SIDE = ("First reply time", "Out-of-stock share")
"""Two of the sample, each alone in its group."""


@pytest.fixture(scope="module")
def shop(chromium: str, sample_file: Path) -> Iterator[str]:
    """Serve the sample shop once; nothing here changes it."""
    assert chromium
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("SIGNALBOX_DATA", str(sample_file))
        machine.setenv("SIGNALBOX_TODAY", "2026-11-03T09:00:00")
        with served(ROOT / "app.py") as address:
            yield address


@pytest.fixture
def board(browser: Browser, shop: str) -> Iterator[Page]:
    """Give the board of the sample shop; an error in the browser fails the test."""
    page = new_page(browser, shop)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    go(page)
    card(page, "Visits").wait_for()
    yield page
    page.close()
    assert errors == []


def search(page: Page, text: str) -> None:
    """Write into the search as an owner types."""
    field = page.get_by_role("searchbox", name="Search", exact=True)
    field.fill(text)
    field.press("Enter")
    settle(page)


def test_what_needs_doing_comes_first_in_every_look(board: Page) -> None:
    for look, block in (("Table", "table.list"), ("12 months", "table.heat"), ("Cards", ".grid")):
        pick(board, look)
        board.locator(block).first.wait_for()
        strip = board.locator(".attention").bounding_box()
        below = board.locator(block).first.bounding_box()
        assert strip
        assert below
        assert strip["y"] + strip["height"] <= below["y"]


def test_look_search_order_and_filter_are_still_there_after_another_page(board: Page) -> None:
    pick(board, "Table")
    search(board, "shop")
    choose(board, "Sort", "By name")
    names = board.locator("tr.line th.kpi button")
    expect(names).to_have_text(["Average order value", "Monthly revenue"])
    board.get_by_role("link", name="Sources").click()
    board.get_by_role("heading", name="Sources", level=1).wait_for()
    board.get_by_role("link", name="Board").last.click()
    expect(names).to_have_text(["Average order value", "Monthly revenue"])
    expect(board.get_by_role("searchbox", name="Search", exact=True)).to_have_value("shop")
    board.get_by_text("2 of 9 shown.").wait_for()


def test_a_search_that_finds_nothing_says_so_and_leads_back(board: Page) -> None:
    search(board, "qwertz")
    board.get_by_text("0 of 9 shown. No KPI fits \u201cqwertz\u201d.").wait_for()
    expect(board.locator("article.card")).to_have_count(0)
    press(board, "Show everything")
    expect(board.locator("article.card")).to_have_count(9)
    expect(board.get_by_role("searchbox", name="Search", exact=True)).to_have_value("")


def test_everyday_words_find_a_number(board: Page) -> None:
    search(board, "average basket")
    expect(board.locator("article.card h3")).to_have_text(["Average order value"])


def test_filters_behind_more_are_reached_and_left_by_keyboard(board: Page) -> None:
    more = board.locator(".more summary")
    more.focus()
    board.keyboard.press("Enter")
    goal = board.get_by_role("combobox", name="All goals")
    choose(board, "All goals", "Keep more of what we earn")
    expect(board.locator("article.card h3")).to_have_text(["Out-of-stock share", "Net margin"])
    expect(more).to_have_text("More filters (1)")
    expect(goal).to_be_visible()
    goal.press("Escape")
    expect(goal).to_be_hidden()
    expect(more).to_be_focused()


def test_two_fields_filled_in_a_row_both_hold(board: Page) -> None:
    board.get_by_role("combobox", name="Sort").select_option(label="By name")
    board.get_by_role("combobox", name="All owners").select_option(label="web lead")
    settle(board)
    expect(board.get_by_role("combobox", name="Sort")).to_have_value("name")
    expect(board.get_by_role("combobox", name="All owners")).to_have_value("web lead")
    board.get_by_text("of 9 shown.").wait_for()


def test_a_letter_typed_while_the_answer_comes_stays(board: Page) -> None:
    field = board.get_by_role("searchbox", name="Search")
    field.press_sequentially("average basket", delay=60)
    settle(board)
    expect(field).to_have_value("average basket")
    expect(board.locator("article.card h3")).to_have_text(["Average order value"])


def test_a_past_day_is_shown_and_a_half_written_one_asks_nothing(board: Page) -> None:
    day = board.get_by_label("As of", exact=True)
    day.fill("2026-08-20")
    board.get_by_text("as of 20 August 2026").wait_for()
    day.evaluate("each => { each.value = '0002-08-20'; each.dispatchEvent(new Event('input', {bubbles: true})); }")
    board.wait_for_timeout(600)
    expect(board.get_by_text("as of 20 August 2026")).to_be_visible()


def test_a_day_to_come_gives_way_to_the_one_that_is_shown(board: Page) -> None:
    day = board.get_by_label("As of", exact=True)
    for unfit in ("2027-05-01", ""):
        day.fill(unfit)
        board.get_by_role("searchbox", name="Search").focus()
        expect(day).to_have_value("2026-11-03")


def test_a_row_is_read_with_its_heads_and_opened_by_enter(board: Page) -> None:
    pick(board, "12 months")
    table = board.get_by_role("table", name="Last 12 months")
    expect(table.get_by_role("columnheader")).to_have_count(13)
    row = table.get_by_role("row").filter(has=board.get_by_role("rowheader", name="First reply time"))
    expect(row.get_by_role("cell")).to_have_count(12)
    expect(row.get_by_role("cell").last).to_contain_text("Off target")
    row.get_by_role("button", name="First reply time").focus()
    board.keyboard.press("Enter")
    board.get_by_role("heading", name="First reply time", level=1).wait_for()


def test_a_phone_shows_twelve_periods_without_pushing_sideways(browser: Browser, shop: str) -> None:
    page = new_page(browser, shop, (390, 844))
    go(page)
    for look, block in (("12 months", "table.heat"), ("Table", "table.list")):
        pick(page, look)
        wide = page.locator(".wide", has=page.locator(block))
        wide.wait_for()
        assert wide.evaluate("each => each.scrollWidth <= each.clientWidth")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    page.close()


def test_a_finger_reads_the_value_of_a_shape(browser: Browser, shop: str) -> None:
    page = new_page(browser, shop, (390, 844))
    go(page)
    pick(page, "12 months")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="First reply time"))
    row.get_by_role("cell").last.click()
    expect(page.locator(".read")).to_have_text("First reply time: October · 6 h 24 min · Off target")
    row.get_by_role("button", name="First reply time").click()
    page.get_by_role("heading", name="First reply time", level=1).wait_for()
    page.close()


def test_paper_shows_the_board_and_nothing_to_press(board: Page) -> None:
    board.emulate_media(media="print")
    for pressed in (
        board.get_by_test_id("stSidebar"),
        board.get_by_role("searchbox", name="Search", exact=True),
        board.get_by_role("radio", name="Cards"),
    ):
        expect(pressed.first).to_be_hidden()
    expect(board.locator("article.card").first).to_be_visible()
    breaks = board.locator("article.card").evaluate_all("all => all.map(each => getComputedStyle(each).breakInside)")
    assert set(breaks) == {"avoid"}


@pytest.mark.parametrize(("look", "beside"), [("Table", ".list td.state"), ("12 months", ".heat td")])
def test_a_long_word_as_a_name_leaves_what_stands_beside_it_in_sight(board: Page, look: str, beside: str) -> None:
    pick(board, look)
    board.locator(beside).first.wait_for()
    board.locator(".line th.kpi button").first.evaluate("name => { name.textContent = 'A'.repeat(120) }")
    place = board.locator(beside).first.bounding_box()
    assert place
    assert place["x"] + place["width"] < 800


def test_cards_side_by_side_begin_at_the_same_height_however_long_the_lines_above_them(board: Page) -> None:
    card(board, "Out-of-stock share").wait_for()
    board.locator(".group header p").nth(1).evaluate("said => { said.textContent = 'weakest: '.repeat(12) }")
    tops = {card(board, name).evaluate("card => card.getBoundingClientRect().top") for name in SIDE_BY_SIDE}
    assert len(tops) == 1
