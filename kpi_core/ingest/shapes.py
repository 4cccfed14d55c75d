"""Many texts at once: what they look like, and their digits, without a Python call for each.

A *shape* is a text with every digit written as 9: `12,50 kr` and `47,95 kr` share `99,99 kr`. A column of a
million amounts has a dozen shapes, so a grammar is tried on the shapes and its outcome holds for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.ingest.coded import Coded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kpi_core.ingest.texts import Texts

    Codes = npt.NDArray[np.signedinteger]

ZERO, NINE = ord("0"), ord("9")


def distinct(vector: Texts) -> tuple[Codes, pa.Array]:
    """Tell the distinct texts of a column, trimmed, and for each row which one it holds; -1 is a blank cell."""
    codes, texts = vector.coded()
    return blanks_out(codes, pc.utf8_trim_whitespace(texts))


def texts_of(values: Sequence[str] | pd.Index[str]) -> pa.Array:
    """Make one array of texts."""
    made = pa.array(values, type=pa.large_string())
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made


def blanks_out(codes: Codes, texts: pa.Array) -> tuple[Codes, pa.Array]:
    """Drop the empty text from `texts` and point its rows to -1."""
    empty = pc.equal(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
    if not empty.any():
        return codes, texts
    renumbered = (np.cumsum(~empty) - 1).astype(codes.dtype)
    renumbered[empty] = -1
    moved = np.append(renumbered, codes.dtype.type(-1))[codes]
    return moved, texts.filter(pa.array(~empty))


def apart(
    codes: Codes, texts: pa.Array, marked: npt.NDArray[np.bool_]
) -> tuple[Codes, pa.Array, npt.NDArray[np.bool_]]:
    """Tell for each distinct text whether its rows are marked; one with rows of both kinds comes twice.

    >>> codes, texts, found = apart(np.array([0, 0, 1]), texts_of(["1.234", "7"]), np.array([True, False, False]))
    >>> codes.tolist(), texts.to_pylist(), found.tolist()
    ([2, 0, 1], ['1.234', '7', '1.234'], [False, False, True])
    """
    of_marked, of_others = np.zeros(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    filled = codes >= 0
    of_marked[codes[filled & marked]] = True
    of_others[codes[filled & ~marked]] = True
    twice = np.flatnonzero(of_marked & of_others)
    if not twice.size:
        return codes, texts, of_marked
    moved = np.arange(len(texts))
    moved[twice] = len(texts) + np.arange(twice.size)
    codes = np.where(filled & marked, moved[codes], codes)
    of_marked[twice] = False
    found = np.append(of_marked, np.ones(twice.size, dtype=bool))
    return codes, pa.concat_arrays([texts, texts.take(pa.array(twice))]), found


def shapes(texts: pa.Array) -> tuple[Codes, list[str]]:
    """Tell the distinct shapes of `texts` and for each text which one it has."""
    offsets, data = _buffers(texts)
    masked = np.where((data >= ZERO) & (data <= NINE), NINE, data).astype(np.uint8)
    codes, found = pd.factorize(pd.Series(_rebuild(offsets, masked).to_pandas(), dtype="str"))
    return codes.astype(np.int64), [str(shape) for shape in found]


def digits(texts: pa.Array) -> pa.Array:
    """Keep only the digits of each text."""
    offsets, data = _buffers(texts)
    keep = (data >= ZERO) & (data <= NINE)
    if keep.all():
        return texts
    before = np.zeros(len(data) + 1, dtype=np.int64)
    np.cumsum(keep, out=before[1:])
    return _rebuild(before[offsets], data[keep])


def weights(codes: Codes, size: int) -> Codes:
    """Count the rows of each distinct text."""
    return np.bincount(codes[codes >= 0], minlength=size).astype(np.int64)


def spread(of_shape: Sequence[int], shape: Codes) -> Codes:
    """Give each text the number of its shape."""
    return np.array(of_shape, dtype=np.int64)[shape] if len(of_shape) else np.zeros(0, dtype=np.int64)


def pick(of_shape: Sequence[bool], shape: Codes) -> npt.NDArray[np.bool_]:
    """Mark the texts whose shape is marked."""
    return np.array(of_shape, dtype=bool)[shape] if len(of_shape) else np.zeros(0, dtype=bool)


def missing(values: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Mark the places that hold None."""
    return np.asarray(pd.isna(values), dtype=bool)


def gather(values: npt.NDArray[np.object_], codes: Codes) -> Coded[object]:
    """Give each row the value of its distinct text; None for blank rows. Values are shared, not copied."""
    return Coded(values, codes)


def _buffers(texts: pa.Array) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Look at the bytes of an array of texts: where each begins, and all of them in a row (no copy)."""
    if len(texts) == 0:
        return np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    flat = pa.concat_arrays([texts, texts_of([])]) if texts.offset else texts
    _, offsets, data = flat.buffers()
    starts = np.frombuffer(offsets, dtype=np.int64)[: len(flat) + 1]
    return starts, np.frombuffer(data, dtype=np.uint8)[: starts[-1]]


def _rebuild(offsets: Codes, data: npt.NDArray[np.uint8]) -> pa.Array:
    """Make an array of texts from where each begins and their bytes."""
    starts = np.ascontiguousarray(offsets, dtype=np.int64)
    return pa.LargeStringArray.from_buffers(
        len(starts) - 1, pa.py_buffer(starts.tobytes()), pa.py_buffer(np.ascontiguousarray(data).tobytes())
    )
