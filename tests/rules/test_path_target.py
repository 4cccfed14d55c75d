"""The family `path_target` of the worked cases."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_core.kpi import Direction
from kpi_core.period import Cadence
from kpi_core.status import Status
from kpi_core.target import Target, TargetHistory, TargetKind, in_force
from tests.rules.cases import Given, RuleCase, half_up, rule_cases


def answer(given: Given) -> Mapping[str, object]:
    calendar = given.calendar()
    period = calendar.period(Cadence(given.text("cadence")), given.day("date_in_period"))
    path = Target(
        TargetKind.PATH,
        starts=given.day("start_date"),
        value=given.number("target"),
        baseline=given.number("baseline"),
        path_start=given.day("start_date"),
        deadline=given.day("deadline"),
    )
    target = in_force(TargetHistory((path,)), period, Direction.UP, calendar)
    answered: dict[str, object] = {"period": period, "last_day": period.last_day}
    if target is None or target.low is None:
        return {**answered, "target": None, "state": Status.NO_TARGET}
    value = target.low.value
    return {**answered, "target": value, "target_half_up_6": half_up(value, 6)}


@rule_cases("path_target")
def test_path_target(case: RuleCase) -> None:
    case.check(answer)
