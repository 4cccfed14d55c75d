"""An owner closes and reopens a month, takes a change back, brings a backup back and undoes it, removes a person."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpi_core.service import backups, keeping, kpi_page, months, notes, people, place
from kpi_core.service.people import NOBODY
from kpi_core.store.erase import is_in_bytes
from tests.journeys.browsing import go, settle
from tests.journeys.screens import failures, opened, press, words

NOW = datetime(2026, 11, 3, 9, 0)
SEPTEMBER = date(2026, 9, 1)
FIRST_ROW = 50
"""Pixels below the top of a grid at which its first row is; its head is above."""
NAME = "Åsa Exempel"


def data_file() -> Path:
    return place.data_file(os.environ)


def share() -> int:
    """Give the number of the sample's typed KPI."""
    return kpi_page.number_of(data_file(), "Out-of-stock share")


def typed() -> object:
    with closing(sqlite3.connect(data_file())) as conn:
        return conn.execute("SELECT value FROM typed_values WHERE period = '2026-09-01'").fetchone()


@pytest.mark.usefixtures("sample_shop")
def test_a_month_is_closed_refuses_and_is_reopened_with_a_reason() -> None:
    screen = opened("settings")
    month = screen.selectbox(key="close_which")
    september = next(at for at, name in enumerate(month.options) if name == "September 2026")
    month.set_value(month.options[september])
    screen = press(screen, "Close this month")
    assert failures(screen) == []
    assert "Closed: September 2026." in words(screen)
    with pytest.raises(Exception, match="September 2026 is closed"):
        kpi_page.type_values(data_file(), share(), {SEPTEMBER: "1"}, "", NOW)
    screen = press(opened("settings"), "Reopen this month")
    assert "Why is September 2026 reopened?" in words(screen)
    screen.text_input(key="reopen_why").set_value("a late delivery note")
    screen = press(screen, "Reopen this month")
    assert "No month is closed." in words(screen)
    log = words(opened("changes"))
    assert "Reopened." in log
    assert "a late delivery note" in log


