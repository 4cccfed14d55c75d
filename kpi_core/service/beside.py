"""A file beside what is stored of its source: what both hold, what neither holds, and amounts that do not go together.

Everything here is said on the preview before anything is written, and a check that fails keeps a file from going in
by itself. The looks are short: a few seeks in indexes, and samples of a few thousand amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kpi_core.actual.gaps import check_hole, check_silences
from kpi_core.actual.jumps import check_months, check_stored
from kpi_core.period import MONTHS, day_name
from kpi_core.source import Check, ColumnRole, ColumnType, Recognition
from kpi_core.store.glance import days_with_rows, newest_amounts
from kpi_core.store.import_list import covered
from kpi_core.store.needs import used_columns
from kpi_core.store.rows import same_header
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.service.amounts import Amounts
    from kpi_core.source import Column, RowBatch
    from kpi_core.store.compare import Ahead, Missing
    from kpi_core.store.data_file import Store
    from kpi_core.store.imports import ImportPlan, ImportResult
    from kpi_core.store.sources import Source

SAMPLE: Final = 2000
"""Amounts that are compared with those stored."""
SAMPLE_OF_MONTHS: Final = 20_000
"""Rows that are looked at for months whose amounts jump."""
SEVERAL_DAYS: Final = 3
"""Files that continue each other share a day or two: where one ended and the next began."""


@dataclass(frozen=True)
class Beside:
    """What a look at the stored rows found. `shared`: days of the file that hold stored rows."""

    shared: int
    by_key: bool
    checks: tuple[Check, ...]


def look_beside(store: Store, source: Source, batch: RowBatch, *, ends_open: bool) -> Beside:
    """Lay a file beside what is stored, before it is stored itself.

    `ends_open`: which days the file covers is still asked, so a hole before or after it may be none.
    """
    days = {date.fromisoformat(day) for day in different(batch.dates) if day}
    held = covered(store, source.id)
    checks = [*check_silences(days, held)]
    if not ends_open:
        checks += check_hole(batch.covers, held)
    used = used_columns(store, source)
    for column in batch.columns:
        if _is_amount(column, used):
            checks += _check_amounts(store, source, batch, column)
    return Beside(days_with_rows(store, source.id, days), source.recipe.recognition is Recognition.KEY, tuple(checks))


def _is_amount(column: Column, used: frozenset[str]) -> bool:
    if column.type not in {ColumnType.NUMBER, ColumnType.DURATION}:
        return False
    return column.role is ColumnRole.VALUE or any(same_header(column.name, name) for name in used)


def _check_amounts(store: Store, source: Source, batch: RowBatch, column: Column) -> tuple[Check, ...]:
    """Compare a column with the stored one of its name, else its months with each other."""
    stored, scale = newest_amounts(store, source.id, column, SAMPLE)
    digits = max(scale, column.scale)
    before = [amount * 10 ** (digits - scale) for amount in stored]
    now = [amount * 10 ** (digits - column.scale) for _, amount in _sample(batch, column, SAMPLE)]
    found = check_stored(column.name, before, now, 10**digits)
    return found or check_months(column.name, _by_month(batch, column), 10**column.scale)


def _sample(batch: RowBatch, column: Column, most: int) -> list[tuple[str, int]]:
    """Take the amounts of evenly spread rows as they are stored, each with its day."""
    step = max(1, len(batch) // most)
    cells: Sequence[int | None] = batch.cells[column.name][::step]  # type: ignore[assignment]
    pairs = zip(batch.dates[::step], cells, strict=True)
    return [(day or "", int(cell)) for day, cell in pairs if cell is not None]


def _by_month(batch: RowBatch, column: Column) -> list[tuple[str, list[int]]]:
    months: dict[str, list[int]] = {}
    for day, amount in _sample(batch, column, SAMPLE_OF_MONTHS):
        months.setdefault(day[:7], []).append(amount)
    return [(f"{MONTHS[int(month[5:]) - 1]} {month[:4]}", months[month]) for month in sorted(months) if month]


def against(found: Beside, counts: ImportPlan | ImportResult, amounts: Amounts | None) -> tuple[Check, ...]:
    """Say what a file does to the rows that are stored already; `amounts`: how what stays beside it is written."""
    older: tuple[Check, ...] = ()
    if counts.superseded is not None:
        older = (superseded(counts.superseded, counts.changed),)
    elif counts.ahead is not None:
        older = (ahead(counts.ahead),)
    stay = () if counts.missing is None else (missing(counts.missing, amounts),)
    return (*overlap(found, counts), *older, *stay)


def superseded(added_on: date, changed: int) -> Check:
    """Warn that a file would bring older values back.

    >>> superseded(date(2026, 10, 3), 1).text.partition("; ")[2]
    'later files changed 1 of its rows: adding it again brings the older value back.'
    """
    back = "the older value" if changed == 1 else "the older values"
    text = (
        f"This file was added on {day_name(added_on, None)} already; later files changed {changed:,} of its rows: "
        f"adding it again brings {back} back."
    )
    return Check("superseded", ok=False, text=text)


def ahead(newer: Ahead) -> Check:
    """Warn that a file may be older than what is stored."""
    rows = "1 of its rows is" if newer.rows == 1 else f"{newer.rows:,} of its rows are"
    text = (
        f"{rows} stored with other values as {newer.file_name} has them, a file that reaches to "
        f"{day_name(newer.until, None)}: if this file is the older one, leave it out."
    )
    return Check("ahead", ok=False, text=text)


def missing(rows: Missing, amounts: Amounts | None) -> Check:
    """Say how many stored rows of a file's days it does not hold any more, and what they come to."""
    counted = ""
    if amounts is not None and rows.amount is not None and rows.column is not None:
        counted = f" {amounts.text(rows.amount, rows.column.scale)}"
    if rows.rows == 1:
        text = f"1 stored row of these days is not in this file: it stays and counts{counted}."
    else:
        text = f"{rows.rows:,} stored rows of these days are not in this file: they stay and count{counted}."
    return Check("missing", ok=False, text=text)


def overlap(found: Beside, counts: ImportPlan | ImportResult) -> tuple[Check, ...]:
    """Say how many days of a file are stored already, and what became of their rows.

    That rows come again is no fault, and where rows are told by their content, days that differ are a question. Where
    they are told by a key, several days of which no row is known again may be the same orders under other keys.
    """
    if not found.shared:
        return ()
    days = "1 day of this file is" if found.shared == 1 else f"{found.shared} days of this file are"
    if counts.same or counts.changed or counts.gone:
        rows = "row" if counts.same == 1 else "rows"
        parts = [f"{counts.same} {rows} the same", f"{counts.changed} changed"]
        parts += [f"{counts.gone} gone"] if counts.gone else []
        return (Check("overlap", ok=True, text=f"{days} stored already: {', '.join(parts)}."),)
    if found.by_key and found.shared >= SEVERAL_DAYS:
        text = f"{days} stored already, but none of its rows is: the same ones under other keys would count twice."
        return (Check("overlap", ok=False, text=text),)
    return ()
