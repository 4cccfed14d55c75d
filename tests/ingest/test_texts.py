"""Columns of texts: row by row or once each, they say the same."""

from __future__ import annotations

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import texts
from kpi_core.ingest.looks import as_text, see
from kpi_core.ingest.texts import Texts, texts_of, trimmed

CELLS = st.lists(st.sampled_from(["", "a", " a", "a\t", "b", "é 1", "\u00a0"]), max_size=12)


def flat(cells: list[str], at: int = 0) -> pa.ChunkedArray:
    """Hold cells row by row, in two pieces."""
    return pa.chunked_array([cells[:at], cells[at:]], pa.string())


def said(column: Texts) -> tuple[object, ...]:
    """List what a column answers."""
    codes, distinct = column.coded()
    return (
        len(column),
        column.tolist(),
        [column.at(place) for place in range(len(column))],
        column.filled().tolist(),
        column.contains("[0-9]").tolist(),
        column.equals("a").tolist(),
        codes.tolist(),
        distinct.to_pylist(),
        column.stamps().tolist(),
        list(as_text(see("x", column, needed=True))),
    )


@given(CELLS, st.integers(0, 5), st.data())
def test_row_by_row_and_once_each_say_the_same(cells: list[str], at: int, data: st.DataObject) -> None:
    one, other = Texts(flat(cells, at)), texts_of(cells)
    assert said(one) == said(other)
    start, stop, step = data.draw(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 3)))
    assert said(one.take(slice(start, stop, step))) == said(other.take(slice(start, stop, step)))
    places = np.array(data.draw(st.lists(st.integers(0, len(cells) - 1)) if cells else st.just([])), dtype=np.int64)
    assert said(one.take(places)) == said(other.take(places))
    assert one.take(places).tolist() == [cells[place] for place in places]


@given(CELLS)
def test_white_space_around_is_cut_off_and_texts_that_are_then_equal_are_one(cells: list[str]) -> None:
    clean = [cell.strip(" \t") for cell in cells]
    column = trimmed(flat(cells).chunks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_nearly_all_differ", lambda _: True)
        assert said(trimmed(flat(cells).chunks)) == said(column)
    mixed = [chunk.dictionary_encode() if at else chunk for at, chunk in enumerate(flat(cells, 3).chunks)]
    assert said(trimmed(mixed)) == said(column)
    assert column.tolist() == clean
    assert column.coded()[1].to_pylist() == list(dict.fromkeys(clean))


def test_a_long_column_is_kept_row_by_row_only_where_nearly_all_differ() -> None:
    assert trimmed(flat([f"A-{number}" for number in range(9_000)]).chunks).codes is None
    assert trimmed(flat(["paid", "open", "void"] * 3_000).chunks).codes is not None
    assert trimmed(flat([f"A-{number}" for number in range(900)]).chunks).codes is not None


def test_a_long_column_of_words_gives_its_cells_trimmed_and_blank_ones_as_none() -> None:
    mails = [*(f"m{number}@example.com\u00a0" for number in range(9_000)), " "]
    cells = as_text(see("Mail", trimmed(flat(mails).chunks), needed=False))
    assert (cells[0], cells[-2:], len(cells)) == ("m0@example.com", ["m8999@example.com", None], 9_001)
    assert list(cells.take([9_000, 1])) == [None, "m1@example.com"]
