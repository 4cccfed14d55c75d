"""A text file as a grid: every record as the csv rules have it, regular stretches of a large file at once.

A large file is read in blocks. A block whose quotes all stand where the csv rules want them and whose records all have
the usual width means the same to every reader, so arrow reads it in one go; any other (titles, blank lines, other
widths, odd quotes) is read record by record. Both ways give the same cells under the same record numbers.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv

from kpi_core.ingest.dialect import Dialect, records
from kpi_core.ingest.grid import WIDEST, Piece, piece_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

LARGE: Final = 1 << 20
"""From this size on reading at once is worth it; below it the whole file is a blink."""
EDGE: Final = 1 << 18
"""The size of the first block and of the last, where titles and totals of other widths stand."""
BLOCK: Final = 1 << 22
PIECE: Final = 50_000
MOST: Final = 0.85
"""A column of which a larger share of a block is different is no column of texts that come again."""
LEAST_WIDTH: Final = 3
"""In a narrower file a line of text inside a cell may look like a record."""
LONGEST_REPAIR: Final = 1_000_000
"""Lines that one missing quote may have glued: all that a sheet holds."""
LINE_FEED: Final = ord("\n")
RETURN: Final = ord("\r")


def read_pieces(data: bytes, dialect: Dialect) -> list[Piece]:
    """Read all records of a text as the pieces of its grid.

    Args:
        data: UTF-8 as `text.decode` leaves it.
        dialect: how it separates and quotes.
    """
    pieces: list[Piece] = []
    kinds: list[pa.DataType] = []
    start = 0
    at_once = len(data) > LARGE and dialect.escape is None and not dialect.padded and 1 < dialect.width <= WIDEST
    while start < len(data):
        stop = _block_end(len(data), start) if at_once else len(data)
        end, piece = _regular(data, (start, stop), dialect, kinds) if at_once else (start, None)
        if piece is None:
            end, found = _by_csv(data, start, stop, dialect)
            pieces += found
        else:
            pieces.append(piece)
            if not kinds and end - start > EDGE:
                kinds = [_kind(column) for column in piece.columns]
        start = end
    return pieces


def _block_end(size: int, start: int) -> int:
    """Tell where the block that begins at `start` may end: a small one first and last, large ones between."""
    if start == 0:
        return EDGE
    return size if size - start <= EDGE else min(start + BLOCK, size - EDGE)


def _kind(column: pa.Array) -> pa.DataType:
    """Tell whether a column is better read with a dictionary: where its texts come again and again."""
    few = pc.count_distinct(column).as_py() <= MOST * len(column)
    return pa.dictionary(pa.int32(), pa.string()) if few else pa.string()


def _regular(
    data: bytes, block: tuple[int, int], dialect: Dialect, kinds: Sequence[pa.DataType]
) -> tuple[int, Piece | None]:
    """Read a block up to its last line end outside quotes; None where it is not regular. The end comes first."""
    start, stop = block
    end = _last_record_end(np.frombuffer(data, dtype=np.uint8)[start:stop], dialect, is_last=stop == len(data))
    if not end:
        return start, None
    return start + end, _at_once(memoryview(data)[start : start + end], dialect, kinds)


def _last_record_end(block: npt.NDArray[np.uint8], dialect: Dialect, *, is_last: bool) -> int:
    """Find where the last whole record of a block ends; 0 where a quote stands where the csv rules want none.

    Every other quote opens, at the start of a cell, and every other closes, at its end; a quote doubled inside a
    cell closes and opens at once.
    """
    quote, delimiter = ord(dialect.quote), ord(dialect.delimiter)
    found = np.flatnonzero(block == quote)
    end = len(block)
    if not is_last:
        feeds = np.flatnonzero(block[-EDGE:] == LINE_FEED) + max(0, end - EDGE)
        outside = feeds[np.searchsorted(found, feeds) % 2 == 0]
        if not outside.size:
            return 0
        end = int(outside[-1]) + 1
        found = found[found < end]
    opens, closes = found[::2], found[1::2]
    if len(opens) != len(closes):
        return 0
    before = block[opens - 1]
    begins = (before == delimiter) | (before == LINE_FEED) | (opens == 0) | _follows(opens, closes)
    after = block[np.minimum(closes + 1, len(block) - 1)]
    ended = (after == delimiter) | (after == LINE_FEED) | (after == RETURN) | (closes == len(block) - 1)
    doubled = np.append(_follows(opens, closes)[1:], False)
    return end if bool(begins.all() and (ended | doubled).all()) else 0


def _follows(opens: npt.NDArray[np.int64], closes: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Mark the opening quotes that stand right after a closing one: together they are one quote inside a cell."""
    follows = np.zeros(len(opens), dtype=bool)
    follows[1:] = opens[1:] == closes[:-1] + 1
    return follows


