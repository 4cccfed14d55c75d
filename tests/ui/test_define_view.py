"""The form that defines a KPI keeps what was said, whatever was clicked in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import Cadence
from kpi_core.service import choose
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


def visits() -> Kpi:
    return Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), owner="shop manager")


def test_a_form_that_was_left_shows_its_kpi_again_and_not_empty_fields(app: RunningApp) -> None:
    kpi = app.save(visits())
    assert app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").value == "shop manager"
    app.go("board")

    again = app.go("choose", kpi=str(kpi.id))

    assert again.text_input(key="define_name").value == "Visits"
    assert again.text_input(key="define_owner").value == "shop manager"


def test_what_was_typed_and_not_saved_is_there_after_a_look_at_the_board(app: RunningApp) -> None:
    kpi = app.save(visits())
    app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("floor manager").run()
    app.go("board")

    assert app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").value == "floor manager"


def test_a_retired_kpi_that_is_edited_stays_retired(app: RunningApp) -> None:
    kpi = app.save(visits())
    choose.retire(app.data_file, kpi.id, "nobody looks at it", NOW)

    app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("floor manager").run()
    app.press("Save")

    saved, _ = choose.opened(app.data_file, kpi.id)
    assert (saved.owner, saved.state, saved.retired_reason) == ("floor manager", State.RETIRED, "nobody looks at it")
