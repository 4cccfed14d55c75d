"""Which months of a source changed since values were last computed. Written with the change, in one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kpi_core.store.sql import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.store.data_file import Store
    from kpi_core.store.rows import RowTable, StoredColumn

MARK = "INSERT INTO touched (source_id, date_column, month) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


def mark_months(store: Store, source_id: int, months: Iterable[str], date_column: str = "") -> None:
    """Note months as changed, by the source's own day or by another date column."""
    store.many(MARK, ((source_id, date_column, month) for month in months))


def mark_other_dates(store: Store, table: RowTable, columns: Iterable[StoredColumn], first_new: int) -> None:
    """Note months as changed by other date columns: of new, returning and leaving rows of an import being written."""
    for column in columns:
        find = """SELECT DISTINCT substr({c}, 1, 7) FROM {rows} WHERE {c} IS NOT NULL AND (_id >= ? OR _id IN (
            SELECT id FROM leaving UNION SELECT same_id FROM incoming WHERE fate < 2 AND same_id IS NOT NULL))"""
        found = store.all(named(find, c=column.sql_name, rows=table.name), (first_new,))
        mark_months(store, table.source_id, (str(month) for (month,) in found), column.meaning.name)


def months_between(start: date, end: date) -> frozenset[str]:
    """Name the months of the days `[start, end)`.

    >>> sorted(months_between(date(2025, 10, 31), date(2025, 12, 1)))
    ['2025-10', '2025-11']
    """
    months = set()
    day = start.replace(day=1)
    while day < end:
        months.add(f"{day:%Y-%m}")
        day = (day + timedelta(days=31)).replace(day=1)
    return frozenset(months)
