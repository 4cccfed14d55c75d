"""The tables of a file: where each begins and ends, and the title lines above it.

Lines of `key; value` above a wider table are title lines, not a table. Several real tables in one file are a
question for the owner, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kpi_core.ingest.header import AHEAD, BELOW, SEARCHED, Certainty, Header, find_header, names_of
from kpi_core.ingest.kinds import Kind, Profile, filled_cells, is_compact_day, is_label, kind_of, profile_of
from kpi_core.ingest.periods import heading_period
from kpi_core.ingest.words import names_a_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.ingest.grid import Grid

MOST_BLOCKS: Final = 400
"""Blocks after a gap that are looked at for a header of their own; a file of more gaps is no set of tables."""
SAMPLE: Final = 400
NOTES_ROWS: Final = 3
NOTES_WIDTH: Final = 2
USED_COLUMN: Final = 0.5
SELDOM: Final = 0.05
MOSTLY: Final = 0.95
LONG_NUMBER: Final = 5
"""Numbers of so many digits are no counts."""
ENOUGH_NUMBERS: Final = 5
"""So many rows with a number each tell that the numbers were given out."""


@dataclass(frozen=True)
class Table:
    """One table: positions are those of the grid, `[first, stop)` its rows, `[top, first)` titles and header."""

    header: Header
    names: tuple[str, ...]
    top: int
    stop: int
    profile: Profile
    breaks: tuple[int, ...] = ()
    """Lines between the rows that only name the period of those below."""
    compact: tuple[int, ...] = ()
    """Columns of days written as 20261103, which look like numbers."""
    numbered: tuple[int, ...] = ()
    """Columns of numbers that were given out, one to each row, all equally long."""

    @property
    def first(self) -> int:
        """The position of the first row under the header."""
        return self.header.first

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.names)

    @property
    def header_positions(self) -> tuple[int, ...]:
        """The positions of the header rows; none where there is no header."""
        own = () if self.header.position is None else (self.header.position,)
        return (*own, *self.header.seconds)


def beyond(grid: Grid, table: Table) -> int:
    """Count the columns that most rows fill beyond the last cell of the header: labels and cells are out of step."""
    if table.header.position is None or table.first >= table.stop:
        return 0
    own = max(int(grid.lengths[at]) for at in table.header_positions)
    return max(0, table.width - own)


def shifted(table: Table, by: int) -> Table:
    """Move the labels right, so that the first columns and not the last have none."""
    labels = table.names[: table.width - by]
    return replace(table, names=(*(f"Column {index + 1}" for index in range(by)), *labels))


def find_tables(grid: Grid, chosen: Header | None = None) -> tuple[Table, ...]:
    """Find the tables of a file from the top down.

    Args:
        grid: all records.
        chosen: the header that the owner named, if so; further tables are not looked for then.
    """
    if chosen is not None:
        return (_table(grid, chosen, 0, len(grid)),)
    window = grid.rows(slice(0, SEARCHED + BELOW))
    header = find_header(window, grid.width)
    if header is None:
        return ()
    headers, breaks = _apart(grid, [header, *_further(grid, header)])
    tables = []
    top = 0
    for index, found in enumerate(headers):
        after = headers[index + 1].position if index + 1 < len(headers) else None
        stop = len(grid) if after is None else _end_before(grid, found.first, after)
        tables.append(replace(_table(grid, found, top, stop), breaks=tuple(at for at in breaks if top <= at < stop)))
        top = stop
    return _without_notes(grid, tables)


def chosen_header(grid: Grid, answer: str) -> Header:
    """Turn the answer to the question of the header into one: `first-row`, `none` or a record number from 1."""
    full = np.flatnonzero(grid.counts)
    first = int(full[0]) if len(full) else 0
    if answer == "none":
        found = find_header(grid.rows(slice(0, SEARCHED + BELOW)), grid.width)
        begins = found.first if found is not None and found.certainty is Certainty.NONE else first
        return Header(None, (), begins, Certainty.SURE)
    position = first if answer == "first-row" else int(answer) - 1
    return Header(position, (), position + 1, Certainty.SURE)


def sample_positions(start: int, stop: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Pick positions evenly over `[start, stop)`, all of them where they are few."""
    return np.unique(np.linspace(start, stop - 1, min(SAMPLE, stop - start)).astype(np.int64))


