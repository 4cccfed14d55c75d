"""Objectives as JSON: a name, the days it runs, and key results that point at KPIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition.fields import Fields, Place, key_of, number_to_json, refused
from kpi_core.kpi import KeyResult, Objective

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

Json = dict[str, object]

HERE = Place("objective")


def objective_from_json(obj: object, place: Place = HERE) -> Objective:
    """Read an objective. Its `id` is 0: the data file gives it one.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj, place)
    name = fields.text("name", None)
    start, until = _day(fields, "from", "the first day"), _day(fields, "until", "the last day")
    objective = Objective(
        name=name,
        start=start,
        until=until,
        key_results=tuple(_key_result(item, at) for at, item in fields.items("key_results")),
        owner=fields.text("owner"),
    )
    fields.close()
    check_objective(objective, place)
    return objective


def _key_result(obj: object, place: Place) -> KeyResult:
    fields = Fields(obj, place)
    result = KeyResult(
        kpi=fields.text("kpi", None),
        baseline=_number(fields, "baseline", "where it starts"),
        target=_number(fields, "target", "where it is to come"),
        deadline=fields.day("deadline"),
        stretch=fields.flag("stretch"),
    )
    fields.close()
    return result


def _day(fields: Fields, key: str, what: str) -> date:
    found = fields.day(key)
    if found is None:
        raise refused(fields.place, f'"{key}" is missing: {what}.')
    return found


def _number(fields: Fields, key: str, what: str) -> Fraction:
    found = fields.number(key)
    if found is None:
        raise refused(fields.place, f'"{key}" is missing: {what}.')
    return found


def check_objective(objective: Objective, place: Place = HERE) -> None:
    """Refuse an objective that contradicts itself.

    Raises:
        RefusedDefinition: it ends before it begins, a key result is due outside of it, or two name the same KPI.
    """
    if objective.until < objective.start:
        raise refused(place, "it ends before it begins.", "Give it a last day after its first day.")
    seen: set[str] = set()
    for result in objective.key_results:
        if key_of(result.kpi) in seen:
            raise refused(place, f"two key results name {result.kpi}.", "Keep one of them.")
        seen.add(key_of(result.kpi))
        if not objective.start <= objective.deadline(result) <= objective.until:
            raise refused(place, f"{result.kpi} is due outside of the objective.", "Give it a day within.")


def check_key_results(objective: Objective, kpis: Iterable[str], place: Place = HERE) -> None:
    """Refuse a key result that points at a KPI which is not there.

    Raises:
        RefusedDefinition: naming the KPI.
    """
    known = {key_of(name) for name in kpis}
    for result in objective.key_results:
        if key_of(result.kpi) not in known:
            raise refused(place, f"there is no KPI '{result.kpi}'.", "Define the KPI first.")


def objective_to_json(objective: Objective) -> Json:
    """Write an objective; `objective_from_json` reads the same back."""
    out: Json = {"name": objective.name, "from": objective.start.isoformat(), "until": objective.until.isoformat()}
    if objective.owner:
        out["owner"] = objective.owner
    if objective.key_results:
        out["key_results"] = [_key_result_to_json(result) for result in objective.key_results]
    return out


def _key_result_to_json(result: KeyResult) -> Json:
    out: Json = {
        "kpi": result.kpi,
        "baseline": number_to_json(result.baseline),
        "target": number_to_json(result.target),
    }
    if result.deadline is not None:
        out["deadline"] = result.deadline.isoformat()
    if result.stretch:
        out["stretch"] = True
    return out
