"""A restaurant owner who has never written a KPI: from an empty board to four of them, by keyboard and on a phone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import State, Tier
from kpi_core.service import choose, goals, place
from tests.journeys.browsing import go, new_page, press, settle, write
from tests.journeys.test_keyboard_and_axe import focused

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOST_TABS = 80


def tab_to(page: Page, name: str) -> None:
    """Go on with the keyboard alone until it is at something of this name."""
    for _ in range(MOST_TABS):
        widget = page.evaluate("() => ['BUTTON', 'INPUT', 'TEXTAREA'].includes(document.activeElement.tagName)")
        if widget and (focused(page).splitlines()[-1:] == [name] or name in labels_of_focus(page)):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {name!r}; it is at {focused(page)!r}")


def labels_of_focus(page: Page) -> list[str]:
    """List the labels of the field that the keyboard is at."""
    found = page.evaluate("() => Array.from(document.activeElement.labels || []).map(each => each.innerText.trim())")
    return [str(each).splitlines()[0] for each in found if each]


def push(page: Page, name: str, key: str = "Enter") -> None:
    """Press a key on something that the keyboard was led to."""
    tab_to(page, name)
    page.keyboard.press(key)
    settle(page)


def board_kpis() -> list[str]:
    kpis = choose.options(place.data_file(os.environ)).kpis
    return [kpi.name for kpi in kpis if kpi.state is State.ACTIVE and kpi.tier is Tier.KPI]


@pytest.mark.browser
def test_four_kpis_by_keyboard_alone(page: Page) -> None:
    go(page)
    push(page, "Start with my goals")
    page.get_by_role("heading", name="Start with my goals", level=1).wait_for()
    page.get_by_role("radio", name="Shop").wait_for()
    tab_to(page, "Shop")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="On to the goals", exact=True).and_(page.locator(":enabled")).wait_for()
    push(page, "On to the goals")
    page.get_by_text("What do you want most this year?").wait_for()
    push(page, "Keep more of what we earn", "Space")
    page.get_by_text("1 picked").wait_for()
    push(page, "On to the questions")
    tab_to(page, "In your own words")
    page.keyboard.type("prime cost from 64 to 58 % by june")
    page.keyboard.press("Enter")
    page.locator(".sb-read").get_by_text("30 June 2027").wait_for()
    push(page, "Propose KPIs")
    page.get_by_text("4 KPIs for your board.").wait_for()
    push(page, "Keep these")
    push(page, "Write them down")
    for name in ("Prime cost", "Food waste", "Average spend per guest", "Net profit margin"):
        page.locator(f"input[aria-label='Name'][value='{name}']").wait_for()
        settle(page)
        tab_to(page, "Owner: one name")
        page.keyboard.type("head chef")
        page.keyboard.press("Tab")
        settle(page)
        page.get_by_role("button", name="Put on the board", exact=True).wait_for()
        push(page, "Put on the board")
    page.get_by_role("heading", name="4 on the board, 3 without a target").wait_for()
    assert board_kpis() == ["Prime cost", "Food waste", "Average spend per guest", "Net profit margin"]
    push(page, "To the board")
    page.get_by_role("heading", name="Board", level=1).wait_for()


@pytest.mark.browser
def test_who_leaves_in_the_middle_comes_back_to_the_same_place(page: Page, browser: Browser) -> None:
    go(page, "goals")
    page.get_by_text("Restaurant", exact=True).click()
    settle(page)
    press(page, "On to the goals")
    page.get_by_text("Keep more of what we earn", exact=True).click()
    settle(page)
    press(page, "On to the questions")
    write(page, "In your own words", "food waste below 4 % every week")
    page.locator(".sb-read").get_by_text("4 %").first.wait_for()
    again = new_page(browser, page.url.rsplit("/", 1)[0])
    go(again, "goals")
    again.locator(".sb-read").get_by_text("Food waste", exact=True).wait_for()
    again.locator("input[aria-label='In your own words'][value='food waste below 4 % every week']").wait_for()
    press(again, "2 Goals")
    assert again.get_by_role("checkbox", name="Keep more of what we earn").is_checked()
    press(again, "4 KPIs")
    press(again, "Keep these")
    press(again, "Write them down")
    again.get_by_role("textbox", name="Owner: one name").wait_for()
    again.close()
    last = new_page(browser, page.url.rsplit("/", 1)[0])
    go(last, "goals")
    last.get_by_role("textbox", name="Owner: one name").wait_for()
    last.close()


@pytest.mark.browser
def test_on_a_phone_everything_fits_and_a_thumb_finds_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "goals")
    fits(page)
    page.get_by_text("Restaurant", exact=True).click()
    settle(page)
    press(page, "On to the goals")
    for goal in ("Keep more of what we earn", "Make customers happier", "Waste less"):
        box = page.locator("label").filter(has_text=goal).bounding_box()
        assert box is not None
        assert box["height"] >= 40
        page.get_by_text(goal, exact=True).click()
        settle(page)
    fits(page)
    press(page, "On to the questions")
    for step in ("4 KPIs", "5 Health metrics"):
        fits(page)
        press(page, step)
    fits(page)
    press(page, "Write them down")
    page.get_by_role("textbox", name="Owner: one name").wait_for()
    fits(page)
    assert len(goals.journey(place.data_file(os.environ)).kept) > 5


def fits(page: Page) -> None:
    """Hold the page to its width: nothing has to be scrolled sideways."""
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
