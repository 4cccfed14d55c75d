"""How many clicks and keystrokes lead from an empty board to five KPIs on it, in Chromium, as a new user would go.

Three kinds of business, three goals each; once as it is proposed, once with a sentence of the owner's for each goal. A
click is one press of the mouse; what is typed is counted by the character. Of each KPI only the owner is filled in:
that is all that the way asks for.

    python benchmarks/wizard_clicks.py [--width 390] [--shots FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import sync_playwright

from kpi_core.kpi import State, Tier
from kpi_core.service import choose, place
from tests.journeys.browsing import expect, go, new_page, settle
from tests.served import ROOT, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

TODAY = "2026-11-21"
WANTED = 5
OWNER = "shop manager"
FORM = "input[role=combobox][aria-label='Read every']"


@dataclass(frozen=True)
class Way:
    """One way to go: the kind of business, its goals, and a sentence for each goal or none."""

    business: str
    goals: tuple[str, ...]
    sentences: tuple[str, ...] = ()


WAYS = (
    Way("Shop", ("Bring in more money", "Make customers happier", "A website that works")),
    Way(
        "Shop",
        ("Bring in more money", "Make customers happier", "A website that works"),
        ("average order 42 -> 50 eur by end of june", "csat from 80 to 88 % by june", "conversion 2.4 -> 3 % by march"),
    ),
    Way("Restaurant", ("Keep more of what we earn", "Make customers happier", "Waste less")),
    Way(
        "Restaurant",
        ("Keep more of what we earn", "Make customers happier", "Waste less"),
        ("prime cost from 64 to 58 % by june", "google rating 4.2 to 4.6 by may", "food waste below 4 % every week"),
    ),
    Way("Something else", ()),
)


@dataclass
class Hand:
    """A hand at the mouse and the keyboard, and what it did."""

    page: Page
    shots: Path | None
    clicks: int = 0
    keys: int = 0
    steps: list[tuple[str, int, int]] = field(default_factory=list)

    def click(self, where: Locator) -> None:
        """Press the mouse on something."""
        where.click()
        self.clicks += 1
        settle(self.page)

    def press(self, label: str) -> None:
        """Press a button."""
        self.click(self.page.get_by_role("button", name=label, exact=True))

    def write(self, where: Locator, text: str) -> None:
        """Click into a field, type, and leave it by Tab."""
        where.click()
        where.press_sequentially(text)
        where.press("Tab")
        self.clicks, self.keys = self.clicks + 1, self.keys + len(text) + 1
        settle(self.page)

    def choose(self, label: str, option: str) -> None:
        """Open a list, type what is wanted, and take it by Enter."""
        where = self.page.get_by_role("combobox", name=label, exact=True)
        where.click()
        where.press_sequentially(option)
        self.page.get_by_role("option", name=option, exact=True).wait_for()
        where.press("Enter")
        self.clicks, self.keys = self.clicks + 1, self.keys + len(option) + 1
        settle(self.page)

    def done(self, step: str) -> None:
        """Remember what a step took, with a picture of how it stands."""
        clicks, keys = sum(each for _, each, _ in self.steps), sum(each for _, _, each in self.steps)
        self.steps.append((step, self.clicks - clicks, self.keys - keys))
        if self.shots is not None:
            self._picture(self.shots / f"{len(self.steps)} {step}.png")

    def _picture(self, path: Path) -> None:
        """Take a picture of all of the page: what scrolls in it is only drawn as far as the window goes."""
        window = self.page.viewport_size
        assert window is not None
        tall = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size({"width": window["width"], "height": max(window["height"], int(tall))})
        self.page.screenshot(path=path)
        self.page.set_viewport_size(window)


def walk(browser: Browser, way: Way, width: int, shots: Path | None) -> tuple[Hand, list[str]]:
    """Go one way over a data file of its own; give the hand and the KPIs that stand on the board then."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIGNALBOX_DATA"] = str(Path(folder) / "shop.db")
        with served(ROOT / "app.py") as address:
            page = new_page(browser, address, (width, 900))
            hand = Hand(page, shots)
            go(page)
            first_steps(hand, way)
            kpis = define_each(hand, proposed(hand))
            page.close()
    return hand, kpis


