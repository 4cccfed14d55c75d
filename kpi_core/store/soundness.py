"""Looking for damage in the data file: what is wrong, what it means, what to do, and what can be made again by itself.

A look changes nothing. `mend` makes again only what follows from the rest: values from rows, outlooks from values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kpi_core.definition import key_of, note_from_json, recipe_from_json
from kpi_core.errors import SignalboxError
from kpi_core.review.as_json import (
    action_from_json,
    addition_from_json,
    item_from_json,
    plan_from_json,
    review_from_json,
)
from kpi_core.source import Recipe
from kpi_core.store import actuals
from kpi_core.store.business import read_business
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.definitions.asides import read_aside
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.held import rows_held
from kpi_core.store.histories import histories
from kpi_core.store.outlooks import Outlooks
from kpi_core.store.sources import is_kept
from kpi_core.store.sql import named
from kpi_core.store.things import state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from kpi_core.store.changes import Json
    from kpi_core.store.data_file import Store

RESTORE = "Bring back the newest backup that is sound, then add the files since then again."
MEND = "Let it be made again: it follows from the rest, so nothing is lost."
MOST_NAMED = 5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at in the data file.

    `hint`: what to do where it is not `ok`; `can_mend`: it can be made again from the rest of the file.
    """

    name: str
    ok: bool
    text: str
    hint: str = ""
    can_mend: bool = False


def check(store: Store, today: date | None = None) -> tuple[Finding, ...]:
    """Look whether the file is sound, what is referred to exists, and every number is what it is made of.

    `today`: outlooks are looked at too, as the board of that day reads them.
    """
    found = [_pages(store)]
    if not found[0].ok:
        # On damaged pages nothing else can be relied on
        return tuple(found)
    looks = [_references, _rows, _counts, _leftovers, _values, _written, _log]
    found += [_guarded(look, store) for look in looks]
    if today is not None:
        found.append(_guarded(partial(_outlooks, today=today), store, "outlooks"))
    return tuple(found)


def _guarded(look: Callable[[Store], Finding], store: Store, name: str = "") -> Finding:
    """Look at one thing; what cannot even be read is a finding too."""
    try:
        return look(store)
    except (ValueError, LookupError, TypeError, ArithmeticError, SignalboxError):
        sentence = "Something that is written there cannot be read any more: a part of the file was overwritten."
        return Finding(name or getattr(look, "__name__", "").strip("_"), ok=False, text=sentence, hint=RESTORE)


def mend(store: Store) -> None:
    """Make again what follows from the rest, in one transaction."""
    with store.writing():
        store.run("DELETE FROM segments WHERE id <> 0 AND id NOT IN (SELECT segment_id FROM actuals)")
        store.run("DELETE FROM actuals WHERE kpi_id NOT IN (SELECT id FROM kpis)")
        actuals.rebuild(store)
        store.run("DELETE FROM outlooks")
        for table in _lone_tables(store):
            store.run(named("DROP TABLE {t}", t=table))


def _pages(store: Store) -> Finding:
    found = [str(row[0]) for row in store.all("PRAGMA integrity_check(3)")]
    if found == ["ok"]:
        return Finding("pages", ok=True, text="Every page of the data file is sound.")
    indexes_only = all("index" in each for each in found)
    meaning = "Parts of the file are damaged, such as by a failing disk; numbers may be wrong."
    if indexes_only:
        meaning = "A list by which rows are found faster is damaged; the rows themselves are there."
    return Finding("pages", ok=False, text=f"Damaged: {'; '.join(found)}. {meaning}", hint=RESTORE)


def _references(store: Store) -> Finding:
    missing = store.all("PRAGMA foreign_key_check")
    if not missing:
        return Finding("references", ok=True, text="Everything that is referred to exists.")
    names = sorted({str(row[0]) for row in missing})
    made_again = set(names) <= {"actuals", "touched", "stale_kpis", "seen"}
    sentence = f"{len(missing)} entries refer to something that is gone, in {', '.join(names)}."
    return Finding("references", ok=False, text=sentence, hint=MEND if made_again else RESTORE, can_mend=made_again)


def _rows(store: Store) -> Finding:
    """Every row of a source must be held by an import that is not undone."""
    lost = [source for source, count in actuals.rows_nobody_holds(store) if count]
    if not lost:
        return Finding("rows", ok=True, text="Every row belongs to an import.")
    sentence = f"Rows of {_listed(lost)} belong to no import: undo and add its files again."
    return Finding("rows", ok=False, text=sentence)


COUNTED = """SELECT id, file_name, new + changed + same,
    refused <> (SELECT count(*) FROM refused_rows WHERE import_id = i.id)
    OR left_out <> (SELECT count(*) FROM left_out_rows WHERE import_id = i.id)
    FROM imports i WHERE undone_at IS NULL ORDER BY id"""


def _counts(store: Store) -> Finding:
    """Each record of a file ended as used, left out or refused: what was counted must be what is there."""
    held = rows_held(store)
    wrong = [
        str(name)
        for number, name, used, otherwise in store.all(COUNTED)
        if otherwise or held.get(int(str(number)), 0) != used
    ]
    if not wrong:
        return Finding("counts", ok=True, text="Every import holds as many rows as it counted.")
    sentence = f"{_listed(wrong)} holds other rows than were counted when it was added, so its numbers may be wrong."
    return Finding("counts", ok=False, text=sentence, hint="Undo that import and add the file again.")


