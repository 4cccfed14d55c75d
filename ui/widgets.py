"""Small things that several pages show. `show_look()` comes first in every run: it brings the shared look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.checklist import Finding, Topic, by_topic, passes
from kpi_core.errors import SignalboxError
from kpi_core.source import PreviewRow
from kpi_core.status import Judgement
from ui.blocks_html import (
    counts_html,
    empty_html,
    error_html,
    facts_html,
    finding_html,
    fine_html,
    months_html,
    names_html,
    outcomes_html,
    preview_html,
)
from ui.marks import badge_html, ways_css
from ui.palette import css_tokens

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from kpi_core.service.amounts import Sums
    from kpi_core.service.importing import MonthCount

_HERE = Path(__file__).parent
_SHEETS = ("look.css", "blocks.css", "goals.css", "kpi.css", "review.css")
_LOOK = f"<style>{css_tokens()}{ways_css()}{''.join((_HERE / sheet).read_text('utf-8') for sheet in _SHEETS)}</style>"


def show_look(theme: str = "light dark") -> None:
    """Bring the shared look into the page: once a run, before anything else is shown.

    `theme`: of what opens above the page, which stands outside the app and does not know it.
    """
    above = f':is([data-testid="stPopoverBody"], [data-testid="stDialog"]) {{ color-scheme: {theme}; }}'
    st.html(_LOOK.replace("</style>", f"{above}</style>"))


def panel(name: str, *, stretch: bool = False) -> DeltaGenerator:
    """Give a framed part of a page, on the panel's own ground."""
    return st.container(border=True, key=f"panel_{name}", height="stretch" if stretch else "content")


def act(do: Callable[[], object], then: Callable[[], object] = st.rerun) -> bool:
    """Do something and go on; a refusal is said where it was asked, and what was typed stays."""
    try:
        do()
    except SignalboxError as error:
        show_error(error)
        return False
    then()
    return True


def act_and_tell(do: Callable[[], object], done: str = "") -> bool:
    """Do something, say in passing what was done, or what it says itself, and show the page anew."""
    said: list[object] = []

    def tell() -> None:
        st.toast(done or str(said[0]))
        st.rerun()

    return act(lambda: said.append(do()), tell)


def show_action_fields(key: str, owner: str = "") -> tuple[str, str, date | None]:
    """Show the fields of an action, `key` before the names of each; give what is done, by whom and by when."""
    st.session_state.setdefault(f"{key}_who", owner)
    what = st.text_input("What", key=f"{key}_what", placeholder="call, test, write ...")
    first, second = st.columns(2)
    who = first.text_input("Who: one name", key=f"{key}_who")
    with second:
        return what, who, show_day("By when", f"{key}_due")


def show_day(label: str, key: str, *, help_text: str | None = None) -> date | None:
    """Show a field for a day; far ones can be typed too, so that the core says which are out of reach.

    The last day of the calendar is left out: the field never comes back from it.
    """
    found: date | None = st.date_input(
        label, None, date(1000, 1, 1), date(9000, 12, 31), key=key, help=help_text, format="YYYY-MM-DD"
    )
    return found


def show_heading(text: str) -> None:
    """Show the heading of a part of a page."""
    st.html(f'<h2 class="sb-heading">{escape(text)}</h2>')


def show_status(judgement: Judgement) -> None:
    """Show a status: its badge and its sentence."""
    sentence = f"<p>{escape(judgement.sentence)}</p>" if judgement.sentence else ""
    st.html(f'<div class="sb-judgement">{badge_html(judgement.status, judgement.word)}{sentence}</div>')


def show_checklist(findings: Iterable[Finding], key: str) -> Finding | None:
    """Show findings by topic, what is fine folded away, and give the one whose remedy was pressed in this run."""
    everything = tuple(findings)
    pressed, before = None, Topic.BOARD
    with st.container(gap="xsmall", key=f"checklist_{key}"):
        for finding in by_topic(everything):
            st.html(finding_html(finding, topic=finding.topic is not before))
            before = finding.topic
            if finding.remedy and st.button(finding.remedy.label, key=f"{key}-{finding.id}", type="tertiary"):
                pressed = finding
        fine = passes(everything)
        if fine:
            st.html(fine_html(fine))
    return pressed


def show_preview(rows: Sequence[PreviewRow], numbers: Collection[int] = (), heads: Sequence[str] = ()) -> None:
    """Show a file as it stands with each record's fate; `numbers` are the places of number columns."""
    if rows:
        st.html(preview_html(rows, numbers, heads))


def show_months(months: Sequence[MonthCount], sums: Sums | None = None) -> None:
    """Show by month what happens to its rows, and what the amounts of the file come to."""
    if months:
        st.html(months_html(months, sums))


def show_names(names: Iterable[str]) -> None:
    """Show names of files, one after the other."""
    st.html(names_html(names))


def show_outcomes(outcomes: Iterable[tuple[str, str]]) -> None:
    """Show files, a line each: the name and what it brought."""
    st.html(outcomes_html(outcomes))


def show_facts(facts: Iterable[tuple[str, str]]) -> None:
    """Show what was understood, a label and its sentence a line."""
    st.html(facts_html(facts))


def show_counts(counts: Iterable[tuple[str, str]]) -> None:
    """Show figures with what they count: 412 new, 3 changed, 87 the same, 2 refused."""
    st.html(counts_html(counts))


def show_error(error: SignalboxError) -> None:
    """Show an operation that could not be done: what happened, and what to do."""
    st.html(error_html(error))


def show_empty(title: str, text: str, buttons: Sequence[str], key: str) -> str | None:
    """Show an empty screen's one or two doors, the first the likelier, and give the one pressed in this run."""
    pressed = None
    with st.container(key=key):
        st.html(empty_html(title, text))
        with st.container(horizontal=True):
            for place, label in enumerate(buttons):
                if st.button(label, key=f"{key}-{place}", type="secondary" if place else "primary"):
                    pressed = label
    return pressed
