"""The pages of the catalogue: looking for a KPI, one KPI's page, and choosing it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core import catalogue as entries
from kpi_core.service import catalogue
from kpi_core.service.catalogue import Asked
from ui.catalogue_html import entry_html, page_html, warning_html
from ui.plain import as_it_stands
from ui.widgets import panel, show_heading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpi_core.catalogue import CatalogueKpi, NotAKpi
    from kpi_core.service.catalogue import Filters, Offer, Page
    from kpi_core.service.choose import Options

PAGE, CHOOSE = "pages/catalogue.py", "pages/choose.py"
OPEN = "Only a part is found in its headings; you pick the rest in the form."
AT_ONCE = 15
"""KPIs shown at a time."""


def show_catalogue() -> None:
    """Show the field to look for a KPI, the filters, and what is found."""
    text = st.text_input(
        "What do you want to know?",
        key="catalogue_text",
        placeholder="how many people come back, late payers, AOV ...",
        persist_state="session",
    )
    asked = _show_filters(catalogue.filters(), text)
    found = catalogue.browse(asked)
    for warning in found.warnings:
        _show_warning(warning)
    if not found.kpis and not found.warnings:
        st.text("Nothing fits. Say it in other words, or take a filter away.")
        return
    _show_found(found.kpis)


def _show_filters(known: Filters, text: str) -> Asked:
    with st.container(horizontal=True, key="catalogue_filters"):
        goal = _pick("Any goal", dict(known.goals), "catalogue_goal", 220)
        sector = _pick("Any business", dict(known.sectors), "catalogue_sector", 160)
        function = _pick("Any function", dict(known.functions), "catalogue_function", 200)
        sides = {side: side.capitalize() for side in known.perspectives}
        perspective = _pick("Any side", sides, "catalogue_perspective", 140)
    return Asked(text, function, perspective, sector, goal)


def _pick(every: str, names: dict[str, str], key: str, width: int) -> str | None:
    return st.selectbox(
        every,
        list(names),
        index=None,
        format_func=lambda each: names[each],
        placeholder=every,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
        width=width,
    )


def _show_warning(warning: NotAKpi) -> None:
    with panel(f"warning_{entries.fold(warning.name).replace(' ', '_')}"):
        st.html(warning_html(warning))
        with st.container(horizontal=True):
            for key in warning.instead:
                instead = catalogue.find(key)
                if st.button(instead.name, key=f"instead_{warning.name}_{key}"):
                    st.switch_page(PAGE, query_params={"key": key})


def _show_found(kpis: Sequence[CatalogueKpi]) -> None:
    count = f"{len(kpis)} KPIs" if len(kpis) != 1 else "1 KPI"
    st.caption(count)
    pages = -(-len(kpis) // AT_ONCE)
    number = 1
    if pages > 1:
        number = min(pages, st.session_state.get("catalogue_page") or 1)
    for entry in kpis[(number - 1) * AT_ONCE : number * AT_ONCE]:
        with st.container(border=True, gap="xxsmall", key=f"panel_entry_{entry.key}"):
            if st.button(entry.name, key=f"look_{entry.key}", type="tertiary"):
                st.switch_page(PAGE, query_params={"key": entry.key})
            st.html(entry_html(entry))
    if pages > 1:
        st.pagination(pages, key="catalogue_page")


def show_entry(page: Page) -> None:
    """Show one KPI of the catalogue, how it is gamed with what to watch beside it, and the ways to choose it."""
    st.page_link(PAGE, label="Catalogue", icon=":material/arrow_back:")
    st.title(as_it_stands(page.entry.name))
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        with panel("entry"):
            st.html(page_html(page))
        with panel("gaming"):
            show_heading("How it could look good without being good")
            st.text(page.gaming)
            if page.vanity:
                st.text(page.vanity)
            if page.counter is not None:
                st.text(f"Watch beside it: {page.counter.name}. {page.counter.definition}")
                if st.button(f"Look at {page.counter.name}", key="look_counter"):
                    st.switch_page(PAGE, query_params={"key": page.counter.key})
    with right, panel("choose_entry"):
        _show_choosing(page)


def _show_choosing(page: Page) -> None:
    show_heading("Choose this KPI")
    for kpi in page.defined:
        st.text(f"You have it already: {kpi.name}.")
        if st.button("Open it", key=f"open_{kpi.id}"):
            st.switch_page("pages/kpi.py", query_params={"kpi": str(kpi.id)})
    for place, offer in enumerate(page.offers):
        _show_offer(page.entry.key, offer, place)
    if not page.offers:
        st.text("No file that is here fits. Start without one, or add an export first.")
    if st.button("Fill in the form myself", key="choose_plain"):
        st.switch_page(CHOOSE, query_params={"kpi": "new", "catalogue": page.entry.key})
    if page.feeds:
        st.caption(as_it_stands(f"These exports offer it ready-made: {', '.join(page.feeds)}."))
        st.page_link("pages/add_data.py", label="Add a file", icon=":material/upload_file:")


def _show_offer(key: str, offer: Offer, place: int) -> None:
    with st.container(border=True, key=f"offer_{place}"):
        ready = offer.ready is not None
        st.html(f'<h3 class="sb-heading">{escape(offer.source)}</h3>')
        if not ready:
            st.caption("Proposed from its headings; you check it in the form." if offer.whole else OPEN)
        for line in offer.lines:
            st.text(line)
        label = f"Use {offer.source}" if ready else f"Check and use {offer.source}"
        if st.button(label, key=f"use_{place}", type="secondary" if place else "primary", width="stretch"):
            st.switch_page(CHOOSE, query_params={"kpi": "new", "catalogue": key, "source": offer.source})


def show_page(data_file: Path, key: str, options: Options) -> None:
    """Show the page of one KPI of the catalogue."""
    show_entry(catalogue.page(data_file, key, options))
