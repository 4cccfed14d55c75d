from __future__ import annotations

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.unit import NumberStyle, Unit, UnitKind, axis_value
from ui.axis import MOST, round_ticks

STYLE = NumberStyle("en_US")
NUMBERS = st.fractions(Fraction(-(10**9)), Fraction(10**9), max_denominator=1000)


def in_percent(value: Fraction) -> str:
    return axis_value(value, Unit(UnitKind.PERCENT), STYLE)


@given(NUMBERS, NUMBERS, st.booleans())
def test_ticks_are_few_inside_and_evenly_spaced(first: Fraction, second: Fraction, clock: bool) -> None:  # noqa: FBT001
    low, high = min(first, second), max(first, second)
    ticks = round_ticks(low, high, str, clock=clock)
    assert len(ticks) <= MOST
    assert all(low <= tick <= high for tick in ticks)
    assert len({after - before for before, after in itertools.pairwise(ticks)}) <= 1


@given(NUMBERS, st.fractions(Fraction(1, 1000), Fraction(10**9), max_denominator=1000))
def test_there_are_at_least_two_ticks_where_the_numbers_can_be_told_apart(low: Fraction, span: Fraction) -> None:
    assert len(round_ticks(low, low + span, str)) >= 2


def test_ticks_that_would_read_the_same_are_spread_further() -> None:
    ticks = round_ticks(Fraction(3), Fraction(16, 5), in_percent)
    assert [in_percent(tick) for tick in ticks] == ["3%", "3.1%", "3.2%"]


def test_seconds_are_spread_by_the_clock() -> None:
    assert round_ticks(Fraction(4 * 3600), Fraction(8 * 3600), str, clock=True) == [
        Fraction(hour * 3600) for hour in (4, 5, 6, 7, 8)
    ]


def test_one_number_is_its_own_tick() -> None:
    assert round_ticks(Fraction(5), Fraction(5), str) == [5]
