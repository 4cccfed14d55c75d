"""A KPI's series judged: the states, the good side of each direction, the baseline, and every sentence as text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpi_core.kpi import Direction
from kpi_core.period import Cadence
from kpi_core.signals import (
    NO_SIGNAL,
    SEEN_BACK,
    LimitsLabel,
    Signal,
    SignalRule,
    SignalState,
    Span,
    judge,
    judge_surprise,
    way_word,
)
from kpi_core.signals.chart import FROZEN
from tests.signals.made import CALENDAR, NEWEST, TODAY, months, words

STABLE: list[float | None] = [0, 10] * 12
"""Centre 5; the newest lies above it, so that what comes lower begins a run of its own."""
MIRRORED: list[float | None] = [10, 0] * 12


def judged(values: list[float | None], direction: Direction = Direction.UP, frozen: int = FROZEN) -> Signal:
    """Judge months whose first ones make the limits."""
    points = months(values)
    known = [each for each in points if each.value is not None][:frozen]
    baseline = [each for each in points if known and each.period.start <= known[-1].period.start]
    return judge(points[-SEEN_BACK:], baseline, direction)


@pytest.mark.parametrize(
    ("count", "state", "label", "sentence"),
    [
        (0, SignalState.NONE_YET, LimitsLabel.NONE, "Not enough history: 0 of 6 months."),
        (4, SignalState.NONE_YET, LimitsLabel.NONE, "Not enough history: 4 of 6 months."),
        (5, SignalState.NONE_YET, LimitsLabel.NONE, "Not enough history: 5 of 6 months."),
        (
            6,
            SignalState.ROUTINE,
            LimitsLabel.TRIAL,
            "Routine variation: nothing to explain. Trial limits, from 6 of 12 months.",
        ),
        (
            11,
            SignalState.ROUTINE,
            LimitsLabel.TRIAL,
            "Routine variation: nothing to explain. Trial limits, from 11 of 12 months.",
        ),
        (12, SignalState.ROUTINE, LimitsLabel.NORMAL, "Routine variation: nothing to explain."),
        (25, SignalState.ROUTINE, LimitsLabel.NORMAL, "Routine variation: nothing to explain."),
    ],
)
def test_how_much_history_there_is(count: int, state: SignalState, label: LimitsLabel, sentence: str) -> None:
    signal = judged([*STABLE, 0][:count])
    assert (signal.state, signal.label) == (state, label)
    assert signal.trial == (label is LimitsLabel.TRIAL)
    assert words().sentence(signal) == sentence


def test_limits_stay_frozen_on_the_first_twenty_four() -> None:
    at = [judged([*STABLE, *([30] * more)]) for more in (0, 1, 8)]
    assert {each.count for each in at} == {24}
    assert len({each.limits for each in at}) == 1
    moving = judged([*STABLE[:23], 30])
    assert moving.limits != at[0].limits


@pytest.mark.parametrize(
    ("after", "direction", "state", "sentence"),
    [
        (
            [4] * 8,
            Direction.UP,
            SignalState.WORSE,
            "A real drop since March: eight months below the usual level.",
        ),
        (
            [4] * 8,
            Direction.DOWN,
            SignalState.BETTER,
            "A real drop since March: eight months below the usual level. Lower is better here.",
        ),
        (
            [6] * 13,
            Direction.UP,
            SignalState.BETTER,
            "A real rise since October 2025: 13 months above the usual level.",
        ),
        (
            [6] * 8,
            Direction.DOWN,
            SignalState.WORSE,
            "A real rise since March: eight months above the usual level. Lower is better here.",
        ),
        (
            [40],
            Direction.UP,
            SignalState.BETTER,
            "A real rise in October: further above the usual level than routine variation goes.",
        ),
        (
            [-40, -40],
            Direction.UP,
            SignalState.WORSE,
            "A real drop since September: two months further below the usual level than routine variation goes.",
        ),
        (
            [-9, -9, 5, -9],
            Direction.UP,
            SignalState.WORSE,
            "A real drop since July: three of the last four months far below the usual level.",
        ),
        (
            [-9, -9, -9, 5, -9, -9],
            Direction.UP,
            SignalState.WORSE,
            "A real drop since May: almost always far below the usual level.",
        ),
        (
            [4] * 30,
            Direction.UP,
            SignalState.WORSE,
            "A real drop since November 2024: 24 months or more below the usual level.",
        ),
    ],
)
def test_a_real_change_in_words(after: list[float], direction: Direction, state: SignalState, sentence: str) -> None:
    signal = judged([*(STABLE if after[0] < 5 else MIRRORED), *after], direction)
    assert signal.state is state
    assert signal.real
    assert words(direction).sentence(signal) == sentence


@pytest.mark.parametrize(
    ("span", "level", "state", "ending"),
    [
        (Span(Fraction(10), Fraction(20)), 6, SignalState.BETTER, " That is nearer its range."),
        (Span(Fraction(10), Fraction(20)), 4, SignalState.WORSE, " That is further from its range."),
        (Span(Fraction(0), Fraction(10)), 6, SignalState.OTHER, ""),
        (Span(None, Fraction(2)), 6, SignalState.WORSE, " That is further from its range."),
        (Span(), 6, SignalState.OTHER, ""),
        # From 1 under the range to 1 over it is neither
        (Span(Fraction(6), Fraction(7)), 8, SignalState.OTHER, ""),
    ],
)
def test_a_range_is_judged_by_how_far_the_level_is_from_it(
    span: Span, level: float, state: SignalState, ending: str
) -> None:
    points = months([*(STABLE if level < 5 else MIRRORED), *([level] * 8)])
    signal = judge(points[-24:], points[:24], Direction.RANGE, span=span)
    assert signal.state is state
    side = "above" if level > 5 else "below"
    what = "rise" if level > 5 else "drop"
    expected = f"A real {what} since March: eight months {side} the usual level.{ending}"
    assert words(Direction.RANGE).sentence(signal) == expected


def test_trial_limits_say_so_beside_a_change() -> None:
    signal = judged([10, 11, 10, 11, 10, 11, 10, 11, 10, 60])
    assert signal.state is SignalState.BETTER
    assert words().sentence(signal) == (
        "A real rise in October: further above the usual level than routine variation goes."
        " Trial limits, from 10 of 12 months."
    )


def test_a_newest_period_without_a_value_is_not_judged() -> None:
    signal = judged([*STABLE, 40, None])
    assert (signal.state, signal.real, signal.new) == (SignalState.NOT_JUDGED, False, False)
    assert words().sentence(signal) == "October has no value: nothing to judge."


def test_a_rebase_is_proposed_after_a_run_of_eight_only() -> None:
    assert judged([*STABLE, *([4] * 7)]).rebase_from is None
    assert judged([*MIRRORED, 40, 40]).rebase_from is None
    signal = judged([*STABLE, *([4] * 8)])
    assert signal.rebase_from == signal.since
    assert words().rebase(signal) == "If you know what changed, say so, and the usual level starts anew in March."
    assert words().rebase(replace(signal, rebase_from=None)) == ""
    # Outside for eight months is a run of eight too
    assert judged([*MIRRORED, *([90] * 8)]).rebase_from is not None


def test_a_change_says_when_it_was_first_to_be_seen() -> None:
    new, old = judged([*STABLE, *([4] * 8)]), judged([*STABLE, *([4] * 10)])
    assert (new.new, new.first_seen) == (True, NEWEST)
    assert (old.new, old.first_seen) == (False, CALENDAR.previous(CALENDAR.previous(NEWEST)))


@pytest.mark.parametrize("direction", [Direction.UP, Direction.RANGE])
def test_a_change_that_all_periods_show_was_first_to_be_seen_in_the_first(direction: Direction) -> None:
    points = months([*STABLE, 40])
    signal = judge(points[-1:], points[:-1], direction)
    assert (signal.rule, signal.first_seen, signal.new) == (SignalRule.OUTSIDE, NEWEST, True)
    # More forecast errors than periods that are looked at
    loud = judge_surprise([*[1.0, -1.0] * 11, 30.0, 30.0, 30.0])
    assert loud is not None
    seen = judge(points[-2:], points, direction, surprise=loud)
    assert (seen.by_surprise, seen.first_seen) == (True, CALENDAR.previous(NEWEST))


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        (NO_SIGNAL, "Too early"),
        (Signal(SignalState.NOT_JUDGED), "Not judged"),
        (Signal(SignalState.ROUTINE), "Routine"),
        (Signal(SignalState.OTHER, above=True), "Real rise"),
        (Signal(SignalState.BETTER, above=False), "Real drop"),
    ],
)
def test_each_state_has_a_word_or_two(signal: Signal, text: str) -> None:
    assert way_word(signal) == text


def test_where_nothing_was_judged_no_period_counts_yet() -> None:
    assert words().sentence(NO_SIGNAL) == "Not enough history: 0 of 6 months."
    assert (NO_SIGNAL.real, NO_SIGNAL.new, NO_SIGNAL.by_surprise, NO_SIGNAL.length) == (False, False, False, 0)


def test_without_a_freeze_each_time_is_judged_by_what_was_known_then() -> None:
    first = judged([10, 11, 10, 11, 10, 11, 10, 11, 60])
    assert (first.rule, first.new) == (SignalRule.OUTSIDE, True)
    second = judged([10, 11, 10, 11, 10, 11, 10, 11, 60, 61])
    assert (second.rule, second.length, second.first_seen) == (SignalRule.OUTSIDE, 2, CALENDAR.previous(NEWEST))
    assert second.limits != first.limits


def test_until_the_freeze_the_newest_period_is_part_of_what_is_usual() -> None:
    before: list[float | None] = [10, 11] * 4
    assert judged([*before, 14]).state is SignalState.ROUTINE
    assert judged([*before, 14], frozen=8).state is SignalState.BETTER


def test_what_was_seen_earlier_is_judged_by_what_was_usual_then() -> None:
    # By the limits of now even the first of the four would be outside; at its time it was not, three of four were
    signal = judged([*([10, 11] * 4), *([14.2] * 4)])
    assert (signal.rule, signal.length, signal.first_seen) == (
        SignalRule.THREE_OF_FOUR,
        4,
        CALENDAR.previous(NEWEST),
    )


@pytest.mark.parametrize(("value", "away"), [("0.5", "0.5"), ("1", "0"), ("3", "0"), ("5", "0"), ("5.5", "0.5")])
def test_inside_its_range_a_value_is_not_away_from_it(value: str, away: str) -> None:
    assert Span(Fraction(1), Fraction(5)).away(Fraction(value)) == Fraction(away)
    assert Span().away(Fraction(value)) == 0


def test_surprises_speak_for_what_grows() -> None:
    errors = [1.0, -1.0] * 11
    assert judge_surprise(()) is None
    quiet, loud = judge_surprise(errors), judge_surprise([*errors, -30.0])
    assert quiet is not None
    assert (quiet.count, quiet.newest) == (22, None)
    points = months([float(value) for value in range(24)])
    routine = judge(points, points, Direction.UP, surprise=quiet)
    assert routine.state is SignalState.ROUTINE
    assert words().sentence(routine) == "Routine variation around its growth and season: nothing to explain."
    # The plain chart would call the growth itself a change
    assert judge(points, points, Direction.UP).real
    drop = judge(points, points, Direction.UP, surprise=loud)
    assert (drop.state, drop.by_surprise, drop.rebase_from) == (SignalState.WORSE, True, None)
    assert words().sentence(drop) == (
        "A real drop in October: further below what growth and season led to expect than routine variation goes."
    )


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "one month"),
        (2, "two months"),
        (12, "twelve months"),
        (13, "13 months"),
        (23, "23 months"),
        (24, "24 months or more"),
    ],
)
def test_periods_are_counted_in_words_as_far_as_twelve(count: int, text: str) -> None:
    assert words().counted(count) == text


def test_sentences_name_the_cadence() -> None:
    signal = Signal(SignalState.NONE_YET, count=3)
    assert replace(words(), cadence=Cadence.WEEK).sentence(signal) == "Not enough history: 3 of 6 weeks."
    assert TODAY.year == 2026
