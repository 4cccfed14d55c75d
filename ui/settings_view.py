"""The parts of the settings page."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import streamlit as st

from kpi_core.business import Business
from kpi_core.errors import RefusedDefinition, SignalboxError
from kpi_core.period import Cadence, Weekday, moment_name
from kpi_core.service import keeping, sample
from kpi_core.unit import Unit, UnitKind, format_value
from ui.plain import as_it_stands
from ui.values_form import CURRENCIES
from ui.widgets import panel, show_error, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable
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
        _try(lambda: keeping.save_settings(data_file, Business(**named, **dated), now), "The settings are kept.")


class Names(TypedDict):
    """What the business is called and how it writes numbers."""

    name: str
    currency: str | None
    locale: str
    person: str


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
    person = st.text_input("Your name, for the log of changes", business.person)
    return Names(
        name=name.strip(),
        currency=currency.strip().upper() if currency else None,
        locale=locale,
        person=person.strip(),
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
            st.text("The sample shop is on your board. Removing it leaves what you brought yourself as it is.")
            if st.button("Remove the sample shop"):
                _try(lambda: sample.remove(data_file), "The sample shop is removed.")
        else:
            st.text("Two years of orders, visits, tickets and costs of a made-up web shop, to try things with.")
            if st.button("Load the sample shop"):
                with st.spinner("Adding two years of rows"):
                    _try(lambda: sample.load(data_file, now), "The sample shop is loaded.")


def show_data_file(data_file: Path, now: datetime) -> None:
    """Show where the data is, and the ways to check, copy and bring it back."""
    with panel("data"):
        show_heading("Your data")
        st.text(f"Everything is in one file on this computer: {data_file}")
        with st.container(horizontal=True):
            if st.button("Check the data file"):
                for finding in keeping.check(data_file):
                    (st.success if finding.ok else st.error)(as_it_stands(finding.text))
            st.download_button(
                "Download a backup",
                partial(_backup_bytes, data_file),
                f"signalbox_{now:%Y-%m-%d}.db",
                "application/vnd.sqlite3",
                on_click="ignore",
            )
            st.download_button(
                "Download the definitions",
                partial(keeping.definitions, data_file),
                "signalbox_definitions.json",
                "application/json",
                on_click="ignore",
            )
        restored = st.file_uploader("Bring a backup back", type=["db"], key="restore")
        if restored is not None and st.button("Put this backup in place", type="primary"):
            _try(
                lambda: keeping.restore_bytes(data_file, restored.getvalue(), now),
                "The backup is in place; the file before is kept beside it.",
            )


def _backup_bytes(data_file: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "backup.db"
        keeping.backup(data_file, target)
        return target.read_bytes()


def show_log(data_file: Path) -> None:
    """Show the newest changes of settings, definitions, targets and typed values."""
    changes = keeping.log(data_file)
    with st.expander(f"What was changed ({len(changes)} newest)"):
        if changes:
            st.dataframe(
                {
                    "When": [moment_name(change.at) for change in changes],
                    "Who": [change.who for change in changes],
                    "What": [change.about for change in changes],
                    "Before and now": [change.did for change in changes],
                    "Why": [change.why for change in changes],
                },
                hide_index=True,
            )


def _try(act: Callable[[], object], done: str) -> None:
    try:
        act()
    except SignalboxError as error:
        show_error(error)
        return
    st.toast(done)
    st.rerun()
