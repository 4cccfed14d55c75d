"""The log: what was changed, filtered, and taken back from there where it still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.period import moment_name
from kpi_core.service import log
from kpi_core.service.log import Filter, LogLine, LogPage, Thing
from kpi_core.service.people import NOBODY
from ui.widgets import act_and_tell, panel, show_day, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

BEFORE = "log_before"


def show_changes(data_file: Path, now: datetime, kpi_id: int) -> None:
    """Show the filters, a page of the log, and the entry that was picked."""
    everything = log.log_page(data_file, Filter())
    wanted = _show_filters(everything, kpi_id)
    if st.session_state.get("log_wanted") != wanted:
        st.session_state["log_wanted"] = wanted
        st.session_state.pop(BEFORE, None)
    page = log.log_page(data_file, wanted, st.session_state.get(BEFORE))
    if not page.lines:
        st.text("Nothing was changed yet." if not everything.lines else "No change fits these filters.")
        return
    picked = _show_lines(page.lines)
    with st.container(horizontal=True):
        if BEFORE in st.session_state and st.button("Newest"):
            st.session_state.pop(BEFORE)
            st.rerun()
        if page.older is not None and st.button("Older"):
            st.session_state[BEFORE] = page.older
            st.rerun()
    if picked is None:
        st.caption("Pick a change to read it in full, or to take it back.")
    else:
        _show_one(data_file, picked, now)


def _show_filters(page: LogPage, kpi_id: int) -> Filter:
    names = dict(page.kpis)
    numbers = [None, *names]
    first, second, third, fourth = st.columns(4)
    with first:
        kpi = st.selectbox(
            "KPI",
            numbers,
            index=numbers.index(kpi_id) if kpi_id in names else 0,
            format_func=lambda each: "all" if each is None else names[each],
            key="log_kpi",
        )
    with second:
        thing = st.selectbox(
            "Kind", [None, *Thing], format_func=lambda each: "all" if each is None else each.value, key="log_kind"
        )
    with third:
        who = st.selectbox(
            "Person",
            [None, *page.people],
            format_func=lambda each: "all" if each is None else each or NOBODY,
            key="log_who",
        )
    with fourth:
        day = show_day("Day", "log_day")
    return Filter(kpi, thing, who, day)


def _show_lines(lines: tuple[LogLine, ...]) -> LogLine | None:
    chosen = st.dataframe(
        {
            "When": [moment_name(each.at) for each in lines],
            "Who": [each.who or NOBODY for each in lines],
            "What": [each.about for each in lines],
            "Before and now": [each.did for each in lines],
            "Why": [each.why for each in lines],
        },
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        key="log_lines",
        column_config={"Before and now": st.column_config.TextColumn(width="large")},
    )
    return next((lines[row] for row in chosen.selection.rows if row < len(lines)), None)


def _show_one(data_file: Path, line: LogLine, now: datetime) -> None:
    with panel("one_change"):
        show_heading(line.about)
        st.text(f"{moment_name(line.at)}, {line.who or NOBODY}")
        st.text(line.did)
        if line.why:
            st.text(f"Why: {line.why}")
        if not line.standing:
            st.caption("It was taken back, or came with another change: there is nothing to take back here.")
            return
        with st.form(f"undo_{line.id}", border=False):
            why = st.text_input("Why is it taken back?", key=f"undo_why_{line.id}", max_chars=200)
            if st.form_submit_button("Take this change back"):
                act_and_tell(lambda: log.take_back(data_file, line.id, why, now), "It is as it was before.")
