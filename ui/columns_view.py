"""The columns of a file in words, each changed by picking; the whole preview follows at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from kpi_core.service import picking
from kpi_core.service.picking import READ_AS, Use
from kpi_core.source import ColumnType
from ui import uploads
from ui.blocks_html import column_html
from ui.widgets import show_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from kpi_core.service.importing import Preview, Wishes
    from kpi_core.service.picking import ColumnLine

Choice = TypeVar("Choice")

SHOWN: Final = 12
"""Columns that are shown at a time."""
TYPES: Final = (ColumnType.DATE, ColumnType.NUMBER, ColumnType.DURATION, ColumnType.TEXT)


def show_columns(data_file: Path, preview: Preview, now: datetime) -> None:
    """Show how the file was taken apart and what each column is for, and let it be changed."""
    refused = uploads.visit().refused.get(preview.file.hash)
    if refused is not None:
        show_error(refused)

    def wish(wishes: Wishes) -> None:
        uploads.wish(data_file, preview, now, wishes)

    _show_taking_apart(preview, wish)
    lines = picking.column_lines(preview)
    pages = -(-len(lines) // SHOWN)
    page_key = f"columns_page_{preview.file.hash}"
    page = min(st.session_state.get(page_key, 1), pages)
    first = (page - 1) * SHOWN
    for place, line in enumerate(lines[first : first + SHOWN], start=first):
        _show_column(preview, line, f"{preview.file.hash}_{place}", wish)
    if pages > 1:
        st.session_state[page_key] = page
        st.pagination(pages, key=page_key, max_visible_pages=5)
    st.caption("Columns that are not used are stored too, so that a KPI can use them later; personal ones are not.")


def _show_column(preview: Preview, line: ColumnLine, key: str, wish: Callable[[Wishes], None]) -> None:
    """Show one column: its name and cells, what it is for, how it is read."""
    with st.container(key=f"column_{key}"):
        said, use, read = st.columns([1.5, 1.1, 0.9], vertical_alignment="center")
        said.html(column_html(line))
        if preview.reading.wide:
            use.text(line.use.value)
            return
        choice, reading = preview.wishes.columns, preview.reading
        uses = [each for each in Use if each is not Use.OTHER_AMOUNT or line.use is not Use.AMOUNT]
        _pick(
            use,
            f"What {line.name} is for",
            {each.value: each for each in uses},
            line.use.value,
            f"use_{key}",
            lambda each: wish(replace(preview.wishes, columns=picking.pick_use(choice, reading, line.name, each))),
        )
        types = {READ_AS[each]: each for each in dict.fromkeys((*TYPES, line.type))}
        _pick(
            read,
            f"How {line.name} is read",
            types,
            READ_AS[line.type],
            f"type_{key}",
            lambda each: wish(replace(preview.wishes, columns=picking.pick_type(choice, line.name, each))),
        )


def _show_taking_apart(preview: Preview, wish: Callable[[Wishes], None]) -> None:
    """Show where the headings stand, how dates and numbers are written, and which table is read."""
    reading, key = preview.reading, preview.file.hash
    dated = next((column for column in reading.columns if column.name == reading.date_column), None)

    def answered(question: str, choice: str) -> None:
        wish(replace(preview.wishes, answers={**preview.wishes.answers, question: choice}))

    with st.container(horizontal=True, vertical_alignment="bottom", key=f"apart_{key}"):
        if reading.table == 0 and not reading.wide:
            row_key = f"header_{key}"
            st.session_state[row_key] = reading.header_row or 0
            st.number_input(
                "Headings in row",
                0,
                key=row_key,
                width=150,
                help="0: this file has no headings.",
                on_change=lambda: answered(picking.HEADER, str(st.session_state[row_key] or "none")),
            )
        if dated is not None and dated.day_first is not None:
            orders = {"day first": "day-first", "month first": "month-first"}
            now = "day first" if dated.day_first else "month first"
            _pick(None, "Dates", orders, now, f"order_{key}", lambda each: answered(picking.ORDER, each))
        if reading.decimal is not None:
            marks = {"decimal comma": "comma", "decimal point": "point"}
            now = f"decimal {picking.MARKS[reading.decimal]}"
            _pick(None, "Numbers", marks, now, f"mark_{key}", lambda each: answered(picking.DECIMAL, each))
        if reading.tables:
            tables = {f"{number}: {said}": str(number) for number, said in enumerate(reading.tables, start=1)}
            now = list(tables)[reading.table]
            _pick(None, "Table", tables, now, f"table_{key}", lambda each: answered(picking.TABLE, each))


def _pick(
    place: DeltaGenerator | None,
    label: str,
    options: dict[str, Choice],
    now: str,
    key: str,
    picked: Callable[[Choice], None],
) -> None:
    """Show a list that always stands on what holds now, and do what picking another entry means."""
    st.session_state[key] = now
    (place.selectbox if place else st.selectbox)(
        label,
        list(options),
        key=key,
        label_visibility="collapsed" if place else "visible",
        width="stretch" if place else 210,
        on_change=lambda: picked(options[st.session_state[key]]),
    )
