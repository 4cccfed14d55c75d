from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.unit import half_up
from kpi_core.unit.rounding import steps_of


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("2.25", 1, "2.3"),
        ("-2.25", 1, "-2.3"),
        ("2.2499", 1, "2.2"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("-0.4", 0, "0"),
        ("2", 3, "2.000"),
        ("123456789012345678901234567890.5", 0, "123456789012345678901234567891"),
    ],
)
def test_half_goes_away_from_zero(value: str, digits: int, rounded: str) -> None:
    assert str(half_up(Fraction(value), digits)) == rounded


@given(st.fractions(), st.integers(0, 6))
def test_the_rounded_number_is_the_nearest_one(value: Fraction, digits: int) -> None:
    rounded = half_up(value, digits)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 2 * 10**digits)
    assert Fraction(rounded) == -Fraction(half_up(-value, digits))
    assert rounded.as_tuple().exponent == -digits


@given(st.fractions(), st.fractions(min_value="1/1000", max_value=1000))
def test_steps_are_counted_to_the_nearest(value: Fraction, step: Fraction) -> None:
    assert abs(steps_of(value, step) * step - value) <= step / 2


def test_a_decimal_is_exact() -> None:
    assert half_up(Fraction(1, 3), 6) == Decimal("0.333333")
