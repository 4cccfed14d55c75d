"""The document itself: everything an owner defined, as one JSON object to print, share and load."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_core.business import Business
from kpi_core.definition.fields import Fields, Place, number_to_json, refused
from kpi_core.definition.json_text import json_from_text
from kpi_core.definition.kpis import kpi_from_fields, kpi_to_json
from kpi_core.definition.notes import note_from_json, note_to_json
from kpi_core.definition.objectives import objective_from_json, objective_to_json
from kpi_core.definition.recipes import recipe_from_json, recipe_to_json
from kpi_core.definition.settings import business_from_json, business_to_json
from kpi_core.definition.targets import history_from_fields, history_to_json
from kpi_core.kpi import Goal, Kpi, Note, Objective, TypedValue
from kpi_core.source import Recipe
from kpi_core.target import TargetHistory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

Json = dict[str, object]

ROOT = Place("the document")
GOAL = Place("goal")


@dataclass(frozen=True)
class SourceDefinition:
    """A source by the owner's name for it, with the recipe that reads its files; None: the one it has, if any."""

    name: str
    recipe: Recipe | None = None


@dataclass(frozen=True)
class Document:
    """Goals, sources with recipes, KPIs, targets, objectives, typed values, notes and, where given, the settings.

    `targets` holds the history of a KPI under its name; a KPI without targets is not in it.
    """

    goals: tuple[Goal, ...] = ()
    sources: tuple[SourceDefinition, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    targets: Mapping[str, TargetHistory] = field(default_factory=dict)
    typed_values: tuple[TypedValue, ...] = ()
    business: Business | None = None
    objectives: tuple[Objective, ...] = ()
    notes: tuple[Note, ...] = ()

    def history(self, kpi: str) -> TargetHistory:
        """Give the targets of a KPI by its name."""
        return self.targets.get(kpi, TargetHistory())


def document_from_text(text: str) -> Document:
    """Read a document from the text of a JSON file, its numbers exactly.

    Raises:
        RefusedDefinition: naming the line where it is no JSON, or the place where it is no definition.
    """
    return document_from_json(json_from_text(text))


def document_to_text(document: Document) -> str:
    """Write a document as a JSON file that people can read."""
    return json.dumps(document_to_json(document), ensure_ascii=False, indent=2) + "\n"


def document_from_json(obj: object) -> Document:
    """Read a document. References between its parts are checked by `check_document`, not here.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj, ROOT)
    kpis: list[Kpi] = []
    targets: dict[str, TargetHistory] = {}
    for item in _entries(fields, "kpis"):
        kpi = kpi_from_fields(item)
        history = history_from_fields(item, kpi.direction)
        item.close()
        kpis.append(kpi)
        if history != TargetHistory():
            targets[kpi.name] = history
    business = fields.take("business")
    document = Document(
        goals=tuple(
            goal_from_json(item, Place("", f"goals[{at}]")) for at, (_, item) in enumerate(fields.items("goals"))
        ),
        sources=tuple(_source(item) for item in _entries(fields, "sources")),
        kpis=tuple(kpis),
        targets=targets,
        typed_values=tuple(
            _typed_value(item, Place("", f"typed_values[{at}]"))
            for at, (_, item) in enumerate(fields.items("typed_values"))
        ),
        business=None if business is None else business_from_json(business),
        objectives=tuple(_objectives(fields)),
        notes=tuple(
            note_from_json(item, Place("", f"notes[{at}]")) for at, (_, item) in enumerate(fields.items("notes"))
        ),
    )
    fields.close()
    return document


def _objectives(fields: Fields) -> Iterator[Objective]:
    for at, (_, item) in enumerate(fields.items("objectives")):
        yield objective_from_json(item, Place("", f"objectives[{at}]"))


def _entries(fields: Fields, key: str) -> list[Fields]:
    """Open the entries of a list; refusals inside name the entry: `kpis[2] 'Monthly revenue'`."""
    entries = []
    for at, (_, item) in enumerate(fields.items(key)):
        place = Place("", f"{key}[{at}]")
        name = item.get("name") if isinstance(item, Mapping) else None
        entries.append(Fields(item, place.named(name.strip()) if isinstance(name, str) and name.strip() else place))
    return entries


def goal_from_json(obj: object, place: Place = GOAL) -> Goal:
    """Read a goal: its name as a text, or an object.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    if isinstance(obj, str) and obj.strip():
        return Goal(obj.strip())
    fields = Fields(obj, place)
    goal = Goal(fields.text("name", None), fields.text_or_none("catalogue_key"))
    fields.close()
    return goal


def _source(fields: Fields) -> SourceDefinition:
    name = fields.text("name", None)
    recipe = fields.take("recipe")
    fields.close()
    return SourceDefinition(name, None if recipe is None else recipe_from_json(recipe, fields.place.at("recipe")))


def _typed_value(obj: object, place: Place) -> TypedValue:
    fields = Fields(obj, place)
    kpi, period = fields.text("kpi", None), fields.day("period")
    if period is None:
        raise refused(place, '"period" is missing: a day of the period that the value is for.')
    typed = TypedValue(
        kpi=kpi,
        period_start=period,
        value=fields.number("value"),
        segment=fields.text("segment"),
        numerator=fields.number("numerator"),
        denominator=fields.number("denominator"),
        note=fields.text("note"),
    )
    fields.close()
    problem = typed_value_problem(typed)
    if problem:
        raise refused(place, problem)
    return typed


def typed_value_problem(typed: TypedValue) -> str:
    """Say what a typed value lacks: a value, or a numerator together with its denominator; "" when nothing."""
    if (typed.numerator is None) != (typed.denominator is None):
        return "a numerator and its denominator come together."
    if typed.value is None and typed.numerator is None:
        return '"value" is missing; leave the period out where there is none.'
    return ""


def document_to_json(document: Document) -> Json:
    """Write a document; `document_from_json` reads the same back."""
    out: Json = {}
    if document.business is not None:
        out["business"] = business_to_json(document.business)
    if document.goals:
        out["goals"] = [goal_to_json(goal) for goal in document.goals]
    if document.sources:
        out["sources"] = [_source_to_json(source) for source in document.sources]
    if document.kpis:
        out["kpis"] = [kpi_to_json(kpi) | history_to_json(document.history(kpi.name)) for kpi in document.kpis]
    if document.objectives:
        out["objectives"] = [objective_to_json(objective) for objective in document.objectives]
    if document.typed_values:
        out["typed_values"] = [typed_value_to_json(typed) for typed in document.typed_values]
    if document.notes:
        out["notes"] = [note_to_json(note) for note in document.notes]
    return out


def _source_to_json(source: SourceDefinition) -> Json:
    out: Json = {"name": source.name}
    if source.recipe is not None:
        out["recipe"] = recipe_to_json(source.recipe)
    return out


def goal_to_json(goal: Goal) -> Json:
    """Write a goal; `goal_from_json` reads the same back."""
    out: Json = {"name": goal.name}
    if goal.catalogue_key:
        out["catalogue_key"] = goal.catalogue_key
    return out


def typed_value_to_json(typed: TypedValue) -> Json:
    """Write a typed value."""
    out: Json = {"kpi": typed.kpi, "period": typed.period_start.isoformat()}
    numbers: tuple[tuple[str, Fraction | None], ...] = (
        ("value", typed.value),
        ("numerator", typed.numerator),
        ("denominator", typed.denominator),
    )
    out |= {key: number_to_json(number) for key, number in numbers if number is not None}
    out |= {key: text for key, text in (("segment", typed.segment), ("note", typed.note)) if text}
    return out
