"""The fields that targets of several kinds share, each giving what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.target import Comparison, Tolerance, ToleranceKind, default_comparison
from kpi_core.target.typed import BELOW, MEANINGS, STRETCH_HELP, TypedNumber, has_minus, read_number
from kpi_core.unit import Unit, UnitKind, parse_value

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from kpi_core.kpi import Direction
    from kpi_core.unit import NumberStyle

PERCENT = Unit(UnitKind.PERCENT)
BANDS = {
    ToleranceKind.PERCENT: "percent of the target",
    ToleranceKind.ABSOLUTE: "the KPI's own unit",
    ToleranceKind.TYPED: "two numbers",
}
OF_RANGES = (ToleranceKind.PERCENT, ToleranceKind.ABSOLUTE)
"""Two numbers have no meaning where a value can miss on both sides."""


def show_number(label: str, unit: Unit, style: NumberStyle, key: str) -> Fraction | None:
    """Show a field for a number; None where it is empty."""
    typed = st.text_input(label, key=key)
    return parse_value(typed, unit, style) if typed.strip() else None


def show_comparison(direction: Direction, key: str) -> Comparison:
    """Show whether exactly the target is enough."""
    usual = default_comparison(direction)
    word = "more than this, not exactly it" if usual.is_floor else "under this, not exactly it"
    return usual.strict if st.checkbox(f"Only {word}", key=f"{key}_strict") else usual


def show_tolerance(unit: Unit, style: NumberStyle, key: str, bands: Collection[ToleranceKind] = BANDS) -> Tolerance:
    """Show how far off is still close, counted in one of these ways."""
    with st.expander("How far off is still close?"):
        st.session_state.setdefault(f"{key}_band", ToleranceKind.PERCENT)
        kind = st.segmented_control(
            "Counted in",
            list(bands),
            format_func=lambda each: BANDS[each],
            key=f"{key}_band",
            required=True,
        )
        if kind is ToleranceKind.TYPED:
            green = show_number("Green from", unit, style, f"{key}_green")
            return Tolerance(kind, green_from=green, red_from=show_number("Red from", unit, style, f"{key}_red"))
        st.session_state.setdefault(f"{key}_close", "10")
        typed = st.text_input("A miss up to this is amber, beyond it red", key=f"{key}_close")
    if kind is ToleranceKind.ABSOLUTE:
        return Tolerance(ToleranceKind.ABSOLUTE, parse_value(typed, unit, style))
    return Tolerance(ToleranceKind.PERCENT, parse_value(typed, PERCENT, style))


def show_stretch(unit: Unit, style: NumberStyle, key: str) -> Fraction | None:
    """Show a field for a harder number; None where it is empty."""
    typed = st.text_input("Stretch, if you like", key=f"{key}_stretch", help=STRETCH_HELP)
    return parse_value(typed, unit, style) if typed.strip() else None


def number_or_change(label: str, unit: Unit, style: NumberStyle, key: str, help_text: str) -> TypedNumber:
    """Show a field for a number or a change on now; a minus is asked about, for it may mean either.

    Raises:
        RefusedDefinition: it cannot be read, or what the minus means was not said yet.
    """
    typed = st.text_input(label, key=key, help=help_text)
    means = None
    if has_minus(typed):
        means = st.segmented_control("What does the minus say?", MEANINGS, key=_means(key))
    return read_number(typed, unit, style, means)


def put_number(key: str, text: str, means: str = BELOW) -> None:
    """Let such a field say a number that is known; `means` is what a minus before it says."""
    st.session_state[key], st.session_state[_means(key)] = text, means


def _means(key: str) -> str:
    return f"{key}_means"
