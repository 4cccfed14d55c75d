from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import shapes
from tests.ingest.looking import vector

CELLS = st.lists(st.text(max_size=12), max_size=30)


def test_blank_cells_are_no_text() -> None:
    codes, texts = shapes.distinct(vector([" a\u00a0", "", "  ", "b", "a"]))
    assert [texts[int(code)].as_py() if code >= 0 else None for code in codes] == ["a", None, None, "b", "a"]


def test_one_shape_for_all_amounts_of_one_look() -> None:
    codes, names = shapes.shapes(shapes.texts_of(["12,50 kr", "47,95 kr", "é1"]))
    assert codes.tolist() == [0, 0, 1]
    assert names == ["99,99 kr", "é9"]


@given(CELLS)
def test_distinct_texts_stand_for_their_rows(cells: list[str]) -> None:
    codes, texts = shapes.distinct(vector(cells))
    back = shapes.gather(np.array(texts.to_pylist(), dtype=object), codes)
    stripped = [cell.strip() for cell in cells]
    assert [found is None for found in back] == [cell == "" for cell in stripped]
    assert int(shapes.weights(codes, len(texts)).sum()) == sum(cell != "" for cell in stripped)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=20))
def test_shapes_and_digits_agree_with_the_plain_way(texts: list[str]) -> None:
    array = shapes.texts_of(texts)
    codes, names = shapes.shapes(array)
    plain = ["".join("9" if char in "0123456789" else char for char in text) for text in texts]
    assert [names[code] for code in codes] == plain
    assert shapes.digits(array).to_pylist() == ["".join(c for c in text if c in "0123456789") for text in texts]


def test_a_slice_of_texts_has_its_own_shapes() -> None:
    part = shapes.texts_of(["abc", "1", "22"])[1:]
    assert shapes.shapes(part)[1] == ["9", "99"]
    assert shapes.digits(part).to_pylist() == ["1", "22"]
