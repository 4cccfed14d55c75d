"""From everyday words to a card on the board, and from there to an objective, in a browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import importing, place
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.journeys.browsing import card, choose, expect, form_stands, go, press, settle, shows, write
from tests.journeys.conftest import NOW
from tests.journeys.files import seed_report

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def _report() -> None:
    """Start from a data file that holds the daily report and no KPI."""
    data = place.data_file(os.environ)
    importing.add(data, File("daily_report.csv", seed_report()), Wishes("Daily report", {"coverage": "yes"}), NOW)


@pytest.mark.browser
@pytest.mark.usefixtures("_report")
def test_words_lead_to_a_kpi_whose_columns_are_proposed_and_checked(page: Page) -> None:
    go(page, "catalogue")
    write(page, "What do you want to know?", "full baskets nobody pays for")
    press(page, "Cart abandonment rate")
    page.get_by_role("heading", name="Cart abandonment rate").wait_for()
    page.get_by_text("Baskets started less orders paid, divided by baskets started.").wait_for()
    page.get_by_text("Others report: 70.22%").wait_for()
    press(page, "Check and use Daily report")
    page.get_by_text("Proposed from the headings of Daily report; check it before you save.").wait_for()
    page.get_by_text("(add up Abandoned by Date from Daily report) divided by (add up Baskets").wait_for()
    choose(page, "Read every", "month")
    form_stands(page)
    choose(page, "Goal it serves", "A website that works")
    write(page, "Owner: one name", "web lead")
    press(page, "Put on the board")
    page.get_by_role("heading", name="On the board").wait_for()
    go(page)
    shows(page, "Cart abandonment rate", "58%", "October")


@pytest.mark.browser
@pytest.mark.usefixtures("sample_shop")
def test_an_objective_is_written_scored_removed_and_taken_back(page: Page) -> None:
    go(page, "objectives")
    page.get_by_role("heading", name="A shop that people come back to").wait_for()
    press(page, "Add an objective")
    choose(page, "What do we want?", "Make customers happier")
    choose(page, "KPI", "Net Promoter Score")
    write(page, "From (where it started)", "30")
    write(page, "To (where it should be)", "60")
    page.get_by_text("A stretch: we aim at more than we expect").click()
    settle(page)
    page.get_by_role("textbox", name="First day").or_(page.get_by_label("First day")).first.wait_for()
    press(page, "Save")
    page.get_by_text("Make customers happier is saved.").wait_for()
    written = page.locator("[class*=st-key-panel_objective_2]")
    # It is for the quarter that runs
    written.get_by_text("1 October 2026 to 31 December 2026").first.wait_for()
    written.get_by_role("button", name="Remove").click()
    settle(page)
    page.get_by_text("Make customers happier is removed; its KPIs stay.").wait_for()
    expect(written).to_have_count(0)
    page.locator("[class*=st-key-panel_objective_done]").get_by_role("button", name="Undo").click()
    settle(page)
    written.wait_for()


@pytest.mark.browser
@pytest.mark.usefixtures("sample_shop")
def test_the_north_star_and_a_filter_stay_from_page_to_page(page: Page) -> None:
    go(page, "choose?kpi=1")
    form_stands(page)
    write(page, "Why does it change? (for the log)", "all others serve it")
    page.get_by_text("More: kind, side of the business, level").click()
    settle(page)
    mark = page.locator("[class*=st-key-define_north_star]")
    mark.get_by_text("This is our one North Star").click()
    mark.locator("input:checked").wait_for(state="attached")
    settle(page)
    press(page, "Save")
    page.get_by_text("★ North Star").wait_for()
    go(page)
    page.get_by_role("heading", name="North Star", exact=True).wait_for()
    expect(card(page, "Monthly revenue")).to_have_count(1)
    choose(page, "All owners", "buyer")
    page.get_by_role("link", name="Choose KPIs").click()
    page.get_by_role("heading", name="On the board").wait_for()
    settle(page)
    expect(page.locator("[class*=st-key-panel_line_]")).to_have_count(1)
