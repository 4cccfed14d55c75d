"""The owner's own words on top of the form: they fill its fields, and each field says from which words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import Saying
from kpi_core.goal_sentence import GoalAsk, SentenceType
from kpi_core.service import goals
from ui import kpi_form
from ui.sentence_view import show_said
from ui.session import data_file, today
from ui.target_form import EDITED, fill_target
from ui.values_form import From

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.kpi import Kpi
    from kpi_core.service.choose import Options
    from kpi_core.service.from_sentence import FromSentence
    from kpi_core.target import Target

TEXT, SAYING, MARKS, BEGIN, REST = "words_text", "words_saying", "words_marks", "words_begin", "words_rest"
BASE = "words_base"
"""The KPI that the form said before any sentence."""
NAMED = ("definition", "catalogue_key", "perspective", "function", "lead_lag", "counter_measure", "values")
"""What a name of the catalogue brings along."""


def begin_with(wanted: str, saying: Saying) -> None:
    """Let the form of a KPI begin with the sentence that it was said in."""
    st.session_state[BEGIN] = (wanted, saying)


def fill_sentence(wanted: str, target: Target | None, options: Options) -> None:
    """Fill the sentence of a form that was filled a moment ago, and what its target shows of it."""
    state = st.session_state
    for key in (TEXT, SAYING, MARKS, REST):
        state.pop(key, None)
    state[BASE] = state[f"{kpi_form.KEY}_existing"]
    begun, saying = state.get(BEGIN, ("", None))
    if begun != wanted or saying is None:
        return
    state[TEXT], state[SAYING] = saying.text, saying
    read = goals.read_saying(saying, options).read
    if target is None and read.shown is not None:
        fill_target(read.shown, read.kpi.unit, options.business.style, f"{kpi_form.KEY}_target")
    _mark(read)


def show_sentence(options: Options) -> None:
    """Show the field for a sentence, what was read from it, and what it leaves open."""
    state = st.session_state
    state.setdefault(TEXT, state[SAYING].text if SAYING in state else "")
    st.text_input(
        "In your own words",
        key=TEXT,
        placeholder="Increase NPS from 42 to 55 by end of year",
        on_change=lambda: _take(Saying("", state[TEXT].strip(), today()), options),
    )
    saying: Saying | None = state.get(SAYING)
    if saying is not None and saying.text:
        said = goals.read_saying(saying, options)
        task = said.read.goal.type is SentenceType.MILESTONE
        purposes = goals.purposes(data_file()) if task else ()
        show_said(said, options.business.style, purposes, "form_words", lambda answered: _take(answered, options))
    for other in state.get(REST, ()):
        st.caption("Noted for a KPI of its own; type it into the next form:")
        st.text(other)
    _show_marks()


def _take(saying: Saying, options: Options) -> None:
    """Fill the form from a sentence; what it does not say stays as it was."""
    state = st.session_state
    state[SAYING] = saying
    if not saying.text:
        state.pop(MARKS, None)
        return
    now = _without_what_was_read(kpi_form.said(state[f"{kpi_form.KEY}_values"]))
    read = goals.read_saying(saying, options, now).read
    purpose = dict(saying.answers).get(GoalAsk.PURPOSE.value, "")
    meant = next((goal.name for goal in goals.purposes(data_file()) if goal.key == purpose), read.kpi.goal)
    if dict(saying.answers).get("split"):
        state[REST] = read.goal.others
    typed = _typed_by_hand(read)
    kpi_form.fill(replace(read.kpi, goal=meant), read.shown, options)
    state.update(typed)
    _mark(read)


def _still_read() -> dict[str, str]:
    """Give the fields that still say what was read, with the words."""
    state = st.session_state
    marks: Mapping[str, tuple[str, object]] = state.get(MARKS, {})
    return {name: words for name, (words, value) in marks.items() if state.get(f"{kpi_form.KEY}_{name}") == value}


def _without_what_was_read(kpi: Kpi) -> Kpi:
    """Take back what an earlier sentence filled in and nobody changed since."""
    base: Kpi = st.session_state[BASE]
    read = _still_read()
    own = [name for name in ("name", "unit", "direction", "cadence", "scope", "change") if name in read]
    fields = [*own, *(NAMED if "name" in own else ())]
    return replace(kpi, **{name: getattr(base, name) for name in fields})


def _typed_by_hand(read: FromSentence) -> dict[str, object]:
    """Give what was picked of a file, and a target that no sentence said: another sentence takes neither away."""
    state = st.session_state
    parts: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    if state.get(f"{kpi_form.KEY}_from") not in {None, From.TYPED}:
        parts = tuple(f"{kpi_form.KEY}_{part}_" for part in ("measure", "top", "bottom"))
        named = (f"{kpi_form.KEY}_from", f"{kpi_form.KEY}_values")
    if read.shown is None and not any(name.startswith("target_") for name in state.get(MARKS, {})):
        parts += (f"{kpi_form.KEY}_target_",)
    unsettable = f"{kpi_form.KEY}_target_{EDITED}"
    return {
        str(key): value
        for key, value in state.items()
        if (str(key).startswith(parts) and not str(key).startswith(unsettable)) or key in named
    }


def _mark(read: FromSentence) -> None:
    state = st.session_state
    state[MARKS] = {
        name: (words, state.get(f"{kpi_form.KEY}_{name}"))
        for name, words in read.read.items()
        if f"{kpi_form.KEY}_{name}" in state
    }


def _show_marks() -> None:
    """Mark the fields that still say what was read; one that was changed since is the owner's own."""
    rules = "".join(
        f'.st-key-{kpi_form.KEY}_{name} label p::after{{content:" read from \\201c {_css(words)}\\201d"}}'
        f".st-key-{kpi_form.KEY}_{name} :is(input,textarea,[role=radiogroup],[data-baseweb=select]>div)"
        "{background:var(--band)}"
        for name, words in _still_read().items()
    )
    if rules:
        st.html(f"<style>{rules}</style>")


def _css(text: str) -> str:
    """Write a text so that a string of CSS holds it, whatever is in it."""
    return "".join(each if each.isalnum() else f"\\{ord(each):06x}" for each in text)
