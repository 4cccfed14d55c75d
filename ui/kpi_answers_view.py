"""The four questions on top of a KPI's page, each with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import actions, usual
from ui.kpi_answers_html import arriving_html, changing_html, doing_html, on_target_html
from ui.plain import as_it_stands
from ui.widgets import act, panel, show_action_fields, show_error

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.service.change_page import ChangePage
    from kpi_core.service.kpi_page import KpiPage

WHY = "why"
"""Whether "Why?" is open, in the state of the visit."""
WIDTHS = (1, 1.25, 1, 1)


def show_answers(page: KpiPage, data_file: Path, now: datetime) -> None:
    """Show the four questions with their answers."""
    first, second, third, fourth = st.columns(WIDTHS)
    with first, panel("target", stretch=True):
        st.html(on_target_html(page.row))
    with second, panel("changing", stretch=True):
        st.html(changing_html(page.change))
        st.button("Why?", key="open_why", type="tertiary", on_click=_open_why)
        _show_rebase(page.change, data_file, now)
    with third, panel("arriving", stretch=True):
        st.html(arriving_html(page.change))
    with fourth, panel("doing", stretch=True):
        st.html(doing_html(page.doing, page.doing_lines))
        with st.container(horizontal=True):
            _show_add_action(page, data_file, now)
            if st.button("All actions", key="all_actions", type="tertiary"):
                st.switch_page("pages/actions.py")
            label = "Change it" if page.kpi.change else "Write it down"
            if st.button(label, key="doing", type="tertiary"):
                st.switch_page("pages/choose.py", query_params={"kpi": str(page.kpi.id)})


def _show_add_action(page: KpiPage, data_file: Path, now: datetime) -> None:
    """Offer to agree on an action; what is typed stays until it is kept."""
    with st.popover("Add an action", type="tertiary"):
        # One more than are there now: fields of their own, empty again once the action is kept
        key = f"page_action_{page.kpi.id}_{page.actions}"
        what, owner, due = show_action_fields(key, page.kpi.owner)
        if st.button("Keep the action", key="keep_page_action", type="primary"):
            act(lambda: actions.add_typed(data_file, page.kpi.id, what, owner, due, now))


def _open_why() -> None:
    st.session_state[WHY] = True


def _show_rebase(change: ChangePage, data_file: Path, now: datetime) -> None:
    """Offer to let the usual range start anew where the core proposes it."""
    since = change.row.signal.rebase_from
    if since is None:
        return
    with st.popover(as_it_stands(f"Set a new usual range from {change.rebase_name}?"), type="tertiary"):
        st.text(change.row.rebase_text)
        rebase_form(change, since.start, since.start, data_file, now, f"Start anew in {change.rebase_name}")


def rebase_form(change: ChangePage, start: date, end: date, data_file: Path, now: datetime, label: str) -> None:
    """Ask what is different since a day; of a span of days the owner picks one."""
    kpi = change.kpi
    name = f"{kpi.id}_{start == end}"
    with st.form(f"rebase_{name}", border=False):
        day: date | None = start
        if start != end:
            day = st.date_input(
                "Since a day of",
                value=None,
                min_value=start,
                max_value=end,
                key=f"rebase_day_{name}",
                format="YYYY-MM-DD",
            )
        reason = st.text_input("What is different since then?", key=f"rebase_why_{name}")
        kept = st.form_submit_button(as_it_stands(label), type="primary")
    if kept:
        try:
            usual.add_rebase(data_file, kpi.id, day, reason, now)
        except SignalboxError as error:
            show_error(error)
        else:
            st.rerun()
