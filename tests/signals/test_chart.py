"""Limits and flags of the process behaviour chart: each published series at hand, and each border by itself."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.signals import LimitsLabel, SignalRule, chart_of, label_of, limits_of

DEFAULT = Path(__file__).parents[3] / "shared" / "spc_cases"
FILE = Path(os.environ.get("SIGNALBOX_SPC_CASES", DEFAULT)) / "xmr_truth.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["series"] if FILE.exists() else []
KNOWN = [case for case in CASES if case.get("wheeler_mean")]


def test_the_published_series_are_there() -> None:
    if not CASES:
        pytest.skip("no published series: set SIGNALBOX_SPC_CASES to run them")
    assert len(KNOWN) == 43


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["id"])
def test_limits_and_flags_of_published_series(case: dict[str, Any]) -> None:
    truth = case["wheeler_mean"]
    chart = chart_of(case["values"], case["baseline_points"])
    assert chart.limits is not None
    found = (chart.limits.centre, chart.limits.lower, chart.limits.upper, chart.limits.range_limit)
    assert found == pytest.approx((truth["centre"], truth["lower"], truth["upper"], truth["url"]), rel=1e-9)
    assert chart.limits.moving_range_mean == pytest.approx(truth["mr"], rel=1e-9)
    assert {rule.value: list(flagged) for rule, flagged in chart.flags.items()} == {
        rule.value: truth["flags"][rule.value] for rule in SignalRule
    }


def test_a_point_on_a_limit_is_inside() -> None:
    limits = limits_of([0, 1, 0, 1])
    assert limits is not None
    for value, flagged in (
        (limits.upper, ()),
        (limits.upper + 1e-9, (4,)),
        (limits.lower, ()),
        (limits.lower - 1e-9, (4,)),
    ):
        assert chart_of([0, 1, 0, 1, value], 4).flags[SignalRule.OUTSIDE] == flagged


@pytest.mark.parametrize(("run", "flagged"), [(7, 0), (8, 8), (9, 9)])
def test_a_run_needs_eight(run: int, flagged: int) -> None:
    values = [10.0, 0.0] * 6 + [5.5] * run
    assert len(chart_of(values, 12).flags[SignalRule.RUN_OF_8]) == flagged


def test_a_tie_with_the_centre_breaks_a_run() -> None:
    broken = [10.0, 0.0] * 6 + [5.5] * 4 + [5.0] + [5.5] * 4
    assert chart_of(broken, 12).flags[SignalRule.RUN_OF_8] == ()
    assert chart_of([7.0] * 8).flags[SignalRule.RUN_OF_8] == ()


def test_three_of_four_lie_strictly_nearer_the_limit() -> None:
    base = [0.0, 10.0] * 6  # centre 5, limits 26.6 from it, half way 18.3
    assert chart_of([*base, 18.4, 5.0, 18.4, 18.4], 12).flags[SignalRule.THREE_OF_FOUR] == (12, 13, 14, 15)
    assert chart_of([*base, 18.4, 5.0, 18.3, 18.4], 12).flags[SignalRule.THREE_OF_FOUR] == ()
    assert chart_of([*base, 18.4, -8.4, 18.4, -8.4], 12).flags[SignalRule.THREE_OF_FOUR] == ()
    assert chart_of([*base, 18.4, None, 18.4, 18.4], 12).flags[SignalRule.THREE_OF_FOUR] == ()


@pytest.mark.parametrize(
    ("count", "label"),
    [(0, "none"), (5, "none"), (6, "trial"), (11, "trial"), (12, "normal")],
)
def test_how_far_limits_are_trusted(count: int, label: str) -> None:
    assert label_of(count) is LimitsLabel(label)


def test_a_baseline_longer_than_the_series_is_all_of_it() -> None:
    assert chart_of([10, 12, None, 13], 4) == chart_of([10, 12, None, 13], 3) == chart_of([10, 12, None, 13])


def test_no_step_has_no_limits() -> None:
    assert limits_of([]) is None
    assert chart_of([3.0]).limits is None


NUMBERS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40)


@given(NUMBERS, st.integers(-500, 500), st.integers(1, 9))
def test_another_unit_flags_the_same_points(values: list[int], shift: int, times: int) -> None:
    moved = [value * 2**times + shift * 64 for value in values]
    assert chart_of(moved).flags == chart_of(values).flags


@given(NUMBERS)
def test_a_mirrored_series_flags_the_same_points(values: list[int]) -> None:
    assert chart_of([-value for value in values]).flags == chart_of(values).flags
