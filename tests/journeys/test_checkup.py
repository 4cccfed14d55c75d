"""The check-up as an owner goes through it: a remedy and its way back, put aside, the line on the board."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpi_core.review import Decision
from kpi_core.service import meeting, place, reviews
from kpi_core.service.meeting import Said
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import find_kpi
from tests.journeys.browsing import go
from tests.journeys.screens import failures, on_board, opened, press, words
from tests.service.untidy import keep, typed

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kpi_core.kpi import Kpi

NOW = datetime(2026, 11, 3, 9)
SOON = date(2026, 11, 20)


def data() -> Path:
    return place.data_file(os.environ)


def orders() -> Kpi:
    with open_store(data()) as store:
        return find_kpi(store, "Orders")


@pytest.fixture
def _nobodys() -> None:
    keep(data(), typed("Orders", owner="", review_date=None), [520, 531, 540] * 5)


@pytest.mark.usefixtures("_nobodys")
def test_one_click_sets_a_day_to_look_again_and_one_takes_it_back() -> None:
    screen = opened("checkup")
    assert "No day is set on which to look again." in words(screen)
    screen = press(screen, "Look again on 2 February 2027")
    assert failures(screen) == []
    assert "Orders is looked at again on 2 February 2027." in words(screen)
    assert "No day is set on which to look again." not in words(screen)
    assert orders().review_date == date(2027, 2, 2)
    screen = press(screen, "Undo")
    assert "Taken back." in words(screen)
    assert "No day is set on which to look again." in words(screen)
    assert orders().review_date is None


@pytest.mark.usefixtures("_nobodys")
def test_a_remedy_that_needs_words_asks_for_them_in_place_and_says_what_will_not_do() -> None:
    screen = opened("checkup")
    screen.text_input(key="said_O1:1-0").set_value("the team")
    screen = press(screen, "Name its owner")
    assert "A group owns nothing." in words(screen)
    assert orders().owner == ""
    screen.text_input(key="said_O1:1-0").set_value("Kim")
    screen = press(screen, "Name its owner")
    assert failures(screen) == []
    assert "Kim owns Orders now." in words(screen)
    assert orders().owner == "Kim"


@pytest.mark.usefixtures("_nobodys")
def test_a_finding_is_put_aside_with_a_reason_stays_in_sight_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = opened("checkup")
    screen.date_input(key="aside_until_O1:1").set_value(SOON)
    screen.text_input(key="aside_why_O1:1").set_value("the new manager comes in December")
    button = next(each for each in screen.main.button if each.label == "Put aside" and "O1:1" in each.form_id)
    screen = button.click().run()
    assert failures(screen) == []
    assert "Put aside until 20 November 2026: Orders." in words(screen)
    assert "Until 20 November 2026: the new manager comes in December" in words(screen)
    assert "Nobody owns it." not in on_board(opened())
    monkeypatch.setenv("SIGNALBOX_TODAY", datetime(2026, 11, 21, 9).isoformat())
    assert "Orders: Nobody owns it." in on_board(opened())
    monkeypatch.setenv("SIGNALBOX_TODAY", datetime(2026, 11, 20, 9).isoformat())
    screen = press(opened("checkup"), "Bring it back")
    assert "Brought back: Orders." in words(screen)
    assert "Nobody owns it." in words(screen)


@pytest.mark.usefixtures("_nobodys")
def test_the_target_form_opens_filled_with_the_target_that_history_supports() -> None:
    screen = opened("checkup")
    offered = next(each for each in screen.main.button if each.label.startswith("Use a"))
    number = offered.label.partition(": ")[2].partition(",")[0]
    screen = offered.click().run()
    assert failures(screen) == []
    filled = [each.value for each in screen.text_input if "target" in (each.key or "")]
    assert number in filled


def test_a_tidy_board_says_what_was_looked_at() -> None:
    from kpi_core.kpi import LeadLag, Perspective  # noqa: PLC0415 -- only here

    for n in range(3):
        kpi = typed(
            f"Number {n}",
            lead_lag=list(LeadLag)[n % 2],
            perspective=list(Perspective)[n],
            review_date=date(2026, 11, 3) + timedelta(days=30),
        )
        keep(data(), kpi, [480 + n, 510 - n, 490])
    review = reviews.start(data(), "", NOW)
    for item in review.agenda:
        meeting.decide(data(), review.id, item.kpi_id, Said("", Decision.KEEP), NOW)
    said = words(opened("checkup"))
    assert "Nothing to tidy up" in said
    assert "Looked at: 3 KPIs on the board and 0 health metrics beside them, by 16 rules." in said


@pytest.mark.browser
@pytest.mark.usefixtures("_nobodys")
def test_in_the_browser_a_name_is_given_and_taken_back(page: Page) -> None:
    go(page, "checkup")
    page.get_by_role("button", name="Name its owner").click()
    page.get_by_label("Who owns it?").fill("Kim")
    page.get_by_label("Who owns it?").press("Enter")
    page.get_by_text("Kim owns Orders now.").wait_for()
    assert page.get_by_text("Nobody owns it.").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Nobody owns it.").wait_for()
    assert orders().owner == ""


@pytest.mark.browser
@pytest.mark.usefixtures("_nobodys")
def test_in_the_browser_the_line_on_the_board_leads_to_the_check_up_by_keyboard_and_is_printed(page: Page) -> None:
    go(page)
    way = page.get_by_role("button", name="Check-up: what is untidy about the KPIs")
    way.wait_for()
    line = page.get_by_text("Orders: Nobody owns it.")
    page.emulate_media(media="print")
    assert line.is_visible()
    assert not way.is_visible()
    page.emulate_media(media="screen")
    way.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check-up", exact=True).wait_for()
    assert "checkup" in page.url