def _table(grid: Grid, header: Header, top: int, stop: int) -> Table:
    """Measure a table: its columns are the labelled ones and the others that its rows really use."""
    positions = [at for at in header_rows(header) if at < len(grid)]
    rows = [grid.row(at) for at in positions]
    sampled = sample_positions(header.first, stop) if header.first < stop else np.zeros(0, dtype=np.int64)
    body = grid.rows(sampled)
    full = [row for row in body if filled_cells(row)]
    profile = profile_of(full, grid.width)
    fill = profile.fill
    labelled = [index for row in rows for index, cell in enumerate(row) if cell.strip()]
    usual = int(np.median(grid.lengths[header.first : stop])) if header.first < stop else 0
    # Where records are longer than their header as a rule, not by a stray delimiter, few filled cells tell a column
    regular = [row for at, row in zip(sampled.tolist(), body, strict=True) if grid.lengths[at] == usual]
    seldom = profile_of(regular, min(usual, grid.width)).fill
    used = [index for index, share in enumerate(fill) if share > USED_COLUMN]
    used += [index for index, share in enumerate(seldom) if share > SELDOM]
    own = [int(grid.lengths[at]) for at in positions] or [usual]
    if rows and usual > max(own) and _out_of_step(rows[-1], profile, usual - max(own)):
        own.append(usual)
    width = max([*(index + 1 for index in (*labelled, *used)), *own, 1])
    named = Header(0 if header.position is not None else None, tuple(range(1, len(rows))), 0, header.certainty)
    names = names_of(rows, named, width) if rows else names_of((), Header(None, (), 0, Certainty.NONE), width)
    profile = profile_of(full, width)
    compact = tuple(index for index in profile.where(Kind.NUMBER) if _is_compact([row[index] for row in full]))
    numbered = tuple(index for index in profile.where(Kind.NUMBER) if _is_numbered([row[index] for row in full]))
    return Table(header, names, top, stop, profile, compact=compact, numbered=numbered)


def _out_of_step(labels: Sequence[str], profile: Profile, by: int) -> bool:
    """Tell that labels stand too far left: one that names a day has none under it, the column further right has."""
    days = profile.where(Kind.DATE)
    return any(names_a_day(label) and at not in days and at + by in days for at, label in enumerate(labels))


def _is_compact(cells: Sequence[str]) -> bool:
    """Tell whether the figures of a column are days: all but a few slips are possible ones."""
    figures = [cell for cell in cells if kind_of(cell) is Kind.NUMBER]
    days = sum(is_compact_day(cell) for cell in figures)
    return days > MOSTLY * len(figures)


def _is_numbered(cells: Sequence[str]) -> bool:
    """Tell whether the figures of a column number its rows: whole, long, equally long, and no two the same."""
    figures = [cell.strip() for cell in cells if cell.strip()]
    lengths = {len(cell) if cell.isdecimal() else 0 for cell in figures}
    alike = len(lengths) == 1 and min(lengths) >= LONG_NUMBER
    return alike and len(figures) >= ENOUGH_NUMBERS and len(set(figures)) == len(figures)


def header_rows(header: Header) -> tuple[int, ...]:
    """List the positions of the header and of second header rows."""
    return () if header.position is None else (header.position, *header.seconds)


def _further(grid: Grid, header: Header) -> list[Header]:
    """Find headers of further tables: each begins after a gap, a comment or a title line."""
    gap = grid.counts <= 1
    if len(gap) < 2:  # noqa: PLR2004
        return []
    begins = np.flatnonzero(gap[:-1] & ~gap[1:]) + 1
    begins = begins[begins > header.first]
    if len(begins) > MOST_BLOCKS:
        return []
    found: list[Header] = []
    for begin in begins.tolist():
        if found and begin <= found[-1].first:
            continue
        window = grid.rows(slice(begin, begin + BELOW + AHEAD))
        other = find_header(window, grid.width)
        if other is None or other.position is None or other.certainty is not Certainty.SURE:
            continue
        if other.position == 0 or (other.position == 1 and _is_group_line(window[0], window[1])):
            found.append(_moved(other, begin))
    return found


