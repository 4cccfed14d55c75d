"""The board as tables: cells have heads, a status has shape and word, and no text becomes an element."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_core.board import HeatCell, HeatHead, HeatRow, HeatTable
from kpi_core.kpi import Tier
from kpi_core.signals import Signal, SignalState
from kpi_core.status import Judgement, Status
from tests.ui.boards import NASTY, nasty_board, seed_board
from tests.ui.markup import Element, elements
from tests.ui.test_board_html import OURS, only
from ui.board_html import Look, board_html
from ui.board_table_html import HEADS, heat_html, table_html

TABLES = {"caption", "details", "rect", "summary", "table", "tbody", "td", "th", "thead", "tr"}


def heat(text: str = "480 000 kr", name: str = "October", status: Status = Status.AMBER) -> HeatTable:
    """Give a table of one row with a coloured cell and an empty one."""
    judged = HeatCell(name, text, Judgement(status, "", "Close" if text != NASTY else NASTY))
    row = nasty_board().rows[0] if text == NASTY else seed_board().rows[0]
    heads = (HeatHead(name[:3], name, "2026"), HeatHead("Nov", "November 2026", ""))
    return HeatTable("Last 12 months", heads, ((name, "", (HeatRow(row, (judged, HeatCell("November", "", None))),)),))


def rows(found: list[Element]) -> list[str]:
    return [element.text for element in found if element.tag == "tr" and element.has("line")]


def test_a_row_holds_name_both_marks_value_target_and_gap() -> None:
    board = seed_board()
    first = replace(
        board.rows[0],
        gap_text="20 000 kr short (4 %)",
        signal=Signal(SignalState.WORSE, above=False),
        signal_sentence="A real drop since March: eight months below the usual level.",
        outlook_short="Reach 500 000 kr by 31 December: about 3 in 10",
    )
    found = elements(table_html(replace(board, groups=(replace(board.groups[0], rows=(first, *board.rows[1:])),))))
    text = rows(found)[0]
    parts = (
        "Monthly Revenue",
        "Close",
        "480 000 kr",
        "Target 500 000 kr",
        "20 000 kr short",
        "Real drop",
        "about 3 in 10",
    )
    assert [part for part in parts if part not in text] == []
    assert len(rows(found)) == 4


def test_every_cell_has_its_column_and_its_row_as_heads() -> None:
    for html in (table_html(seed_board()), heat_html((heat(),))):
        found = elements(html)
        scopes = [element.attributes.get("scope") for element in found if element.tag == "th"]
        assert set(scopes) == {"col", "row", "rowgroup"}
        assert [element.tag for element in found].count("caption") == 1
        columns = scopes.count("col")
        cells = [element for element in found if element.tag == "td"]
        assert len(cells) == scopes.count("row") * (columns - 1)


def test_a_group_says_its_counts_and_the_weakest() -> None:
    found = elements(table_html(seed_board()))
    (head,) = [element for element in found if element.attributes.get("scope") == "rowgroup"]
    assert head.text == "Bring in more money 2 on target, 2 close · weakest: Avg Order Value"
    assert head.attributes["colspan"] == str(len(HEADS))


def test_a_period_is_a_shape_a_word_and_its_value() -> None:
    shapes = {Status.GREEN: "circle", Status.AMBER: "triangle", Status.RED: "square", Status.OVERDUE: "ring"}
    for status, shape in shapes.items():
        found = elements(heat_html((heat(status=status),)))
        judged, empty = [element for element in found if element.tag == "td"]
        (mark,) = only(found, "sb-mark")
        assert mark.has(shape)
        assert judged.text == "Close 480 000 kr"
        assert judged.attributes["title"] == "October · 480 000 kr · Close"
        assert empty.text == "·no value"


def test_a_real_change_is_a_mark_of_its_own_beside_the_name_and_routine_is_none() -> None:
    table = heat()
    row = replace(
        table.groups[0][2][0].row, signal=Signal(SignalState.WORSE, above=False), signal_sentence="Since May."
    )
    changed = replace(table, groups=((*table.groups[0][:2], (replace(table.groups[0][2][0], row=row),)),))
    (mark,) = only(elements(heat_html((changed,))), "change")
    assert (mark.text, mark.attributes["title"]) == ("Real drop", "Since May.")
    assert not only(elements(heat_html((table,))), "change")


def test_a_late_period_says_what_it_is_where_its_value_would_stand() -> None:
    found = elements(heat_html((heat(text="", status=Status.OVERDUE),)))
    assert next(element.text for element in found if element.tag == "td") == "Close overdue"


def test_the_heads_of_periods_are_told_in_full() -> None:
    found = elements(heat_html((heat(),)))
    heads = [element.text for element in found if element.attributes.get("scope") == "col"]
    assert heads == ["KPI", "Oct2026October", "NovNovember 2026"]


@pytest.mark.parametrize("look", Look)
def test_no_text_of_a_table_becomes_an_element(look: Look) -> None:
    found = elements(board_html(nasty_board(), look, (heat(NASTY, NASTY),)))
    assert {element.tag for element in found} <= OURS | TABLES
    assert not [name for element in found for name in element.attributes if name.startswith("on")]


def test_the_north_star_is_the_first_row_and_stands_there_once() -> None:
    board = seed_board()
    star = replace(board.rows[2], kpi=replace(board.rows[2].kpi, north_star=True))
    inside = (*board.rows[:2], star, board.rows[3])
    found = elements(table_html(replace(board, star=star, groups=(replace(board.groups[0], rows=inside),))))
    names = [element.text for element in found if element.tag == "th" and element.has("kpi")][1:]
    assert names[0].startswith("Avg Order Value")
    assert sum("Avg Order Value" in name for name in names) == 1


def test_a_health_metric_has_no_status() -> None:
    board = seed_board()
    metric = replace(board.rows[0], kpi=replace(board.rows[0].kpi, tier=Tier.HEALTH_METRIC))
    found = elements(table_html(replace(board, groups=(), health=(metric,))))
    assert only(found, "sb-status") == []
    assert "Health metrics" in next(each for each in found if each.attributes.get("scope") == "rowgroup").text


def test_nothing_to_show_is_no_table() -> None:
    assert table_html(replace(seed_board(), groups=())) == ""
