"""Typed values: they win, they need all their parts, and an average says what it is of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import Actual, CoverageState, of_typed, of_typed_parts, parts_of, typed_over
from kpi_core.actual.typed import value_of
from kpi_core.kpi import Aggregate, Typed, TypedValue
from kpi_core.period import Cadence, Calendar, Period

CALENDAR = Calendar()
QUARTER = CALENDAR.period(Cadence.QUARTER, date(2025, 10, 1))
OCTOBER = CALENDAR.period(Cadence.MONTH, date(2025, 10, 1))
HUNDRED = Fraction(100)


def typed(month: int, text: str | None, parts: tuple[int, int] | None = None) -> TypedValue:
    value = None if text is None else Fraction(text)
    above, below = (None, None) if parts is None else (Fraction(parts[0]), Fraction(parts[1]))
    return TypedValue("Sales", date(2025, month, 1), value, "", above, below)


def quarter(how: Aggregate, *values: TypedValue) -> Actual:
    by_start: Mapping[date, TypedValue] = {each.period_start: each for each in values}
    parts = parts_of(QUARTER, Cadence.MONTH, CALENDAR)
    return of_typed_parts(Typed(how), by_start, QUARTER, parts, HUNDRED)


@pytest.mark.parametrize(
    ("how", "value", "label"),
    [
        (Aggregate.SUM, 12, ""),
        (Aggregate.COUNT, 12, ""),
        (Aggregate.AVERAGE, 4, "average of months"),
        (Aggregate.MIN, 1, ""),
        (Aggregate.MAX, 6, ""),
        (Aggregate.LAST, 5, ""),
    ],
)
def test_months_make_a_quarter_by_the_kpis_own_aggregate(how: Aggregate, value: int, label: str) -> None:
    actual = quarter(how, typed(12, "5"), typed(10, "6"), typed(11, "1"))
    assert actual == Actual(QUARTER, Fraction(value), CoverageState.FULL, typed=True, label=label)


@pytest.mark.parametrize("how", [Aggregate.MEDIAN, Aggregate.COUNT_DIFFERENT, Aggregate.NET_PROMOTER_SCORE])
def test_what_needs_its_rows_is_never_made_of_typed_values(how: Aggregate) -> None:
    actual = quarter(how, typed(10, "6"), typed(11, "1"), typed(12, "5"))
    assert actual.value is None
    assert actual.reason == f"a {how.value} cannot be made of typed values: it needs the rows"


@pytest.mark.parametrize("ratio", [False, True])
def test_one_part_is_enough_where_there_is_one(ratio: bool) -> None:  # noqa: FBT001
    value = typed(10, None, (1, 4)) if ratio else typed(10, "6")
    made = of_typed_parts(Typed(Aggregate.SUM), {OCTOBER.start: value}, OCTOBER, [OCTOBER])
    assert made == Actual(OCTOBER, Fraction(1, 4) if ratio else Fraction(6), CoverageState.FULL, typed=True)
    assert value_of(value) == made.value


def test_a_missing_part_leaves_the_longer_period_partly_covered() -> None:
    two = quarter(Aggregate.SUM, typed(10, "6"), typed(11, "1"))
    assert two == Actual(QUARTER, None, CoverageState.PARTLY, data_until=date(2025, 11, 30), typed=True)
    hole = quarter(Aggregate.SUM, typed(10, "6"), typed(12, "1"))
    assert hole.data_until == date(2025, 10, 31)
    late = quarter(Aggregate.SUM, typed(11, "6"))
    assert (late.coverage, late.data_until) == (CoverageState.PARTLY, None)
    assert quarter(Aggregate.SUM).coverage is CoverageState.NONE


def test_typed_parts_of_a_ratio_are_divided_once() -> None:
    actual = quarter(Aggregate.AVERAGE, typed(10, None, (2, 4)), typed(11, "2", (2, 100)), typed(12, None, (0, 0)))
    assert actual.value == Fraction(400, 104)
    assert not actual.label


def test_one_month_without_parts_makes_the_average_of_months() -> None:
    actual = quarter(Aggregate.AVERAGE, typed(10, None, (1, 4)), typed(11, "5"), typed(12, "6"))
    assert actual.value == 12
    assert actual.label == "average of months"


def test_a_denominator_of_zero_gives_no_value_and_says_why() -> None:
    zeros = quarter(Aggregate.AVERAGE, *(typed(month, None, (1, 0)) for month in (10, 11, 12)))
    assert (zeros.coverage, zeros.value, zeros.reason) == (CoverageState.FULL, None, "nothing to divide by")
    one = quarter(Aggregate.AVERAGE, typed(10, None, (1, 0)), typed(11, "5"), typed(12, "6"))
    assert (one.value, one.reason) == (None, "nothing to divide by")
    assert of_typed(typed(10, None, (1, 0)), OCTOBER).reason == "nothing to divide by"


def test_a_week_counts_where_its_last_day_lies() -> None:
    weeks = parts_of(OCTOBER, Cadence.WEEK, CALENDAR)
    assert (weeks[0].start, weeks[-1].last_day) == (date(2025, 9, 29), date(2025, 10, 26))
    november = CALENDAR.period(Cadence.MONTH, date(2025, 11, 1))
    assert parts_of(november, Cadence.WEEK, CALENDAR)[0].start == date(2025, 10, 27)
    # The last week of January 2026 ends on 1 February, a Sunday
    january, february = (CALENDAR.period(Cadence.MONTH, date(2026, month, 1)) for month in (1, 2))
    assert parts_of(january, Cadence.WEEK, CALENDAR)[-1].last_day == date(2026, 1, 25)
    assert parts_of(february, Cadence.WEEK, CALENDAR)[0].last_day == date(2026, 2, 1)


def test_a_typed_value_wins_and_is_marked() -> None:
    computed = Actual(OCTOBER, Fraction(5), CoverageState.FULL)
    assert typed_over(computed, typed(10, "7")) == Actual(OCTOBER, Fraction(7), CoverageState.FULL, typed=True)
    assert typed_over(computed, None) is computed
    half = typed(10, None, (1, 2))
    assert typed_over(computed, half) == of_typed(half, OCTOBER)
    assert of_typed(half, OCTOBER).value == Fraction(1, 2)
    missing = Actual(OCTOBER, None, CoverageState.NONE)
    assert typed_over(missing, typed(10, None, (32, 1000)), HUNDRED).value == Fraction("3.2")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from([Cadence.DAY, Cadence.WEEK, Cadence.MONTH]))
def test_every_part_counts_in_exactly_one_longer_period(day: date, cadence: Cadence) -> None:
    part = CALENDAR.period(cadence, day)
    longer: list[Period] = CALENDAR.periods(Cadence.QUARTER, part.start, part.end)
    assert sum(part in parts_of(each, cadence, CALENDAR) for each in longer) == 1


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=3, max_size=3))
def test_a_ratio_over_a_quarter_is_sum_by_sum(parts: list[tuple[int, int]]) -> None:
    actual = quarter(Aggregate.AVERAGE, *(typed(10 + i, None, pair) for i, pair in enumerate(parts)))
    assert actual.value == Fraction(100 * sum(n for n, _ in parts), sum(d for _, d in parts))