def first_steps(hand: Hand, way: Way) -> None:
    """Answer what kind of business it is, which goals, and what is known of them already."""
    page = hand.page
    hand.press("Start with my goals")
    page.get_by_role("heading", name="Start with my goals", level=1).wait_for()
    hand.click(page.get_by_text(way.business, exact=True))
    hand.choose("Your money is in", "EUR")
    hand.done("business")
    hand.press("On to the goals")
    boxes = page.locator("[data-testid=stCheckbox] label")
    boxes.first.wait_for()
    for goal in way.goals or boxes.all_inner_texts()[:3]:
        hand.click(page.get_by_text(goal, exact=True))
    hand.done("goals")
    hand.press("On to the questions")
    for number, sentence in enumerate(way.sentences):
        hand.write(page.get_by_role("textbox", name="In your own words", exact=True).nth(number), sentence)
    hand.done("your words")
    hand.press("Propose KPIs")


def proposed(hand: Hand) -> int:
    """Take what is proposed, filled up to five where it is less; give how many there are."""
    page = hand.page
    cards = page.locator(".st-key-goals_cards h2")
    cards.first.wait_for()
    while (count := cards.count()) < WANTED:
        hand.press("Add another")
        hand.click(page.get_by_role("combobox", name="Add to the board", exact=True))
        hand.click(page.get_by_role("option").first)
        expect(cards).to_have_count(count + 1)
    hand.done("KPIs")
    hand.press("Keep these")
    hand.done("health metrics")
    hand.press("Write them down")
    return count


def define_each(hand: Hand, count: int) -> list[str]:
    """Name the owner of each KPI and put it on the board; give the KPIs that stand there in the end."""
    page = hand.page
    for number in range(1, count + 1):
        page.locator(FORM).wait_for()
        settle(page)
        name = page.get_by_role("textbox", name="Name", exact=True)
        expect(name).not_to_have_value("")
        shown = name.input_value()
        owner = page.get_by_role("textbox", name="Owner: one name", exact=True)
        if not owner.input_value():
            hand.write(owner, OWNER)
        hand.done(f"{number} {shown}")
        hand.click(page.get_by_role("button", name="Put on the board", exact=True).or_(
            page.get_by_role("button", name="Save draft", exact=True)
        ))  # fmt: skip
        page.wait_for_function("name => document.querySelector('input[aria-label=Name]')?.value !== name", arg=shown)
    hand.press("To the board")
    page.get_by_role("heading", name="Board", level=1).wait_for()
    page.locator("article.card").first.wait_for()
    settle(page)
    hand.done("board")
    kpis = choose.options(place.data_file(os.environ)).kpis
    return [kpi.name for kpi in kpis if kpi.state is State.ACTIVE and kpi.tier is Tier.KPI]


def main() -> None:
    """Go every way and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=1280, help="of the browser window, in pixels")
    parser.add_argument("--shots", type=Path, help="a folder for a picture of each step")
    asked = parser.parse_args()
    os.environ["SIGNALBOX_TODAY"] = TODAY
    print("| business | sentences | clicks | characters | KPIs on the board |\n|---|---|---|---|---|")
    taken: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for way in WAYS:
            said = "one a goal" if way.sentences else "none"
            folder = asked.shots / f"{way.business} {said} {asked.width}" if asked.shots else None
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            hand, kpis = walk(browser, way, asked.width, folder)
            row = f"| {way.business} | {said} | {hand.clicks} | {hand.keys} | {len(kpis)}: {', '.join(kpis)} |"
            print(row, flush=True)
            taken += [f"{way.business}, {said}: " + "; ".join(f"{step} {a}+{b}" for step, a, b in hand.steps)]
        browser.close()
    print("\nClicks + characters of each step:\n" + "\n".join(taken))


if __name__ == "__main__":
    main()
