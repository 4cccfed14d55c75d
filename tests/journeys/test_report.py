"""The report from the page: seen as it will be, and taken away as files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.journeys.browsing import go
from tests.journeys.screens import failures, opened, press, words

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_an_empty_report_leads_to_the_board() -> None:
    screen = opened("report")
    assert "Nothing to report yet" in words(screen)
    press(screen, "Go to the board")
    assert failures(screen) == []


@pytest.mark.browser
@pytest.mark.usefixtures("sample_shop")
def test_the_page_shows_the_report_and_hands_out_its_files(page: Page) -> None:
    go(page, "report")
    shown = page.frame_locator("iframe").locator("body")
    shown.get_by_text("What really changed").wait_for()
    assert "Average order value" in shown.inner_text()
    taken = {}
    for label in ("PDF", "Excel workbook", "Web page", "Everything as CSV"):
        with page.expect_download() as waited:
            page.get_by_role("button", name=label).click()
        taken[waited.value.suggested_filename] = Path(waited.value.path()).read_bytes()
    assert sorted(taken) == [f"kpi_report_2026-11-03.{ending}" for ending in ("html", "pdf", "xlsx", "zip")]
    text = pypdf.PdfReader(io.BytesIO(taken["kpi_report_2026-11-03.pdf"])).pages[0].extract_text()
    assert "Monthly revenue" in text
