"""Under "Why?": the limits in numbers, the rule in plain words, the moving ranges, and what the owner says of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.board.surprise import HEADING, caption
from kpi_core.definition.words import ALERT_WORDS
from kpi_core.period import day_name
from kpi_core.service import usual
from ui.kpi_answers_view import WHY, rebase_form
from ui.kpi_ranges_chart import Steps
from ui.plain import as_it_stands
from ui.show import show_ranges, show_surprises
from ui.widgets import act, show_facts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.service.change_page import ChangePage
    from ui.trend_shown import Trend

FIRST, CHOSEN = "the first 24 since the usual range began", "the days that I choose"


def show_why(change: ChangePage, trend: Trend, data_file: Path, now: datetime) -> None:
    """Show why it is said to be really changing, or not; worked out only while it is open."""
    with st.expander("Why? How a real change is told from routine ups and downs", key=WHY, on_change="rerun") as part:
        if not part.open:
            return
        words, chart = st.columns([2, 3], gap="medium")
        with words:
            st.text(change.why.plain)
            if change.why.numbers:
                show_facts(change.why.numbers)
        with chart:
            _show_chart(change, trend)
        st.caption(as_it_stands(change.why.trade))
        _show_rebases(change.kpi, data_file, now)
        with st.container(horizontal=True):
            if change.stretches:
                with st.popover("Things are different since ..."):
                    first = change.stretches[0].points[0].period.start
                    rebase_form(change, first, now.date(), data_file, now, "Start the usual range anew")
            with st.popover("What makes the limits"):
                _show_baseline(change.kpi, data_file, now)
            with st.popover("What to be told of"):
                _show_alert(change.kpi, data_file, now)


def _show_chart(change: ChangePage, trend: Trend) -> None:
    """Show what the newest is judged by: the surprises of a number that grows or has seasons, else the steps."""
    why, steps = change.why, Steps(change.stretches, trend.write, trend.write_axis, trend.name, trend.clock)
    if why.surprises:
        st.html(f'<h3 class="sb-heading">{HEADING}</h3>')
        show_surprises(why.surprises, steps, why.steps, "surprises")
        st.caption(caption(why.surprises))
    elif not change.row.signal.by_surprise and any(stretch.moving_ranges for stretch in change.stretches):
        st.html('<h3 class="sb-heading">Steps from one period to the next</h3>')
        show_ranges(steps, why.steps, "ranges")


def _show_rebases(kpi: Kpi, data_file: Path, now: datetime) -> None:
    for each in kpi.rebases:
        with st.container(horizontal=True, vertical_alignment="center"):
            said = f"New usual range since {day_name(each.day, now.date())}: {each.reason}"
            st.text(said, width="stretch")
            label = as_it_stands(f"Take back: {said}")
            if st.button("Take back", key=f"rebase_back_{kpi.id}_{each.day}", type="tertiary", help=label):
                act(partial(usual.take_back_rebase, data_file, kpi.id, each.day, now))


def _show_baseline(kpi: Kpi, data_file: Path, now: datetime) -> None:
    held = kpi.baseline
    with st.form(f"baseline_{kpi.id}", border=False):
        how = st.radio(
            f"{kpi.cadence.value.capitalize()}s that the limits are made from",
            [FIRST, CHOSEN],
            index=0 if held is None else 1,
            key=f"baseline_how_{kpi.id}",
        )
        start = st.date_input(
            "From, where you choose", value=None if held is None else held.start, key=f"baseline_from_{kpi.id}"
        )
        until = st.date_input(
            "Until, that day included", value=None if held is None else held.until, key=f"baseline_until_{kpi.id}"
        )
        kept = st.form_submit_button("Keep these limits")
    if kept and how == FIRST:
        act(partial(usual.set_baseline, data_file, kpi.id, None, now))
    elif kept:
        act(lambda: usual.set_baseline(data_file, kpi.id, usual.chosen(start, until), now))


def _show_alert(kpi: Kpi, data_file: Path, now: datetime) -> None:
    with st.form(f"alert_{kpi.id}", border=False):
        wanted = st.radio(
            "Tell me of",
            list(ALERT_WORDS),
            list(ALERT_WORDS).index(kpi.alert),
            format_func=ALERT_WORDS.__getitem__,
            key=f"alert_{kpi.id}_when",
        )
        if st.form_submit_button("Keep this choice"):
            act(partial(usual.set_alert, data_file, kpi.id, wanted, now))
