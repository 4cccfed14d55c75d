"""The targets of a KPI's page: the history of all kinds in words, taken back, exceptions, an accepted miss."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.kpi import Direction, Tier
from kpi_core.period import day_name
from kpi_core.service import targeting
from ui.plain import as_it_stands
from ui.widgets import act

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.kpi_page import KpiPage, TargetLine


def show_targets(page: KpiPage, data_file: Path, now: datetime) -> None:
    """Show the target history with the ways to take a row back, to except a period and to accept a miss."""
    with st.expander("Targets so far"):
        for line in page.targets:
            _show_line(page, line, data_file, now)
        if not page.targets:
            st.text("None yet.")
        if page.kpi.tier is Tier.HEALTH_METRIC:
            return
        with st.container(horizontal=True):
            if page.kpi.direction is not Direction.RANGE:
                with st.popover("Another target for one period"):
                    _show_exception(page, data_file, now)
            with st.popover("Accept a miss"):
                _show_acceptance(page, data_file, now)


def _show_line(page: KpiPage, line: TargetLine, data_file: Path, now: datetime) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        said = [line.text, *([f"since {line.since}"] if line.since and not line.exception else [])]
        said += ["a correction of the past"] if line.backdated else []
        why = f" Why: {line.reason}" if line.reason else ""
        st.text(f"{', '.join(said)}.{why}", width="stretch")
        undo = targeting.undo_exception if line.exception else targeting.undo_target
        label = f"Take back {'the exception' if line.exception else 'the target'}: {line.text}"
        if st.button("Take back", key=f"back_{line.exception}_{line.id}", type="tertiary", help=as_it_stands(label)):
            act(partial(undo, data_file, page.kpi.id, line.id, now))


def _show_exception(page: KpiPage, data_file: Path, now: datetime) -> None:
    with st.form("exception", border=False):
        day = st.date_input("A day of the period", value=now.date(), key="exception_day", format="YYYY-MM-DD")
        text = st.text_input("Target for this period only", key="exception_value")
        reason = st.text_input("Why?", key="exception_reason")
        kept = st.form_submit_button("Keep this target")
    if kept:
        act(partial(targeting.except_period, data_file, page.kpi.id, day, text, reason, now))


def _show_acceptance(page: KpiPage, data_file: Path, now: datetime) -> None:
    accepted = page.kpi.accepted
    if accepted is not None:
        st.text(f"Accepted until {day_name(accepted.until, now.date())}: {accepted.reason}")
        if st.button("End it", key="accept_end"):
            act(partial(targeting.accept_miss, data_file, page.kpi.id, None, "", now))
    with st.form("accept", border=False):
        until = st.date_input(
            "Until, that day included", value=None, min_value=now.date(), key="accept_until", format="YYYY-MM-DD"
        )
        reason = st.text_input("Why?", key="accept_reason")
        kept = st.form_submit_button("Accept it", help="It shows grey until then, and comes back by itself.")
    if kept and until is not None:
        act(partial(targeting.accept_miss, data_file, page.kpi.id, until, reason, now))
