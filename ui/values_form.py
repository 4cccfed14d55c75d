"""How a KPI is counted and where its values come from, as fields."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.definition.kpis import typed_aggregate
from kpi_core.definition.words import longer_period_words
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Kpi, KpiRef, Measure, Typed
from kpi_core.period import Cadence
from kpi_core.unit import Unit, UnitKind
from ui.measure_form import can_say, fill_measure, show_measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpi_core.kpi import ValuesFrom
    from kpi_core.service.choose import Options

    Distinct = Callable[[str, str], Sequence[str]]

CURRENCIES = ("USD", "EUR", "GBP", "SEK", "NOK", "DKK", "CHF", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD", "INR", "SGD")
TYPED_AGGREGATES = (Aggregate.SUM, Aggregate.AVERAGE, Aggregate.LAST, Aggregate.MIN, Aggregate.MAX)
KINDS = {
    UnitKind.CURRENCY: "money",
    UnitKind.PERCENT: "percent",
    UnitKind.COUNT: "a count",
    UnitKind.DURATION: "a time",
    UnitKind.SCORE: "a score",
    UnitKind.RATIO: "a ratio",
}


class From(StrEnum):
    """Where the form lets values come from."""

    TYPED = "I type them"
    FILE = "From a file"
    DIVIDED = "One divided by another"
    AS_IS = "As it stands"


def fill_values(kpi: Kpi, options: Options, key: str) -> None:
    """Set the fields so that they say where the values of an existing KPI come from."""
    state, style = st.session_state, options.business.style
    state[f"{key}_values"], state[f"{key}_from"] = kpi.values, From.AS_IS
    match kpi.values:
        case Typed():
            state[f"{key}_from"], state[f"{key}_typed"] = From.TYPED, kpi.values.aggregate
        case Measure() if can_say(kpi.values, options.sources):
            state[f"{key}_from"] = From.FILE
            fill_measure(kpi.values, style, f"{key}_measure")
        case Formula(kind=FormulaKind.RATIO, parts=parts, times=times) if times == _times(kpi.unit.kind) and all(
            isinstance(part, KpiRef) or (isinstance(part, Measure) and can_say(part, options.sources)) for part in parts
        ):
            state[f"{key}_from"] = From.DIVIDED
            for part, side in zip(parts, ("top", "bottom"), strict=True):
                state[f"{key}_{side}_what"] = part.kpi if isinstance(part, KpiRef) else None
                if isinstance(part, Measure):
                    fill_measure(part, style, f"{key}_{side}")
        case Measure() | Formula():
            pass


def _times(kind: UnitKind) -> Fraction:
    return Fraction(100 if kind is UnitKind.PERCENT else 1)


def show_numbers(options: Options, distinct: Distinct, key: str) -> ValuesFrom | None:
    """Show the unit, the cadence and where values come from; None while that is not complete.

    Args:
        options: what can be picked.
        distinct: the different texts of a column of a source.
        key: of the fields.
    """
    state = st.session_state
    first, second, third = st.columns(3)
    with first:
        st.selectbox("Counted as", list(KINDS), format_func=lambda kind: KINDS[kind], key=f"{key}_unit")
    with second:
        if state[f"{key}_unit"] is UnitKind.CURRENCY:
            known = list(dict.fromkeys([*filter(None, [options.business.currency]), *CURRENCIES]))
            st.selectbox("In", known, key=f"{key}_currency", accept_new_options=True)
        else:
            st.number_input("Decimals shown", 0, 6, value=None, key=f"{key}_decimals", placeholder="as usual")
    with third:
        st.selectbox("Read every", list(Cadence), key=f"{key}_cadence")
    choices = [From.TYPED, From.FILE, From.DIVIDED]
    if state.get(f"{key}_from") is From.AS_IS:
        choices.append(From.AS_IS)
    origin = st.segmented_control("Where its values come from", choices, key=f"{key}_from", required=True)
    match origin:
        case From.FILE:
            return _file(options, distinct, key)
        case From.DIVIDED:
            return _divided(options, distinct, key)
        case From.AS_IS:
            values: ValuesFrom = state[f"{key}_values"]
            return values
        case _:
            state.setdefault(f"{key}_typed", typed_aggregate(unit_said(key)))
            how = st.selectbox(
                "To make a longer period",
                TYPED_AGGREGATES,
                format_func=longer_period_words,
                key=f"{key}_typed",
            )
            return Typed(how)


def _file(options: Options, distinct: Distinct, key: str) -> Measure | None:
    if not options.sources:
        st.info("No file has been added yet: add it first, then define the KPI over it.")
        st.page_link("pages/add_data.py", label="Add a file", icon=":material/upload_file:")
        return None
    return show_measure(options.sources, distinct, options.business.style, f"{key}_measure")


def _divided(options: Options, distinct: Distinct, key: str) -> Formula | None:
    parts: list[Measure | KpiRef] = []
    for side, label in (("top", "Divide"), ("bottom", "by")):
        with st.container(border=True):
            kpis = [each.name for each in options.kpis if each.name != st.session_state.get(f"{key}_name")]
            what = st.selectbox(label, kpis, index=None, key=f"{key}_{side}_what", placeholder="columns of a file")
            part = (
                KpiRef(what)
                if what
                else show_measure(options.sources, distinct, options.business.style, f"{key}_{side}")
            )
            if part is not None:
                parts.append(part)
    if len(parts) < len(("top", "bottom")):
        return None
    return Formula(FormulaKind.RATIO, tuple(parts), times=_times(st.session_state[f"{key}_unit"]))


def unit_said(key: str) -> Unit:
    """Give the unit that the fields say."""
    kind = st.session_state[f"{key}_unit"]
    return Unit(kind, st.session_state.get(f"{key}_currency")) if kind is UnitKind.CURRENCY else Unit(kind)
