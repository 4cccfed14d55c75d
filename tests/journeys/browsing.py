"""What an owner does in a browser, by the words on the screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def go(page: Page, path: str = "") -> None:
    """Open a page of the app by its address and wait until it stands."""
    page.goto(f"/{path}")
    page.get_by_role("heading", level=1).wait_for()
    settle(page)


STILL = """(since) => {
    const still = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
    if (!still || window.settling?.since !== since) window.settling = {since, from: performance.now()};
    return still && performance.now() - window.settling.from >= %d;
}"""
QUIET_MS = 250
"""A click is on its way to the program for some milliseconds in which the page looks finished already."""


def settle(page: Page) -> None:
    """Wait until the page is not being made again, and was not for a moment."""
    page.wait_for_function(STILL % QUIET_MS, arg=time.monotonic())


def press(page: Page, label: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=label, exact=True).click()
    settle(page)


def write(page: Page, label: str, text: str) -> None:
    """Write into a field and leave it."""
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Tab")
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a list; the first list of this name."""
    field = page.get_by_role("combobox", name=label, exact=True).first
    field.click()
    field.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def pick(page: Page, label: str) -> None:
    """Pick one of several that stand side by side."""
    page.get_by_role("radio", name=label, exact=True).or_(page.get_by_role("button", name=label, exact=True)).click()
    settle(page)


def form_stands(page: Page) -> None:
    """Wait until the form that defines a KPI shows what it was filled with, down to its last button."""
    page.get_by_role("button", name="Leave it").wait_for()
    page.locator("input[role=combobox][aria-label='Read every'][value=month]").wait_for()
    settle(page)


def drop(page: Page, name: str, data: bytes) -> None:
    """Drop a file on the page that adds data and wait until it was read."""
    page.locator("[data-testid=stMain] input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    said = page.locator("[data-testid=stAlert], [role=alert]").filter(has_text=name)
    page.get_by_role("heading", name=name).or_(said).first.wait_for()
    settle(page)


def card(page: Page, name: str) -> Locator:
    """Find the card of a KPI on the board."""
    return page.locator("article.card").filter(has=page.get_by_role("heading", name=name, exact=True))


def shows(page: Page, name: str, *texts: str) -> None:
    """Hold a card on the board to what stands on it."""
    for text in texts:
        card(page, name).filter(has_text=text).wait_for()