def _lone_tables(store: Store) -> list[str]:
    own = {f"rows_{number}" for (number,) in store.all("SELECT id FROM sources")}
    rows = store.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'rows_[0-9]*'")
    return [str(name) for (name,) in rows if name not in own]


def _leftovers(store: Store) -> Finding:
    lone = _lone_tables(store)
    lost = store.one("SELECT count(*) FROM actuals WHERE kpi_id NOT IN (SELECT id FROM kpis)")
    if not lone and lost is not None and not lost[0]:
        return Finding("leftovers", ok=True, text="Nothing is left of what was removed.")
    sentence = "Rows or values are left of a source or KPI that is gone; they are in no number, but take room."
    return Finding("leftovers", ok=False, text=sentence, hint=MEND, can_mend=True)


def _values(store: Store) -> Finding:
    differing = actuals.differing(store)
    if not differing:
        return Finding("values", ok=True, text="Every value is what its rows make.")
    sentence = f"Values of {_listed(differing)} differ from what their rows make, so the board may show a wrong number."
    return Finding("values", ok=False, text=sentence, hint=MEND, can_mend=True)


READ: Mapping[str, tuple[str, Callable[[Json | None], object]]] = {
    "reviews": ("reviews", review_from_json),
    "review_items": ("what was said in reviews", item_from_json),
    "review_additions": ("corrections of reviews", addition_from_json),
    "review_plan": ("the plan of the next review", plan_from_json),
    "actions": ("actions", action_from_json),
    "put_aside": ("findings that were put aside", read_aside),
    "notes": ("notes", note_from_json),
}
"""The tables of what was written by hand: what they hold, and how it is read."""


def _written(store: Store) -> Finding:
    """What was written in reviews, actions, notes and the check-up must be readable, and belong to something."""
    wrong: list[str] = []
    for table, (kind, read) in READ.items():
        texts = store.all(named("SELECT definition FROM {t} WHERE live", t=table))
        bad = sum(not _is_readable(text, read) for (text,) in texts)
        wrong += [f"{bad} of {kind}"] if bad else []
    if wrong:
        sentence = f"This cannot be read any more, because a part of the file was overwritten: {', '.join(wrong)}."
        return Finding("written", ok=False, text=sentence, hint=RESTORE)
    going_on = store.one("SELECT count(*) FROM reviews WHERE live AND definition ->> '$.finished' IS NULL")
    if going_on is not None and int(str(going_on[0])) > 1:
        sentence = f"{going_on[0]} reviews go on at once, where one can."
        return Finding("written", ok=False, text=sentence, hint="Finish or leave all but one of them.")
    return Finding("written", ok=True, text="Reviews, actions, notes and what was put aside can be read.")


def _is_readable(text: object, read: Callable[[Json | None], object]) -> bool:
    try:
        read(from_text(text))
    except (ValueError, LookupError, TypeError, SignalboxError):
        return False
    return True


NEWEST = """SELECT thing, key, kpi_id, name, new FROM changes
    WHERE id IN (SELECT max(id) FROM changes WHERE thing <> ? GROUP BY thing, key) ORDER BY id"""
"""Of an import the log holds only what it did to colours."""


def _log(store: Store) -> Finding:
    """The newest entry of the log on a thing must say what it is now."""
    wrong = []
    for thing, key, kpi_id, name, new in store.all(NEWEST, (Thing.IMPORT.value,)):
        subject = Subject(Thing(str(thing)), str(key), None if kpi_id is None else int(str(kpi_id)), str(name))
        if subject.thing is Thing.SOURCE and (_was_only_named(from_text(new)) or not is_kept(store, int(subject.key))):
            continue
        if to_text(state_of(store, subject)) != to_text(from_text(new)):
            wrong.append(f"{thing} {name}")
    if not wrong:
        return Finding("log", ok=True, text="What is defined is what the log says.")
    sentence = f"{_listed(wrong)} is not what the log says last: something else than Signalbox changed it."
    return Finding("log", ok=False, text=sentence, hint="Look at it, and save it again as it should be.")


def _was_only_named(state: Json | None) -> bool:
    """Tell of a source of the log that nothing but its name was said: its first file says the rest, outside the log."""
    if state is None:
        return False
    recipe = recipe_from_json(state["recipe"])
    return recipe == Recipe(recipe.name, ())


def _outlooks(store: Store, *, today: date) -> Finding:
    """An outlook that is kept for the question of today must be the one that would be worked out now."""
    with store.reading():
        calendar = read_business(store).calendar
        outlooks = Outlooks(store, calendar, today)
        kept, outlooks.kept = outlooks.kept, {}
        defined = kpis(store)
        for _ in histories(store, defined, calendar, today, outlooks):
            pass
    names = {kpi.id: kpi.name for kpi in defined}
    wrong = [
        names[number]
        for number, (asked, answer) in outlooks.fresh.items()
        if number in kept and kept[number][0] == asked and kept[number][1] != answer
    ]
    if not wrong:
        return Finding("outlooks", ok=True, text="Every outlook that is kept is the one that would be worked out now.")
    sentence = f"The kept outlook of {_listed(wrong)} is not what its values make."
    return Finding("outlooks", ok=False, text=sentence, hint=MEND, can_mend=True)


def _listed(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    shown = sorted(found, key=key_of)[:MOST_NAMED]
    more = f" and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
    return f"{', '.join(shown)}{more}"
