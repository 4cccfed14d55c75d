from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.board import NextStep
from ui.board_component import BoardClick, read_click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize(
    ("sent", "click"),
    [
        ({"kpi_id": 3, "action": "look"}, BoardClick(3, NextStep.LOOK)),
        ({"kpi_id": 3, "action": "add data"}, BoardClick(3, NextStep.ADD_DATA)),
        (None, None),
        ({}, None),
        ({"kpi_id": "3", "action": "look"}, None),
        ({"kpi_id": 3, "action": "drop the data file"}, None),
        ({"kpi_id": 3, "action": ["look"]}, None),
    ],
)
def test_a_click_is_read_and_anything_else_is_none(sent: object, click: BoardClick | None) -> None:
    assert read_click(sent) == click


@pytest.fixture
def page(browser: Browser, screen: str) -> Iterator[Page]:
    """Give a page that shows the seed board; an error in the browser fails the test."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(screen)
    opened.get_by_text("run 1, clicked: nothing.").wait_for()
    opened.get_by_role("heading", name="Monthly Revenue").wait_for()
    yield opened
    opened.close()
    assert errors == []


def told(page: Page, text: str) -> None:
    """Wait until the screen tells what was clicked."""
    page.get_by_text(f"clicked: {text}.").wait_for(timeout=10_000)


@pytest.mark.browser
def test_a_click_anywhere_on_a_card_opens_its_kpi_once(page: Page) -> None:
    page.get_by_text("3.2 %", exact=True).click()
    told(page, "look 2")
    page.get_by_role("button", name="Run again").click()
    page.get_by_text("run 3, clicked: look 2.").wait_for()


@pytest.mark.browser
def test_each_next_step_is_its_own_button(page: Page) -> None:
    page.get_by_role("button", name="Add data: Avg Order Value").click()
    told(page, "add data 3")
    page.get_by_role("button", name="Finish it: Repeat customers").click()
    told(page, "add data 3, finish 9")


@pytest.mark.browser
def test_the_keyboard_reaches_every_card_and_keeps_its_place_after_a_run(page: Page) -> None:
    page.get_by_role("button", name="Add data: Avg Order Value").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page, "look 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    told(page, "look 1, look 2")


@pytest.mark.browser
def test_the_focused_card_has_a_ring(page: Page) -> None:
    page.get_by_role("button", name="Add data: Avg Order Value").focus()
    page.keyboard.press("Tab")
    shadows = page.locator(".card").evaluate_all("cards => cards.map(card => getComputedStyle(card).boxShadow)")
    assert shadows[0] != "none"
    assert set(shadows[1:]) == {"none"}


@pytest.mark.browser
def test_the_keyboard_keeps_its_place_when_the_board_changes(browser: Browser, screen: str) -> None:
    page = browser.new_page()
    page.goto(f"{screen}?board=changing")
    page.get_by_text("value of run 1", exact=True).wait_for()
    page.get_by_role("button", name="Conversion Rate").focus()
    page.keyboard.press("Enter")
    told(page, "look 2")
    page.get_by_text("value of run 2", exact=True).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page, "look 2, look 3")
    page.close()


@pytest.mark.browser
def test_marking_a_number_to_copy_it_opens_nothing(page: Page) -> None:
    box = page.get_by_text("3.2 %", exact=True).bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 30, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Run again").click()
    page.get_by_text("run 2, clicked: nothing.").wait_for()


@pytest.mark.browser
def test_no_text_runs_as_a_script(browser: Browser, screen: str) -> None:
    page = browser.new_page()
    page.goto(f"{screen}?board=nasty")
    page.get_by_role("heading", name="window.hurt=1").first.wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator(".board img, .board script").count() == 0
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_fits_and_follows_the_theme(browser: Browser, screen: str, size: str, scheme: str) -> None:
    page = browser.new_page(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(screen)
    page.get_by_role("heading", name="Cart Abandonment").wait_for()
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    cards = [card.bounding_box() for card in page.locator(".card").all()]
    lefts = {box["x"] for box in cards if box}
    assert len(lefts) == (1 if size == "phone" else 4)
    ground = page.locator(".card").first.evaluate("card => getComputedStyle(card).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(26, 33, 41)")
    page.close()


@pytest.mark.browser
def test_print_is_on_white_and_shapes_stay(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    card = page.locator(".card").first.evaluate("card => getComputedStyle(card).backgroundColor")
    mark = page.locator(".card .sb-mark").first.evaluate("mark => getComputedStyle(mark).printColorAdjust")
    assert (card, mark) == ("rgb(255, 255, 255)", "exact")
