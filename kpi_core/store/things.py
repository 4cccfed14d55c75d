"""One way to change what is defined: `change_to` puts a thing into a new state and logs it in the same transaction.

A state is the thing as JSON, None where it is not there. Taking back a change is therefore the same step with old
and new exchanged. A thing that is taken away stays in its table, not live, so that it can come back under its key.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition import key_of, recipe_from_json
from kpi_core.store.changes import ALONE, Link, Subject, Thing, from_text, log, to_text
from kpi_core.store.closed import refuse_closed, refuse_closed_target
from kpi_core.store.redate import is_other_day, redate

if TYPE_CHECKING:
    from kpi_core.store.changes import By, Json
    from kpi_core.store.data_file import Store

MEANINGFUL = ("values", "cadence", "unit")
"""What of a KPI's definition its values depend on."""

WHOLE = {
    Thing.NOTE: "notes",
    Thing.REVIEW: "reviews",
    Thing.REVIEW_ITEM: "review_items",
    Thing.ADDITION: "review_additions",
    Thing.ACTION: "actions",
    Thing.PLAN: "review_plan",
}
"""The tables of the things that are their JSON and nothing else."""
LIVE = {
    Thing.TARGET: "targets",
    Thing.EXCEPTION: "target_exceptions",
    Thing.PUT_ASIDE: "put_aside",
}
"""The tables of the things that only come and go."""

_STATE = {
    Thing.BUSINESS: "SELECT settings FROM business WHERE :key IS NOT NULL",
    Thing.SOURCE: "SELECT json_object('name', name, 'recipe', json(recipe)) FROM sources WHERE id = :key AND live",
    Thing.GOAL: "SELECT definition FROM goals WHERE id = :key AND live",
    Thing.KPI: "SELECT definition FROM kpis WHERE id = :key AND live",
    Thing.TARGET: "SELECT definition FROM targets WHERE id = :key AND live",
    Thing.EXCEPTION: "SELECT definition FROM target_exceptions WHERE id = :key AND live",
    Thing.OBJECTIVE: "SELECT definition FROM objectives WHERE id = :key AND live",
    Thing.PUT_ASIDE: "SELECT definition FROM put_aside WHERE id = :key AND live",
    **{
        thing: f"SELECT definition FROM {table} WHERE id = :key AND live"  # noqa: S608 - a constant of ours
        for thing, table in WHOLE.items()
    },
    Thing.MONTH: "SELECT json_object('closed_at', closed_at) FROM closed_months WHERE month = :key",
    Thing.PERSON: "SELECT receipt FROM removals WHERE id = :key",
    Thing.IMPORT: "SELECT json_object('file', file_name) FROM imports WHERE id = :key AND undone_at IS NULL",
}


def change_to(store: Store, by: By, subject: Subject, new: Json | None, link: Link = ALONE) -> int | None:
    """Put a thing into a new state, log it, and mark the values that depend on it as stale.

    Returns:
        The number of the change; None where the thing was in that state already: nothing is written then.
    """
    with store.writing():
        old = state_of(store, subject)
        if to_text(old) == to_text(new):
            return None
        refuse_judged(store, subject)
        put(store, by, subject, new)
        return log(store, by, subject, old, new, link)


def state_of(store: Store, subject: Subject) -> Json | None:
    """Read the state that a thing is in."""
    if subject.thing is Thing.TYPED_VALUE:
        return _typed_state(store, subject.key)
    row = store.one(_STATE[subject.thing], {"key": subject.key})
    return None if row is None else from_text(row[0])


def put(store: Store, by: By, subject: Subject, new: Json | None) -> None:
    """Write a state without logging it."""
    match subject.thing:
        case Thing.BUSINESS:
            _put_business(store, new)
        case Thing.SOURCE:
            _put_source(store, int(subject.key), new)
        case Thing.GOAL:
            _put_goal(store, subject.key, new)
        case Thing.KPI:
            _put_kpi(store, by, int(subject.key), new)
        case Thing.TARGET | Thing.EXCEPTION | Thing.PUT_ASIDE:
            store.run(
                f"UPDATE {LIVE[subject.thing]} SET live = ? WHERE id = ?",  # noqa: S608 - a constant of ours
                (new is not None, subject.key),
            )
        case Thing.TYPED_VALUE:
            _put_typed(store, subject.key, new)
        case Thing.OBJECTIVE:
            _put_objective(store, subject.key, new)
        case Thing.NOTE | Thing.REVIEW | Thing.REVIEW_ITEM | Thing.ADDITION | Thing.ACTION | Thing.PLAN:
            _put_whole(store, WHOLE[subject.thing], subject.key, to_text(new))
        case Thing.MONTH:
            _put_month(store, subject.key, new)
        case Thing.PERSON:
            store.run("UPDATE removals SET receipt = ? WHERE id = ?", (to_text(new), subject.key))
        case Thing.IMPORT:
            pass  # its rows are added and undone by themselves; the log only holds what that did to colours


