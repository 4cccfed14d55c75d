from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import durations, shapes
from tests.ingest.looking import vector


def look(cells: list[str]) -> durations.Durations:
    """Look at cells as durations."""
    codes, texts = shapes.distinct(vector(cells))
    return durations.look(texts, shapes.weights(codes, len(texts)), np.zeros(len(texts), dtype=bool))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01:00:01", 3601),
        ("100:00:00", 360000),
        ("0:45", 2700),
        ("-00:00:30", -30),
        ("00:00:01.5", 2),
        ("00:00:01.4", 1),
        ("2h 15m", 8100),
        ("1 hr 30 min", 5400),
        ("45m", 2700),
        ("1d 2h", 93600),
        ("12", None),
        ("01:60:00", None),
        ("", None),
        ("h", None),
    ],
)
def test_ways_of_writing_a_duration(text: str, expected: int | None) -> None:
    assert durations.seconds(text) == expected


def test_a_column_of_clocks() -> None:
    found = look(["00:11:35", "00:28:02", "x"])
    assert list(found.seconds) == [695, 1682, None]
    assert (found.share, found.clock, found.beyond_a_day) == (2 / 3, True, False)
    assert look(["24:00:00"]).beyond_a_day
    assert not look(["2h"]).clock


def test_no_cells() -> None:
    assert look([]).share == 0.0


@given(st.integers(0, 10**6))
def test_a_clock_reads_back(total: int) -> None:
    text = f"{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}"
    assert durations.seconds(text) == total
    assert list(look([text]).seconds) == [total]
