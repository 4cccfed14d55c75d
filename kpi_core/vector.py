"""Long columns of cells: every cell is there when it is asked for, but a value that many rows share is kept once.

A million rows as lists of Python objects cost hundreds of megabytes; as numbers of their values four a column.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TypeVar, overload

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

    def tally(self) -> Iterator[tuple[Cell, int]]:
        """Go through the cells that are not None, each value with how many of them hold it."""
        return zip((cell for cell in self if cell is not None), repeat(1), strict=False)

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence holds the same cells."""
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def tally(cells: Sequence[Cell | None]) -> Iterable[tuple[Cell, int]]:
    """Go through the cells that are not None: each value with how many of them hold it, maybe more than once.

    >>> list(tally(["a", None, "a"]))
    [('a', 1), ('a', 1)]
    """
    if isinstance(cells, Vector):
        return cells.tally()
    return zip((cell for cell in cells if cell is not None), repeat(1), strict=False)


def different(cells: Sequence[Cell | None]) -> set[Cell]:
    """Give the different values of some cells, None aside.

    >>> different(["2026-10-03", None, "2026-10-03"])
    {'2026-10-03'}
    """
    return {cell for cell, _ in tally(cells)}


def held(cells: Sequence[object]) -> int:
    """Count the cells that are not None."""
    return sum(count for _, count in tally(cells))


def some(cells: Sequence[Cell], places: Sequence[int]) -> Sequence[Cell]:
    """Take some places of a vector, given in rising order, as plain Python values; a run of places is one slice.

    >>> some(["a", "b", "c"], [1, 2]), some(["a", "b", "c"], [0, 2])
    (['b', 'c'], ['a', 'c'])
    """
    if not len(places):
        return []
    first, last = places[0], places[-1]
    if last - first + 1 == len(places):
        return cells[first : last + 1]
    return list(cells.take(places)) if isinstance(cells, Vector) else [cells[place] for place in places]
