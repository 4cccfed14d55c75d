"""What the board shows: as of which day, gathered under what, whose, which status; kept from page to page.

The board's own fields are part of its component, which sends all of them at once; other pages have a few of the same
filters as Streamlit's fields. What was picked is kept under its own name, and every page begins with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from kpi_core.board import GroupBy, Sort
from kpi_core.definition.fit import FIRST_DAY
from kpi_core.service.boards import FilterChoices, View
from ui.board_html import Look

Word = TypeVar("Word", bound=StrEnum)

LIST, OBJECTIVES, REPORT = "list", "objectives", "report"
"""The pages with fields of Streamlit's, as their keys begin."""
KEPT = "kept_filters"
PICKS = {
    "owner": "All owners",
    "status": "Any status",
    "goal": "All goals",
    "perspective": "All sides",
    "function": "All functions",
    "level": "All levels",
    "tier": "KPIs and health metrics",
}
"""The filters that pick one of several, and what each says while it picks nothing."""
MORE = ("goal", "perspective", "function", "level", "tier")
"""The filters behind "More filters"."""
AS_OF, LAST_DAY = "as_of", "last_day"


@dataclass(frozen=True)
class Asked:
    """What the owner asks the board for; `echo` names the moment of asking, for the browser that sent it."""

    view: View
    look: Look = Look.CARDS
    echo: str = ""


def options_of(choices: FilterChoices, name: str) -> tuple[str, ...]:
    """Give what a filter of PICKS picks from."""
    options: tuple[str, ...] = getattr(choices, {"status": "statuses"}.get(name, f"{name}s"))
    return options


def keep(sent: object) -> None:
    """Keep what the board's fields say, as the browser sent them."""
    _kept().update(said(sent))


def said(sent: object) -> dict[str, object]:
    """Read what the board's fields say; what no field can say counts as not picked.

    >>> [said({"owner": "buyer", "sort": "upwards"})[name] for name in ("owner", "goal", "sort")]
    ['buyer', None, <Sort.OWN: 'own order'>]
    """
    texts = {name: text for name, text in sent.items() if isinstance(text, str)} if isinstance(sent, dict) else {}
    return {
        "look": _word(Look, texts.get("look"), Look.CARDS),
        "group": _word(GroupBy, texts.get("group"), GroupBy.GOAL),
        "sort": _word(Sort, texts.get("sort"), Sort.OWN),
        "search": texts.get("search", ""),
        "echo": texts.get("echo", ""),
        AS_OF: _day(texts.get(AS_OF)),
        **{name: texts.get(name) or None for name in PICKS},
    }


def asked(choices: FilterChoices, today: date) -> Asked:
    """Give what the board is asked for by now."""
    kept = _kept()
    view = View(
        _as_of(today), search=kept.get("search", ""), group_by=kept.get("group", GroupBy.GOAL),
        sort=kept.get("sort", Sort.OWN), **{name: _standing(choices, name) for name in PICKS},
    )  # fmt: skip
    return Asked(view, kept.get("look", Look.CARDS), kept.get("echo", ""))


def show_list_filters(choices: FilterChoices, today: date) -> View:
    """Show the filters that hold for a list of KPIs; they begin as the board's stand."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="list_filters"):
        picked: dict[str, Any] = {"owner": _pick(choices, "owner", 120)}
        on = sum(bool(st.session_state.get(f"{LIST}_{name}", _kept().get(name))) for name in MORE)
        with st.popover(f"More filters ({on})" if on else "More filters", key=f"{LIST}_more"):
            picked |= {name: _pick(choices, name, 220) for name in MORE}
        return View(as_of=today, **picked)


def show_as_of(today: date, page: str) -> date:
    """Show the day that a page's things are looked at as of; the same day as the board's."""
    key = f"{page}_{AS_OF}"
    if key in st.session_state:
        _kept()[AS_OF] = st.session_state[key]
    st.session_state[key] = _as_of(today)
    as_of: date = st.date_input(
        "As of", max_value=today, key=key, label_visibility="collapsed", format="YYYY-MM-DD", width=135
    )
    _kept()[AS_OF] = as_of
    return as_of


def _as_of(today: date) -> date:
    """Give the day that was picked; what showed today goes on showing today, in a window left open overnight."""
    kept = _kept()
    picked, before = kept.get(AS_OF), kept.get(LAST_DAY)
    kept[LAST_DAY] = today
    kept[AS_OF] = today if picked in {None, before} else max(FIRST_DAY, min(picked, today))
    as_of: date = kept[AS_OF]
    return as_of


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _word(words: type[Word], text: str | None, usual: Word) -> Word:
    return words(text) if text in set(words) else usual


def _standing(choices: FilterChoices, name: str) -> str | None:
    """Give what a filter picks, unless nobody has it any more."""
    if _kept().get(name) not in options_of(choices, name):
        _kept().pop(name, None)
    picked: str | None = _kept().get(name)
    return picked


def _kept() -> dict[str, Any]:
    """Give what was picked, by its name, whatever page it was picked on."""
    kept: dict[str, Any] = st.session_state.setdefault(KEPT, {})
    return kept


def _pick(choices: FilterChoices, name: str, width: int) -> str | None:
    key, every, standing = f"{LIST}_{name}", PICKS[name], _standing(choices, name)
    if key not in st.session_state and standing is not None:
        st.session_state[key] = standing
    picked = st.selectbox(
        every,
        options_of(choices, name),
        index=None,
        placeholder=every,
        key=key,
        label_visibility="collapsed",
        width=width,
    )
    _kept()[name] = picked
    return picked
