"""Every page, empty and full, and every click that needs no browser."""

from __future__ import annotations

import os
import re

import pytest

from kpi_core.service import keeping, place
from tests.journeys.screens import ask, cards, failures, heading, opened, press, words

PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("board", {}),
    ("add_data", {}),
    ("fill_in", {}),
    ("choose", {}),
    ("choose", {"kpi": "new"}),
    ("goals", {}),
    ("sources", {}),
    ("catalogue", {}),
    ("catalogue", {"key": "aov"}),
    ("objectives", {}),
    ("objectives", {"objective": "new"}),
    ("checkup", {}),
    ("report", {}),
    ("settings", {}),
    ("review", {}),
    ("actions", {}),
    ("guide", {}),
    ("changes", {}),
    ("notes", {}),
    ("safety", {}),
)
NAMES = [" ".join((page, *query)) for page, query in PAGES]
A_BARE_NONE = re.compile(r"\bNone\b(?! yet)")


@pytest.mark.parametrize(("page", "query"), PAGES, ids=NAMES)
def test_every_page_of_an_empty_data_file_says_what_it_will_hold(page: str, query: dict[str, str]) -> None:
    screen = opened(page, **query)
    assert failures(screen) == []
    assert not A_BARE_NONE.search(words(screen))
    assert screen.title[0].value


@pytest.mark.usefixtures("sample_shop")
@pytest.mark.parametrize(("page", "query"), PAGES, ids=NAMES)
def test_every_page_of_the_sample_shop_shows_it(page: str, query: dict[str, str]) -> None:
    screen = opened(page, **query)
    assert failures(screen) == []
    assert not A_BARE_NONE.search(words(screen))


@pytest.mark.usefixtures("sample_shop")
@pytest.mark.parametrize("kpi", range(1, 10))
def test_every_kpi_has_its_page_and_its_form(kpi: int) -> None:
    for page in ("kpi", "choose"):
        screen = opened(page, kpi=str(kpi))
        assert failures(screen) == []
        assert not A_BARE_NONE.search(words(screen))


@pytest.mark.usefixtures("sample_shop")
def test_the_board_is_filtered_by_owner_goal_and_status() -> None:
    screen = opened()
    everything = cards(screen)
    assert len(everything) == 9
    assert cards(ask(screen, owner="shop manager")) == ["Monthly revenue", "Average order value"]
    happier = ["First reply time", "Net Promoter Score", "Cart abandonment"]
    assert cards(ask(screen, goal="Make customers happier")) == happier
    assert cards(ask(screen, status="On target")) == ["Conversion rate"]
    assert cards(ask(screen)) == everything
    assert failures(screen) == []


@pytest.mark.usefixtures("sample_shop")
def test_the_board_of_a_past_day_shows_the_month_before_it() -> None:
    screen = opened()
    assert heading(screen) == "as of 3 November 2026 · last complete month: October"
    assert heading(ask(screen, as_of="2026-08-20")) == "as of 20 August 2026 · last complete month: July"
    assert failures(screen) == []


@pytest.mark.usefixtures("sample_shop")
def test_filters_survive_a_look_at_another_page() -> None:
    screen = ask(opened(), owner="buyer")
    screen = screen.switch_page("pages/settings.py").run().switch_page("pages/board.py").run()
    assert cards(screen) == ["Out-of-stock share"]


def test_settings_are_kept_and_logged() -> None:
    screen = opened("settings")
    named = {field.label: field for field in [*screen.text_input, *screen.selectbox, *screen.number_input]}
    named["Name"].set_value("Corner shop")
    named["Currency"].set_value("SEK")
    named["Numbers are written"].set_value("sv_SE")
    named["The fiscal year starts in"].set_value("July")
    screen = press(screen, "Keep the settings")
    assert failures(screen) == []
    kept = keeping.settings(place.data_file(os.environ))
    assert (kept.name, kept.currency, kept.locale, kept.fiscal_month) == ("Corner shop", "SEK", "sv_SE", 7)
    assert "business: Settings" in words(opened("changes"))


def test_the_sample_shop_comes_by_one_click_and_goes_by_one() -> None:
    screen = press(opened(), "Try it with a sample shop")
    assert failures(screen) == []
    assert len(cards(screen)) == 9
    screen = press(opened("settings"), "Remove the sample shop")
    assert failures(screen) == []
    assert "No KPIs yet" in words(opened())


@pytest.mark.usefixtures("sample_shop")
def test_the_data_file_is_checked_and_backed_up() -> None:
    screen = press(opened("safety"), "Check the data file")
    assert [each.value for each in screen.error] == []
    assert screen.success
    assert failures(screen) == []
    assert "Download a backup" in words(screen)


@pytest.mark.parametrize("kpi", ["99", "0", "-1", "abc", ""])
def test_an_address_of_no_kpi_says_so_and_leads_back(kpi: str) -> None:
    screen = opened("kpi", kpi=kpi)
    assert failures(screen) == []
    assert "Board" in words(screen)
    screen = opened("choose", kpi=kpi)
    assert failures(screen) == []
