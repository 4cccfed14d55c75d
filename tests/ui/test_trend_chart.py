from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.board import Running, TrendPoint
from kpi_core.period import Calendar, Period, period_name
from kpi_core.target import TargetKind
from kpi_core.unit import NumberStyle, Unit, UnitKind, axis_value, format_value
from tests.ui.boards import OCTOBER, trend
from ui.palette import DARK, LIGHT, Theme
from ui.trend_chart import trend_figure
from ui.trend_shown import Trend

if TYPE_CHECKING:
    from plotly import graph_objects as go

CALENDAR = Calendar()
KRONOR = Unit(UnitKind.CURRENCY, "SEK")
SWEDISH = NumberStyle("sv_SE")


def write(value: Fraction) -> str:
    return format_value(value, KRONOR, SWEDISH).replace("\u00a0", " ")


def write_axis(value: Fraction) -> str:
    return axis_value(value, KRONOR, SWEDISH).replace("\u00a0", " ")


def name(period: Period) -> str:
    return period_name(period, CALENDAR, None)


def chart(points: tuple[TrendPoint, ...], kind: TargetKind | None = None, running: Running | None = None) -> go.Figure:
    points = tuple(replace(point, target_kind=kind) for point in points)
    return trend_figure(Trend(points, write, write_axis, name, running), Theme.LIGHT)


def traces(figure: go.Figure, mode: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == mode]


def test_a_gap_breaks_the_line() -> None:
    (line,) = traces(chart(trend(700, None, 800)), "lines+markers")
    assert line.y == (700, None, 800)
    assert line.connectgaps is False


def test_pointing_at_a_value_tells_period_value_and_target_in_the_business_own_style() -> None:
    (line,) = traces(chart(trend(480000, low=500000), TargetKind.CONSTANT), "lines+markers")
    assert line.customdata == ("October 2026<br><b>480 000 kr</b><br>target 500 000 kr",)


def test_a_typed_value_is_drawn_differently_and_named() -> None:
    first, second = trend(700, 800)
    figure = chart((first, replace(second, typed=True)))
    (typed,) = traces(figure, "markers")
    assert (typed.name, typed.x, typed.y, typed.marker.symbol) == ("typed value", (1,), (800,), "diamond")
    (line,) = traces(figure, "lines+markers")
    assert line.marker.size == (6, 0)
    assert line.customdata[1].endswith("<b>800 kr</b> typed")


def test_the_running_period_is_a_hollow_point_after_the_line() -> None:
    november = CALENDAR.next(OCTOBER)
    running = Running(november, Fraction(318000), Fraction(1, 2), too_early=False)
    (so_far,) = traces(chart(trend(480000, 470000), None, running), "markers")
    assert (so_far.x, so_far.marker.symbol) == ((2,), "circle-open")
    assert so_far.customdata == ("November 2026<br>so far 318 000 kr",)


def test_a_running_period_without_a_value_is_not_drawn() -> None:
    running = Running(CALENDAR.next(OCTOBER), None, Fraction(0), too_early=True)
    assert traces(chart(trend(5), None, running), "markers") == []


@pytest.mark.parametrize(
    ("kind", "shape"), [(TargetKind.CONSTANT, "hvh"), (TargetKind.STEPS, "hvh"), (TargetKind.PATH, "linear")]
)
def test_a_path_is_straight_and_other_targets_change_between_periods(kind: TargetKind, shape: str) -> None:
    (target,) = traces(chart(trend(5, 6, low=7), kind), "lines")
    assert target.line.shape == shape
    assert (target.x, target.y) == ((-0.5, 0, 1, 1.5), (7, 7, 7, 7))


def test_a_range_is_a_band_with_two_edges_and_both_numbers() -> None:
    figure = chart(trend(300, 400, low=200, high=500), TargetKind.RANGE)
    low, high = traces(figure, "lines")
    assert (low.fill, high.fill, high.fillcolor) == ("none", "tonexty", LIGHT.band)
    (label,) = figure.layout.annotations
    assert (label.text, label.y) == ("Target 200 kr to 500 kr", 500)


def test_without_a_target_nothing_is_drawn_for_it() -> None:
    figure = chart(trend(3, 4))
    assert traces(figure, "lines") == []
    assert figure.layout.annotations == ()


