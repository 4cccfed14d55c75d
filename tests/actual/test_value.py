"""Aggregates: each by example at its borders, and the laws they keep."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import aggregate, last
from kpi_core.kpi import Aggregate

FROM_A_DISTRIBUTION = [how for how in Aggregate if how is not Aggregate.LAST]
numbers = st.fractions(max_denominator=100)


def of(how: Aggregate, *texts: str) -> Fraction | None:
    return aggregate(how, [(Fraction(text), 1) for text in texts])


OF_NOTHING = [
    (Aggregate.SUM, "0"),
    (Aggregate.COUNT, "0"),
    (Aggregate.COUNT_DIFFERENT, "0"),
    (Aggregate.AVERAGE, None),
    (Aggregate.MEDIAN, None),
    (Aggregate.MIN, None),
    (Aggregate.MAX, None),
    (Aggregate.NET_PROMOTER_SCORE, None),
]


@pytest.mark.parametrize(("how", "value"), OF_NOTHING)
def test_a_number_that_never_occurs_counts_nowhere(how: Aggregate, value: str | None) -> None:
    assert aggregate(how, [(Fraction(7), 0)]) == (None if value is None else Fraction(value))
    five = [(Fraction(5), 1), (Fraction(5), 1)]
    assert aggregate(how, [*five, (Fraction(-7), 0), (Fraction(17), 0)]) == aggregate(how, five)


@pytest.mark.parametrize(("how", "value"), OF_NOTHING)
def test_nothing_adds_up_to_zero_but_has_no_average(how: Aggregate, value: str | None) -> None:
    assert aggregate(how, []) == (None if value is None else Fraction(value))


def test_an_even_number_of_rows_has_its_median_between_the_middle_two() -> None:
    assert of(Aggregate.MEDIAN, "1", "2", "4", "9") == 3


def test_a_value_that_occurs_often_is_weighed_so() -> None:
    assert aggregate(Aggregate.AVERAGE, [(Fraction(2), 3), (Fraction(6), 1)]) == 3
    assert aggregate(Aggregate.COUNT, [(Fraction(2), 3), (Fraction(6), 1)]) == 4
    assert aggregate(Aggregate.COUNT_DIFFERENT, [(Fraction(2), 3), (Fraction(6), 1), (Fraction(6), 2)]) == 2


@pytest.mark.parametrize(
    ("answers", "score"), [("9 10", 100), ("8 7", 0), ("6 0", -100), ("9 8 7 6", 0), ("9 8.9 6.1", Fraction(100, 3))]
)
def test_promoters_begin_at_nine_and_detractors_end_at_six(answers: str, score: int) -> None:
    assert of(Aggregate.NET_PROMOTER_SCORE, *answers.split()) == score


def test_a_distribution_has_no_last_value() -> None:
    with pytest.raises(ValueError, match="no order in time"):
        of(Aggregate.LAST, "1")


def test_of_two_rows_on_the_newest_date_the_later_one_counts() -> None:
    rows = [(date(2025, 10, 31), Fraction(1)), (date(2025, 10, 31), Fraction(2)), (date(2025, 10, 30), Fraction(3))]
    assert last(rows) == 2
    assert last([]) is None


@given(st.lists(numbers, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(values: list[Fraction], random: object) -> None:
    shuffled = sorted(values, key=lambda _: random.random())  # type: ignore[attr-defined]
    for how in FROM_A_DISTRIBUTION:
        spread = aggregate(how, [(value, 1) for value in shuffled])
        assert aggregate(how, Counter(values).items()) == spread


@given(st.lists(numbers, min_size=1, max_size=30))
def test_values_agree_with_plain_arithmetic(values: list[Fraction]) -> None:
    pairs = Counter(values).items()
    assert aggregate(Aggregate.SUM, pairs) == sum(values)
    assert aggregate(Aggregate.AVERAGE, pairs) == sum(values) / len(values)
    assert aggregate(Aggregate.MEDIAN, pairs) == median(values)
    assert aggregate(Aggregate.MIN, pairs) == min(values)
    assert aggregate(Aggregate.MAX, pairs) == max(values)
