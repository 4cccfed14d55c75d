"""Coverage: what a file speaks for, what it leaves open, and the one question that this becomes."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import Actual, CoverageState, cover_of_rows, coverage_of, measured, merge
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.source import Covers, Question

OCTOBER = Period(date(2025, 10, 1), date(2025, 11, 1), Cadence.MONTH)
FIRST = date(2025, 10, 1)
days = st.dates(date(2025, 9, 1), date(2025, 12, 31))


def october(day: int) -> date:
    return FIRST + timedelta(days=day - 1)


def covers(start: int, end: int) -> Covers:
    return Covers(october(start), october(end))


def ask(
    *row_days: int, answer: str | None = None, today: date | None = None, cadence: Cadence = Cadence.MONTH
) -> tuple[Covers | None, Question | None]:
    """Decide for rows on these days counted from 1 October."""
    return cover_of_rows(
        [october(day) for day in row_days], None, cadence=cadence, calendar=Calendar(), answer=answer, today=today
    )


@pytest.mark.parametrize(
    ("ranges", "state", "until"),
    [
        ([(1, 32)], CoverageState.FULL, None),
        ([(1, 31)], CoverageState.PARTLY, 30),
        ([(2, 32)], CoverageState.PARTLY, None),
        ([(1, 10), (10, 32)], CoverageState.FULL, None),
        ([(1, 10), (11, 32)], CoverageState.PARTLY, 9),
        ([(11, 32), (1, 10)], CoverageState.PARTLY, 9),
        ([(-30, 1)], CoverageState.NONE, None),
        ([(32, 40)], CoverageState.NONE, None),
        ([(5, 5)], CoverageState.NONE, None),
        ([], CoverageState.NONE, None),
        ([(-5, 2), (31, 40)], CoverageState.PARTLY, 1),
    ],
)
def test_a_period_is_covered_only_without_a_hole(
    ranges: list[tuple[int, int]], state: CoverageState, until: int | None
) -> None:
    data_until = None if until is None else october(until)
    assert coverage_of(OCTOBER, [covers(*each) for each in ranges]) == (state, data_until)


@given(st.lists(st.tuples(days, days), max_size=6), days)
def test_splitting_what_is_covered_changes_nothing(ranges: list[tuple[date, date]], cut: date) -> None:
    whole = [Covers(min(pair), max(pair)) for pair in ranges]
    parts = [
        part
        for each in whole
        for part in (Covers(each.start, min(max(cut, each.start), each.end)), Covers(max(cut, each.start), each.end))
    ]
    assert merge(parts) == merge(whole)
    assert coverage_of(OCTOBER, parts) == coverage_of(OCTOBER, whole)


@given(st.lists(st.tuples(days, days), max_size=6))
def test_joined_ranges_hold_the_same_days_with_room_between_them(ranges: list[tuple[date, date]]) -> None:
    joined = merge(Covers(*pair) for pair in ranges)
    day = date(2025, 8, 31)
    while day < date(2026, 1, 2):
        assert any(start <= day < end for start, end in ranges) == any(each.start <= day < each.end for each in joined)
        day += timedelta(days=1)
    assert all(before.end < after.start for before, after in pairwise(joined))


def test_a_value_stands_only_in_a_covered_period() -> None:
    assert measured(OCTOBER, Fraction(0), [covers(1, 32)]) == Actual(OCTOBER, Fraction(0), CoverageState.FULL)
    partly = Actual(OCTOBER, None, CoverageState.PARTLY, data_until=october(28))
    assert measured(OCTOBER, Fraction(5), [covers(1, 29)]) == partly
    assert measured(OCTOBER, Fraction(0), []) == Actual(OCTOBER, None, CoverageState.NONE)
    assert measured(OCTOBER, None, [covers(1, 32)], nothing="no scores").reason == "no scores"


def test_a_running_period_may_be_measured_by_its_first_days() -> None:
    assert measured(OCTOBER, Fraction(5), [covers(1, 11)], days=covers(1, 11)).value == 5
    assert measured(OCTOBER, Fraction(5), [covers(1, 11)], days=covers(1, 12)).value is None


def test_rows_on_both_edges_leave_nothing_to_ask() -> None:
    assert ask(1, 31) == (covers(1, 32), None)


def test_few_rows_short_of_the_end_are_asked_for_in_one_sentence() -> None:
    covered, question = ask(1, 28)
    assert covered == covers(1, 29)
    assert question is not None
    assert question.id == "coverage"
    assert question.text == "This file ends on 28 October 2025. Is it complete to the end of 31 October?"
    assert question.choices == ("yes", "no")


@pytest.mark.parametrize(
    ("row_days", "text"),
    [
        ((4, 31), "begins on 4 October 2025. Is it complete from 1 October on?"),
        (
            (4, 33, 50),
            (
                "begins on 4 October and ends on 19 November 2025. "
                "Is it complete from 1 October to the end of 30 November?"
            ),
        ),
        ((4, 33, 61), "begins on 4 October 2025. Is it complete from 1 October on?"),
        ((1, 33, 50), "ends on 19 November 2025. Is it complete to the end of 30 November?"),
        (
            (4, 70, 100),
            (
                "begins on 4 October 2025 and ends on 8 January 2026. "
                "Is it complete from 1 October 2025 to the end of 31 January?"
            ),
        ),
    ],
)
def test_both_ends_become_one_question(row_days: tuple[int, ...], text: str) -> None:
    question = ask(*row_days)[1]
    assert question is not None
    assert question.text == f"This file {text}"


def test_few_rows_leave_a_single_day_in_doubt() -> None:
    late, early = ask(1, 30), ask(2, 31)
    assert (late[0], early[0]) == (covers(1, 31), covers(2, 32))
    assert late[1] is not None
    assert early[1] is not None


def test_the_answer_decides_both_ends_and_is_not_asked_for_again() -> None:
    assert ask(4, 28, answer="yes") == (covers(1, 32), None)
    assert ask(4, 28, answer="no") == (covers(4, 29), None)
    assert ask(4, 28)[0] == covers(4, 29)


@pytest.mark.parametrize(
    ("row_days", "sure"),
    [
        # Ten dates, at most three empty days between two of them.
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 21, 25, 28), True),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 21, 25, 27), False),
        # Nine dates never tell.
        ((1, 2, 4, 8, 12, 16, 20, 24, 28), False),
        ((1, 2, 4, 8, 12, 16, 20, 24, 27, 28), True),
        # A row every day but on the last: in doubt.
        (tuple(range(1, 31)), False),
        (tuple(range(1, 32)), True),
        # The same at the start.
        ((4, 8, 12, 13, 14, 15, 16, 20, 24, 28, 31), True),
        ((5, 8, 12, 13, 14, 15, 16, 20, 24, 28, 31), False),
    ],
)
def test_ten_dates_tell_by_their_longest_gap(row_days: tuple[int, ...], sure: bool) -> None:  # noqa: FBT001
    covered, question = ask(*row_days)
    assert (question is None) == sure
    assert (covered == covers(1, 32)) == sure


def test_the_same_day_twice_is_one_date() -> None:
    assert ask(1, *[28] * 12)[1] is not None


def test_a_stated_range_is_taken_as_it_stands() -> None:
    stated = covers(1, 32)
    assert cover_of_rows([october(5)], stated, cadence=Cadence.MONTH, calendar=Calendar()) == (stated, None)
    assert cover_of_rows([], None, cadence=Cadence.MONTH, calendar=Calendar()) == (None, None)


def test_a_month_that_still_runs_is_not_asked_for() -> None:
    assert ask(1, 15, today=october(20)) == (covers(1, 16), None)
    assert ask(*range(1, 20), today=october(20)) == (covers(1, 20), None)
    assert ask(*range(1, 21), today=october(20)) == (covers(1, 20), None), "today is not over"


def test_the_quiet_days_before_today_count_where_gaps_tell() -> None:
    weekdays = [day for day in range(1, 25) if october(day).weekday() < 5]
    assert ask(*weekdays, today=october(27)) == (covers(1, 27), None)
    assert ask(*weekdays, today=october(28)) == (covers(1, 25), None)


def test_on_the_last_day_of_the_month_only_the_owner_knows() -> None:
    covered, question = ask(*range(1, 32), today=october(31))
    assert covered == covers(1, 31)
    assert question is not None
    assert ask(*range(1, 32), answer="yes", today=october(31)) == (covers(1, 32), None)


@pytest.mark.parametrize("today", [date(2025, 11, 1), date(2025, 11, 2)])
def test_a_month_that_is_over_since_today_is_asked_for(today: date) -> None:
    covered, question = ask(*range(1, 21), today=today)
    assert covered == covers(1, 21)
    assert question is not None


def test_a_daily_file_of_today_asks_nothing() -> None:
    assert ask(5, 6, today=october(6), cadence=Cadence.DAY) == (covers(5, 6), None)


@given(st.lists(days, min_size=1, max_size=40), st.sampled_from(list(Cadence)), st.sampled_from([None, "yes", "no"]))
def test_coverage_holds_every_row_and_never_leaves_their_periods(
    dates: list[date], cadence: Cadence, answer: str | None
) -> None:
    calendar = Calendar()
    covered, question = cover_of_rows(dates, None, cadence=cadence, calendar=calendar, answer=answer)
    assert covered is not None
    assert covered.start <= min(dates)
    assert covered.end > max(dates)
    assert covered.start >= calendar.period(cadence, min(dates)).start
    assert covered.end <= calendar.period(cadence, max(dates)).end
    assert question is None or answer is None
