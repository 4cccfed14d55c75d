"""The panel beside a target's fields: what history says, offers to take with one click, how bold the typed one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.kpi import Direction
from kpi_core.period import day_name
from kpi_core.service import targeting
from kpi_core.service.target_help import target_help
from kpi_core.target import SpreadBy, TargetKind
from kpi_core.target.typed import HISTORY_OFFERS, NO_TARGET, NOT_OFFERED
from ui.plain import as_it_stands
from ui.target_fields import put_number
from ui.target_form import EDITED, NONE
from ui.widgets import panel, show_facts, show_heading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.service.target_help import Help
    from kpi_core.target import Target


def show_target_help(data_file: Path, kpi: Kpi, row: Target | None, today: date, key: str) -> Help:
    """Show what history says about a target, which is given, and grade the one that is typed.

    Args:
        data_file: the data file.
        kpi: as the form says it.
        row: the target as the form says it; None while there is none.
        today: the day.
        key: of the target's fields, which a click fills.
    """
    if row is not None and row.kind is TargetKind.YEAR_TOTAL:
        _show_parts(data_file, kpi, row, today, key)
    chosen = st.session_state.get(f"{key}_kind", NONE)
    kind = chosen if isinstance(chosen, TargetKind) else TargetKind.CONSTANT
    kind = TargetKind.RANGE if kpi.direction is Direction.RANGE else kind
    found = target_help(data_file, kpi, row, kind, today)
    with panel("target_help"):
        show_heading("What history says")
        if found.note:
            st.caption(as_it_stands(found.note))
        if found.facts:
            show_facts(found.facts)
        _show_offers(found, kind, today, key)
        _show_grade(found)
        if found.benchmark:
            st.caption(as_it_stands(found.benchmark))
    return found


def show_no_target(found: Help, today: date, key: str) -> None:
    """Say plainly that there is no target, and lead to the first one that history offers."""
    offer = next((each for each in found.offers if each.fields), None)
    st.warning(f"{NO_TARGET} {NOT_OFFERED if offer is None else HISTORY_OFFERS}", icon=":material/flag:")
    if offer is not None:
        st.caption(as_it_stands(offer.sentence))
        label = f"Take it as the target: {offer.label}"
        args = (offer.fields, TargetKind.CONSTANT, today, key)
        st.button(as_it_stands(label), key="no_target_offer", width="stretch", on_click=_take, args=args)


def _show_offers(found: Help, kind: TargetKind, today: date, key: str) -> None:
    for place, offer in enumerate(found.offers):
        first, second = st.columns([1, 2], vertical_alignment="center")
        with first:
            st.button(
                offer.label,
                key=f"help_offer_{place}",
                disabled=not offer.fields,
                width="stretch",
                on_click=_take,
                args=(offer.fields, kind, today, key),
            )
        second.text(offer.sentence)


def _show_grade(found: Help) -> None:
    if not found.grade:
        return
    show_heading("Your target")
    st.text(found.grade)
    if found.badge:
        st.badge(found.badge, icon=":material/flag:", color="orange")
    if found.reached:
        st.text(found.reached)


def _take(fields: Mapping[str, str], kind: TargetKind, today: date, key: str) -> None:
    """Put an offer into the fields of its kind; into the last open step where the target has steps."""
    state = st.session_state
    if kind is TargetKind.STEPS:
        rows = [dict(row) for row in state.get(f"{key}_steps_now") or state.get(f"{key}_steps") or []]
        filled = [row for row in rows if row.get("From")]
        still_open = next((row for row in filled if not str(row.get("Target") or "").strip()), None)
        if still_open is None:
            still_open = {"From": today, "Target": ""}
            filled.append(still_open)
        still_open["Target"] = fields["value"]
        state[f"{key}_steps"] = filled
        state.pop(f"{key}_{EDITED}", None)
        return
    state[f"{key}_kind"] = kind
    for name, text in fields.items():
        put_number(f"{key}_{name}", text)


def _show_parts(data_file: Path, kpi: Kpi, row: Target, today: date, key: str) -> None:
    """Show the parts of a year's total with their exact sum, or why there are none and what can be done."""
    preview = targeting.year_preview(data_file, kpi, row, today)
    with panel("year_parts"):
        show_heading("The year in parts")
        if preview.refusal:
            st.warning(as_it_stands(preview.refusal), icon=":material/info:")
            if preview.offer_even:
                st.button("Spread it even by days", key="help_even", on_click=_even, args=(key,))
                st.caption("Kept as it is, the total waits: its periods have no target until last year is complete.")
            if row.spread is SpreadBy.TYPED and row.year is not None:
                names = targeting.shares_needed(data_file, kpi, row.year)
                st.caption(as_it_stands(f"One percentage for each of: {', '.join(names)}."))
            return
        names, parts = zip(*preview.parts, strict=True)
        right = st.column_config.TextColumn(alignment="right")
        st.dataframe({"Period": names, "Target": parts}, hide_index=True, column_config={"Target": right}, height=210)
        st.caption(as_it_stands(f"Together exactly {preview.total}."))


def _even(key: str) -> None:
    st.session_state[f"{key}_spread"] = SpreadBy.EVEN


def show_correction(data_file: Path, kpi: Kpi, row: Target | None, now: datetime, key: str) -> date | None:
    """Show the way to correct the past: from which day, and what that colours anew; None: from the next period on."""
    if row is None or not kpi.id or not st.checkbox("It was wrong before: correct the past too", key=f"{key}_past"):
        return None
    st.session_state.setdefault(f"{key}_since", now.date().replace(month=1, day=1))
    since = st.date_input("Right from this day on", max_value=now.date(), key=f"{key}_since", format="YYYY-MM-DD")
    if not st.session_state.get(f"{key}_since"):
        return None
    found = targeting.would_recolour(data_file, kpi.id, row, since, now)
    if not found:
        st.text(f"No colour since {day_name(since, now.date())} changes.")
    for each in found:
        st.text(each.sentence)
    st.caption("The log keeps old and new, and the KPI's page can take it back.")
    return since
