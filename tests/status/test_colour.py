from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.status import Side, Status, judge, judged_bound, meets, rounded_percent
from kpi_core.target import Bound, Comparison, PeriodTarget, TargetKind, Tolerance, ToleranceKind

GREEN, AMBER, RED = Status.GREEN, Status.AMBER, Status.RED
ORDER = [GREEN, AMBER, RED]


def up(value: str, comparison: Comparison = Comparison.AT_LEAST, tolerance: Tolerance | None = None) -> PeriodTarget:
    bound = Bound(Fraction(value), comparison)
    return PeriodTarget(Direction.UP, bound, None, tolerance or Tolerance(), TargetKind.CONSTANT)


def down(value: str, comparison: Comparison = Comparison.AT_MOST, tolerance: Tolerance | None = None) -> PeriodTarget:
    bound = Bound(Fraction(value), comparison)
    return PeriodTarget(Direction.DOWN, None, bound, tolerance or Tolerance(), TargetKind.CONSTANT)


def span(low: str, high: str, tolerance: Tolerance | None = None) -> PeriodTarget:
    bounds = Bound(Fraction(low), Comparison.AT_LEAST), Bound(Fraction(high), Comparison.AT_MOST)
    return PeriodTarget(Direction.RANGE, *bounds, tolerance or Tolerance(), TargetKind.RANGE)


def within(value: str) -> Tolerance:
    return Tolerance(ToleranceKind.ABSOLUTE, Fraction(value))


def typed(green_from: str, red_from: str) -> Tolerance:
    return Tolerance(ToleranceKind.TYPED, green_from=Fraction(green_from), red_from=Fraction(red_from))


@pytest.mark.parametrize(
    ("actual", "target", "status"),
    [
        # the seed board
        ("480000", up("500000"), AMBER),
        ("3.2", up("3"), GREEN),
        ("750", up("800"), AMBER),
        ("58", down("60", Comparison.BELOW), GREEN),
        ("60", down("60", Comparison.BELOW), AMBER),
        # edges: on target, edge of the tolerance, just beyond
        ("800", up("800"), GREEN),
        ("800", up("800", Comparison.ABOVE), AMBER),
        ("800.01", up("800", Comparison.ABOVE), GREEN),
        ("720", up("800"), AMBER),
        ("719.99", up("800"), RED),
        ("66", down("60"), AMBER),
        ("66.01", down("60"), RED),
        # zero and negative
        ("0", down("0", tolerance=within("2")), GREEN),
        ("2", down("0", tolerance=within("2")), AMBER),
        ("2.01", down("0", tolerance=within("2")), RED),
        ("-55", up("-50"), AMBER),
        ("-55.01", up("-50"), RED),
        ("-18", down("-20"), AMBER),
        ("-17.99", down("-20"), RED),
        # a band of nothing still holds an exact hit
        ("60", down("60", Comparison.BELOW, Tolerance(value=Fraction(0))), AMBER),
        ("60.01", down("60", Comparison.BELOW, Tolerance(value=Fraction(0))), RED),
        # a range by the bound that it violates
        ("54", span("60", "80"), AMBER),
        ("53.99", span("60", "80"), RED),
        ("88", span("60", "80"), AMBER),
        ("88.01", span("60", "80"), RED),
        ("60", span("60", "80"), GREEN),
        ("80", span("60", "80"), GREEN),
        ("1.7", span("2", "5", within("0.3")), AMBER),
        # typed limits win over the bound; exactly at red from is red
        ("95", up("100", tolerance=typed("95", "80")), GREEN),
        ("94.99", up("100", tolerance=typed("95", "80")), AMBER),
        ("80.01", up("100", tolerance=typed("95", "80")), AMBER),
        ("80", up("100", tolerance=typed("95", "80")), RED),
        ("10", down("10", Comparison.BELOW, typed("10", "15")), GREEN),
        ("14.99", down("10", tolerance=typed("10", "15")), AMBER),
        ("15", down("10", tolerance=typed("10", "15")), RED),
    ],
)
def test_colours(actual: str, target: PeriodTarget, status: Status) -> None:
    assert judge(Fraction(actual), target).status is status


