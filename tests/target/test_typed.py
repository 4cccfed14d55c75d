"""A number as it is typed into a target: a level or a change; a minus is asked about."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.target.typed import BELOW, LESS, TypedNumber, change_text, read_number
from kpi_core.unit import NumberStyle, Unit, UnitKind

STYLE = NumberStyle("en_US")
COUNT = Unit(UnitKind.COUNT)


@pytest.mark.parametrize(
    ("text", "meant", "found"),
    [
        ("", None, TypedNumber()),
        (" 700 ", None, TypedNumber(level=Fraction(700))),
        ("+700", None, TypedNumber(change=Fraction(700))),
        ("-3", LESS, TypedNumber(change=Fraction(-3))),
        ("\u22123", BELOW, TypedNumber(level=Fraction(-3))),
        ("-0", None, TypedNumber(level=Fraction(0))),
        ("700", LESS, TypedNumber(level=Fraction(700))),
    ],
)
def test_a_number_is_a_level_or_a_change(text: str, meant: str | None, found: TypedNumber) -> None:
    assert read_number(text, COUNT, STYLE, meant) == found


def test_so_much_more_is_typed_in_any_unit() -> None:
    longer = TypedNumber(change=Fraction(5400))
    assert read_number("+1:30", Unit(UnitKind.DURATION), STYLE) == longer
    assert read_number("+ 1 h 30 min", Unit(UnitKind.DURATION), STYLE) == longer


@pytest.mark.parametrize("text", ["-3", "-1", "-0.5"])
def test_what_a_minus_means_is_asked_and_never_guessed(text: str) -> None:
    with pytest.raises(RefusedDefinition, match=f'Is "{text}" so much less than now, or a number below zero'):
        read_number(text, COUNT, STYLE)


@given(st.integers(-(10**6), 10**6).filter(bool), st.sampled_from(["en_US", "sv_SE", "de_DE"]))
def test_a_change_that_is_written_is_read_again(change: int, locale: str) -> None:
    style = NumberStyle(locale)
    written = change_text(Fraction(change), COUNT, style)
    assert written[0] in "+-"
    assert read_number(written, COUNT, style, LESS) == TypedNumber(change=Fraction(change))


@pytest.mark.parametrize(("change", "text"), [("-1", "-1"), ("-1/2", "-0.5"), ("0", "+0"), ("1", "+1")])
def test_a_change_has_its_sign(change: str, text: str) -> None:
    assert change_text(Fraction(change), COUNT, STYLE) == text
