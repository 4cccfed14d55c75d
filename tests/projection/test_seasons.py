"""Whether cycles agree on a season: told by examples that are sure, and by seeded noise, steps and real seasons."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.period import Cadence
from kpi_core.projection import History
from kpi_core.projection.middle import SEASON_REPEATS, expected_each, surprises
from kpi_core.projection.policy import Bounds, Pattern, pattern_of, project
from kpi_core.projection.seasons import repeats
from kpi_core.signals import limits_of
from kpi_core.signals.judge import judge_surprise

MONTHS = np.arange(24)


def share(shape: np.ndarray, spread: float = 1.0) -> float:
    """Count how often so much noise on a shape is taken for a season, by the limit that the signals use."""
    found = [
        repeats(shape + np.random.default_rng(seed).normal(0, spread, len(shape)), 12) > SEASON_REPEATS
        for seed in range(200)
    ]
    return sum(found) / len(found)


def test_cycles_that_are_the_same_agree_wholly() -> None:
    assert repeats(np.tile(np.arange(12.0) ** 2, 2), 12) == pytest.approx(1, abs=0.05)
    assert repeats(np.tile([0.0] * 11 + [5.0], 3), 12) == pytest.approx(1, abs=0.05)


def test_under_two_cycles_and_without_any_nothing_agrees() -> None:
    assert repeats(np.arange(23.0) ** 2, 12) == 0
    assert repeats(np.arange(30.0), 1) == 0
    assert repeats(np.full(24, 7.0), 12) == 0


def test_growth_is_no_season() -> None:
    assert repeats(np.asarray(100 + 3.0 * MONTHS, dtype=float), 12) == pytest.approx(0, abs=1e-6)


def test_neither_noise_nor_a_step_is_taken_for_a_season_but_a_season_is() -> None:
    assert share(np.zeros(24)) < 0.15
    assert share(-2.0 * (MONTHS >= 16)) < 0.1
    assert share(0.05 * MONTHS) < 0.15
    assert share(2.8 * np.sin(2 * np.pi * MONTHS / 12)) > 0.95
    assert share(6.0 * (MONTHS % 12 == 11)) > 0.95


@given(
    st.lists(st.floats(-1000, 1000), min_size=24, max_size=40),
    st.floats(0.01, 1000),
    st.floats(-1000, 1000),
)
def test_what_is_measured_in_does_not_matter(values: list[float], scale: float, shift: float) -> None:
    series = np.array(values)
    assert 0 <= repeats(series, 12) <= 1
    if series.std() > 1:
        assert repeats(series * scale + shift, 12) == pytest.approx(repeats(series, 12), abs=1e-6)


@pytest.mark.parametrize("count", [12, 18, 24, 30])
@pytest.mark.parametrize("spread", [0, 0.1])
def test_an_even_growth_surprises_nobody_but_a_break_in_it_does(count: int, spread: float) -> None:
    even = 100 + 10.0 * np.arange(count) + np.random.default_rng(3).normal(0, 1, count) * spread
    found = judge_surprise(surprises(History(tuple(even.tolist()), Cadence.MONTH)))
    assert found is not None
    assert found.newest is None
    broken = judge_surprise(surprises(History((*even.tolist(), float(even[-1]) - 60), Cadence.MONTH)))
    assert broken is not None
    assert broken.newest is not None
    assert not broken.newest.above


def noisy(seed: int, shape: np.ndarray, count: int = 24) -> History:
    """Make so many months of noise around 100 on a shape of a year."""
    noise = np.random.default_rng(seed).normal(0, 3, count)
    return History(tuple((100 + np.resize(shape, count) + noise).tolist()), Cadence.MONTH)


FLAT = np.zeros(12)
DECEMBER = np.array([0.0] * 11 + [60.0])


@pytest.mark.parametrize("shape", [FLAT, DECEMBER], ids=["noise", "december"])
@pytest.mark.parametrize("count", [24, 36])
def test_the_outlook_has_a_season_where_the_signals_see_one_and_else_none(shape: np.ndarray, count: int) -> None:
    for seed in range(30):
        history = noisy(seed, shape, count)
        ups_and_downs = np.abs(np.diff(project(history, 12).mean, n=2)).max()
        seen = bool(surprises(history))
        assert seen is (pattern_of(history) is Pattern.SEASON)
        # Without a season the three methods go straight on, or bend once where a trend is damped
        assert seen or ups_and_downs < 1


@pytest.mark.parametrize("off", [0.0, -40.0, 40.0])
def test_what_was_expected_of_december_is_a_december_and_what_lies_beyond_its_ends_is_a_signal(off: float) -> None:
    values = noisy(1, DECEMBER, 48).values
    history = History((*values[:-1], values[-1] + off), Cadence.MONTH)
    found = judge_surprise(surprises(history, 48))
    assert found is not None
    low, middle, high, beyond = expected_each(history, 48)[-1]
    assert beyond is (off != 0)
    assert low < middle < high
    assert middle > 140  # an ordinary month is about 100
    assert (low <= history.values[-1] <= high) is (off == 0)
    assert (None if found.newest is None else found.newest.above) is (None if off == 0 else off > 0)


def test_of_a_number_that_neither_grows_nor_has_seasons_nothing_is_expected() -> None:
    flat = next(each for each in (noisy(seed, FLAT) for seed in range(30)) if not surprises(each))
    assert expected_each(flat) == ()


def test_what_was_expected_of_each_value_is_by_the_errors_and_the_limits_that_judge() -> None:
    steps = [3, 5, 2, 4, 6, 3, 4, 5, 2, 4, 3, 5, 4, 20]
    history = History(tuple(map(float, accumulate(steps, initial=100))), Cadence.MONTH)
    errors = surprises(history)
    limits = limits_of(errors)
    assert limits is not None
    each = expected_each(history)
    assert [value - middle for value, (_, middle, _, _) in zip(history.values[1:], each, strict=True)] == (
        pytest.approx(errors)
    )
    assert [low - middle for low, middle, _, _ in each] == pytest.approx([float(limits.lower)] * 14)
    assert [high - middle for _, middle, high, _ in each] == pytest.approx([float(limits.upper)] * 14)
    assert [at for at, (*_, beyond) in enumerate(each) if beyond] == [13]


def test_of_a_season_that_multiplies_the_ends_are_wider_where_it_is_strong() -> None:
    each = expected_each(noisy(1, DECEMBER, 48), 48)
    december, november = each[-1], each[-2]
    assert december[2] - december[1] > 1.2 * (november[2] - november[1])


def test_a_value_that_cannot_be_under_zero_is_never_expected_there() -> None:
    falling = tuple(float(max(0, 60 - 4 * at)) for at in range(18))
    free, held = (expected_each(History(falling, Cadence.MONTH, bounds)) for bounds in (Bounds(), Bounds(0.0)))
    assert min(low for low, *_ in free) < 0
    assert min(low for low, *_ in held) == 0
    assert [beyond for *_, beyond in held] == [beyond for *_, beyond in free]


def test_so_few_errors_that_nothing_is_judged_mark_nothing() -> None:
    values = noisy(1, DECEMBER, 36).values
    history = History((*values[:-1], values[-1] + 400), Cadence.MONTH)
    each = expected_each(history, 6)
    assert len(each) == 5
    assert not any(beyond for *_, beyond in each)


def test_after_a_rebase_a_season_that_is_known_is_still_one() -> None:
    history = noisy(1, DECEMBER, 36)
    assert len(surprises(history, 8)) == 7
    assert surprises(History(history.values[-8:], Cadence.MONTH)) == ()
    assert surprises(history, 5) == ()


@pytest.mark.parametrize(
    ("count", "pattern"),
    [(11, Pattern.NOTHING), (12, Pattern.HALF_LAST_YEAR), (23, Pattern.HALF_LAST_YEAR), (24, Pattern.SEASON)],
)
def test_before_two_years_nobody_can_tell_and_half_of_last_year_is_repeated(count: int, pattern: Pattern) -> None:
    assert pattern_of(noisy(1, DECEMBER, count)) is pattern


@pytest.mark.parametrize(("count", "pattern"), [(5, 0), (51, 0), (52, 1), (60, 2), (103, 2), (104, 3)])
def test_weeks_repeat_last_year_until_two_can_be_compared(count: int, pattern: int) -> None:
    weeks = np.resize(100 + 50 * np.sin(2 * np.pi * np.arange(52) / 52), count)
    found = pattern_of(History(tuple(weeks.tolist()), Cadence.WEEK))
    assert found is (Pattern.NOTHING, Pattern.HALF_LAST_YEAR, Pattern.LAST_YEAR, Pattern.SEASON)[pattern]
