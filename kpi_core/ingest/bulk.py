"""A text file as a grid: every record as the csv rules have it, large regular bodies at once.

Both ways give the same cells; a body that is not regular (blank lines, other widths, odd quotes) is read record
by record, so that the record numbers stay those of a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv

from kpi_core.ingest.dialect import Dialect, records
from kpi_core.ingest.grid import WIDEST, Grid, column_of, grid_of, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE: Final = 4 * 1024 * 1024
"""From this size on reading at once is worth it; below it the whole file is a blink."""
EDGE: Final = 256 * 1024
"""How much of both ends of a large file is read record by record, for titles and totals of other widths."""
PIECE: Final = 50_000
BLOCK: Final = 1 << 24
"""Bytes parsed in one go: few large pieces make picking single rows quick."""
LEAST_WIDTH: Final = 3
"""In a narrower file a line of text inside a cell may look like a record."""
LONGEST_REPAIR: Final = 1_000_000
"""Lines that one missing quote may have glued: all that a sheet holds."""


def read_grid(data: bytes, dialect: Dialect) -> Grid:
    """Read all records of a text.

    Args:
        data: UTF-8 as `text.decode` leaves it.
        dialect: how it separates and quotes.
    """
    if len(data) > LARGE and dialect.escape is None and not dialect.padded:
        middle = _middle(data, dialect)
        if middle is not None:
            start, stop = middle
            body = _at_once(memoryview(data)[start:stop], dialect)
            if body is not None:
                return joined((_by_csv(data[:start], dialect), body, _by_csv(data[stop:], dialect)))
    return _by_csv(data, dialect)


def _middle(data: bytes, dialect: Dialect) -> tuple[int, int] | None:
    """Find the part of a large file whose records all look to have the usual width; None where there is none.

    A line end stands outside quotes where the number of quotes before it is even.
    """
    quote = dialect.quote.encode()
    start = data.rfind(b"\n", 0, EDGE) + 1
    while start and data.count(quote, 0, start) % 2:
        start = data.rfind(b"\n", 0, start - 1) + 1
    stop = data.find(b"\n", len(data) - EDGE) + 1
    while 0 < stop < len(data) and data.count(quote, start, stop) % 2:
        stop = data.find(b"\n", stop) + 1
    if start == 0 or not 1 < dialect.width <= WIDEST or stop <= start or _has_blank_line(data, start, stop):
        return None
    return start, stop


def _has_blank_line(data: bytes, start: int, stop: int) -> bool:
    return data.find(b"\n\n", start, stop) >= 0 or data.find(b"\n\r\n", start, stop) >= 0


def _at_once(body: memoryview, dialect: Dialect) -> Grid | None:
    """Read a body whose records all have the usual width; None where one has not."""
    names = [f"c{index}" for index in range(dialect.width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                double_quote=True,
                newlines_in_values=True,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    raw = table.columns
    del table
    columns = tuple(column_of(raw.pop(0)) for _ in names)
    return Grid(columns, np.full(len(columns[0]), dialect.width, dtype=np.int32))


def _by_csv(data: bytes, dialect: Dialect) -> Grid:
    """Read record by record, in pieces."""
    if not data:
        return grid_of(())
    reader = _repaired_records(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="\n"), dialect)
    pieces: list[Grid] = []
    while piece := list(islice(reader, PIECE)):
        repaired = tuple(at for at, (_, was_repaired) in enumerate(piece) if was_repaired)
        pieces.append(grid_of([row for row, _ in piece], repaired))
    return joined(pieces)


class _Lines:
    """An iterator over lines that remembers those of the record being read."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        self._lines = lines
        self.recent: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.recent.append(line)
        return line


def _repaired_records(stream: io.TextIOWrapper, dialect: Dialect) -> Iterator[tuple[list[str], bool]]:
    """Yield each record and whether a missing quote had to be put right in it."""
    lines = _Lines(stream)
    for record in records(lines, dialect):
        taken, lines.recent = lines.recent, []
        odd = sum(line.count(dialect.quote) for line in taken) % 2 == 1
        if dialect.escape is None and (odd or len(taken) > 1) and (opened := _opened_anew(taken, dialect)):
            yield from ((row, True) for row in opened)
        elif dialect.escape is not None or not odd:
            yield record, False
        elif apart := _apart(taken, dialect):
            yield from ((row, at == 0) for at, row in enumerate(apart))
        else:
            yield [_without_lone_quote(cell, dialect.quote) for cell in record], True


def _apart(lines: list[str], dialect: Dialect) -> list[list[str]] | None:
    """Take records apart that a missing closing quote has glued: every further line is a full record by itself."""
    if dialect.width < LEAST_WIDTH or not 1 < len(lines) <= LONGEST_REPAIR:
        return None
    later = [next(records([line], dialect)) for line in lines[1:] if line.strip()]
    if not later or any(len(row) != dialect.width for row in later):
        return None
    first = next(records(lines[:1], dialect))
    if len(first) != dialect.width:
        bare = csv.reader(lines[:1], delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
        first = [cell.strip().strip(dialect.quote) for cell in next(bare)]
    return [first, *later]


def _opened_anew(lines: list[str], dialect: Dialect) -> list[list[str]]:
    """Take lines apart each of which opens a cell with a quote that nothing closes; empty where one does not.

    A cell over several lines ends with a quote that a delimiter or the end of the line follows, these never do.
    """
    found: list[list[str]] = []
    for line in lines:
        cells = line.rstrip("\n").split(dialect.delimiter)
        opening = [cell for cell in cells if cell.startswith(dialect.quote) and len(cell) > 1]
        if len(cells) != dialect.width or line.count(dialect.quote) != 1 or not opening:
            return []
        found.append([cell.removeprefix(dialect.quote) for cell in cells])
    return found


def _without_lone_quote(cell: str, quote: str) -> str:
    """Drop a quote that closes a cell it never opened.

    >>> _without_lone_quote('NL77"', '"')
    'NL77'
    """
    return cell[:-1] if cell.endswith(quote) and cell.count(quote) == 1 else cell
