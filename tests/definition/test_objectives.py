"""Objectives as JSON: what they hold, and what they refuse."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kpi_core.definition import check_document, document_from_json, objective_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import KeyResult, Objective

NPS = {"kpi": "NPS", "baseline": 42, "target": 55}
YEAR = {"name": "Loved", "from": "2026-01-01", "until": "2026-12-31"}


def test_an_objective_holds_its_days_and_its_key_results() -> None:
    read = objective_from_json({**YEAR, "owner": "service lead", "key_results": [{**NPS, "stretch": True}]})
    assert read == Objective(
        "Loved",
        date(2026, 1, 1),
        date(2026, 12, 31),
        (KeyResult("NPS", Fraction(42), Fraction(55), None, stretch=True),),
        "service lead",
    )
    assert read.deadline(read.key_results[0]) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"until": "2025-12-31"}, "objective: it ends before it begins."),
        ({"until": None}, 'objective: "until" is missing: the last day.'),
        ({"key_results": [NPS, {**NPS, "kpi": "nps"}]}, "objective: two key results name nps."),
        ({"key_results": [{**NPS, "deadline": "2027-01-01"}]}, "objective: NPS is due outside of the objective."),
        ({"key_results": [{"kpi": "NPS", "target": 55}]}, '"baseline" is missing: where it starts.'),
        ({"keyresults": []}, "keyresults"),
    ],
)
def test_what_contradicts_itself_is_refused_in_a_sentence(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        objective_from_json({**YEAR, **changed})
    assert sentence in refused.value.sentence


def test_a_key_result_points_at_a_kpi_of_the_document() -> None:
    kpi = {"name": "nps", "unit": "score", "direction": "up"}
    objective = {**YEAR, "key_results": [NPS]}
    check_document(document_from_json({"kpis": [kpi], "objectives": [objective]}))
    with pytest.raises(RefusedDefinition, match=r"objectives\[0\] 'Loved': there is no KPI 'NPS'"):
        check_document(document_from_json({"objectives": [objective]}))


def test_the_same_name_may_come_again_from_another_day_on_but_not_from_the_same() -> None:
    later = {**YEAR, "from": "2026-07-01"}
    check_document(document_from_json({"objectives": [YEAR, later]}))
    with pytest.raises(RefusedDefinition, match="another one of this name begins on the same day"):
        check_document(document_from_json({"objectives": [YEAR, {**YEAR, "name": "LOVED"}]}))
