"""The form that defines a KPI, section by section; what it says becomes a `Kpi` and its target."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core import catalogue
from kpi_core.checklist import RemedyField
from kpi_core.definition.fit import LONGEST_NAME
from kpi_core.definition.words import TIER_WORDS
from kpi_core.kpi import (
    Control,
    Direction,
    Kpi,
    LeadLag,
    Level,
    Perspective,
    State,
    Tier,
    Typed,
)
from kpi_core.period import Cadence
from kpi_core.service.ready import blank_kpi, from_catalogue
from kpi_core.unit import format_exactly
from ui.star_form import says_star, show_star
from ui.target_fields import put_number
from ui.target_form import EDITED, fill_target, show_target
from ui.values_form import fill_values, unit_said
from ui.widgets import show_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kpi_core.checklist import Remedy
    from kpi_core.kpi import ValuesFrom
    from kpi_core.service.choose import Options
    from kpi_core.target import Target
    from kpi_core.unit import NumberStyle

KEY = "define"
PARTS = tuple(f"{KEY}_{part}_" for part in ("measure", "top", "bottom", "target"))
"""How the fields of the parts of a form are named."""
NOT_SAID = "not said yet"
DIRECTIONS = {
    Direction.UP: "higher is better",
    Direction.DOWN: "lower is better",
    Direction.RANGE: "between two numbers",
}


def fill(kpi: Kpi, target: Target | None, options: Options) -> None:
    """Set every field so that it says an existing KPI, and nothing of the one that was there before."""
    state = st.session_state
    for key in [key for key in state if str(key).startswith(PARTS)]:
        del state[key]
    for name in ("name", "definition", "goal", "scope", "owner", "change", "when_red", "includes", "function"):
        state[f"{KEY}_{name}"] = getattr(kpi, name) or (None if name in {"goal", "function"} else "")
    for name in ("tier", "direction", "cadence", "perspective", "lead_lag", "level", "control", "pay_tied"):
        state[f"{KEY}_{name}"] = getattr(kpi, name)
    state[f"{KEY}_review_every"] = kpi.review_every
    state[f"{KEY}_review_date"], state[f"{KEY}_decimals"] = kpi.review_date, kpi.decimals
    state[f"{KEY}_counter_measure"] = kpi.counter_measure or None
    state[f"{KEY}_unit"], state[f"{KEY}_currency"] = kpi.unit.kind, kpi.unit.currency or options.business.currency
    state[f"{KEY}_north_star"] = kpi.north_star
    state[f"{KEY}_key"], state[f"{KEY}_existing"] = kpi.catalogue_key, kpi
    fill_values(kpi, options, KEY)
    if target is not None:
        fill_target(target, kpi.unit, options.business.style, f"{KEY}_target")


def show_what(options: Options) -> None:
    """Show what is counted: name, definition, goal."""
    state = st.session_state
    st.text_input("Name", key=f"{KEY}_name", placeholder="Average order value", max_chars=LONGEST_NAME)
    _show_suggestions(state.get(f"{KEY}_name", ""), options)
    st.text_area("What exactly do you count?", key=f"{KEY}_definition", height=68)
    goals = list(dict.fromkeys([*options.goals, *catalogue.goal_names()]))
    st.selectbox(
        "Goal it serves",
        goals,
        index=None,
        key=f"{KEY}_goal",
        accept_new_options=True,
        placeholder="pick one, or type your own",
    )


def _show_suggestions(name: str, options: Options) -> None:
    found = [each for each in catalogue.find(name)[:3] if each.key != st.session_state.get(f"{KEY}_key")]
    if found:
        with st.container(horizontal=True):
            for entry in found:
                st.button(
                    f"Use {entry.name}",
                    key=f"{KEY}_use_{entry.key}",
                    type="tertiary",
                    on_click=lambda entry=entry: _take(from_catalogue(entry, blank_kpi(), options.business.currency)),
                )


def _take(kpi: Kpi) -> None:
    """Let the form say what the catalogue knows of a KPI; how its values come in stays, but for typed ones."""
    state = st.session_state
    for name in ("name", "definition", "direction", "cadence", "perspective", "lead_lag", "function"):
        state[f"{KEY}_{name}"] = getattr(kpi, name)
    state[f"{KEY}_key"], state[f"{KEY}_unit"] = kpi.catalogue_key, kpi.unit.kind
    state[f"{KEY}_counter_measure"] = kpi.counter_measure or None
    if isinstance(kpi.values, Typed):
        state[f"{KEY}_typed"] = kpi.values.aggregate


def show_goalpost(options: Options, today: date) -> Target | None:
    """Show which way is better and the target.

    Raises:
        RefusedDefinition: a number or a date that cannot be read.
    """
    st.segmented_control(
        "Which way is better?",
        list(DIRECTIONS),
        format_func=lambda each: DIRECTIONS[each],
        key=f"{KEY}_direction",
        required=True,
    )
    if st.session_state.get(f"{KEY}_tier") is Tier.HEALTH_METRIC:
        return None
    return show_target(
        st.session_state[f"{KEY}_direction"], unit_said(KEY), options.business.style, today, f"{KEY}_target"
    )


def show_people(options: Options) -> None:
    """Show who owns it, what will be done, when it is looked at again."""
    names = [each.name for each in options.kpis]
    counters = list(dict.fromkeys([*names, *filter(None, [st.session_state.get(f"{KEY}_counter_measure")])]))
    first, second = st.columns(2)
    with first:
        st.text_input("Owner: one name", key=f"{KEY}_owner")
        st.text_input("What will you do differently?", key=f"{KEY}_change")
        st.selectbox("In your hands", list(Control), index=None, key=f"{KEY}_control", placeholder="how much?")
        st.selectbox(
            "Watch beside it",
            counters,
            index=None,
            key=f"{KEY}_counter_measure",
            accept_new_options=True,
            placeholder="pick a number, or type its name",
        )
    with second:
        st.text_input("Whole business or one part?", key=f"{KEY}_scope")
        st.text_input("If it turns red, we will", key=f"{KEY}_when_red")
        st.selectbox(
            "Is pay tied to it?",
            [False, True],
            index=None,
            format_func=lambda yes: "yes" if yes else "no",
            key=f"{KEY}_pay_tied",
            placeholder="yes or no",
        )
        show_day(
            "Look again on",
            f"{KEY}_review_date",
            help_text="On this day ask whether it is still the right number. Its values are reviewed more often.",
        )
        st.selectbox(
            "Its values are reviewed every",
            list(Cadence),
            index=None,
            format_func=lambda every: every.value,
            key=f"{KEY}_review_every",
            placeholder="as often as all of them",
        )
    with st.expander("More: kind, side of the business, level"):
        tier = st.segmented_control("Kind", list(Tier), key=f"{KEY}_tier", required=True)
        st.caption(TIER_WORDS[tier or Tier.KPI])
        st.selectbox(
            "Side of the business", list(Perspective), index=None, key=f"{KEY}_perspective", placeholder=NOT_SAID
        )
        functions = list(dict.fromkeys([*catalogue.function_names(), *filter(None, [_text("function")])]))
        st.selectbox(
            "Function",
            functions,
            index=None,
            key=f"{KEY}_function",
            accept_new_options=True,
            placeholder="pick one, or type your own",
        )
        st.selectbox("Early or late sign", list(LeadLag), index=None, key=f"{KEY}_lead_lag", placeholder=NOT_SAID)
        st.selectbox("Whose number", list(Level), key=f"{KEY}_level")
        st.text_input("What the number includes", key=f"{KEY}_includes", placeholder="VAT, shipping, refunds")
        show_star(options.kpis, st.session_state[f"{KEY}_existing"].id, KEY)


def _text(name: str) -> str:
    return (st.session_state.get(f"{KEY}_{name}") or "").strip()


def is_draft() -> bool:
    """Tell whether the form was filled with a draft or a new KPI."""
    existing: Kpi = st.session_state[f"{KEY}_existing"]
    return existing.state is State.DRAFT


def said(values: ValuesFrom) -> Kpi:
    """Build the KPI that the form says, keeping what the form does not show of the one it was filled with."""
    state, text = st.session_state, _text
    existing: Kpi = state[f"{KEY}_existing"]
    return replace(
        existing,
        name=text("name"),
        unit=unit_said(KEY),
        direction=state[f"{KEY}_direction"],
        cadence=state[f"{KEY}_cadence"],
        values=values,
        definition=text("definition"),
        goal=text("goal"),
        catalogue_key=state.get(f"{KEY}_key"),
        tier=state[f"{KEY}_tier"],
        north_star=says_star(KEY),
        function=text("function"),
        perspective=state.get(f"{KEY}_perspective"),
        level=state[f"{KEY}_level"],
        scope=text("scope"),
        owner=text("owner"),
        lead_lag=state.get(f"{KEY}_lead_lag"),
        decimals=state.get(f"{KEY}_decimals"),
        counter_measure=text("counter_measure"),
        change=text("change"),
        when_red=text("when_red"),
        control=state.get(f"{KEY}_control"),
        pay_tied=state.get(f"{KEY}_pay_tied"),
        review_date=state.get(f"{KEY}_review_date"),
        review_every=state.get(f"{KEY}_review_every"),
        includes="" if text("includes") == existing.includes and values != state[f"{KEY}_values"] else text("includes"),
    )


def fields() -> dict[str, object]:
    """Give what the fields say now, to be kept while another page is open."""
    unsettable = (f"{KEY}_use_", f"{KEY}_target_{EDITED}")
    return {
        str(key): value
        for key, value in st.session_state.items()
        if str(key).startswith(f"{KEY}_") and not str(key).startswith(unsettable)
    }


def restore(kept: Mapping[str, object]) -> None:
    """Let fields say again what they said: those that a run does not show are forgotten by the page.

    Who types while the browser still draws the form sends its lower fields empty: a direction that nobody can take
    away is gone then, and all but what stands above it comes back.
    """
    state = st.session_state
    half_drawn = kept.get(f"{KEY}_direction") is not None and state.get(f"{KEY}_direction") is None
    typed = {
        f"{KEY}_{name}" for name in ("name", "definition", "goal", "unit", "currency") if state.get(f"{KEY}_{name}")
    }
    for key, value in kept.items():
        if key not in state or (half_drawn and key not in typed):
            state[key] = value


def remedy(found: Remedy, style: NumberStyle) -> None:
    """Set one field as a finding's remedy says."""
    state = st.session_state
    match found.field, found.value:
        case (RemedyField.BASELINE | RemedyField.TARGET) as field, Fraction() as value:
            name = "from" if field is RemedyField.BASELINE else "value"
            put_number(f"{KEY}_target_{name}", format_exactly(value, unit_said(KEY), style))
        case RemedyField.DEADLINE, day:
            state[f"{KEY}_target_deadline"] = day
        case RemedyField.WATCH_BESIDE, name:
            state[f"{KEY}_counter_measure"] = name
        case field, value:
            state[f"{KEY}_{field}"] = value
