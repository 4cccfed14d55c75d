"""The family `status` of the worked cases: colours, refused definitions, and the order of the states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from kpi_core.actual import CoverageState
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Acceptance, Direction
from kpi_core.status import Situation, Status, judge, state_of
from kpi_core.target import Bound, Comparison, PeriodTarget, TargetKind, Tolerance
from tests.rules.cases import Given, RuleCase, rule_cases
from tests.rules.judging import actual_of, target_of

AT_LEAST_100 = PeriodTarget(
    Direction.UP, Bound(Fraction(100), Comparison.AT_LEAST), None, Tolerance(), TargetKind.CONSTANT
)
VALUE_OF_COLOUR = {"green": Fraction(100), "amber": Fraction(95), "red": Fraction(10), None: Fraction(10)}


def state(conditions: Given) -> str:
    """Put a KPI into the conditions; the colour comes from a value that earns it."""
    today, until = conditions.day("today"), conditions.optional_day("accepted_until")
    assert conditions.day("period_start") < conditions.day("period_end") <= today
    earned = VALUE_OF_COLOUR[conditions.raw("colour_if_judged")]
    situation = Situation(
        today=today,
        target=AT_LEAST_100 if conditions.raw("has_target") else None,
        coverage=CoverageState(conditions.text("coverage")),
        actual=earned if conditions.raw("has_value") else None,
        not_applicable=conditions.raw("marked_not_applicable"),
        accepted=Acceptance(until, "a reason") if until else None,
        due=today - timedelta(days=1) if conditions.raw("past_due") else today,
    )
    status = state_of(situation)
    return f"accepted until {until}" if status is Status.ACCEPTED else status


def answer(given: Given) -> Mapping[str, object]:
    if given.has("conditions"):
        return {"state": state(given.part("conditions"))}
    actual = actual_of(given)
    try:
        target = target_of(given)
    except RefusedDefinition as error:
        needs = "absolute tolerance"
        return {"definition": "refused", "needs": needs if needs in error.hint else None}
    return {"status": judge(actual, target).status}


@rule_cases("status")
def test_status(case: RuleCase) -> None:
    case.check(answer)


def test_the_conditions_of_a_case_can_be_a_day_of_grace() -> None:
    today = date(2025, 11, 7)
    waiting = Situation(today, AT_LEAST_100, CoverageState.NONE, due=today)
    assert state_of(waiting) is Status.NO_DATA
