"""The guide inside the app: the pages of docs/guide, read from this computer, with their pictures and their links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent.parent / "docs" / "guide"
FIRST = "index"
PAGE = "of"
"""The part of the address that names a page of the guide."""
_PICTURE = re.compile(r"^!\[(?P<says>[^\]]+)\]\((?P<file>pictures/[\w-]+\.png)\)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<page>\w+)\.md\)")


@dataclass(frozen=True)
class Picture:
    """A picture of the guide, with what it shows in words."""

    file: Path
    says: str


def page_names() -> tuple[str, ...]:
    """Name all pages of the guide, the index among them."""
    return tuple(sorted(each.stem for each in FOLDER.glob("*.md")))


def title_and_parts(name: str) -> tuple[str, tuple[str | Picture, ...]]:
    """Read a page: its title, then its texts and pictures in their order; links lead to the guide in the app."""
    heading, _, text = (FOLDER / f"{name}.md").read_text("utf-8").partition("\n")
    parts: list[str | Picture] = []
    at = 0
    for found in _PICTURE.finditer(text):
        parts += [text[at : found.start()], Picture(FOLDER / found["file"], found["says"])]
        at = found.end()
    linked = [_linked(each) if isinstance(each, str) else each for each in (*parts, text[at:])]
    return heading.removeprefix("# "), tuple(each for each in linked if not isinstance(each, str) or each.strip())


def _linked(text: str) -> str:
    return _LINK.sub(lambda found: f"](/guide?{PAGE}={found['page']})", text)


def show_guide(asked: str) -> None:
    """Show a page of the guide, its index where none of that name is there."""
    name = asked if asked in page_names() else FIRST
    if name != FIRST:
        st.page_link("pages/guide.py", label="Guide", icon=":material/arrow_back:")
    title, parts = title_and_parts(name)
    st.title(title)
    with st.container(width=760, key="guide"):
        for part in parts:
            if isinstance(part, Picture):
                st.image(str(part.file), caption=part.says, width="stretch")
            else:
                st.markdown(part)


def show_help_link(page: str) -> None:
    """Lead from a page of the app to its page of the guide, at the foot of the sidebar."""
    if page in page_names():
        query = {PAGE: page}
        st.sidebar.page_link("pages/guide.py", label="Help with this page", icon=":material/help:", query_params=query)
