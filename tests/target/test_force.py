from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.target import (
    Bound,
    Comparison,
    PeriodTarget,
    Step,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
    in_force,
    path_value,
)

CALENDAR = Calendar()


def constant(starts: date, value: int, **more: object) -> Target:
    return Target(TargetKind.CONSTANT, starts, Fraction(value), **more)  # type: ignore[arg-type]


def month(year: int, number: int) -> Period:
    return CALENDAR.period(Cadence.MONTH, date(year, number, 1))


def target_of(history: TargetHistory, period: Period, direction: Direction = Direction.UP) -> PeriodTarget:
    found = in_force(history, period, direction, CALENDAR)
    assert found is not None
    return found


def value(history: TargetHistory, period: Period, direction: Direction = Direction.UP) -> Fraction | None:
    found = in_force(history, period, direction, CALENDAR)
    return found.bounds[0].value if found else None


JANUARY = constant(date(2025, 1, 1), 100)


class TestDates:
    def test_without_rows_there_is_no_target(self) -> None:
        assert value(TargetHistory(), month(2025, 1)) is None

    def test_before_the_first_row_there_is_none(self) -> None:
        assert value(TargetHistory((JANUARY,)), month(2024, 12)) is None
        assert value(TargetHistory((JANUARY,)), month(2025, 1)) == 100

    @pytest.mark.parametrize(
        ("changed", "of_june", "of_july"),
        [
            (date(2025, 5, 31), 130, 130),
            (date(2025, 6, 1), 130, 130),
            (date(2025, 6, 2), 100, 130),
            (date(2025, 6, 30), 100, 130),
            (date(2025, 7, 1), 100, 130),
            (date(2025, 7, 2), 100, 100),
        ],
    )
    def test_a_change_counts_from_the_next_period_or_from_a_first_day(
        self, changed: date, of_june: int, of_july: int
    ) -> None:
        history = TargetHistory((JANUARY, constant(changed, 130)))
        assert [value(history, month(2025, number)) for number in (6, 7)] == [of_june, of_july]

    def test_of_two_changes_inside_one_period_the_later_row_counts(self) -> None:
        rows = (JANUARY, constant(date(2025, 3, 20), 110), constant(date(2025, 3, 10), 120))
        assert value(TargetHistory(rows), month(2025, 4)) == 120

    def test_a_backdated_row_covers_its_periods_up_to_the_next_row(self) -> None:
        june = constant(date(2025, 6, 20), 130)
        late = constant(date(2025, 4, 1), 80, backdated=True, typed_on=date(2025, 8, 3))
        history = TargetHistory((JANUARY, june, late))
        assert [value(history, month(2025, number)) for number in (3, 4, 6, 7)] == [100, 80, 80, 130]

    def test_the_same_change_waits_longer_where_periods_are_longer(self) -> None:
        history = TargetHistory((JANUARY, constant(date(2025, 4, 1), 130)))
        assert value(history, CALENDAR.period(Cadence.QUARTER, date(2025, 4, 1))) == 130
        assert value(history, CALENDAR.period(Cadence.YEAR, date(2025, 4, 1))) == 100


