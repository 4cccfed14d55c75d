"""What stands in forms and is not saved yet: kept for each KPI while another one, or another page, is open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.target import TargetKind
from ui import kpi_form, sentence_form

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT, BEGUN, BROUGHT = "kept_forms", "form_begun", "form_brought"
"""The fields of each form that was opened; what the open one said when it was filled; what was typed on top."""
WORDS = (sentence_form.TEXT, sentence_form.SAYING, sentence_form.MARKS, sentence_form.REST, sentence_form.BASE)
DAYS = ("review_date", "target_start", "target_deadline", "target_year")
KIND = "target_kind"
NOT_OF_THE_KPI = ("why", "sure")


def clear() -> None:
    """Empty the form."""
    for key in [key for key in st.session_state if str(key).startswith(f"{kpi_form.KEY}_") or key in WORDS]:
        del st.session_state[key]


def keep(form: object) -> None:
    """Keep what the fields of a form say; what they say once drawn for the first time is nobody's typing."""
    brought = st.session_state.pop(BROUGHT, None)
    if brought is not None:
        st.session_state[BEGUN] = {
            name: text for name, text in _texts().items() if name not in brought
        } | st.session_state[BEGUN]
    words = {key: st.session_state[key] for key in WORDS if key in st.session_state}
    st.session_state.setdefault(KEPT, {})[form] = (kpi_form.fields() | words, st.session_state.get(BEGUN, {}))


def bring_back(form: object) -> bool:
    """Let the fields say what was kept of a form; False where nothing was."""
    kept = st.session_state.get(KEPT, {}).get(form)
    if kept is not None:
        kpi_form.restore(kept[0])
        st.session_state[BEGUN] = kept[1]
    return kept is not None


def forget(form: object = None) -> None:
    """Forget one form, which was saved or left; None: all of them."""
    if form is None:
        st.session_state.pop(KEPT, None)
    else:
        st.session_state.get(KEPT, {}).pop(form, None)


def begin(typed: Mapping[str, str]) -> None:
    """Remember what a form says that was filled a moment ago, and put on top what was typed on an earlier visit."""
    st.session_state[BEGUN], st.session_state[BROUGHT] = _texts(), tuple(typed)
    for name, text in typed.items():
        st.session_state[f"{kpi_form.KEY}_{name}"] = _value(name, text)


def typed() -> dict[str, str]:
    """Give the texts, days and the target's kind that stand in the form and not in the KPI."""
    begun: Mapping[str, str] = st.session_state.get(BEGUN, {})
    return {name: text for name, text in _texts().items() if begun.get(name, "") != text}


def _texts() -> dict[str, str]:
    found = {}
    for key, value in st.session_state.items():
        name = str(key).removeprefix(f"{kpi_form.KEY}_")
        ours = name != key and name not in NOT_OF_THE_KPI
        if ours and (type(value) is str or isinstance(value, date) or name == KIND):
            found[name] = str(value)
    return found


def _value(name: str, text: str) -> object:
    if name in DAYS:
        return date.fromisoformat(text)
    return next((kind for kind in TargetKind if name == KIND and kind.value == text), text)