def test_a_path_takes_its_band_of_the_final_target() -> None:
    path = PeriodTarget(
        Direction.UP,
        Bound(Fraction(46), Comparison.AT_LEAST),
        None,
        Tolerance(),
        TargetKind.PATH,
        band_base=Fraction(-55),
    )
    assert judge(Fraction("40.5"), path).status is AMBER
    assert judge(Fraction("40.49"), path).status is RED
    assert judge(Fraction("40.49"), path).amber_limit == Fraction("40.5")


class TestFigures:
    def test_of_a_miss(self) -> None:
        verdict = judge(Fraction(750), up("800"))
        assert verdict.bound == Bound(Fraction(800), Comparison.AT_LEAST)
        assert (verdict.gap, verdict.gap_side) == (Fraction(50), Side.UNDER)
        assert verdict.gap_percent == Fraction("6.25")
        assert (verdict.amber_limit, verdict.limit_is_red) == (Fraction(720), False)

    def test_of_an_exact_hit(self) -> None:
        verdict = judge(Fraction(60), down("60", Comparison.BELOW))
        assert (verdict.gap, verdict.gap_side, verdict.gap_percent) == (Fraction(0), Side.AT, Fraction(0))
        assert verdict.amber_limit == 66

    def test_of_a_target_of_zero(self) -> None:
        verdict = judge(Fraction(3), down("0", tolerance=within("5")))
        assert verdict.gap_side is Side.OVER
        assert verdict.gap_percent is None
        assert verdict.amber_limit == 5

    def test_of_typed_limits_are_taken_from_the_target(self) -> None:
        verdict = judge(Fraction(16), down("10", tolerance=typed("11", "15")))
        assert (verdict.gap, verdict.gap_percent) == (Fraction(6), Fraction(60))
        assert (verdict.amber_limit, verdict.limit_is_red) == (Fraction(15), True)

    def test_inside_a_range_of_the_nearest_end(self) -> None:
        nearer_high = judge(Fraction(76), span("60", "80"))
        assert (nearer_high.bound.value, nearer_high.gap, nearer_high.gap_side) == (
            Fraction(80),
            Fraction(4),
            Side.UNDER,
        )
        middle = judge(Fraction(70), span("60", "80"))
        assert (middle.bound.value, middle.gap_side, middle.amber_limit) == (Fraction(60), Side.OVER, Fraction(54))

    def test_of_a_negative_target_are_of_its_size(self) -> None:
        assert judge(Fraction(-53), up("-50")).gap_percent == 6

    def test_typed_limits_without_numbers_are_refused(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            judge(Fraction(1), up("2", tolerance=Tolerance(ToleranceKind.TYPED)))
        assert refused.value.sentence == "Typed colour limits need two numbers."


def test_the_violated_end_of_a_range_counts_even_where_the_other_is_nearer() -> None:
    low, high = Bound(Fraction(2), Comparison.ABOVE), Bound(Fraction(3), Comparison.AT_MOST)
    target = PeriodTarget(Direction.RANGE, low, high, Tolerance(), TargetKind.RANGE)
    assert judged_bound(Fraction(2), target) == low
    assert judged_bound(Fraction("2.9"), target) == high


@pytest.mark.parametrize(
    ("comparison", "under", "at", "over"),
    [
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.ABOVE, False, False, True),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.BELOW, True, False, False),
    ],
)
def test_inequalities_hold_as_they_are_stored(comparison: Comparison, *, under: bool, at: bool, over: bool) -> None:
    bound = Bound(Fraction(60), comparison)
    assert [meets(Fraction(value), bound) for value in ("59.999999", "60", "60.000001")] == [under, at, over]


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        ("6.25", "6.3"),
        ("0", "0.0"),
        ("0.05", "0.1"),
        ("0.0499", "0.05"),
        ("0.04", "0.04"),
        ("0.000001", "0.000001"),
        ("0.0000005", "0.000001"),
        ("0.0000004", "0.000000"),
    ],
)
def test_a_gap_never_shows_as_nothing_while_six_decimals_can_tell(percent: str, text: str) -> None:
    assert str(rounded_percent(Fraction(percent))) == text


