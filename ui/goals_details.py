"""One KPI at a time in the form that every KPI is defined in, and the end of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import Progress, with_typed
from kpi_core.kpi import Kpi, State, Tier
from kpi_core.service import goals
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
BOARD, AGAIN = "To the board", "Go on with the drafts"
STANDS = {State.DRAFT: "draft", State.ACTIVE: "on the board", State.RETIRED: "retired"}


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
    with st.container(horizontal=True, gap="xsmall", key="goals_line_up"):
        for number, (key, kpi) in enumerate(kept.items(), 1):
            stands = "health metric" if kpi.tier is Tier.HEALTH_METRIC else STANDS[kpi.state]
            st.button(
                f"{number} {as_it_stands(kpi.name)}: {stands}",
                key=f"detail_{'now' if key == at else number}",
                type="tertiary",
                on_click=lambda key=key: st.session_state.update({AT: key}),
            )


def _show_end(kept: dict[str, Kpi]) -> None:
    end = goals.ending(kept.values())
    match show_empty(end.title, end.sentence, (BOARD, AGAIN) if end.drafts else (BOARD,), "goals_end"):
        case chosen if chosen == BOARD:
            st.switch_page("pages/board.py")
        case chosen if chosen == AGAIN:
            del st.session_state[AT]
            st.rerun()
