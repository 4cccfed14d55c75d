"""What an owner does in a browser, by the words on the screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

Scheme = Literal["light", "dark"]
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect
"""Holds the page to something, once it had its time to come to that."""


HEARD = """(() => {
    const send = WebSocket.prototype.send;
    window.talk = {said: 0, heard: 0};
    WebSocket.prototype.send = function (...message) {
        window.talk.said = performance.now();
        if (!this.listened) this.addEventListener("message", () => { window.talk.heard = performance.now(); });
        this.listened = true;
        return send.apply(this, message);
    };
})()"""
"""Run in a page before its own scripts: keeps when it last said something to the program and heard from it."""


def new_page(browser: Browser, address: str, size: tuple[int, int] = (1280, 900), scheme: Scheme | None = None) -> Page:
    """Open a browser page over a served app; `settle` works on pages that were opened here."""
    width, height = size
    page = browser.new_page(base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme)
    page.add_init_script(HEARD)
    return page


def go(page: Page, path: str = "") -> None:
    """Open a page of the app by its address and wait until it stands."""
    page.goto(f"/{path}")
    page.get_by_role("heading", level=1).wait_for()
    settle(page)


STILL = """(since) => {
    const {said, heard} = window.talk;
    const answered = heard >= said || performance.now() - said > 5000;
    const still = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
    if (!(still && answered) || window.settling?.since !== since) window.settling = {since, from: performance.now()};
    return still && answered && performance.now() - window.settling.from >= %d;
}"""
QUIET_MS = 200
"""A field says what was written in it to the program some milliseconds after it was left."""


def settle(page: Page) -> None:
    """Wait until the program has answered what the page said to it, and the page was not made again for a moment."""
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


TRIES = 4


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a list; the first list of this name. A list that closed as the page was made opens again."""
    field = page.get_by_role("combobox", name=label, exact=True).first
    if field.evaluate("each => each.nodeName") == "SELECT":
        field.select_option(label=option)
        settle(page)
        return
    wanted = page.get_by_role("option", name=option, exact=True)
    for left in reversed(range(TRIES)):
        settle(page)
        field.click()
        field.fill(option)
        try:
            wanted.click(timeout=30_000 if left == 0 else 5_000)
        except playwright.TimeoutError:
            if left == 0:
                raise
            field.press("Escape")
        else:
            break
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
