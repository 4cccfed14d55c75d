"""The meeting from the agenda to the record, and a second review that opens with the actions of the first."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import Acceptance
from kpi_core.review import Action, Topic
from kpi_core.service import actions, kpi_page, place, reviews, sample
from tests.journeys.browsing import expect, go, settle, write
from tests.journeys.browsing import press as press_on
from tests.journeys.conftest import NOW
from tests.journeys.screens import failures, opened, press, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.usefixtures("sample_shop")


def begun() -> None:
    """Begin a review of the sample shop as the page does."""
    screen = opened("review")
    assert "Agenda of today" in words(screen)
    screen.text_input(key="review_people").set_value("owner, buyer")
    press(screen, "Start the review")


def agenda() -> list[int]:
    """Give the numbers of the KPIs on the agenda of the review that goes on."""
    found = reviews.home(place.data_file(os.environ), NOW.date())
    assert found.running is not None
    return [each.kpi_id for each in found.agenda]


def test_a_meeting_from_agenda_to_record() -> None:
    data = place.data_file(os.environ)
    begun()
    first, *others = agenda()
    screen = opened("review", at="0")
    shown = words(screen)
    for said in (f"1 of {len(others) + 1}", "Really changing?", "Will we get there?", "What are we doing about it?"):
        assert said in shown
    screen.text_area[0].set_value("The price rise")
    screen.radio[0].set_value("accept until").run()
    screen = press(screen, "Next")
    assert "Until when is the miss accepted?" in words(screen)
    assert screen.text_area[0].value == "The price rise"
    screen.date_input(key=f"review_1_{first}_until").set_value(date(2026, 12, 31)).run()
    screen = press(screen, "Next")
    assert failures(screen) == []
    assert kpi_page.page(data, first, NOW.date()).kpi.accepted == Acceptance(date(2026, 12, 31), "The price rise")

    screen = opened("review", at="1")
    kpi = others[0]
    screen.text_input(key=f"review_1_{kpi}_action_0_what").set_value("Ask the supplier")
    screen.text_input(key=f"review_1_{kpi}_action_0_who").set_value("buyer")
    screen.run()
    screen = press(screen, "Add the action")
    assert "By when: Ask the supplier?" in words(screen)
    assert screen.text_input(key=f"review_1_{kpi}_action_0_what").value == "Ask the supplier"
    screen.date_input(key=f"review_1_{kpi}_action_0_due").set_value(date(2026, 11, 20)).run()
    screen = press(screen, "Add the action")
    assert "Ask the supplier (buyer), due 20 November" in words(screen)

    screen = opened("review", at="99")
    assert "Nothing is decided about" in words(screen)
    screen = press(screen, "Finish the review")
    assert failures(screen) == []
    record = words(opened("review", record="1"))
    for said in ("Review of 3 November 2026", "owner, buyer", "Accept the miss until 31 December", "Ask the supplier"):
        assert said in record


def test_a_meeting_is_interrupted_and_gone_on_with() -> None:
    begun()
    screen = opened("review", at="0")
    screen.radio[0].set_value("keep").run()
    press(screen, "Keep the decision")
    again = opened("review")
    assert f"1 of {len(agenda())} decided" in words(again)
    again = press(again, "Go on")
    assert failures(again) == []
    assert "2 of 6" in words(again)
    assert "Keep it as it is" in words(opened("review", at="0"))


def test_what_is_typed_and_not_decided_is_there_after_a_look_at_another_page() -> None:
    begun()
    screen = opened("review", at="0")
    screen.text_area[0].set_value("The price rise").run()
    screen.switch_page("pages/actions.py").run()
    screen.query_params["at"] = "0"
    screen.switch_page("pages/review.py").run()
    assert screen.text_area[0].value == "The price rise"


def test_a_decision_is_taken_back_where_it_was_made() -> None:
    data = place.data_file(os.environ)
    begun()
    screen = opened("review", at="0")
    kpi = agenda()[0]
    screen.text_area[0].set_value("Nobody looks at it")
    screen.radio[0].set_value("retire").run()
    screen = press(screen, "Keep the decision")
    assert kpi_page.page(data, kpi, NOW.date()).kpi.retired_reason == "Nobody looks at it"
    screen = press(screen, "Take it back")
    assert kpi_page.page(data, kpi, NOW.date()).kpi.retired_reason == ""
    assert screen.text_area[0].value == "Nobody looks at it"


def test_the_next_review_opens_with_the_actions_of_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    data = place.data_file(os.environ)
    begun()
    kpi = agenda()[-1]
    actions.add(data, Action(kpi, "Ask the supplier", "buyer", date(2026, 11, 20), NOW.date(), 1), NOW)
    press(opened("review", at="99"), "Finish the review")
    later = datetime(2027, 1, 5, 9)
    monkeypatch.setenv("SIGNALBOX_TODAY", later.isoformat())
    shown = words(opened("review"))
    assert "The review is 5 days overdue. The last one was on 3 November 2026." in shown
    assert "Last time's actions" in shown
    press(opened("review"), "Start the review")
    assert "Ask the supplier" in words(opened("review", at="0"))
    assert agenda_of(later)[0] == kpi
    screen = opened("actions")
    assert "Overdue" in words(screen)
    screen.text_input(key="result_1").set_value("they deliver again").run()
    screen = press(screen, "Keep it as done")
    assert "done 5 January: they deliver again" in words(screen)
    screen = press(screen, "Undo")
    assert "46 days overdue" in words(screen)


def agenda_of(now: datetime) -> list[int]:
    """Give the numbers of the KPIs on the agenda at a moment."""
    return [each.kpi_id for each in reviews.home(place.data_file(os.environ), now.date()).agenda]


def test_the_next_date_is_kept_and_a_wrong_time_is_said() -> None:
    screen = opened("review")
    screen.text_input(key="plan_time").set_value("noon").run()
    screen = press(screen, "Keep this date")
    assert '"noon" is no time of day.' in words(screen)
    assert screen.text_input(key="plan_time").value == "noon"
    screen.text_input(key="plan_time").set_value("14:30").run()
    screen = press(screen, "Keep this date")
    assert "1 December at 14:30, 30 minutes" in words(screen)
    assert "Put it in my calendar (.ics)" in words(screen)


@pytest.mark.parametrize("address", [{"record": "9"}, {"record": "x"}, {"at": "1"}])
def test_an_address_of_no_review_says_so(address: dict[str, str]) -> None:
    assert failures(opened("review", **address)) == []


@pytest.mark.browser
def test_a_meeting_runs_by_the_keyboard_and_its_record_prints_alone(page: Page) -> None:
    go(page, "review")
    write(page, "Who takes part?", "owner, buyer")
    press_on(page, "Start the review")
    page.get_by_text("1 of 6").wait_for()
    cause = page.get_by_role("textbox", name="Cause: what made it so?")
    cause.press_sequentially("No banner, nobody came back")
    assert page.get_by_text("1 of 6").is_visible()
    cause.press("Tab")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    settle(page)
    for key, where in (("n", "2 of 6"), ("n", "3 of 6"), ("b", "2 of 6"), ("b", "1 of 6")):
        page.keyboard.press(key)
        page.get_by_text(where).wait_for()
        settle(page)
    assert page.get_by_role("textbox", name="Cause: what made it so?").input_value() == "No banner, nobody came back"
    page.reload()
    page.get_by_text("1 of 6").wait_for()
    expect(page.get_by_role("textbox", name="Cause: what made it so?")).to_have_value("No banner, nobody came back")
    go(page, "review?at=6")
    press_on(page, "Finish the review")
    page.get_by_role("heading", name="Review of 3 November 2026").wait_for()
    assert page.get_by_text("No banner, nobody came back").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert not page.get_by_role("button", name="Add it with today's date").is_visible()
    mark = page.locator(".sb-record .sb-mark:not(.ring)").first
    assert mark.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")
    page.get_by_role("link", name="All reviews").click()
    page.get_by_text("0 decisions, 0 new actions").wait_for()


@pytest.mark.browser
def test_the_meeting_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "review")
    press_on(page, "Start the review")
    page.get_by_text("1 of 6").wait_for()
    settle(page)
    wide = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert wide <= 390
    value = page.locator(".sb-meeting .value b")
    assert float(value.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")) >= 40


def test_a_window_left_in_a_meeting_that_was_finished_elsewhere_says_so() -> None:
    data = place.data_file(os.environ)
    begun()
    assert reviews.GOES_ON_NOWHERE not in words(opened("review", at="1"))
    running = reviews.home(data, NOW.date()).running
    assert running is not None
    reviews.finish(data, running.id, NOW)
    assert reviews.GOES_ON_NOWHERE in words(opened("review", at="1"))
    assert reviews.GOES_ON_NOWHERE not in words(opened("review"))


def test_a_meeting_of_nothing_but_the_sample_goes_with_it() -> None:
    begun()
    sample.remove(place.data_file(os.environ))
    screen = opened("review", at="0")
    assert "No review goes on" in words(screen)
    assert failures(screen) == []
    assert reviews.home(place.data_file(os.environ), NOW.date()).running is None


def test_to_go_on_decides_nothing_about_a_kpi_that_is_not_on_target() -> None:
    begun()
    listed = reviews.home(place.data_file(os.environ), NOW.date()).agenda
    (close,) = (at for at, each in enumerate(listed) if each.topic is Topic.REST)
    screen = opened("review", at=str(close))
    assert screen.radio[0].value is None
    press(screen, "To the end" if close + 1 == len(listed) else "Next")
    assert f"0 of {len(listed)} decided" in words(opened("review"))
