"""Objectives with their key results: added, changed, taken away, each step in the log and to be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition import (
    Place,
    check_key_results,
    check_objective,
    key_of,
    objective_from_json,
    objective_to_json,
    objective_with_kpi_renamed,
    refuse_unfit,
)
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.store.changes import ALONE, Link, Subject, Thing, from_text
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.kpi import Objective
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store


def objectives(store: Store) -> tuple[Objective, ...]:
    """List the objectives in the order in which they were added."""
    rows = store.all("SELECT id, definition FROM objectives WHERE live ORDER BY id")
    return tuple(replace(objective_from_json(from_text(text)), id=int(str(number))) for number, text in rows)


def get_objective(store: Store, objective_id: int) -> Objective:
    """Read one objective by its number.

    Raises:
        NotFound: there is none of that number.
    """
    found = next((each for each in objectives(store) if each.id == objective_id), None)
    if found is None:
        sentence = f"There is no objective number {objective_id}."
        raise NotFound(sentence)
    return found


def put_objective(store: Store, objective: Objective, by: By) -> int | None:
    """Add an objective (`id` 0) or change the one of that number.

    Returns:
        The number of the change in the log, None where nothing is different.

    Raises:
        RefusedDefinition: it contradicts itself, names a KPI that is not there, or another one of its name begins on
            the same day.
    """
    with store.writing():
        place = Place(objective.name)
        check_objective(objective, place)
        refuse_unfit(objective, place)
        check_key_results(objective, (kpi.name for kpi in kpis(store)), place)
        refuse_taken_objective(store, objective)
        return save(store, objective, by)


def save(store: Store, objective: Objective, by: By, link: Link = ALONE) -> int | None:
    """Write an objective without checking what it refers to. The caller is inside `Store.writing()`."""
    number = objective.id or store.insert(
        "INSERT INTO objectives (folded, starts, definition, live) VALUES (?, ?, '', 0)",
        (key_of(objective.name), objective.start.isoformat()),
    )
    return change_to(store, by, _subject(replace(objective, id=number)), objective_to_json(objective), link)


def _subject(objective: Objective) -> Subject:
    return Subject(Thing.OBJECTIVE, str(objective.id), None, objective.name)


def remove_objective(store: Store, objective_id: int, by: By) -> int | None:
    """Take an objective away; its KPIs stay, and taking back the change brings it back.

    Raises:
        NotFound: there is none of that number.
    """
    with store.writing():
        return change_to(store, by, _subject(get_objective(store, objective_id)), None)


def refuse_taken_objective(store: Store, objective: Objective) -> None:
    """Refuse a name that another objective has which begins on the same day."""
    for other in objectives(store):
        if other.id != objective.id and (key_of(other.name), other.start) == (key_of(objective.name), objective.start):
            sentence = f"There is already an objective '{other.name}' from that day on."
            raise RefusedDefinition(sentence, "Choose another name or first day.")


def refuse_pointed_at(store: Store, kpi: str) -> None:
    """Refuse to take a KPI away that a key result points at."""
    for objective in objectives(store):
        if any(key_of(result.kpi) == key_of(kpi) for result in objective.key_results):
            sentence = f"{kpi} is a key result of the objective '{objective.name}'."
            raise RefusedDefinition(sentence, "Change the objective first, or retire the KPI instead.")


def follow_kpi(store: Store, old: str, new: str, by: By, change: int | None) -> None:
    """Let the key results that point at a renamed KPI follow it, as a part of that change."""
    for objective in objectives(store):
        renamed = objective_with_kpi_renamed(objective, old, new)
        if renamed != objective:
            save(store, renamed, by, Link(part_of=change))
