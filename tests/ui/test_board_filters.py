"""The filters of the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core.board import GroupBy, Sort
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service.boards import FilterChoices, View
from kpi_core.unit import Unit, UnitKind
from tests.ui.boards import seed_board
from tests.ui.markup import Element, elements
from tests.ui.running_app import RunningApp
from ui.board_filters import KEPT, PICKS, Asked, said
from ui.board_head_html import head_html
from ui.board_html import Look

if TYPE_CHECKING:
    from pathlib import Path

FRIDAY, TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21), datetime(2026, 11, 22, 8)
CHOICES = FilterChoices(any=True, owners=("buyer", "<b>web lead"), goals=("Bring in money",), statuses=("Close",))


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    app.save(Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed()))
    app.go("board")
    return app


def shown(app: RunningApp) -> list[Element]:
    """List what the board sends to the browser."""
    return elements(getattr(app.test.get("bidi_component")[0], "proto").bytes.decode())  # noqa: B009 -- untyped


def as_of(app: RunningApp) -> date:
    """Give the day that the board's field shows."""
    return next(
        date.fromisoformat(each.attributes["value"]) for each in shown(app) if each.attributes.get("type") == "date"
    )


def test_a_board_left_open_overnight_shows_the_new_day(app: RunningApp) -> None:
    app.wait_until(TOMORROW)

    assert as_of(app) == TOMORROW.date()


def test_a_past_day_that_was_chosen_stays(app: RunningApp) -> None:
    app.test.session_state[KEPT] |= said({"as_of": FRIDAY.isoformat()})
    app.run()
    app.wait_until(TOMORROW)
    app.go("settings")
    app.go("board")

    assert as_of(app) == FRIDAY


@pytest.mark.parametrize("day", ["2026-11-22", "9999-12-31", "", "yesterday"])
def test_a_day_that_no_board_can_show_becomes_today(app: RunningApp, day: str) -> None:
    app.test.session_state[KEPT] |= said({"as_of": day})
    app.run()

    assert as_of(app) == TODAY


def test_a_filter_that_nobody_has_any_more_filters_nothing(app: RunningApp) -> None:
    app.test.session_state[KEPT] |= said({"owner": "gone"})
    app.run()

    assert "Visits" in [each.text for each in shown(app)]


@pytest.mark.parametrize("sent", [None, [], "owner", {"owner": ["buyer"], "look": 3, "group": "moon", "as_of": 7}])
def test_what_no_field_can_say_is_not_picked(sent: object) -> None:
    usual = {"look": Look.CARDS, "group": GroupBy.GOAL, "sort": Sort.OWN, "search": "", "echo": "", "as_of": None}

    assert said(sent) == {**usual, **dict.fromkeys(PICKS)}


def test_the_fields_show_what_was_asked() -> None:
    view = View(FRIDAY, group_by=GroupBy.OWNER, owner="<b>web lead", goal="Bring in money", search='"basket"')
    found = elements(head_html(seed_board(), Asked(view, Look.TABLE, "9"), CHOICES, TODAY))

    picked = {each.text for each in found if each.tag == "option" and "selected" in each.attributes}
    assert picked >= {"Group by owner", "In my order", "<b>web lead", "Any status", "Bring in money"}
    fields = {each.attributes["name"]: each.attributes for each in found if each.tag == "input"}
    assert fields["search"]["value"] == '"basket"'
    assert (fields["as_of"]["value"], fields["as_of"]["max"]) == ("2026-11-20", "2026-11-21")
    checked = [each.attributes["value"] for each in found if each.tag == "input" and "checked" in each.attributes]
    assert checked == ["Table"]
    assert "More filters (1)" in [each.text for each in found if each.tag == "summary"]


def test_the_way_back_is_offered_where_something_is_left_out() -> None:
    board, view = replace(seed_board(), left_out="2 of 4 shown"), View(TODAY, owner="buyer")
    found = elements(head_html(board, Asked(view), CHOICES, TODAY))

    assert [each.text for each in found if each.has("left-out")] == ["2 of 4 shown. Show everything"]
    assert not [each for each in elements(head_html(seed_board(), Asked(view), CHOICES, TODAY)) if each.has("left-out")]
