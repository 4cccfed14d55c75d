"""Where a KPI's values come from, as JSON: typed, a measure over a source, or a formula over both."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.definition.fields import Fields, Place, number_from_json, number_text, number_to_json, refused
from kpi_core.kpi import (
    Aggregate,
    Difference,
    Elapsed,
    Formula,
    FormulaKind,
    GrowthOn,
    KpiRef,
    Measure,
    OneColumn,
    Product,
    Typed,
)
from kpi_core.source import RowFilter, RowTest

if TYPE_CHECKING:
    from kpi_core.kpi import RowValue, ValuesFrom

Json = dict[str, object]

HERE = Place("values")

MOST_LEVELS = 20
"""Formulas nested deeper than this are refused: nobody could read what they mean."""

MOST_PARTS = 100
"""A sum of more inputs than this is a table, not a definition."""


def values_from_json(
    obj: object, place: Place = HERE, *, typed: Aggregate = Aggregate.SUM, source: str | None = None
) -> ValuesFrom:
    """Read the `values` part of a definition.

    Args:
        obj: the parsed JSON; numbers may be int, Decimal, float or text.
        place: where it stands, for refusals.
        typed: how typed values add up where `aggregate` is not given.
        source: the source of every measure that names none (the ready-made KPIs of a recipe leave it open).

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    part = _part(obj, place, _Usual(typed, source), 0)
    if isinstance(part, KpiRef):
        raise refused(
            place,
            f"the values of '{part.kpi}' alone would be that KPI again.",
            "Use it as a part of a formula instead.",
        )
    return part


@dataclass(frozen=True)
class _Usual:
    """What holds where nothing is said."""

    typed: Aggregate
    source: str | None


def _part(obj: object, place: Place, usual: _Usual, level: int) -> ValuesFrom | KpiRef:
    if level > MOST_LEVELS:
        raise refused(place, f"formulas are nested more than {MOST_LEVELS} levels deep.")
    fields = Fields(obj, place)
    kind = fields.text("kind", None)
    match kind:
        case "typed":
            found: ValuesFrom | KpiRef = Typed(fields.choice("aggregate", Aggregate, usual.typed))
        case "measure":
            found = _measure(fields, usual.source)
        case "formula":
            found = _formula(fields, usual, level)
        case "kpi":
            found = KpiRef(fields.text("name", None))
        case _:
            raise refused(place.at("kind"), f'"{kind}" is not known; choose one of typed, measure, formula, kpi.')
    fields.close()
    return found


def _measure(fields: Fields, source: str | None) -> Measure:
    aggregate = fields.choice("aggregate", Aggregate)
    value = _row_value(fields.take("value"), fields.place.at("value"))
    measure = Measure(
        source=fields.text("source", source),
        aggregate=aggregate,
        value=value,
        date=fields.column_or_none("date"),
        where=tuple(_filter(item, place) for place, item in fields.items("where")),
        segment=fields.column_or_none("segment"),
    )
    if value is None and aggregate is not Aggregate.COUNT:
        raise refused(fields.place, f'{aggregate} needs a "value": the column to take it of.')
    if aggregate is Aggregate.COUNT_DIFFERENT and not isinstance(value, OneColumn):
        raise refused(fields.place.at("value"), "count different takes one column.")
    return measure


def _row_value(obj: object, place: Place) -> RowValue | None:
    if obj is None:
        return None
    if isinstance(obj, str):
        obj = {"kind": "column", "column": obj}
    fields = Fields(obj, place)
    kind = fields.text("kind", "column")
    match kind:
        case "column":
            value: RowValue = OneColumn(fields.column("column"))
        case "product":
            value = Product(*_two_columns(fields))
        case "difference":
            value = Difference(*_two_columns(fields))
        case "elapsed":
            value = Elapsed(*_two_columns(fields))
        case _:
            raise refused(
                place.at("kind"), f'"{kind}" is not known; choose one of column, product, difference, elapsed.'
            )
    fields.close()
    return value


def _two_columns(fields: Fields) -> tuple[str, str]:
    columns = fields.texts("columns")
    match columns:
        case (first, second) if first.strip() and second.strip():
            return first, second
        case _:
            raise refused(fields.place.at("columns"), f"two columns are needed here, not {len(columns)}.")


