"""The order of cards, by examples."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpi_core.board import BoardRow, Sort, ordered
from kpi_core.kpi import Direction
from tests.board.test_build import card, history, kpi


def row(name: str, bound: str | None, value: str, direction: Direction = Direction.UP) -> BoardRow:
    return card(history(kpi(name, direction=direction), bound, value))


ROWS = (
    row("Deliveries", ">=100", "120"),
    row("apples", ">=100", "96"),
    row("Bread", ">=100", "50"),
    row("Complaints", "<=0", "3", Direction.DOWN),
    row("Extras", None, "7"),
    row("Faults", ">=100", "101"),
    row("Glass", ">=100", "80"),
)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (Sort.OWN, ["Deliveries", "apples", "Bread", "Complaints", "Extras", "Faults", "Glass"]),
        (Sort.NAME, ["apples", "Bread", "Complaints", "Deliveries", "Extras", "Faults", "Glass"]),
        (Sort.WORST, ["Complaints", "Bread", "Glass", "apples", "Faults", "Deliveries", "Extras"]),
        (Sort.GAP, ["Complaints", "Bread", "Glass", "apples", "Faults", "Deliveries", "Extras"]),
    ],
)
def test_rows_follow_each_other(sort: Sort, names: list[str]) -> None:
    assert [each.kpi.name for each in ordered(ROWS, sort)] == names


def test_a_larger_gap_goes_first_whatever_its_colour() -> None:
    close = card(history(kpi("Close by nine"), ">=100", "91"))
    red = card(history(kpi("Off by five"), ">=100", "50"))
    off = replace(red, judgement=replace(red.judgement, gap_percent=Fraction(5)))
    assert [each.kpi.name for each in ordered((off, close), Sort.GAP)] == ["Close by nine", "Off by five"]
    assert [each.kpi.name for each in ordered((close, off), Sort.WORST)] == ["Off by five", "Close by nine"]
