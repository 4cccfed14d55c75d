from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.board.spark import Spot, sparkline
from tests.ui.boards import NASTY, trend
from tests.ui.markup import elements
from ui.sparkline import HEIGHT, MARGIN, WIDTH, sparkline_html

NUMBERS = st.floats(-1e12, 1e12)
VALUES = st.lists(st.none() | NUMBERS, max_size=24)


@given(VALUES, st.none() | NUMBERS, st.none() | NUMBERS)
def test_values_and_targets_lie_inside_the_box(
    values: list[float | None], low: float | None, high: float | None
) -> None:
    drawn = sparkline(trend(*values, low=low, high=high))
    for run in (*drawn.runs, *drawn.low, *drawn.high):
        for spot in run:
            assert MARGIN - 0.01 <= spot.x <= WIDTH - MARGIN + 0.01
            assert MARGIN - 0.01 <= spot.y <= HEIGHT - MARGIN + 0.01


@given(VALUES)
def test_every_value_is_drawn_once_and_no_gap_is_bridged(values: list[float | None]) -> None:
    drawn = sparkline(trend(*values))
    runs = "".join("-" if value is None else "v" for value in values).split("-")
    assert [len(run) for run in drawn.runs] == [len(run) for run in runs if run]


@given(st.lists(NUMBERS, min_size=2, max_size=24))
def test_a_larger_value_never_stands_lower(values: list[float]) -> None:
    (run,) = sparkline(trend(*values)).runs
    for (first, spot), (second, other) in zip(
        zip(values, run, strict=True), list(zip(values, run, strict=True))[1:], strict=False
    ):
        if first < second:
            assert spot.y >= other.y
        assert spot.x < other.x


def test_the_newest_period_stands_right_and_the_largest_value_on_top() -> None:
    drawn = sparkline(trend(1, 3, 2))
    assert drawn.runs == ((Spot(MARGIN, HEIGHT - MARGIN), Spot(WIDTH / 2, MARGIN), Spot(WIDTH - MARGIN, HEIGHT / 2)),)
    assert drawn.last == Spot(WIDTH - MARGIN, HEIGHT / 2)


def test_the_dot_stands_on_the_newest_value_not_on_a_gap_after_it() -> None:
    drawn = sparkline(trend(1, 3, None))
    assert drawn.last == Spot(WIDTH / 2, MARGIN)


def test_equal_values_run_through_the_middle() -> None:
    assert {spot.y for spot in sparkline(trend(7, 7, 7)).runs[0]} == {HEIGHT / 2}


def test_a_target_far_away_is_in_the_picture() -> None:
    drawn = sparkline(trend(1, 2, low=100))
    assert {spot.y for spot in drawn.low[0]} == {MARGIN}


def test_one_period_has_a_dot_and_its_target_through_the_whole_box() -> None:
    html = sparkline_html(trend(4, low=5), "one month")
    drawn = [element.attributes for element in elements(html) if element.tag == "path"]
    assert [each["class"] for each in drawn] == ["goal", "lone"]
    assert drawn[0]["d"] == f"M{MARGIN:g} {MARGIN:.1f}H{WIDTH - MARGIN:g}"


def test_a_lone_value_between_gaps_is_still_to_be_seen() -> None:
    html = sparkline_html(trend(1, 2, None, 3, None, 1, 2), "months")
    assert [element.attributes["class"] for element in elements(html) if element.tag == "path"] == [
        "line",
        "lone",
        "line",
    ]


def test_a_range_is_filled_between_its_edges() -> None:
    html = sparkline_html(trend(3, 4, low=2, high=5), "months")
    shapes = [element.attributes["class"] for element in elements(html) if element.tag in {"path", "polygon"}]
    assert shapes == ["range", "goal", "goal", "line"]


def test_no_value_means_no_picture() -> None:
    assert sparkline_html((), "nothing") == ""
    assert sparkline_html(trend(None, None, low=3), "nothing") == ""


def test_the_words_of_the_picture_are_escaped() -> None:
    found = elements(sparkline_html(trend(1, 2), NASTY))
    assert {element.tag for element in found} == {"div", "svg", "title", "path", "span"}
    assert next(element for element in found if element.tag == "title").text == NASTY
