"""Numbers, days and members of JSON objects: exact, and refused with their place."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from kpi_core.definition.fields import (
    LARGEST,
    Fields,
    Place,
    day_from_json,
    key_of,
    number_from_json,
    number_text,
    number_to_json,
)
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from tests.definition.made import NUMBERS

HERE = Place("target")


@given(NUMBERS)
def test_a_number_comes_back_exactly_through_the_text_of_a_json_file(number: Fraction) -> None:
    written = json.dumps(number_to_json(number))
    assert number_from_json(json.loads(written), HERE) == number
    assert number_from_json(json.loads(written, parse_float=Decimal), HERE) == number


@given(NUMBERS)
def test_the_exact_text_of_a_number_is_that_number(number: Fraction) -> None:
    assert Fraction(number_text(number)) == number
    assert number_from_json(number_text(number), HERE) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (3.2, Fraction(16, 5)),
        ("3.2", Fraction(16, 5)),
        (Decimal("3.20"), Fraction(16, 5)),
        (" -500000 ", Fraction(-500000)),
        ("1/3", Fraction(1, 3)),
        (LARGEST - 1, Fraction(LARGEST - 1)),
    ],
)
def test_a_number_is_taken_as_it_is_written(written: object, number: Fraction) -> None:
    assert number_from_json(written, HERE) == number


@pytest.mark.parametrize(
    "written",
    [
        *(True, None, "500 000", "1,234", "3 %", "", "1/0", "0x10", "1e3", "٣"),
        *(float("nan"), float("inf"), Decimal("1e999999999"), 10**30, -(10**30), [], {}),
    ],
)
def test_what_is_no_plain_number_is_refused(written: object) -> None:
    with pytest.raises(RefusedDefinition, match=r"^target: .* is not a number that can be used; write it like 500000"):
        number_from_json(written, HERE)


def test_a_long_decimal_stays_exact_as_text() -> None:
    number = Fraction("123456789012345678.25")
    assert number_to_json(number) == "123456789012345678.25"
    assert number_to_json(Fraction(1, 3)) == "1/3"


def test_a_month_stands_for_its_first_day() -> None:
    assert day_from_json("2026-10", HERE) == day_from_json("2026-10-01", HERE) == date(2026, 10, 1)


@pytest.mark.parametrize("written", ["2026-02-30", "31.10.2026", "2026", 20261031, None, "2026-10-01T00:00"])
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(RefusedDefinition, match="is not a day; write it like 2026-10-31"):
        day_from_json(written, HERE)


def refusal_of(fields: Fields) -> str:
    with pytest.raises(RefusedDefinition) as refused:
        fields.close()
    return refused.value.sentence


def test_a_slip_in_a_member_is_refused_with_what_was_meant() -> None:
    fields = Fields({"directon": "up"}, Place("kpis[2] 'Revenue'"))
    fields.choice_or_none("direction", Direction)
    assert refusal_of(fields) == ('kpis[2] \'Revenue\': "directon" is not known here; did you mean "direction"?')


def test_a_member_that_is_like_nothing_known_is_refused_with_what_is_known() -> None:
    fields = Fields({"xyz": 1}, HERE)
    fields.text("name")
    assert refusal_of(fields) == 'target: "xyz" is not known here; known are name.'


def test_null_counts_as_not_given() -> None:
    fields = Fields({"name": None, "xyz": None}, HERE)
    assert fields.text("name", "usual") == "usual"
    fields.close()


def test_an_unknown_choice_names_the_choices() -> None:
    with pytest.raises(RefusedDefinition) as refused:
        Fields({"direction": "sideways"}, HERE).choice("direction", Direction)
    assert refused.value.sentence == 'target, direction: "sideways" is not known; choose one of up, down, range.'


def test_a_choice_may_be_written_in_capitals() -> None:
    assert Fields({"direction": " UP "}, HERE).choice("direction", Direction) is Direction.UP


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ("text", 'target: "text" stands where an object in braces is needed.'),
        ([1], "target: a list stands where an object in braces is needed."),
        (None, "target: nothing stands where an object in braces is needed."),
        ("x" * 50, f'target: "{"x" * 40}..." stands where an object in braces is needed.'),
    ],
)
def test_what_is_no_object_is_refused(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        Fields(obj, HERE)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({}, 'target: "name" is missing.'),
        ({"name": "  "}, 'target: "name" is empty.'),
        ({"name": 7}, "target, name: 7 is not a text in quotes."),
    ],
)
def test_a_needed_text_that_is_not_there_is_refused(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        Fields(obj, HERE).text("name", None)
    assert refused.value.sentence == sentence


def test_the_wrong_kind_of_member_is_refused() -> None:
    fields = Fields({"a": "yes", "b": 2.5, "c": "x", "d": [], "e": [True]}, HERE)
    with pytest.raises(RefusedDefinition, match='target, a: "yes" is neither true nor false'):
        fields.flag("a")
    with pytest.raises(RefusedDefinition, match=r"target, b: 2\.5 is not a whole number"):
        fields.whole("b")
    with pytest.raises(RefusedDefinition, match='target, c: "x" stands where a list in brackets is needed'):
        fields.items("c")
    with pytest.raises(RefusedDefinition, match="target, d: a list stands where an object in braces is needed"):
        fields.pairs("d")
    with pytest.raises(RefusedDefinition, match=r"target, e\[0\]: true is not a text in quotes"):
        fields.texts("e")


def test_a_place_leads_into_members_and_items() -> None:
    place = Place("", "kpis").item(2).named("Revenue").at("values").at("parts").item(0)
    assert str(place) == "kpis[2] 'Revenue', values.parts[0]"


def test_names_differ_by_more_than_case_and_blanks() -> None:
    assert key_of(" Monthly  REVENUE ") == key_of("monthly revenue")
    assert key_of("revenue") != key_of("revenues")
