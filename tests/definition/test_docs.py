"""The page and the schema say what the program does: every example loads, every member and choice is named in both."""

from __future__ import annotations

import json
import re
from dataclasses import fields as fields_of
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from kpi_core.definition import (
    Document,
    check_document,
    document_from_json,
    document_from_text,
    document_to_json,
    recipe_from_json,
    target_from_json,
    values_from_json,
    values_to_json,
)
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import (
    Aggregate,
    AlertWhen,
    Control,
    Direction,
    FormulaKind,
    GrowthOn,
    Kpi,
    LeadLag,
    Level,
    Perspective,
    State,
    Tier,
)
from kpi_core.period import Cadence, Weekday
from kpi_core.source import ColumnType, Recipe, Recognition, RowTest
from kpi_core.target import Comparison, Target, TargetKind
from kpi_core.unit import UnitKind
from tests.definition import made

if TYPE_CHECKING:
    from enum import StrEnum

jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked where the developer's tools are installed")

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "docs" / "definitions.schema.json").read_text(encoding="utf-8"))
EXAMPLES = re.findall(r"^```json (\w+) ?(\w*)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


def accepts(obj: object, part: str = "") -> bool:
    """Tell whether the schema, or one of its definitions, accepts an object."""
    schema = {"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{part}"} if part else SCHEMA
    return bool(jsonschema.Draft202012Validator(schema).is_valid(obj))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_example_of_the_page_is_marked_with_what_it_is() -> None:
    assert PAGE.count("```json") == len(EXAMPLES) > 10
    assert {kind for kind, _, _ in EXAMPLES} == {"document", "values", "target"}


@pytest.mark.parametrize(("kind", "direction", "text"), EXAMPLES)
def test_every_example_of_the_page_loads_and_fits_the_schema(kind: str, direction: str, text: str) -> None:
    obj = json.loads(text)
    match kind:
        case "document":
            check_document(document_from_text(text))
            assert accepts(obj)
        case "values":
            values_from_json(obj)
            assert accepts(obj, "values")
        case _:
            target_from_json(obj, Direction(direction))
            assert accepts(obj, "target")


@settings(max_examples=30)
@given(made.documents())
def test_the_schema_accepts_every_document_that_is_printed(document: Document) -> None:
    assert accepts(document_to_json(document))


CHOICES: list[tuple[tuple[str, ...], type[StrEnum]]] = [
    (("direction",), Direction),
    (("cadence",), Cadence),
    (("aggregate",), Aggregate),
    (("comparison",), Comparison),
    (("weekday",), Weekday),
    (("kpi", "properties", "tier"), Tier),
    (("kpi", "properties", "perspective"), Perspective),
    (("kpi", "properties", "level"), Level),
    (("kpi", "properties", "lead_lag"), LeadLag),
    (("kpi", "properties", "control"), Control),
    (("kpi", "properties", "state"), State),
    (("kpi", "properties", "alert"), AlertWhen),
    (("filter", "properties", "test"), RowTest),
    (("formula", "properties", "formula"), FormulaKind),
    (("formula", "properties", "on"), GrowthOn),
    (("recipe", "properties", "recognition"), Recognition),
    (("recipe", "properties", "types", "additionalProperties"), ColumnType),
]


@pytest.mark.parametrize(("way", "choices"), CHOICES)
def test_the_schema_knows_the_same_choices_as_the_program(way: tuple[str, ...], choices: type[StrEnum]) -> None:
    found = SCHEMA["$defs"]
    for key in way:
        found = found[key]
    assert set(found["enum"]) == {member.value for member in choices}


@pytest.mark.parametrize(
    "choices", [choices for _, choices in CHOICES if choices is not Weekday] + [TargetKind, UnitKind]
)
def test_the_page_names_every_choice(choices: type[StrEnum]) -> None:
    flat = " ".join(PAGE.split())
    assert [member.value for member in choices if f"`{member.value}" not in flat] == []


def test_schema_and_page_know_every_member_of_a_kpi() -> None:
    own = {field.name for field in fields_of(Kpi)} - {"id"}
    members = set(SCHEMA["$defs"]["kpi"]["properties"])
    assert members == own | {"target", "targets", "exceptions"}
    assert [member for member in members if f"`{member}`" not in PAGE] == []


def test_schema_and_page_know_every_member_of_a_recipe() -> None:
    members = set(SCHEMA["$defs"]["recipe"]["properties"])
    assert members == {field.name for field in fields_of(Recipe)} | {"filters", "measures"}
    assert [member for member in members if f"`{member}`" not in PAGE] == []


def test_schema_and_page_know_every_member_of_a_target() -> None:
    kinds = [SCHEMA["$defs"][kind.replace(" ", "_")]["properties"] for kind in TargetKind]
    members = {member for kind in kinds for member in kind}
    assert members == {field.name for field in fields_of(Target)} - {"starts"} | {"from"}
    assert [member for member in members if f"`{member}" not in PAGE] == []


def test_schema_and_page_know_every_member_of_a_document() -> None:
    members = set(SCHEMA["properties"])
    assert members == {"business", "goals", "sources", "kpis", "objectives", "typed_values", "notes"}
    parts = ("business", "typed_value", "objective", "key_result", "note")
    inner = {member for part in parts for member in SCHEMA["$defs"][part]["properties"]}
    assert [member for member in members | inner if f"`{member}`" not in PAGE] == []


REFUSED_BY_BOTH: list[object] = [
    [],
    {"kpi": []},
    {"kpis": [{"name": "A"}]},
    {"kpis": [{"name": " ", "unit": "count", "direction": "up"}]},
    {"kpis": [{"name": "A", "unit": "apples", "direction": "up"}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "taget": 5}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "state": "retired"}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "target": "500 000"}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "target": 5, "targets": [6]}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "target": {"low": 5}}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "values": {"kind": "kpi", "name": "B"}}]},
    {"kpis": [{"name": "A", "unit": "count", "direction": "up", "values": {"kind": "measure", "source": "B"}}]},
    {"typed_values": [{"kpi": "A", "period": "2026-10"}]},
    {"typed_values": [{"kpi": "A", "period": "October", "value": 1}]},
    {"sources": [{"name": "A", "recipe": {"name": "A", "recognition": "key"}}]},
    {"objectives": [{"name": "A", "from": "2026-10-01"}]},
    {"notes": [{"text": "Closed"}]},
    {"notes": [{"day": "2026-10-01", "text": " "}]},
    {"objectives": [{"name": "A", "from": "2026-10-01", "until": "2026-12-31", "key_results": [{"kpi": "B"}]}]},
]


