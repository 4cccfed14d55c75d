"""Targets of every kind, made and changed on the screens: in a browser, and run without one."""

from __future__ import annotations

import json
import os
import re
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kpi_core.kpi import Direction
from kpi_core.service import choose, keeping, kpi_page, place
from kpi_core.service.file import File
from kpi_core.target import SpreadBy, TargetKind
from tests.journeys.browsing import form_stands, go, pick, shows, write
from tests.journeys.browsing import press as press_in
from tests.journeys.conftest import NOW
from tests.journeys.screens import failures, opened, press, words

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from streamlit.testing.v1 import AppTest

    from kpi_core.target import Target

LAST_YEAR = {f"2025-{month:02}": 1000 * month for month in range(1, 13)}
THIS_YEAR = {f"2026-{month:02}": 1100 * month for month in range(1, 11)}


def filled(values: dict[str, int], **more: object) -> Path:
    """Define one KPI with typed values and no target, ready for the board; give the data file."""
    path = place.data_file(os.environ)
    kpi = {
        "name": "Sales",
        "unit": "currency:SEK",
        "direction": "up",
        "goal": "Grow",
        "owner": "shop manager",
        "definition": "what all customers pay in the shop in a month",
        **more,
    }
    typed = [{"kpi": "Sales", "period": month, "value": value} for month, value in values.items()]
    business = {"currency": "SEK", "locale": "sv_SE"}
    document = {"business": business, "goals": ["Grow"], "kpis": [kpi], "typed_values": typed}
    keeping.define(path, File("set.json", json.dumps(document).encode()), datetime(2026, 11, 2, 9))
    return path


@pytest.mark.browser
def test_a_year_total_by_last_years_shape_in_a_browser(page: Page) -> None:
    filled(LAST_YEAR | THIS_YEAR)
    go(page, "choose?kpi=1")
    form_stands(page)
    pick(page, "A year's total")
    write(page, "Total of the year", "93600")
    page.get_by_text("Together exactly 93\u00a0600\u00a0kr.").wait_for()
    page.get_by_text("Looked at for 2026.").wait_for()
    press_in(page, "Save")
    page.get_by_role("heading", name="On the board").wait_for()
    go(page)
    shows(page, "Sales", "Target 12 000 kr or more", "Close")


@pytest.mark.browser
def test_a_relative_target_from_a_suggestion_in_a_browser(page: Page) -> None:
    filled(LAST_YEAR | THIS_YEAR)
    go(page, "choose?kpi=1")
    form_stands(page)
    pick(page, "Against last year")
    page.locator(".st-key-help_offer_1 button").click()
    field = page.get_by_role("textbox", name="Change on the same period last year, in percent")
    expect(field).to_have_value(re.compile("%$"))
    write(page, "Change on the same period last year, in percent", "20")
    write(page, "Stretch, if you like", "30")
    page.get_by_text("You reached this in none of the last 10 months.").wait_for()
    press_in(page, "Save")
    page.get_by_role("heading", name="On the board").wait_for()
    go(page, "kpi?kpi=1")
    page.get_by_text("20 % above last year's 10 000 kr; stretch 13 000 kr").first.wait_for()


def target_of(path: Path) -> Target:
    """Give the newest target row."""
    row = choose.opened(path, 1)[1]
    assert row is not None
    return row


def form(kind: TargetKind) -> AppTest:
    """Open the KPI's form with the fields of a kind."""
    screen = opened("choose", kpi="1")
    screen.session_state["define_target_kind"] = kind
    return screen.run()


def test_a_year_by_own_percentages_says_what_they_make_and_then_is_kept() -> None:
    path = filled(THIS_YEAR)
    screen = form(TargetKind.YEAR_TOTAL)
    screen.text_input(key="define_target_value").set_value("120 000").run()
    assert "Last year lacks a period, so the year cannot follow it. Spread it even by days instead?" in words(screen)
    screen = press(screen, "Spread it even by days")
    assert "Together exactly 120 000 kr." in words(screen)
    screen.selectbox(key="define_target_spread").set_value(SpreadBy.TYPED).run()
    screen.text_area(key="define_target_shares").set_value("50 40").run()
    assert "The percentages make 90, not 100. Change them until they make 100." in words(screen)
    screen.text_area(key="define_target_shares").set_value("10 10 10 10 10 10 5 5 5 5 10 10").run()
    assert "Together exactly 120 000 kr." in words(screen)
    # Ten months made 60 500: the rest in two is kept after a yes
    screen = screen.checkbox(key="define_sure").check().run()
    screen = press(screen, "Save")
    assert failures(screen) == []
    row = target_of(path)
    assert (row.kind, row.spread, len(row.percentages)) == (TargetKind.YEAR_TOTAL, SpreadBy.TYPED, 12)
    assert row.value == 120_000
    again = opened("choose", kpi="1")
    assert str(again.text_area(key="define_target_shares").value).split()[:2] == ["10", "%"]
    assert failures(again) == []