class TestExceptions:
    HOLIDAY = TargetException(date(2025, 7, 1), Fraction(60), "holiday")

    def test_one_period_only_with_its_reason(self) -> None:
        history = TargetHistory((JANUARY,), (self.HOLIDAY,))
        assert [value(history, month(2025, number)) for number in (6, 7, 8)] == [100, 60, 100]
        assert target_of(history, month(2025, 7)).exception == "holiday"
        assert not target_of(history, month(2025, 8)).exception

    def test_survives_a_later_change(self) -> None:
        history = TargetHistory((JANUARY, constant(date(2025, 6, 20), 130)), (self.HOLIDAY,))
        assert [value(history, month(2025, number)) for number in (7, 8)] == [60, 130]

    def test_the_later_one_of_the_same_period_counts(self) -> None:
        again = TargetException(date(2025, 7, 1), Fraction(70), "half closed")
        assert value(TargetHistory((JANUARY,), (self.HOLIDAY, again)), month(2025, 7)) == 70

    def test_keeps_inequality_and_tolerance_of_the_row(self) -> None:
        band = Tolerance(ToleranceKind.ABSOLUTE, Fraction(5))
        row = constant(date(2025, 1, 1), 100, comparison=Comparison.BELOW, tolerance=band)
        found = target_of(TargetHistory((row,), (self.HOLIDAY,)), month(2025, 7), Direction.DOWN)
        assert (found.high, found.low, found.tolerance) == (Bound(Fraction(60), Comparison.BELOW), None, band)

    def test_typed_colour_limits_belong_to_the_other_value(self) -> None:
        typed = Tolerance(ToleranceKind.TYPED, green_from=Fraction(95), red_from=Fraction(80))
        row = constant(date(2025, 1, 1), 100, tolerance=typed)
        assert target_of(TargetHistory((row,), (self.HOLIDAY,)), month(2025, 7)).tolerance == Tolerance()
        assert target_of(TargetHistory((row,), (self.HOLIDAY,)), month(2025, 8)).tolerance == typed

    def test_stands_alone_where_no_row_is_in_force(self) -> None:
        found = target_of(TargetHistory((), (self.HOLIDAY,)), month(2025, 7), Direction.DOWN)
        assert found.high == Bound(Fraction(60), Comparison.AT_MOST)

    def test_leaves_a_path_for_its_period(self) -> None:
        history = TargetHistory((PATH,), (TargetException(date(2025, 5, 1), Fraction(7), "closed"),))
        found = target_of(history, month(2025, 5))
        assert (found.path, found.band_base, found.kind) == (None, None, TargetKind.CONSTANT)
        assert value(history, month(2025, 5)) == 7


