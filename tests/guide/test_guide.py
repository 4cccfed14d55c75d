"""The guide keeps up with the app: a page for each screen, words that are on it, pictures that one command makes."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.journeys.browsing import go, new_page, settle
from tests.journeys.screens import failures, opened
from tests.served import ROOT, served
from ui.guide_view import FIRST, FOLDER, Picture, Way, page_names, title_and_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PAGES = [each.stem for each in sorted((ROOT / "pages").glob("[!_]*.py")) if each.stem != "guide"]
DOCS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
MOST_BYTES, WIDTH = 150_000, 1280
LINK = re.compile(r"\]\((?!https?:)(?P<to>[^)#\s]+)(?:#[^)]*)?\)")
ON_SCREEN = re.compile(r"\*\*(?P<words>[^*]+)\*\*")


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


@pytest.fixture(scope="module")
def words_of_the_app() -> set[str]:
    """Gather every text that stands in the program."""
    files = [
        ROOT / "app.py",
        *(each for folder in ("pages", "ui", "kpi_core") for each in (ROOT / folder).rglob("*.py")),
    ]
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(" ".join(node.value.split()))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_app_has_its_page_that_the_index_names(name: str) -> None:
    assert name in page_names()
    assert f"]({name}.md)" in text_of(FIRST)


def test_every_page_of_the_guide_is_of_a_page_of_the_app() -> None:
    assert set(page_names()) == {*PAGES, FIRST}


@pytest.mark.parametrize("name", page_names())
def test_what_is_written_as_on_the_screen_stands_in_the_program(name: str, words_of_the_app: set[str]) -> None:
    quoted = [" ".join(each["words"].split()) for each in ON_SCREEN.finditer(text_of(name))]
    unknown = [words for words in quoted if not known(words, words_of_the_app)]
    assert unknown == []


def known(words: str, everything: set[str]) -> bool:
    """Tell whether the program says these words: as the beginning of a text, or of an element of a page."""
    return any(said.startswith(words) or f">{words}<" in said for said in everything)


def test_a_button_that_is_no_more_would_be_noticed(words_of_the_app: set[str]) -> None:
    assert known("Add these rows", words_of_the_app)
    assert not known("Add these lines", words_of_the_app)


@pytest.mark.parametrize("file", DOCS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_of_the_documentation_leads_somewhere(file: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", file.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    broken = [found["to"] for found in LINK.finditer(text) if not (file.parent / found["to"]).exists()]
    assert broken == []


def test_each_picture_is_made_by_the_command_and_shown_once_and_small() -> None:
    made = runpy.run_path(str(FOLDER / "pictures.py"))["PICTURES"]
    shown = [part.file for name in page_names() for part in title_and_parts(name)[1] if isinstance(part, Picture)]
    assert sorted(each.stem for each in shown) == sorted(made)
    assert sorted(FOLDER.joinpath("pictures").iterdir()) == sorted(shown)
    for each in shown:
        assert each.stat().st_size < MOST_BYTES
        with Image.open(each) as picture:
            assert picture.size[0] == WIDTH


@pytest.mark.parametrize("name", page_names())
def test_every_page_is_read_inside_the_app(name: str) -> None:
    screen = opened("guide", of=name)
    assert failures(screen) == []
    title, parts = title_and_parts(name)
    assert [each.value for each in screen.title] == [title]
    texts = [part.says if isinstance(part, Way) else part.strip() for part in parts if not isinstance(part, Picture)]
    assert [each.value for each in screen.markdown] == texts
    assert not any(".md)" in text for text in texts)


def test_an_unknown_page_is_the_index() -> None:
    assert opened("guide", of="../README").title[0].value == "Guide"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(ROOT / "app.py") as served_at:
        yield served_at


@pytest.mark.browser
def test_the_help_of_a_page_leads_to_its_page_and_on(browser: Browser, address: str) -> None:
    page = new_page(browser, address)
    go(page, "add_data")
    page.get_by_role("link", name="Help with this page").click()
    page.get_by_role("heading", name="Add data", level=1).wait_for()
    page.get_by_text("Drop the files your shop, till, bank or bookkeeping can export.").wait_for()
    settle(page)
    picture = page.locator("[data-testid=stMain] img").first
    assert picture.evaluate("each => each.complete && each.naturalWidth") == WIDTH
    assert picture.get_attribute("alt")
    page.get_by_role("link", name="Guide", exact=True).click()
    page.get_by_role("heading", name="Your first quarter of an hour").wait_for()
    page.get_by_test_id("stMain").get_by_role("link", name="A KPI's page").click()
    page.get_by_role("heading", name="A KPI's page", level=1).wait_for()
    assert len(page.context.pages) == 1
    page.close()
