from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.target.relative import relative_value


@pytest.mark.parametrize(
    ("base", "change", "target"),
    [("50000", "20", "60000"), ("200", "-10", "180"), ("0.01", "0", "0.01"), ("40", "-100", "0")],
)
def test_last_years_value_is_raised_or_lowered(base: str, change: str, target: str) -> None:
    assert relative_value(Fraction(base), Fraction(change)) == Fraction(target)


@pytest.mark.parametrize("base", [None, Fraction(0), Fraction(-1, 100)])
def test_without_a_base_above_0_there_is_no_target(base: Fraction | None) -> None:
    assert relative_value(base, Fraction(20)) is None


@given(st.fractions(min_value="1/100", max_value=1000), st.fractions(1, 100))
def test_up_is_more_and_down_is_less(base: Fraction, change: Fraction) -> None:
    more, less = relative_value(base, change), relative_value(base, -change)
    assert more is not None
    assert less is not None
    assert less < base < more
    assert more + less == 2 * base
