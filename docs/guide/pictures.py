"""Makes the pictures of the guide anew, from the sample shop on a fixed day, in Chromium.

    python docs/guide/pictures.py [NAME ...]

Each picture is 1280 pixels wide or a part of that, with few colours, so that all of them together stay small.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpi_core.service import sample
from tests.conftest import find_chromium
from tests.journeys.browsing import form_stands, go, new_page, settle
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FilePayload, Page

FOLDER = Path(__file__).parent / "pictures"
NOW = datetime(2026, 11, 3, 9)
"""A Tuesday in early November: October has just ended."""
WIDTH, COLOURS = 1280, 96


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
    "settings": Picture("settings", 900),
}


def small(png: bytes) -> bytes:
    """Write a picture with few colours."""
    made = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


def take(names: list[str], folder: Path) -> None:
    """Take these pictures, of a sample shop that is made for it."""
    FOLDER.mkdir(exist_ok=True)
    data = folder / "signalbox.db"
    sample.load(data, NOW)
    environment = {"SIGNALBOX_DATA": str(data), "SIGNALBOX_TODAY": NOW.isoformat()}
    with served(ROOT / "app.py", **environment) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for name in names:
            wanted = PICTURES[name]
            page = new_page(browser, address, (WIDTH, wanted.height), "light")
            go(page, wanted.path)
            if wanted.before is not None:
                wanted.before(page)
            page.wait_for_timeout(1500)  # charts draw themselves, what fades in stands
            made = small(page.screenshot())
            (FOLDER / f"{name}.png").write_bytes(made)
            print(f"{name}.png {len(made) // 1024} KB")  # noqa: T201 -- says what it made
            page.close()
        browser.close()


if __name__ == "__main__":
    asked = sys.argv[1:] or list(PICTURES)
    unknown = [name for name in asked if name not in PICTURES]
    if unknown:
        sys.exit(f"No picture is called {', '.join(unknown)}. There are: {', '.join(PICTURES)}.")
    # The screens show where the data file lies, so it lies in the same place each time
    place = Path(tempfile.gettempdir()) / "Signalbox" / "data"
    place.mkdir(parents=True)
    try:
        take(asked, place)
    finally:
        shutil.rmtree(place.parent)
