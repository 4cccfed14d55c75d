"""Renaming a KPI or a source in every definition that names it."""

from __future__ import annotations

from dataclasses import replace

from kpi_core.definition import (
    describe,
    document_from_json,
    kpi_from_json,
    spelled,
    with_kpi_renamed,
    with_source_renamed,
)

COUNT = {"kind": "measure", "source": "Orders", "aggregate": "count"}
SALES = {"kind": "kpi", "name": "Sales"}
SHARE = {"kind": "formula", "formula": "share", "parts": [SALES, COUNT]}
RATE = kpi_from_json(
    {
        "name": "Rate",
        "unit": "percent",
        "direction": "up",
        "values": {"kind": "formula", "formula": "sum", "parts": [SHARE, {"kind": "kpi", "name": "Orders"}]},
        "counter_measure": "sales",
    }
)


def test_a_kpi_is_renamed_in_nested_formulas_and_as_counter_measure() -> None:
    renamed = with_kpi_renamed(RATE, " SALES", "Revenue")
    assert describe(renamed.values) == (
        "((the KPI Revenue) as percent of (count the rows from Orders)) plus (the KPI Orders)"
    )
    assert renamed.counter_measure == "Revenue"


def test_a_source_is_renamed_where_rows_are_taken_from_it_and_a_kpi_of_its_name_is_not() -> None:
    renamed = with_source_renamed(RATE, "orders", "Shop")
    assert describe(renamed.values) == (
        "((the KPI Sales) as percent of (count the rows from Shop)) plus (the KPI Orders)"
    )


def test_what_names_neither_stays_as_it_is() -> None:
    assert with_kpi_renamed(RATE, "Costs", "Spending") == RATE
    assert with_source_renamed(RATE, "Costs", "Spending") == RATE


def test_what_a_kpi_names_is_written_as_the_things_write_themselves() -> None:
    document = document_from_json(
        {
            "goals": ["Grow"],
            "sources": [{"name": "ORDERS"}],
            "kpis": [{"name": "SALES", "unit": "count", "direction": "up"}],
        }
    )
    written = spelled(replace(RATE, goal="grow"), document)
    assert written.goal == "Grow"
    assert written.counter_measure == "SALES"
    assert describe(written.values) == (
        "((the KPI SALES) as percent of (count the rows from ORDERS)) plus (the KPI Orders)"
    )
