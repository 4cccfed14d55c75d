"""Where a KPI's values come from, picked in words: "add up Total by Created at, where Status is paid"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.definition.fields import number_text
from kpi_core.definition.words import aggregate_words
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Difference, Elapsed, Measure, OneColumn, Product
from kpi_core.source import LINES_DO_NOT_ADD_UP, ColumnRole, ColumnType, RowFilter, RowTest
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly, parse_value
from ui.widgets import show_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kpi_core.kpi import RowValue
    from kpi_core.service.choose import SourceChoice

COUNTABLE = (ColumnType.NUMBER, ColumnType.DURATION)
ALONE, MINUS, TIMES = "alone", "minus", "times"
TEXT_TESTS = (RowTest.IS_ONE_OF, RowTest.IS_NOT)
NUMBER_TESTS = (RowTest.ABOVE, RowTest.BELOW, RowTest.IS_EMPTY, RowTest.IS_NOT_EMPTY)
SPLITTING = (ColumnType.TEXT, ColumnType.BOOLEAN)
FILTERS = 3
LIMIT = Unit(UnitKind.COUNT)
"""A number that rows are compared with is typed as plain numbers are."""


def can_say(measure: Measure, sources: Sequence[SourceChoice]) -> bool:
    """Tell whether the fields can say a measure whole; what they cannot say they would change."""
    source = next((each for each in sources if each.name == measure.source), None)
    if source is None:
        return False
    types = {column.name: column.type for column in source.columns}
    return (
        _can_say_value(measure, types)
        and (measure.date is None or types.get(measure.date) is ColumnType.DATE)
        and (measure.segment is None or types.get(measure.segment) in SPLITTING)
        and len(measure.where) <= FILTERS
        and all(
            each.column in types and (types[each.column] not in COUNTABLE or each.test in NUMBER_TESTS)
            for each in measure.where
        )
    )


def _can_say_value(measure: Measure, types: Mapping[str, ColumnType]) -> bool:
    match measure.value:
        case None:
            return True
        case OneColumn(column) if measure.aggregate is Aggregate.COUNT_DIFFERENT:
            return column in types
        case OneColumn(column):
            return types.get(column) in COUNTABLE
        case Difference(first, second) | Product(first, second):
            return first != second and {types.get(first), types.get(second)} <= set(COUNTABLE)
        case Elapsed(start, end):
            return start != end and types.get(start) is types.get(end) is ColumnType.DATE


def show_measure(
    sources: Sequence[SourceChoice], distinct: Callable[[str, str], Sequence[str]], style: NumberStyle, key: str
) -> Measure | None:
    """Show the sentence of a measure as fields; None while it is not complete."""
    names = [source.name for source in sources]
    only = 0 if len(names) == 1 else None
    name = st.selectbox("From", names, key=f"{key}_source", index=only, placeholder="pick a file")
    source = next((each for each in sources if each.name == name), None)
    if source is None:
        return None
    first, second, third = st.columns(3)
    with first:
        aggregate = st.selectbox(
            "Do what", list(Aggregate), format_func=aggregate_words, key=f"{key}_aggregate", required=True
        )
    with second:
        value = _show_value(source, aggregate, key)
    with third:
        date = st.selectbox("By", _names(source, ColumnType.DATE), key=f"{key}_date")
    if source.lines is not None:
        st.caption(LINES_DO_NOT_ADD_UP)
        st.session_state.setdefault(f"{key}_0_column", source.lines)
    where = tuple(
        found for number in range(FILTERS) if (found := _show_filter(source, distinct, style, f"{key}_{number}"))
    )
    texts = _names(source, *SPLITTING)
    segment = st.selectbox("Split by (if you like)", texts, index=None, key=f"{key}_segment", placeholder="not split")
    if aggregate is None or (aggregate is not Aggregate.COUNT and value is None):
        return None
    return Measure(source.name, aggregate, value, date, where, segment)


def fill_measure(measure: Measure, style: NumberStyle, key: str) -> None:
    """Set the fields so that they say an existing measure."""
    state = st.session_state
    state[f"{key}_source"] = measure.source
    state[f"{key}_aggregate"] = measure.aggregate
    state[f"{key}_date"] = measure.date
    state[f"{key}_segment"] = measure.segment
    match measure.value:
        case OneColumn(column):
            state[f"{key}_value"] = column
        case Difference(first, second):
            state[f"{key}_value"], state[f"{key}_with"], state[f"{key}_other"] = first, MINUS, second
        case Product(first, second):
            state[f"{key}_value"], state[f"{key}_with"], state[f"{key}_other"] = first, TIMES, second
        case Elapsed(start, end):
            state[f"{key}_value"], state[f"{key}_other"] = start, end
        case None:
            pass
    for number, each in enumerate(measure.where[:FILTERS]):
        state[f"{key}_{number}_column"] = each.column
        picked = f"{key}_{number}_{each.column}"
        state[f"{picked}_test"] = each.test
        if each.test in TEXT_TESTS:
            state[f"{picked}_values"] = list(each.values)
        elif each.values:
            state[f"{picked}_number"] = format_exactly(Fraction(each.values[0]), LIMIT, style)


def _names(source: SourceChoice, *types: ColumnType) -> list[str]:
    return [column.name for column in source.columns if column.type in types]


def _show_value(source: SourceChoice, aggregate: Aggregate | None, key: str) -> RowValue | None:
    match aggregate:
        case Aggregate.COUNT:
            st.text_input("Of", "the rows", disabled=True, key=f"{key}_rows")
            return None
        case Aggregate.COUNT_DIFFERENT:
            column = st.selectbox("Of", [each.name for each in source.columns], key=f"{key}_value")
            return OneColumn(column) if column else None
        case _:
            return _show_number(source, key)


def _show_number(source: SourceChoice, key: str) -> RowValue | None:
    amounts = [column.name for column in source.columns if column.role is ColumnRole.VALUE]
    numbers = sorted(_names(source, *COUNTABLE), key=lambda name: (name != source.amount, name not in amounts))
    dates = _names(source, ColumnType.DATE)
    column = st.selectbox("Of", [*numbers, *dates], key=f"{key}_value", format_func=_named(dates))
    if column is None:
        return None
    if column in dates:
        end = st.selectbox("until", [each for each in dates if each != column], key=f"{key}_other")
        return Elapsed(column, end) if end else None
    if len(numbers) < len((column, "another")):
        return OneColumn(column)
    st.session_state.setdefault(f"{key}_with", ALONE)
    with_what = st.selectbox("With another column", [ALONE, MINUS, TIMES], key=f"{key}_with")
    if with_what in {None, ALONE}:
        return OneColumn(column)
    other = st.selectbox(str(with_what), [each for each in numbers if each != column], key=f"{key}_other")
    if other is None:
        return None
    return Difference(column, other) if with_what == MINUS else Product(column, other)


def _named(dates: Sequence[str]) -> Callable[[str], str]:
    return lambda column: f"the time from {column}" if column in dates else column


def _show_filter(
    source: SourceChoice, distinct: Callable[[str, str], Sequence[str]], style: NumberStyle, key: str
) -> RowFilter | None:
    previous = key.rpartition("_")
    if previous[2] != "0" and not st.session_state.get(f"{previous[0]}_{int(previous[2]) - 1}_column"):
        return None
    label = "Where" if previous[2] == "0" else "and"
    first, second, third = st.columns(3)
    columns = [each.name for each in source.columns]
    if st.session_state.get(f"{key}_column") not in columns:
        st.session_state.pop(f"{key}_column", None)  # picked of another file
    with first:
        column = st.selectbox(label, columns, index=None, key=f"{key}_column", placeholder="every row")
    if column is None:
        return None
    # What was picked of one column must not filter another: its texts are not there.
    key = f"{key}_{column}"
    numeric = next(each for each in source.columns if each.name == column).type in COUNTABLE
    with second:
        test = st.selectbox(
            "test", list(NUMBER_TESTS if numeric else RowTest), key=f"{key}_test", label_visibility="hidden"
        )
    with third:
        if test in {RowTest.ABOVE, RowTest.BELOW}:
            values = _show_limit(style, key)
        else:
            values = _show_texts(distinct(source.name, column), test, key)
    return None if values is None else RowFilter(column, test, values)


def _show_limit(style: NumberStyle, key: str) -> tuple[str, ...] | None:
    typed = st.text_input("number", key=f"{key}_number", label_visibility="hidden")
    if not typed.strip():
        return None
    try:
        limit = parse_value(typed, LIMIT, style)
    except RefusedDefinition as error:
        show_error(error)
        return None
    return (number_text(limit),)


def _show_texts(known: Sequence[str], test: RowTest, key: str) -> tuple[str, ...] | None:
    if test not in TEXT_TESTS:
        return ()
    said = st.session_state.get(f"{key}_values") or []
    options = [*known, *(text for text in said if text not in known)]
    picked = st.multiselect("values", options, key=f"{key}_values", label_visibility="hidden")
    return tuple(picked) or None
