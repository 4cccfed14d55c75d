"""The log: every change of a setting, goal, recipe, KPI, target or typed value, with what was there before.

A change is written in the transaction of what it tells, so that neither exists without the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_core.errors import DataFileDamaged, NotFound

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store

Json = dict[str, object]


class Thing(StrEnum):
    """What a change is about."""

    BUSINESS = "business"
    GOAL = "goal"
    SOURCE = "source"
    KPI = "KPI"
    TARGET = "target"
    EXCEPTION = "one-period exception"
    TYPED_VALUE = "typed value"
    OBJECTIVE = "objective"
    NOTE = "note"
    PUT_ASIDE = "put aside"
    REVIEW = "review"
    REVIEW_ITEM = "part of a review"
    ADDITION = "addition to a review"
    ACTION = "action"
    PLAN = "next review"
    MONTH = "closed month"
    PERSON = "removed person"
    IMPORT = "import"
    """A file of rows; it stands in the log only where it gave past periods another colour."""


@dataclass(frozen=True)
class By:
    """Who changes something, when and why, for the log."""

    now: datetime
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Link:
    """How a change belongs to another one: it takes that one back, or is a part of it."""

    undoes: int | None = None
    part_of: int | None = None


ALONE = Link()


@dataclass(frozen=True)
class Signed:
    """Whose changes, and of which day; None: anybody's, of any."""

    who: str | None = None
    day: date | None = None


ANYBODY = Signed()


@dataclass(frozen=True)
class Subject:
    """What a change is about: the thing, its key in the data file, the KPI it belongs to and its name."""

    thing: Thing
    key: str
    kpi_id: int | None
    name: str


@dataclass(frozen=True)
class Change:
    """One entry of the log. `old` None: it was not there before; `new` None: it is not there since.

    `effect` says what it did to colours; `undoes` is the change that it took back; `undone_by` the one that took
    it back; `part_of` the change that brought it about, with which it is taken back.
    """

    id: int
    at: datetime
    who: str
    why: str
    subject: Subject
    old: Json | None
    new: Json | None
    effect: str = ""
    undoes: int | None = None
    undone_by: int | None = None
    part_of: int | None = None


_COLUMNS = """id, at, who, why, thing, key, kpi_id, name, old, new, effect, undoes, part_of,
    (SELECT max(later.id) FROM changes AS later WHERE later.undoes = changes.id)"""


def log(store: Store, by: By, subject: Subject, old: Json | None, new: Json | None, link: Link = ALONE) -> int:
    """Write one entry and give its number; the caller is inside `Store.writing()`."""
    moment = by.now.isoformat(sep=" ", timespec="seconds")
    return store.insert(
        """INSERT INTO changes (at, who, why, thing, key, kpi_id, name, old, new, undoes, part_of)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(moment, by.who, by.why, subject.thing.value, subject.key, subject.kpi_id, subject.name),
            *(to_text(old), to_text(new), link.undoes, link.part_of),
        ),
    )


def note_effect(store: Store, change_id: int, effect: str) -> None:
    """Add what a change did to colours ("October: red, was amber"), once they were computed again."""
    with store.writing():
        store.run("UPDATE changes SET effect = ? WHERE id = ?", (effect, change_id))


def newest_change(store: Store) -> int:
    """Give the number of the newest entry; 0 where there is none."""
    found = store.one("SELECT coalesce(max(id), 0) FROM changes")
    return 0 if found is None else int(str(found[0]))


def list_changes(
    store: Store,
    *,
    kpi_id: int | None = None,
    thing: Thing | None = None,
    signed: Signed = ANYBODY,
    before: int | None = None,
    most: int = 100,
) -> tuple[Change, ...]:
    """List the newest changes first.

    Args:
        store: the data file.
        kpi_id: only those of this KPI; None: all.
        thing: only those about this kind of thing; None: all.
        signed: only those by this person and of this day.
        before: only those older than this number, for the next page.
        most: how many at most.
    """
    day = None if signed.day is None else signed.day.isoformat()
    rows = store.all(
        f"""SELECT {_COLUMNS} FROM changes
        WHERE (:kpi IS NULL OR kpi_id = :kpi) AND (:thing IS NULL OR thing = :thing)
        AND (:who IS NULL OR who = :who) AND (:day IS NULL OR substr(at, 1, 10) = :day)
        AND (:before IS NULL OR id < :before)
        ORDER BY id DESC LIMIT :most""",  # noqa: S608 - a constant of ours
        {
            "kpi": kpi_id,
            "thing": thing,
            "who": signed.who,
            "day": day,
            "before": before,
            "most": most,
        },
    )
    return tuple(_change(row) for row in rows)


def changes_between(store: Store, after: int = 0, upto: int | None = None) -> tuple[Change, ...]:
    """List all changes newer than one number, up to and including another, the newest first; without numbers all."""
    rows = store.all(
        f"SELECT {_COLUMNS} FROM changes WHERE id > ? AND id <= ? ORDER BY id DESC",  # noqa: S608 - a constant of ours
        (after, newest_change(store) if upto is None else upto),
    )
    return tuple(_change(row) for row in rows)


def writers(store: Store) -> tuple[str, ...]:
    """Name everybody who changed something, by name; "" is nobody named."""
    return tuple(str(who) for (who,) in store.all("SELECT DISTINCT who FROM changes ORDER BY lower(who)"))


def get_change(store: Store, change_id: int) -> Change:
    """Read one entry.

    Raises:
        NotFound: there is none of that number.
    """
    row = store.one(f"SELECT {_COLUMNS} FROM changes WHERE id = ?", (change_id,))  # noqa: S608 - a constant of ours
    if row is None:
        sentence = f"There is no change number {change_id}."
        raise NotFound(sentence)
    return _change(row)


def standing(store: Store, change_id: int) -> int | None:
    """Find the entry by which what a change did can be taken back; None where it is taken back.

    That is the change itself, or the one that took its taking back back.

    Raises:
        NotFound: there is none of that number.
    """
    change = get_change(store, change_id)
    if change.undone_by is None:
        return change_id
    again = get_change(store, change.undone_by).undone_by
    return None if again is None else standing(store, again)


def _change(row: tuple[object, ...]) -> Change:
    change_id, at, who, why, thing, key, kpi_id, name, old, new, effect, undoes, part_of, undone_by = row
    return Change(
        id=int(str(change_id)),
        at=datetime.fromisoformat(str(at)),
        who=str(who),
        why=str(why),
        subject=Subject(Thing(str(thing)), str(key), _whole(kpi_id), str(name)),
        old=from_text(old),
        new=from_text(new),
        effect=str(effect),
        undoes=_whole(undoes),
        undone_by=_whole(undone_by),
        part_of=_whole(part_of),
    )


def _whole(cell: object) -> int | None:
    return None if cell is None else int(str(cell))


def to_text(state: Json | None) -> str | None:
    """Write a state as the JSON text that is kept: the same state always gives the same text."""
    return None if state is None else json.dumps(state, ensure_ascii=False, sort_keys=True)


def from_text(cell: object) -> Json | None:
    """Read a kept state.

    Raises:
        DataFileDamaged: it is no JSON any more.
    """
    if cell is None:
        return None
    try:
        found: Json = json.loads(str(cell))
    except ValueError as error:
        name = "The data file"
        raise DataFileDamaged(name, "something that is defined in it cannot be read") from error
    return found
