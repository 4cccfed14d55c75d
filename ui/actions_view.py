"""The page of actions: what waits, by its day; done, changed, dropped, opened again, each to be taken back."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.period import moment_name
from kpi_core.service import actions, log
from ui.plain import as_it_stands
from ui.review_view import act_and_say, say, show_done
from ui.widgets import act, panel, show_action_fields, show_day, show_empty, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.actions import ActionLine, Overview

EVERYBODY = "Everybody"


def show_actions(data_file: Path, now: datetime) -> None:
    """Show all actions, or those of one owner."""
    owner = st.session_state.get("actions_owner")
    found = actions.overview(data_file, now.date(), None if owner in {None, EVERYBODY} else owner)
    show_done(data_file, now, "actions")
    if not found.owners:
        _show_none(found)
        if not found.kpis:
            return
    if len(found.owners) > 1 or owner not in {None, EVERYBODY}:
        st.selectbox("Whose", [EVERYBODY, *found.owners], key="actions_owner", persist_state="session")
    for heading, lines in groupby(found.lines, key=lambda line: actions.HEADINGS[line.progress]):
        with panel(f"actions_{heading.split()[0].lower()}"):
            show_heading(heading)
            for line in lines:
                _show_line(line, data_file, now)
    _show_new(found, data_file, now)
    _show_changes(found, data_file, now)


def _show_none(found: Overview) -> None:
    text = actions.EMPTY if found.kpis else f"{actions.EMPTY} {actions.NO_KPI}"
    doors = ["Go to the review"] if found.kpis else ["Define a KPI"]
    if show_empty("No actions yet", text, doors, "no_actions"):
        st.switch_page("pages/review.py" if found.kpis else "pages/choose.py")


def _show_line(line: ActionLine, data_file: Path, now: datetime) -> None:
    action = line.action
    with st.container(key=f"action_line_{action.id}", gap="xsmall"):
        st.markdown(f"**{as_it_stands(action.what)}** · {as_it_stands(action.owner)} · {as_it_stands(line.state)}")
        with st.container(horizontal=True):
            if st.button(as_it_stands(line.kpi), key=f"action_kpi_{action.id}", type="tertiary"):
                st.switch_page("pages/kpi.py", query_params={"kpi": str(action.kpi_id)})
            if action.closed is not None:
                if st.button("Open again", key=f"reopen_{action.id}", type="tertiary"):
                    act_and_say(partial(actions.reopen, data_file, action.id, now), "It is open again.")
                return
            _show_close(line, data_file, now)


def _show_close(line: ActionLine, data_file: Path, now: datetime) -> None:
    action = line.action
    with st.popover("Done", type="tertiary", key=f"done_pop_{action.id}"):
        result = st.text_input("What came of it?", key=f"result_{action.id}")
        if st.button("Keep it as done", key=f"done_{action.id}", type="primary"):
            act_and_say(partial(actions.done, data_file, action.id, result, now), f"Done: {action.what}.")
    with st.popover("Change", type="tertiary", key=f"change_pop_{action.id}"):
        st.session_state.setdefault(f"due_{action.id}", action.due)
        what = st.text_input("What", action.what, key=f"what_{action.id}")
        owner = st.text_input("Who: one name", action.owner, key=f"owner_{action.id}")
        due = show_day("By when", f"due_{action.id}")
        if st.button("Keep the change", key=f"change_{action.id}", type="primary"):
            edit = partial(actions.change, data_file, action.id, now, what=what, owner=owner, due=due)
            act_and_say(edit, f"Changed: {action.what}.")
    with st.popover("Drop", type="tertiary", key=f"drop_pop_{action.id}"):
        reason = st.text_input("Why is it dropped?", key=f"reason_{action.id}")
        if st.button("Drop it", key=f"drop_{action.id}"):
            act_and_say(partial(actions.drop, data_file, action.id, reason, now), f"Dropped: {action.what}.")


def _show_new(found: Overview, data_file: Path, now: datetime) -> None:
    with st.expander("Add an action", icon=":material/add:"):
        many = f"{len(found.lines)}_{st.session_state.get('actions_owner')}"
        kpi_id = st.selectbox("About", list(found.kpis), format_func=found.kpis.__getitem__, key=f"new_about_{many}")
        what, owner, due = show_action_fields(f"new_{many}")
        if st.button("Add the action", key="add_action", type="primary"):
            add = partial(actions.add_typed, data_file, kpi_id, what, owner, due, now)
            act_and_say(add, "The action is kept.")


def _show_changes(found: Overview, data_file: Path, now: datetime) -> None:
    if not found.changes:
        return
    with st.expander("What was changed"):
        for change in found.changes:
            with st.container(horizontal=True, vertical_alignment="center", key=f"action_change_{change.id}"):
                st.text(f"{moment_name(change.at)}, {change.about}. {change.did}")
                if change.standing and st.button("Undo", key=f"undo_action_{change.id}"):
                    act(partial(log.take_back, data_file, change.id, "", now), lambda: _again("Taken back."))


def _again(sentence: str) -> None:
    say(sentence)
    st.rerun()
