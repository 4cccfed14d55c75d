"""The layers around a KPI's trend: usual ranges between rebases, signals, notes, and where it is heading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import Cadence
from kpi_core.service import kpi_page, notes, usual
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.definitions.targets import add_target
from kpi_core.target import Target, TargetKind
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp
from ui.kpi_layers import LEAST_AHEAD, layers_of
from ui.kpi_ranges_chart import Steps, ranges_figure
from ui.kpi_surprise_chart import surprise_figure
from ui.kpi_trend_view import trend_of
from ui.palette import DARK, LIGHT, Theme
from ui.trend_chart import trend_figure
from ui.trend_shown import Layers, Tone

if TYPE_CHECKING:
    from pathlib import Path

    from plotly import graph_objects as go

    from kpi_core.service.kpi_page import KpiPage

STABLE = [100, 104, 97, 103, 99, 106, 95, 101, 104, 98, 102, 97, 105, 99, 103, 96, 101, 98, 104, 100, 97, 103, 99, 102]
DROP = [*STABLE, *([91] * 8)]
"""A drop since March 2026; the newest value is October's."""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


def filled(app: RunningApp, values: list[int], direction: Direction = Direction.UP) -> int:
    """Make a monthly KPI with a target of 100 and values up to October 2026."""
    target = Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(100))
    kpi = Kpi("Orders", Unit(UnitKind.COUNT), direction, Cadence.MONTH, Typed(), state=State.ACTIVE, owner="Owner")
    with open_store(app.data_file) as store, store.writing():
        kpi_id = add_kpi(store, kpi, By(NOW)).id
        add_target(store, kpi_id, target, By(NOW))
    place = 2026 * 12 + 10 - len(values)
    texts = {date(at // 12, at % 12 + 1, 1): str(value) for at, value in enumerate(values, start=place)}
    kpi_page.type_values(app.data_file, kpi_id, texts, "", NOW)
    return kpi_id


def page(app: RunningApp, kpi_id: int) -> KpiPage:
    return kpi_page.page(app.data_file, kpi_id, NOW.date())


def layers(app: RunningApp, kpi_id: int, newest: int = 100) -> Layers:
    found = page(app, kpi_id)
    return layers_of(found.trend[-newest:], found.change)


def figure(app: RunningApp, kpi_id: int) -> go.Figure:
    found = page(app, kpi_id)
    shown = replace(trend_of(found, NOW.date()), layers=layers_of(found.trend, found.change), coming=found.coming)
    return trend_figure(shown, Theme.LIGHT)


def test_the_usual_range_breaks_where_it_starts_anew(app: RunningApp) -> None:
    kpi_id = filled(app, DROP)
    (only,) = layers(app, kpi_id).bands
    assert (only.first, only.last) == (0, 31)
    usual.add_rebase(app.data_file, kpi_id, date(2026, 3, 1), "Second shop", NOW)
    before, after = layers(app, kpi_id).bands
    assert [(each.first, each.last) for each in (before, after)] == [(0, 23), (24, 31)]
    assert after.low > before.low - 5
    assert after.high < before.low + 10


def test_a_range_under_zero_is_not_drawn_for_what_never_was(app: RunningApp) -> None:
    (band,) = layers(app, filled(app, [0, 9] * 8)).bands
    assert band.low == 0


@pytest.mark.parametrize(("direction", "tone"), [(Direction.UP, Tone.BAD), (Direction.DOWN, Tone.GOOD)])
def test_the_points_of_the_signal_are_marked_by_what_they_mean(
    app: RunningApp, direction: Direction, tone: Tone
) -> None:
    marked = {each.tone: each.spots for each in layers(app, filled(app, DROP, direction)).marked}
    assert marked[tone] == tuple((place, 91) for place in range(24, 32))


def test_a_signal_of_the_past_is_marked_apart(app: RunningApp) -> None:
    (only,) = layers(app, filled(app, [*STABLE, 150, 99, 101])).marked
    assert (only.tone, only.spots) == (Tone.PAST, ((24, 150),))


def test_of_three_of_four_the_fourth_is_not_marked(app: RunningApp) -> None:
    (only,) = layers(app, filled(app, [*STABLE, 112, 99, 112, 112, 100, 101])).marked
    assert (only.tone, [place for place, _ in only.spots]) == (Tone.PAST, [24, 26, 27])


def test_only_what_is_drawn_has_layers(app: RunningApp) -> None:
    kpi_id = filled(app, DROP)
    found = layers(app, kpi_id, newest=4)
    assert [(each.first, each.last) for each in found.bands] == [(0, 3)]
    assert [each.spots for each in found.marked] == [((0, 91), (1, 91), (2, 91), (3, 91))]
    assert len(found.fan) == LEAST_AHEAD


def test_a_note_stands_at_its_day_and_several_share_a_line(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    notes.add_note(app.data_file, kpi_id, date(2026, 9, 16), "Free shipping from 500 kr in all of our shops", NOW)
    notes.add_note(app.data_file, kpi_id, date(2026, 9, 16), "Closed", NOW, everywhere=True)
    notes.add_note(app.data_file, kpi_id, date(2019, 9, 16), "Long ago", NOW)
    (flag,) = layers(app, kpi_id).flags
    assert flag.place == 22
    assert flag.text == "Free shipping from 500 kr in al… +1"
    assert flag.whole == (
        "16 September: Free shipping from 500 kr in all of our shops",
        "16 September: Closed (on every KPI)",
    )


def test_the_fan_begins_at_the_newest_value_and_its_end_has_the_chance(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    found = layers(app, kpi_id)
    assert (found.fan_from, found.fan[0].period.start) == (23, date(2026, 11, 1))
    assert found.chance.endswith("in 10")
    drawn = figure(app, kpi_id)
    (middle,) = [trace for trace in drawn.data if trace.mode == "lines" and trace.line.dash == "dot"]
    assert (middle.x[0], middle.y[0]) == (23, 102)
    assert f"where it is heading: {found.chance} to be on target then" in [trace.name for trace in drawn.data]
    (target,) = [trace for trace in drawn.data if trace.mode == "lines" and trace.line.dash == "dash"]
    assert (target.x[-1], target.y[-1]) == (23.5 + len(found.fan), 100)


def test_too_short_a_history_has_no_range_and_no_fan(app: RunningApp) -> None:
    found = layers(app, filled(app, [100, 101, 99]))
    assert (found.bands, found.marked, found.chance) == ((), (), "")


def test_texts_of_notes_are_no_markup(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    notes.add_note(app.data_file, kpi_id, date(2026, 9, 1), "<b onclick=x>", NOW)
    assert "<b onclick" not in figure(app, kpi_id).to_json()


def test_the_steps_have_their_limit_and_what_is_beyond_is_marked(app: RunningApp) -> None:
    found = page(app, filled(app, [*STABLE, 150, 99, 101]))
    trend = trend_of(found, NOW.date())
    drawn = ranges_figure(Steps(found.change.stretches, trend.write, trend.write_axis, trend.name), Theme.LIGHT)
    limit, line = drawn.data
    assert len(line.y) == 26
    assert [place for place, size in enumerate(line.marker.size) if size == 9] == [23, 24]
    assert (line.marker.color[23], line.marker.color[0]) == (LIGHT.accent, LIGHT.ink_2)
    assert limit.text[1].startswith("limit ")
    assert drawn.layout.yaxis.range[1] > 51
    assert found.change.why.steps == "Steps beyond their limit: August 2026, September 2026."


def test_a_growing_number_is_drawn_by_its_surprises_with_the_limits_that_judge(app: RunningApp) -> None:
    growing = [100 + 5 * at + (2, -1, 3, 0, -2)[at % 5] for at in range(20)]
    found = page(app, filled(app, [*growing, 160]))
    trend, points = trend_of(found, NOW.date()), found.change.why.surprises
    assert found.change.row.signal.by_surprise
    assert [each.beyond for each in points] == [False] * 19 + [True]
    drawn = surprise_figure(
        points, Steps(found.change.stretches, trend.write, trend.write_axis, trend.name), Theme.DARK
    )
    low, high, zero, line = drawn.data
    assert list(line.y) == [float(each.off) for each in points]
    assert line.marker.symbol[-2:] == ("circle", "diamond")
    assert (line.marker.color[-2], line.marker.color[-1]) == (DARK.ink_2, DARK.accent)
    assert list(low.y) == [float(each.low) for each in points]
    assert list(high.y) == [float(each.high) for each in points]
    assert set(zero.y) == {0}
    assert drawn.layout.yaxis.range[0] < min(line.y)
    assert max(line.y) < drawn.layout.yaxis.range[1]
    assert line.customdata[-1] == f"October: {points[-1].words(trend.write)}".replace("; ", ";<br>")
