"""The target as fields, of every kind; typed in the business's own number style."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.checklist.timely import half_a_year_on
from kpi_core.definition.targets import EARLIEST
from kpi_core.kpi import Direction
from kpi_core.target import (
    Bound,
    Comparison,
    SpreadBy,
    Step,
    Target,
    TargetKind,
    ToleranceKind,
    adds_up_over_a_year,
)
from kpi_core.target.typed import LESS, NUMBER_HELP, PATH_HELP, RELATIVE_HELP, SHARES_HELP, YEAR_HELP, change_text
from kpi_core.unit import format_exactly, parse_value
from ui.target_fields import (
    OF_RANGES,
    PERCENT,
    number_or_change,
    put_number,
    show_comparison,
    show_number,
    show_stretch,
    show_tolerance,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from kpi_core.unit import NumberStyle, Unit

NONE = "none yet"
EDITED = "steps_edited"
"""The table of steps; what is typed into it cannot be set from outside."""
KINDS: Mapping[TargetKind | str, str] = {
    NONE: "None yet",
    TargetKind.CONSTANT: "One number",
    TargetKind.PATH: "A path to a date",
    TargetKind.STEPS: "Steps",
    TargetKind.YEAR_TOTAL: "A year's total",
    TargetKind.RELATIVE: "Against last year",
}
SPREADS = {
    SpreadBy.LAST_YEAR: "as last year went",
    SpreadBy.EVEN: "even by days",
    SpreadBy.OPEN_WEEKDAYS: "over the open weekdays",
    SpreadBy.TYPED: "by my own percentages",
}


def show_target(direction: Direction, unit: Unit, style: NumberStyle, today: date, key: str) -> Target | None:
    """Show the fields of a target and give it; None where there is none yet.

    Raises:
        RefusedDefinition: a number or date that cannot be read, in one sentence.
    """
    if direction is Direction.RANGE:
        return _show_range(unit, style, key)
    kinds = [each for each in KINDS if each is not TargetKind.YEAR_TOTAL or adds_up_over_a_year(unit)]
    if st.session_state.get(f"{key}_kind") not in kinds:
        st.session_state[f"{key}_kind"] = NONE
    kind = st.segmented_control("Target", kinds, format_func=lambda each: KINDS[each], key=f"{key}_kind", required=True)
    match kind:
        case TargetKind.CONSTANT:
            return _show_constant(direction, unit, style, key)
        case TargetKind.PATH:
            return _show_path(direction, unit, style, today, key)
        case TargetKind.STEPS:
            return _show_steps(direction, unit, style, key)
        case TargetKind.YEAR_TOTAL:
            return _show_year(direction, unit, style, today, key)
        case TargetKind.RELATIVE:
            return _show_relative(direction, unit, style, key)
        case _:
            return None


def fill_target(target: Target, unit: Unit, style: NumberStyle, key: str) -> None:
    """Set the fields so that they say an existing target."""
    state = st.session_state

    def text(value: Fraction | None) -> str:
        return "" if value is None else format_exactly(value, unit, style)

    state[f"{key}_kind"], state[f"{key}_existing"] = target.kind, target
    put_number(f"{key}_value", text(target.value))
    if target.delta is not None:
        put_number(f"{key}_value", change_text(target.delta, unit, style), LESS)
    stretch_unit = PERCENT if target.kind is TargetKind.RELATIVE else unit
    state[f"{key}_stretch"] = "" if target.stretch is None else format_exactly(target.stretch, stretch_unit, style)
    change = target.change_percent
    state[f"{key}_change"] = "" if change is None else format_exactly(change, PERCENT, style)
    state[f"{key}_year"], state[f"{key}_spread"] = target.year, target.spread or SpreadBy.LAST_YEAR
    state[f"{key}_shares"] = "  ".join(format_exactly(each, PERCENT, style) for each in target.percentages)
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
            state[f"{key}_close"] = format_exactly(target.tolerance.value, PERCENT, style)
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


def _show_constant(direction: Direction, unit: Unit, style: NumberStyle, key: str) -> Target | None:
    typed = number_or_change("Target", unit, style, f"{key}_value", NUMBER_HELP)
    stretch = show_stretch(unit, style, key)
    comparison = show_comparison(direction, key)
    tolerance = show_tolerance(unit, style, key)
    if typed.level is None and typed.change is None:
        return None
    return replace(
        _base(TargetKind.CONSTANT, key),
        starts=EARLIEST,
        value=typed.level,
        delta=typed.change,
        comparison=comparison,
        stretch=stretch,
        tolerance=tolerance,
    )


def _show_year(direction: Direction, unit: Unit, style: NumberStyle, today: date, key: str) -> Target | None:
    first, second = st.columns(2)
    with first:
        value = show_number("Total of the year", unit, style, f"{key}_value")
    with second:
        day = st.session_state.get(f"{key}_year") or today
        st.session_state[f"{key}_year"] = day
        year = st.date_input("A day of that year", key=f"{key}_year", help=YEAR_HELP)
    st.session_state.setdefault(f"{key}_spread", SpreadBy.LAST_YEAR)
    spread = st.selectbox("Spread", list(SPREADS), format_func=lambda each: SPREADS[each], key=f"{key}_spread")
    shares: tuple[Fraction, ...] = ()
    if spread is SpreadBy.TYPED:
        typed = st.text_area("Percentages", key=f"{key}_shares", help=SHARES_HELP)
        shares = tuple(parse_value(each, PERCENT, style) for each in typed.replace("%", " ").split())
    stretch = show_stretch(unit, style, key)
    comparison = show_comparison(direction, key)
    tolerance = show_tolerance(unit, style, key)
    if value is None:
        return None
    return replace(
        _base(TargetKind.YEAR_TOTAL, key),
        starts=EARLIEST,
        value=value,
        year=year,
        spread=spread,
        percentages=shares,
        comparison=comparison,
        stretch=stretch,
        tolerance=tolerance,
    )


def _show_relative(direction: Direction, unit: Unit, style: NumberStyle, key: str) -> Target | None:
    typed = st.text_input("Change on the same period last year, in percent", key=f"{key}_change", help=RELATIVE_HELP)
    change = parse_value(typed, PERCENT, style) if typed.strip() else None
    stretch = show_stretch(PERCENT, style, key)
    comparison = show_comparison(direction, key)
    tolerance = show_tolerance(unit, style, key)
    if change is None:
        return None
    return replace(
        _base(TargetKind.RELATIVE, key),
        starts=EARLIEST,
        change_percent=change,
        comparison=comparison,
        stretch=stretch,
        tolerance=tolerance,
    )


def _show_path(direction: Direction, unit: Unit, style: NumberStyle, today: date, key: str) -> Target | None:
    first, second = st.columns(2)
    with first:
        baseline = show_number("From", unit, style, f"{key}_from")
        st.session_state.setdefault(f"{key}_start", today)
        start = st.date_input("on", key=f"{key}_start")
    with second:
        typed = number_or_change("To", unit, style, f"{key}_value", PATH_HELP)
        st.session_state.setdefault(f"{key}_deadline", half_a_year_on(today))
        deadline = st.date_input("by", key=f"{key}_deadline")
    stretch = show_stretch(unit, style, key)
    comparison = show_comparison(direction, key)
    tolerance = show_tolerance(unit, style, key)
    value = typed.level
    if baseline is not None and typed.change is not None:
        value = baseline + typed.change
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
        stretch=stretch,
        tolerance=tolerance,
    )


def _show_steps(direction: Direction, unit: Unit, style: NumberStyle, key: str) -> Target | None:
    table = st.data_editor(
        st.session_state.setdefault(f"{key}_steps", [{"From": None, "Target": ""}]),
        column_config={"From": st.column_config.DateColumn(), "Target": st.column_config.TextColumn()},
        num_rows="dynamic",
        key=f"{key}_{EDITED}",
    )
    st.session_state[f"{key}_steps_now"] = table
    stretch = show_stretch(unit, style, key)
    comparison = show_comparison(direction, key)
    tolerance = show_tolerance(unit, style, key)
    filled = [row for row in table if row.get("From") and str(row.get("Target") or "").strip()]
    steps = tuple(
        Step(row["From"], parse_value(str(row["Target"]), unit, style))
        for row in sorted(filled, key=lambda each: each["From"])
    )
    if not steps:
        return None
    base = _base(TargetKind.STEPS, key)
    return replace(
        base, starts=steps[0].start, comparison=comparison, steps=steps, stretch=stretch, tolerance=tolerance
    )


def _show_range(unit: Unit, style: NumberStyle, key: str) -> Target | None:
    first, second = st.columns(2)
    with first:
        low = show_number("Target from", unit, style, f"{key}_low")
    with second:
        high = show_number("to", unit, style, f"{key}_high")
    tolerance = show_tolerance(unit, style, key, OF_RANGES)
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
