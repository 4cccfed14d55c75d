"""The parts of the page of sources: what a recipe knows, the forms that change it, what can be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.period import moment_name
from kpi_core.service import recipes
from kpi_core.service.file import File
from ui.widgets import panel, show_empty, show_error, show_facts, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.log import LogLine
    from kpi_core.service.recipe_list import HiddenLine, ReadyLine, SourceLine
    from kpi_core.service.recipes import Done

DONE, ROUND = "sources_done", "sources_round"
NEW = "a source of its own"
NONE = "none"


def show_nothing() -> None:
    """Show that no file was added yet, and the way to the first one."""
    text = "Drop an export on Add data. How it was read is kept here, and the next file of its kind needs no click."
    if show_empty("No sources yet", text, ["Add data"], "no_sources"):
        st.switch_page("pages/add_data.py")


def show_done(data_file: Path, now: datetime) -> None:
    """Show what was done last, with its way back."""
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="panel_done"):
        st.text(done.sentence)
        change = done.change
        if change is not None and st.button("Undo", key="undo_done"):
            _act(lambda: recipes.take_back(data_file, change, now))


def show_source(data_file: Path, line: SourceLine, now: datetime) -> None:
    """Show a source with what its recipe knows, and what can be done with it."""
    with panel(f"source_{line.id}"):
        show_heading(line.name)
        left, right = st.columns(2, gap="medium")
        with left:
            show_facts(line.how)
        with right:
            show_facts(line.held)
        with st.expander("Rename or change it"):
            _show_rename(data_file, line, now)
            if not line.waits:
                _show_edit(data_file, line, now)
        with st.container(horizontal=True):
            if not line.waits:
                name, data = recipes.written_out(data_file, line.name)
                st.download_button(
                    "Export the recipe", data, name, "application/json", key=f"export_{line.id}", on_click="ignore"
                )
            if st.button("Delete", key=f"delete_{line.id}"):
                _act(lambda: recipes.delete(data_file, line.name, now))


def _show_rename(data_file: Path, line: SourceLine, now: datetime) -> None:
    with st.form(f"rename_{line.id}", border=False):
        name = st.text_input("Name", line.name)
        if st.form_submit_button("Rename"):
            _act(lambda: recipes.rename(data_file, line.name, name, now))


def _show_edit(data_file: Path, line: SourceLine, now: datetime) -> None:
    recipe, columns = line.recipe, list(line.columns)

    def chosen(label: str, names: Sequence[str], note: str | None = None) -> tuple[str, ...]:
        there = [name for name in names if name in columns]
        return tuple(st.multiselect(label, columns, there, help=note, placeholder=NONE))

    def one(label: str, name: str | None) -> str:
        there = columns.index(name) if name in columns else None
        found = st.selectbox(label, columns, index=there, placeholder=NONE)
        return found or ""

    with st.form(f"edit_{line.id}", border=False):
        first, second = st.columns(2)
        with first:
            date = one("Date: the day a row counts on", recipe.date)
            values = chosen("Amounts", recipe.values, "The first one is proposed for new KPIs.")
            segments = chosen("Splits the numbers", recipe.segments, SEGMENTS)
            currency = one("Column of currencies", recipe.currency_column)
        with second:
            personal = chosen("Personal, not stored", recipe.personal)
            hashed = chosen("Personal, only counted", recipe.hashed, "Stored so that it can be counted, not read.")
            includes = st.text_input("Numbers include", recipe.includes, placeholder="VAT, shipping, refunds ...")
            words = dict(line.answers)
            forgotten = st.multiselect(
                "Answers to forget", list(words), format_func=lambda each: words[each], placeholder=NONE
            )
        if st.form_submit_button("Keep the changes", type="primary"):
            wanted = recipes.Edit(date, values, segments, personal, hashed, currency, includes, tuple(forgotten))
            _act(lambda: recipes.edit(data_file, line.name, wanted, now))


SEGMENTS = (
    "What looks personal is left out of the next file even if it is in no list; name it here to keep it nevertheless."
)


def show_import(data_file: Path, lines: Sequence[SourceLine], now: datetime) -> None:
    """Show the way to bring a recipe in from a JSON file."""
    with panel("import_recipe"):
        show_heading("Bring a recipe in")
        st.text("A recipe is a small JSON file: one that was exported here, or one written by hand.")
        number = st.session_state.setdefault(ROUND, 0)
        key = f"recipe_{number}"
        dropped = st.file_uploader("Recipe", type=["json"], key=key, max_upload_size=1, label_visibility="collapsed")
        if dropped is None:
            return
        names = [line.name for line in lines]
        place = st.selectbox("It becomes", [NEW, *names], format_func=_place)
        if st.button("Use this recipe", type="primary"):
            over = None if place == NEW else place
            _act(lambda: recipes.read_in(data_file, File(dropped.name, dropped.getvalue()), now, over))


def _place(name: str) -> str:
    return name if name == NEW else f"the recipe of {name}"


def show_hidden(data_file: Path, hidden: Sequence[HiddenLine], now: datetime) -> None:
    """Show deleted sources, each with the step that takes it out of the data file for good."""
    if not hidden:
        return
    with st.expander(f"Deleted, kept for Undo ({len(hidden)})"):
        st.caption(
            "Their files and rows are out of sight, but still in the data file. Removing one is for good, "
            "so a backup is written beside the data file first."
        )
        for each in hidden:
            with st.container(horizontal=True, vertical_alignment="center", key=f"hidden_{each.id}"):
                st.text(f"{each.name}: {each.rows:,} rows")
                if st.button("Remove for good", key=f"purge_{each.id}"):
                    _act(partial(recipes.purge, data_file, each.id, now))


def show_ready(ready: Sequence[ReadyLine]) -> None:
    """Show the recipes that come with Signalbox, to read only."""
    with st.expander(f"Ready-made recipes ({len(ready)})"):
        st.caption(
            "Exports of these tools are known by their headings. A recipe of your own wins over a ready-made one."
        )
        st.dataframe(
            {
                "Export": [each.name for each in ready],
                "Ready KPIs": [each.kpis for each in ready],
                "Date": [each.date for each in ready],
                "A row is known again": [each.known_again for each in ready],
                "Amounts": [each.amounts for each in ready],
            },
            hide_index=True,
            height="content",
        )


def show_changes(data_file: Path, changes: Sequence[LogLine], now: datetime) -> None:
    """Show the newest changes of sources, each with its way back."""
    if not changes:
        return
    with st.expander(f"What was changed ({len(changes)})"):
        for change in changes:
            with st.container(horizontal=True, vertical_alignment="center", key=f"source_change_{change.id}"):
                who = f" by {change.who}" if change.who else ""
                st.text(f"{moment_name(change.at)}{who}, {change.about}. {change.did}")
                if change.standing and st.button("Undo", key=f"undo_change_{change.id}"):
                    _act(partial(recipes.take_back, data_file, change.id, now))


def _act(act: Callable[[], Done]) -> None:
    """Do something: what it did stands on top of the page, with its way back; a refusal stands where it was asked."""
    try:
        st.session_state[DONE] = act()
    except SignalboxError as error:
        show_error(error)
        return
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()
