"""Where values come from: what is written is read back the same; what makes no sense is refused with its place."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given

from kpi_core.definition import values_from_json, values_to_json
from kpi_core.errors import RefusedDefinition
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
    ValuesFrom,
)
from kpi_core.source import RowFilter, RowTest
from tests.definition import made

COUNT = {"kind": "measure", "source": "Orders", "aggregate": "count"}
VISITS = {"kind": "kpi", "name": "Visits"}


@given(made.values())
def test_values_written_are_read_back_the_same(values: ValuesFrom) -> None:
    assert values_from_json(json.loads(json.dumps(values_to_json(values)))) == values


def test_a_measure_says_all_that_it_takes() -> None:
    read = values_from_json(
        {
            "kind": "measure",
            "source": "Orders",
            "aggregate": "sum",
            "value": {"kind": "difference", "columns": ["Total", "Refunded Amount"]},
            "date": "Created at",
            "where": [{"column": "Financial Status", "test": "is one of", "values": ["paid"]}],
            "segment": "Channel",
        }
    )
    assert read == Measure(
        "Orders",
        Aggregate.SUM,
        Difference("Total", "Refunded Amount"),
        "Created at",
        (RowFilter("Financial Status", RowTest.IS_ONE_OF, ("paid",)),),
        "Channel",
    )


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Total", OneColumn("Total")),
        ({"column": " Total "}, OneColumn(" Total ")),
        ({"kind": "product", "columns": ["Price", "Quantity"]}, Product("Price", "Quantity")),
        ({"kind": "elapsed", "columns": ["Created", "Solved"]}, Elapsed("Created", "Solved")),
    ],
)
def test_a_value_is_a_column_or_made_of_two(value: object, read: object) -> None:
    measure = values_from_json({**COUNT, "aggregate": "average", "value": value})
    assert isinstance(measure, Measure)
    assert measure.value == read


def test_a_ratio_may_be_scaled_to_percent() -> None:
    read = values_from_json({"kind": "formula", "formula": "ratio", "parts": [COUNT, VISITS], "times": 100})
    parts = (Measure("Orders", Aggregate.COUNT), KpiRef("Visits"))
    assert read == Formula(FormulaKind.RATIO, parts, Fraction(100))


def test_growth_says_on_what() -> None:
    read = values_from_json({"kind": "formula", "formula": "growth", "parts": [VISITS], "on": "same period last year"})
    assert read == Formula(FormulaKind.GROWTH, (KpiRef("Visits"),), growth_on=GrowthOn.LAST_YEAR)


def test_a_filter_is_one_of_its_values_unless_it_says_otherwise() -> None:
    measure = values_from_json({**COUNT, "where": [{"column": "Score", "values": ["a", 9, 2.50]}]})
    assert isinstance(measure, Measure)
    assert measure.where == (RowFilter("Score", RowTest.IS_ONE_OF, ("a", "9", "2.5")),)


def test_measures_that_name_no_source_take_the_one_given() -> None:
    ready = {"kind": "formula", "formula": "ratio", "parts": [{"kind": "measure", "aggregate": "count"}, COUNT]}
    read = values_from_json(ready, source="Shop")
    assert isinstance(read, Formula)
    assert [part.source for part in read.parts if isinstance(part, Measure)] == ["Shop", "Orders"]


def test_typed_values_add_up_as_told_or_as_usual() -> None:
    assert values_from_json({"kind": "typed"}) == Typed(Aggregate.SUM)
    assert values_from_json({"kind": "typed"}, typed=Aggregate.AVERAGE) == Typed(Aggregate.AVERAGE)
    assert values_from_json({"kind": "typed", "aggregate": "last"}, typed=Aggregate.AVERAGE) == Typed(Aggregate.LAST)


def nested(levels: int) -> dict[str, object]:
    found: dict[str, object] = {**VISITS}
    for _ in range(levels):
        found = {"kind": "formula", "formula": "sum", "parts": [found, VISITS]}
    return found


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({}, 'values: "kind" is missing.'),
        ({"kind": "sql"}, 'values, kind: "sql" is not known; choose one of typed, measure, formula, kpi.'),
        (VISITS, "values: the values of 'Visits' alone would be that KPI again."),
        ({"kind": "measure", "aggregate": "count"}, 'values: "source" is missing.'),
        (
            {**COUNT, "aggregate": "total"},
            (
                'values, aggregate: "total" is not known; choose one of sum, count, count different, average, median, '
                "min, max, last, net promoter score."
            ),
        ),
        ({**COUNT, "aggregate": "sum"}, 'values: sum needs a "value": the column to take it of.'),
        (
            {**COUNT, "aggregate": "count different", "value": {"kind": "product", "columns": ["a", "b"]}},
            "values, value: count different takes one column.",
        ),
        (
            {**COUNT, "value": {"kind": "sum", "columns": ["a", "b"]}},
            'values, value.kind: "sum" is not known; choose one of column, product, difference, elapsed.',
        ),
        (
            {**COUNT, "value": {"kind": "product", "columns": ["a"]}},
            "values, value.columns: two columns are needed here, not 1.",
        ),
        (
            {**COUNT, "where": [{"column": "Status"}]},
            'values, where[0]: "is one of" needs "values": the texts to look for in Status.',
        ),
        (
            {**COUNT, "where": [{"column": "Score", "test": "above", "values": [1, 2]}]},
            'values, where[0]: "above" needs one number in "values".',
        ),
        (
            {**COUNT, "where": [{"column": "Score", "test": "above", "values": ["1/3"]}]},
            'values, where[0].values: "1/3" is not a decimal number.',
        ),
        (
            {**COUNT, "where": [{"column": "Score", "test": "is empty", "values": ["x"]}]},
            'values, where[0]: "is empty" takes no "values".',
        ),
        ({**COUNT, "were": []}, 'values: "were" is not known here; did you mean "where"?'),
        ({"kind": "formula", "formula": "ratio", "parts": [COUNT]}, "values: a ratio needs two parts, 1 is given."),
        ({"kind": "formula", "formula": "growth", "parts": []}, "values: a growth needs one part, none is given."),
        (
            {"kind": "formula", "formula": "sum", "parts": [COUNT]},
            "values: a sum needs two parts or more (up to 100), 1 is given.",
        ),
        (
            {"kind": "formula", "formula": "difference", "parts": [COUNT, VISITS, VISITS]},
            "values: a difference needs two parts, 3 are given.",
        ),
        (
            {"kind": "formula", "formula": "sum", "parts": [COUNT, VISITS], "times": 100},
            'values: "times" scales a ratio only, this is a sum.',
        ),
        (
            {"kind": "formula", "formula": "ratio", "parts": [COUNT, VISITS], "times": 0},
            'values: "times" 0 makes every value 0.',
        ),
        (
            {"kind": "formula", "formula": "growth", "parts": [COUNT]},
            'values: growth needs "on": period before or same period last year.',
        ),
        (
            {"kind": "formula", "formula": "share", "parts": [COUNT, VISITS], "on": "period before"},
            'values: "on" belongs to growth only.',
        ),
        (
            {"kind": "formula", "formula": "sum", "parts": [COUNT, {"kind": "typed"}]},
            "values, parts[1]: typed values cannot stand inside a formula.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        values_from_json(obj)
    assert refused.value.sentence == sentence


def test_formulas_nest_up_to_a_limit_that_people_can_read() -> None:
    assert isinstance(values_from_json(nested(20)), Formula)
    with pytest.raises(RefusedDefinition, match="nested more than 20 levels deep"):
        values_from_json(nested(22))
