"""Settings: the log says what was there before and what is there now; a backup holds what is there when it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service import kpi_page
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_log_says_what_was_there_before_and_what_is_there_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    kpi = app.save(Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    for text in ("400", "410"):
        kpi_page.type_values(app.data_file, kpi.id, {date(2026, 10, 1): text}, "counted again", NOW)
    app.save(replace(kpi, owner="shop manager"))

    shown = app.go("settings").dataframe[0].value

    assert list(shown["Before and now"][:3]) == [
        "Owner: nothing, now shop manager.",
        "October 2026: 400, now 410.",
        "October 2026: nothing typed, now 400.",
    ]
    assert shown["What"][0] == "KPI: Visits"
    lines = [each.value for each in app.go("kpi", kpi=str(kpi.id)).text]
    assert "21 November 2026, 10:00: October 2026: 400, now 410. Why: counted again" in lines


def test_a_backup_is_made_when_it_is_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    first = app.go("settings").get("download_button")[0]

    made_on_click = getattr(first, "proto")  # noqa: B009 -- untyped
    assert made_on_click.label == "Download a backup"
    assert made_on_click.deferred_file_id
