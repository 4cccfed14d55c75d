"""What this visit added, and everything added so far with its way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.period import moment_name
from kpi_core.service import history, several
from kpi_core.service.refused import refused_csv
from ui import uploads
from ui.plain import as_it_stands
from ui.widgets import show_error, show_facts, show_outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.history import ImportLine
    from kpi_core.service.importing import Added

SHOWN_IMPORTS: Final = 12
FEW: Final = 3
"""So many added files get a line of their own each; more are summed up, with the lines below."""
SHOWN_LEFT_OUT: Final = 20


def show_added() -> None:
    """Show what this visit has added, with the next step."""
    done = uploads.visit().outcomes
    if len(done) > FEW:
        every = uploads.so_far()
        all_in = len(every) == len(done)
        (st.success if all_in else st.warning)(
            as_it_stands(several.summary(every)), icon=":material/check:" if all_in else ":material/pending:"
        )
        show_outcomes([(each.name, each.sentence) for each in reversed(done)])
    else:
        for number, (name, added) in reversed(list(enumerate(uploads.added()))):
            _show_one(number, name, added)
    unused = dict.fromkeys(added.source for _, added in uploads.added() if not added.feeds)
    for source in unused:
        with st.container(horizontal=True, vertical_alignment="center", key=f"unused_{source}"):
            st.caption(as_it_stands(f"No KPI uses {source} yet."), width="content")
            if st.button("Define a KPI over it", key=f"define_over_{source}"):
                st.switch_page("pages/choose.py", query_params={"kpi": "new", "source": source})
    if done and st.button("See the board"):
        st.switch_page("pages/board.py")


def _show_one(number: int, name: str, added: Added) -> None:
    st.success(as_it_stands(f"{name}: {added.result.sentence}"), icon=":material/check:")
    for note in added.notes:
        st.warning(as_it_stands(note), icon=":material/warning:")
    if added.refused and added.result.import_id is not None:
        st.download_button(
            f"Download the {len(added.refused):,} refused",
            partial(refused_csv, added.refused),
            f"refused_{name}.csv",
            "text/csv",
            key=f"added_refused_{number}",
            on_click="ignore",
        )


def show_history(lines: Sequence[ImportLine], data_file: Path, now: datetime) -> None:
    """Show every import, the newest first, each with what it brought and its way back."""
    if not lines:
        return
    st.header("Added so far", anchor=False)
    everything = len(lines) > SHOWN_IMPORTS and st.toggle(f"Show all {len(lines):,}", key="all_imports")
    for line in lines if everything else lines[:SHOWN_IMPORTS]:
        with st.container(border=True, key=f"panel_import_{line.id}", gap="xsmall"):
            _show_line(line, data_file, now)


def _show_line(line: ImportLine, data_file: Path, now: datetime) -> None:
    said, ways = st.columns([1.6, 1], vertical_alignment="center")
    name = as_it_stands(line.file_name)
    heading = f"~~{name}~~" if line.undone_at is not None else f"**{name}**"
    said.markdown(f"{heading} to {as_it_stands(line.source)}, {moment_name(line.added_at)}")
    said.caption(" · ".join([line.counts.rstrip("."), *([line.covers] if line.covers else [])]))
    if line.undone_at is not None:
        ways.caption(f":material/undo: undone {moment_name(line.undone_at)}")
        return
    with ways.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="xsmall"):
        if st.button("Undo", key=f"undo_{line.id}"):
            _undo(data_file, line, now)
        details = st.popover("Details", key=f"details_{line.id}", on_change="rerun")
        if details.open:
            with details:
                _show_details(line, data_file, now)
        if line.refused:
            st.download_button(
                "Refused rows",
                partial(history.refused_of, data_file, line.id),
                f"refused_{line.file_name}.csv",
                "text/csv",
                key=f"refused_of_{line.id}",
                on_click="ignore",
            )


def _show_details(line: ImportLine, data_file: Path, now: datetime) -> None:
    """Say what undoing would do, and what was left out."""
    try:
        told = history.would_undo(data_file, line, now)
    except SignalboxError as error:
        show_error(error)
        return
    st.text(told.forecast if told is not None else "Undo takes back what only this file holds.")
    left_out = history.left_out_of(data_file, line.id) if line.left_out else ()
    if left_out:
        st.caption(f"Left out: {len(left_out):,}")
        show_facts(
            [(f"row {each.row}", f"{each.reason}: {each.text}".rstrip(": ")) for each in left_out[:SHOWN_LEFT_OUT]]
        )


def _undo(data_file: Path, line: ImportLine, now: datetime) -> None:
    try:
        done = history.take_back(data_file, line.id, now)
    except SignalboxError as error:
        show_error(error)
        return
    uploads.taken_back(data_file, line, f"{line.file_name}. {done.sentence}")
    st.rerun()
