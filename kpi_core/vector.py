"""Long columns of cells: every cell is there when it is asked for, but a value that many rows share is kept once.

A million rows as lists of Python objects cost hundreds of megabytes; as numbers of their values four a column.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, TypeVar, cast, overload

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Cell = TypeVar("Cell")
PORTION = 20_000
"""Cells turned into Python values at a time."""


class Vector(Sequence[Cell]):
    """A sequence of cells that gives many of them at once."""

    @abstractmethod
    def portion(self, start: int, stop: int) -> list[Cell]:
        """Give the cells at `[start, stop)`; both lie within the vector."""

    @abstractmethod
    def take(self, places: Sequence[int]) -> Vector[Cell]:
        """Give the cells at some places, in their order."""

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        """Give one cell, or a run of cells as a list."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return self.portion(start, max(start, stop)) if step == 1 else list(self.take(range(start, stop, step)))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self.portion(at, at + 1)[0]

    def __iter__(self) -> Iterator[Cell]:
        """Go through all cells, a portion at a time."""
        for start in range(0, len(self), PORTION):
            yield from self.portion(start, min(start + PORTION, len(self)))

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence holds the same cells."""
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


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


def tally(cells: Sequence[Cell | None]) -> Iterable[tuple[Cell, int]]:
    """Go through the cells that are not None: each value with how many of them hold it, maybe more than once.

    >>> sorted(tally(["a", None, "a"])), list(tally(Coded(["a", "b"], np.array([0, -1, 0]))))
    ([('a', 1), ('a', 1)], [('a', 2)])
    """
    if isinstance(cells, Coded):
        return cast("Iterator[tuple[Cell, int]]", cells.tally())
    return zip((cell for cell in cells if cell is not None), repeat(1), strict=False)


def different(cells: Sequence[Cell | None]) -> set[Cell]:
    """Give the different values of some cells, None aside.

    >>> different(Coded(["2026-10-03", None], np.array([0, 0, 1, -1])))
    {'2026-10-03'}
    """
    return {cell for cell, _ in tally(cells)}


def held(cells: Sequence[object]) -> int:
    """Count the cells that are not None."""
    return sum(count for _, count in tally(cells))


def some(cells: Sequence[Cell], places: Sequence[int]) -> Sequence[Cell]:
    """Take some places of a vector, given in rising order, as plain Python values; a run of places is one slice.

    >>> some(["a", "b", "c"], [1, 2]), some(Coded(["a", "b"], np.array([0, 1, 0])), [0, 2])
    (['b', 'c'], ['a', 'a'])
    """
    if not len(places):
        return []
    first, last = places[0], places[-1]
    if last - first + 1 == len(places):
        return cells[first : last + 1]
    return list(cells.take(places)) if isinstance(cells, Vector) else [cells[place] for place in places]
