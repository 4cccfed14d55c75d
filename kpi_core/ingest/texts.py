"""The raw texts of one column as vectors: each once with the rows that hold it, or row by row where nearly all differ.

A column of a million countries is nine texts and a million small numbers; what is asked of it is asked of the nine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.vector import Vector

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]
    Codes = npt.NDArray[np.signedinteger]
    Where = slice | npt.NDArray[np.int64]

SAMPLE: Final = 1000
# Arrow's usual allocator keeps what was freed, and the peak of a large import would be a quarter higher
pa.set_memory_pool(
    pa.jemalloc_memory_pool() if "jemalloc" in pa.supported_memory_backends() else pa.system_memory_pool()
)
ENDING: Final = 4
"""Characters that count on within a month: the last digits of an order's number, the day at the end of a date."""
FEW_OF: Final = 100
MANY: Final = 0.5
"""A column of which a larger share of a sample is different is kept one by one until somebody needs it otherwise."""


@dataclass(frozen=True)
class Texts:
    """A column of texts without white space around them; a blank cell is "".

    `flat` holds them row by row where `codes` is None; else it is None and row i holds `distinct[codes[i]]`: every text
    of `distinct` differs from all others and is held by some row.
    """

    flat: pa.ChunkedArray
    codes: Codes | None = None
    distinct: pa.LargeStringArray = None

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.flat if self.codes is None else self.codes)

    def take(self, where: Where) -> Texts:
        """Take some rows: a run or positions."""
        if self.codes is not None:
            return _held(self.codes[where], self.distinct)
        if isinstance(where, slice):
            start, stop, step = where.indices(len(self))
            if step == 1:
                return Texts(self.flat.slice(start, max(0, stop - start)))
            where = np.arange(start, stop, step)
        return Texts(_picked(self.flat, where))

    def at(self, position: int) -> str:
        """Give the text of one row."""
        return str(self.flat[position] if self.codes is None else self.distinct[int(self.codes[position])])

    def tolist(self) -> list[str]:
        """Give all texts, row by row."""
        if self.codes is None:
            return [text for chunk in self.flat.chunks for text in _objects(chunk).tolist()]
        found: list[str] = _objects(self.distinct)[self.codes].tolist()
        return found

    def marked(self, test: Callable[[pa.Array], pa.Array]) -> Mask:
        """Mark the rows whose text passes a test of arrow's."""
        if self.codes is None:
            marks: Mask = np.asarray(test(self.flat), dtype=bool)
            return marks
        spread: Mask = np.asarray(test(self.distinct), dtype=bool)[self.codes]
        return spread

    def filled(self) -> Mask:
        """Mark the rows that are not blank."""
        return self.marked(lambda texts: pc.not_equal(pc.binary_length(texts), 0))

    def contains(self, pattern: str) -> Mask:
        """Mark the rows in whose text a pattern is found."""
        return self.marked(lambda texts: pc.match_substring_regex(texts, pattern))

    def equals(self, text: str) -> Mask:
        """Mark the rows that hold just this text."""
        return self.marked(lambda texts: pc.equal(texts, text))

    def is_one_of(self, listed: Sequence[str]) -> Mask:
        """Mark the rows that hold just one of these texts."""
        return self.marked(lambda texts: pc.is_in(texts, pa.array(listed, texts.type)))

    def coded(self) -> tuple[Codes, pa.LargeStringArray]:
        """Tell for each row which of the distinct texts it holds, and these."""
        return _encoded(self.flat) if self.codes is None else (self.codes, self.distinct)

    def stamps(self) -> npt.NDArray[np.uint64]:
        """Hash the text of each row to 64 bits, the same in any file."""
        return self._stamps if self.codes is None else self._stamps[self.codes]

    def beginnings(self) -> npt.NDArray[np.uint64]:
        """Hash the text of each row without its last few characters to 64 bits, the same in any file."""
        codes, begun = _encoded(
            pc.utf8_slice_codeunits(self.flat if self.codes is None else pa.chunked_array([self.distinct]), 0, -ENDING)
        )
        spread = Texts(None, codes, begun).stamps()
        return spread if self.codes is None else spread[self.codes]

    def all_differ(self) -> bool:
        """Tell whether no text stands twice, as far as 64 bits can tell: one column of a million in 37 million."""
        if self.codes is not None:
            return len(self.codes) == len(self.distinct)
        ordered = np.sort(self._stamps)
        return bool((ordered[1:] != ordered[:-1]).all())

    @cached_property
    def _stamps(self) -> npt.NDArray[np.uint64]:
        """Hash the texts that are held; `pandas` documents these as the same for the same texts in every process."""
        chunks = self.flat.chunks if self.codes is None else [self.distinct]
        hashed = [pd.util.hash_array(_objects(chunk), categorize=False) for chunk in chunks]
        return np.concatenate([np.zeros(0, dtype=np.uint64), *hashed])


