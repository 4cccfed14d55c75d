"""Amounts of another unit or sign than before, as the sentences an owner reads."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual.jumps import Jump, check_months, check_stored, jump_of, turned

AMOUNTS = st.lists(st.fractions(-1000, 1000, max_denominator=100), max_size=30)


def money(*amounts: float | str) -> list[Fraction]:
    return [Fraction(str(amount)) for amount in amounts]


USUAL = money(10, "12.50", 14, 9, 11)


def texts(stored: Sequence[Fraction], amounts: Sequence[Fraction]) -> list[str]:
    checks = check_stored("Total", stored, amounts)
    assert all(not check.ok for check in checks)
    return [check.text for check in checks]


def test_cents_after_whole_units_and_the_other_way_round() -> None:
    cents = [each * 100 for each in USUAL]
    assert texts(USUAL, cents) == [
        (
            '"Total" is about 100 times what is stored, typically 1100 instead of 11: is this file in cents, what is '
            "stored not?"
        )
    ]
    assert texts(cents, USUAL) == [
        (
            '"Total" is about 1/100 of what is stored, typically 11 instead of 1100: is what is stored in cents, this '
            "file not?"
        )
    ]
    assert texts(USUAL, [each * 1000 for each in USUAL]) == [
        '"Total" is about 1000 times what is stored, typically 11000 instead of 11: is one of the two in another unit?'
    ]


@pytest.mark.parametrize(("times", "jumps"), [(10, False), ("10.1", True), ("0.1", False), ("0.099", True)])
def test_ten_times_is_the_border(times: float | str, jumps: bool) -> None:  # noqa: FBT001
    assert (jump_of(money(2, 2, 2), [2 * Fraction(str(times))]) is not None) == jumps


@pytest.mark.parametrize(("times", "cents"), [("69.99", False), (70, True), (140, True), ("140.01", False)])
def test_seventy_to_a_hundred_and_forty_times_are_cents(times: float | str, cents: bool) -> None:  # noqa: FBT001
    number = Fraction(str(times))
    assert Jump(Fraction(1), number).is_hundred == Jump(number, Fraction(1)).is_hundred == cents


def test_the_middle_amounts_are_compared_the_lower_of_two() -> None:
    assert jump_of(money(*range(1, 10)), money(*range(1000, 10000, 1000))) == Jump(Fraction(5), Fraction(5000))
    assert jump_of(money(1, 2, 3, 4), money(1000, 2000, 3000, 4000)) == Jump(Fraction(2), Fraction(2000))


def test_three_quarters_lie_beyond_three_quarters() -> None:
    now = money(*[100] * 9)
    assert jump_of(money(*[1] * 7, 500, 500), now) is not None
    assert jump_of(money(*[1] * 6, 500, 500, 500), now) is None
    assert jump_of(now, money(*[1] * 7, 500, 500)) is not None
    assert jump_of(now, money(*[1] * 6, 500, 500, 500)) is None


def test_a_few_large_amounts_among_small_ones_are_no_jump() -> None:
    assert jump_of(money(1, 1, 1, 500), money(20, 400, 600)) is None
    assert jump_of(money(1, 2, 3), money(50)) is not None
    assert jump_of(money(1, 2), money(500)) is None
    assert jump_of(money(0, 0, 0, 1), money(500)) is None
    assert jump_of(USUAL, money(0, 0)) is None


def test_a_sign_that_turned_is_said_and_a_mixture_is_not() -> None:
    assert texts(USUAL, [-each for each in USUAL]) == [
        '"Total" is mostly below 0 in this file and mostly above 0 in what is stored: is its sign turned?'
    ]
    assert texts([-each for each in USUAL], USUAL) == [
        '"Total" is mostly above 0 in this file and mostly below 0 in what is stored: is its sign turned?'
    ]
    assert not turned(money(3, 3, 3, -3), money(-1, -1, "1.1"))
    assert turned(money(3, 3, 3, -3), money(-3, 1))
    assert not turned(money(3, 3, 3, -3), money(-3, "1.01"))
    assert not turned(money(3, 3), money(-3))


def test_months_of_a_file_whose_unit_changes() -> None:
    cents = [each * 100 for each in USUAL]
    months = [("January 2026", USUAL), ("February 2026", USUAL), ("March 2026", cents), ("April 2026", cents)]
    assert [check.text for check in check_months("Total", months)] == [
        (
            '"Total" is about 100 times what it was before from March 2026 on, typically 1100 instead of 11: did its '
            "unit change?"
        )
    ]
    assert check_months("Total", months[:2]) == ()
    few = [("January 2026", USUAL), ("February 2026", cents[:4]), ("March 2026", USUAL)]
    assert check_months("Total", few) == ()


@given(AMOUNTS, AMOUNTS)
def test_a_jump_seen_from_the_other_side_is_one_too(before: list[Fraction], now: list[Fraction]) -> None:
    if len([each for each in now if each]) >= 3 and len([each for each in before if each]) >= 3:
        assert (jump_of(before, now) is None) == (jump_of(now, before) is None)
        assert turned(before, now) == turned(now, before)


@given(AMOUNTS, st.fractions("1/20", 20))
def test_nothing_jumps_against_itself(amounts: list[Fraction], times: Fraction) -> None:
    moved = [each * times for each in amounts]
    assert not turned(amounts, moved)
    if 1 / Fraction(10) <= times <= 10:
        assert jump_of(amounts, moved) is None
