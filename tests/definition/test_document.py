"""The whole document: exact round trips, and refusals that say where."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings

from kpi_core.definition import (
    Document,
    SourceDefinition,
    document_from_json,
    document_from_text,
    document_to_json,
    document_to_text,
)
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Goal, Kpi, TypedValue
from kpi_core.target import TargetHistory
from tests.definition import made

REVENUE = {"name": "Monthly Revenue", "unit": "currency:SEK", "direction": "up"}


@settings(max_examples=30)
@given(made.documents())
def test_a_document_written_is_read_back_the_same(document: Document) -> None:
    assert document_from_json(document_to_json(document)) == document
    assert document_from_text(document_to_text(document)) == document


def test_numbers_of_a_file_are_exact() -> None:
    text = '{"kpis": [{"name": "Rate", "unit": "percent", "direction": "up", "target": 3.1000000000000000000001}]}'
    target = document_from_text(text).history("Rate").rows[0]
    assert target.value == Fraction("3.1000000000000000000001")


def test_an_empty_document_defines_nothing() -> None:
    assert document_from_json({}) == Document()
    assert document_to_json(Document()) == {}


def test_a_goal_may_be_just_its_name_and_a_source_too() -> None:
    read = document_from_json({"goals": ["More regulars", {"name": "Less waste"}], "sources": [{"name": "Orders"}]})
    assert read.goals == (Goal("More regulars"), Goal("Less waste"))
    assert read.sources == (SourceDefinition("Orders", None),)


def test_typed_values_name_their_kpi_and_a_day_of_their_period() -> None:
    typed = {"kpi": "Rate", "period": "2026-10", "numerator": 2, "denominator": 4, "segment": "web", "note": "by hand"}
    assert document_from_json({"typed_values": [typed]}).typed_values == (
        TypedValue("Rate", date(2026, 10, 1), None, "web", Fraction(2), Fraction(4), "by hand"),
    )


def test_a_kpi_without_target_has_an_empty_history() -> None:
    read = document_from_json({"kpis": [REVENUE]})
    assert read.targets == {}
    assert read.history("Monthly Revenue") == TargetHistory()
    assert isinstance(read.kpis[0], Kpi)


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ([], "the document: a list stands where an object in braces is needed."),
        ({"kpi": []}, 'the document: "kpi" is not known here; did you mean "kpis"?'),
        ({"kpis": {}}, "the document, kpis: an object stands where a list in brackets is needed."),
        ({"kpis": [REVENUE, {"unit": "count"}]}, 'kpis[1]: "name" is missing.'),
        ({"kpis": [{**REVENUE, "direction": "range", "target": 500000}]}, "kpis[0] 'Monthly Revenue', target: One num"),
        (
            {"kpis": [{**REVENUE, "target": 5, "targets": [6]}]},
            'kpis[0] \'Monthly Revenue\': give "target" or "targets", not both.',
        ),
        (
            {"kpis": [{**REVENUE, "targets": [5, {"value": "x"}]}]},
            "kpis[0] 'Monthly Revenue', targets[1].value: \"x\" is not a number that can be used",
        ),
        (
            {"kpis": [{**REVENUE, "exceptions": [{"period": "2026-07", "value": 1}]}]},
            "kpis[0] 'Monthly Revenue', exceptions[0]: \"reason\" is missing.",
        ),
        ({"goals": [" "]}, 'goals[0]: " " stands where an object in braces is needed.'),
        ({"sources": [{"name": "Orders", "recipe": {}}]}, "sources[0] 'Orders', recipe: \"name\" is missing."),
        ({"typed_values": [{"kpi": "Rate", "value": 1}]}, 'typed_values[0]: "period" is missing: a day of the period'),
        ({"typed_values": [{"kpi": "Rate", "period": "2026-10"}]}, 'typed_values[0]: "value" is missing; leave the'),
        (
            {"typed_values": [{"kpi": "Rate", "period": "2026-10", "value": 5, "numerator": 2}]},
            "typed_values[0]: a numerator and its denominator come together.",
        ),
        ({"business": {"currency": "kr"}}, "business: "),
    ],
)
def test_a_refusal_says_where_and_what(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        document_from_json(obj)
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"kpis": [}', "This is no JSON: line 1, column 11: Expecting value."),
        ("", "This is no JSON: line 1, column 1: Expecting value."),
        ('{"kpis": NaN}', "NaN is not a number that can be used."),
        ('{"kpis": [], "kpis": []}', '"kpis" is given twice in the same object.'),
        ("[" * 100_000, "This JSON cannot be read: a number is too long or it is nested too deeply."),
        ('{"kpis": ' + "9" * 5000 + "}", "This JSON cannot be read: a number is too long or it is nested too deeply."),
    ],
)
def test_a_file_that_is_no_json_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        document_from_text(text)
    assert refused.value.sentence == sentence
