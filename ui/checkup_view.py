"""The check-up on the screen: findings by what they are about, remedies, what was put aside."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from kpi_core.checklist.timely import REVIEW_DAYS
from kpi_core.hygiene import Deed, by_matter, of_whom
from kpi_core.period import day_name
from kpi_core.service import checkup, curing
from kpi_core.service.curing import Done
from ui.checkup_html import summary_html, untidy_html
from ui.define_view import REMEDY
from ui.plain import as_it_stands
from ui.widgets import act, panel, show_empty, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.hygiene import Cure, PutAside, Untidy
    from kpi_core.service.checkup import CheckUp

DONE: Final = "checkup_done"
START: Final = "Start with my goals"
WHERE: Final = {
    Deed.TO_FORM: "pages/choose.py",
    Deed.TO_DATA: "pages/add_data.py",
    Deed.TO_TYPING: "pages/fill_in.py",
    Deed.TO_CATALOGUE: "pages/catalogue.py",
    Deed.TO_REVIEW: "pages/review.py",
}


def show_checkup(found: CheckUp, data_file: Path, now: datetime) -> None:
    """Show what is untidy, the matter with something weighty first, and what was put aside folded away."""
    if not found.any:
        text = "Once KPIs are on your board, this page says which of them are forgotten, vain, nobody's or there twice."
        if show_empty("Nothing to look at yet", text, (START,), "no_checkup") == START:
            st.switch_page("pages/goals.py")
        return
    _show_done(data_file, now)
    if found.found:
        st.html(summary_html(found.sentence, found.looked_at))
    else:
        show_empty(found.sentence.rstrip("."), found.looked_at, (), "tidy")
    for matter, some in by_matter(found.found):
        show_heading(f"{matter.value[:1].upper()}{matter.value[1:]}")
        for each in some:
            with panel(f"finding_{each.id}"):
                _show_finding(each, data_file, now)
    if found.aside:
        with st.expander(f"Put aside ({len(found.aside)})"):
            for each, aside in found.aside:
                _show_aside(each, aside, data_file, now)


def _show_finding(found: Untidy, data_file: Path, now: datetime) -> None:
    if found.kpis:
        with st.container(horizontal=True, gap="medium", key=f"about_{found.id}"):
            for kpi, name in zip(found.kpis, found.names, strict=True):
                link = {"kpi": str(kpi)}
                st.page_link("pages/kpi.py", label=as_it_stands(name), query_params=link, width="content")
    st.html(untidy_html(found))
    with st.container(horizontal=True, gap="small", key=f"cures_{found.id}"):
        for place, cure in enumerate(found.cures):
            _show_cure(found, cure, f"{found.id}-{place}", data_file, now)
        with st.popover("Put aside", type="tertiary", help="It comes back by itself after the day."):
            _show_put_aside(found, data_file, now)


def _show_cure(found: Untidy, cure: Cure, key: str, data_file: Path, now: datetime) -> None:
    label = as_it_stands(cure.label)
    if cure.asks:
        with st.popover(label):
            with st.form(f"ask_{key}", border=False):
                said = _ask(cure, key)
                pressed = st.form_submit_button(label, type="primary")
            if pressed:
                _act(partial(curing.cure, data_file, found, cure, now, said))
    elif st.button(label, key=f"cure_{key}"):
        if cure.deed.leads:
            _go(cure)
        else:
            _act(partial(curing.cure, data_file, found, cure, now))


def _ask(cure: Cure, key: str) -> tuple[str, ...]:
    """Ask for what a remedy needs to be told: words, one of its choices, or some of them."""
    if cure.many:
        return tuple(st.multiselect(cure.asks, cure.choices, key=f"said_{key}", format_func=str))
    if cure.choices:
        picked: str | None = st.selectbox(cure.asks, cure.choices, index=None, key=f"said_{key}")
        return (picked,) if picked else ()
    return (st.text_input(cure.asks, cure.words, key=f"said_{key}"),)


def _go(cure: Cure) -> None:
    if cure.filled is not None:
        st.session_state[REMEDY] = cure.filled
    query = {"kpi": str(cure.kpis[0])} if cure.deed is Deed.TO_FORM else {}
    st.switch_page(WHERE[cure.deed], query_params=query)


def _show_put_aside(found: Untidy, data_file: Path, now: datetime) -> None:
    with st.form(f"aside_{found.id}", border=False):
        later = now.date() + timedelta(days=REVIEW_DAYS)
        until = st.date_input(
            "Until, that day included", later, min_value=now.date(), key=f"aside_until_{found.id}", format="YYYY-MM-DD"
        )
        reason = st.text_input("Why?", key=f"aside_why_{found.id}")
        pressed = st.form_submit_button("Put aside", type="primary")
    if pressed:
        _act(partial(_put_aside, found, until, reason, data_file, now))


def _put_aside(found: Untidy, until: date, reason: str, data_file: Path, now: datetime) -> Done:
    change = checkup.put_aside(data_file, found, until, reason, now)
    sentence = f"Put aside until {day_name(until, None)}: {of_whom(found)}."
    return Done(sentence, () if change is None else (change,))


def _show_aside(found: Untidy, aside: PutAside, data_file: Path, now: datetime) -> None:
    with st.container(border=True, key=f"put_aside_{aside.id}"):
        st.text(f"{of_whom(found)}: {found.sentence}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(as_it_stands(f"Until {day_name(aside.until, None)}: {aside.reason}"))
            if st.button("Bring it back", key=f"bring_back_{aside.id}"):
                _act(partial(_bring_back, found, aside, data_file, now))


def _bring_back(found: Untidy, aside: PutAside, data_file: Path, now: datetime) -> Done:
    change = checkup.bring_back(data_file, aside, now)
    return Done(f"Brought back: {of_whom(found)}.", () if change is None else (change,))


def _show_done(data_file: Path, now: datetime) -> None:
    """Say what was done a moment ago, with the way back."""
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="panel_checkup_done"):
        st.text(done.sentence)
        if done.changes and st.button("Undo", key="undo_checkup", icon=":material/undo:"):
            _act(partial(_undo, done, data_file, now))


def _undo(done: Done, data_file: Path, now: datetime) -> Done:
    curing.undo(data_file, done.changes, now)
    return Done("Taken back.", ())


def _act(do: Callable[[], Done]) -> None:
    """Do something and say so on top of the page."""

    def keep() -> None:
        st.session_state[DONE] = do()

    act(keep)
