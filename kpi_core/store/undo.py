"""Undo an import: in any order, what is left is exactly what the other live imports hold.

The rule, for every key: the newest live import that held any version of it decides which version counts; if a live
import after that one replaced the days of this version, none does. A version that no live import holds is deleted.
Only keys that the undone import held, or whose days it had replaced, can change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_core.errors import NotFound
from kpi_core.store.closed import refuse_closed
from kpi_core.store.compare import months_of, whole
from kpi_core.store.held import HeldRange, live_ranges, newest_holders
from kpi_core.store.import_list import get_import, spans_of
from kpi_core.store.needs import other_dates, used_columns
from kpi_core.store.rows import row_table
from kpi_core.store.sources import get_source
from kpi_core.store.sql import composed, named, quoted
from kpi_core.store.touched import mark_months, months_between

if TYPE_CHECKING:
    from datetime import datetime

    from kpi_core.store.data_file import Store
    from kpi_core.store.import_list import Import
    from kpi_core.store.rows import RowTable


# max() beside bare columns: SQLite takes them from the row of the maximum
WINNERS = """UPDATE version SET after = 1 WHERE id IN (
    SELECT id FROM (SELECT id, day, max(holder) AS holder FROM version WHERE holder IS NOT NULL GROUP BY key) w
    WHERE NOT EXISTS (SELECT 1 FROM replaced p JOIN imports n ON n.id = p.import_id
        WHERE n.source_id = :source AND n.undone_at IS NULL AND n.id <> :undone AND n.id > w.holder
        AND p.start_day <= w.day AND w.day < p.end_day))"""
"""Count again the version of each key that its newest holder has, unless a later import replaced its days."""


class Lesson(StrEnum):
    """What becomes of what an undone import taught its source's recipe."""

    NONE = "nothing"
    BACK = "taken back"
    STAYS = "stays"

    @property
    def sentence(self) -> str:
        """Say it; "" where the import taught nothing."""
        match self:
            case Lesson.NONE:
                return ""
            case Lesson.BACK:
                return "What it taught the recipe is taken back too."
            case Lesson.STAYS:
                return "What it taught the recipe stays: later files or changes build on it."


@dataclass(frozen=True)
class UndoResult:
    """What an undo did to the rows that the import had held or taken away.

    `restored`: older content is back. `removed`: no other import holds it. `kept`: another one still holds it.
    """

    restored: int
    removed: int
    kept: int
    months: tuple[str, ...] = ()
    lesson: Lesson = Lesson.NONE

    @property
    def sentence(self) -> str:
        """Say what happened.

        >>> UndoResult(restored=1, removed=2, kept=3).sentence
        'Undone: 2 rows removed, 1 row back as it was before, 3 rows kept because another file holds them.'
        >>> UndoResult(restored=0, removed=0, kept=0).sentence
        'Undone: no row changed.'
        """
        parts = [
            f"{rows(self.removed)} removed" if self.removed else "",
            f"{rows(self.restored)} back as {'it was' if self.restored == 1 else 'they were'} before"
            if self.restored
            else "",
            f"{rows(self.kept)} kept because another file holds {'it' if self.kept == 1 else 'them'}"
            if self.kept
            else "",
        ]
        done = ", ".join(part for part in parts if part) or "no row changed"
        return f"Undone: {done}. {self.lesson.sentence}".rstrip()

    @property
    def forecast(self) -> str:
        """Say what would happen.

        >>> UndoResult(restored=1, removed=2, kept=3).forecast
        'Undo takes 2 rows away, brings 1 row back as before, keeps 3 rows that another file holds too.'
        """
        parts = [
            f"takes {rows(self.removed)} away" if self.removed else "",
            f"brings {rows(self.restored)} back as before" if self.restored else "",
            f"keeps {rows(self.kept)} that another file holds too" if self.kept else "",
        ]
        does = ", ".join(part for part in parts if part) or "changes no row"
        return f"Undo {does}. {self.lesson.sentence}".rstrip()


def rows(count: int) -> str:
    """Count rows in words."""
    return "1 row" if count == 1 else f"{count} rows"


def undo(store: Store, import_id: int, now: datetime) -> UndoResult:
    """Take an import back.

    Raises:
        NotFound: there is no such import, or it was undone already.
        ClosedMonths: it would change a closed month; nothing was changed.
    """
    with store.writing():
        undone = get_import(store, import_id)
        if undone.undone_at is not None:
            raise already_undone(undone)
        table = row_table(store, undone.source_id)
        ranges = live_ranges(store, undone.source_id)
        others = [each for each in ranges if each.import_id != undone.id]
        if others:
            unaffected = gather(store, table, undone, ranges)
            decide(store, undone, others)
            result = count(store, unaffected)
        else:
            result = count_all(store, table)
        refuse_closed(store, result.months)
        mark(store, table, undone, result, "_id IN (SELECT id FROM version WHERE before <> after)" if others else "1")
        if others:
            write(store, table)
        else:
            store.run(named("DELETE FROM {rows}", rows=table.name))
        close(store, undone, now)
    store.checkpoint()
    return result


def prepare(store: Store) -> None:
    """Make the temporary table of versions, empty."""
    forget(store)
    store.run(
        "CREATE TEMP TABLE version (id INTEGER PRIMARY KEY, key INTEGER, day TEXT, was_held INTEGER,"
        " before INTEGER, after INTEGER, holder INTEGER)"
    )


