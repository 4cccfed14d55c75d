"""The page that defines KPIs: the list of them, and one KPI's form beside its checklist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.checklist import RemedyField, check_board, summary
from kpi_core.definition.words import UNTOUCHED
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Kpi, State, Tier, Typed
from kpi_core.service import boards, catalogue, choose
from kpi_core.service.ready import blank_kpi
from kpi_core.service.sixth import asked_to_go
from kpi_core.service.watch import watch_beside
from ui import catalogue_start, form_kept, kpi_form
from ui.board_filters import show_list_filters
from ui.plain import as_it_stands
from ui.sentence_form import fill_sentence, show_sentence
from ui.session import number_in
from ui.sixth_view import ask_who_goes, remember_gone
from ui.star_form import takes_star
from ui.target_help_view import show_correction, show_no_target, show_target_help
from ui.values_form import From, show_numbers
from ui.widgets import panel, show_checklist, show_empty, show_error, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.checklist import Remedy
    from kpi_core.kpi import ValuesFrom
    from kpi_core.service.choose import Options, ReadyChoice, Review
    from kpi_core.target import Target

NEW = "new"
FILLED, REMEDY = "define_filled", "remedy_pressed"
AFTER, LEFT = "after_form", "form_left"
"""Which page comes after the form, and that it was left."""
READY = f"{kpi_form.KEY}_ready"
OPENED = f"{kpi_form.KEY}_opened"
HEADINGS = {State.DRAFT: "Drafts", State.ACTIVE: "On the board", State.RETIRED: "Retired"}
START, DEFINE, ADD = "Start with my goals", "Define a KPI", "Add a file first"


def show_list(options: Options, data_file: Path, now: datetime) -> None:
    """Show what is defined already, drafts first, and the way to a new one."""
    st.session_state.pop(FILLED, None)
    form_kept.forget()
    if not options.kpis:
        text = "Three to five numbers are enough. Start from a file you already have, from the catalogue, or type."
        match show_empty("No KPIs yet", text, (START, DEFINE, ADD), "no_kpis"):
            case chosen if chosen == START:
                st.switch_page("pages/goals.py")
            case chosen if chosen == DEFINE:
                st.switch_page("pages/choose.py", query_params={"kpi": NEW})
            case chosen if chosen == ADD:
                st.switch_page("pages/add_data.py")
        return
    with st.container(horizontal=True):
        if st.button(DEFINE, type="primary", icon=":material/add:"):
            st.switch_page("pages/choose.py", query_params={"kpi": NEW})
        if st.button(START):
            st.switch_page("pages/goals.py")
    view = show_list_filters(boards.choices_of(options.kpis, options.goals), now.date())
    finished = {kpi.id for kpi in choose.finished(data_file, now.date())}
    for state, heading in HEADINGS.items():
        kpis = [kpi for kpi in options.kpis if kpi.state is state and boards.wanted(kpi, view)]
        if kpis:
            st.header(heading)
            for kpi in kpis:
                _show_line(kpi, data_file, now, ready=kpi.id in finished, crowd=asked_to_go(options.kpis, kpi))
    st.page_link("pages/catalogue.py", label="Browse the catalogue", icon=":material/menu_book:")
    with panel("whole_board"):
        show_heading("The whole board")
        show_checklist(check_board(options.kpis), "board_checks")


def _show_line(kpi: Kpi, data_file: Path, now: datetime, *, ready: bool, crowd: Sequence[Kpi]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"panel_line_{kpi.id}"):
        st.text(kpi.name, width=240)
        tier = kpi.tier.value if kpi.tier is Tier.HEALTH_METRIC else ""
        star = "★ North Star" if kpi.north_star else ""
        st.text(" · ".join(filter(None, [star, kpi.goal, kpi.owner, tier])), width="stretch")
        if ready and st.button("Put on the board", key=f"finish_{kpi.id}", type="primary"):
            if crowd:
                st.switch_page("pages/choose.py", query_params={"kpi": str(kpi.id)})
            choose.save(data_file, *choose.opened(data_file, kpi.id), now)
            st.rerun()
        if kpi.state is State.RETIRED:
            st.caption(as_it_stands(kpi.retired_reason))
            _show_bring_back(kpi, data_file, now, crowd)
        elif st.button("Edit", key=f"edit_{kpi.id}"):
            st.switch_page("pages/choose.py", query_params={"kpi": str(kpi.id)})


def _show_bring_back(kpi: Kpi, data_file: Path, now: datetime, crowd: Sequence[Kpi]) -> None:
    if not crowd:
        if st.button("Bring back", key=f"reopen_{kpi.id}"):
            choose.reopen(data_file, kpi.id, now)
            st.rerun()
        return
    with st.popover("Bring back"):
        goes = ask_who_goes(crowd, kpi.name, f"_{kpi.id}")
        if st.button("Bring back", key=f"reopen_{kpi.id}", type="primary", disabled=goes is None):
            remember_gone(goes)
            choose.reopen(data_file, kpi.id, now, goes or 0)
            st.rerun()


def show_define(
    options: Options, wanted: str, data_file: Path, now: datetime, typed: Mapping[str, str] | None = None
) -> None:
    """Show the form of a KPI, filled with what it is, beside the checklist that follows every change.

    Args:
        options: what can be picked.
        wanted: the number of the KPI, or `NEW`.
        data_file: the data file.
        now: the moment.
        typed: what an earlier visit typed into this form and did not save, by field.
    """
    _fill_once(options, wanted, data_file, typed or {})
    _apply_remedy(options, data_file, now)
    left, right = st.columns([1.9, 1], gap="medium")
    with left, panel("form"):
        catalogue_start.show_notes()
        if kpi_form.is_draft():
            show_sentence(options)
        if wanted == NEW:
            _show_ready(options)
        kpi_form.show_what(options)
        values = show_numbers(options, lambda source, column: choose.texts(data_file, source, column), kpi_form.KEY)
        target, refusal = _target(options, now)
        found = None
        if values is not None and st.session_state[f"{kpi_form.KEY}_tier"] is Tier.KPI:
            found = show_target_help(data_file, kpi_form.said(values), target, now.date(), f"{kpi_form.KEY}_target")
        kpi_form.show_people(options)
    form_kept.keep(st.session_state[FILLED])
    with right, panel("coach"):
        if wanted == NEW and isinstance(values, Typed) and not form_kept.typed() and not kpi_form.said(values).name:
            show_heading("Is it a good KPI?")
            st.caption(UNTOUCHED)
            _show_leave()
            return
        if found is not None and target is None and not refusal:
            show_no_target(found, now.date(), f"{kpi_form.KEY}_target")
        _show_coach(values, target, refusal, options, data_file, now)


def _fill_once(options: Options, wanted: str, data_file: Path, typed: Mapping[str, str]) -> None:
    source, chosen = st.query_params.get("source"), st.query_params.get("catalogue")
    form = (wanted, source, chosen)
    if st.session_state.get(FILLED) != form:
        form_kept.clear()
        st.session_state[FILLED] = form
    if form_kept.bring_back(form):
        return
    if wanted == NEW and chosen:
        catalogue_start.begin(catalogue.start(data_file, chosen, source, options, blank_kpi()), options)
    elif wanted == NEW:
        kpi_form.fill(blank_kpi(), None, options)
        fill_sentence(wanted, None, options)
        if source:
            st.session_state[f"{kpi_form.KEY}_from"] = From.FILE
            st.session_state[f"{kpi_form.KEY}_measure_source"] = source
    else:
        kpi, target = choose.opened(data_file, number_in(wanted))
        kpi_form.fill(kpi, target, options)
        st.session_state[OPENED] = choose.OpenedOn(kpi, target)
        fill_sentence(wanted, target, options)
    form_kept.begin(typed)


def _apply_remedy(options: Options, data_file: Path, now: datetime) -> None:
    """Do what the pressed remedy of a finding says, before the fields are shown."""
    found: Remedy | None = st.session_state.pop(REMEDY, None)
    if found is None:
        return
    try:
        if found.field is RemedyField.WATCH_BESIDE:
            found = replace(found, value=watch_beside(data_file, str(found.value), now))
        kpi_form.remedy(found, options.business.style)
    except RefusedDefinition as error:
        show_error(error)


def _show_ready(options: Options) -> None:
    def label(choice: ReadyChoice) -> str:
        return f"{choice.ready.name}, from {choice.source}{'' if choice.loaded else ' (no file yet)'}"

    st.selectbox(
        "Start from one that is ready-made",
        options.ready,
        index=None,
        format_func=label,
        placeholder="or fill in the form below",
        key=READY,
        on_change=lambda: _take_ready(options),
    )


def _take_ready(options: Options) -> None:
    choice = st.session_state.get(READY)
    if choice is not None:
        ready = choose.from_ready(choice, blank_kpi(), options.business.currency)
        kpi_form.fill(ready, None, options)


def _target(options: Options, now: datetime) -> tuple[Target | None, str]:
    try:
        return kpi_form.show_goalpost(options, now.date()), ""
    except RefusedDefinition as error:
        refusal = f"{error.sentence} {error.hint}".strip()
        st.error(as_it_stands(refusal))
        return None, refusal


def _show_coach(
    values: ValuesFrom | None,
    target: Target | None,
    refusal: str,
    options: Options,
    data_file: Path,
    now: datetime,
) -> None:
    show_heading("Is it a good KPI?")
    if values is None:
        st.caption("Say first where its values come from.")
        return
    kpi = kpi_form.said(values)
    review = choose.review(data_file, kpi, target, now.date())
    if review.refusal:
        st.error(as_it_stands(review.refusal))
    _show_values(review.words, review.values)
    st.caption(f"{summary(review.findings)}.")
    pressed = show_checklist(review.findings, "checklist")
    if pressed is not None and pressed.remedy is not None:
        st.session_state[REMEDY] = pressed.remedy
        st.rerun()
    if refusal:
        st.caption("The target cannot be read yet: put it right before you save.")
        return
    comes = review.ready or kpi.state is State.ACTIVE
    crowd = asked_to_go(options.kpis, kpi) if comes else ()
    _show_save(kpi, target, data_file, now, review, crowd)


def _show_values(words: str, values: Sequence[tuple[str, str]]) -> None:
    st.caption(as_it_stands(words[:1].upper() + words[1:] + "."))
    if values:
        st.text(f"{values[0][0]}: {values[0][1]}")
        with st.expander("The periods before"):
            for name, value in values[1:]:
                st.text(f"{name}: {value}")


def _show_save(
    kpi: Kpi, target: Target | None, data_file: Path, now: datetime, review: Review, crowd: Sequence[Kpi]
) -> None:
    settled = kpi.state is not State.DRAFT and bool(kpi.id)
    doubt = next((each.confirm for each in review.findings if each.confirm), "")
    # A target that stands already was said yes to
    stood = choose.opened(data_file, kpi.id)[1] if settled and doubt else None
    kept = stood is not None and target is not None and choose.said(stood) == choose.said(target)
    sure = kept or not doubt or st.checkbox(doubt, key="define_sure")
    why = st.text_input("Why does it change? (for the log)", key="define_why") if kpi.id else ""
    since = show_correction(data_file, kpi, target, now, f"{kpi_form.KEY}_target") if settled else None
    label = "Save" if settled else "Put on the board" if review.ready else "Save draft"
    if not review.ready and not settled:
        st.caption("It stays a draft until nothing above is missing.")
    goes = ask_who_goes(crowd, kpi.name) if crowd else 0
    if st.button(label, type="primary", width="stretch", disabled=not (kpi.name and sure) or goes is None):
        remember_gone(goes)
        star, opened_on = takes_star(kpi_form.KEY), st.session_state.get(OPENED)
        _do(
            lambda: choose.save(
                data_file, kpi, target, now, why, since, goes=goes or 0, takes_star=star, opened_on=opened_on
            )
        )
    _show_leave()
    if kpi.id and kpi.state is not State.RETIRED:
        with st.popover("Retire it", width="stretch"):
            reason = st.text_input("Why is it no longer needed?", key="retire_reason")
            if st.button("Retire", disabled=not reason.strip(), help="Write the reason first; it stays with the KPI."):
                _do(lambda: choose.retire(data_file, kpi.id, reason, now))


def _show_leave() -> None:
    if st.button("Leave it", width="stretch"):
        _leave()


def _do(act: Callable[[], object]) -> None:
    try:
        act()
    except RefusedDefinition as error:
        show_error(error)
        return
    _leave()


def _leave() -> None:
    form_kept.forget(st.session_state.pop(FILLED, None))
    st.session_state[LEFT] = True
    st.switch_page(st.session_state.get(AFTER, "pages/choose.py"))
