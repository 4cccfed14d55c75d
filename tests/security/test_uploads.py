"""Files made to harm are answered in one sentence through the real uploader; the app stays up, and nothing is written.

What is said of each kind of file by itself is held in tests/ingest/test_bad_input.py.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import history
from tests.journeys.browsing import go, new_page, settle
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

MEGABYTE = 1 << 20
GOOD = b"Day,Amount\n" + b"".join(b"2026-09-%02d,%d.50\n" % (day, day) for day in range(1, 31))


def bomb() -> bytes:
    """Pack a workbook that is small here and would fill the memory unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for part in range(4):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", bytes(32 * MEGABYTE))
    return packed.getvalue()


WIDE = ",".join(f"c{number}" for number in range(400)) + "\n" + ",".join("1" * 400) + "\n"
HARMFUL = {
    "bomb.xlsx": (bomb(), "bomb.xlsx is larger than any real workbook once it is unpacked."),
    "wide.csv": (WIDE.encode(), "wide.csv has 400 columns; 300 is the most that is read."),
    "nul.csv": (bytes(5000), "nul.csv is not a table: it looks like bytes of a program."),
    "nothing.csv": (b"", "nothing.csv is empty."),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name a data file that is not there yet, alone in its folder."""
    return tmp_path_factory.mktemp("uploads") / "in" / "here" / "data.db"


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """Serve the app with room for a megabyte a file, so that the test of the limit needs no 200."""
    data.parent.mkdir(parents=True)
    with served(ROOT / "app.py", "--server.maxUploadSize=1", SIGNALBOX_DATA=str(data)) as served_at:
        yield served_at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page that adds data."""
    opened = new_page(browser, address)
    go(opened, "add_data")
    yield opened
    opened.close()


def dropped(page: Page, name: str, data: bytes) -> None:
    """Drop a file."""
    files = page.locator("[data-testid=stMain] input[type=file]").first
    files.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


@pytest.mark.browser
@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_one_sentence(page: Page, data: Path, name: str) -> None:
    content, sentence = HARMFUL[name]
    dropped(page, name, content)
    page.get_by_text(sentence).first.wait_for()
    settle(page)
    assert page.get_by_role("button", name="Add these rows").count() == 0
    assert history.history(data) == ()


@pytest.mark.browser
def test_a_file_over_the_limit_is_one_sentence_and_is_not_read(page: Page, data: Path) -> None:
    dropped(page, "huge.csv", b"Day,Amount\n" + b"2026-09-01,1.50\n" * (2 * MEGABYTE // 16))
    page.get_by_text("File must be 1.0MB or smaller.").wait_for()
    assert page.get_by_role("button", name="Add these rows").count() == 0
    assert history.history(data) == ()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["../../outside.csv", "..\\..\\outside.csv", "/tmp/outside.csv", "C:\\outside.csv"])
def test_a_name_that_is_a_way_elsewhere_writes_nothing_there(page: Page, data: Path, name: str) -> None:
    top = data.parents[2]
    dropped(page, name, GOOD)
    page.get_by_role("button", name="Add these rows").wait_for()
    settle(page)
    files = {str(Path(where) / each) for where, _, names in os.walk(top) for each in names}
    assert {each.removeprefix(str(data)) for each in files} <= {"", "-wal", "-shm"}
    assert not Path("/tmp/outside.csv").exists()
