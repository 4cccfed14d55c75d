"""The parts of a KPI's page: where it stands, its trend, its history down to the rows, its log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.kpi import State, Tier
from kpi_core.period import day_name, moment_name
from kpi_core.service import kpi_page
from ui.define_view import REMEDY
from ui.plain import as_it_stands
from ui.targets_view import show_targets
from ui.widgets import act, panel, show_checklist, show_heading

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.board.past import PastPeriod
    from kpi_core.service.kpi_page import KpiPage

SHOWN_LINES = 24
CLOSED = "\N{LOCK} closed"


def show_head(page: KpiPage, today: date) -> None:
    """Show name, definition and the ways to change it."""
    kpi = page.kpi
    st.page_link("pages/board.py", label="Board", icon=":material/arrow_back:")
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        st.title(as_it_stands(kpi.name), anchor=False)
        about = [kpi.definition, f"owner: {kpi.owner}" if kpi.owner else "", f"every {kpi.cadence.value}", kpi.includes]
        if kpi.review_date:
            about.append(f"looked at again {day_name(kpi.review_date, today)}")
        if kpi.review_every:
            about.append(f"reviewed every {kpi.review_every.value}")
        st.caption(" · ".join(as_it_stands(part) for part in about if part))
        if kpi.state is not State.ACTIVE:
            st.caption(as_it_stands(f"{kpi.state.value.capitalize()}. {kpi.retired_reason}"))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Edit", icon=":material/edit:"):
            st.switch_page("pages/choose.py", query_params={"kpi": str(kpi.id)})


def show_history(page: KpiPage, data_file: Path, now: datetime) -> None:
    """Show every period with its value, target and colour; a click leads to the rows behind it."""
    with panel("history"):
        show_heading("History")
        if not page.lines:
            st.text("No complete period yet.")
            return
        everything = len(page.lines) > SHOWN_LINES and st.toggle(f"Show all {len(page.lines)}", key="all_lines")
        lines = page.lines if everything else page.lines[:SHOWN_LINES]
        chosen = st.dataframe(
            {
                "Period": [line.name for line in lines],
                "Value": [line.value_text or line.actual.reason or line.judgement.word for line in lines],
                "Target": [line.target_number for line in lines],
                "Status": [line.judgement.word for line in lines],
                "From": [_origin(line, page) for line in lines],
            },
            on_select="rerun",
            selection_mode="single-row",
            hide_index=True,
            key="history",
            column_config={
                "Value": st.column_config.TextColumn(alignment="right"),
                "Target": st.column_config.TextColumn(alignment="right"),
                **({"Status": None} if page.kpi.tier is Tier.HEALTH_METRIC else {}),
            },
        )
        picked = [lines[row] for row in chosen.selection.rows if row < len(lines)]
        if picked:
            _show_period(page, picked[0], data_file, now)
        else:
            st.caption("Pick a period to see the rows behind it, or to type a value.")


def _origin(line: PastPeriod, page: KpiPage) -> str:
    """Say where a value comes from, and that nothing changes it while its month is closed."""
    made = line.actual.label or ("computed" if line.actual.value is not None else "")
    lock = CLOSED if page.closed(line.period) else ""
    return " · ".join(filter(None, ("typed" if line.actual.typed else made, lock)))


def _show_period(page: KpiPage, line: PastPeriod, data_file: Path, now: datetime) -> None:
    st.header(line.name[:1].upper() + line.name[1:])
    st.text(line.judgement.sentence)
    _show_behind(page, line, data_file)
    closed = page.closed(line.period)
    if closed:
        st.text(closed)
        st.page_link("pages/settings.py", label="Closed months", icon=":material/lock:")
        return
    show_typing(page, line.period.start, data_file, now, removable=line.actual.typed)


def _show_behind(page: KpiPage, line: PastPeriod, data_file: Path) -> None:
    """Show the rows behind a value, a page of them at a time."""
    start = line.period.start
    parts = kpi_page.grids(data_file, page.kpi.id, start)
    most = max((part.count for part in parts), default=0)
    if most > kpi_page.ROWS_A_PAGE:
        number = st.pagination(-(-most // kpi_page.ROWS_A_PAGE), key=f"behind_page_{start}")
        parts = kpi_page.grids(data_file, page.kpi.id, start, number - 1)
    for place, part in enumerate(parts):
        st.caption(as_it_stands(part.sentence))
        if part.rows:
            right = {name: st.column_config.TextColumn(alignment="right") for name in part.right}
            st.dataframe(list(part.rows), hide_index=True, key=f"behind_{place}", column_config=right)
        if part.total:
            st.markdown(f"**{as_it_stands(part.total)}**")


def show_typing(page: KpiPage, start: date, data_file: Path, now: datetime, *, removable: bool) -> None:
    """Show the fields that type a value for a period, or remove a typed one."""
    with st.form(f"type_{start}", border=False):
        first, second, third = st.columns([1, 2, 1], vertical_alignment="bottom")
        text = first.text_input("Type a value", key=f"typed_{start}")
        note = second.text_input("Why? (kept with it)", key=f"note_{start}")
        typed = third.form_submit_button("Keep this value")
    if typed and text.strip():
        act(partial(kpi_page.type_values, data_file, page.kpi.id, {start: text}, note, now))
    if removable and st.button("Remove the typed value", key=f"remove_{start}"):
        act(partial(kpi_page.type_values, data_file, page.kpi.id, {start: ""}, note, now))


def show_more(page: KpiPage, data_file: Path, now: datetime) -> None:
    """Show the definition, the checklist, the target history and the log."""
    with st.expander("How it is worked out"):
        st.text(page.words[:1].upper() + page.words[1:] + ".")
    with st.expander("Is it a good KPI?"):
        pressed = show_checklist(page.findings, "page_checklist")
        if pressed is not None:
            # The form is where it is looked at and saved
            st.session_state[REMEDY] = pressed.remedy
            st.switch_page("pages/choose.py", query_params={"kpi": str(page.kpi.id)})
    show_targets(page, data_file, now)
    with st.expander("What was changed"):
        st.page_link(
            "pages/changes.py",
            label="The whole log, to take a change back",
            icon=":material/history:",
            query_params={"kpi": str(page.kpi.id)},
        )
        for change in page.changes:
            who = f" by {change.who}" if change.who else ""
            why = f" Why: {change.why}" if change.why else ""
            st.text(f"{moment_name(change.at)}{who}: {change.did}{why}")
