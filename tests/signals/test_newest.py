"""The signal of the newest point: each rule at its border, each way that it can end, and the laws that hold for all."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.signals import LimitsLabel, Newest, SignalRule, Usual, chart_with, newest_seen, newest_signal, usual_of

BASE = [0, 10] * 12
"""Centre 5, limits 26.6 from it, half way 13.3."""
USUAL = usual_of(BASE)
UPPER, LOWER, HALF = Fraction("31.6"), Fraction("-21.6"), Fraction("18.3")


def found(*values: object) -> Newest | None:
    return newest_signal([None if value is None else Fraction(str(value)) for value in values], USUAL)


def test_the_usual_range_is_what_the_examples_count_on() -> None:
    assert USUAL.limits is not None
    assert (USUAL.limits.lower, USUAL.limits.upper, USUAL.limits.centre + USUAL.limits.half) == (LOWER, UPPER, HALF)
    assert (USUAL.count, USUAL.label) == (24, LimitsLabel.NORMAL)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("31.6",), None),
        (("31.61",), Newest(SignalRule.OUTSIDE, above=True, length=1, run=1)),
        (("-21.6",), None),
        (("-21.61",), Newest(SignalRule.OUTSIDE, above=False, length=1, run=1)),
        ((40, 6), None),
        ((40, 40), Newest(SignalRule.OUTSIDE, above=True, length=2, run=2)),
        ((6,) * 7, None),
        ((6,) * 8, Newest(SignalRule.RUN_OF_8, above=True, length=8, run=8)),
        ((6,) * 9, Newest(SignalRule.RUN_OF_8, above=True, length=9, run=9)),
        ((6, 6, 5, 6, 6, 6, 6, 6), None),
        ((6,) * 8 + (5,), None),
        ((6,) * 4 + (None,) + (6,) * 4, None),
        ((None,) + (6,) * 8, Newest(SignalRule.RUN_OF_8, above=True, length=8, run=8)),
        ((19, 19, 5, 19), Newest(SignalRule.THREE_OF_FOUR, above=True, length=4, run=1)),
        ((19, 19, 5, "18.3"), None),
        ((5, 19, 19, 19), Newest(SignalRule.THREE_OF_FOUR, above=True, length=3, run=3)),
        ((19, 19, 19, 6), Newest(SignalRule.THREE_OF_FOUR, above=True, length=4, run=4)),
        ((19, 19, None, 19), None),
        ((-9, -9, 5, -9), Newest(SignalRule.THREE_OF_FOUR, above=False, length=4, run=1)),
        # The newest lies on the other side: what was low is over
        ((-9, -9, -9, 6), None),
        # A run that an outside point ends reaches back furthest
        ((6,) * 7 + (40,), Newest(SignalRule.RUN_OF_8, above=True, length=8, run=8)),
        ((None,), None),
        ((40, None), None),
        ((), None),
    ],
)
def test_which_signal_the_newest_point_is_part_of(values: tuple[object, ...], expected: Newest | None) -> None:
    signal = found(*values)
    assert signal == expected
    assert signal is None or signal.seen == 0


@pytest.mark.parametrize(("count", "allowed"), [(5, False), (6, True), (7, True), (8, True)])
def test_under_six_points_nothing_is_a_signal(count: int, allowed: bool) -> None:  # noqa: FBT001
    assert (newest_signal([99], Usual(USUAL.limits, count)) is not None) == allowed


@pytest.mark.parametrize(("count", "allowed"), [(7, False), (8, True)])
@pytest.mark.parametrize("values", [[6] * 8, [19, 19, 5, 19]])
def test_under_eight_points_only_outside_is_a_signal(count: int, allowed: bool, values: list[int]) -> None:  # noqa: FBT001
    assert (newest_signal(values, Usual(USUAL.limits, count)) is not None) == allowed


def test_a_change_is_new_once() -> None:
    seen = [newest_seen([5] * 4 + [6] * run, lambda _: USUAL) for run in (7, 8, 9, 11)]
    assert [each and each.seen for each in seen] == [None, 0, 1, 3]


def test_a_change_may_have_been_there_from_the_first_point_on() -> None:
    seen = [newest_seen([40] * count, lambda _: USUAL) for count in (1, 2, 3)]
    assert [each and each.seen for each in seen] == [0, 1, 2]


def test_a_change_that_went_away_is_new_again() -> None:
    again = newest_seen([40, 6, 6, 40], lambda _: USUAL)
    assert again is not None
    assert (again.seen, again.length) == (0, 1)
    other_side = newest_seen([40, -40], lambda _: USUAL)
    assert other_side is not None
    assert (other_side.seen, other_side.above) == (0, False)


SERIES = st.lists(st.one_of(st.none(), st.integers(-60, 60)), min_size=1, max_size=30)


@given(SERIES)
def test_it_is_a_flag_of_the_chart_that_holds_the_newest_point_on_its_own_side(values: list[int | None]) -> None:
    assert USUAL.limits is not None
    chart = chart_with(values, USUAL.limits, USUAL.label)
    last = len(values) - 1
    flagged = {rule for rule in SignalRule if last in chart.flags[rule]}
    signal = newest_signal(values, USUAL)
    if signal is None:
        # Three of four may hold a newest point that has come back to the other side, or to the centre
        assert flagged <= {SignalRule.THREE_OF_FOUR}
        return
    assert signal.rule in flagged
    assert all(value is not None for value in values[-signal.length :])
    assert (last in chart.above) == signal.above


@given(SERIES, st.integers(-300, 300), st.integers(1, 9))
def test_another_unit_changes_nothing(values: list[int | None], shift: int, times: int) -> None:
    def moved(series: list[int | None]) -> list[int | None]:
        return [None if value is None else value * times + shift for value in series]

    assert newest_signal(moved(values), usual_of(moved(list(BASE)))) == newest_signal(values, USUAL)


@given(SERIES)
def test_a_mirrored_series_mirrors_the_signal(values: list[int | None]) -> None:
    mirrored = newest_signal([None if value is None else 10 - value for value in values], USUAL)
    signal = newest_signal(values, USUAL)
    assert (mirrored is None) == (signal is None)
    if mirrored is not None and signal is not None:
        assert (mirrored.rule, mirrored.above, mirrored.length) == (signal.rule, not signal.above, signal.length)


@given(SERIES, st.integers(0, 90))
def test_a_higher_newest_value_never_makes_a_drop(values: list[int | None], more: int) -> None:
    if values[-1] is None:
        return
    before = newest_signal(values, USUAL)
    after = newest_signal([*values[:-1], values[-1] + more], USUAL)
    if after is not None and not after.above:
        assert before is not None
        assert not before.above


@given(SERIES)
def test_a_point_on_the_centre_ends_every_signal(values: list[int | None]) -> None:
    assert newest_signal([*values, 5], USUAL) is None