@pytest.mark.parametrize("obj", REFUSED_BY_BOTH)
def test_what_the_schema_refuses_the_program_refuses_too(obj: object) -> None:
    assert not accepts(obj)
    with pytest.raises(RefusedDefinition):
        document_from_json(obj)


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "recipes").glob("*.json")), ids=lambda path: path.stem)
def test_every_shipped_recipe_fits_the_schema(path: Path) -> None:
    recipe = json.loads(path.read_text(encoding="utf-8"))
    assert accepts(recipe, "recipe")
    for ready in recipe_from_json(recipe).ready:
        assert accepts(values_to_json(values_from_json(ready.values, source=recipe["name"])), "values")


def seed_set() -> Document:
    """Give the page's last example, which holds the numbers that the guides ask for."""
    return document_from_text([text for kind, _, text in EXAMPLES if kind == "document"][-1])


@pytest.mark.parametrize(
    ("name", "value", "comparison", "cadence"),
    [
        ("Marketing qualified leads", 500, Comparison.AT_LEAST, Cadence.QUARTER),
        ("Cost per lead", 150, Comparison.AT_MOST, Cadence.QUARTER),
        ("MQL to SQL", 20, Comparison.AT_LEAST, Cadence.QUARTER),
    ],
)
def test_the_campaign_numbers_of_a_quarter_can_be_defined(
    name: str, value: int, comparison: Comparison, cadence: Cadence
) -> None:
    document = seed_set()
    (target,) = document.history(name).rows
    assert (target.value, target.comparison) == (Fraction(value), comparison)
    assert next(kpi.cadence for kpi in document.kpis if kpi.name == name) is cadence


def test_a_score_on_its_way_from_42_to_55_by_the_end_of_the_year_can_be_defined() -> None:
    (target,) = seed_set().history("Net Promoter Score").rows
    assert (target.kind, target.baseline, target.value) == (TargetKind.PATH, Fraction(42), Fraction(55))
    assert str(target.deadline) == "2026-12-31"


def test_there_is_one_north_star_and_a_second_one_is_refused() -> None:
    document = seed_set()
    assert [kpi.name for kpi in document.kpis if kpi.north_star] == ["Weekly active users"]
    obj = json.loads(json.dumps(document_to_json(document)))
    obj["kpis"][1]["north_star"] = True
    with pytest.raises(RefusedDefinition, match="Only one KPI can be the North Star"):
        check_document(document_from_json(obj))


def test_the_seed_board_can_be_defined_exactly() -> None:
    names = (
        ("Monthly Revenue", "currency:SEK", "up", 500000),
        ("Conversion Rate", "percent", "up", Decimal("3.0")),
        ("Avg Order Value", "currency:SEK", "up", 800),
        ("Cart Abandonment", "percent", "down", {"value": 60, "comparison": "<"}),
    )
    kpis = [{"name": name, "unit": unit, "direction": way, "target": target} for name, unit, way, target in names]
    document = document_from_json({"kpis": kpis})
    check_document(document)
    assert [document.history(name).rows[0].value for name, *_ in names] == [500000, 3, 800, 60]
    assert document.history("Cart Abandonment").rows[0].comparison is Comparison.BELOW
