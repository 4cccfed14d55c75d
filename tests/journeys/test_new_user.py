"""From an empty data file to a board that is right to the cent: exports of three tools, a draft that is finished."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.browsing import card, choose, drop, form_stands, go, pick, press, settle, shows, write
from tests.served import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES = ROOT.parent / "shared" / "csv_cases"
SHOPIFY, SQUARE, BANK = (
    "shopify/shopify_orders_multiline.csv",
    "square/square_transactions.csv",
    "bank_se/swedbank_se.csv",
)
SEPTEMBER = "2026-09"
GRID_TRIES = 20


@pytest.fixture
def _early_october(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the app's clock: September is complete and not yet due."""
    monkeypatch.setenv("SIGNALBOX_TODAY", "2026-10-05T09:00:00")


@pytest.fixture(scope="module")
def truth() -> dict[str, float]:
    """Read what September comes to in each file; skip where the collection of exports is not there."""
    path = CASES / "truth.json"
    if not path.is_file():
        pytest.skip(f"{CASES} is not there: this journey needs real exports")
    known = {case["file"]: case for case in json.loads(path.read_text("utf-8"))}
    answers = {name: known[name]["business_kpi"] or known[name]["kpi"] for name in (SHOPIFY, SQUARE)}
    return {name: answer["answer"][SEPTEMBER] for name, answer in answers.items()}


def export(name: str) -> tuple[str, bytes]:
    path = CASES / "files" / name
    return path.name, path.read_bytes()


def start(page: Page) -> None:
    """Go from the empty board to the empty form."""
    go(page)
    press(page, "Start with my goals")
    press(page, "Define a KPI")
    form_stands(page)


def name_it(page: Page, name: str, definition: str) -> None:
    """Say what is counted."""
    write(page, "Name", name)
    write(page, "What exactly do you count?", definition)


def hold_to(page: Page, target: str) -> None:
    """Fill what every KPI needs before it may go on the board, and its target."""
    choose(page, "Goal it serves", "Bring in more money")
    write(page, "Owner: one name", "shop manager")
    pick(page, "One number")
    write(page, "Target", target)


def add_up(page: Page, column: str, currency: str) -> None:
    """Say that the values are a column of the file, added up, in a currency."""
    choose(page, "Counted as", "money")
    choose(page, "In", currency)
    choose(page, "Of", column)


def add(page: Page, name: str, question: str = "") -> None:
    """Add an export; where it asks whether it is complete, say so."""
    go(page, "add_data")
    drop(page, *export(name))
    if question:
        page.get_by_text(question).wait_for()
        press(page, "Yes, it is complete")
    press(page, "Add these rows")
    page.get_by_text(f"{Path(name).name}: ").wait_for()


def put_on_the_board(page: Page) -> None:
    """Save the form and wait until the list of KPIs is there."""
    press(page, "Put on the board")
    page.get_by_role("heading", name="On the board").wait_for()


def open_cell(page: Page) -> None:
    """Ask for the first cell of the grid's second column; the grid is a picture, and deaf until it is drawn."""
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] * 0.75, box["y"] + 53)
    page.wait_for_timeout(500)


def type_newest(page: Page, name: str, text: str) -> None:
    """Open a KPI from its card, type the value of the newest complete period into the grid and keep it."""
    card(page, name).click()
    page.get_by_role("heading", name="Type values").wait_for()
    settle(page)
    editor = page.locator("#portal textarea, #portal input").first
    for _ in range(GRID_TRIES):
        if not editor.is_visible():
            open_cell(page)
    editor.fill(text)
    editor.press("Enter")
    editor.wait_for(state="detached")
    page.wait_for_timeout(500)  # the grid waits a moment for more typing before it hands over what was typed
    press(page, "Keep these values")
    page.locator(".sb-answer").get_by_text("On target", exact=True).wait_for()


@pytest.mark.browser
@pytest.mark.usefixtures("_early_october")
def test_three_exports_and_a_typed_number_become_a_board_that_is_right_to_the_cent(
    truth: dict[str, float], page: Page
) -> None:
    start(page)
    choose(page, "Start from one that is ready-made", "Revenue, from Shopify orders (no file yet)")
    hold_to(page, "80")
    press(page, "Save draft")
    page.get_by_role("heading", name="Drafts").wait_for()
    press(page, "Define a KPI")
    form_stands(page)
    name_it(page, "Newsletter sign-ups", "people who ask for the newsletter in a month")
    hold_to(page, "50")
    write(page, "If it turns red, we will", "ask ten visitors why they left")
    put_on_the_board(page)

    add(page, SHOPIFY, "Is it complete from 1 August to the end of 30 September?")
    go(page, "choose")
    press(page, "Put on the board")
    page.get_by_role("heading", name="Drafts").wait_for(state="detached")

    add(page, SQUARE, "Is it complete from 1 September to the end of 30 September?")
    press(page, "Define a KPI over it")
    form_stands(page)
    name_it(page, "Till sales", "net sales at the till, refunds taken off")
    add_up(page, "Net Sales", "USD")
    hold_to(page, "30")
    put_on_the_board(page)

    add(page, BANK)
    press(page, "Define a KPI over it")
    form_stands(page)
    name_it(page, "Money in", "what comes in less what goes out of the account")
    add_up(page, "Belopp", "SEK")
    hold_to(page, "1,000")
    # History never came near: the form asks for a yes before it keeps such a target
    page.get_by_text("Keep it, though history gives it").click()
    put_on_the_board(page)

    go(page)
    type_newest(page, "Newsletter sign-ups", "52")

    go(page)
    shows(page, "Revenue", "On target", f"${truth[SHOPIFY]:.2f}")
    shows(page, "Till sales", "Close", f"${truth[SQUARE]:.2f}")
    shows(page, "Newsletter sign-ups", "On target", "52")
    # The bank's file says that it ends on 24 September: September is not judged by it.
    shows(page, "Money in", "SEK 0", "August", "September due by 7 October")