@pytest.mark.parametrize(("theme", "colours"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK)])
def test_lines_and_texts_take_the_colours_of_the_theme(theme: Theme, colours: object) -> None:
    figure = trend_figure(Trend(trend(3, 4, low=2), write, write_axis, name), theme)
    (line,), (target,) = traces(figure, "lines+markers"), traces(figure, "lines")
    palette = vars(colours)
    assert (line.line.color, target.line.color) == (palette["ink"], palette["ink_3"])
    assert figure.layout.yaxis.tickfont.color == palette["ink_3"]
    assert figure.layout.annotations[0].font.color == palette["ink_2"]


def test_names_below_are_few_end_with_the_newest_and_fit_a_phone() -> None:
    figure = chart(trend(*range(24)))
    assert figure.layout.xaxis.tickvals == (5, 11, 17, 23)
    assert figure.layout.xaxis.ticktext[-1] == "October<br>2026"
    assert all(len(part) <= 9 for text in figure.layout.xaxis.ticktext for part in text.split("<br>"))


def test_everything_drawn_is_inside_the_scale() -> None:
    axis = chart(trend(480000, 470000, low=600000), TargetKind.CONSTANT).layout.yaxis
    assert axis.range[0] < 470000
    assert axis.range[1] > 600000
    assert axis.tickvals == (500000, 550000, 600000)
    assert axis.ticktext == tuple(write_axis(Fraction(tick)) for tick in (500000, 550000, 600000))


def test_no_value_at_all_is_an_empty_chart_and_no_error() -> None:
    assert chart(()).layout.yaxis.visible is False
    assert traces(chart(trend(None, None)), "lines+markers")[0].y == (None, None)


def test_names_that_look_like_markup_are_shown_as_text() -> None:
    shown = Trend(trend(3), lambda _: "<b onclick=x>", write_axis, lambda _: "<a href=x>")
    text = trend_figure(shown, Theme.LIGHT).to_json()
    assert "<b onclick" not in text
    assert "<a href" not in text


def test_the_line_is_the_target_in_force_at_each_time() -> None:
    points = trend(5, 6, 7, 8, 9)
    lows, kinds = (None, 10.0, 10.0, 11.0, 12.0), (None, *[TargetKind.CONSTANT] * 2, *[TargetKind.PATH] * 2)
    shown = tuple(
        replace(each, target_low=low, target_kind=kind) for each, low, kind in zip(points, lows, kinds, strict=True)
    )
    first, second = traces(trend_figure(Trend(shown, write, write_axis, name), Theme.LIGHT), "lines")
    assert (first.x, first.y, first.line.shape) == ((0.5, 1, 2, 2.5), (10, 10, 10, 10), "hvh")
    assert (second.x, second.y, second.line.shape) == ((2.5, 3, 4, 4.5), (11, 11, 12, 12), "linear")


def test_a_stretch_is_a_thinner_line_and_an_exception_is_marked() -> None:
    plain = [replace(each, stretch=12.0, target_kind=TargetKind.CONSTANT) for each in trend(5, 6, 7, low=10)]
    shown = (plain[0], replace(plain[1], target_low=4.0, stretch=None, exception="closed"), plain[2])
    figure = trend_figure(Trend(shown, write, write_axis, name), Theme.LIGHT)
    target, stretch = traces(figure, "lines")
    assert target.y == (10, 10, 4, 10, 10)
    assert stretch.line.width < target.line.width
    (mark,) = traces(figure, "markers")
    assert (mark.name, mark.x, mark.y) == ("target for one period only", (1,), (4,))
    assert "for this period only: closed" in traces(figure, "lines+markers")[0].customdata[1]


def test_the_year_before_is_a_dotted_line_named_in_the_legend_and_inside_the_scale() -> None:
    before = (None, *trend(200_000)[:1])
    shown = Trend(trend(480000, 470000, low=500000), write, write_axis, name, last_year=before)
    figure = trend_figure(shown, Theme.LIGHT)
    (line,) = [trace for trace in figure.data if trace.name == "a year before"]
    assert (line.y, line.line.dash, line.showlegend) == ((None, 200_000), "dot", True)
    assert line.customdata[1] == "October 2026<br><b>200 000 kr</b>"
    assert figure.layout.yaxis.range[0] < 200_000


def test_without_a_year_before_no_line_is_drawn_for_it() -> None:
    figure = trend_figure(Trend(trend(3, 4), write, write_axis, name, last_year=(None, None)), Theme.LIGHT)
    assert [trace.name for trace in figure.data if trace.name == "a year before"] == []
