"""The target as fields: one number, a path to a date, a range, steps; typed in the business's own number style."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.definition.targets import EARLIEST
from kpi_core.kpi import Direction
from kpi_core.target import (
    Bound,
    Comparison,
    Step,
    Target,
    TargetKind,
    Tolerance,
    ToleranceKind,
    default_comparison,
)
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly, parse_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from fractions import Fraction

NONE = "none yet"
EDITED = "steps_edited"
"""The table of steps; what is typed into it cannot be set from outside."""
KINDS: Mapping[TargetKind | str, str] = {
    NONE: "None yet",
    TargetKind.CONSTANT: "One number",
    TargetKind.PATH: "A path to a date",
    TargetKind.STEPS: "Steps",
}
BANDS = {
    ToleranceKind.PERCENT: "percent of the target",
    ToleranceKind.ABSOLUTE: "the KPI's own unit",
    ToleranceKind.TYPED: "two numbers",
}
OF_RANGES = (ToleranceKind.PERCENT, ToleranceKind.ABSOLUTE)
"""Two numbers have no meaning where a value can miss on both sides."""


def show_target(direction: Direction, unit: Unit, style: NumberStyle, today: date, key: str) -> Target | None:
    """Show the fields of a target and give it; None where there is none yet.

    Raises:
        RefusedDefinition: a number or date that cannot be read, in one sentence.
    """
    if direction is Direction.RANGE:
        return _show_range(unit, style, key)
    st.session_state.setdefault(f"{key}_kind", NONE)
    kind = st.segmented_control(
        "Target", list(KINDS), format_func=lambda each: KINDS[each], key=f"{key}_kind", required=True
    )
    match kind:
        case TargetKind.CONSTANT:
            return _show_constant(direction, unit, style, key)
        case TargetKind.PATH:
            return _show_path(direction, unit, style, today, key)
        case TargetKind.STEPS:
            return _show_steps(direction, unit, style, key)
        case _:
            return None


def fill_target(target: Target, unit: Unit, style: NumberStyle, key: str) -> None:
    """Set the fields so that they say an existing target."""
    state = st.session_state

    def text(value: Fraction | None) -> str:
        return "" if value is None else format_exactly(value, unit, style)

    state[f"{key}_kind"], state[f"{key}_existing"] = target.kind, target
    state[f"{key}_value"] = text(target.value)
    state[f"{key}_from"] = text(target.baseline)
    state[f"{key}_low"] = text(target.low.value if target.low else None)
    state[f"{key}_high"] = text(target.high.value if target.high else None)
    state[f"{key}_strict"] = target.comparison in {Comparison.ABOVE, Comparison.BELOW}
    if target.path_start and target.deadline:
        state[f"{key}_start"], state[f"{key}_deadline"] = target.path_start, target.deadline
    state[f"{key}_steps"] = [{"From": each.start, "Target": text(each.value)} for each in target.steps]
    state[f"{key}_band"] = target.tolerance.kind
    match target.tolerance.kind:
        case ToleranceKind.PERCENT:
            state[f"{key}_close"] = format_exactly(target.tolerance.value, Unit(UnitKind.PERCENT), style)
        case ToleranceKind.ABSOLUTE:
            state[f"{key}_close"] = text(target.tolerance.value)
        case ToleranceKind.TYPED:
            state[f"{key}_green"] = text(target.tolerance.green_from)
            state[f"{key}_red"] = text(target.tolerance.red_from)


def _base(kind: TargetKind, key: str) -> Target:
    """Give what the fields change: the target that they were filled with, so that what they do not show stays."""
    existing: Target | None = st.session_state.get(f"{key}_existing")
    if existing is None or existing.kind is not kind:
        return Target(kind, EARLIEST)
    return replace(existing, typed_on=None, backdated=False, reason="")


def _number(label: str, unit: Unit, style: NumberStyle, key: str) -> Fraction | None:
    typed = st.text_input(label, key=key)
    return parse_value(typed, unit, style) if typed.strip() else None


def _comparison(direction: Direction, key: str) -> Comparison:
    usual = default_comparison(direction)
    word = "more than this, not exactly it" if usual.is_floor else "under this, not exactly it"
    return usual.strict if st.checkbox(f"Only {word}", key=f"{key}_strict") else usual


def _tolerance(unit: Unit, style: NumberStyle, key: str, bands: Collection[ToleranceKind] = BANDS) -> Tolerance:
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
            green = _number("Green from", unit, style, f"{key}_green")
            return Tolerance(kind, green_from=green, red_from=_number("Red from", unit, style, f"{key}_red"))
        st.session_state.setdefault(f"{key}_close", "10")
        typed = st.text_input("A miss up to this is amber, beyond it red", key=f"{key}_close")
    if kind is ToleranceKind.ABSOLUTE:
        return Tolerance(ToleranceKind.ABSOLUTE, parse_value(typed, unit, style))
    return Tolerance(ToleranceKind.PERCENT, parse_value(typed, Unit(UnitKind.PERCENT), style))


def _show_constant(direction: Direction, unit: Unit, style: NumberStyle, key: str) -> Target | None:
    value = _number("Target", unit, style, f"{key}_value")
    comparison = _comparison(direction, key)
    tolerance = _tolerance(unit, style, key)
    if value is None:
        return None
    base = _base(TargetKind.CONSTANT, key)
    return replace(base, starts=EARLIEST, value=value, comparison=comparison, tolerance=tolerance)


def _show_path(direction: Direction, unit: Unit, style: NumberStyle, today: date, key: str) -> Target | None:
    first, second = st.columns(2)
    with first:
        baseline = _number("From", unit, style, f"{key}_from")
        st.session_state.setdefault(f"{key}_start", today)
        start = st.date_input("on", key=f"{key}_start")
    with second:
        value = _number("To", unit, style, f"{key}_value")
        st.session_state.setdefault(f"{key}_deadline", half_a_year_on(today))
        deadline = st.date_input("by", key=f"{key}_deadline")
    comparison = _comparison(direction, key)
    tolerance = _tolerance(unit, style, key)
    if baseline is None or value is None:
        return None
    return replace(
        _base(TargetKind.PATH, key),
        starts=start,
        value=value,
        comparison=comparison,
        baseline=baseline,
        path_start=start,
        deadline=deadline,
        tolerance=tolerance,
    )


def _show_steps(direction: Direction, unit: Unit, style: NumberStyle, key: str) -> Target | None:
    table = st.data_editor(
        st.session_state.setdefault(f"{key}_steps", [{"From": None, "Target": ""}]),
        column_config={"From": st.column_config.DateColumn(), "Target": st.column_config.TextColumn()},
        num_rows="dynamic",
        key=f"{key}_{EDITED}",
    )
    comparison = _comparison(direction, key)
    tolerance = _tolerance(unit, style, key)
    filled = [row for row in table if row.get("From") and str(row.get("Target") or "").strip()]
    steps = tuple(
        Step(row["From"], parse_value(str(row["Target"]), unit, style))
        for row in sorted(filled, key=lambda each: each["From"])
    )
    if not steps:
        return None
    base = _base(TargetKind.STEPS, key)
    return replace(base, starts=steps[0].start, comparison=comparison, steps=steps, tolerance=tolerance)


def _show_range(unit: Unit, style: NumberStyle, key: str) -> Target | None:
    first, second = st.columns(2)
    with first:
        low = _number("Target from", unit, style, f"{key}_low")
    with second:
        high = _number("to", unit, style, f"{key}_high")
    tolerance = _tolerance(unit, style, key, OF_RANGES)
    if low is None and high is None:
        return None
    base = _base(TargetKind.RANGE, key)
    floor = base.low.comparison if base.low else Comparison.AT_LEAST
    ceiling = base.high.comparison if base.high else Comparison.AT_MOST
    return replace(
        base,
        starts=EARLIEST,
        low=None if low is None else Bound(low, floor),
        high=None if high is None else Bound(high, ceiling),
        tolerance=tolerance,
    )


def half_a_year_on(today: date) -> date:
    """Suggest the end of the month half a year from now: near enough to act on, far enough for six readings.

    >>> half_a_year_on(date(2026, 11, 22))
    datetime.date(2027, 5, 31)
    """
    months = today.year * 12 + today.month + 6
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
