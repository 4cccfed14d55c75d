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
_PART = re.compile(
    r"^!\[(?P<shows>[^\]]+)\]\((?P<file>pictures/[\w-]+\.png)\)$"  # ![What it shows](pictures/board.png)
    r"|^- \[(?P<label>[^\]]+)\]\((?P<page>\w+)\.md\): (?P<says>.+)$",  # - [Board](board.md): what needs you
    re.MULTILINE,
)
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<page>\w+)\.md\)")


@dataclass(frozen=True)
class Picture:
    """A picture of the guide, with what it shows in words."""

    file: Path
    shows: str


@dataclass(frozen=True)
class Way:
    """A line that leads to another page and says what is there."""

    page: str
    label: str
    says: str


Part = str | Picture | Way


def page_names() -> tuple[str, ...]:
    """Name all pages of the guide, the index among them."""
    return tuple(sorted(each.stem for each in FOLDER.glob("*.md")))


def title_and_parts(name: str) -> tuple[str, tuple[Part, ...]]:
    """Read a page: its title, then its texts, pictures and ways to other pages in their order."""
    title, text = _read(name)
    parts: list[Part] = []
    at = 0
    for found in _PART.finditer(text):
        parts.append(text[at : found.start()])
        if found["file"]:
            parts.append(Picture(FOLDER / found["file"], found["shows"]))
        else:
            parts.append(Way(found["page"], found["label"], found["says"]))
        at = found.end()
    shown = [_LINK.sub(r"\g<words>", each) if isinstance(each, str) else each for each in (*parts, text[at:])]
    return title, tuple(each for each in shown if not isinstance(each, str) or each.strip())


def leads_to(name: str) -> tuple[str, ...]:
    """Name the pages that the texts of a page speak of, in their order."""
    return tuple(dict.fromkeys(found["page"] for found in _LINK.finditer(_read(name)[1])))


def _read(name: str) -> tuple[str, str]:
    heading, _, text = (FOLDER / f"{name}.md").read_text("utf-8").partition("\n")
    return heading.removeprefix("# "), text


def show_guide(asked: str) -> None:
    """Show a page of the guide, its index where none of that name is there.

    Streamlit opens each link of a text in a tab of its own, so ways to other pages stand apart.
    """
    name = asked if asked in page_names() else FIRST
    if name != FIRST:
        _show_way(FIRST, _read(FIRST)[0], ":material/arrow_back:")
    title, parts = title_and_parts(name)
    st.title(title, anchor=False)
    with st.container(width=760, key="guide"):
        for part in parts:
            _show_part(part)
        if name != FIRST:
            with st.container(horizontal=True, key="guide_on"):
                for page in leads_to(name):
                    _show_way(page, _read(page)[0], ":material/arrow_forward:")


def _show_part(part: Part) -> None:
    match part:
        case str():
            st.markdown(part)
        case Picture():
            st.image(str(part.file), alt=part.shows, width="stretch")
        case Way():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _show_way(part.page, part.label)
                st.markdown(part.says, width="content")


def _show_way(page: str, label: str, icon: str | None = None) -> None:
    st.page_link("pages/guide.py", label=label, icon=icon, query_params={PAGE: page})


def show_help_link(page: str) -> None:
    """Lead from a page of the app to its page of the guide, at the foot of the sidebar."""
    if page in page_names():
        query = {PAGE: page}
        st.sidebar.page_link("pages/guide.py", label="Help with this page", icon=":material/help:", query_params=query)
