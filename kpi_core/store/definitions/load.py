"""Loading a document: what it names is added or changed, by name; what it does not name stays as it is.

The same document twice changes nothing the second time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from kpi_core.definition import (
    EARLIEST,
    Document,
    Place,
    check_document,
    key_of,
    objective_spelled,
    refuse_unfit_document,
    spelled,
)
from kpi_core.definition.fields import refused
from kpi_core.errors import RefusedDefinition
from kpi_core.source import Recipe
from kpi_core.store.business import read_business, write_business
from kpi_core.store.closed_values import closed_months_kept
from kpi_core.store.definitions.dump import dump_definitions
from kpi_core.store.definitions.edit import follow_name, insert_kpi, refuse_other_cadence, save
from kpi_core.store.definitions.goals import add_goal, goals
from kpi_core.store.definitions.kpis import find_kpi, get_kpi, id_of, kpis
from kpi_core.store.definitions.notes import add_note
from kpi_core.store.definitions.objectives import objectives
from kpi_core.store.definitions.objectives import save as save_objective
from kpi_core.store.definitions.renaming import add_recipe, change_source
from kpi_core.store.definitions.targets import exceptions, keep_exception, keep_target, stored_targets
from kpi_core.store.definitions.typed import set_typed
from kpi_core.store.sources import list_sources
from kpi_core.target import Target, TargetHistory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kpi_core.business import Business
    from kpi_core.definition import SourceDefinition
    from kpi_core.kpi import Goal, Kpi, Objective, TypedValue
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store

LOADED = "definitions loaded from a file"


class Fate(Enum):
    """What became of one thing of a document."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()


@dataclass(frozen=True)
class Loaded:
    """What loading a document did: how many of each thing are new, changed, or were the same already."""

    new: int
    changed: int
    same: int

    @property
    def sentence(self) -> str:
        """Say it.

        >>> Loaded(4, 1, 0).sentence
        '4 new, 1 changed, 0 the same.'
        """
        return f"{self.new} new, {self.changed} changed, {self.same} the same."


def load_document(store: Store, document: Document, by: By) -> Loaded:
    """Add and change what a document defines, all of it or nothing.

    A KPI's definition becomes exactly the document's. Target rows are only added: a single row without a day of
    its own, different from the newest target, counts from today on and leaves the past as it was.

    Raises:
        RefusedDefinition: naming the place in the document and what is wrong there; nothing was changed.
        ClosedMonths: a value would change in a closed month.
    """
    by = by if by.why else replace(by, why=LOADED)
    refuse_unfit_document(document)
    with closed_months_kept(store):
        held = dump_definitions(store)
        whole = merged(held, document)
        check_document(whole)
        # A source keeps the name that it has
        names = replace(whole, sources=whole.sources + held.sources)
        fates = [] if document.business is None else [_business(store, document.business, by)]
        fates += [_goal(store, goal, by) for goal in document.goals]
        fates += [_source(store, source, by) for source in document.sources]
        # Definitions first: values and targets may belong to any of them
        fates += [_kpi(store, spelled(kpi, names), by) for kpi in document.kpis]
        for kpi in document.kpis:
            fates += _targets(store, find_kpi(store, kpi.name), document.history(kpi.name), by)
        fates += [_objective(store, objective_spelled(each, names), by) for each in document.objectives]
        fates += _typed_values(store, document.typed_values, by)
        fates += [_new(add_note(store, note, by)) for note in document.notes]
    count = Counter(fates)
    return Loaded(count[Fate.NEW], count[Fate.CHANGED], count[Fate.SAME])


def merged(held: Document, document: Document) -> Document:
    """Put a document over what is held, its own entries first, so that a refusal names their places in it."""
    own = {key_of(kpi.name) for kpi in document.kpis}
    goals = {key_of(goal.name) for goal in document.goals}
    sources = {key_of(source.name) for source in document.sources}
    begun = {_begun(objective) for objective in document.objectives}
    before = {key_of(name): history for name, history in held.targets.items()}
    targets = {kpi.name: before.get(key_of(kpi.name), TargetHistory()) for kpi in (*document.kpis, *held.kpis)}
    for name, history in document.targets.items():
        targets[name] = TargetHistory(targets[name].rows + history.rows, targets[name].exceptions + history.exceptions)
    return Document(
        goals=document.goals + tuple(goal for goal in held.goals if key_of(goal.name) not in goals),
        sources=document.sources + tuple(each for each in held.sources if key_of(each.name) not in sources),
        kpis=document.kpis + tuple(kpi for kpi in held.kpis if key_of(kpi.name) not in own),
        targets=targets,
        typed_values=document.typed_values,
        notes=document.notes,
        objectives=document.objectives + tuple(each for each in held.objectives if _begun(each) not in begun),
    )


def _begun(objective: Objective) -> tuple[str, date]:
    return key_of(objective.name), objective.start


