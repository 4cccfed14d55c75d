"""A file as a grid of text cells: one vector a column, one position a record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

FEW: Final = 20_000
"""So few records are kept as rows too, for looking at single ones quickly."""
MOST_COLUMNS: Final = 300
"""No export that an owner reads is wider."""
WIDEST: Final = 400
"""Cells of a record beyond this are counted but not kept: no export that we read is that wide."""


@dataclass(frozen=True)
class Grid:
    """All records of a file, the first at position 0 (a spreadsheet calls it row 1).

    `columns` are text vectors of equal length, blanks and missing cells as ""; `lengths` says how many cells
    each record really had. `repaired` are positions where a lone missing quote was put right.
    """

    columns: tuple[pd.Series[str], ...]
    lengths: npt.NDArray[np.int32]
    repaired: tuple[int, ...] = ()

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
        parts = [column.iloc[positions].tolist() for column in self.columns]
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
        return tuple(column.ne("").to_numpy(dtype=bool) for column in self.columns)

    @cached_property
    def counts(self) -> npt.NDArray[np.int32]:
        """Count the cells of each record that are not blank."""
        total = np.zeros(len(self), dtype=np.int32)
        for mask in self.filled:
            total += mask
        return total


def grid_of(rows: Sequence[Sequence[str]], repaired: tuple[int, ...] = ()) -> Grid:
    """Stand the records of a file, or of a piece of one, up as columns."""
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int32, count=len(rows))
    kept = [row if len(row) <= WIDEST else row[:WIDEST] for row in rows]
    stood_up = zip_longest(*kept, fillvalue="")
    columns = tuple(column_of(pa.chunked_array([cells], pa.large_string())) for cells in stood_up)
    return Grid(columns, lengths, repaired)


def column_of(cells: pa.ChunkedArray) -> pd.Series[str]:
    """Make one vector of texts, each without white space around it."""
    return pd.Series(pd.array(pc.ascii_trim_whitespace(cells), dtype="str"))


def joined(grids: Sequence[Grid]) -> Grid:
    """Put pieces of a file one under the other; narrower ones are filled up with blanks."""
    pieces = [grid for grid in grids if len(grid)]
    if len(pieces) == 1:
        return pieces[0]
    width = max((grid.width for grid in pieces), default=0)
    columns = tuple(pd.concat([_column(grid, index) for grid in pieces], ignore_index=True) for index in range(width))
    lengths = np.concatenate([grid.lengths for grid in pieces]) if pieces else np.zeros(0, dtype=np.int32)
    starts = np.cumsum([0, *(len(grid) for grid in pieces)])
    repaired = tuple(int(start) + at for start, grid in zip(starts, pieces, strict=False) for at in grid.repaired)
    return Grid(columns, lengths, repaired)


def _column(grid: Grid, index: int) -> pd.Series[str]:
    return grid.columns[index] if index < grid.width else pd.Series([""] * len(grid), dtype="str")
