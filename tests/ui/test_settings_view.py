"""Settings: the log says what was there before and what is there now; a backup holds what is there when it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kpi_core.definition import business_to_json
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service import keeping, kpi_page
from kpi_core.store.business import SETTINGS
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.things import change_to
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path


def test_the_log_says_what_was_there_before_and_what_is_there_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    kpi = app.save(Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    for text in ("400", "410"):
        kpi_page.type_values(app.data_file, kpi.id, {date(2026, 10, 1): text}, "counted again", NOW)
    app.save(replace(kpi, owner="shop manager"))

    shown = app.go("changes").dataframe[0].value

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
    first = app.go("safety").get("download_button")[0]

    made_on_click = getattr(first, "proto")  # noqa: B009 -- untyped
    assert made_on_click.label == "Download a backup"
    assert made_on_click.deferred_file_id


def test_settings_open_on_a_number_style_that_does_not_exist_and_put_it_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    with open_store(app.data_file) as store, store.writing():
        wrong = replace(keeping.settings(app.data_file), locale="xx_YY")
        change_to(store, By(NOW, ""), SETTINGS, business_to_json(wrong))

    page = app.go("settings")
    written = next(each for each in page.selectbox if each.label == "Numbers are written")
    assert "there is no such style" in written.options[0]
    written.set_value("sv_SE")
    app.press("Keep the settings")

    assert keeping.settings(app.data_file).locale == "sv_SE"
    assert not app.go("board").error


@pytest.mark.parametrize("number", ["99999999999999999999", "²", "-1", "x", "٣"])
@pytest.mark.parametrize(("page", "name"), [("choose", "kpi"), ("kpi", "kpi"), ("objectives", "objective")])
def test_a_number_in_the_address_that_nothing_has_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, name: str, number: str
) -> None:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    app.save(Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    app.go(page, **{name: number})
    assert "There is no" in app.html()