@pytest.mark.usefixtures("sample_shop")
def test_a_change_is_taken_back_from_the_log() -> None:
    before = typed()
    kpi_page.type_values(data_file(), share(), {SEPTEMBER: "9.9"}, "", NOW)
    assert typed() != before
    screen = opened("changes")
    screen.session_state["log_lines"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    screen = screen.run()
    screen = press(screen, "Take this change back")
    assert failures(screen) == []
    assert typed() == before


@pytest.mark.usefixtures("sample_shop")
def test_a_backup_is_looked_into_brought_back_and_that_undone() -> None:
    opened("safety")
    before = typed()
    kpi_page.type_values(data_file(), share(), {SEPTEMBER: "9.9"}, "", NOW)
    later = typed()
    screen = opened("safety")
    assert "Pick a backup to see what it holds." in words(screen)
    (made,) = backups.listed(data_file())
    screen.session_state[f"backups_{made.name}"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    screen = screen.run()
    assert "It holds nothing but the sample shop" in words(screen)
    assert "Newest period with a value: from" in words(screen)
    screen = screen.button(key="bring_back").click().run()
    assert failures(screen) == []
    assert typed() == before
    assert "A backup was brought back." in words(screen)
    assert "Pick a backup to see what it holds." in words(screen), "the rows moved: another one must not stand picked"
    screen = press(screen, "Undo")
    assert typed() == later
    assert all(each.ok for each in keeping.check(data_file(), NOW.date()))


@pytest.mark.usefixtures("sample_shop")
def test_a_person_is_looked_for_confirmed_and_removed() -> None:
    notes.add_note(data_file(), share(), SEPTEMBER, f"{NAME} counted", NOW)
    people.switch(data_file(), NAME)
    screen = opened("safety")
    screen.text_area(key="person_texts").set_value(NAME)
    screen = screen.run()
    assert "once in names of who writes." in words(screen)
    screen = press(screen, "Remove this person")
    assert "Nothing was removed: it is not confirmed." in words(screen)
    screen.text_input(key="person_confirm").set_value("remove for good")
    screen = press(screen, "Remove this person")
    assert failures(screen) == []
    assert "no byte of it is left there" in words(screen)
    assert NAME not in words(screen)
    assert not any(is_in_bytes(path.read_bytes(), [NAME]) for path in data_file().parent.rglob("*.db*"))


@pytest.mark.usefixtures("sample_shop")
def test_the_name_is_asked_once_something_was_changed() -> None:
    assert "Who writes" not in words_of_sidebar()
    kpi_page.type_values(data_file(), share(), {SEPTEMBER: "9.9"}, "", NOW)
    assert "Who writes here?" in words_of_sidebar()
    people.switch(data_file(), "shop manager")
    assert "Who writes: shop manager" in words_of_sidebar()


def words_of_sidebar() -> str:
    """Give the labels of the links at the foot of the menu."""
    return " ".join(each.proto.label for each in opened().sidebar.get("page_link")).replace("\\", "")


@pytest.mark.usefixtures("sample_shop")
def test_a_note_is_changed_taken_away_and_brought_back() -> None:
    screen = opened("notes")
    screen.text_input(key="new_note_text").set_value("Moved house")
    screen = press(screen, "Keep this note")
    assert "on every KPI: Moved house" in words(screen)
    screen = press(screen, "Take away")
    assert "Taken away: " in words(screen)
    assert "on every KPI: Moved house" not in words(screen)
    screen = press(screen, "Undo")
    assert "on every KPI: Moved house" in words(screen)
    assert failures(screen) == []


def test_a_damaged_data_file_still_leads_to_its_backups() -> None:
    data_file().parent.mkdir(parents=True, exist_ok=True)
    data_file().write_bytes(b"this is no data file" * 500)
    screen = opened("safety")
    assert failures(screen) == []
    assert "Bring another backup back, such as a downloaded one" in words(screen) or screen.get("file_uploader")
    assert "is damaged" in words(screen)


@pytest.mark.usefixtures("sample_shop")
def test_typed_values_are_said_to_those_who_cannot_see_the_chart() -> None:
    screen = opened("kpi", kpi=str(share()))
    chart = screen.get("plotly_chart")[0]
    said = str(getattr(chart, "proto"))  # noqa: B009 -- untyped
    assert "Typed values: September 2026, August 2026, July 2026," in said


@pytest.mark.usefixtures("sample_shop")
def test_the_name_is_asked_where_it_is_seen_in_the_review_and_in_the_settings() -> None:
    screen = opened("review")
    asked = next(each for each in screen.main.selectbox if each.label == "Who writes")
    assert asked.value is None
    people.switch(data_file(), "shop manager")
    assert "Who writes" not in [each.label for each in opened("review").main.selectbox]
    screen = opened("settings")
    field = next(each for each in screen.main.selectbox if each.label == "Who writes")
    assert field.value == "shop manager"
    screen = field.select(NOBODY).run()
    assert failures(screen) == []
    assert people.writers(data_file()).present == ""


@pytest.mark.browser
@pytest.mark.usefixtures("sample_shop")
def test_the_menu_goes_by_how_often_a_page_is_needed(page: Page) -> None:
    go(page)
    menu = page.get_by_test_id("stSidebarNav")
    names = ("Board", "Actions", "Add data", "Review", "Check-up", "Report", "Choose KPIs", "Catalogue", "Objectives")
    expect(menu.get_by_role("link")).to_have_text([re.compile(f"{name}$") for name in (*names, "Sources", "Settings")])


@pytest.mark.usefixtures("sample_shop")
def test_the_history_marks_a_closed_month_and_does_not_let_its_value_be_typed_over() -> None:
    months.close(data_file(), "2026-09", NOW)
    screen = opened("kpi", kpi=str(share()))
    (history,) = (each.value for each in screen.main.dataframe if "From" in each.value.columns)
    marked = {period: made for period, made in zip(history["Period"], history["From"], strict=True) if "closed" in made}
    assert marked == {"September": "typed · \N{LOCK} closed"}
    (typing,) = (each.value for each in screen.main.dataframe if list(each.value.columns) == ["Period", "Value"])
    assert "September" not in set(typing["Period"])
    assert "\N{LOCK} closed: September 5.9%" in words(screen)
    assert failures(screen) == []


@pytest.mark.browser
@pytest.mark.usefixtures("sample_shop")
def test_in_the_browser_a_closed_month_of_the_history_leads_to_where_it_is_reopened(page: Page) -> None:
    months.close(data_file(), "2026-09", NOW)
    go(page, f"kpi?kpi={share()}")
    history = page.locator(".st-key-panel_history").get_by_test_id("stDataFrame")
    history.scroll_into_view_if_needed()
    settle(page)
    history.click(position={"x": 15, "y": FIRST_ROW})
    page.get_by_text("September 2026 is closed: the value stands until that is reopened with a reason.").wait_for()
    assert page.get_by_label("Type a value").count() == 0
    page.get_by_test_id("stMain").get_by_role("link", name="Closed months").click()
    page.get_by_role("heading", name="Settings", level=1).wait_for()
