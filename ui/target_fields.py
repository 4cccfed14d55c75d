"""The fields that targets of several kinds share: all are drawn, whatever stands in them, and then told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from kpi_core.definition import Place, refuse_unfit
from kpi_core.errors import RefusedDefinition
from kpi_core.target import Comparison, Tolerance, ToleranceKind, default_comparison
from kpi_core.target.typed import (
    BELOW,
    HOW_CLOSE,
    MEANINGS,
    STRETCH_HELP,
    TypedNumber,
    has_minus,
    no_closeness,
    read_number,
)
from kpi_core.target.words import counted_in
from kpi_core.unit import Unit, UnitKind, parse_value
from ui.widgets import show_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date
    from fractions import Fraction

    from kpi_core.kpi import Direction
    from kpi_core.unit import NumberStyle

Said = TypeVar("Said")

PERCENT = Unit(UnitKind.PERCENT)
BANDS = (ToleranceKind.PERCENT, ToleranceKind.ABSOLUTE, ToleranceKind.TYPED)
OF_RANGES = (ToleranceKind.PERCENT, ToleranceKind.ABSOLUTE)
"""Two numbers have no meaning where a value can miss on both sides."""
CLOSE = "A miss up to this is amber, beyond it red"


class TargetFields:
    """The fields of one target.

    A field that cannot be read takes no other one away: its trouble is kept, and told once all of them stand.
    """

    def __init__(self, unit: Unit, style: NumberStyle, key: str) -> None:
        """Begin with fields named by a key, in the unit of the KPI and the business's number style."""
        self.unit, self.style, self.key = unit, style, key
        self.troubles: list[RefusedDefinition] = []

    def read(self, label: str, read: Callable[[], Said]) -> Said | None:
        """Read what a field says; None, and a trouble that names the field, where it cannot be read."""
        try:
            return read()
        except RefusedDefinition as error:
            self.troubles.append(RefusedDefinition(f"{label}: {error.sentence}", error.hint))
            return None

    def settle(self) -> None:
        """Tell the first trouble.

        Raises:
            RefusedDefinition: a field cannot be read.
        """
        if self.troubles:
            raise self.troubles[0]

    def number(self, label: str, name: str, unit: Unit | None = None, help_text: str | None = None) -> Fraction | None:
        """Show a field for a number; None where it is empty."""
        typed = st.text_input(label, key=f"{self.key}_{name}", help=help_text)
        return self._number(label, typed, unit or self.unit)

    def _number(self, label: str, typed: str, unit: Unit) -> Fraction | None:
        return self.read(label, lambda: parse_value(typed, unit, self.style)) if typed.strip() else None

    def number_or_change(self, label: str, name: str, help_text: str) -> TypedNumber:
        """Show a field for a number or a change on now; a minus is asked about, for it may mean either."""
        key = f"{self.key}_{name}"
        typed = st.text_input(label, key=key, help=help_text)
        means = None
        if has_minus(typed):
            means = st.segmented_control("What does the minus say?", MEANINGS, key=_means(key))
        return self.read(label, lambda: read_number(typed, self.unit, self.style, means)) or TypedNumber()

    def day(self, label: str, name: str, help_text: str | None = None) -> date | None:
        """Show a field for a day; None where it is empty or out of reach."""
        found = show_day(label, f"{self.key}_{name}", help_text=help_text)
        try:
            refuse_unfit(found, Place(label))
        except RefusedDefinition as error:
            self.troubles.append(error)
            return None
        return found

    def stretch(self, unit: Unit | None = None) -> Fraction | None:
        """Show a field for a harder number; None where it is empty."""
        return self.number("Stretch, if you like", "stretch", unit, STRETCH_HELP)

    def comparison(self, direction: Direction) -> Comparison:
        """Show whether exactly the target is enough."""
        usual = default_comparison(direction)
        word = "more than this, not exactly it" if usual.is_floor else "under this, not exactly it"
        return usual.strict if st.checkbox(f"Only {word}", key=f"{self.key}_strict") else usual

    def tolerance(self, bands: Collection[ToleranceKind] = BANDS, *, needs_amount: bool = False) -> Tolerance:
        """Show how far off is still close, counted in one of these ways; open where it has to be answered.

        Args:
            bands: the ways.
            needs_amount: a percentage says nothing here, as of a target of 0.
        """
        state, band = st.session_state, f"{self.key}_band"
        if state.get(band) not in bands:
            state[band] = ToleranceKind.PERCENT
        state.setdefault(f"{self.key}_close", "10")
        words = {
            ToleranceKind.PERCENT: "percent of the target",
            ToleranceKind.ABSOLUTE: counted_in(self.unit),
            ToleranceKind.TYPED: "two numbers",
        }
        before = len(self.troubles)
        found = self._tolerance(state[band])
        unanswered = needs_amount and state[band] is ToleranceKind.PERCENT
        with st.expander(HOW_CLOSE, expanded=unanswered or len(self.troubles) > before):
            kind = st.segmented_control(
                "Counted in", list(bands), format_func=lambda each: words[each], key=band, required=True
            )
            if kind is ToleranceKind.TYPED:
                st.text_input("Green from", key=f"{self.key}_green")
                st.text_input("Red from", key=f"{self.key}_red")
            else:
                st.text_input(CLOSE, key=f"{self.key}_close", placeholder="10" if kind is ToleranceKind.PERCENT else "")
        return found

    def _tolerance(self, kind: ToleranceKind) -> Tolerance:
        """Read the fields before they are drawn: what they say decides whether they are shown open."""
        state, key = st.session_state, self.key
        if kind is ToleranceKind.TYPED:
            green = self._number("Green from", state.get(f"{key}_green") or "", self.unit)
            red = self._number("Red from", state.get(f"{key}_red") or "", self.unit)
            return Tolerance(kind, green_from=green, red_from=red)
        typed = state.get(f"{key}_close") or ""
        if kind is ToleranceKind.ABSOLUTE and not typed.strip():
            self.troubles.append(no_closeness(self.unit))
        value = self._number(HOW_CLOSE, typed, PERCENT if kind is ToleranceKind.PERCENT else self.unit)
        return Tolerance() if value is None else Tolerance(kind, value)


def put_number(key: str, text: str, means: str = BELOW) -> None:
    """Let such a field say a number that is known; `means` is what a minus before it says."""
    st.session_state[key], st.session_state[_means(key)] = text, means


def _means(key: str) -> str:
    return f"{key}_means"
