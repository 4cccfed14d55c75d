"""What the board shows: as of which day, gathered under what, whose, which status; kept from page to page.

A field of a page is forgotten with the page, and the same filter stands on several pages. So what was picked is kept
under its own name, and every page's field begins with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from kpi_core.board import GroupBy, Sort
from kpi_core.service.boards import FilterChoices, View
from ui.board_html import Look
from ui.plain import as_it_stands

if TYPE_CHECKING:
    from datetime import date

Choice = TypeVar("Choice")

BOARD, LIST, OBJECTIVES = "board", "list", "objectives"
"""The pages that filter, as their fields' keys begin."""
KEPT = "kept_filters"
MORE = ("goal", "perspective", "function", "level", "tier")
NARROWING = ("search", "owner", "status", *MORE)
AS_OF, LAST_DAY = "as_of", "last_day"
GROUPS = {
    GroupBy.GOAL: "Group by goal",
    GroupBy.PERSPECTIVE: "Group by side",
    GroupBy.FUNCTION: "Group by function",
    GroupBy.OWNER: "Group by owner",
    GroupBy.LEVEL: "Group by level",
    GroupBy.NOTHING: "No groups",
}
SORTS = {
    Sort.OWN: "In my order",
    Sort.WORST: "Worst first",
    Sort.NAME: "By name",
    Sort.GAP: "By gap",
}


def show_look() -> Look:
    """Show the switch between cards, a table and the last periods, and give what it says."""
    key = _begin(BOARD, "look")
    st.session_state.setdefault(key, Look.CARDS)
    look = st.segmented_control(
        "Show as", list(Look), key=key, label_visibility="collapsed", required=True, width="content"
    )
    _kept()["look"] = look
    return look or Look.CARDS


def show_filters(choices: FilterChoices, today: date) -> View:
    """Show the filters in one line and give what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="board_filters"):
        search = _show_search()
        view = View(
            as_of=today, search=search, group_by=_one_of("group", GROUPS, 148), sort=_one_of("sort", SORTS, 128)
        )
        view = _show_picks(choices, view, BOARD, status=True)
        return replace(view, as_of=show_as_of(today))


def show_list_filters(choices: FilterChoices, today: date) -> View:
    """Show the filters that hold for a list of KPIs; they begin as the board's stand."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="list_filters"):
        return _show_picks(choices, View(as_of=today), LIST)


def show_everything() -> None:
    """Forget every filter and the search; grouping, order and day stay. To be called before the fields are shown."""
    for name in NARROWING:
        _kept().pop(name, None)
        st.session_state[f"{BOARD}_{name}"] = "" if name == "search" else None


def _show_search() -> str:
    text: str = st.text_input(
        "Search",
        placeholder="Search",
        key=_begin(BOARD, "search"),
        label_visibility="collapsed",
        icon=":material/search:",
        live=True,
        width=132,
    )
    _kept()["search"] = text
    return text


def _one_of(name: str, labels: dict[Choice, str], width: int) -> Choice:
    picked: Choice = st.selectbox(
        name.capitalize(),
        list(labels),
        format_func=lambda each: labels[each],
        key=_begin(BOARD, name),
        label_visibility="collapsed",
        width=width,
    )
    _kept()[name] = picked
    return picked


def _show_picks(choices: FilterChoices, view: View, page: str, *, status: bool = False) -> View:
    owner = _pick("All owners", choices.owners, page, "owner")
    if status:
        view = replace(view, status=_pick("Any status", choices.statuses, page, "status", 118))
    on = sum(bool(st.session_state.get(f"{page}_{name}", _kept().get(name))) for name in MORE)
    with st.popover(f"More filters ({on})" if on else "More filters", key=f"{page}_more"):
        goal = _pick("All goals", choices.goals, page, "goal", 220)
        perspective = _pick("All sides", choices.perspectives, page, "perspective", 220)
        function = _pick("All functions", choices.functions, page, "function", 220)
        level = _pick("All levels", choices.levels, page, "level", 220)
        tier = _pick("KPIs and health metrics", choices.tiers, page, "tier", 220)
    return replace(view, owner=owner, goal=goal, perspective=perspective, function=function, level=level, tier=tier)


def show_as_of(today: date, page: str = BOARD) -> date:
    """Show the day that things are looked at as of; the same day on every page that asks for one."""
    _follow(today, page)
    key = _begin(page, AS_OF)
    st.session_state.setdefault(key, today)
    as_of: date = st.date_input(
        "As of", max_value=today, key=key, label_visibility="collapsed", format="YYYY-MM-DD", width=135
    )
    _kept()[AS_OF] = as_of
    return as_of


def _follow(today: date, page: str) -> None:
    """Let a page that shows today go on showing today, in a window that stays open overnight."""
    kept, key = _kept(), f"{page}_{AS_OF}"
    before = kept.get(LAST_DAY)
    if before is not None and before != today and st.session_state.get(key, kept.get(AS_OF)) == before:
        st.session_state[key] = today
    kept[LAST_DAY] = today


def _kept() -> dict[str, object]:
    """Give what was picked, by its name, whatever page it was picked on."""
    kept: dict[str, object] = st.session_state.setdefault(KEPT, {})
    return kept


def _begin(page: str, name: str) -> str:
    """Let a page's field begin with what was picked elsewhere; give its key."""
    key = f"{page}_{name}"
    if key not in st.session_state and name in _kept():
        st.session_state[key] = _kept()[name]
    return key


def _pick(every: str, options: tuple[str, ...], page: str, name: str, width: int = 120) -> str | None:
    if _kept().get(name) not in options:
        _kept().pop(name, None)  # nobody has it any more
    picked = st.selectbox(
        every,
        options,
        index=None,
        placeholder=every,
        key=_begin(page, name),
        label_visibility="collapsed",
        width=width,
    )
    _kept()[name] = picked
    return picked


def show_left_out(counted: str, why: str) -> None:
    """Say that not everything is shown, and offer the way back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="left_out"):
        st.markdown(f"**{counted}.** {as_it_stands(why)}", width="content")
        st.button("Show everything", on_click=show_everything, type="tertiary")