def _at_once(body: memoryview, dialect: Dialect, kinds: Sequence[pa.DataType]) -> Piece | None:
    """Read a body whose records all have the usual width; None where one has not."""
    names = [f"c{index}" for index in range(dialect.width)]
    types = dict(zip(names, kinds or [pa.string()] * dialect.width, strict=True))
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(body)),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                double_quote=True,
                newlines_in_values=True,
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=types,
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in table.columns]
    if _has_blank_record(columns):
        # Arrow does not tell a blank line from a line of delimiters only
        return None
    return Piece(columns, np.full(len(table), dialect.width, dtype=np.int32))


def _has_blank_record(columns: Sequence[pa.Array]) -> bool:
    blank = np.ones(len(columns[0]), dtype=bool)
    for column in columns:
        texts = column.dictionary if pa.types.is_dictionary(column.type) else column
        empty = pc.equal(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
        blank &= empty if texts is column else empty[column.indices.to_numpy()]
        if not blank.any():
            return False
    return True


def _by_csv(data: bytes, start: int, stop: int, dialect: Dialect) -> tuple[int, list[Piece]]:
    """Read record by record up to the first record end at or after `stop`; where that is comes first."""
    lines = _Lines(data, start)
    pieces: list[Piece] = []
    rows: list[list[str]] = []
    repaired: list[int] = []
    for row, was_repaired, is_last in _repaired_records(lines, dialect):
        if was_repaired:
            repaired.append(len(rows))
        rows.append(row)
        done = is_last and lines.read >= stop
        if done or len(rows) >= PIECE:
            pieces.append(piece_of(rows, tuple(repaired)))
            rows, repaired = [], []
        if done:
            break
    if rows:
        pieces.append(piece_of(rows, tuple(repaired)))
    return lines.read, pieces


class _Lines:
    """An iterator over the lines of a text that remembers those of the record being read, and how far it is."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self.read = start
        self.recent: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.read >= len(self._data):
            raise StopIteration
        end = self._data.find(b"\n", self.read) + 1 or len(self._data)
        line = self._data[self.read : end].decode()
        self.read = end
        self.recent.append(line)
        return line


def _repaired_records(lines: _Lines, dialect: Dialect) -> Iterator[tuple[list[str], bool, bool]]:
    """Yield each record, whether a missing quote had to be put right in it, and whether its lines end with it."""
    for record in records(lines, dialect):
        taken, lines.recent = lines.recent, []
        odd = sum(line.count(dialect.quote) for line in taken) % 2 == 1
        if dialect.escape is None and (odd or len(taken) > 1) and (opened := _opened_anew(taken, dialect)):
            yield from ((row, anew, at == len(opened) - 1) for at, (row, anew) in enumerate(opened))
        elif dialect.escape is not None or not odd:
            yield record, False, True
        elif apart := _apart(taken, dialect):
            yield from ((row, at == 0, at == len(apart) - 1) for at, row in enumerate(apart))
        else:
            yield [_without_lone_quote(cell, dialect.quote) for cell in record], True, True


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


def _opened_anew(lines: list[str], dialect: Dialect) -> list[tuple[list[str], bool]]:
    """Take full records apart some of which open a cell with a quote that nothing closes; empty where one differs.

    A cell over several lines ends with a quote that a delimiter or the end of the line follows, these never do. Each
    record comes with whether a quote was taken out of it.
    """
    found: list[tuple[list[str], bool]] = []
    for line in lines:
        cells = line.rstrip("\r\n").split(dialect.delimiter)
        opens = line.count(dialect.quote)
        if not line.strip():
            cells = []
        elif opens:
            opening = [cell for cell in cells if cell.startswith(dialect.quote) and len(cell) > 1]
            if len(cells) != dialect.width or opens != 1 or not opening:
                return []
        elif len(cells) != dialect.width or dialect.width < LEAST_WIDTH:
            return []
        found.append(([cell.removeprefix(dialect.quote) for cell in cells], opens > 0))
    return found if found[-1][1] else []


def _without_lone_quote(cell: str, quote: str) -> str:
    """Drop a quote that closes a cell it never opened.

    >>> _without_lone_quote('NL77"', '"')
    'NL77'
    """
    return cell[:-1] if cell.endswith(quote) and cell.count(quote) == 1 else cell