def _is_group_line(row: Sequence[str], header: Sequence[str]) -> bool:
    """Tell a line of headings of groups of columns right above the headings."""
    return all(is_label(cell) for cell in row if cell.strip()) and filled_cells(row) < filled_cells(header)


def _apart(grid: Grid, headers: Sequence[Header]) -> tuple[list[Header], list[int]]:
    """Drop headers that only repeat the one before, after a gap or the name of a period: the table goes on.

    The second part is the positions of the lines that hold those names.
    """
    kept, breaks = [headers[0]], list[int]()
    for header in headers[1:]:
        between = _goes_on(grid, kept[-1], header)
        if between is None:
            kept.append(header)
        else:
            breaks += between
    return kept, breaks


def _goes_on(grid: Grid, before: Header, header: Header) -> list[int] | None:
    """List the lines between the rows above and a header that repeats theirs; None where one names no period."""
    if before.position is None or header.position is None or grid.row(before.position) != grid.row(header.position):
        return None
    start = _end_before(grid, before.first, header.position)
    between = [at for at in range(start, header.position) if grid.counts[at]]
    periods = all(not cell or heading_period(cell) for at in between for cell in grid.row(at))
    return between if periods else None


def _moved(header: Header, by: int) -> Header:
    position = None if header.position is None else header.position + by
    return Header(position, tuple(at + by for at in header.seconds), header.first + by, header.certainty)


def _end_before(grid: Grid, first: int, after: int) -> int:
    """Return where a table ends whose next one has its header at `after`: before the gap and titles between."""
    stop = after
    if stop - 1 > first and grid.counts[stop - 2] == 0 and _is_group_line(grid.row(stop - 1), grid.row(stop)):
        stop -= 1
    while stop > first and grid.counts[stop - 1] <= 1:
        stop -= 1
    return stop if stop > first else after


def is_cover(grid: Grid) -> bool:
    """Tell a sheet of notes, as may stand beside that of the table: lines of words, or keys and values of all kinds."""
    rows = [row for row in grid.rows(slice(0, SAMPLE)) if filled_cells(row)]
    if len(grid) >= SAMPLE or any(filled_cells(row) > NOTES_WIDTH for row in rows):
        return False
    cells = [kind_of(cell) for row in rows for cell in row if cell.strip()]
    words = cells.count(Kind.TEXT)
    alone = all(filled_cells(row) == 1 for row in rows)
    return words == len(cells) or (alone and words * 2 > len(cells)) or _are_keys(rows)


def _without_notes(grid: Grid, tables: Sequence[Table]) -> tuple[Table, ...]:
    """Drop small two-column lists above a wide table: they are notes on the file."""
    kept: list[Table] = []
    for index, table in enumerate(tables):
        wider = any(other.width > NOTES_WIDTH + 1 for other in tables[index + 1 :])
        if not kept and wider and _is_notes(grid, table):
            continue
        kept.append(table)
    if kept and len(kept) < len(tables):
        first = kept[0]
        kept[0] = replace(first, top=0)
    return tuple(kept)


def _is_notes(grid: Grid, table: Table) -> bool:
    rows = grid.rows(slice(table.header.position or table.first, table.stop))
    full = [row for row in rows if filled_cells(row)]
    if any(filled_cells(row) > NOTES_WIDTH for row in full):
        return False
    return len(full) <= NOTES_ROWS + 1 or _are_keys(full)


def _are_keys(rows: Sequence[Sequence[str]]) -> bool:
    """Tell lines of a key and a value: the values are of several kinds, or a key ends with a colon."""
    kinds = {kind_of(row[1]) for row in rows[1:] if len(row) > 1} - {Kind.BLANK}
    return len(kinds) > 1 or any(row[0].rstrip().endswith(":") for row in rows)
