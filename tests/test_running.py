"""The running period: what counts as complete, what is expected and needed, and its sentence."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.kpi import Aggregate, Direction, Formula, FormulaKind, GrowthOn, Kpi, KpiRef, Measure, Typed, ValuesFrom
from kpi_core.period import Cadence, Calendar, Weekday
from kpi_core.running import (
    DailyValues,
    Running,
    SoFar,
    adds_up,
    complete_until,
    first_days,
    looked_back,
    past_periods,
    running,
    same_days,
    to_digits,
    total,
    with_pace,
)
from kpi_core.source import Covers
from kpi_core.target import Bound, Comparison, PeriodTarget, TargetKind, Tolerance
from kpi_core.unit import NumberStyle, parse_unit

CALENDAR = Calendar()
NOVEMBER = CALENDAR.period(Cadence.MONTH, date(2026, 11, 1))
SWEDISH = NumberStyle("sv_SE")


def november(day: int) -> date:
    return date(2026, 11, 1) + timedelta(days=day - 1)


def target(value: int, direction: Direction = Direction.UP) -> PeriodTarget:
    bound = Bound(Fraction(value), Comparison.AT_LEAST if direction is Direction.UP else Comparison.AT_MOST)
    low, high = (bound, None) if direction is Direction.UP else (None, bound)
    return PeriodTarget(direction, low, high, Tolerance(), TargetKind.CONSTANT)


def line(  # noqa: PLR0913 (one argument for each thing that a test varies)
    value: int | str | None,
    complete: int,
    aim: PeriodTarget | None,
    *,
    unit: str = "currency:SEK",
    calendar: Calendar = CALENDAR,
    chance: str | None = None,
    pace: bool = True,
    daily: DailyValues | None = None,
    today: int | None = None,
) -> Running:
    direction = Direction.UP if aim is None else aim.direction
    number = None if value is None else Fraction(value)
    return running(
        SoFar(NOVEMBER, november(complete + 1), number, adds_up=pace, daily=daily),
        Kpi("Revenue", parse_unit(unit), direction, Cadence.MONTH, Typed()),
        aim,
        calendar=calendar,
        style=SWEDISH,
        today=november(today or complete + 1),
        chance=None if chance is None else Fraction(chance),
    )


@pytest.mark.parametrize(
    ("ranges", "today", "until"),
    [
        ([(1, 31)], 21, 21),
        ([(1, 15)], 21, 15),
        ([(1, 10), (12, 31)], 21, 10),
        ([(2, 31)], 21, 1),
        ([], 21, 1),
        ([(1, 31)], 1, 1),
        ([(-20, 40)], 40, 31),
    ],
)
def test_a_day_is_complete_once_it_is_over_and_covered(ranges: list[tuple[int, int]], today: int, until: int) -> None:
    covers = [Covers(november(start), november(end)) for start, end in ranges]
    assert complete_until(NOVEMBER, covers, november(today)) == november(until)


def test_the_same_days_are_counted_from_the_start_and_a_shorter_period_is_whole() -> None:
    march = CALENDAR.period(Cadence.MONTH, date(2025, 3, 1))
    before, year_before = same_days(march, date(2025, 3, 31), CALENDAR)
    assert before == Covers(date(2025, 2, 1), date(2025, 3, 1))
    assert year_before == Covers(date(2024, 3, 1), date(2024, 3, 31))
    week = CALENDAR.period(Cadence.WEEK, date(2025, 10, 29))
    assert same_days(week, date(2025, 10, 30), CALENDAR)[1] == Covers(date(2024, 10, 28), date(2024, 10, 31))
    assert first_days(march, 0) == Covers(march.start, march.start)


def test_a_day_without_rows_adds_nothing_but_an_uncovered_one_leaves_no_total() -> None:
    daily = DailyValues({november(1): Fraction(5), november(9): Fraction(7)}, (Covers(november(1), november(5)),))
    assert total(daily, Covers(november(1), november(5))) == 5
    assert total(daily, Covers(november(1), november(6))) is None


ORDERS = Measure("Orders", Aggregate.COUNT)


@pytest.mark.parametrize(
    ("values", "does"),
    [
        (ORDERS, True),
        (Typed(Aggregate.SUM), True),
        (Typed(Aggregate.LAST), False),
        (Measure("Orders", Aggregate.COUNT_DIFFERENT), False),
        (Formula(FormulaKind.DIFFERENCE, (ORDERS, ORDERS)), True),
        (Formula(FormulaKind.RATIO, (ORDERS, ORDERS)), False),
        (Formula(FormulaKind.SUM, (ORDERS, KpiRef("Visits"))), False),
        (Formula(FormulaKind.GROWTH, (ORDERS,), growth_on=GrowthOn.LAST_YEAR), False),
    ],
)
def test_only_what_adds_up_over_days_has_a_pace(values: ValuesFrom, does: bool) -> None:  # noqa: FBT001
    assert adds_up(values) is does


@pytest.mark.parametrize(("complete", "early"), [(0, True), (5, True), (6, False), (30, False)])
def test_under_a_fifth_it_is_too_early(complete: int, early: bool) -> None:  # noqa: FBT001
    assert line(100, complete, target(1000)).too_early is early


@pytest.mark.parametrize(("chance", "risk"), [("0.19", True), ("0.2", False), ("0.9", False), (None, None)])
def test_at_risk_is_under_one_in_five(chance: str | None, risk: bool | None) -> None:  # noqa: FBT001
    assert line(100, 15, target(1000), chance=chance).at_risk is risk


def test_closed_weekdays_are_not_needed() -> None:
    weekdays = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
    # From 16 November 2026, a Monday, eleven weekdays are left.
    assert line(300, 15, target(1400), calendar=weekdays).needed_per_day == 100
    assert line(300, 30, target(1400), calendar=weekdays).needed_per_day is None


def test_days_that_are_over_and_not_known_are_none_to_come() -> None:
    # Up to the 15th 300 are known; from the 21st on 10 days are left, of the weekdays 6
    late = line(300, 15, target(1000), unit="count", today=21)
    assert late.needed_per_day == 70
    assert late.sentence == (
        "November so far 300 up to 15 November, 500 expected by then, 70 a day needed if nothing came since"
    )
    weekdays = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
    assert line(300, 15, target(1000), calendar=weekdays, today=21).needed_per_day == Fraction(700, 6)
    cap = line(300, 15, target(500, Direction.DOWN), unit="count", today=21)
    assert cap.sentence == "November so far 300 up to 15 November, 250 by then would be on pace"
    over = line(300, 29, target(1000), unit="count", today=32)
    assert over.needed_per_day is None


@pytest.mark.parametrize(("value", "needed"), [(999, Fraction(1, 15)), (1000, 0), (1001, 0)])
def test_a_reached_target_needs_nothing(value: int, needed: Fraction) -> None:
    assert line(value, 15, target(1000)).needed_per_day == needed


def test_without_daily_values_the_line_is_straight() -> None:
    assert line(300, 10, target(900)).expected_by_now == 300


def weekly_profile(weeks: int, weekend: int) -> DailyValues:
    """Give each day of the weeks before November 10, Saturdays and Sundays `weekend`."""
    days = [NOVEMBER.start - timedelta(days=back) for back in range(1, 7 * weeks + 1)]
    values = {day: Fraction(weekend if day.weekday() >= 5 else 10) for day in days}
    return DailyValues(values, (Covers(days[-1], NOVEMBER.start),))


def test_four_weeks_of_daily_values_weigh_the_weekdays() -> None:
    # November 2026 begins on a Sunday: 21 weekdays, 9 days of weekend; its first week holds 5 and 2.
    closed = line(300, 7, target(2100), daily=weekly_profile(4, 0))
    assert closed.expected_by_now == 500
    busy = line(300, 7, target(2100), daily=weekly_profile(8, 20))
    assert busy.expected_by_now == Fraction(2100 * (5 * 10 + 2 * 20), 21 * 10 + 9 * 20)
    days_too_few = line(300, 7, target(2100), daily=weekly_profile(3, 0))
    assert days_too_few.expected_by_now == 490


def test_weekdays_that_take_away_or_add_nothing_tell_no_profile() -> None:
    assert line(300, 7, target(2100), daily=weekly_profile(4, -1)).expected_by_now == 490
    nothing = DailyValues({}, (Covers(date(2026, 9, 1), NOVEMBER.start),))
    assert line(300, 7, target(2100), daily=nothing).expected_by_now == 490


def test_uncovered_days_are_no_zeros_of_the_profile() -> None:
    profile = weekly_profile(8, 0)
    recent = DailyValues(profile.values, (Covers(NOVEMBER.start - timedelta(days=28), NOVEMBER.start),))
    assert line(300, 7, target(2100), daily=recent).expected_by_now == 500


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            line(318_000, 20, target(768_000)),
            "November so far 318 000 kr, 512 000 kr expected by now, 45 000 kr a day needed",
        ),
        (
            line(318_000, 10, target(900_000)),
            "November so far 318 000 kr, on pace, 29 100 kr a day needed",
        ),
        (line(900, 10, target(900)), "November so far 900 kr, the target is reached"),
        (line(900, 5, target(9000)), "November so far 900 kr, too early to say more"),
        (line(800, 30, target(900)), "November so far 800 kr, 900 kr expected by now, no open day left"),
        (line(None, 10, target(900)), "November so far: no value yet"),
        (line("3.1", 20, target(3), unit="percent", pace=False), "November so far 3,1 %"),
        (line(318_000, 20, None), "November so far 318 000 kr"),
        (
            line(318, 20, target(600, Direction.DOWN)),
            "November so far 318 kr, 400 kr by now would be on pace",
        ),
        (line(20, 15, target(53), unit="count"), "November so far 20, 26,5 expected by now, 2,2 a day needed"),
    ],
)
def test_the_line_in_words(made: Running, sentence: str) -> None:
    assert made.sentence.replace("\u00a0", " ") == sentence


def test_a_range_has_no_pace() -> None:
    low, high = Bound(Fraction(2), Comparison.AT_LEAST), Bound(Fraction(5), Comparison.AT_MOST)
    made = line(3, 15, PeriodTarget(Direction.RANGE, low, high, Tolerance(), TargetKind.RANGE))
    assert (made.expected_by_now, made.needed_per_day) == (None, None)


def test_it_says_until_when_it_knows() -> None:
    assert line(3, 15, None).data_until == november(15)
    assert line(None, 0, None).data_until is None


@given(st.integers(0, 5000), st.integers(1, 29), st.integers(1, 5000))
def test_what_is_needed_each_day_reaches_the_target(value: int, complete: int, aim: int) -> None:
    made = line(value, complete, target(aim))
    assert made.needed_per_day is not None
    assert value + made.needed_per_day * (30 - complete) >= aim
    assert made.needed_per_day == 0 or value + made.needed_per_day * (30 - complete) == aim


@given(st.fractions(min_value=-(10**7), max_value=10**7, max_denominator=999), st.integers(1, 6))
def test_rounding_to_digits_is_near_and_up_is_never_less(value: Fraction, digits: int) -> None:
    near, above = to_digits(value, digits), to_digits(abs(value), digits, up=True)
    assert abs(near - value) * 10 ** (digits - 1) * 2 <= abs(value)
    assert above >= abs(value)
    assert to_digits(near, digits) == near


def uneven(complete: int, *, weeks: int = 20) -> DailyValues:
    """Give days of 20 to 30 before November, and so many of it."""
    first = NOVEMBER.start - timedelta(days=7 * weeks)
    dates = [first + timedelta(days=i) for i in range(7 * weeks + complete)]
    return DailyValues({day: Fraction(20 + day.toordinal() * 37 % 11) for day in dates}, (Covers(first, november(31)),))


def paced(complete: int, aim: PeriodTarget | None = None, calendar: Calendar = CALENDAR) -> Running:
    daily = uneven(complete)
    done = total(daily, Covers(NOVEMBER.start, november(complete + 1)))
    known = with_pace(SoFar(NOVEMBER, november(complete + 1), done, adds_up=True, daily=daily), calendar)
    kpi = Kpi("Revenue", parse_unit("currency:SEK"), Direction.UP, Cadence.MONTH, Typed())
    return running(known, kpi, aim, calendar=calendar, style=SWEDISH, today=november(complete + 1))


def test_the_estimate_follows_the_pace_of_the_days_and_has_a_band() -> None:
    made = paced(10)
    assert made.estimate is not None
    assert made.estimate_band is not None
    low, high = made.estimate_band
    assert 700 < low < made.estimate < high < 800
    words = made.estimate_sentence.replace("\u00a0", " ")
    assert words.startswith("At this pace November ends at about 7")
    assert "; in 8 of 10 cases between 7" in words


def test_on_the_last_day_the_estimate_is_the_total_and_needs_no_words() -> None:
    made = paced(30)
    assert made.estimate == made.so_far
    assert made.estimate_band == (made.so_far, made.so_far)
    assert made.estimate_sentence == ""


@pytest.mark.parametrize(("complete", "estimate"), [(5, None), (6, 500), (15, 200), (30, 100)])
def test_without_daily_values_the_estimate_is_a_straight_line_and_early_there_is_none(
    complete: int, estimate: int | None
) -> None:
    made = line(100, complete, None)
    assert made.estimate == estimate
    assert made.estimate_band == (None if complete < 30 else (Fraction(100), Fraction(100)))


def test_what_does_not_add_up_has_no_estimate() -> None:
    assert line("3.1", 20, target(3), unit="percent", pace=False).estimate is None


def test_closed_weekdays_are_not_expected_to_bring_anything() -> None:
    weekdays = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
    # What stray rows there were on days of weekend makes no pace for them: 5 of 21 weekdays are over.
    made = line(300, 7, target(2100), daily=weekly_profile(8, 1), calendar=weekdays)
    assert made.expected_by_now == 500


def test_closed_weekdays_weigh_nothing_where_no_day_is_known() -> None:
    weekdays = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
    # Five of the 21 weekdays of November 2026 are among its first seven days, and all are over by its 30th.
    made = line(500, 7, target(2100), calendar=weekdays)
    assert made.elapsed_share == Fraction(7, 30)
    assert made.expected_by_now == 500
    assert made.estimate == 2100


def test_the_pace_looks_back_twelve_periods_and_about_a_year_at_most() -> None:
    assert [
        len(past_periods(CALENDAR.period(cadence, NOVEMBER.start), CALENDAR))
        for cadence in (Cadence.WEEK, Cadence.MONTH, Cadence.QUARTER, Cadence.YEAR)
    ] == [12, 12, 4, 1]
    assert (NOVEMBER.start - looked_back(NOVEMBER, CALENDAR)).days == 365 + 56
