"""The catalogue on the screen: looking for a KPI, its page, and the form that begins with what it proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.service import importing
from kpi_core.service.importing import Wishes
from tests.service.test_catalogue import REPORT
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


def shown(app: RunningApp) -> list[str]:
    """List the KPIs that were found, as they are listed."""
    return [each.label for each in app.test.button if (each.key or "").startswith("look_")]


def test_everyday_words_find_the_kpi_and_a_page_of_it(app: RunningApp) -> None:
    app.go("catalogue")
    assert len(shown(app)) == 15
    app.test.text_input(key="catalogue_text").set_value("how many people come back")
    app.run()
    assert shown(app)[0] == "Repeat purchase rate"
    app.press("Repeat purchase rate")
    assert app.test.title[0].value == "Repeat purchase rate"
    assert "Splitting one order in two." in [each.value for each in app.test.text]


def test_what_was_asked_is_still_asked_after_a_look_elsewhere(app: RunningApp) -> None:
    app.go("catalogue")
    app.test.text_input(key="catalogue_text").set_value("late payers")
    app.run()
    app.go("board")
    app.go("catalogue")
    assert shown(app) == ["Overdue invoices"]


def test_nonsense_finds_nothing_and_says_so_and_a_warning_offers_something_better(app: RunningApp) -> None:
    app.go("catalogue")
    app.test.text_input(key="catalogue_text").set_value("zebra stripes")
    app.run()
    assert "Nothing fits. Say it in other words, or take a filter away." in [each.value for each in app.test.text]
    app.test.text_input(key="catalogue_text").set_value("economic conditions")
    app.run()
    assert "nothing you do moves it" in app.html()
    app.press("Revenue growth")
    assert app.test.title[0].value == "Revenue growth"


def test_a_part_left_open_stays_open_until_the_owner_picks_it(app: RunningApp) -> None:
    importing.add(app.data_file, REPORT, Wishes("Till"), NOW)
    app.go("catalogue", key="upt")
    app.press("Check and use Till")
    assert app.test.selectbox(key="define_top_source").value is None
    assert app.test.selectbox(key="define_bottom_value").value == "Orders"
    assert "not found in its headings" in app.test.info[0].value
    assert not [each for each in app.test.button if each.label.startswith("Save")]


def test_an_unknown_key_has_a_way_back(app: RunningApp) -> None:
    app.go("catalogue", key="nothing")
    assert "The catalogue has no KPI" in app.html()
