"""Cells by the numbers of their values: what most columns of a file are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from kpi_core.vector import Vector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

Cell = TypeVar("Cell")


class Coded(Vector[Cell]):
    """Cells by the numbers of their values: cell i is `values[codes[i]]`, None where the code is -1."""

    def __init__(self, values: Sequence[Cell] | npt.NDArray[np.object_], codes: npt.NDArray[np.signedinteger]) -> None:
        """Take the different values and for each cell which one it is."""
        self.codes = codes
        self._values = np.empty(len(values) + 1, dtype=object)
        self._values[:-1] = values

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.codes)

    def portion(self, start: int, stop: int) -> list[Cell]:
        """Give the cells at `[start, stop)`."""
        found: list[Cell] = self._values[self.codes[start:stop]].tolist()
        return found

    def take(self, places: Sequence[int]) -> Coded[Cell]:
        """Give the cells at some places, in their order."""
        return Coded(self._values[:-1], self.codes[np.asarray(places, dtype=np.int64)])

    def marked(self, marks: npt.NDArray[np.bool_], *, blank: bool) -> npt.NDArray[np.bool_]:
        """Bring a mark of the values to the cells that hold them; `blank`: that of a cell without any."""
        spread: npt.NDArray[np.bool_] = np.append(marks, blank)[self.codes]
        return spread

    def missing(self) -> npt.NDArray[np.bool_]:
        """Mark the cells that are None."""
        return self.marked(np.array([value is None for value in self._values[:-1]], dtype=bool), blank=True)

    def tally(self) -> Iterator[tuple[Cell, int]]:
        """Give each value that is not None with the number of cells that hold it."""
        sizes = np.bincount(self.codes[self.codes >= 0], minlength=len(self._values) - 1)
        held = np.flatnonzero(sizes)
        for value, size in zip(self._values[held].tolist(), sizes[held].tolist(), strict=True):
            if value is not None:
                yield value, size