def count_all(store: Store, table: RowTable) -> UndoResult:
    """Count what goes where no other import holds anything: every row."""
    statement = named("SELECT _day, count(*) FROM {rows} WHERE _current = 1 GROUP BY _day", rows=table.name)
    found = store.all(statement)
    removed = sum(int(str(number)) for _, number in found)
    return UndoResult(0, removed, 0, tuple(sorted(months_of({str(day) for day, _ in found}))))


def gather(store: Store, table: RowTable, undone: Import, ranges: list[HeldRange]) -> int:
    """Collect all stored versions of the keys that may change, and count the rows of the import that cannot.

    What a newer live import holds too cannot change.
    """
    prepare(store)
    names = {"rows": table.name}
    only_here = [(each.first, each.last) for each in newest_holders(ranges) if each.import_id == undone.id]
    store.many(adding(table, "1", "WHERE r._id BETWEEN ? AND ?"), only_here)
    number = whole(store, "SELECT count(*) FROM version")
    all_held = named(
        "SELECT count(*) FROM held h JOIN {rows} r ON r._id BETWEEN h.first_id AND h.last_id WHERE h.import_id = ?",
        **names,
    )
    found = store.one(all_held, (undone.id,))
    replaced = "JOIN replaced p ON r._day >= p.start_day AND r._day < p.end_day WHERE p.import_id = ?"
    store.run(adding(table, "0", replaced), (undone.id,))
    store.run(adding(table, "0", "WHERE r._key IN (SELECT key FROM version)"))
    return (0 if found is None else int(str(found[0]))) - number


def adding(table: RowTable, was_held: str, which: str) -> str:
    """Write the statement that collects some stored versions."""
    statement = """INSERT OR IGNORE INTO version
        SELECT r._id, r._key, r._day, {was_held}, r._current, 0, NULL FROM {rows} r {which}"""
    return composed(statement, was_held=was_held, rows=quoted(table.name), which=which)


def decide(store: Store, undone: Import, others: list[HeldRange]) -> None:
    """Find the newest other holder of each version, and from it the version of each key that counts from now on."""
    low, high = whole(store, "SELECT min(id) FROM version"), whole(store, "SELECT max(id) FROM version")
    reaching = newest_holders(each for each in others if each.first <= high and each.last >= low)
    claims = ((each.import_id, each.first, each.last) for each in reaching)
    store.many("UPDATE version SET holder = ? WHERE id BETWEEN ? AND ?", claims)
    store.run(WINNERS, {"source": undone.source_id, "undone": undone.id})


def count(store: Store, unaffected: int) -> UndoResult:
    """Count what happens to each key, and the months in which rows change; `unaffected` rows are held by others."""
    found = store.all(
        """SELECT b IS NOT NULL AND a IS NOT NULL AND a <> b OR b IS NULL AND a IS NOT NULL AS restored,
            b IS NOT NULL AND a IS NULL AS removed, b = a AND was_held AS kept, count(*)
        FROM (SELECT max(was_held) AS was_held, max(CASE WHEN before THEN id END) AS b,
            max(CASE WHEN after THEN id END) AS a FROM version GROUP BY key)
        GROUP BY 1, 2, 3"""
    )
    restored = sum(int(str(number)) for is_restored, _, _, number in found if is_restored)
    removed = sum(int(str(number)) for _, is_removed, _, number in found if is_removed)
    kept = unaffected + sum(int(str(number)) for _, _, is_kept, number in found if is_kept)
    days = {str(day) for (day,) in store.all("SELECT DISTINCT day FROM version WHERE before <> after")}
    return UndoResult(restored, removed, kept, tuple(sorted(months_of(days))))


def mark(store: Store, table: RowTable, undone: Import, result: UndoResult, changing: str) -> None:
    """Note the months whose values must be computed again: changed rows, and days that are covered no more."""
    covered = {month for span in spans_of(store, undone) for month in months_between(span.start, span.end)}
    mark_months(store, undone.source_id, covered.union(result.months))
    source = get_source(store, undone.source_id)
    for column in other_dates(source, table, used_columns(store, source)):
        find = "SELECT DISTINCT substr({c}, 1, 7) FROM {rows} WHERE {c} IS NOT NULL AND "
        months = store.all(named(find, c=column.sql_name, rows=table.name) + changing)
        mark_months(store, undone.source_id, (str(month) for (month,) in months), column.meaning.name)


def write(store: Store, table: RowTable) -> None:
    """Write which versions count from now on, and delete those that nobody holds any more."""
    names = {"rows": table.name}
    turn = "UPDATE {rows} SET _current = v.after FROM version v WHERE v.id = {rows}._id AND v.before <> v.after"
    store.run(named(turn, **names))
    store.run(named("DELETE FROM {rows} WHERE _id IN (SELECT id FROM version WHERE holder IS NULL)", **names))
    forget(store)


def close(store: Store, undone: Import, now: datetime) -> None:
    """Let the import hold nothing any more; it stays listed as undone."""
    store.run("DELETE FROM held WHERE import_id = ?", (undone.id,))
    store.run("DELETE FROM replaced WHERE import_id = ?", (undone.id,))
    store.run("UPDATE imports SET undone_at = ? WHERE id = ?", (now.isoformat(timespec="seconds"), undone.id))


def forget(store: Store) -> None:
    """Take the temporary tables away."""
    store.run("DROP TABLE IF EXISTS temp.version")


def already_undone(undone: Import) -> NotFound:
    """Say that an import was undone before."""
    return NotFound(f"Import {undone.id} ({undone.file_name}) was undone already.", "Nothing else is to be done.")
