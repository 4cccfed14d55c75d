"""Days without rows, inside a file and beside what is stored, as the sentences an owner reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual.gaps import Silences, check_hole, check_silences, silences
from kpi_core.source import Covers

START = date(2026, 3, 2)
"""A Monday."""


def days(*offsets: int, start: date = START) -> list[date]:
    return [start + timedelta(days=offset) for offset in offsets]


def covers(first: str, end: str) -> Covers:
    return Covers(date.fromisoformat(first), date.fromisoformat(end))


def without(first: int, last: int, step: int = 1, stop: int = 90) -> list[date]:
    """List every `step`-th day, those from one to another left away."""
    return days(*(at for at in range(0, stop, step) if not first <= at <= last))


def texts(found: Sequence[date], held: Sequence[Covers] = ()) -> list[str]:
    checks = check_silences(found, held)
    assert all(not check.ok for check in checks)
    return [check.text for check in checks]


def test_a_week_without_rows_in_a_file_of_every_day_is_said() -> None:
    assert texts(without(20, 25)) == []
    assert texts(without(20, 26)) == [
        (
            "No rows for 22 to 28 March 2026, while every other day has some: if the export left them out, that time "
            "would count as 0."
        )
    ]


def test_closed_days_belong_to_the_rhythm() -> None:
    weekdays = [day for day in days(*range(90)) if day.weekday() < 5]
    assert texts(weekdays) == []
    holes = [day for day in weekdays if not date(2026, 4, 1) <= day <= date(2026, 4, 14)]
    assert texts(holes) == [
        (
            "No rows for 1 to 14 April 2026, while otherwise no more than 2 days pass without any: if the export left "
            "them out, that time would count as 0."
        )
    ]
    # A weekend is kept to by nine steps of ten: four times its three days are none, a day more is
    for last, said in ((10, 0), (13, 1)):
        feast = [day for day in weekdays if not date(2026, 4, 2) <= day <= date(2026, 4, last)]
        assert len(texts(feast)) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([date(2026, month, 1) for month in (1, 2, 3, 5, 6)], ["2 March to 30 April 2026"]),
        ([date(2026, month, 1) for month in (1, 2, 3, 4, 5, 6)], []),
        ([date(2026, month, 1) for month in (1, 2, 4, 5)], []),
        ([date(2025, month, 1) for month in (1, 4, 7, 10)] + [date(2026, 7, 1), date(2026, 10, 1)],
         ["2 October 2025 to 30 June 2026"]),
        (without(35, 35, step=7), ["31 March to 12 April 2026"]),
        (without(36, 36, step=6), ["2 to 12 April 2026"]),
        # A step a quarter longer or a fifth shorter than the middle one is even, more is not
        (days(0, 8, 16, 24, 34, 50), ["6 to 20 April 2026"]),
        (days(0, 8, 16, 24, 35, 51), []),
        (days(0, 10, 20, 30, 38, 58), ["10 to 28 April 2026"]),
        (days(0, 10, 20, 30, 37, 57), []),
        # A third of the steps may be too long, more are a rhythm of another kind
        (days(0, 7, 14, 28, 35, 49, 56), ["17 to 29 March 2026"]),
        (days(0, 7, 14, 28, 35, 49), []),
        (without(35, 35, step=5), []),
        # The lower one of two middle steps counts, and the middle one of five
        (days(0, 8, 17, 28, 48), ["31 March to 18 April 2026"]),
        (days(0, 8, 17, 28, 39, 61), []),
        # From 1.8 times the middle step on one is missing
        (days(0, 10, 20, 30, 48), ["2 to 18 April 2026"]),
        (days(0, 10, 20, 30, 47), []),
        # Ten different days show a rhythm of days
        (days(*range(9), 60), ["11 March to 30 April 2026"]),
        (days(*range(8), 60), []),
        # Of ten steps the second longest is kept to by most
        (days(*range(9), 11, 21), []),
        (days(*range(9), 11, 24), ["14 to 25 March 2026"]),
    ],
)  # fmt: skip
def test_a_week_month_or_quarter_that_is_missing_is_said(found: list[date], said: list[str]) -> None:
    assert [text.removeprefix("No rows for ").split(", while")[0] for text in texts(found)] == said


def test_the_longest_silence_that_is_usual() -> None:
    assert silences(without(20, 25)) == Silences((), 6)
    assert silences(days(0, 1)) == Silences((), 0)


def test_rows_that_come_now_and_then_have_no_gaps() -> None:
    assert texts(days(0, 3, 23, 24, 69, 71, 90, 91, 130, 133, 180)) == []
    assert texts(days(0, 1, 2, 3, 4, 60)) == []


def test_several_gaps_are_counted_and_the_longest_is_named() -> None:
    found = [day for day in without(20, 29) if not 50 <= (day - START).days <= 70]
    assert texts(found) == [
        (
            "No rows for 21 April to 11 May 2026, while every other day has some: if the export left them out, that "
            "time would count as 0. There is 1 more such gap."
        )
    ]


def test_what_is_stored_already_is_no_news() -> None:
    found = without(20, 26)
    assert texts(found, [covers("2026-03-22", "2026-03-29")]) == []
    assert texts(found, [covers("2026-03-01", "2026-03-25"), covers("2026-03-25", "2026-06-01")]) == []
    assert len(texts(found, [covers("2026-03-23", "2026-03-29")])) == 1


@given(st.sets(st.integers(0, 400), max_size=60))
def test_a_gap_is_a_stretch_of_days_that_no_row_has(offsets: set[int]) -> None:
    found = set(days(*offsets))
    made = silences(found)
    for gap in made.gaps:
        assert (gap.end - gap.start).days > made.usual
        assert not any(gap.start <= day < gap.end for day in found)
        assert {gap.start - timedelta(days=1), gap.end} <= found


HELD = [covers("2026-08-01", "2026-09-01"), covers("2026-08-15", "2026-09-03")]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (covers("2026-10-01", "2026-11-01"),
         ["Nothing for 3 to 30 September 2026 between what is stored and this file."]),
        (covers("2026-09-04", "2026-11-01"), ["Nothing for 3 September 2026 between what is stored and this file."]),
        (covers("2026-09-03", "2026-11-01"), []),
        (covers("2026-08-20", "2026-11-01"), []),
        (covers("2026-01-01", "2026-12-01"), []),
        (covers("2026-08-05", "2026-08-06"), []),
        (covers("2026-06-01", "2026-08-01"), []),
        (covers("2026-06-01", "2026-07-30"), ["Nothing for 30 to 31 July 2026 between this file and what is stored."]),
        (None, []),
    ],
)  # fmt: skip
def test_days_that_nobody_speaks_for_are_said(file: Covers | None, said: list[str]) -> None:
    assert [check.text for check in check_hole(file, HELD)] == said
    assert check_hole(file, []) == ()


def test_a_file_between_two_others_may_leave_a_hole_on_either_side() -> None:
    held = [covers("2026-01-01", "2026-02-01"), covers("2026-06-01", "2026-07-01")]
    assert [(check.text, check.ok) for check in check_hole(covers("2026-03-01", "2026-04-01"), held)] == [
        ("Nothing for 1 to 28 February 2026 between what is stored and this file.", False),
        ("Nothing for 1 April to 31 May 2026 between this file and what is stored.", False),
    ]


@pytest.mark.parametrize(
    "file", [covers("2026-01-10", "2026-02-01"), covers("2026-06-01", "2026-06-10"), covers("2026-01-01", "2026-02-01")]
)
def test_a_hole_that_was_there_before_is_no_news(file: Covers) -> None:
    assert check_hole(file, [covers("2026-01-01", "2026-02-01"), covers("2026-06-01", "2026-07-01")]) == ()


@pytest.mark.parametrize(
    ("gaps", "ending"),
    [(2, " There is 1 more such gap."), (3, " There are 2 more such gaps."), (1, "would count as 0.")],
)
def test_the_other_gaps_are_counted(gaps: int, ending: str) -> None:
    found = days(*(at for at in range(90) if not any(20 * gap < at <= 20 * gap + 9 for gap in range(gaps))))
    (text,) = texts(found)
    assert text.endswith(ending)


def test_a_rhythm_with_one_free_day_says_so() -> None:
    (text,) = texts([day for day in without(20, 40) if day.weekday() != 6])
    assert "otherwise no more than 1 day passes without any" in text