def _filter(obj: object, place: Place) -> RowFilter:
    fields = Fields(obj, place)
    column = fields.column("column")
    test = fields.choice("test", RowTest, RowTest.IS_ONE_OF)
    values = fields.texts("values")
    fields.close()
    match test:
        case RowTest.IS_ONE_OF | RowTest.IS_NOT:
            if not values:
                raise refused(place, f'"{test}" needs "values": the texts to look for in {column}.')
        case RowTest.ABOVE | RowTest.BELOW:
            if len(values) != 1:
                raise refused(place, f'"{test}" needs one number in "values".')
            values = (_plain_number(values[0], place.at("values")),)
        case RowTest.IS_EMPTY | RowTest.IS_NOT_EMPTY | RowTest.FIRST_SEEN | RowTest.SEEN_BEFORE:
            if values:
                raise refused(place, f'"{test}" takes no "values".')
    return RowFilter(column, test, values)


def _plain_number(text: str, place: Place) -> str:
    if "/" in text:
        raise refused(place, f'"{text}" is not a decimal number.')
    return number_text(number_from_json(text, place))


def _formula(fields: Fields, usual: _Usual, level: int) -> Formula:
    kind = fields.choice("formula", FormulaKind)
    parts = []
    for place, item in fields.items("parts"):
        part = _part(item, place, usual, level + 1)
        if isinstance(part, Typed):
            raise refused(
                place,
                "typed values cannot stand inside a formula.",
                "Make a KPI or health metric of them and name that.",
            )
        parts.append(part)
    times = fields.number("times")
    growth_on = fields.choice_or_none("on", GrowthOn)
    _check_parts(kind, len(parts), fields.place)
    if times is not None and kind is not FormulaKind.RATIO:
        raise refused(fields.place, f'"times" scales a ratio only, this is a {kind}.')
    if times == 0:
        raise refused(fields.place, '"times" 0 makes every value 0.')
    if (growth_on is None) == (kind is FormulaKind.GROWTH):
        wrong = f'growth needs "on": {" or ".join(GrowthOn)}.' if growth_on is None else '"on" belongs to growth only.'
        raise refused(fields.place, wrong)
    return Formula(kind, tuple(parts), Fraction(1) if times is None else times, growth_on)


def _check_parts(kind: FormulaKind, count: int, place: Place) -> None:
    least, most, needed = _parts_of(kind)
    if not least <= count <= most:
        raise refused(place, f"a {kind} needs {needed}, {count or 'none'} {'is' if count <= 1 else 'are'} given.")


def _parts_of(kind: FormulaKind) -> tuple[int, int, str]:
    match kind:
        case FormulaKind.RATIO | FormulaKind.DIFFERENCE | FormulaKind.SHARE:
            return 2, 2, "two parts"
        case FormulaKind.SUM:
            return 2, MOST_PARTS, f"two parts or more (up to {MOST_PARTS})"
        case FormulaKind.GROWTH:
            return 1, 1, "one part"


def values_to_json(values: ValuesFrom | KpiRef) -> Json:
    """Write the `values` part of a definition; `values_from_json` reads the same back.

    >>> values_to_json(Formula(FormulaKind.RATIO, (KpiRef("Orders"), KpiRef("Visits")), Fraction(100)))["times"]
    100
    """
    match values:
        case Typed():
            return {"kind": "typed", "aggregate": values.aggregate.value}
        case KpiRef():
            return {"kind": "kpi", "name": values.kpi}
        case Measure():
            return _measure_to_json(values)
        case Formula():
            out: Json = {"kind": "formula", "formula": values.kind.value}
            out["parts"] = [values_to_json(part) for part in values.parts]
            if values.times != 1:
                out["times"] = number_to_json(values.times)
            if values.growth_on is not None:
                out["on"] = values.growth_on.value
            return out


def _measure_to_json(measure: Measure) -> Json:
    out: Json = {"kind": "measure", "source": measure.source, "aggregate": measure.aggregate.value}
    match measure.value:
        case None:
            pass
        case OneColumn(column):
            out["value"] = {"kind": "column", "column": column}
        case Product(first, second):
            out["value"] = {"kind": "product", "columns": [first, second]}
        case Difference(first, second):
            out["value"] = {"kind": "difference", "columns": [first, second]}
        case Elapsed(start, end):
            out["value"] = {"kind": "elapsed", "columns": [start, end]}
    if measure.date is not None:
        out["date"] = measure.date
    if measure.where:
        out["where"] = [_filter_to_json(row_filter) for row_filter in measure.where]
    if measure.segment is not None:
        out["segment"] = measure.segment
    return out


def _filter_to_json(row_filter: RowFilter) -> Json:
    out: Json = {"column": row_filter.column, "test": row_filter.test.value}
    if row_filter.values:
        out["values"] = list(row_filter.values)
    return out
