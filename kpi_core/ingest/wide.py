"""Tables whose columns are periods: one line an account, one column a month. Turned into rows before reading.

A profit and loss has lines, not rows that add up: `Total Income` is a line like any other, and which line a
KPI takes is the owner's choice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kpi_core.ingest.fates import Reason
from kpi_core.ingest.kinds import Kind, filled_cells, kind_of
from kpi_core.ingest.periods import heading_periods, unread
from kpi_core.ingest.texts import texts_of
from kpi_core.ingest.totals import Claim, claim
from kpi_core.ingest.words import fold
from kpi_core.source import AMOUNT, HEADING, LINE, PERIOD, Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.ingest.grid import Grid, Points
    from kpi_core.ingest.table import Table
    from kpi_core.ingest.texts import Texts
    from kpi_core.source import Covers

MOST_LINES: Final = 5_000
LONGEST_MONTH: Final = 31
NAMED: Final = 5
"""Headings that a check lists."""


@dataclass(frozen=True)
class WideColumn:
    """A column of figures: its place, its heading, and the period that the heading names, if it names one."""

    index: int
    heading: str
    covers: Covers | None


@dataclass(frozen=True)
class Unpivoted:
    """A wide table as rows `Line, Period, Heading, Amount`; `positions` are those of the lines in the grid.

    `Period` is the first day of the heading's period; the vector is missing where no heading is a period.
    `lines` counts the records that gave rows; the others are in `left_out` with their reason.
    """

    names: tuple[str, ...]
    vectors: tuple[Texts, ...]
    positions: tuple[int, ...]
    columns: tuple[WideColumn, ...]
    lines: int
    left_out: dict[int, Reason]
    lines_named: tuple[str, ...]
    points: Points | None = None
    """The rows whose amount is a number of a sheet written with a point; None: none is."""
    beside: tuple[str, ...] = ()
    """Headings of the columns of figures that are left out, such as that of the sums."""


def wide_columns(grid: Grid, table: Table, *, wanted: bool) -> tuple[WideColumn, ...]:
    """List the columns of figures of a table that is wide; none where it is an ordinary table.

    A table is wide where two headings over figures are periods and no column holds dates, where its lines
    build on each other like a profit and loss, or where the caller names a line.
    """
    figures = [index for index in table.profile.where(Kind.NUMBER) if index > 0]
    if not figures or table.stop - table.first > MOST_LINES:
        return ()
    heads = _heads(grid, table)
    read = heading_periods([heads[index] for index in figures])
    columns = [WideColumn(index, table.names[index], covers) for index, covers in zip(figures, read, strict=True)]
    periods = tuple(column for column in columns if column.covers is not None)
    if table.profile.where(Kind.DATE) and not wanted:
        return ()
    if len(periods) > 1 or (periods and wanted):
        return periods
    if wanted or _builds_up(grid, table, figures):
        return tuple(column for column in columns if claim(column.heading) is Claim.NONE) or tuple(columns)
    return ()


def unpivot(grid: Grid, table: Table, columns: Sequence[WideColumn]) -> Unpivoted:
    """Turn each filled cell of the columns into a row of its own."""
    rows: list[tuple[str, str, str, str, int, bool]] = []
    left_out: dict[int, Reason] = {}
    names: Counter[str] = Counter()
    taken: list[int] = []
    for position, row in enumerate(grid.rows(slice(table.first, table.stop)), start=table.first):
        reason = _not_a_line(row, table, columns)
        if reason is not None:
            left_out[position] = reason
            continue
        label = next((cell for cell in row if kind_of(cell) is Kind.TEXT), "")
        names[label] += 1
        line = label if names[label] == 1 else f"{label} ({names[label]})"
        taken.append(position)
        rows.extend(
            (line, _first_day(column), column.heading, row[column.index], position, _typed(grid, position, column))
            for column in columns
            if kind_of(row[column.index]) is not Kind.BLANK
        )
    last = taken[-1] if taken else table.first
    left_out = {at: _below(reason, at > last) for at, reason in left_out.items()}
    dated = any(column.covers for column in columns)
    kept = [0, 1, 2, 3] if dated else [0, 2, 3]
    vectors = tuple(texts_of([str(row[index]) for row in rows]) for index in kept)
    wanted = tuple((LINE, PERIOD, HEADING, AMOUNT)[index] for index in kept)
    lines = tuple(dict.fromkeys(row[0] for row in rows))
    positions = tuple(row[4] for row in rows)
    points = np.array([row[5] for row in rows], dtype=bool) if grid.points else None
    read = {column.index for column in columns}
    beside = tuple(table.names[at] for at in table.profile.where(Kind.NUMBER) if at > 0 and at not in read)
    return Unpivoted(wanted, vectors, positions, tuple(columns), len(taken), left_out, lines, points, beside)


def check_headings(grid: Grid, table: Table, columns: Sequence[WideColumn]) -> tuple[Check, ...]:
    """Say which columns are not read although their headings are written like those of the periods beside them."""
    heads = _heads(grid, table)
    read = {column.index: column.covers for column in columns}
    figures = table.profile.where(Kind.NUMBER)
    missed = unread([heads[index] for index in figures], [read.get(index) for index in figures])
    if not missed:
        return ()
    listed = ", ".join(f"“{heading}”" for heading in missed[:NAMED])
    several = "these columns are" if len(missed) > 1 else "this column is"
    text = f"{listed}: no period could be read from the heading, so {several} not used."
    return (Check("headings", ok=False, text=text),)


def check_spans(columns: Sequence[WideColumn]) -> tuple[Check, ...]:
    """Warn of columns longer than a month: their figures stand on their first day, the other months would show zero."""
    longest = max(((column.covers.end - column.covers.start).days for column in columns if column.covers), default=0)
    if longest <= LONGEST_MONTH:
        return ()
    text = (
        f"A column covers up to {longest} days and counts on the first of them, so months within it would show zero: "
        "export the report by month, or make its KPIs by quarter or year."
    )
    return (Check("spans", ok=False, text=text),)


def _heads(grid: Grid, table: Table) -> tuple[str, ...]:
    """Give the header's own cells: a doubled name carries a count, a blank one a number."""
    position = table.header.position
    return ("",) * table.width if position is None else grid.row(position)


