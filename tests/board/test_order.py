"""The order of cards, by examples."""

from __future__ import annotations

from dataclasses import replace

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
    replace(row("Glass", ">=100", "80"), kpi=kpi("Glass")),
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
    wide = kpi("Wide tolerance")
    narrow = kpi("Narrow tolerance")
    close = card(history(wide, ">=100", "91"))
    off = replace(card(history(narrow, ">=100", "95")), judgement=card(history(narrow, ">=100", "50")).judgement)
    nearer = replace(off, judgement=replace(off.judgement, gap_percent=close.judgement.gap_percent / 2))  # type: ignore[arg-type, operator]
    assert [each.kpi.name for each in ordered((nearer, close), Sort.GAP)] == ["Wide tolerance", "Narrow tolerance"]
    assert [each.kpi.name for each in ordered((nearer, close), Sort.WORST)] == ["Narrow tolerance", "Wide tolerance"]
