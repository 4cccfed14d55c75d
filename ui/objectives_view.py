"""The page of objectives: how far each one got, the form of one, and what can be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core import okr
from kpi_core.errors import SignalboxError
from kpi_core.kpi import Objective
from kpi_core.service import objectives
from kpi_core.service.objectives import TypedResult
from ui.board_filters import OBJECTIVES, show_as_of
from ui.okr_html import objective_html
from ui.plain import as_it_stands
from ui.session import number_in
from ui.widgets import panel, show_empty, show_error, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.service.objectives import KpiChoice, ObjectiveLine, Overview

NEW, ADD = "new", "Add an objective"
PAGE = "pages/objectives.py"
KEY, FILLED, DONE = "objective", "objective_filled", "objective_done"


def show_all(found: Overview, data_file: Path, now: datetime) -> None:
    """Show every objective with its score, and the way to a new one."""
    st.session_state.pop(FILLED, None)
    _show_done(data_file, now)
    if not found.lines:
        show_empty("No objectives yet", okr.WHAT, [], "no_objectives")
        return
    for line in found.lines:
        _show_one(line, data_file, now)
    with st.expander("What a score means"):
        st.text(okr.MEANING)
    _show_changes(found, data_file, now)


def show_top(today: date) -> date:
    """Show the way to a new objective, and the day that scores are looked at as of."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="objectives_top"):
        if st.button(ADD, type="primary", icon=":material/add:"):
            st.switch_page(PAGE, query_params={"objective": NEW})
        return show_as_of(today, OBJECTIVES)


def _show_one(line: ObjectiveLine, data_file: Path, now: datetime) -> None:
    with panel(f"objective_{line.objective.id}"):
        st.html(objective_html(line))
        with st.container(horizontal=True):
            if st.button("Edit", key=f"edit_objective_{line.objective.id}"):
                st.switch_page(PAGE, query_params={"objective": str(line.objective.id)})
            if st.button("Remove", key=f"remove_objective_{line.objective.id}"):
                change = objectives.remove(data_file, line.objective.id, now)
                st.session_state[DONE] = (f"{line.objective.name} is removed; its KPIs stay.", change)
                st.rerun()


def _show_done(data_file: Path, now: datetime) -> None:
    sentence, change = st.session_state.get(DONE, ("", None))
    if not sentence:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="panel_objective_done"):
        st.text(sentence)
        if change is not None and st.button("Undo", key="undo_objective_done"):
            _act(partial(objectives.undo, data_file, change, now), "Taken back.")


def _show_changes(found: Overview, data_file: Path, now: datetime) -> None:
    with st.expander("What was changed"):
        for change in found.changes:
            with st.container(horizontal=True, vertical_alignment="center", key=f"objective_change_{change.id}"):
                st.text(f"{change.at:%Y-%m-%d %H:%M}, {change.about}. {change.did}")
                if change.standing and st.button("Undo", key=f"undo_objective_{change.id}"):
                    _act(partial(objectives.undo, data_file, change.id, now), "Taken back.")


def _act(act: Callable[[], object], sentence: str) -> None:
    """Do something and say so on top of the page; a refusal stands where it was asked."""
    try:
        act()
    except SignalboxError as error:
        show_error(error)
        return
    st.session_state[DONE] = (sentence, None)
    st.rerun()


def show_form(found: Overview, wanted: str, data_file: Path, now: datetime) -> None:
    """Show the form of one objective, or of a new one."""
    if not found.choices:
        if show_empty("No KPI to point at yet", okr.KPIS_FIRST, ["Define a KPI"], "no_kpi_to_point_at"):
            st.switch_page("pages/choose.py")
        return
    existing = None if wanted == NEW else objectives.find(data_file, number_in(wanted))
    _fill_once(existing, wanted, found)
    state = st.session_state
    with panel("objective_form"):
        names = list(dict.fromkeys([*found.goals, *filter(None, [state[f"{KEY}_name"]])]))
        st.selectbox(
            "What do we want?",
            names,
            index=None,
            key=f"{KEY}_name",
            accept_new_options=True,
            placeholder="pick a goal, or type your own",
        )
        first, second, third = st.columns(3)
        first.date_input("First day", key=f"{KEY}_start", format="YYYY-MM-DD")
        second.date_input("Last day", key=f"{KEY}_until", format="YYYY-MM-DD")
        third.text_input("Owner: one name", key=f"{KEY}_owner")
        show_heading("How would we know? Key results")
        typed = _show_results(found.choices)
        _show_save(existing, typed, data_file, now)


