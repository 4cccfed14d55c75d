from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdf
import pytest

from kpi_core.report import Report
from kpi_core.report.html import to_html
from tests.report.made import AWKWARD, with_actions
from tests.ui.markup import elements

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

OUTSIDE = re.compile(r"""(?:src|href|srcset|action|poster|data)\s*=|url\(|@import|https?://""", re.IGNORECASE)


@pytest.fixture
def shown(browser: Browser, awkward: Report, tmp_path: Path) -> Page:
    """Open the awkward report as a file; whatever it asks for or complains about fails the test."""
    path = tmp_path / "report.html"
    path.write_text(to_html(with_actions(awkward)), "utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    trouble: list[str] = []
    page.on("request", lambda request: trouble.append(request.url))
    page.on("console", lambda message: trouble.append(message.text))
    page.goto(path.as_uri())
    assert trouble == [path.as_uri()]
    return page


def test_the_page_names_nothing_outside_itself(awkward: Report) -> None:
    assert OUTSIDE.findall(to_html(replace(awkward, groups=awkward.groups[:1]))) == []


def test_the_only_style_is_the_one_that_the_policy_names(awkward: Report) -> None:
    page = to_html(awkward)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{fingerprint}'" in page
    assert " style=" not in page


def test_every_name_is_escaped(awkward: Report) -> None:
    page = to_html(with_actions(replace(awkward, business="<img src=x onerror=hurt>", provenance="<u>from</u>")))
    assert "<script" not in page
    assert "<img" not in page
    assert "<u>" not in page
    assert "<b>bold" not in page
    assert "&lt;script&gt;window.hurt=1&lt;/script&gt;" in page


def test_a_status_is_a_shape_and_a_word(awkward: Report) -> None:
    page = to_html(awkward)
    badges = re.findall(r'<span class="status \w+"><svg[^>]*>(<\w+)[^>]*/></svg><span>([^<]+)</span>', page)
    assert {"On target", "Close"} <= {word for _, word in badges}
    assert {word: drawn for drawn, word in badges if word in {"On target", "Off target (red)"}} == {
        "On target": "<circle",
        "Off target (red)": "<path",
    }


def test_a_business_without_a_name_or_a_kpi_has_a_page_that_says_so(awkward: Report) -> None:
    page = to_html(replace(awkward, business="", groups=(), tally=(), counts="", changes=(), unknown=()))
    assert "<h1><bdi>KPI report</bdi></h1>" in page
    assert "Nothing to report yet" in page
    assert "<table" not in page


def test_the_tags_close(awkward: Report) -> None:
    assert elements(to_html(with_actions(awkward)).partition("<body>")[2].partition("</body>")[0])


@pytest.mark.browser
def test_the_browser_shows_every_name_and_runs_nothing(shown: Page) -> None:
    assert shown.evaluate("window.hurt") is None
    names = [text.strip() for text in shown.locator("th[scope=row] > bdi").all_inner_texts()]
    assert {name.strip() for name in AWKWARD} <= set(names)
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_nothing_sticks_out_on_a_phone(shown: Page) -> None:
    shown.set_viewport_size({"width": 390, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    shown.emulate_media(color_scheme="dark")
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(26, 33, 41)"


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_with_its_heading_on_every_page(browser: Browser, fifty: Report, paper: str) -> None:
    page = browser.new_page()
    page.set_content(to_html(fifty))
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))
    texts = [each.extract_text() for each in printed.pages]
    assert 4 <= len(texts) <= 7
    boards = [text for text in texts if "Number 2" in text or "Number 4" in text]
    assert all("Status" in text and "Trend" in text for text in boards)


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nine_kpis_of_a_shop_print_on_one_page(browser: Browser, shop: Report, paper: str) -> None:
    page = browser.new_page()
    page.set_content(to_html(shop))
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format=paper))).pages) == 1