def _changed(change: int | None) -> Fate:
    return Fate.SAME if change is None else Fate.CHANGED


def _new(change: int | None) -> Fate:
    return Fate.SAME if change is None else Fate.NEW


def _business(store: Store, business: Business, by: By) -> Fate:
    # Who writes here is not said by a file
    return _changed(write_business(store, replace(business, person=""), by))


def _goal(store: Store, goal: Goal, by: By) -> Fate:
    known = any(key_of(each.name) == key_of(goal.name) for each in goals(store))
    change = add_goal(store, goal, by)
    return _changed(change) if known else _new(change)


def _source(store: Store, source: SourceDefinition, by: By) -> Fate:
    held = next((each for each in list_sources(store) if key_of(each.name) == key_of(source.name)), None)
    recipe = source.recipe or (Recipe(source.name, ()) if held is None else held.recipe)
    if held is not None:
        return _changed(change_source(store, held.id, held.name, recipe, by))
    add_recipe(store, source.name, recipe, by)
    return Fate.NEW


def _kpi(store: Store, kpi: Kpi, by: By) -> Fate:
    kpi_id = id_of(store, kpi.name)
    if kpi_id is None:
        return _new(save(store, replace(kpi, id=insert_kpi(store, kpi)), by))
    held = get_kpi(store, kpi_id)
    if held.cadence is not kpi.cadence:
        refuse_other_cadence(store, held)
    change = save(store, replace(kpi, id=kpi_id), by)
    follow_name(store, held.name, kpi.name, by, change)
    return _changed(change)


def _objective(store: Store, objective: Objective, by: By) -> Fate:
    held = next((each for each in objectives(store) if _begun(each) == _begun(objective)), None)
    if held is None:
        return _new(save_objective(store, objective, by))
    return _changed(save_objective(store, replace(objective, id=held.id), by))


def _targets(store: Store, kpi: Kpi, history: TargetHistory, by: By) -> list[Fate]:
    held = tuple(stored.target for stored in stored_targets(store, kpi.id))
    fresh = rows_to_add(held, history.rows, by.now.date())
    for row in fresh:
        keep_target(store, kpi, row, by)
    calendar = read_business(store).calendar
    starts = (calendar.period(kpi.cadence, each.period_start).start for each in history.exceptions)
    wanted = [replace(each, period_start=day) for each, day in zip(history.exceptions, starts, strict=True)]
    for day, count in Counter(each.period_start for each in wanted).items():
        if count > 1:
            place = Place(f"kpis '{kpi.name}'", "exceptions")
            raise refused(place, f"the {kpi.cadence} from {day} has {count} of them.", "Keep the one that holds.")
    known = exceptions(store, kpi.id)
    others = [exception for exception in wanted if exception not in known]
    for exception in others:
        keep_exception(store, kpi, exception, by)
    same = len(history.rows) + len(wanted) - len(fresh) - len(others)
    return [Fate.NEW] * (len(fresh) + len(others)) + [Fate.SAME] * same


def rows_to_add(held: Sequence[Target], rows: Sequence[Target], today: date) -> list[Target]:
    """Tell which target rows of a document are to be added to those that are held.

    Into an empty history all come as they are. Otherwise a row is known where the row that counts of its day says
    the same; one single row without a day (`EARLIEST`) is compared with the newest, and counts from today.
    """
    if not held:
        return list(rows)
    by_day = {row.starts: row for row in held}
    if len(rows) == 1 and rows[0].starts == EARLIEST:
        same = _said(by_day[max(by_day)]) == _said(rows[0])
        return [] if same else [replace(rows[0], starts=today, typed_on=today)]
    last_of_day = {row.starts: row for row in rows}.values()
    return [
        replace(row, typed_on=row.typed_on or today, backdated=row.backdated or row.starts < today)
        for row in last_of_day
        if row.starts not in by_day or _said(by_day[row.starts], row.starts) != _said(row, row.starts)
    ]


def _said(row: Target, starts: date = EARLIEST) -> Target:
    """Keep of a row what it demands, not when and why it was entered."""
    return replace(row, starts=starts, typed_on=None, backdated=False, reason="")


def _typed_values(store: Store, typed_values: Sequence[TypedValue], by: By) -> list[Fate]:
    calendar = read_business(store).calendar
    cadences = {key_of(kpi.name): kpi.cadence for kpi in kpis(store)}
    seen: set[tuple[str, date, str]] = set()
    fates = []
    for at, typed in enumerate(typed_values):
        cadence = cadences[key_of(typed.kpi)]
        start = calendar.period(cadence, typed.period_start).start
        key = (key_of(typed.kpi), start, key_of(typed.segment))
        if key in seen:
            sentence = f"typed_values[{at}]: '{typed.kpi}' has another value for the {cadence} from {start} already."
            raise RefusedDefinition(sentence, "Keep one of them.")
        seen.add(key)
        fates.append(_new(set_typed(store, typed, by)))
    return fates
