"""The filters of the board."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import RunningApp

if TYPE_CHECKING:
    from pathlib import Path

FRIDAY, TOMORROW = date(2026, 11, 20), datetime(2026, 11, 22, 8)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    app.save(Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    app.go("board")
    return app


def as_of(app: RunningApp) -> date:
    found = app.test.date_input(key="board_as_of").value
    assert isinstance(found, date)
    return found


def test_a_board_left_open_overnight_shows_the_new_day(app: RunningApp) -> None:
    app.wait_until(TOMORROW)

    assert as_of(app) == TOMORROW.date()


def test_a_past_day_that_was_chosen_stays(app: RunningApp) -> None:
    app.test.date_input(key="board_as_of").set_value(FRIDAY)
    app.run()
    app.wait_until(TOMORROW)
    app.go("settings")
    app.go("board")

    assert as_of(app) == FRIDAY
