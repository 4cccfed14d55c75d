"""One KPI at a time in the form that every KPI is defined in, and the end of the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import GoalStep, Progress, with_typed
from kpi_core.kpi import Kpi, State, Tier
from kpi_core.service import goals, goals_end
from kpi_core.service.goals_end import Door
from ui import form_kept
from ui.define_view import AFTER, LEFT, show_define
from ui.plain import as_it_stands
from ui.sentence_form import begin_with
from ui.session import data_file, now
from ui.widgets import show_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.service.goals import Journey

PAGE = "pages/goals.py"
AT = "goals_at"
PAGES = {Door.BOARD: "pages/board.py", Door.DATA: "pages/add_data.py", Door.FILL: "pages/fill_in.py"}
STANDS = {State.DRAFT: "draft", State.ACTIVE: "on the board", State.RETIRED: "retired"}


def begin_at(where: Journey, kpi_id: int) -> Journey:
    """Go to the form of a KPI that was chosen on this way."""
    key = next((key for key in where.picks if key in where.kept and where.kept[key].id == kpi_id), None)
    if key is None:
        return where
    st.session_state[AT] = key
    progress = replace(where.progress, step=GoalStep.DETAILS)
    goals.keep(data_file(), progress)
    return replace(where, progress=progress)


def show_details(where: Journey) -> None:
    """Show the drafts one after the other; each may stay a draft."""
    progress = where.progress
    kept = {key: where.kept[key] for key in where.picks if key in where.kept}
    if st.session_state.pop(LEFT, False):
        left = kept.get(st.session_state.get(AT, ""))
        progress = progress if left is None else _keep_typed(progress, left.id, {})
        _advance(list(kept), kept)
    at = st.session_state.setdefault(AT, _first_draft(list(kept), kept))
    _show_line_up(kept, at)
    if at not in kept:
        _show_end(kept)
        return
    kpi = kept[at]
    said = where.said_for(at)
    if said is not None:
        begin_with(str(kpi.id), said.saying)
    st.session_state[AFTER] = PAGE
    show_define(where.options, str(kpi.id), data_file(), now(), progress.typed_for(kpi.id))
    _keep_typed(progress, kpi.id, form_kept.typed())


def _keep_typed(progress: Progress, kpi_id: int, fields: Mapping[str, str]) -> Progress:
    """Keep what stands in a form and is not saved yet, for the next visit."""
    after = with_typed(progress, kpi_id, fields)
    if after.typed_for(kpi_id) != progress.typed_for(kpi_id):
        goals.keep(data_file(), after)
    return after


def _first_draft(keys: list[str], kept: dict[str, Kpi]) -> str:
    return next((key for key in keys if kept[key].state is State.DRAFT), "")


def _advance(keys: list[str], kept: dict[str, Kpi]) -> None:
    """Go on to the next draft behind the one that was left; behind the last one the way ends."""
    at = st.session_state.get(AT, "")
    behind = keys[keys.index(at) + 1 :] if at in keys else []
    st.session_state[AT] = _first_draft(behind, kept)


def _show_line_up(kept: dict[str, Kpi], at: str) -> None:
    aimless = goals_end.without_target(data_file(), kept.values())
    with st.container(horizontal=True, gap="xsmall", key="goals_line_up"):
        for number, (key, kpi) in enumerate(kept.items(), 1):
            stands = "health metric" if kpi.tier is Tier.HEALTH_METRIC else STANDS[kpi.state]
            stands += ", no target" if kpi in aimless else ""
            st.button(
                f"{number} {as_it_stands(kpi.name)}: {stands}",
                key=f"detail_{'now' if key == at else number}",
                type="tertiary",
                on_click=lambda key=key: st.session_state.update({AT: key}),
            )


def _show_end(kept: dict[str, Kpi]) -> None:
    aimless = goals_end.without_target(data_file(), kept.values())
    known = goals_end.with_history(data_file(), aimless, now().date())
    end = goals_end.ending(kept.values(), aimless, known)
    match show_empty(end.title, end.sentence, end.doors, "goals_end"):
        case None:
            pass
        case Door.DRAFTS:
            del st.session_state[AT]
            st.rerun()
        case Door.TARGETS:
            st.session_state[AT] = next(key for key, kpi in kept.items() if kpi.id == known[0].id)
            st.rerun()
        case door:
            st.switch_page(PAGES[Door(door)])
