"""The four questions on a KPI's page, and what the owner can do from there: why, a new usual range, notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kpi_core.board.surprise import HEADING
from kpi_core.kpi import AlertWhen, Baseline, Rebase
from kpi_core.service import kpi_page, sample
from tests.ui.markup import elements
from tests.ui.running_app import NOW, RunningApp
from tests.ui.test_kpi_layers import DROP, STABLE, filled
from ui.kpi_answers_html import on_target_html

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.service.kpi_page import KpiPage


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


def page(app: RunningApp, kpi_id: int) -> KpiPage:
    return kpi_page.page(app.data_file, kpi_id, NOW.date())


def kpi(app: RunningApp, kpi_id: int) -> Kpi:
    return page(app, kpi_id).kpi


def opened(app: RunningApp, kpi_id: int) -> None:
    """Open the page with "Why?" open."""
    app.go("kpi", kpi=str(kpi_id))
    app.press("Why?")


def test_the_four_questions_have_their_answers_on_top(app: RunningApp) -> None:
    app.go("kpi", kpi=str(filled(app, DROP)))
    shown = app.html()
    assert "A real drop" in shown
    assert "Since March: eight months below the usual level." in shown
    assert "To reach 100 in February 2027 at this pace" in shown
    assert "Nothing is written down yet" in shown
    asked = ("On target?", "Really changing?", "Will we get there?", "What are we doing about it?")
    places = [shown.index(question) for question in asked]
    assert places == sorted(places)


def test_a_new_usual_range_is_proposed_takes_a_reason_and_is_taken_back(app: RunningApp) -> None:
    kpi_id = filled(app, DROP)
    app.go("kpi", kpi=str(kpi_id))
    app.press("Start anew in March")
    assert "What is different at Orders?" in app.html()
    app.test.text_input(key=f"rebase_why_{kpi_id}_True").set_value("Second shop")
    app.press("Start anew in March")
    assert kpi(app, kpi_id).rebases == (Rebase(date(2026, 3, 1), "Second shop"),)
    assert "Routine variation" in app.html()
    app.press("Why?")
    app.press("Take back")
    assert kpi(app, kpi_id).rebases == ()
    assert "A real drop" in app.html()


def test_why_is_worked_out_when_it_is_opened(app: RunningApp) -> None:
    kpi_id = filled(app, DROP)
    app.go("kpi", kpi=str(kpi_id))
    assert "Usual range" not in app.html()
    app.press("Why?")
    assert "Usual range" in app.html()
    assert any("eight coins" in text.value for text in app.test.text)


def test_a_day_since_when_things_are_different_can_be_named_without_a_proposal(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    opened(app, kpi_id)
    app.test.date_input(key=f"rebase_day_{kpi_id}_False").set_value(date(2026, 5, 9))
    app.test.text_input(key=f"rebase_why_{kpi_id}_False").set_value("New prices")
    app.press("Start the usual range anew")
    assert kpi(app, kpi_id).rebases == (Rebase(date(2026, 5, 1), "New prices"),)
    assert [line.sentence for line in page(app, kpi_id).change.notes] == ["1 May: new usual range, New prices"]


def test_the_owner_chooses_what_makes_the_limits_and_goes_back(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    opened(app, kpi_id)
    app.test.radio(key=f"baseline_how_{kpi_id}").set_value("the days that I choose")
    app.test.date_input(key=f"baseline_from_{kpi_id}").set_value(date(2025, 1, 1))
    app.test.date_input(key=f"baseline_until_{kpi_id}").set_value(date(2025, 12, 31))
    app.press("Keep these limits")
    assert kpi(app, kpi_id).baseline == Baseline(date(2025, 12, 31), date(2025, 1, 1))
    app.test.radio(key=f"baseline_how_{kpi_id}").set_value("the first 24 since the usual range began")
    app.press("Keep these limits")
    assert kpi(app, kpi_id).baseline is None


def test_limits_without_their_last_day_are_asked_for_it(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    opened(app, kpi_id)
    app.test.radio(key=f"baseline_how_{kpi_id}").set_value("the days that I choose")
    app.press("Keep these limits")
    refused = "No day is chosen until which the limits are made."
    assert any(refused in each.proto.body for each in app.test.get("html"))
    assert kpi(app, kpi_id).baseline is None


def test_the_owner_chooses_what_to_be_told_of(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    opened(app, kpi_id)
    app.test.radio(key=f"alert_{kpi_id}_when").set_value(AlertWhen.ANY)
    app.press("Keep this choice")
    assert kpi(app, kpi_id).alert is AlertWhen.ANY


def test_a_note_is_kept_with_its_day_and_taken_away(app: RunningApp) -> None:
    kpi_id = filled(app, STABLE)
    app.go("kpi", kpi=str(kpi_id))
    app.test.text_input(key="note_text").set_value("Free  shipping")
    app.test.date_input(key="note_day").set_value(date(2026, 9, 1))
    app.press("Keep this note")
    assert "1 September: Free shipping" in [text.value for text in app.test.text]
    assert page(app, kpi_id).changes[0].did == "Note of 1 September 2026: Free shipping."
    app.press("Take away")
    assert page(app, kpi_id).change.notes == ()
    assert page(app, kpi_id).changes[0].did == "Note of 1 September 2026: Free shipping; taken back."


def test_the_first_answer_says_where_the_running_month_ends(app: RunningApp) -> None:
    sample.load(app.data_file, NOW)
    row = kpi_page.page(app.data_file, 1, date(2026, 11, 21)).row
    assert row.running is not None
    assert row.running.estimate_sentence.startswith("At this pace November ends at about ")
    assert row.running.estimate_sentence in [each.text for each in elements(on_target_html(row))]


def test_a_number_with_seasons_is_explained_by_its_surprises_and_never_by_its_steps(app: RunningApp) -> None:
    sample.load(app.data_file, NOW)
    opened(app, 1)
    shown = app.html()
    assert HEADING in shown
    assert "Steps from one period to the next" not in shown
    assert "Largest step that is still routine" not in shown
    assert "Still routine there" in shown
    (said,) = [each.proto.alt for each in app.test.get("plotly_chart") if HEADING in each.proto.alt]
    assert "Beyond what is routine: May 2026." in said


def test_a_number_judged_by_its_steps_keeps_their_chart(app: RunningApp) -> None:
    opened(app, filled(app, DROP))
    shown = app.html()
    assert "Steps from one period to the next" in shown
    assert HEADING not in shown
