"""The family `status_sentence` of the worked cases: the figures that a sentence is made of."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_core.status import Status, actual_text, judge, rounded_percent
from kpi_core.unit import NumberStyle
from tests.rules.cases import Given, RuleCase, rule_cases
from tests.rules.judging import NUMBER, actual_of, target_of


def answer(given: Given) -> Mapping[str, object]:
    actual, target, decimals = actual_of(given), target_of(given), given.raw("decimals")
    verdict = judge(actual, target)
    shown = actual_text(actual, target, NUMBER, NumberStyle("en_US"), decimals)
    return {
        "status": verdict.status,
        "gap_amount": verdict.gap,
        "gap_side": verdict.gap_side,
        "gap_percent": None if verdict.gap_percent is None else rounded_percent(verdict.gap_percent),
        "amber_limit": verdict.amber_limit,
        "amber_limit_itself_is": Status.RED if verdict.limit_is_red else Status.AMBER,
        "actual_shown": shown.replace(",", ""),
    }


@rule_cases("status_sentence")
def test_status_sentence(case: RuleCase) -> None:
    case.check(answer)