def test_the_baseline_is_taken_by_a_click_and_the_typed_one_is_graded_live() -> None:
    path = filled(LAST_YEAR | THIS_YEAR)
    screen = opened("choose", kpi="1")
    screen = press(screen, "Stay where you are")
    assert str(screen.text_input(key="define_target_value").value).startswith("9")
    assert "You reached this in" in words(screen)
    screen.text_input(key="define_target_value").set_value("90 000").run()
    said = words(screen)
    assert "Unlikely: you would reach it less than 1 in 10 times as things are." in said
    # What history never came near is kept after a yes
    screen = screen.checkbox(key="define_sure").check().run()
    screen = press(screen, "Save")
    assert target_of(path).value == 90_000


def test_so_much_more_becomes_a_number_once_there_is_something_to_count_from() -> None:
    path = filled({})
    screen = form(TargetKind.CONSTANT)
    screen.text_input(key="define_target_value").set_value("+700").run()
    assert "Too little history to say: no value is known yet, and it takes 6." in words(screen)
    press(screen, "Save")
    assert target_of(path).delta == 700
    assert kpi_page.page(path, 1, NOW.date()).row.judgement.word == "No target"
    kpi_page.type_values(path, 1, {date(2026, 10, 1): "4000"}, "", NOW)
    row = kpi_page.page(path, 1, NOW.date()).row
    assert row.target is not None
    assert [bound.value for bound in row.target.bounds] == [4700]


def test_a_path_starts_from_the_baseline_by_a_click() -> None:
    path = filled(THIS_YEAR)
    screen = press(form(TargetKind.PATH), "Start from now")
    screen.text_input(key="define_target_value").set_value("+2000").run()
    assert failures(screen) == []
    press(screen, "Save")
    row = target_of(path)
    assert row.value is not None
    assert row.baseline is not None
    assert row.value - row.baseline == 2000


def test_a_suggestion_goes_into_a_step() -> None:
    path = filled(LAST_YEAR | THIS_YEAR)
    screen = press(form(TargetKind.STEPS), "Stay where you are")
    assert failures(screen) == []
    press(screen, "Save")
    (step,) = target_of(path).steps
    assert (step.start, step.value) == (NOW.date(), Fraction(9900))


def test_a_range_takes_the_usual_one() -> None:
    path = filled(THIS_YEAR, direction=Direction.RANGE.value)
    screen = press(opened("choose", kpi="1"), "The usual range")
    press(screen, "Save")
    row = target_of(path)
    assert row.low is not None
    assert row.high is not None
    assert row.low.value < 6050 < row.high.value


def test_a_correction_of_the_past_says_what_it_colours_anew_and_is_taken_back() -> None:
    path = filled(THIS_YEAR, target=9000)
    before = [line.judgement for line in kpi_page.page(path, 1, NOW.date()).lines]
    screen = opened("choose", kpi="1")
    screen.text_input(key="define_target_value").set_value("10 500").run()
    screen.checkbox(key="define_target_past").check().run()
    screen.date_input(key="define_target_since").set_value(date(2026, 9, 1)).run()
    assert "September: Close, was On target" in words(screen)
    screen.text_input(key="define_why").set_value("typed wrongly")
    screen = press(screen, "Save")
    assert failures(screen) == []
    after = kpi_page.page(path, 1, NOW.date())
    assert [line.judgement.word for line in after.lines][:3] == ["On target", "Close", "Close"]
    screen = opened("kpi", kpi="1")
    assert "a correction of the past. Why: typed wrongly" in words(screen)
    screen = press(screen, "Take back")
    assert failures(screen) == []
    assert [line.judgement for line in kpi_page.page(path, 1, NOW.date()).lines] == before


def test_another_target_for_one_period_and_an_accepted_miss_on_the_page() -> None:
    path = filled(THIS_YEAR, target=12000)
    screen = opened("kpi", kpi="1")
    screen.date_input(key="exception_day").set_value(date(2026, 10, 5))
    screen.text_input(key="exception_value").set_value("11 000")
    screen.text_input(key="exception_reason").set_value("closed for works")
    screen = press(screen, "Keep this target")
    assert failures(screen) == []
    assert "11 000 kr in October 2026 only. Why: closed for works" in words(screen)
    assert kpi_page.page(path, 1, NOW.date()).row.judgement.word == "On target"
    screen.date_input(key="accept_until").set_value(date(2026, 12, 31))
    screen.text_input(key="accept_reason").set_value("works until new year")
    screen = press(screen, "Accept it")
    assert failures(screen) == []
    assert "Accepted until 31 December: works until new year" in words(screen)
