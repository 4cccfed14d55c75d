"""Backups and the state of the data file: looked into before one is brought back, and that undone by one click."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import backups, keeping
from ui.plain import as_it_stands
from ui.widgets import act_and_tell, panel, show_error, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kpi_core.service.backups import Inside

BEFORE = "file_before_restore"


def show_file(data_file: Path, now: datetime) -> None:
    """Show where the data is, whether it is sound, and the copy to take along."""
    with panel("data"):
        show_heading("Your data file")
        st.text(f"Everything is in one file on this computer: {data_file}")
        # A file that cannot be opened is said here, beside the backups
        keeping.settings(data_file)
        with st.container(horizontal=True):
            looked = st.button("Check the data file")
            st.download_button(
                "Download a backup",
                partial(_backup_bytes, data_file),
                f"signalbox_{now:%Y-%m-%d}.db",
                "application/vnd.sqlite3",
                on_click="ignore",
            )
        if looked:
            _show_check(data_file, now)
        if st.session_state.get("mendable"):
            _show_mend(data_file, now)


def _show_check(data_file: Path, now: datetime) -> None:
    try:
        findings = keeping.check(data_file, now.date())
    except SignalboxError as error:
        show_error(error)
        return
    st.session_state["mendable"] = any(each.can_mend for each in findings)
    for finding in findings:
        (st.success if finding.ok else st.error)(as_it_stands(f"{finding.text} {finding.hint}".strip()))


def _show_mend(data_file: Path, now: datetime) -> None:
    if st.button("Make again what follows from the rest", type="primary"):
        st.session_state["mendable"] = False
        act_and_tell(
            lambda: keeping.mend(data_file, now.date()), "Made again. Check once more to see that all is well."
        )


def _backup_bytes(data_file: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "backup.db"
        keeping.backup(data_file, target)
        return target.read_bytes()


def show_backups(data_file: Path, now: datetime) -> None:
    """Show the backups that are there, what the picked one holds, and the way to bring it back."""
    with panel("backups"):
        show_heading("Backups")
        st.text(backups.RULE)
        _show_way_back(data_file, now)
        lines = backups.listed(data_file)
        if lines:
            chosen = st.dataframe(
                {
                    "Made": [each.when for each in lines],
                    "Why": [each.kind.value for each in lines],
                    "Size": [each.size for each in lines],
                    "File": [each.name for each in lines],
                },
                on_select="rerun",
                selection_mode="single-row",
                hide_index=True,
                key=f"backups_{lines[0].name}",  # a new backup moves the rows: what was picked is picked anew
                height="content",
            )
            picked = next((lines[row] for row in chosen.selection.rows if row < len(lines)), None)
            if picked is None:
                st.caption("Pick a backup to see what it holds.")
            elif _show_inside(backups.look(data_file, picked.name), f"Bring back {picked.name}"):
                _bring_back(lambda: backups.bring_back(data_file, picked.name, now))
        else:
            st.text("There is none yet: nothing was changed so far.")
        handed = st.file_uploader("Bring another backup back, such as a downloaded one", type=["db"], key="restore")
        if handed is not None:
            data = handed.getvalue()
            if _show_inside(backups.look_into(data), "Put this backup in place"):
                _bring_back(lambda: keeping.restore_bytes(data_file, data, now))


def _show_inside(inside: Inside, label: str) -> bool:
    """Show what a backup holds; True where it is to be brought back."""
    if inside.trouble:
        st.error(as_it_stands(f"{inside.trouble} It cannot be brought back; your data file is as it was."))
        return False
    for sentence in inside.sentences:
        st.text(sentence)
    st.caption("Your present data file is kept beside it, and one click brings that back.")
    return st.button(label, type="primary", key="bring_back")


def _bring_back(restore: Callable[[], Path | None]) -> None:
    def put() -> None:
        kept = restore()
        st.session_state[BEFORE] = None if kept is None else kept.name

    act_and_tell(put, "The backup is in place; the file before is kept beside it.")


def _show_way_back(data_file: Path, now: datetime) -> None:
    """Show that a backup was brought back, and the one click that undoes it."""
    before = st.session_state.get(BEFORE)
    if before is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="panel_done"):
        st.text(f"A backup was brought back. The file before it is kept as {before}.")
        if st.button("Undo", key="undo_restore"):
            st.session_state.pop(BEFORE)
            act_and_tell(lambda: backups.bring_back(data_file, before, now), "The file before is in place again.")
