"""The family `steps_and_dates` of the worked cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_core.kpi import Direction
from kpi_core.period import Cadence
from kpi_core.target import Target, TargetException, TargetHistory, TargetKind, in_force
from tests.rules.cases import Given, RuleCase, exact, rule_cases


def row(given: Given) -> Target:
    """Read one dated row: `from` a day, `changed_on` a day, or `backdated_to` a day and `logged_on` another."""
    days = [given.optional_day(key) for key in ("from", "changed_on", "backdated_to")]
    (starts,) = (day for day in days if day is not None)
    return Target(
        TargetKind.CONSTANT,
        starts=starts,
        value=given.number("value"),
        typed_on=given.optional_day("logged_on"),
        backdated=given.has("backdated_to"),
        reason=given.raw("reason", ""),
    )


def answer(given: Given) -> Mapping[str, object]:
    calendar, cadence = given.calendar(), Cadence(given.text("cadence"))
    exceptions = tuple(
        TargetException(each.day("period_start"), exact(each.text("value")), each.text("reason"))
        for each in given.parts("exceptions")
    )
    history = TargetHistory(tuple(row(each) for each in given.parts("rows")), exceptions)
    targets = []
    for text in given.raw("ask_period_starts"):
        period = calendar.period(cadence, date.fromisoformat(text))
        target = in_force(history, period, Direction.UP, calendar)
        value = None if target is None or target.low is None else target.low.value
        targets.append({"period_start": period.start, "target": value})
    return {"targets": targets}


@rule_cases("steps_and_dates")
def test_steps_and_dates(case: RuleCase) -> None:
    case.check(answer)
