"""Long columns of cells behave as the lists they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core import vector
from kpi_core.ingest.coded import Coded
from kpi_core.vector import different, held, some, tally

VALUES = ["a", "b", None]
CELLS = st.lists(st.sampled_from([0, 1, 2, -1]), max_size=30)


def coded(codes: list[int]) -> tuple[Coded[str | None], list[str | None]]:
    """Make a vector and the list it stands for."""
    return Coded(VALUES, np.array(codes, dtype=np.int32)), [None if code < 0 else VALUES[code] for code in codes]


@given(CELLS, st.slices(30))
def test_a_vector_is_the_list_it_stands_for(codes: list[int], part: slice) -> None:
    cells, expected = coded(codes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vector, "PORTION", 7)
        assert list(cells) == expected
    assert cells == expected
    assert cells != [*expected, "more"]
    assert cells[part] == expected[part]
    assert [cells[at] for at in range(-len(codes), len(codes))] == expected * 2
    assert cells.missing().tolist() == [cell is None for cell in expected]
    with pytest.raises(IndexError):
        cells[len(codes)]


@given(CELLS)
def test_what_is_asked_of_a_vector_is_what_is_asked_of_its_list(codes: list[int]) -> None:
    cells, expected = coded(codes)
    assert dict(tally(cells)) == {cell: expected.count(cell) for cell in expected if cell is not None}
    assert different(cells) == different(expected) == {cell for cell in expected if cell is not None}
    assert held(cells) == held(expected) == sum(cell is not None for cell in expected)


@given(CELLS, st.sets(st.integers(0, 29)))
def test_some_places_of_a_vector(codes: list[int], wanted: set[int]) -> None:
    cells, expected = coded(codes)
    places = sorted(place for place in wanted if place < len(codes))
    assert some(cells, places) == some(expected, places) == [expected[place] for place in places]