def _put_whole(store: Store, table: str, key: str, text: str | None) -> None:
    """Write a thing that is its JSON and nothing else; taken away it keeps the last one and is not live."""
    store.run(
        f"UPDATE {table} SET definition = coalesce(?, definition), live = ? WHERE id = ?",  # noqa: S608 - ours
        (text, text is not None, key),
    )


def _put_business(store: Store, new: Json | None) -> None:
    store.run("DELETE FROM business")
    if new is not None:
        store.run("INSERT INTO business (id, settings) VALUES (1, ?)", (to_text(new),))
    mark_stale_all(store)


def _put_month(store: Store, month: str, new: Json | None) -> None:
    store.run("DELETE FROM closed_months WHERE month = ?", (month,))
    if new is not None:
        store.run("INSERT INTO closed_months (month, closed_at) VALUES (?, ?)", (month, new["closed_at"]))


def refuse_judged(store: Store, subject: Subject) -> None:
    """Refuse another target or exception for a closed month.

    Raises:
        ClosedMonths: at least one month that it is in force for is closed.
    """
    if subject.thing is Thing.TARGET:
        row = store.one("SELECT starts FROM targets WHERE id = ?", (subject.key,))
        if row is not None:
            refuse_closed_target(store, subject.kpi_id or 0, int(subject.key), str(row[0]))
    elif subject.thing is Thing.EXCEPTION:
        refuse_closed(store, {period_of(store, subject)[:7]})


def _put_source(store: Store, source_id: int, new: Json | None) -> None:
    if new is None:
        # No name folds to one that begins with a blank: the name is free again
        store.run("UPDATE sources SET live = 0, folded = ? WHERE id = ?", (f" {source_id}", source_id))
        return
    before = store.one("SELECT recipe FROM sources WHERE id = ?", (source_id,))
    recipe = recipe_from_json(new["recipe"])
    store.run(
        "UPDATE sources SET name = ?, folded = ?, recipe = ?, live = 1 WHERE id = ?",
        (new["name"], key_of(str(new["name"])), json.dumps(new["recipe"], ensure_ascii=False), source_id),
    )
    old = recipe if before is None else recipe_from_json(from_text(before[0]))
    if is_other_day(old, recipe):
        redate(store, source_id, old, recipe)


def _put_goal(store: Store, key: str, new: Json | None) -> None:
    if new is None:
        store.run("UPDATE goals SET live = 0 WHERE id = ?", (key,))
        return
    name = str(new["name"])
    store.run(
        "UPDATE goals SET name = ?, folded = ?, definition = ?, live = 1 WHERE id = ?",
        (name, key_of(name), to_text(new), key),
    )


def _put_objective(store: Store, key: str, new: Json | None) -> None:
    if new is None:
        store.run("UPDATE objectives SET live = 0 WHERE id = ?", (key,))
        return
    store.run(
        "UPDATE objectives SET folded = ?, starts = ?, definition = ?, live = 1 WHERE id = ?",
        (key_of(str(new["name"])), new["from"], to_text(new), key),
    )


def _put_kpi(store: Store, by: By, kpi_id: int, new: Json | None) -> None:
    old = state_of(store, Subject(Thing.KPI, str(kpi_id), kpi_id, ""))
    if new is None:
        store.run("UPDATE kpis SET live = 0 WHERE id = ?", (kpi_id,))
        store.run("DELETE FROM actuals WHERE kpi_id = ?", (kpi_id,))
        store.run("DELETE FROM stale_kpis WHERE kpi_id = ?", (kpi_id,))
        return
    name, text = str(new["name"]), to_text(new)
    store.run(
        "UPDATE kpis SET name = ?, folded = ?, state = ?, tier = ?, cadence = ?, definition = ?, live = 1 WHERE id = ?",
        (name, key_of(name), new["state"], new.get("tier", "KPI"), new["cadence"], text, kpi_id),
    )
    store.run(
        "INSERT INTO kpi_versions (kpi_id, from_day, definition) VALUES (?, ?, ?)",
        (kpi_id, by.now.date().isoformat(), text),
    )
    if old is None or any(old.get(part) != new.get(part) for part in MEANINGFUL):
        # An old value under a new definition would be a wrong number: none is shown until it is computed again
        others = [(each,) for each in (kpi_id, *dependents(store, kpi_id))]
        store.many("DELETE FROM actuals WHERE kpi_id = ?", others)
        # Last year's value under the old definition is none to compare with under the new one
        store.many("DELETE FROM target_fixed WHERE target_id IN (SELECT id FROM targets WHERE kpi_id = ?)", others)
        mark_stale(store, kpi_id)