class TestSides:
    @pytest.mark.parametrize(
        ("direction", "low", "high"),
        [
            (Direction.UP, Bound(Fraction(100), Comparison.AT_LEAST), None),
            (Direction.DOWN, None, Bound(Fraction(100), Comparison.AT_MOST)),
        ],
    )
    def test_reaching_the_number_is_enough_where_nothing_was_said(
        self, direction: Direction, low: Bound | None, high: Bound | None
    ) -> None:
        found = target_of(TargetHistory((JANUARY,)), month(2025, 1), direction)
        assert (found.low, found.high, found.direction) == (low, high, direction)

    def test_a_stored_inequality_stays(self) -> None:
        row = constant(date(2025, 1, 1), 60, comparison=Comparison.BELOW, stretch=Fraction(50))
        found = target_of(TargetHistory((row,)), month(2025, 1), Direction.DOWN)
        assert (found.high, found.stretch) == (Bound(Fraction(60), Comparison.BELOW), Fraction(50))

    def test_a_range_has_both_bounds_as_stored(self) -> None:
        low, high = Bound(Fraction(2), Comparison.ABOVE), Bound(Fraction(5), Comparison.AT_MOST)
        row = Target(TargetKind.RANGE, date(2025, 1, 1), low=low, high=high)
        found = target_of(TargetHistory((row,)), month(2025, 1), Direction.RANGE)
        assert found.bounds == (low, high)
        assert found.direction is Direction.RANGE

    def test_one_number_is_no_range(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            target_of(TargetHistory((JANUARY,)), month(2025, 1), Direction.RANGE)
        assert refused.value.sentence == "One number is no range."
        assert refused.value.hint == "Give the lowest and the highest value that are still good."

    def test_a_constant_without_a_value_is_refused(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            target_of(TargetHistory((Target(TargetKind.CONSTANT, date(2025, 1, 1)),)), month(2025, 1))
        assert refused.value.sentence == "The target has no value."
        assert refused.value.hint == "Give the number that you want to reach."


STEPS = Target(
    TargetKind.STEPS,
    date(2025, 1, 1),
    steps=(Step(date(2025, 4, 1), Fraction(500)), Step(date(2025, 10, 15), Fraction(650))),
)


class TestSteps:
    @pytest.mark.parametrize(
        ("period", "target"),
        [
            (month(2025, 3), None),
            (month(2025, 4), 500),
            (month(2025, 10), 500),
            (month(2025, 11), 650),
            (month(2027, 1), 650),
        ],
    )
    def test_a_step_counts_from_the_period_that_starts_on_or_after_it(self, period: Period, target: int | None) -> None:
        assert value(TargetHistory((STEPS,)), period) == target

    def test_the_older_target_holds_until_the_first_step(self) -> None:
        history = TargetHistory((JANUARY, STEPS))
        assert [value(history, month(2025, number)) for number in (3, 4)] == [100, 500]


PATH = Target(
    TargetKind.PATH,
    date(2025, 3, 21),
    Fraction(100),
    baseline=Fraction(0),
    path_start=date(2025, 3, 21),
    deadline=date(2025, 6, 29),
)


class TestPath:
    @pytest.mark.parametrize(
        ("period", "target"),
        [
            (month(2025, 2), None),
            (month(2025, 3), 10),
            (month(2025, 4), 40),
            (month(2025, 6), 100),
            (month(2025, 7), 100),
        ],
    )
    def test_straight_by_days_to_the_periods_last_day(self, period: Period, target: int | None) -> None:
        assert value(TargetHistory((PATH,)), period) == target

    def test_the_tolerance_is_taken_of_the_final_value(self) -> None:
        found = target_of(TargetHistory((PATH,)), month(2025, 4))
        assert (found.band_base, found.path, found.kind) == (Fraction(100), PATH, TargetKind.PATH)

    def test_the_period_that_holds_the_deadline_has_the_final_value(self) -> None:
        assert path_value(PATH, CALENDAR.period(Cadence.DAY, date(2025, 6, 28))) == 99
        assert path_value(PATH, CALENDAR.period(Cadence.DAY, date(2025, 6, 29))) == 100
        assert path_value(PATH, CALENDAR.period(Cadence.YEAR, date(2025, 6, 28))) == 100

    def test_an_older_target_holds_until_the_period_after_the_start(self) -> None:
        history = TargetHistory((JANUARY, PATH))
        assert [value(history, month(2025, number)) for number in (3, 4)] == [100, 40]

    def test_a_path_that_starts_later_than_it_was_typed_waits_for_its_start(self) -> None:
        early = Target(
            TargetKind.PATH, date(2025, 1, 10), PATH.value, baseline=PATH.baseline, path_start=PATH.path_start,
            deadline=PATH.deadline,
        )  # fmt: skip
        assert [value(TargetHistory((JANUARY, early)), month(2025, number)) for number in (2, 4)] == [100, 40]
        assert [value(TargetHistory((early,)), month(2025, number)) for number in (2, 3)] == [None, 10]

    def test_a_path_that_starts_on_a_last_day_begins_with_its_baseline(self) -> None:
        row = replace(PATH, starts=date(2025, 3, 31), path_start=date(2025, 3, 31))
        assert [value(TargetHistory((row,)), month(2025, number)) for number in (2, 3)] == [None, 0]

    def test_a_path_without_its_parts_is_refused(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            value(TargetHistory((Target(TargetKind.PATH, date(2025, 1, 1), Fraction(5)),)), month(2025, 1))
        assert refused.value.sentence == "A path needs where it starts and where it ends, each with its day."
        assert refused.value.hint == "Give the value today, the target and the deadline."

    @given(
        st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        st.integers(1, 900),
        st.fractions(-100, 100),
        st.fractions(-100, 100),
        st.sampled_from(Cadence),
    )
    def test_a_path_never_leaves_its_ends_and_never_turns(
        self, start: date, length: int, baseline: Fraction, final: Fraction, cadence: Cadence
    ) -> None:
        path = Target(
            TargetKind.PATH, start, final, baseline=baseline, path_start=start, deadline=start + timedelta(days=length)
        )
        periods = CALENDAR.periods(cadence, start, start + timedelta(days=length + 400))
        values = [path_value(path, period) for period in periods]
        assert values == sorted(values, reverse=final < baseline)
        assert min(baseline, final) <= min(values)
        assert max(values) <= max(baseline, final)
        assert values[-1] == final


@given(
    st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2025, 12, 31)), st.integers(1, 9)), max_size=5),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.integers(1, 9),
)
def test_a_change_never_touches_a_period_that_has_begun(rows: list[tuple[date, int]], changed: date, new: int) -> None:
    old = TargetHistory(tuple(constant(starts, number) for starts, number in sorted(rows)))
    changed_history = TargetHistory((*old.rows, constant(changed, new)))
    for period in CALENDAR.periods(Cadence.MONTH, date(2025, 1, 1), date(2026, 1, 1)):
        if period.start < changed:
            assert value(changed_history, period) == value(old, period)
