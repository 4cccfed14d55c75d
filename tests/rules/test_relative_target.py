"""The family `relative_target` of the worked cases."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_core.kpi import Direction
from kpi_core.status import Status, judge
from kpi_core.target import Bound, Comparison, PeriodTarget, TargetKind, Tolerance
from kpi_core.target.relative import relative_value
from tests.rules.cases import Given, RuleCase, rule_cases


def answer(given: Given) -> Mapping[str, object]:
    base, frozen = given.optional_number("base_same_period_last_year"), given.has("already_judged_with_base")
    if frozen:
        base = given.number("already_judged_with_base")
    value = relative_value(base, given.number("change_percent"))
    direction, comparison = Direction(given.text("direction")), Comparison(given.text("comparison"))
    actual = given.number("actual")
    if value is None:
        return {"target": None, "state": Status.NO_TARGET}
    bound = Bound(value, comparison)
    low, high = (bound, None) if direction is Direction.UP else (None, bound)
    target = PeriodTarget(direction, low, high, Tolerance(), TargetKind.CONSTANT)
    return {"target": value, "status": judge(actual, target).status}


@rule_cases("relative_target")
def test_relative_target(case: RuleCase) -> None:
    case.check(answer)
