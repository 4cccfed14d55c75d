"""What becomes of a KPI over time: typed values, a new target, retired and brought back; the log holds it all."""

from __future__ import annotations

import os
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import Direction
from kpi_core.period import Cadence
from kpi_core.service import keeping, kpi_page, place
from kpi_core.service.importing import File
from tests.journeys.conftest import NOW
from tests.journeys.screens import failures, held, opened, press, words
from ui.values_form import From

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from kpi_core.service.kpi_page import KpiPage

DEFINITION = b"""{
  "business": {"currency": "SEK", "locale": "sv_SE", "person": "shop manager"},
  "goals": ["Grow sales"],
  "kpis": [{
    "name": "Market sales", "unit": "currency:SEK", "direction": "up", "goal": "Grow sales", "owner": "shop manager",
    "definition": "what the market stall takes in a month", "target": 10000
  }],
  "typed_values": [{"kpi": "Market sales", "period": "2026-08", "value": 9500}]
}"""


@pytest.fixture
def typed() -> Path:
    """Start from one KPI whose values are typed; give the path of the data file."""
    path = place.data_file(os.environ)
    keeping.define(path, File("one.json", DEFINITION), datetime(2026, 9, 5, 9))
    return path


def page(path: Path) -> KpiPage:
    """Read the page of the one KPI."""
    return kpi_page.page(path, 1, NOW.date())


def keep(screen: AppTest, values: dict[int, str], note: str) -> AppTest:
    """Type values into lines of the grid, the newest period first, and keep them."""
    screen.session_state["grid_values"] = {
        "edited_rows": {line: {"Value": text} for line, text in values.items()},
        "added_rows": [],
        "deleted_rows": [],
    }
    screen.text_input(key="grid_note").set_value(note)
    return press(screen, "Keep these values")


def test_values_are_typed_in_the_grid_and_edited_later(typed: Path) -> None:
    screen = keep(opened("kpi", kpi="1"), {0: "10 400", 1: "9 800,50"}, "till rolls")
    assert failures(screen) == []
    values = {line.period.start: line.actual.value for line in page(typed).lines}
    assert values == {date(2026, 10, 1): 10_400, date(2026, 9, 1): Fraction("9800.5"), date(2026, 8, 1): 9_500}
    screen = keep(opened("kpi", kpi="1"), {0: "10 450"}, "a receipt was found")
    assert failures(screen) == []
    assert "10 450 kr" in words(screen)
    said = words(screen)
    assert "October 2026: 10 400 kr, now 10 450 kr" in said
    assert "a receipt was found" in said


@pytest.mark.usefixtures("typed")
def test_a_text_that_is_no_number_is_refused_in_a_sentence() -> None:
    before = held()
    screen = keep(opened("kpi", kpi="1"), {0: "about ten", 1: "5"}, "")
    assert failures(screen) == []
    assert '"about ten" cannot be read as an amount in SEK. Write it like 12 500 kr.' in words(screen)
    assert held() == before


def test_a_changed_target_asks_for_a_reason_and_leaves_the_past_as_it_was(typed: Path) -> None:
    before = page(typed).lines
    tables = held()
    screen = opened("choose", kpi="1")
    screen.text_input(key="define_target_value").set_value("12 000").run()
    screen = press(screen, "Save")
    asked = "Why does the target of Market sales change? Write a short reason; it stays beside the target."
    assert asked in words(screen)
    assert held() == tables
    screen.text_input(key="define_why").set_value("a second stall")
    screen = press(screen, "Save")
    assert failures(screen) == []
    assert asked not in words(screen)
    after = page(typed)
    assert [(line.target_text, line.judgement) for line in after.lines] == [
        (line.target_text, line.judgement) for line in before
    ]
    assert [(line.text, line.reason) for line in after.targets] == [
        ("Target 12\u00a0000\u00a0kr or more", "a second stall"),
        ("Target 10\u00a0000\u00a0kr or more", ""),
    ]


def test_a_kpi_is_retired_with_a_reason_and_brought_back(typed: Path) -> None:
    before = page(typed).lines
    screen = opened("choose", kpi="1")
    screen.text_input(key="retire_reason").set_value("the stall is closed").run()
    screen = press(screen, "Retire")
    assert failures(screen) == []
    assert "the stall is closed" in words(screen)
    assert "No KPIs yet" in words(opened())
    screen = press(opened("choose"), "Bring back")
    assert failures(screen) == []
    assert "On the board" in words(screen)
    assert "No KPIs yet" not in words(opened())
    assert page(typed).lines == before


@pytest.mark.usefixtures("typed")
def test_typing_before_the_form_is_drawn_loses_no_field_below() -> None:
    screen = opened("choose", kpi="new")
    screen.text_input(key="define_name").set_value("Online sales")
    # What a browser sends that has not drawn the lower fields yet: their first choices, or none.
    screen.session_state["define_cadence"] = Cadence.DAY
    screen.session_state["define_direction"] = None
    screen.session_state["define_from"] = None
    screen = screen.run()
    assert failures(screen) == []
    said = {name: screen.session_state[f"define_{name}"] for name in ("name", "cadence", "direction", "from")}
    assert said == {
        "name": "Online sales",
        "cadence": Cadence.MONTH,
        "direction": Direction.UP,
        "from": From.TYPED,
    }
