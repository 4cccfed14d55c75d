"""A file as a grid of text cells: one vector a column, one position a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from kpi_core.ingest.texts import Texts, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Points = npt.NDArray[np.bool_]

FEW: Final = 20_000
"""So few records are kept as rows too, for looking at single ones quickly."""
MOST_COLUMNS: Final = 300
"""No export that an owner reads is wider."""
WIDEST: Final = 400
"""Cells of a record beyond this are counted but not kept: no export that we read is that wide."""


@dataclass(frozen=True)
class Grid:
    """All records of a file, the first at position 0 (a spreadsheet calls it row 1).

    `columns` are of equal length, blanks and missing cells as ""; `lengths` says how many cells each record really
    had. `repaired` are positions where a lone missing quote was put right.
    `points` marks, for the columns that have such, the records whose cell is a number typed into a sheet and written
    with a point here: that point begins decimals, whatever the mark of the texts beside it.
    """

    columns: tuple[Texts, ...]
    lengths: npt.NDArray[np.int32]
    repaired: tuple[int, ...] = ()
    points: Mapping[int, Points] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the records."""
        return len(self.lengths)

    @property
    def width(self) -> int:
        """The most cells that a record has, as far as they are kept."""
        return len(self.columns)

    def rows(self, positions: npt.NDArray[np.int64] | slice) -> list[tuple[str, ...]]:
        """Return the cells of some records, blanks as ""."""
        if len(self) <= FEW:
            every = self._every_row
            return every[positions] if isinstance(positions, slice) else [every[at] for at in positions.tolist()]
        parts = [column.take(positions).tolist() for column in self.columns]
        return list(zip(*parts, strict=True))

    @cached_property
    def _every_row(self) -> list[tuple[str, ...]]:
        return list(zip(*(column.tolist() for column in self.columns), strict=True))

    def row(self, position: int) -> tuple[str, ...]:
        """Return the cells of one record."""
        return self.rows(slice(position, position + 1))[0]

    @cached_property
    def filled(self) -> tuple[npt.NDArray[np.bool_], ...]:
        """Tell per column which records have a cell that is not blank."""
        return tuple(column.filled() for column in self.columns)

    @cached_property
    def counts(self) -> npt.NDArray[np.int32]:
        """Count the cells of each record that are not blank."""
        total = np.zeros(len(self), dtype=np.int32)
        for mask in self.filled:
            total += mask
        return total


@dataclass(frozen=True)
class Piece:
    """Some records of a file that follow each other, as they were read: a vector a column, maybe with a dictionary.

    `joined` takes the columns out one by one, so that none is there in two forms for longer than it must.
    """

    columns: list[pa.Array]
    lengths: npt.NDArray[np.int32]
    repaired: tuple[int, ...] = ()


def piece_of(rows: Sequence[Sequence[str]], repaired: tuple[int, ...] = ()) -> Piece:
    """Stand records up as columns."""
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int32, count=len(rows))
    kept = [row if len(row) <= WIDEST else row[:WIDEST] for row in rows]
    columns = [pa.array(cells, pa.string()) for cells in zip_longest(*kept, fillvalue="")]
    return Piece(columns, lengths, repaired)


def grid_of(rows: Sequence[Sequence[str]]) -> Grid:
    """Make the grid of the records of a file."""
    return joined([piece_of(rows)])


def joined(pieces: Sequence[Piece]) -> Grid:
    """Put pieces of a file one under the other; narrower ones are filled up with blanks."""
    width = max((len(piece.columns) for piece in pieces), default=0)
    columns = tuple(_next_column(pieces) for _ in range(width))
    lengths = np.concatenate([np.zeros(0, dtype=np.int32), *(piece.lengths for piece in pieces)])
    starts = np.cumsum([0, *(len(piece.lengths) for piece in pieces)])
    repaired = tuple(int(start) + at for start, piece in zip(starts, pieces, strict=False) for at in piece.repaired)
    return Grid(columns, lengths, repaired)


def _next_column(pieces: Sequence[Piece]) -> Texts:
    """Put the cells of the first column that is left one under the other."""
    return trimmed(
        [
            piece.columns.pop(0) if piece.columns else pa.repeat(pa.scalar("", pa.string()), len(piece.lengths))
            for piece in pieces
        ]
    )
