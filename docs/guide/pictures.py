"""Makes the pictures of the guide and of the README anew, from the sample shop on a fixed day, in Chromium.

    python docs/guide/pictures.py [NAME ...]

The sample shop has gone on by then: a review was held, actions agreed, a month closed, a note written, backups made.
Each picture is 1280 pixels wide, with few colours, so that all of them together stay small.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpi_core.review import Decision, Plan
from kpi_core.service import actions, backups, invitation, keeping, meeting, months, notes, people, reviews, sample
from tests.conftest import find_chromium
from tests.journeys.browsing import form_stands, go, new_page, press, settle
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FilePayload, Page

FOLDER = Path(__file__).parent / "pictures"
NOW = datetime(2026, 11, 3, 9)
"""A Tuesday in early November: October has just ended."""
WIDTH, COLOURS = 1280, 256


@dataclass(frozen=True)
class Picture:
    """A picture: the page's address, how high it is, and what is done on the page before it is taken."""

    path: str
    height: int = 800
    before: Callable[[Page], None] | None = None


def drop_orders(page: Page) -> None:
    """Drop a file of another shop's orders."""
    lines = [f"{1000 + day},{day:02}/10/2026,paid,web,{day * 37 % 90 + 10}.50" for day in range(1, 32)]
    data = "\n".join(("Order,Ordered on,Status,Channel,Total", *lines, "")).encode()
    given: FilePayload = {"name": "orders-october.csv", "mimeType": "text/csv", "buffer": data}
    page.locator("[data-testid=stMain] input[type=file]").first.set_input_files(given)
    page.get_by_role("heading", name=given["name"]).wait_for()
    settle(page)


def further_down(page: Page) -> None:
    """Bring what explains the change to the top."""
    heading = page.get_by_role("heading", name="Which part explains it?")
    heading.evaluate("each => each.scrollIntoView()")


def in_the_meeting(page: Page) -> None:
    """Begin the next review and go to its second number."""
    press(page, "Start the review")
    go(page, "review?at=1")


PICTURES = {
    "board": Picture("", 860),
    "kpi": Picture("kpi?kpi=1", 860),
    "kpi_explained": Picture("kpi?kpi=1", 760, further_down),
    "add_data": Picture("add_data", 900, drop_orders),
    "fill_in": Picture("fill_in"),
    "choose": Picture("choose"),
    "choose_form": Picture("choose?kpi=1", 900, form_stands),
    "goals": Picture("goals"),
    "catalogue": Picture("catalogue"),
    "catalogue_kpi": Picture("catalogue?key=aov"),
    "objectives": Picture("objectives"),
    "sources": Picture("sources"),
    "settings": Picture("settings", 1000),
    "actions": Picture("actions"),
    "checkup": Picture("checkup", 640),
    "report": Picture("report", 900),
    "changes": Picture("changes", 760),
    "notes": Picture("notes", 700),
    "safety": Picture("safety", 900),
    "review": Picture("review"),
    "review_record": Picture("review?record=1", 900),
    # The last one: from here on a review goes on
    "review_meeting": Picture("review", 900, in_the_meeting),
}

README = "readme"
EVERY = {README: Picture("", 1730), **PICTURES}
"""The guide's pictures, and the whole board as the README shows it."""


def file_of(name: str) -> Path:
    """Tell where a picture lies."""
    return FOLDER.parents[1] / "board.png" if name == README else FOLDER / f"{name}.png"


def play(data: Path) -> None:
    """Let the owner of the sample shop do what an owner does in a month."""
    sample.load(data, NOW - timedelta(days=1))
    people.switch(data, "shop manager")
    keeping.save_settings(data, replace(keeping.settings(data), name="The sample shop", currency="USD"), NOW)
    backups.daily(data, NOW - timedelta(days=1))
    number = {name: kpi_id for kpi_id, name in actions.overview(data, NOW.date()).kpis.items()}
    review = reviews.start(data, "shop manager, web lead, service lead", NOW)
    basket, reply = number["Average order value"], number["First reply time"]
    small = meeting.Said("Free shipping from a lower sum: baskets are smaller since", Decision.ACT)
    meeting.decide(data, review.id, basket, small, NOW)
    meeting.decide(data, review.id, reply, meeting.Said("Nobody answers at the weekend", Decision.ACT), NOW)
    late = meeting.Said("The new supplier delivers from January on", Decision.ACCEPT, until=date(2026, 12, 31))
    meeting.decide(data, review.id, number["Out-of-stock share"], late, NOW)
    for kpi_id, what, who, due in (
        (basket, "Free shipping from $60 again, for two weeks", "web lead", date(2026, 11, 6)),
        (basket, "Show what goes with it beside the basket", "web lead", date(2026, 11, 27)),
        (reply, "Ask who can answer on Saturdays", "service lead", date(2026, 11, 20)),
        (reply, "Write answers to the ten usual questions", "service lead", date(2026, 11, 13)),
    ):
        actions.add_typed(data, kpi_id, what, who, due, NOW, review=review.id)
    reviews.finish(data, review.id, NOW)
    asked = [each.action for each in actions.overview(data, NOW.date()).lines if "Saturdays" in each.action.what]
    actions.done(data, asked[0].id, "one of us takes Saturday mornings", NOW)
    invitation.save_plan(data, Plan(date(2026, 12, 3)), NOW)
    notes.add_note(data, 0, date(2026, 10, 12), "New shop window on the front page", NOW, everywhere=True)
    months.close(data, "2026-08", NOW, "the books are closed")
    backups.daily(data, NOW)
    for each in data.parent.glob("backups/*.db"):
        made = NOW if NOW.date().isoformat() in each.name else NOW - timedelta(days=1)
        os.utime(each, (made.timestamp(), made.timestamp()))


def small(png: bytes) -> bytes:
    """Write a picture with few colours."""
    made = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


def take(names: list[str], folder: Path) -> None:
    """Take these pictures, of a sample shop that is made for it."""
    FOLDER.mkdir(exist_ok=True)
    data = folder / "signalbox.db"
    play(data)
    environment = {"SIGNALBOX_DATA": str(data), "SIGNALBOX_TODAY": NOW.isoformat()}
    with served(ROOT / "app.py", **environment) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        go(new_page(browser, address), "")  # the first visit of a day is another one
        for name in names:
            wanted = EVERY[name]
            page = new_page(browser, address, (WIDTH, wanted.height), "light")
            go(page, wanted.path)
            if wanted.before is not None:
                wanted.before(page)
            page.wait_for_timeout(1500)  # charts draw themselves, what fades in stands
            made = small(page.screenshot())
            file_of(name).write_bytes(made)
            print(f"{name}.png {len(made) // 1024} KB")  # noqa: T201 -- says what it made
            page.close()
        browser.close()


if __name__ == "__main__":
    asked = sys.argv[1:] or list(EVERY)
    unknown = [name for name in asked if name not in EVERY]
    if unknown:
        sys.exit(f"No picture is called {', '.join(unknown)}. There are: {', '.join(EVERY)}.")
    # The screens show where the data file lies, so it lies in the same place each time
    place = Path(tempfile.gettempdir()) / "Signalbox" / "data"
    if place.exists():
        sys.exit(f"{place.parent} is there already: another run goes on. If none does, delete it.")
    place.mkdir(parents=True)
    try:
        take(asked, place)
    finally:
        shutil.rmtree(place.parent)
