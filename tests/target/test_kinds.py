from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.kpi import Direction
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
)


@pytest.mark.parametrize(
    ("comparison", "is_floor", "inclusive", "strict"),
    [
        (Comparison.AT_LEAST, True, Comparison.AT_LEAST, Comparison.ABOVE),
        (Comparison.ABOVE, True, Comparison.AT_LEAST, Comparison.ABOVE),
        (Comparison.AT_MOST, False, Comparison.AT_MOST, Comparison.BELOW),
        (Comparison.BELOW, False, Comparison.AT_MOST, Comparison.BELOW),
    ],
)
def test_an_inequality_knows_its_way(
    comparison: Comparison,
    is_floor: bool,  # noqa: FBT001
    inclusive: Comparison,
    strict: Comparison,
) -> None:
    assert (comparison.is_floor, comparison.inclusive, comparison.strict) == (is_floor, inclusive, strict)


def test_ten_percent_unless_said() -> None:
    assert Tolerance() == Tolerance(ToleranceKind.PERCENT, Fraction(10))


def test_bounds_come_low_first_and_absent_ones_are_left_out() -> None:
    low, high = Bound(Fraction(2), Comparison.AT_LEAST), Bound(Fraction(5), Comparison.AT_MOST)
    target = PeriodTarget(Direction.RANGE, low, high, Tolerance(), TargetKind.RANGE)
    assert target.bounds == (low, high)
    assert PeriodTarget(Direction.DOWN, None, high, Tolerance(), TargetKind.CONSTANT).bounds == (high,)


@pytest.mark.parametrize(
    "make",
    [
        Tolerance,
        lambda: Bound(Fraction(2), Comparison.AT_LEAST),
        lambda: Step(date(2025, 1, 1), Fraction(2)),
        lambda: Target(TargetKind.CONSTANT, date(2025, 1, 1), Fraction(2)),
        lambda: TargetException(date(2025, 1, 1), Fraction(2), "holiday"),
        TargetHistory,
        lambda: PeriodTarget(Direction.DOWN, None, None, Tolerance(), TargetKind.CONSTANT),
    ],
)
def test_targets_are_values_that_nobody_can_change(make: Callable[[], object]) -> None:
    assert len({make(), make()}) == 1


def test_a_row_is_no_correction_unless_it_says_so() -> None:
    assert not Target(TargetKind.CONSTANT, date(2025, 1, 1)).backdated
