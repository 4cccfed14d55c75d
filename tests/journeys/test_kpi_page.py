"""A KPI's page in the browser: a real drop is looked into, explained, noted, and made the new usual range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.browsing import expect, go, press, settle, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("sample_shop")]
DROPPED = "kpi?kpi=3"


def chart(page: Page) -> None:
    """Wait for the trend to be drawn."""
    page.locator(".st-key-panel_trend .js-plotly-plot .main-svg").first.wait_for()


def test_a_drop_is_looked_into_and_made_the_new_usual_range(page: Page) -> None:
    go(page, DROPPED)
    changing = page.locator(".st-key-panel_changing")
    expect(changing).to_contain_text("A real drop")
    press(page, "Why?")
    why = page.locator(".st-key-why")
    expect(why).to_contain_text("Usual range")
    why.locator(".js-plotly-plot .main-svg").first.wait_for()
    changing.get_by_role("button", name="Set a new usual range from March?").click()
    write(page, "What is different since then?", "Free shipping from a lower sum")
    press(page, "Start anew in March")
    expect(changing).to_contain_text("Routine variation")
    expect(why).to_contain_text("New usual range since 1 March: Free shipping from a lower sum")
    press(page, "Take back")
    expect(changing).to_contain_text("A real drop")


def test_a_note_is_added_on_the_trend_and_taken_away(page: Page) -> None:
    go(page, DROPPED)
    chart(page)
    trend = page.locator(".st-key-panel_trend")
    expect(trend).to_contain_text("1 March: Free shipping from a lower sum")
    trend.get_by_role("button", name="Add a note").click()
    write(page, "What happened?", "Fair in town")
    press(page, "Keep this note")
    expect(trend).to_contain_text("3 November: Fair in town")
    trend.get_by_role("button", name="Take away", exact=True).last.click()
    settle(page)
    expect(trend).to_contain_text("Taken away: 3 November: Fair in town")
    expect(trend.get_by_role("figure").first).not_to_have_accessible_name(re.compile("Fair in town"))
    trend.get_by_role("button", name="Undo").click()
    expect(trend.get_by_role("figure").first).to_have_accessible_name(re.compile("Fair in town"))


def test_the_chart_says_in_words_what_it_shows(page: Page) -> None:
    go(page, DROPPED)
    chart(page)
    said = page.locator(".st-key-panel_trend [aria-label*='lowest'], .st-key-panel_trend [alt*='lowest']").first
    words = said.get_attribute("aria-label") or said.get_attribute("alt") or ""
    for part in ("Usual range", "A real drop since March", "at this pace", "1 March: Free shipping"):
        assert part in words


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    go(page, DROPPED)
    chart(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_shows_the_name_of_what_is_watched_and_nothing_that_can_be_pressed(page: Page) -> None:
    go(page, DROPPED)
    page.locator(".st-key-panel_beside .sb-beside").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".st-key-panel_beside").get_by_text("Conversion rate", exact=True)).to_be_visible()
    for pressed in ("Why?", "All actions", "Add an action", "Add a note"):
        expect(page.get_by_role("button", name=pressed, exact=True)).to_have_count(0)
