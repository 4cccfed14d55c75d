"""The KPI of the catalogue that a sentence means: none rather than a wrong one."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_core.catalogue import by_key, catalogue
from kpi_core.goal_sentence import parse
from kpi_core.goal_sentence.lexicon import everyday
from kpi_core.goal_sentence.match import catalogue_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hold debtor days between 30 and 35", "dso"),
        ("mrr 18k -> 25k", "mrr"),
        ("food cost under 30%", "food_cost"),
        ("close rate 1 in 4", "win_rate"),
        ("no shows below 4%", "no_show_rate"),
        ("gp 62% min", "gross_margin"),
        ("stock turns 4x -> 6x", "inventory_turnover"),
        ("ig followers 2k to 5k", "social_followers"),
        ("Lower staff turnover rate to 12%", "employee_turnover"),
        ("customer retention rate to 80%", "retention_rate"),
        ("wages under 32% of sales", "labour_cost"),
        ("Improve the current ratio from 1.1 to 1.6", "current_ratio"),
    ],
)
def test_everyday_words_find_their_kpi(text: str, key: str) -> None:
    assert parse(text, date(2026, 11, 21))["catalogue"] == key


@pytest.mark.parametrize(
    "text",
    [
        "double weddings booked",
        "wages 4,000 a month",  # the KPI is a share of sales
        "scrap rate to 3%",
        "less waste",  # of food, of steel, of time?
        "better candidates",
        "make customers safer",
        "raise day rate from 320 to 380",
        "Open a second branch",
        "fill 80% of chairs",
    ],
)
def test_no_good_match_is_no_match(text: str) -> None:
    assert parse(text, date(2026, 11, 21))["catalogue"] is None


def test_every_kpi_is_found_by_its_own_name() -> None:
    assert {entry.key: catalogue_key(entry.name, None) for entry in catalogue()} == {
        entry.key: entry.key for entry in catalogue()
    }


def test_every_everyday_word_leads_to_a_kpi_that_exists() -> None:
    assert [name for name, key in everyday().items() if by_key(key) is None] == []
