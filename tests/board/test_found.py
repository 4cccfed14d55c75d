"""Finding cards by everyday words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_core.board import found
from kpi_core.kpi import Kpi
from tests.board.test_build import kpi


def made(number: int, name: str, owner: str = "", goal: str = "", key: str | None = None) -> Kpi:
    return replace(kpi(name, goal=goal), id=number, owner=owner, catalogue_key=key)


KPIS = (
    made(1, "Monthly revenue", "shop manager", "Bring in more money", "revenue"),
    made(2, "Average order value", "shop manager", "Bring in more money", "aov"),
    made(3, "Café guests", "Zoë", "Make customers happier"),
    made(4, "Доля клиентов", "web lead", "Make customers happier"),
    made(5, "Answer time", "Zoë", "Make customers happier", "first_response_time"),
    made(6, "Share of returns, %", "shop manager", "Bring in more money"),
)
EVERY = {each.id for each in KPIS}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", EVERY),
        ("   ", EVERY),
        ("rev", {1}),
        ("REVENUE monthly", {1}),
        ("order manager", {2}),
        ("manager", {1, 2, 6}),
        ("cafe", {3}),
        ("zoe", {3, 5}),
        ("happier customer", {3, 4, 5}),
        ("доля", {4}),
        ("the revenue", {1}),
        ("average basket", {2}),
        ("basket", {2}),
        ("evenue", set()),
        ("qwertz", set()),
        ("late replies", {5}),
        ("late answers", {5}),
        ("%", {6}),
        ("returns %", {6}),
        ("*", set()),
        ("<b>", set()),
        ("<b>revenue</b>", set()),
        ("revenue - monthly", {1}),
        ("...", set()),
        ("\\", set()),
        ("(", set()),
        ("🙂", set()),
        ("x" * 5000, set()),
    ],
)
def test_every_word_begins_a_word_of_the_card_or_is_what_people_call_it(text: str, numbers: set[int]) -> None:
    assert found(KPIS, text) == numbers