def typed_key(kpi_id: int, period: str, segment: str) -> str:
    """Make the key of a typed value; `period` is the ISO day that the period starts on."""
    return f"{kpi_id}|{period}|{key_of(segment)}"


def period_of(store: Store, subject: Subject) -> str:
    """Give the ISO day that the period of a typed value or an exception starts on, taken back or not."""
    if subject.thing is Thing.TYPED_VALUE:
        return subject.key.split("|", 2)[1]
    row = store.one("SELECT period FROM target_exceptions WHERE id = ?", (subject.key,))
    return "" if row is None else str(row[0])


def _typed_state(store: Store, key: str) -> Json | None:
    row = store.one(
        """SELECT segment, value, numerator, denominator, note FROM typed_values
        WHERE kpi_id = ? AND period = ? AND folded_segment = ?""",
        key.split("|", 2),
    )
    if row is None:
        return None
    names = ("segment", "value", "numerator", "denominator", "note")
    return {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}


def _put_typed(store: Store, key: str, new: Json | None) -> None:
    kpi_id, period, folded = key.split("|", 2)
    store.run(
        "DELETE FROM typed_values WHERE kpi_id = ? AND period = ? AND folded_segment = ?", (kpi_id, period, folded)
    )
    if new is not None:
        cells = (new.get(name) for name in ("value", "numerator", "denominator"))
        store.run(
            """INSERT INTO typed_values (kpi_id, period, folded_segment, segment, note, value, numerator, denominator)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (kpi_id, period, folded, new.get("segment", ""), new.get("note", ""), *cells),
        )
    mark_stale(store, int(kpi_id), period)


def mark_stale(store: Store, kpi_id: int, period: str = "") -> None:
    """Mark the values of a KPI, and of every KPI that is made of it, to be computed again ('' for all periods)."""
    for each in (kpi_id, *dependents(store, kpi_id)):
        store.run("INSERT OR IGNORE INTO stale_kpis (kpi_id, period) VALUES (?, ?)", (each, period))


def mark_stale_all(store: Store) -> None:
    """Mark the values of all KPIs to be computed again: a new calendar moves every period."""
    store.run("INSERT OR IGNORE INTO stale_kpis (kpi_id, period) SELECT id, '' FROM kpis WHERE live")


def stale(store: Store) -> dict[int, frozenset[str] | None]:
    """Tell which values are to be computed again: starts of periods by KPI, None for all of its periods."""
    found: dict[int, set[str]] = {}
    for kpi_id, period in store.all("SELECT kpi_id, period FROM stale_kpis"):
        found.setdefault(int(str(kpi_id)), set()).add(str(period))
    return {kpi_id: None if "" in periods else frozenset(periods) for kpi_id, periods in found.items()}


def mark_fresh(store: Store) -> None:
    """Forget what was stale; the caller computed it again in the same transaction."""
    store.run("DELETE FROM stale_kpis")


def dependents(store: Store, kpi_id: int) -> tuple[int, ...]:
    """Find the KPIs that are made of a KPI, directly or by way of others."""
    # Only a formula can name another KPI, and few do: the others need not be read
    made_of: dict[str, list[tuple[int, str]]] = {}
    for other_id, folded, text in store.all(
        'SELECT id, folded, definition FROM kpis WHERE live AND definition LIKE \'%"kind": "kpi"%\''
    ):
        for name in _named_in(from_text(text)):
            made_of.setdefault(key_of(name), []).append((int(str(other_id)), str(folded)))
    row = store.one("SELECT folded FROM kpis WHERE id = ?", (kpi_id,))
    found: dict[int, None] = {}
    waiting = [] if row is None else [str(row[0])]
    while waiting:
        for other_id, folded in made_of.get(waiting.pop(), ()):
            if other_id not in found and other_id != kpi_id:
                found[other_id] = None
                waiting.append(folded)
    return tuple(found)


def _named_in(part: object) -> list[str]:
    """List the KPIs that a definition names in its formulas."""
    match part:
        case {"kind": "kpi", "name": str(name)}:
            return [name]
        case dict():
            return [name for inner in part.values() for name in _named_in(inner)]
        case list():
            return [name for inner in part for name in _named_in(inner)]
        case _:
            return []


def days_of_periods(store: Store) -> list[tuple[str, str, date]]:
    """List what was entered for one period: the KPI's name, its cadence, the first day of the period."""
    rows = store.all(
        """SELECT DISTINCT name, cadence, period FROM (
            SELECT kpi_id, period FROM typed_values
            UNION ALL SELECT kpi_id, period FROM target_exceptions WHERE target_exceptions.live
        ) JOIN kpis ON kpis.id = kpi_id WHERE kpis.live ORDER BY period"""
    )
    return [(str(name), str(cadence), date.fromisoformat(str(period))) for name, cadence, period in rows]
