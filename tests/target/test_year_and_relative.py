"""A year's total and a target relative to last year: their periods, their words, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.target import (
    Bound,
    Comparison,
    SpreadBy,
    Step,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    in_force,
    row_text,
    target_text,
    validate,
    why_none,
)
from kpi_core.target.spread import Unusable, parts_of_year
from kpi_core.unit import NumberStyle, Unit, UnitKind

CALENDAR, STYLE = Calendar(), NumberStyle("en_US")
COUNT = Unit(UnitKind.COUNT)
UP = Direction.UP


def total(year: int, value: int, starts: date | None = None, spread: SpreadBy = SpreadBy.EVEN) -> Target:
    return Target(
        TargetKind.YEAR_TOTAL,
        starts or date(year, 1, 1),
        Fraction(value),
        Comparison.AT_LEAST,
        year=date(year, 1, 1),
        spread=spread,
    )


def relative(change: str, comparison: Comparison = Comparison.AT_LEAST) -> Target:
    return Target(TargetKind.RELATIVE, date(2020, 1, 1), comparison=comparison, change_percent=Fraction(change))


def constant(number: str, comparison: Comparison, stretch: Fraction | None = None) -> Target:
    return Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(number), comparison, stretch=stretch)


def path(baseline: str, final: str) -> Target:
    day = date(2026, 1, 1)
    until = date(2026, 12, 31)
    return Target(TargetKind.PATH, day, Fraction(final), baseline=Fraction(baseline), path_start=day, deadline=until)


def fixed(*rows: Target, cadence: Cadence = Cadence.WEEK) -> TargetHistory:
    made = []
    for row in rows:
        parts = parts_of_year(row, cadence, CALENDAR, 0, {})
        assert not isinstance(parts, Unusable)
        made.append(parts)
    return TargetHistory(rows, fixed=tuple(made))


def week(day: date) -> Period:
    return CALENDAR.period(Cadence.WEEK, day)


def value(history: TargetHistory, period: Period) -> Fraction | None:
    found = in_force(history, period, UP, CALENDAR)
    return found.bounds[0].value if found else None


NEW_YEAR = week(date(2026, 1, 1))
"""29 December 2025 to 4 January 2026: three days of one year, four of the other."""


class TestWeekAcrossTwoYears:
    def test_it_takes_days_of_both_totals(self) -> None:
        assert value(fixed(total(2025, 3650), total(2026, 7300)), NEW_YEAR) == 3 * 10 + 4 * 20

    def test_where_one_year_has_none_it_takes_the_days_that_have_one_and_says_so(self) -> None:
        history = fixed(total(2026, 7300))
        found = in_force(history, NEW_YEAR, UP, CALENDAR)
        assert found is not None
        assert target_text(found, COUNT, STYLE) == ("Target 80 or more, for the 4 of 7 days that a year's total covers")

    def test_a_total_entered_after_it_does_not_move_it(self) -> None:
        late = total(2026, 73000, starts=date(2026, 6, 1))
        assert value(fixed(total(2025, 3650), total(2026, 7300), late), NEW_YEAR) == 110

    def test_a_total_entered_on_its_last_day_counts_and_one_of_the_day_after_does_not(self) -> None:
        in_time, late = (total(2025, 3650, starts=date(2026, 1, day)) for day in (4, 5))
        assert value(fixed(in_time, total(2026, 7300)), NEW_YEAR) == 110
        assert value(fixed(late, total(2026, 7300)), NEW_YEAR) == 80


def test_of_two_totals_of_a_year_the_one_entered_later_counts() -> None:
    history = fixed(total(2026, 3650), total(2026, 7300), cadence=Cadence.MONTH)
    assert value(history, CALENDAR.period(Cadence.MONTH, date(2026, 1, 1))) == 620


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2023, 1, 1), "last year has no shape that the year's total could follow"),
        (date(2022, 12, 25), ""),
        (date(2023, 12, 31), "last year has no shape that the year's total could follow"),
        (date(2024, 1, 1), "there is no total for 2024 yet"),
    ],
)
def test_a_week_is_of_a_year_with_its_first_and_with_its_last_day(day: date, why: str) -> None:
    history = TargetHistory((total(2023, 100, spread=SpreadBy.LAST_YEAR),))
    assert why_none(history, week(day), CALENDAR) == why


def test_a_year_that_last_year_gives_no_shape_for_has_no_parts() -> None:
    row = total(2026, 100, spread=SpreadBy.LAST_YEAR)
    assert parts_of_year(row, Cadence.MONTH, CALENDAR, 0, {}) is Unusable.MISSING


def test_a_change_on_a_baseline_becomes_a_number_as_soon_as_it_is_known() -> None:
    row = Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(3))
    month = CALENDAR.period(Cadence.MONTH, date(2026, 1, 1))
    assert value(TargetHistory((row,)), month) is None
    assert why_none(TargetHistory((row,)), month, CALENDAR).startswith("it waits for the first values")
    assert value(TargetHistory((row,), fixed=({date(2026, 1, 1): Fraction(40)},)), month) == 40


def test_an_exception_stands_in_for_a_part_and_respreads_nothing() -> None:
    history = fixed(total(2026, 3650), cadence=Cadence.MONTH)
    months = CALENDAR.periods(Cadence.MONTH, date(2026, 1, 1), date(2027, 1, 1))
    plain = [value(history, month) for month in months]
    excepted = replace(history, exceptions=(TargetException(months[2].start, Fraction(1), "closed"),))
    assert [value(excepted, month) for month in months] == [*plain[:2], Fraction(1), *plain[3:]]


def test_parts_of_months_are_never_taken_for_quarters() -> None:
    history = fixed(total(2026, 3650), cadence=Cadence.MONTH)
    assert value(history, CALENDAR.period(Cadence.QUARTER, date(2026, 1, 1))) is None


def test_a_stretch_of_the_total_is_spread_with_it() -> None:
    history = fixed(replace(total(2026, 3650), stretch=Fraction(7300)), cadence=Cadence.MONTH)
    found = in_force(history, CALENDAR.period(Cadence.MONTH, date(2026, 1, 1)), UP, CALENDAR)
    assert found is not None
    assert found.bounds[0].value == 310
    assert found.stretch == 620


def base(start: date, number: int | None, coverage: CoverageState = CoverageState.FULL) -> dict[date, Actual]:
    period = CALENDAR.period(Cadence.MONTH, start)
    return {start: Actual(period, None if number is None else Fraction(number), coverage)}


@pytest.mark.parametrize(
    ("last_year", "why"),
    [
        ({}, "March 2025 has no value to compare with"),
        (base(date(2025, 3, 1), 0), "March 2025 was not above 0, and a percentage of that says nothing"),
        (
            base(date(2025, 3, 1), 9, CoverageState.PARTLY),
            "March 2025 is only partly covered by data, so there is nothing to compare with",
        ),
    ],
)
def test_a_relative_target_without_its_base_says_why(last_year: dict[date, Actual], why: str) -> None:
    history = TargetHistory((relative("20"),), last_year=last_year)
    march = CALENDAR.period(Cadence.MONTH, date(2026, 3, 1))
    assert in_force(history, march, UP, CALENDAR) is None
    assert why_none(history, march, CALENDAR) == why


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("20", "Target 108 or more: 20% above last year's 90"),
        ("1", "Target 90.9 or more: 1% above last year's 90"),
        ("0", "Target 90 or more: as much as last year's 90"),
        ("-10", "Target 81 or more: 10% below last year's 90"),
        ("-100", "Target 0 or more: 100% below last year's 90"),
    ],
)
def test_a_relative_target_stands_on_last_years_value(change: str, text: str) -> None:
    history = TargetHistory((relative(change),), last_year=base(date(2025, 3, 1), 90))
    found = in_force(history, CALENDAR.period(Cadence.MONTH, date(2026, 3, 1)), UP, CALENDAR)
    assert found is not None
    assert target_text(found, COUNT, STYLE) == text


@pytest.mark.parametrize("number", [1, 2])
def test_every_value_above_zero_is_a_base(number: int) -> None:
    history = TargetHistory((relative("50"),), last_year=base(date(2025, 3, 1), number))
    assert value(history, CALENDAR.period(Cadence.MONTH, date(2026, 3, 1))) == Fraction(3, 2) * number


def test_of_two_totals_that_begin_inside_the_first_period_the_one_entered_later_counts() -> None:
    history = fixed(total(2026, 3650, starts=date(2026, 1, 9)), total(2026, 7300, starts=date(2026, 1, 5)))
    assert value(history, week(date(2026, 1, 9))) == 140
    months = fixed(*history.rows, cadence=Cadence.MONTH)
    assert value(months, CALENDAR.period(Cadence.MONTH, date(2026, 1, 1))) == 620


def test_parts_of_another_cadence_that_an_older_total_has_do_not_matter() -> None:
    old, new = total(2026, 3650), total(2026, 7300)
    kept = fixed(old, cadence=Cadence.MONTH).fixed + fixed(new).fixed
    assert value(TargetHistory((old, new), fixed=kept), week(date(2026, 3, 2))) == 140


def test_a_history_can_be_a_key_whatever_was_kept_with_it() -> None:
    history = replace(fixed(total(2026, 3650)), last_year=base(date(2025, 3, 1), 90))
    assert {history: 1}[history] == 1


def test_a_total_that_says_one_thing_is_taken() -> None:
    validate(total(2026, 1), UP, COUNT, STYLE)
    validate(replace(total(2026, 1), value=Fraction(1, 100)), UP, Unit(UnitKind.CURRENCY, "USD"), STYLE)
    validate(replace(total(2026, 1200), stretch=Fraction(1200)), UP, COUNT, STYLE)


def test_what_a_period_was_judged_with_wins_over_what_is_known_now() -> None:
    march = date(2026, 3, 1)
    history = TargetHistory((relative("20"),), fixed=({march: Fraction(50)},), last_year=base(date(2025, 3, 1), 90))
    assert value(history, CALENDAR.period(Cadence.MONTH, march)) == 60


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (relative("20"), "at least 20% above the same period last year"),
        (relative("-5"), "at most 5% below the same period last year"),
        (relative("0"), "at least the same period last year"),
        (relative("5", Comparison.AT_MOST), "at most 5% above the same period last year"),
        (relative("-10", Comparison.AT_MOST), "at least 10% below the same period last year"),
        (relative("-10", Comparison.BELOW), "more than 10% below the same period last year"),
        (
            replace(relative("20"), stretch=Fraction(30)),
            "at least 20% above the same period last year; stretch 30% above it",
        ),
        (total(2026, 1200, spread=SpreadBy.LAST_YEAR), "1,200 or more in 2026, spread as last year went"),
        (relative("1"), "at least 1% above the same period last year"),
        (relative("-0.5"), "at most 0.5% below the same period last year"),
        (relative("0", Comparison.ABOVE), "more than the same period last year"),
        (relative("0", Comparison.BELOW), "less than the same period last year"),
        (relative("0", Comparison.AT_MOST), "at most the same period last year"),
        (
            replace(relative("-5"), stretch=Fraction(0)),
            "at most 5% below the same period last year; stretch as much as it",
        ),
        (constant("5", Comparison.AT_MOST, stretch=Fraction(0)), "5 or less; stretch 0"),
        (constant("-1", Comparison.ABOVE), "over \u22121"),
        (Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(-3)), "3 less than before"),
        (Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(-1)), "1 less than before"),
        (Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(1)), "1 more than before"),
        (Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(0)), "0 more than before"),
        (
            Target(
                TargetKind.STEPS,
                date(2026, 1, 1),
                steps=(Step(date(2026, 1, 1), Fraction(9)), Step(date(2026, 4, 1), Fraction(10))),
            ),
            "9 or more from 1 January 2026, 10 or more from 1 April 2026",
        ),
        (
            path("42", "55"),
            "42 to 55 or more by 31 December 2026",
        ),
        (
            Target(
                TargetKind.RANGE,
                date(2026, 1, 1),
                low=Bound(Fraction(2), Comparison.AT_LEAST),
                high=Bound(Fraction(5), Comparison.BELOW),
            ),
            "2 or more and under 5",
        ),
        (Target(TargetKind.RANGE, date(2026, 1, 1), low=Bound(Fraction(2), Comparison.AT_LEAST)), ""),
    ],
)
def test_a_row_is_said_in_words(row: Target, text: str) -> None:
    assert row_text(row, COUNT, STYLE) == text


def test_a_path_from_zero_and_a_change_on_a_baseline_are_taken() -> None:
    validate(path("0", "1"), UP, COUNT, STYLE)
    validate(Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(3)), UP, COUNT, STYLE)


def test_a_years_total_is_named_by_the_fiscal_year_of_the_business() -> None:
    row = replace(total(2026, 1200), year=date(2026, 4, 5))
    british = Calendar(fiscal_month=4, fiscal_day=6)
    assert row_text(row, COUNT, STYLE, calendar=british) == "1,200 or more in 2025/26, spread even by days"


@pytest.mark.parametrize(
    ("row", "unit", "said"),
    [
        (total(2026, 100), Unit(UnitKind.PERCENT), "A percent does not add up over a year"),
        (total(2026, 0), COUNT, "A year's total of 0 or less cannot be spread."),
        (replace(total(2026, 1), value=Fraction(1, 2)), COUNT, "finer than the smallest unit"),
        (
            replace(total(2026, 1200), stretch=Fraction(1199)),
            COUNT,
            "so the stretch 1,199 is easier than the target 1,200.",
        ),
        (replace(total(2026, 1), value=Fraction(1, 1000)), Unit(UnitKind.CURRENCY, "USD"), "finer than the smallest"),
        (
            Target(TargetKind.CONSTANT, date(2026, 1, 1), None, Comparison.AT_MOST, delta=Fraction(3)),
            COUNT,
            'the target cannot be "3 or less"',
        ),
        (constant("5", Comparison.AT_MOST), COUNT, 'the target cannot be "5 or less"'),
        (Target(TargetKind.CONSTANT, date(2026, 1, 1)), COUNT, "The target has no value."),
        (
            Target(TargetKind.CONSTANT, date(2026, 1, 1), delta=Fraction(3), stretch=Fraction(4)),
            COUNT,
            "A target that waits for its baseline has no stretch yet.",
        ),
        (
            Target(
                TargetKind.STEPS,
                date(2026, 1, 1),
                steps=tuple(Step(date(2026, month, 1), Fraction(9)) for month in (1, 3, 2)),
            ),
            COUNT,
            "The steps do not follow each other in time.",
        ),
        (
            replace(total(2026, 9, spread=SpreadBy.TYPED), percentages=(Fraction(-1), Fraction(101))),
            COUNT,
            "A period cannot have less than 0 % of the year.",
        ),
        (path("-0.5", "1"), COUNT, "A target of 0, or a path through 0, leaves no room for close"),
        (path("1", "0"), COUNT, "A target of 0, or a path through 0, leaves no room for close"),
        (replace(total(2026, 1), year=None), COUNT, "A year's total needs its year and a shape."),
        (
            replace(total(2026, 9, spread=SpreadBy.TYPED), percentages=(Fraction(60), Fraction(50))),
            COUNT,
            "The percentages make 110, not 100.",
        ),
        (Target(TargetKind.RELATIVE, date(2026, 1, 1)), COUNT, "does not say how far from last year"),
        (replace(relative("20"), stretch=Fraction(10)), COUNT, "so the stretch 10% is easier than the target 20%."),
        (
            relative("20", Comparison.AT_MOST),
            COUNT,
            'the target cannot be "at most 20% above the same period last year"',
        ),
    ],
)
def test_what_contradicts_itself_is_refused(row: Target, unit: Unit, said: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        validate(row, UP, unit, STYLE)
    assert said in refused.value.sentence
