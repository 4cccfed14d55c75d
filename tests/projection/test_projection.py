"""Projection, chance and help with targets: what must hold whatever the history, and the borders of the policy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.kpi import Direction
from kpi_core.period import Cadence
from kpi_core.projection import (
    Bounds,
    History,
    ProjectionGrade,
    ProjectionKind,
    Spread,
    TargetGrade,
    chance_of,
    chance_of_range,
    help_with,
    in_ten,
    judge_target,
    project,
)
from kpi_core.projection.seasons import seasons_of

STABLE = tuple(100 + (7 * at) % 5 for at in range(30))
SEASONAL = tuple(100 * (1.5 if at % 12 == 11 else 1.0) + at % 3 for at in range(48))
VALUES = st.lists(st.integers(0, 1000), min_size=6, max_size=40)


@pytest.mark.parametrize(
    ("count", "grade"), [(5, "too early"), (6, "rough"), (11, "rough"), (12, "normal"), (24, "normal")]
)
def test_how_far_a_projection_is_trusted(count: int, grade: str) -> None:
    assert project(History(STABLE[:count], Cadence.MONTH), 3).grade is ProjectionGrade(grade)


def test_quarters_are_always_rough() -> None:
    assert project(History(STABLE, Cadence.QUARTER), 3).grade is ProjectionGrade.ROUGH


def test_under_a_season_no_trend_goes_on() -> None:
    rising = tuple(float(at) for at in range(10))
    ahead = project(History(rising, Cadence.MONTH), 12).mean
    assert len(set(ahead)) == 1
    assert ahead[0] <= rising[-1]


def test_a_season_comes_back() -> None:
    ahead = project(History(SEASONAL, Cadence.MONTH), 12).mean
    assert max(range(12), key=lambda at: ahead[at]) == 11
    assert ahead[11] == pytest.approx(150, abs=5)


def test_noise_is_no_season() -> None:
    chance = np.random.default_rng(7)
    weights = [seasons_of(100 + chance.normal(0, 5, 36), 12).weight for _ in range(200)]
    assert np.mean(weights) < 0.25
    assert seasons_of(np.array(SEASONAL), 12).weight > 0.95


def test_bounds_hold_for_every_end() -> None:
    made = project(History((2, 0, 1, 0, 3, 0, 1, 0), Cadence.MONTH, Bounds(0, 3)), 6)
    assert min(made.low95) == 0
    assert max(made.high95) <= 3


@given(VALUES, st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_bands_hold_each_other(values: list[int], horizon: int) -> None:
    made = project(History(tuple(values), Cadence.MONTH), horizon)
    for at in range(horizon):
        assert made.low95[at] <= made.low80[at] <= made.mean[at] <= made.high80[at] <= made.high95[at]


@given(VALUES, st.integers(-500, 1500), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_a_harder_target_has_no_better_chance(values: list[int], target: int, harder: int) -> None:
    history = History(tuple(values), Cadence.MONTH)
    easy = chance_of(history, 3, target, Direction.UP)
    hard = chance_of(history, 3, target + harder, Direction.UP)
    assert easy is not None
    assert hard is not None
    assert hard <= easy + 1e-12


@given(VALUES, st.integers(-500, 1500))
@settings(max_examples=60, deadline=None)
def test_up_and_down_share_the_whole(values: list[int], target: int) -> None:
    history = History(tuple(values), Cadence.MONTH)
    for strict in (False, True):
        up = chance_of(history, 3, target, Direction.UP, strict=strict)
        down = chance_of(history, 3, target, Direction.DOWN, strict=not strict)
        assert (up or 0) + (down or 0) == pytest.approx(1)


@pytest.mark.parametrize("count", [7, 14, 24, 40])
@pytest.mark.parametrize("value", [0.0, 0.1, 60.0, 99.7, 1e7 / 3])
def test_a_target_that_is_always_met_exactly_is_on_course_and_a_strict_one_is_not(value: float, count: int) -> None:
    history = History((value,) * count, Cadence.MONTH)
    for direction in (Direction.UP, Direction.DOWN):
        assert chance_of(history, 3, value, direction) == 1
        assert chance_of(history, 3, value, direction, strict=True) == 0
    for low, high in ((value, value + 1), (value - 1, value), (value, value)):
        assert chance_of_range(history, 3, low, high) == 1
    assert chance_of_range(history, 3, value, value + 1, strict=(True, False)) == 0
    assert chance_of_range(history, 3, value - 1, value, strict=(False, True)) == 0
    sure = Spread(value, 0, 3)
    assert [sure.chance(value, None), sure.chance(None, value), sure.chance(value, value)] == [1, 1, 1]
    assert [sure.chance(value, None, (True, False)), sure.chance(None, value, (False, True))] == [0, 0]


RETURNS = (2.5, 1.2, 2.1, 0.6, 1.3, 2.2, 1.8, 1.2, 0.0, 1.5, 1.1, 1.9, 1.3, 2.3)
SHARE = History(RETURNS, Cadence.MONTH, Bounds(0, 100))


def test_an_end_where_values_end_is_no_end() -> None:
    under, over = (chance_of(SHARE, 3, 3, direction) for direction in (Direction.DOWN, Direction.UP))
    assert chance_of_range(SHARE, 3, 0, 3) == chance_of_range(SHARE, 3, -1, 3) == pytest.approx(under)
    assert chance_of_range(SHARE, 3, 3, 100) == chance_of_range(SHARE, 3, 3, 101) == pytest.approx(over)
    inside = chance_of_range(SHARE, 3, 0, 3, strict=(True, False))
    assert inside is not None
    assert under is not None
    assert inside < under


@pytest.mark.parametrize(
    ("target", "direction", "strict", "chance"),
    [
        (0, Direction.UP, False, 1),
        (-1, Direction.UP, True, 1),
        (-1, Direction.DOWN, False, 0),
        (0, Direction.DOWN, True, 0),
        (100, Direction.DOWN, False, 1),
        (100, Direction.UP, True, 0),
        (101, Direction.UP, False, 0),
    ],
)
def test_what_values_cannot_be_has_no_chance(target: float, direction: Direction, strict: bool, chance: int) -> None:  # noqa: FBT001
    assert chance_of(SHARE, 3, target, direction, strict=strict) == chance


@pytest.mark.parametrize("rest", [-1, 0])
def test_a_total_that_is_reached_stays_reached(rest: int) -> None:
    orders = History((0, 5, 20, 30, 2, 8, 0, 25, 3, 8, 20, 1), Cadence.MONTH, Bounds(0))
    assert chance_of(orders, 2, rest, Direction.UP, ProjectionKind.SUM) == 1
    kept = chance_of(orders, 2, rest, Direction.DOWN, ProjectionKind.SUM)
    assert kept is not None
    assert (kept == 0) == (rest < 0)
    capped = History(orders.values, Cadence.MONTH, Bounds(0, 30))
    assert chance_of(capped, 2, 61, Direction.UP, ProjectionKind.SUM) == 0
    assert chance_of(capped, 2, 60, Direction.DOWN, ProjectionKind.SUM) == 1
    assert 0 < (chance_of(capped, 2, 31, Direction.UP, ProjectionKind.SUM) or 0) < 1


def test_a_range_is_what_lies_between() -> None:
    history = History(STABLE, Cadence.MONTH)
    assert chance_of_range(history, 1, 0, 1000) == pytest.approx(1, abs=0.05)
    assert chance_of_range(history, 1, 1000, 2000) == pytest.approx(0, abs=0.05)


def test_the_sum_of_months_is_judged_as_a_sum() -> None:
    history = History(STABLE, Cadence.MONTH)
    made = project(history, 12, ProjectionKind.SUM)
    assert made.mean[-1] == pytest.approx(sum(project(history, 12).mean))
    chance = chance_of(history, 12, 1000, Direction.UP, ProjectionKind.SUM)
    assert chance is not None
    assert chance > 0.9


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "less than 1 in 10"),
        (0.04, "less than 1 in 10"),
        (0.06, "about 1 in 10"),
        (0.5, "about 5 in 10"),
        (1.0, "more than 9 in 10"),
    ],
)
def test_a_chance_in_words(chance: float, words: str) -> None:
    assert in_ten(chance) == words


def test_suggestions_are_worth_their_chance() -> None:
    help_ = help_with(History(STABLE, Cadence.MONTH), 3, Direction.UP)
    assert help_.realistic is not None
    assert help_.ambitious is not None
    assert help_.realistic.chance == pytest.approx(0.5, abs=0.15)
    assert help_.ambitious.target > help_.realistic.target
    assert help_.ambitious.chance < help_.realistic.chance
    assert help_.baseline == sorted(STABLE[-3:])[1]


@given(st.lists(st.integers(50, 150), min_size=18, max_size=40), st.sampled_from((Direction.UP, Direction.DOWN)))
@settings(max_examples=25, deadline=None)
def test_a_suggestion_has_the_chance_that_its_name_promises(values: list[int], direction: Direction) -> None:
    history = History(tuple(map(float, values)), Cadence.MONTH)
    found = help_with(history, 3, direction)
    if len(set(values)) > 1 and found.realistic is not None and found.ambitious is not None:
        # What is a little bolder has less: past errors count in steps
        for offered, promised in ((found.realistic, 0.5), (found.ambitious, 0.3)):
            bolder = chance_of(history, 3, offered.target + (1 if direction is Direction.UP else -1), direction)
            assert bolder is not None
            assert offered.chance >= promised > bolder


def test_for_a_cost_ambitious_is_lower() -> None:
    help_ = help_with(History(STABLE, Cadence.MONTH), 3, Direction.DOWN)
    assert help_.realistic is not None
    assert help_.ambitious is not None
    assert help_.ambitious.target < help_.realistic.target


def test_too_little_history_is_said() -> None:
    few = History(STABLE[:5], Cadence.MONTH)
    assert help_with(few, 3, Direction.UP).realistic is None
    assert judge_target(few, 3, 1, Direction.UP).grade is TargetGrade.TOO_EARLY


def test_a_target_that_each_of_the_last_three_met() -> None:
    assert judge_target(History(STABLE, Cadence.MONTH), 3, 100, Direction.UP).grade is TargetGrade.ALREADY_MET
    almost = (*STABLE, 99.0)
    assert judge_target(History(almost, Cadence.MONTH), 3, 100, Direction.UP).grade is not TargetGrade.ALREADY_MET


def test_never_done_before_needs_a_step_never_taken() -> None:
    history = History((10, 12, 11, 12, 10, 11, 12), Cadence.MONTH)
    assert judge_target(history, 3, 14, Direction.UP).never_before is False  # two steps of two were taken
    assert judge_target(history, 3, 14.1, Direction.UP).never_before is True
    assert math.isclose(judge_target(history, 3, 12, Direction.UP).reached, 3)
