"""A file as it stands, record by record with what becomes of each: only a window of it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from kpi_core.source import ColumnType, Fate
from ui.widgets import show_preview

if TYPE_CHECKING:
    from kpi_core.service.importing import Lines, Preview

ALL: Final = "all"
MOST_ROWS: Final = 100
MOST_CELLS: Final = 4_000
"""Of a wide file fewer rows are drawn at a time."""
LEAST_ROWS: Final = 20
MANY_PAGES: Final = 7
"""From so many pages on a row can be gone to by its number."""


@st.fragment
def show_file(preview: Preview) -> None:
    """Show the file: all records, those left out or those refused, so many at a time."""
    records, key = preview.records, preview.file.hash
    if records is None:
        return
    fate = _show_filter(records, key)
    size = max(LEAST_ROWS, min(MOST_ROWS, MOST_CELLS // max(1, len(records.names))))
    count = records.count(fate)
    pages = max(1, -(-count // size))
    page_key = f"page_{key}_{fate or 'all'}"
    page = min(st.session_state.get(page_key, 1), pages)
    numbers = [
        place
        for place, column in enumerate(preview.reading.columns)
        if column.type in {ColumnType.NUMBER, ColumnType.DURATION} and not preview.reading.wide
    ]
    rows = records.window((page - 1) * size, size, fate)
    show_preview(rows, numbers, records.names if records.headers else ())
    if pages > 1:
        st.session_state[page_key] = page
        with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
            st.pagination(pages, key=page_key, max_visible_pages=5)
            if fate is None and pages > MANY_PAGES:
                row_key = f"row_{key}"
                st.number_input(
                    "Go to row", 1, count, key=row_key, width=140, on_change=_go, args=(row_key, page_key, size)
                )


def _show_filter(records: Lines, key: str) -> Fate | None:
    """Let the records be narrowed to those left out or refused, where there are any."""
    labels = {ALL: f"All {len(records):,}"}
    for fate in (Fate.LEFT_OUT, Fate.REFUSED):
        if count := records.count(fate):
            labels[fate.value] = f"{count:,} {fate.value}"
    if len(labels) == 1:
        return None
    fate_key = f"fate_{key}"
    if st.session_state.get(fate_key) not in labels:
        st.session_state[fate_key] = ALL  # the file was read again, and nothing is left of what was chosen
    chosen = st.segmented_control(
        "Which rows",
        list(labels),
        format_func=lambda each: labels[each],
        required=True,
        key=fate_key,
        label_visibility="collapsed",
    )
    return None if chosen in {None, ALL} else Fate(chosen)


def _go(row_key: str, page_key: str, size: int) -> None:
    """Turn to the page of the row that was asked for."""
    st.session_state[page_key] = (int(st.session_state[row_key]) - 1) // size + 1
