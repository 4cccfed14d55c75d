"""Where values come from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from kpi_core.definition import describe, values_from_json
from kpi_core.kpi import Aggregate, Typed
from tests.definition import made

if TYPE_CHECKING:
    from kpi_core.kpi import ValuesFrom

COUNT = {"kind": "measure", "source": "Orders", "aggregate": "count", "date": "Created at"}
VISITS = {"kind": "kpi", "name": "Visits"}
PAID = {"column": "Status", "values": ["paid", "refunded"]}


@pytest.mark.parametrize(
    ("obj", "words"),
    [
        (
            {
                **COUNT,
                "aggregate": "sum",
                "value": {"kind": "difference", "columns": ["Total", "Refunded"]},
                "where": [PAID, {"column": "Total", "test": "above", "values": [0]}],
                "segment": "Channel",
            },
            (
                "add up Total minus Refunded by Created at from Orders, where Status is paid or refunded, "
                "and Total is above 0, split by Channel"
            ),
        ),
        (COUNT, "count the rows by Created at from Orders"),
        (
            {**COUNT, "aggregate": "average", "value": {"kind": "elapsed", "columns": ["Opened", "Solved"]}},
            "average the time from Opened to Solved by Created at from Orders",
        ),
        (
            {**COUNT, "aggregate": "sum", "value": {"kind": "product", "columns": ["Price", "Quantity"]}},
            "add up Price times Quantity by Created at from Orders",
        ),
        (
            {
                **COUNT,
                "aggregate": "count different",
                "value": "E-mail",
                "where": [{"column": "E-mail", "test": "first time seen"}],
            },
            "count the different E-mail by Created at from Orders, where E-mail is seen for the first time",
        ),
        (
            {**COUNT, "where": [{"column": "E-mail", "test": "seen before"}, {"column": "Void", "test": "is empty"}]},
            "count the rows by Created at from Orders, where E-mail was seen before, and Void is empty",
        ),
        (
            {
                **COUNT,
                "where": [
                    {"column": "Type", "test": "is not", "values": ["payout"]},
                    {"column": "Id", "test": "is not empty"},
                    {"column": "Total", "test": "below", "values": [9.5]},
                ],
            },
            (
                "count the rows by Created at from Orders, where Type is not payout, and Id is not empty, and "
                "Total is below 9.5"
            ),
        ),
        (
            {**COUNT, "aggregate": "median", "value": "T"},
            "take the middle (median) of T by Created at from Orders",
        ),
        ({**COUNT, "aggregate": "min", "value": "T"}, "take the smallest T by Created at from Orders"),
        ({**COUNT, "aggregate": "max", "value": "T"}, "take the largest T by Created at from Orders"),
        ({**COUNT, "aggregate": "last", "value": "T"}, "take the last T by Created at from Orders"),
        (
            {**COUNT, "aggregate": "net promoter score", "value": "T"},
            "take the net promoter score of T by Created at from Orders",
        ),
        (
            {"kind": "formula", "formula": "ratio", "parts": [COUNT, VISITS], "times": 100},
            "(count the rows by Created at from Orders) divided by (the KPI Visits), times 100",
        ),
        (
            {"kind": "formula", "formula": "sum", "parts": [VISITS, VISITS]},
            "(the KPI Visits) plus (the KPI Visits)",
        ),
        (
            {"kind": "formula", "formula": "difference", "parts": [VISITS, VISITS]},
            "(the KPI Visits) minus (the KPI Visits)",
        ),
        (
            {"kind": "formula", "formula": "share", "parts": [VISITS, VISITS]},
            "(the KPI Visits) as percent of (the KPI Visits)",
        ),
        (
            {"kind": "formula", "formula": "growth", "parts": [VISITS], "on": "same period last year"},
            "growth of (the KPI Visits) on the same period last year, in percent",
        ),
        (
            {"kind": "formula", "formula": "growth", "parts": [VISITS], "on": "period before"},
            "growth of (the KPI Visits) on the period before, in percent",
        ),
    ],
)
def test_each_kind_of_values_reads_as_a_sentence_would(obj: object, words: str) -> None:
    assert describe(values_from_json(obj)) == words


@pytest.mark.parametrize(
    ("aggregate", "words"),
    [
        (Aggregate.SUM, "typed by hand; a longer period adds them up"),
        (Aggregate.AVERAGE, "typed by hand; a longer period averages them"),
        (Aggregate.MIN, "typed by hand; a longer period shows the smallest one"),
        (Aggregate.MAX, "typed by hand; a longer period shows the largest one"),
        (Aggregate.LAST, "typed by hand; a longer period shows the last one"),
        (Aggregate.MEDIAN, "typed by hand; a longer period cannot be made of them"),
    ],
)
def test_typed_values_say_how_they_add_up(aggregate: Aggregate, words: str) -> None:
    assert describe(Typed(aggregate)) == words


@given(made.values())
def test_every_kind_of_values_can_be_described(values: ValuesFrom) -> None:
    assert describe(values)


def test_a_name_with_an_asterisk_keeps_it() -> None:
    starred = {**COUNT, "aggregate": "sum", "value": "Total*", "source": "*Orders*"}
    assert describe(values_from_json(starred)) == "add up Total* by Created at from *Orders*"
