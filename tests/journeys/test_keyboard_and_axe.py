"""The keyboard reaches everything, nothing has to be scrolled sideways, and axe finds nothing where it is at hand.

axe is no part of the project: name its script in SIGNALBOX_AXE to run it (`axe.min.js` of the npm package axe-core).
"""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.browsing import Scheme, card, go, new_page, pick, press, settle
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

AXE = os.environ.get("SIGNALBOX_AXE", "")
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
PAGES = (
    "", "add_data", "fill_in", "choose", "choose?kpi=new", "choose?kpi=1", "kpi?kpi=1", "kpi?kpi=7", "goals", "sources",
    "settings", "catalogue", "catalogue?key=aov", "objectives", "objectives?objective=1", "checkup", "report", "review",
    "actions", "guide", "guide?of=kpi", "safety", "changes", "notes",
)  # fmt: skip
NOT_OURS = {"presentation-role-conflict"}
"""Streamlit's own file drop zone; reported there, not to be changed from here."""


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
    """Give the board of the sample shop."""
    page = new_page(browser, shop)
    go(page)
    card(page, "Visits").wait_for()
    yield page
    page.close()


def focused(page: Page) -> str:
    """Name what the keyboard is at."""
    return str(
        page.evaluate(
            """() => {
          let at = document.activeElement;
          while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText;
          return label || at.innerText || at.getAttribute("placeholder") || at.tagName;
        }"""
        )
    ).strip()


@pytest.mark.browser
def test_the_keyboard_reaches_everything_on_the_board(board: Page) -> None:
    wanted = {
        *("Add data", "Choose KPIs", "Settings"),
        *("Cards", "Search", "Group", "Sort", "All owners", "Any status"),
        *("Find out why: First reply time", "Monthly revenue", "Out-of-stock share", "Visits"),
    }
    reached = set()
    for _ in range(60):
        board.keyboard.press("Tab")
        reached.add(focused(board).splitlines()[-1])
    assert wanted <= reached


@pytest.mark.browser
def test_a_card_opens_by_enter_and_the_way_back_is_there(board: Page) -> None:
    board.get_by_role("button", name="First reply time", exact=True).focus()
    board.keyboard.press("Enter")
    board.get_by_role("heading", name="First reply time", level=1).wait_for()
    board.get_by_role("link", name="Board").last.focus()
    board.keyboard.press("Enter")
    board.get_by_role("heading", name="Board", level=1).wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_its_width_and_has_names_and_headings_in_order(
    browser: Browser, shop: str, path: str, size: str
) -> None:
    page = new_page(browser, shop, SIZES[size])
    go(page, path)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    levels = main.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    nameless = main.locator("button:visible, input:visible, a:visible").evaluate_all(
        "all => all.filter(each => !each.closest('[aria-hidden=true]') && !each.getAttribute('aria-label') &&"
        " !each.textContent?.trim() && !each.labels?.length && !each.title && each.type !== 'file')"
        ".map(each => each.outerHTML.slice(0, 200))"
    )
    assert nameless == []
    page.close()


@pytest.mark.browser
@pytest.mark.skipif(not AXE, reason="SIGNALBOX_AXE names no axe script")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(browser: Browser, shop: str, size: str, scheme: Scheme) -> None:
    page = new_page(browser, shop, SIZES[size], scheme)
    found = []
    for path in PAGES:
        go(page, path)
        found += violations(page, path)
    page.close()
    assert found == []


@pytest.mark.browser
@pytest.mark.skipif(not AXE, reason="SIGNALBOX_AXE names no axe script")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_what_was_folded_away(browser: Browser, shop: str, size: str, scheme: Scheme) -> None:
    page = new_page(browser, shop, SIZES[size], scheme)
    go(page)
    found = []
    for look in ("Table", "12 months", "Cards"):
        pick(page, look)
        found += violations(page, look)
    page.locator(".more summary").click()
    found += violations(page, "more filters")
    go(page, "kpi?kpi=1")
    press(page, "Why?")
    while (folded := page.locator("[data-testid=stExpander] details:not([open]) > summary")).count():
        folded.first.click()
        settle(page)
    found += violations(page, "unfolded")
    for popover in page.locator("[data-testid=stPopover] button:visible").all():
        popover.click()
        page.locator("[data-testid=stPopoverBody]").wait_for()
        found += violations(page, popover.inner_text())
        page.keyboard.press("Escape")
        page.locator("[data-testid=stPopoverBody]").wait_for(state="hidden")
    page.close()
    assert found == []


def violations(page: Page, where: str) -> list[str]:
    """List what axe finds on the page as it stands."""
    page.wait_for_timeout(1500)  # what fades in is paler than it will be
    page.evaluate(Path(AXE).read_text("utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{where} {each['id']}: {node['html'][:150]}"
        for each in result["violations"]
        if each["id"] not in NOT_OURS
        for node in each["nodes"]
    ]