def _fill_once(existing: Objective | None, wanted: str, found: Overview) -> None:
    """Fill the fields when the form opens; afterwards they hold what is typed."""
    state = st.session_state
    if state.get(FILLED) == wanted and f"{KEY}_name" in state:
        return
    for key in [key for key in state if str(key).startswith(f"{KEY}_")]:
        del state[key]
    shown = existing or Objective("", found.quarter.start, found.quarter.last_day)
    state[f"{KEY}_name"] = shown.name or None
    state[f"{KEY}_start"], state[f"{KEY}_until"], state[f"{KEY}_owner"] = shown.start, shown.until, shown.owner
    for place, each in enumerate(objectives.typed(shown, found.choices, found.style)):
        state[f"{KEY}_kpi_{place}"] = each.kpi
        picked = f"{KEY}_{place}_{each.kpi}"
        state[f"{picked}_baseline"], state[f"{picked}_target"] = each.baseline, each.target
        state[f"{picked}_deadline"], state[f"{picked}_stretch"] = each.deadline, each.stretch
    state[FILLED] = wanted


def _show_results(choices: Sequence[KpiChoice]) -> list[TypedResult]:
    """Show a block a key result, and an empty one for the next; a KPI is picked once."""
    known = {choice.name: choice for choice in choices}
    typed: list[TypedResult] = []
    filled = [
        place for place in range(max(okr.MOST_RESULTS, len(choices))) if st.session_state.get(f"{KEY}_kpi_{place}")
    ]
    for place in range(min(max(okr.MOST_RESULTS, len(filled)), max(filled, default=-1) + 2)):
        taken = {each.kpi for each in typed}
        free = [name for name in known if name not in taken]
        with st.container(border=True, key=f"key_result_{place}"):
            label = "KPI" if not place else f"KPI {place + 1}"
            name = st.selectbox(label, free, index=None, key=f"{KEY}_kpi_{place}", placeholder="pick one of your KPIs")
            if name is not None:
                typed.append(_show_result(known[name], f"{KEY}_{place}_{name}"))
    return typed


def _show_result(choice: KpiChoice, key: str) -> TypedResult:
    st.session_state.setdefault(f"{key}_baseline", choice.newest)
    first, second, third = st.columns(3)
    baseline = first.text_input("From (where it started)", key=f"{key}_baseline")
    target = second.text_input("To (where it should be)", key=f"{key}_target")
    deadline = third.date_input("By (else the last day)", value=None, key=f"{key}_deadline", format="YYYY-MM-DD")
    stretch = st.checkbox("A stretch: we aim at more than we expect", key=f"{key}_stretch")
    if choice.newest_words:
        st.caption(as_it_stands(f"Newest: {choice.newest_words}."))
    return TypedResult(choice.name, baseline, target, deadline, stretch)


def _show_save(existing: Objective | None, typed: Sequence[TypedResult], data_file: Path, now: datetime) -> None:
    state = st.session_state
    name: str = (state.get(f"{KEY}_name") or "").strip()
    start: date | None = state.get(f"{KEY}_start")
    until: date | None = state.get(f"{KEY}_until")
    complete = bool(name) and all(each.baseline.strip() and each.target.strip() for each in typed)
    if not complete:
        st.caption(okr.INCOMPLETE)
    with st.container(horizontal=True):
        pressed = st.button("Save", type="primary", disabled=not complete, key="save_objective")
        if pressed and start is not None and until is not None:
            owner = (state.get(f"{KEY}_owner") or "").strip()
            said = Objective(name, start, until, owner=owner, id=existing.id if existing else 0)
            try:
                change = objectives.save(data_file, said, typed, now)
            except SignalboxError as error:
                show_error(error)
                return
            remark = objectives.remark(data_file, typed)
            state[DONE] = (
                (f"{said.name} is saved. {remark}".strip(), change) if change else ("Nothing was different.", None)
            )
            _leave()
        if st.button("Leave it", key="leave_objective"):
            _leave()


def _leave() -> None:
    st.session_state.pop(FILLED, None)
    st.switch_page(PAGE)
