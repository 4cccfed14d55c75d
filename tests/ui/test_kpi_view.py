"""A KPI's page: values are typed, kept and removed without one standing for another period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service import kpi_page
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


def visits(app: RunningApp, name: str = "Visits") -> int:
    return app.save(Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed())).id


def type_in_grid(app: RunningApp, row: int, text: str) -> None:
    """Type into a line of the grid, as the browser does; what was typed stays there while its grid does."""
    name = next(key for key in ("grid_values_2", "grid_values_1", "grid_values") if key in app.test.session_state)
    edited = {**app.test.session_state[name]["edited_rows"], row: {"Value": text}}
    app.test.session_state[name] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}


def values(app: RunningApp, kpi_id: int) -> dict[date, str]:
    return {line.period.start: line.value_text for line in kpi_page.page(app.data_file, kpi_id, NOW.date()).lines}


def test_names_and_notes_are_shown_as_they_were_typed(app: RunningApp) -> None:
    kpi_id = visits(app, "Sales $5 to $9 *new*")

    assert app.go("kpi", kpi=str(kpi_id)).title[0].value == r"Sales \$5 to \$9 \*new\*"


def test_a_value_that_was_typed_and_removed_does_not_come_back_with_the_next_one(app: RunningApp) -> None:
    kpi_id = visits(app)
    app.go("kpi", kpi=str(kpi_id))
    type_in_grid(app, 0, "400")
    app.press("Keep these values")
    assert values(app, kpi_id)[OCTOBER] == "400"
    kpi_page.type_values(app.data_file, kpi_id, {OCTOBER: ""}, "", NOW)

    app.run()
    type_in_grid(app, 1, "300")
    app.press("Keep these values")

    assert values(app, kpi_id) == {SEPTEMBER: "300"}


def test_a_blank_field_removes_nothing(app: RunningApp) -> None:
    kpi_id = visits(app)
    kpi_page.type_values(app.data_file, kpi_id, {OCTOBER: "400"}, "", NOW)
    app.go("kpi", kpi=str(kpi_id))
    app.test.session_state["history"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()

    app.press("Keep this value")

    assert values(app, kpi_id) == {OCTOBER: "400"}


def test_a_picked_line_that_is_no_longer_shown_is_no_error(app: RunningApp) -> None:
    kpi_id = visits(app)
    kpi_page.type_values(app.data_file, kpi_id, {OCTOBER: "400"}, "", NOW)
    app.go("kpi", kpi=str(kpi_id))

    app.test.session_state["history"] = {"selection": {"rows": [30], "columns": [], "cells": []}}

    assert app.run().title[0].value == "Visits"


def test_the_year_before_is_offered_where_there_is_one(app: RunningApp) -> None:
    kpi_id = visits(app)
    months = {date(year, month, 1): "100" for year in (2025, 2026) for month in range(1, 11)}
    kpi_page.type_values(app.data_file, kpi_id, months, "", NOW)
    page = app.go("kpi", kpi=str(kpi_id))
    assert page.segmented_control[0].options == ["All", "Against last year"]

    page.segmented_control[0].set_value("Against last year")

    assert "Compared with last year" in (app.run() and app.html())


def test_a_typed_number_has_no_parts_and_two_numbers_stand_beside_each_other(app: RunningApp) -> None:
    other = visits(app, "Returns")
    kpi = Kpi("Sales", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), counter_measure="Returns")
    kpi_id = app.save(kpi).id
    kpi_page.type_values(app.data_file, other, {OCTOBER: "7"}, "", NOW)
    app.go("kpi", kpi=str(kpi_id))
    shown = app.html()
    assert "Which part explains it?" not in shown
    assert "too little history together" in shown

    app.press("Returns")

    assert (app.test.title[0].value, app.test.query_params["kpi"]) == ("Returns", str(other))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "soon"])
def test_a_day_out_of_reach_in_the_address_breaks_nothing(app: RunningApp, day: str) -> None:
    kpi_id = visits(app)
    app.go("kpi", kpi=str(kpi_id), as_of=day)
    assert not app.test.exception
    assert [each.value for each in app.test.title] == ["Visits"]


@pytest.mark.parametrize("asked", ["nonsense", "0", "7", "-1", "1.5", ""])
def test_an_address_of_no_kpi_has_a_heading_a_sentence_and_a_way_back(app: RunningApp, asked: str) -> None:
    visits(app)
    shown = app.go("kpi", kpi=asked)
    assert [each.value for each in shown.title] == ["No such KPI"]
    assert "There is no KPI at this address." in app.html()
    assert [each.proto.label for each in shown.get("page_link")] == ["Board"]