def _typed(grid: Grid, position: int, column: WideColumn) -> bool:
    return column.index in grid.points and bool(grid.points[column.index][position])


def _first_day(column: WideColumn) -> str:
    return column.covers.start.isoformat() if column.covers else ""


def _not_a_line(row: tuple[str, ...], table: Table, columns: Sequence[WideColumn]) -> Reason | None:
    if not filled_cells(row):
        return Reason.BLANK
    same = sum(cell == name for cell, name in zip(row, table.names, strict=False))
    if same > 1:
        return Reason.REPEATED_HEADER
    if all(kind_of(row[column.index]) is Kind.BLANK for column in columns):
        return Reason.NO_FIGURES
    return None


def _below(reason: Reason, is_below: bool) -> Reason:  # noqa: FBT001
    return Reason.NOTE if is_below and reason is Reason.NO_FIGURES else reason


def _builds_up(grid: Grid, table: Table, figures: Sequence[int]) -> bool:
    """Tell a statement: a heading without figures, further down `Total` and the same words with figures."""
    headings: set[str] = set()
    for row in grid.rows(slice(table.first, table.stop)):
        label = fold(row[0])
        if all(kind_of(row[index]) is Kind.BLANK for index in figures):
            headings.add(label)
        elif any(label in {f"{word} {heading}", f"{heading} {word}"} for word in TOTAL_WORDS for heading in headings):
            return True
    return False


TOTAL_WORDS: Final = frozenset(
    {"total", "summe", "gesamt", "summa", "totaal", "totale", "suma", "celkem", "razem", "osszesen", "sum"}
)
