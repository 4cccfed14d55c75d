"""The worked cases of objectives and key results."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_core.okr import objective, score
from tests.rules.cases import Given, RuleCase, half_up, rule_cases


def answer(given: Given) -> Mapping[str, object]:
    found = objective(
        score(part.text("name"), part.number("baseline"), part.number("target"), part.optional_number("actual"))
        for part in given.parts("key_results")
    )
    scored = [(each.name, each.score) for each in found.results if each.score is not None]
    return {
        "scores": [
            {"key_result": name, "score": value, "score_half_up_2": half_up(value, 2)} for name, value in scored
        ],
        "objective": found.mean,
        "objective_half_up_2": None if found.mean is None else half_up(found.mean, 2),
        "left_out": [each.name for each in found.left_out],
    }


@rule_cases("okr")
def test_okr(case: RuleCase) -> None:
    case.check(answer)
