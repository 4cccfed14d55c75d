"""Typed values that came in a file: written as one, listed, and undone as one.

A fill holds only what it changed: a template comes pre-filled, so a value that is the same says nothing. An undo, in
any order, leaves each value as its log makes it without the changes of the undone fills: later ones stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.errors import NotFound
from kpi_core.store.business import read_business
from kpi_core.store.changes import Link, Subject, Thing, from_text, to_text
from kpi_core.store.closed import refuse_closed
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.definitions.typed import refuse_no_period, set_typed
from kpi_core.store.things import change_to, state_of
from kpi_core.store.touched import months_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.kpi import TypedValue
    from kpi_core.store.changes import By, Json
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class FillCounts:
    """What a file did: values that are new, changed, the same, cells refused, and values in place of computed ones."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    computed: int = 0

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """Give each figure with what it counts."""
        computed = "replaces a computed value" if self.computed == 1 else "replace computed values"
        return (
            (self.new, "new"),
            (self.computed, computed),
            (self.changed, "changed"),
            (self.same, "the same"),
            (self.refused, "refused"),
        )

    @property
    def sentence(self) -> str:
        """Say it in one sentence.

        >>> FillCounts(new=2, same=1, refused=1).sentence
        '2 new, 1 the same, 1 refused.'
        >>> FillCounts(new=2, computed=1).sentence
        '2 new, 1 replaces a computed value.'
        """
        return (", ".join(f"{count:,} {word}" for count, word in self.named if count) or "nothing to add") + "."


@dataclass(frozen=True)
class Fill:
    """A file of typed values that was added once; `undone_at` is None while it is live."""

    id: int
    file_name: str
    added_at: datetime
    counts: FillCounts
    undone_at: datetime | None


@dataclass(frozen=True)
class FillUndo:
    """What an undo did to the values that the fill had changed.

    `restored`: an older value is back. `removed`: none is typed any more. `kept`: changed again since, so it stands.
    """

    restored: int
    removed: int
    kept: int

    @property
    def sentence(self) -> str:
        """Say it in one sentence.

        >>> FillUndo(restored=1, removed=2, kept=0).sentence
        'Undone: 2 values removed, 1 value back as it was before.'
        """
        parts = (
            f"{_values(self.removed)} removed" if self.removed else "",
            f"{_values(self.restored)} back as {'it was' if self.restored == 1 else 'they were'} before"
            if self.restored
            else "",
            f"{_values(self.kept)} kept because {'it was' if self.kept == 1 else 'they were'} changed again"
            if self.kept
            else "",
        )
        return "Undone: " + (", ".join(part for part in parts if part) or "no value changed") + "."


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count:,} values"


def apply_fill(store: Store, file_name: str, values: Sequence[TypedValue], counts: FillCounts, by: By) -> int | None:
    """Write values that are new or changed as one fill.

    Returns:
        The number of the fill; None where nothing is different: nothing is recorded then.

    Raises:
        ClosedMonths: one of them reaches into a closed month; nothing was changed.
    """
    with store.writing():
        changes = [change for typed in values if (change := set_typed(store, typed, by)) is not None]
        if not changes:
            return None
        fill = store.insert(
            "INSERT INTO fills (file_name, added_at, new, changed, same, refused, computed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(file_name, by.now.isoformat(timespec="seconds")),
                *(counts.new, counts.changed, counts.same, counts.refused, counts.computed),
            ),
        )
        store.many(
            "INSERT INTO fill_changes (change_id, fill_id) VALUES (?, ?)", [(change, fill) for change in changes]
        )
        return fill


_SELECT = "SELECT id, file_name, added_at, new, changed, same, refused, computed, undone_at FROM fills"


def list_fills(store: Store) -> tuple[Fill, ...]:
    """List all fills, the newest first, undone ones too."""
    return tuple(_loaded(row) for row in store.all(f"{_SELECT} ORDER BY id DESC"))


def get_fill(store: Store, fill_id: int) -> Fill:
    """Read one fill.

    Raises:
        NotFound: there is none of that number.
    """
    row = store.one(f"{_SELECT} WHERE id = ?", (fill_id,))
    if row is None:
        sentence = f"There is no filled-in file number {fill_id}."
        raise NotFound(sentence, "Look it up in the list of filled-in files.")
    return _loaded(row)


def _loaded(row: tuple[object, ...]) -> Fill:
    number, name, added_at, *counts, undone_at = row
    return Fill(
        int(str(number)),
        str(name),
        datetime.fromisoformat(str(added_at)),
        FillCounts(*(int(str(count)) for count in counts)),
        None if undone_at is None else datetime.fromisoformat(str(undone_at)),
    )


def undo_fill(store: Store, fill_id: int, by: By) -> FillUndo:
    """Take a fill back: all of it or nothing.

    Raises:
        NotFound: there is no such fill, or it was undone already.
        ClosedMonths: it would change a closed month.
        RefusedDefinition: a value would come back for a period that its KPI does not have any more.
    """
    with store.writing():
        fill = get_fill(store, fill_id)
        if fill.undone_at is not None:
            sentence = f"{fill.file_name} was undone already."
            raise NotFound(sentence, "Nothing else is to be done.")
        store.run("UPDATE fills SET undone_at = ? WHERE id = ?", (by.now.isoformat(timespec="seconds"), fill_id))
        restored = removed = kept = 0
        for change_id, subject in _changes_of(store, fill_id):
            old, new = state_of(store, subject), _state_by_log(store, subject.key)
            if to_text(old) == to_text(new):
                kept += 1
                continue
            _check(store, subject, new)
            change_to(store, by, subject, new, Link(undoes=change_id))
            restored, removed = restored + (new is not None), removed + (new is None)
    return FillUndo(restored, removed, kept)


def _changes_of(store: Store, fill_id: int) -> list[tuple[int, Subject]]:
    rows = store.all(
        """SELECT changes.id, key, kpi_id, name FROM changes JOIN fill_changes ON change_id = changes.id
        WHERE fill_id = ? ORDER BY changes.id""",
        (fill_id,),
    )
    return [
        (int(str(change)), Subject(Thing.TYPED_VALUE, str(key), int(str(kpi)), str(name)))
        for change, key, kpi, name in rows
    ]


def _state_by_log(store: Store, key: str) -> Json | None:
    """Give the state that the newest change made which was neither taken back nor is one of an undone fill."""
    rows = store.all(
        """SELECT changes.id, changes.new, undoes, undone_at IS NOT NULL FROM changes
        LEFT JOIN fill_changes ON change_id = changes.id LEFT JOIN fills ON fills.id = fill_id
        WHERE thing = ? AND key = ? ORDER BY changes.id DESC""",
        (Thing.TYPED_VALUE.value, key),
    )
    taken_back: set[int] = set()
    for change, new, undoes, in_undone_fill in rows:
        # Newest first: whatever takes a change back is seen before it
        if int(str(change)) in taken_back:
            continue
        if undoes is not None:
            taken_back.add(int(str(undoes)))
        elif not in_undone_fill:
            return from_text(new)
    return None


def _check(store: Store, subject: Subject, new: Json | None) -> None:
    """Refuse a change in a closed month, and a value for a period that is none any more."""
    try:
        kpi = get_kpi(store, subject.kpi_id or 0)
    except NotFound:
        return  # a KPI that was taken away has no values to guard
    start = date.fromisoformat(subject.key.split("|", 2)[1])
    if new is not None:
        refuse_no_period(store, kpi, start)
    period = read_business(store).calendar.period(kpi.cadence, start)
    refuse_closed(store, months_between(start, period.end))
