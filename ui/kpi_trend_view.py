"""The trend of a KPI's page with its span, and what happened on which day beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.period import Cadence, period_name
from kpi_core.service import notes
from kpi_core.unit import UnitKind, axis_value, format_value
from ui.kpi_layers import layers_of
from ui.notes_view import show_gone, take_away
from ui.plain import as_it_stands
from ui.show import show_trend
from ui.trend_shown import NO_LAYERS, Trend
from ui.widgets import panel, show_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.board import TrendPoint
    from kpi_core.service.kpi_page import KpiPage

RECENT = 24
"""Periods that are drawn unless more is asked for."""
NAMED = 6
"""Typed periods that are named in words."""
ALL, LAST_YEAR = "All", "Against last year"
PERIODS_OF_A_YEAR = {Cadence.DAY: 365, Cadence.WEEK: 52, Cadence.MONTH: 12, Cadence.QUARTER: 4, Cadence.YEAR: 1}


def trend_of(page: KpiPage, today: date) -> Trend:
    """Say how a KPI's numbers and periods are written; the points are all there are."""
    kpi, business = page.kpi, page.business
    return Trend(
        page.trend,
        write=lambda value: format_value(value, kpi.unit, business.style, kpi.decimals),
        write_axis=lambda value: axis_value(value, kpi.unit, business.style),
        name=lambda period: period_name(period, business.calendar, today),
        running=page.row.running,
        clock=kpi.unit.kind is UnitKind.DURATION,
    )


def show_chart(page: KpiPage, trend: Trend, data_file: Path, now: datetime) -> None:
    """Show the trend with target, usual range, signals, notes and outlook, and the notes in words below it."""
    with panel("trend"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html('<h2 class="sb-heading">Trend</h2>', width="content")
            points, last_year = _chosen_points(page)
        if not any(point.value is not None for point in points):
            st.text("No values to draw yet.")
        else:
            layers = NO_LAYERS if last_year else layers_of(points, page.change)
            ahead = {step.period.start for step in layers.fan}
            coming = [
                each
                for each in page.coming
                if each.period.start in ahead and each.period.start >= points[-1].period.end
            ]
            shown = replace(trend, points=points, last_year=last_year, layers=layers, coming=coming)
            show_trend(shown, _in_words(page), "trend")
            if layers.fan and page.change.fan_words:
                st.caption(as_it_stands(page.change.fan_words))
        _show_notes(page, data_file, now)


def _in_words(page: KpiPage) -> str:
    """Say what the chart shows, for those who cannot see it."""
    row, change = page.row, page.change
    said = [
        row.trend_text,
        row.target_text and f"{row.target_text}.",
        change.why.usual,
        row.signal_sentence,
        row.outlook,
        _typed_in_words(page),
    ]
    return " ".join(part for part in (*said, *(f"{line.sentence}." for line in change.notes)) if part)


def _typed_in_words(page: KpiPage) -> str:
    """Say which of the drawn values were typed, as the diamonds show: the newest by name."""
    typed = [point.period for point in reversed(page.trend) if point.typed and point.value is not None]
    if not typed:
        return ""
    named = [period_name(period, page.business.calendar, None) for period in typed[:NAMED]]
    more = f" and {len(typed) - NAMED} more" if len(typed) > NAMED else ""
    return f"Typed values: {', '.join(named)}{more}."


def _chosen_points(page: KpiPage) -> tuple[Sequence[TrendPoint], Sequence[TrendPoint | None]]:
    """Let the owner choose how much of the trend is drawn; against last year, its last year with the one before."""
    calendar, cadence = page.business.calendar, page.kpi.cadence
    by_start = {point.period.start: point for point in page.trend}
    year = page.trend[-PERIODS_OF_A_YEAR[cadence] :]
    before = [by_start.get(calendar.partner(point.period).start) for point in year]
    compared = cadence is not Cadence.YEAR and any(point and point.value is not None for point in before)
    longer = len(page.trend) > RECENT
    recent = f"{RECENT} {cadence.value}s"
    offered = [*([recent] if longer else []), ALL, *([LAST_YEAR] if compared else [])]
    chosen = offered[0]
    if len(offered) > 1:
        chosen = st.segmented_control(
            "Span", offered, default=chosen, required=True, key=f"span_{page.kpi.id}", label_visibility="collapsed"
        )
    if chosen == LAST_YEAR:
        return year, before
    return page.trend[-RECENT:] if chosen == recent else page.trend, ()


def _show_notes(page: KpiPage, data_file: Path, now: datetime) -> None:
    """List what happened on which day, each note with its way back, and the field for a new one."""
    show_gone(data_file, now)
    for line in page.change.notes:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="xsmall", key=f"note_line_{line.id}_{line.day}"
        ):
            st.text(line.sentence, width="content")
            label = as_it_stands(f"Take away the note: {line.sentence}")
            if line.id and st.button("Take away", key=f"note_gone_{line.id}", type="tertiary", help=label):
                take_away(data_file, line.id, line.sentence, now)
    with (
        st.popover("Add a note", icon=":material/add_notes:", type="tertiary"),
        st.form("note", border=False, clear_on_submit=True),
    ):
        st.page_link("pages/notes.py", label="All notes, to change one", icon=":material/sticky_note_2:")
        day = st.date_input("On which day?", value=now.date(), key="note_day", format="YYYY-MM-DD")
        text = st.text_input("What happened?", key="note_text", max_chars=200)
        everywhere = st.checkbox("Show it on every KPI", key="note_everywhere")
        if st.form_submit_button("Keep this note", type="primary"):
            _keep(page, data_file, day, text, now, everywhere=everywhere)


def _keep(page: KpiPage, data_file: Path, day: date, text: str, now: datetime, *, everywhere: bool) -> None:
    try:
        notes.add_note(data_file, page.kpi.id, day, text, now, everywhere=everywhere)
    except SignalboxError as error:
        show_error(error)
        return
    st.rerun()
