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


@pytest.mark.parametrize(
    ("small", "large", "jumps"),
    [
        # The middle of the large ones counts, not their upper quarter
        (money(1, 1, 1, 1), money(5, 5, 20, 20), False),
        # Nor the upper quarter of the small ones
        (money(1, 1, 2, 2), money(15, 15, 15, 15), True),
        # Nor the lower quarter of either
        (money(1, 1, 1), money(5, 5, 50, 50, 50), True),
        (money(1, 1, 2, 2, 2), money(15, 15, 15, 15, 15), False),
        # One odd amount below the lower quarter does not hide a jump
        (money(1, 1, 1, 1), money(1, 50, 50, 50, 50), True),
        # Where the quarters only touch there is none
        (money(1, 1, 30), money(30, 30, 30), False),
    ],
)
def test_which_of_the_ordered_amounts_are_compared(small: list[Fraction], large: list[Fraction], jumps: bool) -> None:  # noqa: FBT001
    assert (jump_of(small, large) is not None) == (jump_of(large, small) is not None) == jumps


def test_times_are_said_in_one_figure() -> None:
    assert Jump(Fraction(1), Fraction(37)).said == "about 40 times"
    assert Jump(Fraction(1234), Fraction(1)).said == "about 1/1000 of"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.0000456", "0.000046"), ("0.00993", "0.0099"), ("0.01", "0.01"), ("0.016", "0.02"), ("1.005", "1"), (10, "10")],
)
def test_amounts_of_a_warning_have_two_decimals_or_two_figures(amount: float | str, shown: str) -> None:
    [text] = texts(money(5000, 5000, 5000), money(amount))
    assert f"typically {shown} instead of 5000" in text


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
    assert texts(USUAL, money(-12, -9, 7)) == [
        '"Total" is mostly below 0 in this file and mostly above 0 in what is stored: is its sign turned?'
    ]


@pytest.mark.parametrize("sign", [1, -1])
def test_three_quarters_on_the_other_side_are_a_turned_sign(sign: int) -> None:
    def is_turned(before: Sequence[float | str], now: Sequence[float | str]) -> bool:
        return turned([sign * each for each in money(*before)], [sign * each for each in money(*now)])

    assert is_turned([3, 3, 3, -3], [-3, 1])
    assert not is_turned([3, 3, 3, -3], [-1, -1, "1.1"])
    assert not is_turned([3, 3, 3, -3], [-3, "1.01"])
    assert not is_turned([3, 3, 3, -3], [0, 0])
    assert is_turned([3, 3], [-3]) is False


def test_months_of_a_file_whose_unit_changes() -> None:
    cents = [each * 100 for each in USUAL]
    months = [("January 2026", USUAL), ("February 2026", USUAL), ("March 2026", cents), ("April 2026", cents)]
    [check] = check_months("Total", months)
    assert not check.ok
    assert check.text == (
        '"Total" is about 100 times what it was before from March 2026 on, typically 1100 instead of 11: did its '
        "unit change?"
    )
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
