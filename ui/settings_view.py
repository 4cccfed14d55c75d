"""The parts of the settings page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import streamlit as st

from kpi_core.business import Business
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Cadence, Weekday
from kpi_core.service import keeping, sample
from kpi_core.unit import Unit, UnitKind, format_value
from ui.values_form import CURRENCIES
from ui.widgets import act_and_tell, panel, show_heading

if TYPE_CHECKING:
    from datetime import datetime

LOCALES = (
    *("en_US", "en_GB", "sv_SE", "nb_NO", "da_DK", "fi_FI", "de_DE", "de_CH", "de_AT", "fr_FR", "nl_NL"),
    *("es_ES", "it_IT", "pl_PL", "cs_CZ", "hu_HU", "pt_BR", "en_CA", "fr_CA", "en_AU", "en_IN"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = dict(
    zip(Weekday, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
LAST_DAY = 28


def show_business(data_file: Path, now: datetime) -> None:
    """Show what holds for the whole business, and keep it."""
    business = keeping.settings(data_file)
    with panel("business"), st.form("business", border=False):
        show_heading("Your business")
        first, second = st.columns(2)
        with first:
            named = _show_names(business)
        with second:
            dated = _show_calendar(business)
        kept = st.form_submit_button("Keep the settings", type="primary")
    if kept:
        act_and_tell(
            lambda: keeping.save_settings(data_file, Business(**named, **dated), now), "The settings are kept."
        )


class Names(TypedDict):
    """What the business is called and how it writes numbers."""

    name: str
    currency: str | None
    locale: str


class Dates(TypedDict):
    """The calendar of the business."""

    fiscal_month: int
    fiscal_day: int
    week_start: Weekday
    open_weekdays: frozenset[Weekday]
    review_every: Cadence


def _show_names(business: Business) -> Names:
    name = st.text_input("Name", business.name)
    currencies = list(dict.fromkeys([*filter(None, [business.currency]), *CURRENCIES]))
    currency = st.selectbox(
        "Currency",
        currencies,
        index=0 if business.currency else None,
        placeholder="not said yet",
        accept_new_options=True,
    )
    locales = list(dict.fromkeys([business.locale, *LOCALES]))
    locale = st.selectbox("Numbers are written", locales, format_func=_example)
    return Names(
        name=name.strip(),
        currency=currency.strip().upper() if currency else None,
        locale=locale,
    )


def _show_calendar(business: Business) -> Dates:
    month = st.selectbox("The fiscal year starts in", MONTHS, index=business.fiscal_month - 1)
    day = st.number_input("on day", 1, LAST_DAY, business.fiscal_day)
    days = list(Weekday)
    week = st.selectbox(
        "The week starts on", days, index=days.index(business.week_start), format_func=lambda each: WEEKDAYS[each]
    )
    open_days = st.pills(
        "Open on",
        days,
        selection_mode="multi",
        default=[each for each in days if each in business.open_weekdays],
        format_func=lambda each: WEEKDAYS[each][:3],
    )
    every = list(Cadence)
    reviewed = st.selectbox(
        "We review our KPIs every",
        every,
        index=every.index(business.review_every),
        format_func=lambda each: each.value,
    )
    return Dates(
        fiscal_month=MONTHS.index(month) + 1,
        fiscal_day=day,
        week_start=week,
        open_weekdays=frozenset(open_days),
        review_every=reviewed,
    )


def _example(locale: str) -> str:
    style = Business(locale=locale).style
    try:
        number = format_value(keeping.EXAMPLE, Unit(UnitKind.COUNT), style, 2)
    except RefusedDefinition:
        number = "pick another: there is no such style"
    return f"{number} ({locale})"


def show_sample(data_file: Path, now: datetime) -> None:
    """Show the one click that loads the sample shop, or takes it away."""
    with panel("sample"):
        show_heading("Sample shop")
        if sample.is_loaded(data_file):
            st.text(f"The sample shop is on your board. {sample.REMOVING}")
            if st.button("Remove the sample shop"):
                act_and_tell(lambda: sample.remove(data_file), "The sample shop is removed.")
        else:
            st.text("Two years of orders, visits, tickets and costs of a made-up web shop, to try things with.")
            if st.button("Load the sample shop"):
                with st.spinner("Adding two years of rows"):
                    act_and_tell(lambda: sample.load(data_file, now), "The sample shop is loaded.")


def show_ways() -> None:
    """Show the ways to what lies behind the settings."""
    with st.container(horizontal=True, key="settings_ways"):
        st.page_link("pages/changes.py", label="What was changed", icon=":material/history:")
        st.page_link("pages/notes.py", label="Notes", icon=":material/sticky_note_2:")
        st.page_link("pages/safety.py", label="Backups and safety", icon=":material/shield:")
