from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import Actual, CoverageState
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Cadence, Calendar, Period, Weekday
from kpi_core.target.spread import (
    Piece,
    Unusable,
    by_days,
    by_last_year,
    by_open_days,
    by_percentages,
    per_period,
    pieces_of,
    spread,
    unusable_text,
)

CALENDAR = Calendar(open_weekdays=frozenset({Weekday.SATURDAY}))
YEAR = CALENDAR.fiscal_year(date(2025, 1, 1))
QUARTERS = pieces_of(YEAR, Cadence.QUARTER, CALENDAR)
WEEKS = pieces_of(YEAR, Cadence.WEEK, CALENDAR)


def numbers(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


def last_year(*values: int | None, coverage: CoverageState = CoverageState.FULL) -> list[Actual]:
    partners = [CALENDAR.partner(piece.period) for piece in QUARTERS]
    return [
        Actual(partner, None if value is None else Fraction(value), coverage)
        for partner, value in zip(partners, values, strict=False)
    ]


def test_a_year_is_cut_at_its_own_ends_too() -> None:
    assert (WEEKS[0].start, WEEKS[0].period.start) == (date(2025, 1, 1), date(2024, 12, 30))
    assert (WEEKS[-1].end, WEEKS[-1].period.end) == (date(2026, 1, 1), date(2026, 1, 5))
    assert [piece.start for piece in QUARTERS] == [date(2025, month, 1) for month in (1, 4, 7, 10)]


def test_weights_by_days_and_by_open_weekdays() -> None:
    assert by_days(QUARTERS) == tuple(numbers(90, 91, 92, 92))
    assert by_open_days(QUARTERS, CALENDAR) == tuple(numbers(13, 13, 13, 13))


def test_percentages_are_taken_as_typed() -> None:
    assert by_percentages(QUARTERS, numbers(10, 20, 30, 40)) == tuple(numbers(10, 20, 30, 40))
    assert by_percentages(QUARTERS, numbers(0, 0, 0, 100)) == tuple(numbers(0, 0, 0, 100))


@pytest.mark.parametrize(
    ("percentages", "sentence", "hint"),
    [
        (numbers(10, 20, 30, 30), "The percentages make 90, not 100.", "Change them until they make 100."),
        (
            [Fraction("100.5"), *numbers(0, 0, 0)],
            "The percentages make 100.5, not 100.",
            "Change them until they make 100.",
        ),
        (numbers(50, 50), "There are 2 percentages for 4 periods.", "Give one for each period of the year."),
        (
            numbers(-10, 50, 30, 30),
            "A period cannot have less than 0 % of the year.",
            "Give 0 where nothing is expected.",
        ),
    ],
)
def test_percentages_that_do_not_fit_are_refused(percentages: list[Fraction], sentence: str, hint: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        by_percentages(QUARTERS, percentages)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)


class TestLastYear:
    def test_its_values_are_the_weights_and_0_is_not_missing(self) -> None:
        assert by_last_year(QUARTERS, last_year(1, 2, 0, 3)) == tuple(numbers(1, 2, 0, 3))

    def test_a_period_that_the_year_cuts_counts_by_its_days_inside(self) -> None:
        partners = [Actual(CALENDAR.partner(each.period), Fraction(7), CoverageState.FULL) for each in WEEKS]
        weights = by_last_year(WEEKS, partners)
        assert not isinstance(weights, Unusable)
        assert (weights[0], weights[1], weights[-1]) == (Fraction(5), Fraction(7), Fraction(3))

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            (last_year(1, 2, None, 3), Unusable.MISSING),
            (last_year(1, 2, 3), Unusable.MISSING),
            (last_year(1, 2, 3, 4, coverage=CoverageState.PARTLY), Unusable.PARTIAL),
            (last_year(1, 2, -3, 4), Unusable.NEGATIVE),
            (last_year(1, 2, -1, 4), Unusable.NEGATIVE),
            (last_year(0, 0, 0, 0), Unusable.NOTHING),
        ],
    )
    def test_a_year_that_gives_no_shape_says_why(self, values: list[Actual], why: Unusable) -> None:
        assert by_last_year(QUARTERS, values) is why

    @pytest.mark.parametrize(
        ("why", "said"),
        [
            (Unusable.MISSING, "Last year lacks a period"),
            (Unusable.PARTIAL, "A period of last year is only partly covered by data"),
            (Unusable.NEGATIVE, "A period of last year is negative, and has no share"),
            (Unusable.NOTHING, "Last year is 0 throughout"),
        ],
    )
    def test_and_even_by_days_is_offered(self, why: Unusable, said: str) -> None:
        assert unusable_text(why) == f"{said}, so the year cannot follow it. Spread it even by days instead?"


class TestSpread:
    def test_the_largest_remainders_get_what_is_left(self) -> None:
        parts = spread(Fraction(10), by_days(QUARTERS), 2)
        assert [str(float(part)) for part in parts] == ["2.47", "2.49", "2.52", "2.52"]

    def test_of_equal_remainders_the_earlier_one(self) -> None:
        assert spread(Fraction(10), numbers(1, 1, 1, 1), 0) == tuple(numbers(3, 3, 2, 2))

    def test_a_year_without_weight_is_refused(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            spread(Fraction(10), numbers(0, 0), 0)
        assert refused.value.sentence == "No day of the year can carry a part of the total."
        assert refused.value.hint == "Spread it even by days."

    def test_a_total_finer_than_its_parts_is_refused(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            spread(Fraction("10.005"), numbers(1, 1), 2)
        assert refused.value.sentence == "The total is finer than the smallest unit that its parts can have."
        assert refused.value.hint == "Give it with 2 decimals at most."

    @given(st.integers(-(10**9), 10**9), st.lists(st.fractions(0, 1000), min_size=1, max_size=60), st.integers(0, 3))
    def test_the_parts_make_the_total_and_none_is_a_unit_off(
        self, units: int, weights: list[Fraction], digits: int
    ) -> None:
        if not any(weights):
            return
        total = Fraction(units, 10**digits)
        parts = spread(total, weights, digits)
        assert sum(parts) == total
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / sum(weights)) < Fraction(1, 10**digits)

    def test_a_week_across_two_years_adds_both(self) -> None:
        before = pieces_of(CALENDAR.fiscal_year(date(2024, 6, 1)), Cadence.WEEK, CALENDAR)
        parted: list[tuple[Piece, Fraction]] = [(before[-1], Fraction(2)), (WEEKS[0], Fraction(3))]
        assert per_period(parted) == {Period(date(2024, 12, 30), date(2025, 1, 6), Cadence.WEEK): Fraction(5)}
