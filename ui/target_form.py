"""The target as fields, of every kind; typed in the business's own number style."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from kpi_core.checklist.timely import half_a_year_on
from kpi_core.definition import Place, refuse_unfit
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
from kpi_core.target.typed import (
    HALF_A_PATH,
    LESS,
    NUMBER_HELP,
    PATH_HELP,
    RELATIVE_HELP,
    SHARES_HELP,
    YEAR_HELP,
    change_text,
    half_a_step,
)
from kpi_core.unit import format_exactly, parse_value
from ui.target_fields import OF_RANGES, PERCENT, TargetFields, put_number

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
        RefusedDefinition: a number or date that cannot be read, in one sentence that names its field; all fields of
            the target are shown before that.
    """
    fields = TargetFields(unit, style, key)
    found = _show_kind(fields, direction, today)
    fields.settle()
    return found


def _show_kind(fields: TargetFields, direction: Direction, today: date) -> Target | None:
    key = fields.key
    if direction is Direction.RANGE:
        return _show_range(fields)
    kinds = [each for each in KINDS if each is not TargetKind.YEAR_TOTAL or adds_up_over_a_year(fields.unit)]
    if st.session_state.get(f"{key}_kind") not in kinds:
        st.session_state[f"{key}_kind"] = NONE
    kind = st.segmented_control("Target", kinds, format_func=lambda each: KINDS[each], key=f"{key}_kind", required=True)
    match kind:
        case TargetKind.CONSTANT:
            return _show_constant(fields, direction)
        case TargetKind.PATH:
            return _show_path(fields, direction, today)
        case TargetKind.STEPS:
            return _show_steps(fields, direction)
        case TargetKind.YEAR_TOTAL:
            return _show_year(fields, direction, today)
        case TargetKind.RELATIVE:
            return _show_relative(fields, direction)
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


def _show_common(
    fields: TargetFields,
    direction: Direction,
    target: Target,
    *,
    stretch: Unit | None = None,
    needs_amount: bool = False,
) -> Target:
    """Show what targets of all kinds but a range have, and give the target with it."""
    harder, comparison = fields.stretch(stretch), fields.comparison(direction)
    tolerance = fields.tolerance(needs_amount=needs_amount)
    return replace(target, stretch=harder, comparison=comparison, tolerance=tolerance)


def _show_constant(fields: TargetFields, direction: Direction) -> Target | None:
    typed = fields.number_or_change("Target", "value", NUMBER_HELP)
    target = replace(_base(TargetKind.CONSTANT, fields.key), starts=EARLIEST, value=typed.level, delta=typed.change)
    target = _show_common(fields, direction, target, needs_amount=typed.level == 0)
    return None if typed.level is None and typed.change is None else target


def _show_year(fields: TargetFields, direction: Direction, today: date) -> Target | None:
    state, key = st.session_state, fields.key
    first, second = st.columns(2)
    with first:
        value = fields.number("Total of the year", "value")
    with second:
        state[f"{key}_year"] = state.get(f"{key}_year") or today
        year = fields.day("A day of that year", "year", YEAR_HELP)
    state.setdefault(f"{key}_spread", SpreadBy.LAST_YEAR)
    spread = st.selectbox("Spread", list(SPREADS), format_func=lambda each: SPREADS[each], key=f"{key}_spread")
    shares: tuple[Fraction, ...] = ()
    if spread is SpreadBy.TYPED:
        typed = st.text_area("Percentages", key=f"{key}_shares", help=SHARES_HELP).replace("%", " ").split()
        shares = (
            fields.read("Percentages", lambda: tuple(parse_value(each, PERCENT, fields.style) for each in typed)) or ()
        )
    target = replace(_base(TargetKind.YEAR_TOTAL, key), starts=EARLIEST, value=value)
    target = _show_common(fields, direction, replace(target, year=year, spread=spread, percentages=shares))
    return None if value is None else target


def _show_relative(fields: TargetFields, direction: Direction) -> Target | None:
    label = "Change on the same period last year, in percent"
    change = fields.number(label, "change", PERCENT, RELATIVE_HELP)
    target = replace(_base(TargetKind.RELATIVE, fields.key), starts=EARLIEST, change_percent=change)
    target = _show_common(fields, direction, target, stretch=PERCENT)
    return None if change is None else target


def _show_path(fields: TargetFields, direction: Direction, today: date) -> Target | None:
    state, key = st.session_state, fields.key
    first, second = st.columns(2)
    with first:
        baseline = fields.number("From", "from")
        state[f"{key}_start"] = state.get(f"{key}_start") or today
        start = fields.day("on", "start")
    with second:
        typed = fields.number_or_change("To", "value", PATH_HELP)
        state[f"{key}_deadline"] = state.get(f"{key}_deadline") or half_a_year_on(today)
        deadline = fields.day("by", "deadline")
    value = typed.level
    if baseline is not None and typed.change is not None:
        value = baseline + typed.change
    through_zero = value == 0 or (baseline is not None and value is not None and baseline * value < 0)
    target = replace(_base(TargetKind.PATH, key), value=value, baseline=baseline, deadline=deadline)
    target = replace(target, starts=start or EARLIEST, path_start=start)
    target = _show_common(fields, direction, target, needs_amount=through_zero)
    if baseline is None or value is None:
        if typed.level is not None or typed.change is not None or baseline is not None:
            st.caption(HALF_A_PATH)
        return None
    return target


def _show_steps(fields: TargetFields, direction: Direction) -> Target | None:
    key = fields.key
    table = st.data_editor(
        st.session_state.setdefault(f"{key}_steps", [{"From": None, "Target": ""}]),
        column_config={
            "From": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Target": st.column_config.TextColumn(),
        },
        num_rows="dynamic",
        key=f"{key}_{EDITED}",
    )
    st.session_state[f"{key}_steps_now"] = table
    read = [fields.read("Steps", partial(_step, fields, number, row)) for number, row in enumerate(table, 1)]
    steps = tuple(sorted(filter(None, read), key=lambda each: each.start))
    target = replace(_base(TargetKind.STEPS, key), starts=steps[0].start if steps else EARLIEST, steps=steps)
    target = _show_common(fields, direction, target, needs_amount=any(each.value == 0 for each in steps))
    return target if steps else None


def _step(fields: TargetFields, number: int, row: Mapping[str, Any]) -> Step | None:
    """Read one row of the table; None where it is empty."""
    day, text = row.get("From"), str(row.get("Target") or "").strip()
    if day is None and not text:
        return None
    if day is None or not text:
        raise half_a_step(number, day, text)
    refuse_unfit(day, Place(f"Step {number}"))
    return Step(day, parse_value(text, fields.unit, fields.style))


def _show_range(fields: TargetFields) -> Target | None:
    first, second = st.columns(2)
    with first:
        low = fields.number("Target from", "low")
    with second:
        high = fields.number("to", "high")
    tolerance = fields.tolerance(OF_RANGES, needs_amount=0 in (low, high))
    if low is None and high is None:
        return None
    base = _base(TargetKind.RANGE, fields.key)
    floor = base.low.comparison if base.low else Comparison.AT_LEAST
    ceiling = base.high.comparison if base.high else Comparison.AT_MOST
    return replace(
        base,
        starts=EARLIEST,
        low=None if low is None else Bound(low, floor),
        high=None if high is None else Bound(high, ceiling),
        tolerance=tolerance,
    )
