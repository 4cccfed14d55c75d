"""What the board shows: as of which day, gathered under what, whose, which status. Survives a switch of pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.board import GroupBy
from kpi_core.service.boards import FilterChoices, View

if TYPE_CHECKING:
    from datetime import date

MORE = ("board_perspective", "board_function", "board_level", "board_tier")
AS_OF, LAST_DAY = "board_as_of", "board_last_day"
GROUPS = {
    GroupBy.GOAL: "Group by goal",
    GroupBy.PERSPECTIVE: "Group by side of the business",
    GroupBy.FUNCTION: "Group by function",
    GroupBy.OWNER: "Group by owner",
    GroupBy.LEVEL: "Group by level",
}


def show_filters(choices: FilterChoices, today: date) -> View:
    """Show the filters in one line and give what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="board_filters"):
        group_by = st.selectbox(
            "Group",
            list(GROUPS),
            format_func=lambda each: GROUPS[each],
            key="board_group",
            label_visibility="collapsed",
            persist_state="session",
            width=170,
        )
        view = _show_picks(choices, View(as_of=today, group_by=group_by))
        status = _pick("Any status", choices.statuses, "board_status")
        as_of = show_as_of(today)
    return replace(view, status=status, as_of=as_of)


def show_list_filters(choices: FilterChoices, today: date) -> View:
    """Show the filters that hold for a list of KPIs; they are the board's own, kept from page to page."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="list_filters"):
        return _show_picks(choices, View(as_of=today))


def _show_picks(choices: FilterChoices, view: View) -> View:
    owner = _pick("All owners", choices.owners, "board_owner")
    goal = _pick("All goals", choices.goals, "board_goal")
    state = st.session_state
    on = sum(bool(state.get(key)) for key in MORE)
    with st.popover(f"More filters ({on})" if on else "More filters", key="board_more"):
        perspective = _pick("All sides", choices.perspectives, "board_perspective", 220)
        function = _pick("All functions", choices.functions, "board_function", 220)
        level = _pick("All levels", choices.levels, "board_level", 220)
        tier = _pick("KPIs and health metrics", choices.tiers, "board_tier", 220)
    return replace(view, owner=owner, goal=goal, perspective=perspective, function=function, level=level, tier=tier)


def show_as_of(today: date) -> date:
    """Show the day that things are looked at as of; the same day on every page that asks for one."""
    _follow(today)
    return st.date_input(
        "As of",
        value=today,
        max_value=today,
        key=AS_OF,
        label_visibility="collapsed",
        persist_state="session",
        format="YYYY-MM-DD",
        width=135,
    )


def _follow(today: date) -> None:
    """Let a board that shows today go on showing today, in a window that stays open overnight."""
    state = st.session_state
    before = state.get(LAST_DAY)
    if before is not None and before != today and state.get(AS_OF) == before:
        state[AS_OF] = today
    state[LAST_DAY] = today


def _pick(every: str, options: tuple[str, ...], key: str, width: int = 130) -> str | None:
    return st.selectbox(
        every,
        options,
        index=None,
        placeholder=every,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
        width=width,
    )
