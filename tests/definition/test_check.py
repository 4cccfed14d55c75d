"""Do the parts of a document fit together?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kpi_core.definition import Document, check_document, document_from_json
from kpi_core.errors import RefusedDefinition
from tests.definition import made


def kpi(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "unit": "count", "direction": "up", **more}


def made_of(*names: str) -> dict[str, object]:
    return {"kind": "formula", "formula": "sum", "parts": [{"kind": "kpi", "name": name} for name in names]}


def measure(source: str) -> dict[str, object]:
    return {"kind": "measure", "source": source, "aggregate": "count"}


@settings(max_examples=30)
@given(made.documents())
def test_a_document_made_to_fit_is_accepted(document: Document) -> None:
    check_document(document)


def test_names_are_found_whatever_their_case() -> None:
    check_document(
        document_from_json(
            {
                "goals": ["Grow"],
                "sources": [{"name": "Orders"}],
                "kpis": [
                    kpi("Sales", goal="GROW", values=measure("orders")),
                    kpi("Twice", values=made_of("sales", "SALES"), counter_measure="sales"),
                ],
                "typed_values": [{"kpi": "sALES", "period": "2026-10", "value": 1}],
            }
        )
    )


def test_a_draft_may_name_a_counter_measure_that_is_yet_to_be_defined() -> None:
    check_document(document_from_json({"kpis": [kpi("Sales", state="draft", counter_measure="Returns")]}))


def test_a_retired_north_star_leaves_room_for_a_new_one() -> None:
    old = kpi("Old", north_star=True, state="retired", retired_reason="it said nothing")
    check_document(document_from_json({"kpis": [old, kpi("New", north_star=True)]}))


TYPED = {"kpi": "A", "period": "2026-10", "value": 1}


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({"kpis": [kpi("A"), kpi(" a ")]}, "kpis[1] 'a': another one has this name already."),
        ({"goals": ["A", "a"]}, "goals[1] 'a': another one has this name already."),
        ({"sources": [{"name": "A"}, {"name": "a"}]}, "sources[1] 'a': another one has this name already."),
        ({"kpis": [kpi("A", goal="Grow")]}, "kpis[0] 'A': there is no goal 'Grow'."),
        ({"kpis": [kpi("A", values=measure("Orders"))]}, "kpis[0] 'A', values: there is no source 'Orders'."),
        ({"kpis": [kpi("A", values=made_of("B", "C"))]}, "kpis[0] 'A', values: there is no KPI 'B'."),
        ({"kpis": [kpi("A", counter_measure="B")]}, "kpis[0] 'A', counter_measure: there is no KPI 'B'."),
        ({"kpis": [kpi("A", counter_measure="a")]}, "kpis[0] 'A': a KPI cannot be its own counter-measure."),
        (
            {"kpis": [kpi("A", values=made_of("B", "B")), kpi("B", values=made_of("A", "A"))]},
            "kpis[0] 'A', values: A would be made of itself: A → B → A.",
        ),
        (
            {"kpis": [kpi("A", values=made_of("A", "A"))]},
            "kpis[0] 'A', values: A would be made of itself: A → A.",
        ),
        (
            {"kpis": [kpi("A", north_star=True), kpi("B", north_star=True)]},
            "Only one KPI can be the North Star, not A and B.",
        ),
        ({"kpis": [kpi("A", target=0)]}, "kpis[0] 'A', target: "),
        (
            {"kpis": [kpi("A", target={"value": 5, "comparison": "<"})]},
            "kpis[0] 'A', target: Here higher is better, so",
        ),
        (
            {"kpis": [kpi("A", target={"low": 1, "high": 2})]},
            "kpis[0] 'A', target: Here higher is better, so the target is one number, not a range.",
        ),
        (
            {
                "kpis": [
                    kpi(
                        "A",
                        direction="range",
                        target={"low": 1, "high": 2},
                        exceptions=[{"period": "2026-07", "value": 1, "reason": "closed"}],
                    )
                ]
            },
            "kpis[0] 'A', target: A range cannot be replaced by one number for one period.",
        ),
        ({"typed_values": [TYPED]}, "typed_values[0]: there is no KPI 'A'."),
        (
            {"kpis": [kpi("A")], "typed_values": [TYPED, {**TYPED, "kpi": "a"}]},
            "typed_values[1]: 'a' has another value for 2026-10-01 already.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        check_document(document_from_json(obj))
    assert refused.value.sentence.startswith(sentence)
