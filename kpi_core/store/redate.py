"""The stored rows of a source counted on another day: the day of another of their date columns.

Rows that lie there must not count on one day and next month's on another, so both go by the new column at once. Where
that would break what an import remembers, the change is refused and says what to do instead.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kpi_core.actual.coverage import NO, YES, cover_of_rows, merge
from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Cadence, Calendar
from kpi_core.source import ColumnType, Recognition
from kpi_core.store.closed import refuse_closed
from kpi_core.store.import_list import list_imports
from kpi_core.store.rows import row_table, same_header
from kpi_core.store.sql import named
from kpi_core.store.touched import mark_months, months_between

if TYPE_CHECKING:
    from kpi_core.source import Covers, Recipe
    from kpi_core.store.data_file import Store
    from kpi_core.store.import_list import Import
    from kpi_core.store.rows import RowTable, StoredColumn

START_ANEW = "Undo its imports, change the recipe, then add the files again."


def is_other_day(old: Recipe, new: Recipe) -> bool:
    """Tell whether two recipes date a row by different columns."""
    return not same_header(old.date or "", new.date or "")


def has_versions(store: Store, source_id: int) -> bool:
    """Tell whether any row of a source is stored, counting now or not."""
    statement = named("SELECT 1 FROM {rows} LIMIT 1", rows=row_table(store, source_id).name)
    return store.one(statement) is not None


def refuse_redating(store: Store, source_id: int, name: str, old: Recipe, new: Recipe) -> None:
    """Refuse another date column where the stored rows cannot go by it.

    Raises:
        RefusedDefinition: no such dates are stored, or an import replaced days as they were until now.
        ClosedMonths: a row would leave or enter a closed month.
    """
    if not is_other_day(old, new) or not has_versions(store, source_id):
        return
    column = _dates(store, source_id, new.date)
    if column is None or old.date is None:
        by = f'by "{new.date}"' if new.date else "without a date"
        sentence = f"The rows of {name} cannot count {by}: the rows stored so far hold no such dates."
        raise RefusedDefinition(sentence, START_ANEW)
    if new.recognition is Recognition.WHOLE_TRUTH or _has_replaced(store, source_id):
        sentence = f'The rows of {name} count by "{old.date}", and a file replaced days of it.'
        raise RefusedDefinition(sentence, START_ANEW)
    moved = """SELECT DISTINCT substr(_day, 1, 7), substr({c}, 1, 7) FROM {rows}
        WHERE _current = 1 AND _day IS NOT {c}"""
    found = store.all(named(moved, c=column.sql_name, rows=row_table(store, source_id).name))
    refuse_closed(store, {str(month) for months in found for month in months if month})


def redate(store: Store, source_id: int, old: Recipe, new: Recipe) -> None:
    """Let every stored row count on its day in another column; a row without one counts on no day.

    What each file covers follows. The caller is inside `Store.writing()` and has asked `refuse_redating`.
    """
    table = row_table(store, source_id)
    column = _dates(store, source_id, new.date)
    if column is None or not has_versions(store, source_id):
        return
    names = {"c": column.sql_name, "rows": table.name}
    months = store.all(
        named("SELECT substr(_day, 1, 7) FROM {rows} UNION SELECT substr({c}, 1, 7) FROM {rows}", **names)
    )
    store.run(named("UPDATE {rows} SET _day = coalesce({c}, '')", **names))
    mark_months(store, source_id, (str(month) for (month,) in months if month))
    for each in list_imports(store, source_id):
        if each.undone_at is None:
            _cover_anew(store, table, each, (key_of(old.date or ""), key_of(new.date or "")))


def _cover_anew(store: Store, table: RowTable, held: Import, columns: tuple[str, str]) -> None:
    """Let a file cover the days that its rows have by another column, or had by it before; what it states stays.

    An end that leaves a doubt about its month is not covered: nobody was asked about it.
    """
    if held.stated_cover:
        return
    before, after = columns
    keep = "INSERT OR REPLACE INTO covers_by_date VALUES (?, ?, ?, ?)"
    store.run(keep, (held.id, before, *_iso(held.covers)))
    known = store.one(
        "SELECT cover_start, cover_end FROM covers_by_date WHERE import_id = ? AND date_column = ?", (held.id, after)
    )
    start, end = known or _iso(_covered(store, table, held))
    store.run("UPDATE imports SET cover_start = ?, cover_end = ? WHERE id = ?", (start, end, held.id))
    for first, last in (_iso(held.covers), (start, end)):
        if first is not None and last is not None:
            between = months_between(date.fromisoformat(str(first)), date.fromisoformat(str(last)))
            mark_months(store, held.source_id, between)


def _covered(store: Store, table: RowTable, held: Import) -> Covers | None:
    found = store.all(
        named(
            "SELECT DISTINCT r._day FROM held h JOIN {rows} r ON r._id BETWEEN h.first_id AND h.last_id"
            " WHERE h.import_id = ? AND r._day <> ''",
            rows=table.name,
        ),
        (held.id,),
    )
    days = {date.fromisoformat(str(day)) for (day,) in found}
    # The months of a calendar are the same in every fiscal year
    decide = partial(cover_of_rows, days, None, cadence=Cadence.MONTH, calendar=Calendar(), today=held.added_at.date())
    (sure, _), (whole, _) = decide(answer=NO), decide(answer=YES)
    # Whole months that the file held by its date so far, it holds by the new one too
    if whole is not None and held.covers is not None and merge([held.covers, whole]) == (held.covers,):
        return whole
    return sure


def _iso(covers: Covers | None) -> tuple[str | None, str | None]:
    return (None, None) if covers is None else (covers.start.isoformat(), covers.end.isoformat())


def _dates(store: Store, source_id: int, name: str | None) -> StoredColumn | None:
    column = row_table(store, source_id).column(name) if name else None
    return column if column is not None and column.meaning.type is ColumnType.DATE else None


def _has_replaced(store: Store, source_id: int) -> bool:
    found = store.one(
        "SELECT 1 FROM replaced p JOIN imports i ON i.id = p.import_id WHERE i.source_id = ? LIMIT 1", (source_id,)
    )
    return found is not None
