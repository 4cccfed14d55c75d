"""Taking back a change: the thing gets the state it had before, and that is a change of its own in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition import (
    business_from_json,
    check_key_results,
    kpi_from_json,
    objective_from_json,
    recipe_from_json,
    target_from_json,
)
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.store.business import refuse_orphans
from kpi_core.store.changes import Link, Thing, get_change, to_text
from kpi_core.store.closed import unreasoned
from kpi_core.store.closed_values import closed_months_kept
from kpi_core.store.definitions.edit import (
    fitted,
    follow_name,
    refuse_needed,
    refuse_other_cadence,
    refuse_taken,
)
from kpi_core.store.definitions.fitting import refuse_unfit
from kpi_core.store.definitions.goals import refuse_goal_taken, refuse_served
from kpi_core.store.definitions.kpis import get_kpi, kpis
from kpi_core.store.definitions.objectives import refuse_taken_objective
from kpi_core.store.definitions.renaming import follow_source, refuse_feeding
from kpi_core.store.definitions.reviews import check_review
from kpi_core.store.definitions.typed import refuse_no_period
from kpi_core.store.import_list import list_imports
from kpi_core.store.sources import get_source, is_kept
from kpi_core.store.sources import refuse_taken as refuse_taken_source
from kpi_core.store.things import change_to, period_of, state_of
from kpi_core.target import validate

if TYPE_CHECKING:
    from kpi_core.store.changes import By, Change, Json
    from kpi_core.store.data_file import Store


def undo_change(store: Store, change_id: int, by: By) -> int:
    """Take back a change of anything the log knows: a setting, goal, recipe, KPI, target, value, review, action ...

    Returns:
        The number of the change that takes it back; that one can be taken back too.

    Raises:
        NotFound: there is no such change.
        RefusedDefinition: the thing was changed again since, or without the change the rest would not fit together.
        ClosedMonths: it is about a closed month, or a value would change there.
    """
    with closed_months_kept(store):
        change = get_change(store, change_id)
        subject, old = change.subject, change.old
        if change.part_of is not None:
            sentence = f"{subject.name} was changed along with {get_change(store, change.part_of).subject.name}."
            raise RefusedDefinition(sentence, f"Take back change {change.part_of} instead.")
        if to_text(state_of(store, subject)) != to_text(change.new):
            raise RefusedDefinition(_later(change), "Look in the log for the later change and take that one back.")
        _check(store, change, by)
        done = change_to(store, by, subject, old, Link(undoes=change_id))
        if old is not None and change.new is not None:
            _follow(store, change, by, done)
    # The two states differ, else there would be no such change
    return done or change_id


def _follow(store: Store, change: Change, by: By, done: int | None) -> None:
    """Let what names a KPI or source follow it back to its old name."""
    before, after = ((state or {}).get("name", "") for state in (change.new, change.old))
    if change.subject.thing is Thing.KPI:
        follow_name(store, str(before), str(after), by, done)
    if change.subject.thing is Thing.SOURCE:
        follow_source(store, str(before), str(after), by, done)


def _later(change: Change) -> str:
    if change.undone_by is not None:
        return f"Change {change.id} of {change.subject.name} was taken back already."
    return f"{change.subject.name} was changed again after change {change.id}."


def _check(store: Store, change: Change, by: By) -> None:
    """Refuse where the old state would not fit to what is there now, before anything is written."""
    subject, old = change.subject, change.old
    match subject.thing:
        case Thing.BUSINESS:
            refuse_orphans(store, business_from_json(old or {}).calendar)
        case Thing.SOURCE:
            _check_source(store, int(subject.key), old, forgotten=change.new is None)
        case Thing.GOAL:
            _check_goal(store, change)
        case Thing.KPI:
            _check_kpi(store, change, old)
        case Thing.TARGET:
            _check_target(store, change)
        case Thing.OBJECTIVE:
            _check_objective(store, int(subject.key), old)
        case Thing.REVIEW | Thing.REVIEW_ITEM | Thing.ADDITION | Thing.PLAN:
            check_review(store, change, by.now.date())
        case Thing.MONTH | Thing.PERSON | Thing.IMPORT:
            _check_for_good(change, by.why)
        case Thing.NOTE | Thing.ACTION | Thing.PUT_ASIDE:
            if subject.kpi_id is not None:
                get_kpi(store, subject.kpi_id)
        case Thing.EXCEPTION | Thing.TYPED_VALUE:
            start = date.fromisoformat(period_of(store, subject))
            refuse_no_period(
                store, get_kpi(store, subject.kpi_id or 0), start, closed=subject.thing is not Thing.EXCEPTION
            )


def _check_for_good(change: Change, why: str) -> None:
    """Refuse what does not come back from the log.

    A removed person never does, a file is undone where it was added, and that a month was closed is taken back by
    reopening it, which needs a reason.
    """
    if change.subject.thing is Thing.IMPORT:
        sentence = f"{change.subject.name} is a file of rows."
        raise RefusedDefinition(sentence, "Undo it in the list of what was added.")
    if change.subject.thing is Thing.PERSON:
        sentence = "What was removed of a person cannot come back."
        raise RefusedDefinition(sentence)
    if change.old is None and not why.strip():
        raise unreasoned(change.subject.key)


def _check_goal(store: Store, change: Change) -> None:
    if change.old is None:
        refuse_served(store, change.subject.name)
    else:
        refuse_goal_taken(store, change.subject.key, str(change.old["name"]))


def _check_target(store: Store, change: Change) -> None:
    kpi = get_kpi(store, change.subject.kpi_id or 0)
    if change.old is not None:
        validate(target_from_json(change.old, kpi.direction), kpi.direction, kpi.unit)


def _check_objective(store: Store, objective_id: int, old: Json | None) -> None:
    if old is not None:
        before = replace(objective_from_json(old), id=objective_id)
        check_key_results(before, (kpi.name for kpi in kpis(store)))
        refuse_taken_objective(store, before)


def _check_source(store: Store, source_id: int, old: Json | None, *, forgotten: bool) -> None:
    if old is None:
        source = get_source(store, source_id)
        refuse_feeding(store, source)
        if any(each.undone_at is None for each in list_imports(store, source_id)):
            sentence = f"{source.name} holds files by now: taking its recipe back would take them along."
            raise RefusedDefinition(sentence, "Undo its imports first, or delete the source.")
        return
    if forgotten and not is_kept(store, source_id):
        sentence = f"{old['name']} was removed for good."
        raise NotFound(sentence, "Only a backup of before that holds it.")
    refuse_taken_source(store, str(old["name"]), source_id)
    if not forgotten:
        refuse_unfit(store, get_source(store, source_id), recipe_from_json(old["recipe"]))


def _check_kpi(store: Store, change: Change, old: Json | None) -> None:
    kpi_id = int(change.subject.key)
    if old is None:
        refuse_needed(store, get_kpi(store, kpi_id))
        return
    kpi = replace(kpi_from_json(old), id=kpi_id)
    refuse_taken(store, kpi)
    if change.new is None:
        fitted(store, kpi.name, kpi)
        return
    held = get_kpi(store, kpi_id)
    if held.cadence is not kpi.cadence:
        refuse_other_cadence(store, held)
    fitted(store, held.name, kpi)