numbers = st.fractions(-1000, 1000)
tolerances = st.one_of(
    st.builds(Tolerance, st.just(ToleranceKind.PERCENT), st.fractions(0, 100)),
    st.builds(Tolerance, st.just(ToleranceKind.ABSOLUTE), st.fractions(0, 1000)),
)


@st.composite
def one_sided_targets(draw: st.DrawFn) -> PeriodTarget:
    """Draw a target of either direction with any kind of tolerance that can be stored."""
    comparison, value = draw(st.sampled_from(Comparison)), draw(numbers)
    limits = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)), reverse=comparison.is_floor)
    typed_limits = Tolerance(ToleranceKind.TYPED, green_from=limits[0], red_from=limits[1])
    tolerance = draw(st.one_of(tolerances, st.just(typed_limits)))
    bound = Bound(value, comparison)
    sides = (bound, None) if comparison.is_floor else (None, bound)
    direction = Direction.UP if comparison.is_floor else Direction.DOWN
    return PeriodTarget(direction, sides[0], sides[1], tolerance, TargetKind.CONSTANT)


class TestLaws:
    @given(one_sided_targets(), numbers, numbers)
    def test_a_better_actual_never_makes_a_worse_status(
        self, target: PeriodTarget, one: Fraction, two: Fraction
    ) -> None:
        worse, better = sorted((one, two), reverse=target.direction is Direction.DOWN)
        ranks = [ORDER.index(judge(actual, target).status) for actual in (worse, better)]
        assert ranks[0] >= ranks[1]

    @given(numbers, numbers, tolerances, numbers, numbers)
    def test_nearer_the_range_is_never_worse(
        self, one: Fraction, two: Fraction, tolerance: Tolerance, near: Fraction, far: Fraction
    ) -> None:
        low, high = sorted((one, two))
        target = PeriodTarget(
            Direction.RANGE,
            Bound(low, Comparison.AT_LEAST),
            Bound(high, Comparison.AT_MOST),
            tolerance,
            TargetKind.RANGE,
        )
        near, far = sorted((abs(near), abs(far)))
        for towards in (low - near, low - far), (high + near, high + far):
            ranks = [ORDER.index(judge(actual, target).status) for actual in towards]
            assert ranks[0] <= ranks[1]

    @given(one_sided_targets(), numbers)
    def test_a_wider_tolerance_never_makes_a_worse_status(self, target: PeriodTarget, actual: Fraction) -> None:
        value = target.bounds[0]
        narrow, wide = (
            PeriodTarget(
                target.direction,
                target.low,
                target.high,
                Tolerance(ToleranceKind.ABSOLUTE, Fraction(width)),
                TargetKind.CONSTANT,
            )
            for width in (1, 2)
        )
        ranks = [ORDER.index(judge(actual, each).status) for each in (narrow, wide)]
        assert ranks[0] >= ranks[1]
        assert (ranks[0] == 0) == meets(actual, value)

    @given(one_sided_targets())
    def test_the_limit_of_amber_is_what_it_is_said_to_be(self, target: PeriodTarget) -> None:
        verdict = judge(target.bounds[0].value, target)
        at_limit = judge(verdict.amber_limit, target).status
        beyond = verdict.amber_limit + (-1 if target.direction is Direction.UP else 1)
        assert judge(beyond, target).status is RED
        if verdict.limit_is_red:
            assert at_limit is RED
        else:
            assert at_limit is not RED

    @given(one_sided_targets(), numbers)
    def test_the_gap_is_the_way_back_to_the_bound(self, target: PeriodTarget, actual: Fraction) -> None:
        verdict = judge(actual, target)
        way = {Side.UNDER: 1, Side.AT: 0, Side.OVER: -1}[verdict.gap_side]
        assert actual + way * verdict.gap == verdict.bound.value
