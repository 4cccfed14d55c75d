"""Every record of a file with what became of it, looked at through a window: only what is shown is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.ingest.fates import Reason
from kpi_core.source import Fate, PreviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpi_core.ingest.grid import Grid
    from kpi_core.source import LeftOut, Refused


@dataclass(frozen=True)
class Lines:
    """The records of a file, the first at position 0 (a spreadsheet calls it row 1).

    `headers` are the positions of header rows, `left_out` and `refused` say why the others are not used, by position.
    `names` are the columns of the table, to find the cell that a reason is about.
    """

    grid: Grid
    names: tuple[str, ...]
    headers: frozenset[int]
    left_out: Mapping[int, str]
    refused: Mapping[int, Refused]

    def __len__(self) -> int:
        """Count the records."""
        return len(self.grid)

    def count(self, fate: Fate | None = None) -> int:
        """Count the records of a fate, title lines among those left out; all of them for None."""
        if fate is Fate.USED:
            return len(self) - len(self.left_out) - len(self.refused) - len(self.headers)
        return len(self) if fate is None else len(self._of(fate))

    def window(self, start: int, size: int, fate: Fate | None = None) -> tuple[PreviewRow, ...]:
        """Show so many records from the `start`-th (0-based) of a fate on; those left out include title lines."""
        everything = range(len(self)) if fate in {None, Fate.USED} else self._of(fate)
        return self.at(everything[max(start, 0) : max(start, 0) + size])

    def at(self, positions: Sequence[int]) -> tuple[PreviewRow, ...]:
        """Show the records at some positions."""
        if not len(positions):
            return ()
        cells = self.grid.rows(np.array(positions, dtype=np.int64))
        return tuple(self._shown(at, row) for at, row in zip(positions, cells, strict=True))

    def without(self, more: Iterable[LeftOut], closed: Iterable[Refused] = ()) -> Lines:
        """Leave further records out, and refuse further ones, as storing them would."""
        left_out = {**self.left_out, **{each.row - 1: each.reason for each in more}}
        return replace(self, left_out=left_out, refused={**self.refused, **{each.row - 1: each for each in closed}})

    def _of(self, fate: Fate | None) -> Sequence[int]:
        return self._refused_at if fate is Fate.REFUSED else self._left_out_at

    @cached_property
    def _refused_at(self) -> tuple[int, ...]:
        return tuple(sorted(self.refused))

    @cached_property
    def _left_out_at(self) -> tuple[int, ...]:
        return tuple(sorted(self.left_out))

    def _shown(self, at: int, row: tuple[str, ...]) -> PreviewRow:
        if at in self.headers:
            return PreviewRow(at + 1, row, Fate.HEADER)
        if at in self.refused:
            why = self.refused[at]
            cell = self.names.index(why.column) if why.column in self.names else None
            return PreviewRow(at + 1, row, Fate.REFUSED, why.reason, cell)
        if at in self.left_out:
            reason = self.left_out[at]
            return PreviewRow(at + 1, row, Fate.TITLE if reason == Reason.TITLE else Fate.LEFT_OUT, str(reason))
        return PreviewRow(at + 1, row, Fate.USED)