class PlainTexts(Vector[str | None]):
    """Texts row by row as cells; a blank one is None."""

    def __init__(self, texts: pa.ChunkedArray) -> None:
        """Take the texts, null where blank."""
        self._texts = texts

    def __len__(self) -> int:
        """Count the cells."""
        return len(self._texts)

    def portion(self, start: int, stop: int) -> list[str | None]:
        """Give the cells at `[start, stop)`."""
        found = self._texts.slice(start, stop - start)
        return [text for chunk in found.chunks for text in _objects(chunk).tolist()]

    def take(self, places: Sequence[int]) -> PlainTexts:
        """Give the cells at some places, in their order."""
        return PlainTexts(self._texts.take(pa.array(np.asarray(places, dtype=np.int64))))


def texts_of(cells: Sequence[str]) -> Texts:
    """Make a column of texts as they are given."""
    return Texts(None, *_encoded(pa.chunked_array([pa.array(cells, pa.string())])))


def trimmed(pieces: Sequence[pa.Array]) -> Texts:
    """Make a column of texts, white space around them cut off; row by row where nearly all of a sample differ.

    Pieces with a dictionary are taken as a sign that they do not.
    """
    if any(pa.types.is_dictionary(piece.type) for piece in pieces):
        codes, found = _unified(pieces)
    else:
        flat = pa.chunked_array(pieces, pa.string())
        if _nearly_all_differ(flat):
            return Texts(changed(flat, pc.ascii_trim_whitespace))
        codes, found = _encoded(flat)
    clean = changed(found, pc.ascii_trim_whitespace)
    if clean is found:
        return Texts(None, codes, found)
    merged, distinct = _encoded(pa.chunked_array([clean]))
    return Texts(None, merged[codes], distinct)


def changed(texts: pa.Array, cut: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Cut something off texts; the very same texts where there is nothing to cut, as a copy costs memory."""
    clean = cut(texts)
    return texts if pc.sum(pc.binary_length(clean)) == pc.sum(pc.binary_length(texts)) else clean


def _unified(pieces: Sequence[pa.Array]) -> tuple[Codes, pa.LargeStringArray]:
    """Bring pieces under one dictionary, its texts in the order in which they first stand."""
    coded = [piece if pa.types.is_dictionary(piece.type) else piece.dictionary_encode() for piece in pieces]
    chunks = pa.chunked_array(coded).unify_dictionaries().chunks
    distinct = pc.cast(chunks[0].dictionary, pa.large_string())
    small = _dtype(len(distinct))
    return np.concatenate([chunk.indices.to_numpy().astype(small) for chunk in chunks]), distinct


def _encoded(flat: pa.ChunkedArray) -> tuple[Codes, pa.LargeStringArray]:
    """Find the distinct texts of a column, in the order in which they first stand, and which one each row holds."""
    if not len(flat):
        return np.zeros(0, dtype=np.int32), pa.array([], pa.large_string())
    found = pc.dictionary_encode(flat).combine_chunks()
    codes: Codes = found.indices.to_numpy()
    return codes.astype(_dtype(len(found.dictionary))), pc.cast(found.dictionary, pa.large_string())


def _dtype(count: int) -> type[np.signedinteger]:
    """Choose the smallest whole numbers that number so many texts, and -1 for none."""
    return next(kind for kind in (np.int8, np.int16, np.int32) if count <= np.iinfo(kind).max)


def _held(codes: Codes, distinct: pa.LargeStringArray) -> Texts:
    """Leave only the texts that some row holds, in the order in which they first stand."""
    size = len(codes)
    first = np.full(len(distinct), size, dtype=np.int64)
    first[codes[::-1]] = np.arange(size - 1, -1, -1)
    if (first[1:] > first[:-1]).all() and (first < size).all():
        return Texts(None, codes, distinct)
    order = np.argsort(first)[: np.count_nonzero(first < size)]
    renumbered = np.zeros(len(distinct), dtype=_dtype(len(order)))
    renumbered[order] = np.arange(len(order))
    return Texts(None, renumbered[codes], distinct.take(pa.array(order)))


def _nearly_all_differ(flat: pa.ChunkedArray) -> bool:
    size = len(flat)
    if size <= 4 * SAMPLE:
        return False
    sample = _picked(flat, np.linspace(0, size - 1, SAMPLE).astype(np.int64))
    return int(pc.count_distinct(sample).as_py()) > MANY * SAMPLE


def _picked(flat: pa.ChunkedArray, where: npt.NDArray[np.int64]) -> pa.ChunkedArray:
    """Pick some rows; a few of many one by one, as arrow would first copy the whole column."""
    if len(where) * FEW_OF < len(flat):
        return pa.chunked_array([pa.array([flat[at].as_py() for at in where.tolist()], pa.string())])
    return flat.take(pa.array(where))


def _objects(texts: pa.Array) -> npt.NDArray[np.object_]:
    found: npt.NDArray[np.object_] = texts.to_numpy(zero_copy_only=False)
    return found
