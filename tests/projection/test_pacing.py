"""Where the running period of a sum will end, told from its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.pacing import measure
from kpi_core.period import Cadence, Calendar
from kpi_core.projection.pacing import BELIEF_DAYS, LEVEL_DAYS, Days, Pace, Stretch, pace, weekday_levels
from kpi_core.running import past_periods

CALENDAR = Calendar()
MONTH = CALENDAR.period(Cadence.MONTH, date(2026, 11, 1))
FIRST = date(2025, 9, 1)
BEFORE = (MONTH.start - FIRST).days
PAST = [Stretch(each.start, each.end, each.end) for each in past_periods(MONTH, CALENDAR)]
EXACT = 1e-9


def shop(day: date) -> int:
    """A year of uneven days: weekends are busier, and nothing repeats by the month."""
    return (40 if day.weekday() >= 5 else 20) + day.toordinal() * 37 % 11


def days(*now: int, known: int = BEFORE, closed: frozenset[int] = frozenset(), times: Fraction = Fraction(1)) -> Days:
    first = MONTH.start - timedelta(days=known)
    past = [first + timedelta(days=i) for i in range(known)]
    values = [Fraction(0 if day.weekday() in closed else shop(day)) for day in past] + [Fraction(each) for each in now]
    return Days(first, tuple(each * times for each in values), frozenset(range(7)) - closed)


def at(some: Days, passed: int) -> Pace:
    found = pace(some, Stretch(MONTH.start, MONTH.start + timedelta(days=passed), MONTH.end), PAST)
    assert found is not None
    return found


def usual(passed: int, closed: frozenset[int] = frozenset()) -> list[int]:
    dates = [MONTH.start + timedelta(days=i) for i in range(passed)]
    return [0 if day.weekday() in closed else shop(day) for day in dates]


def test_the_first_day_hardly_moves_what_the_weeks_before_say() -> None:
    quiet, busy = (at(days(value), 1).coming.middle for value in (0, 90))
    assert 800 < quiet < busy < 1050
    assert busy - quiet < 3 * 90


def test_on_the_last_day_it_is_the_total() -> None:
    found = at(days(*usual(30)), 30)
    assert (found.coming.middle, found.coming.scale) == (sum(usual(30)), 0)
    assert found.coming.chance(sum(usual(30)), None) == 1


def test_zero_done_so_far_is_believed_the_more_the_longer_it_lasts() -> None:
    middles = [at(days(*[0] * passed), passed).coming.middle for passed in (3, 10, 20, 29)]
    assert middles == sorted(middles, reverse=True)
    assert middles[0] > 400
    assert 0 <= middles[-1] < 15


def test_a_target_that_is_reached_is_no_risk_and_one_far_off_is() -> None:
    coming = at(days(*[50] * 20), 20).coming
    assert coming.chance(1000, None) > 0.99
    assert coming.chance(3000, None) < 0.01


def test_what_is_done_stays_done_unless_days_take_away() -> None:
    lumpy = [0, 900] * 30
    some = days(*lumpy[:20])
    wide = Days(some.first, tuple(map(Fraction, lumpy * 8))[:BEFORE] + some.values[BEFORE:])
    done = sum(lumpy[:20])
    grows = at(wide, 20).coming
    assert grows.least == done
    assert (grows.chance(done, None), grows.chance(None, done - 1)) == (1, 0)
    assert min(grows.band(0.99)) == done
    taken = at(replace(wide, values=(Fraction(-1), *wide.values[1:])), 20).coming
    assert taken.least is None
    assert min(taken.band(0.99)) < done


def test_one_month_of_history_weighs_by_seven_days_and_four_weeks_less_a_day_tell_nothing() -> None:
    found = at(days(*usual(10), known=30), 10)
    assert found.belief == pytest.approx(BELIEF_DAYS)
    assert found.misses == 0
    assert found.coming.freedom < at(days(*usual(10)), 10).coming.freedom
    assert pace(days(*usual(10), known=27), Stretch(MONTH.start, date(2026, 11, 11), MONTH.end), PAST) is None


def test_a_steady_level_is_believed_like_the_days_it_was_seen_on() -> None:
    found = at(days(*usual(10)), 10)
    assert found.belief == pytest.approx(LEVEL_DAYS)
    assert found.misses == 12


def test_past_misses_widen_the_band() -> None:
    calm = at(days(*usual(10)), 10)
    some = days(*usual(10))
    # The last five days of every other month bring half a month's sales more
    jumpy = [
        value + 100 if value is not None and day.day > 25 and day.month % 2 else value
        for value, day in zip(some.values, (some.first + timedelta(days=i) for i in range(999)), strict=False)
    ]
    assert at(replace(some, values=tuple(jumpy)), 10).coming.scale > 2 * calm.coming.scale


def test_a_day_that_is_not_covered_leaves_out_its_month_but_in_the_running_one_everything() -> None:
    some = days(*usual(10))
    hole = (date(2026, 5, 5) - some.first).days
    assert at(replace(some, values=(*some.values[:hole], None, *some.values[hole + 1 :])), 10).misses == 11
    running = replace(some, values=(*some.values[:-3], None, *some.values[-2:]))
    assert pace(running, Stretch(MONTH.start, date(2026, 11, 11), MONTH.end), PAST) is None


def test_months_of_any_length_are_looked_at_alike() -> None:
    february = Stretch(date(2026, 2, 1), date(2026, 2, 15), date(2026, 3, 1))
    past = [each for each in PAST if each.start < february.start]
    found = pace(days(), february, past)
    assert found is not None
    real = sum(shop(february.start + timedelta(days=i)) for i in range(28))
    assert found.coming.middle == pytest.approx(real, rel=0.03)


def test_refunds_may_take_more_than_a_day_gives() -> None:
    coming = at(days(*usual(9), -200), 10).coming
    assert coming.middle < at(days(*usual(10)), 10).coming.middle - 200
    negative = at(days(*[-30] * 10), 10)
    assert negative.coming.middle < 500


def test_days_that_never_differ_and_rows_once_a_month_tell_no_pace() -> None:
    stretch = Stretch(MONTH.start, date(2026, 11, 11), MONTH.end)
    assert pace(Days(FIRST, (Fraction(10),) * (BEFORE + 10)), stretch, PAST) is None
    assert pace(Days(FIRST, (Fraction(0),) * (BEFORE + 10)), stretch, PAST) is None
    dates = [FIRST + timedelta(days=i) for i in range(BEFORE + 10)]
    monthly = tuple(Fraction(900 + day.month if day.day == 1 else 0) for day in dates)
    assert pace(Days(FIRST, monthly), stretch, PAST) is None


def fours(weeks: Sequence[int], periods: int, *now: int) -> tuple[Days, Stretch, list[Stretch]]:
    """Make periods of four weeks, each day of a week alike, a running one of which some days are known, and the past.

    The first two periods are history alone.
    """
    start = date(2026, 6, 1)
    first = start - timedelta(days=28 * periods)
    known = [Fraction(weeks[i // 7 % len(weeks)]) for i in range(28 * periods)] + [Fraction(each) for each in now]
    past = [start - timedelta(days=28 * back) for back in range(periods - 2, 0, -1)]
    month = timedelta(days=28)
    running = Stretch(start, start + timedelta(days=len(now)), start + month)
    return Days(first, tuple(known)), running, [Stretch(each, each + month, each + month) for each in past]


def test_by_hand_first_weeks_that_say_too_little_in_six_periods() -> None:
    # A quiet week of 10 a day, then three of 20: 17.5 on average, the same on each weekday.
    # Noise: (7 x 7.5 ** 2 + 21 x 2.5 ** 2) / 27. The level never moves, so that it weighs 28 days: 7 / 35 for the pace.
    # 70 + 21 x (10 / 5 + 17.5 x 4 / 5) = 406. Each period before came to 490: 84 more, 7056 / 653.3 = 10.8 variances.
    found = pace(*fours([10, 20, 20, 20], 8, *[10] * 7))
    assert found is not None
    noise = 525 / 27
    variance = 21 * noise + 21**2 * noise / 28 * 0.8
    assert variance == pytest.approx(653.333333)
    assert found.belief == pytest.approx(28)
    assert (found.misses, found.coming.freedom) == (6, 4)
    assert found.coming.middle == pytest.approx(406)
    assert found.coming.scale == pytest.approx(sqrt(variance * (6 + 6 * 10.8) / 12) * 1.2816 / 1.5332)
    assert (found.coming.least, found.coming.most) == (70, None)


def test_by_hand_first_weeks_that_say_too_little_in_five_periods() -> None:
    # As above, but five periods are too few to say how the level moves: it weighs 7 days, the pace 7 / 14.
    # 70 + 21 x (10 / 2 + 17.5 / 2) = 358.75; the periods before: 131.25 more, 16.875 variances
    found = pace(*fours([10, 20, 20, 20], 7, *[10] * 7))
    assert found is not None
    noise = 525 / 27
    variance = 21 * noise + 21**2 * noise / 7 / 2
    assert found.belief == pytest.approx(7)
    assert (found.misses, found.coming.freedom) == (5, 2)
    assert found.coming.middle == pytest.approx(358.75)
    assert found.coming.scale == pytest.approx(sqrt(variance * (6 + 5 * 16.875) / 11) * 1.2816 / 1.5332)


def test_by_hand_a_level_that_moves_is_left_for_the_pace() -> None:
    # Periods of 20 and of 30 a day by turns, each day 5 off: noise 25 x 28 / 27, of the level 100 - noise / 28
    weeks = [15, 25, 25, 15, 25, 35, 35, 25]
    found = pace(*fours(weeks, 8, *[15] * 7))
    assert found is not None
    noise = 25 * 28 / 27
    level = 100 - noise / 28
    weight = 7 / (7 + noise / level)
    assert found.belief == pytest.approx(noise / level)
    assert found.coming.middle == pytest.approx(105 + 21 * (weight * 15 + (1 - weight) * 30))
    # A first week of 5 too little, and a level before that was 10 less or 10 more, by turns
    variance = 21 * noise + 21**2 * level * (1 - weight)
    missed = 3 * sum((35 + 105 * weight + 21 * (1 - weight) * move) ** 2 for move in (-10, 10)) / variance
    assert found.coming.scale == pytest.approx(sqrt(variance * (6 + missed) / 12) * 1.2816 / 1.5332)


def test_by_hand_small_misses_make_the_band_no_narrower() -> None:
    # Of 14 a day in the first week, 14 after it, but 1 more or less each second day
    some, running, past = fours([14], 8, *[14] * 7)
    shaken = replace(some, values=tuple(each + (-1) ** i for i, each in enumerate(some.values)))
    found = pace(shaken, running, past)
    assert found is not None
    noise = 28 / 27
    assert found.belief == pytest.approx(28)
    assert found.misses == 6
    assert found.coming.scale == pytest.approx(sqrt(21 * noise + 21**2 * noise / 28 * 0.8) * 1.2816 / 1.5332)


def test_by_hand_weekdays_weigh_what_they_usually_bring_and_closed_ones_nothing() -> None:
    # Weeks of five days of 8 and a Saturday of 32, and of 12 and 48, by turns; closed on Sundays: 15 an open day.
    # Noise: 8 weeks of 5 x 2 ** 2 + 8 ** 2, over 48 open days less six weekdays: 16. A busy week: 108, 18 a day.
    # 108 + 18 x (18 x 6 / 13 + 15 x 7 / 13)
    start = date(2026, 11, 2)
    quiet, busy = [8] * 5 + [32, 0], [12] * 5 + [48, 0]
    some = Days(start - timedelta(days=56), tuple(map(Fraction, (quiet + busy) * 4 + busy)), frozenset(range(6)))
    found = pace(some, Stretch(start, start + timedelta(days=7), start + timedelta(days=28)))
    assert found is not None
    assert found.belief == pytest.approx(7)
    assert (found.misses, found.coming.freedom) == (0, 2)
    assert found.coming.middle == pytest.approx(108 + 18 * 213 / 13)
    assert found.coming.scale == pytest.approx(sqrt(18 * 16 + 18**2 * 16 / 7 * 7 / 13) * 1.2816 / 1.5332)


def test_before_the_first_day_is_over_the_level_alone_speaks() -> None:
    found = pace(*fours([10, 20, 20, 20], 8))
    assert found is not None
    assert found.coming.middle == pytest.approx(490)


def test_a_quarter_of_the_days_must_hold_something() -> None:
    start = date(2026, 11, 2)
    running = Stretch(start, start + timedelta(days=1), start + timedelta(days=28))
    values = [Fraction(40 if i % 4 == 0 else 0) for i in range(56)] + [Fraction(0)]
    some = Days(start - timedelta(days=56), tuple(values))
    assert pace(some, running) is not None
    assert pace(replace(some, values=(Fraction(0), *values[1:])), running) is None


def test_four_weeks_tell_a_level_and_a_day_less_tells_none() -> None:
    start = date(2026, 11, 2)
    running = Stretch(start, start + timedelta(days=1), start + timedelta(days=28))
    values = tuple(Fraction(10 + i % 2) for i in range(29))
    found = pace(Days(start - timedelta(days=28), values), running)
    assert found is not None
    assert found.coming.middle == pytest.approx(10 + 27 * (10 / 8 + 10.5 * 7 / 8))
    assert pace(Days(start - timedelta(days=27), values[1:]), running) is None


def test_a_past_of_two_days_tells_noise_and_one_of_a_single_day_tells_none() -> None:
    start = date(2026, 11, 2)
    running = Stretch(start, start + timedelta(days=1), start + timedelta(days=28))
    some = Days(start - timedelta(days=30), tuple(map(Fraction, [*[10] * 28, 9, 11, 10])))
    found = pace(some, running, [Stretch(start - timedelta(days=2), start, start)])
    assert found is not None
    # The noise of two days about their own rate is 2, 1 off in each and one of them free
    assert (found.misses, found.belief) == (1, BELIEF_DAYS)
    some = Days(start - timedelta(days=29), tuple(map(Fraction, [*[10] * 28, 11, 10])))
    assert pace(some, running, [Stretch(start - timedelta(days=1), start, start)]) is None


def test_a_business_of_mondays_has_days_too() -> None:
    start = date(2026, 11, 2)
    mondays = [Fraction(each) for week in range(9) for each in (10 + week % 2, *[0] * 6)]
    some = Days(start - timedelta(days=56), tuple(mondays[:57]), frozenset({0}))
    found = pace(some, Stretch(start, start + timedelta(days=1), start + timedelta(days=28)))
    assert found is not None
    assert found.coming.middle == pytest.approx(10 + 3 * (10 / 8 + 10.5 * 7 / 8))


@pytest.mark.parametrize("size", [Fraction(10**20, 3), Fraction(1, 3 * 10**20), Fraction(1, 3)])
def test_days_that_never_differ_tell_no_pace_in_any_unit(size: Fraction) -> None:
    # Weekdays differ, weeks never do, so that only the limited number of digits makes noise
    values = tuple(size * (i % 7 + 1) for i in range(BEFORE + 10))
    assert pace(Days(FIRST, values), Stretch(MONTH.start, date(2026, 11, 11), MONTH.end), PAST) is None


def test_a_weekday_that_took_more_than_it_gave_tells_no_profile() -> None:
    start = date(2026, 11, 2)
    for monday, levels in ((-1, None), (0, [0, *[10] * 6])):
        week = [Fraction(monday), *[Fraction(10)] * 6]
        assert weekday_levels(Days(start - timedelta(days=56), tuple(week * 8)), start) == levels
    nothing = Days(start - timedelta(days=56), (Fraction(0),) * 56)
    assert weekday_levels(nothing, start) is None
    # Nine weeks ago is too long ago
    old = Days(start - timedelta(days=63), (*[Fraction(500)] * 7, *[Fraction(10)] * 56))
    assert weekday_levels(old, start) == [Fraction(10)] * 7
    # Without any Monday nobody knows one
    mondays = (None, *[Fraction(10)] * 6)
    assert weekday_levels(Days(start - timedelta(days=56), mondays * 8), start) is None


@given(st.lists(st.integers(-20, 90), min_size=1, max_size=29), st.fractions(Fraction(1, 10_000), 10_000))
def test_in_another_unit_it_is_the_same(now: list[int], times: Fraction) -> None:
    one, other = at(days(*now), len(now)), at(days(*now, times=times), len(now))
    assert other.coming.middle == pytest.approx(one.coming.middle * float(times), rel=EXACT)
    assert other.coming.scale == pytest.approx(one.coming.scale * float(times), rel=1e-6)
    assert other.belief == pytest.approx(one.belief, rel=1e-6)


@given(st.lists(st.integers(-20, 90), min_size=30, max_size=30))
def test_whatever_the_days_were_the_last_one_leaves_the_total(now: list[int]) -> None:
    assert at(days(*now), 30).coming.middle == sum(now)


@given(st.integers(1, 29), st.sets(st.integers(0, 6), min_size=1, max_size=5).map(frozenset))
def test_closed_days_add_nothing(passed: int, closed: frozenset[int]) -> None:
    """Where only closed days are left, nothing comes any more; and one more closed day changes no estimate."""
    some = days(*usual(passed, closed), closed=closed)
    left = [MONTH.start + timedelta(days=i) for i in range(passed, 30)]
    found = at(some, passed)
    if all(day.weekday() in closed for day in left):
        assert found.coming.middle == sum(usual(passed, closed))
    if left[0].weekday() in closed:
        later = at(days(*usual(passed + 1, closed), closed=closed), passed + 1)
        assert later.coming.middle == pytest.approx(found.coming.middle, rel=EXACT)


def test_on_simulated_shops_it_beats_the_straight_line_and_its_band_holds() -> None:
    found = measure(shops=12, months=13, seed=3)["all"]
    early, middle, late = (found[day] for day in (3, 10, 20))
    for tally, gain in ((early, 0.6), (middle, 0.9), (late, 1.0)):
        assert sum(tally.paced) < gain * sum(tally.straight)
        assert 0.7 <= sum(tally.inside) / len(tally.inside) <= 0.92
        assert sum(tally.at_risk_missed) >= 0.8 * len(tally.at_risk_missed) > 0
