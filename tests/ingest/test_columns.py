from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import NotFound
from kpi_core.ingest.columns import unique_names
from kpi_core.ingest.report import ReadingChoice
from kpi_core.source import ColumnType, Recipe
from tests.ingest.looking import read

ORDERS = {
    "Order ID": ["A-1", "A-2", "A-3", "A-4"],
    "Date": ["02.03.2026", "17.03.2026", "31.02.2026", ""],
    "E-mail": ["a@example.com", "b@example.com", "c@example.com", "d@example.com"],
    "Betrag": ["1.234,50 €", "-12,00 €", "5,00 €", "6,00 €"],
}


def test_a_table_is_read() -> None:
    found = read(ORDERS)
    assert (found.date_column, found.value_column) == ("Date", "Betrag")
    assert (found.decimal, found.thousands, found.day_first) == (",", ".", True)
    assert found.dates == ["2026-03-02", "2026-03-17"]
    assert found.cells["Betrag"] == [123450, -1200]
    assert {each.name: (each.scale, each.currency) for each in found.types}["Betrag"] == (2, "EUR")
    assert list(found.used) == [0, 1]


def test_rows_without_a_usable_day_are_refused_with_their_reason() -> None:
    found = read(ORDERS)
    assert [(each.row, each.column, each.text, each.reason) for each in found.refused] == [
        (4, "Date", "31.02.2026", "there is no such day"),
        (5, "Date", "", "the date is missing"),
    ]


def test_personal_cells_are_neither_kept_nor_shown() -> None:
    found = read(ORDERS)
    assert "E-mail" not in found.cells
    assert found.refused[0].cells == ("A-3", "31.02.2026", "•••", "5,00 €")


def test_a_personal_column_that_is_asked_for_is_read() -> None:
    assert read(ORDERS, wanted=ReadingChoice(also=("E-mail",))).cells["E-mail"] == ["a@example.com", "b@example.com"]


def test_a_value_that_cannot_be_read_refuses_its_row_a_blank_one_does_not() -> None:
    found = read({"Date": ["2026-03-05"] * 4, "Amount": ["1.50", "", "n/a", "soon"]})
    assert found.cells["Amount"] == [150, None, None]
    assert [(each.row, each.text, each.reason) for each in found.refused] == [(5, "soon", "this is not a number")]


def test_words_in_the_date_column_are_refused() -> None:
    found = read({"Date": ["Pending", "12-Dec-2019", "13-Dec-2019"], "Amount": ["1", "2", "3"]})
    assert [(each.text, each.reason) for each in found.refused] == [("Pending", "this is not a date")]


def test_unparsed_cells_of_other_columns_are_counted_and_named() -> None:
    found = read({"Date": ["2026-03-05"] * 9, "Amount": ["1"] * 9, "Fee": ["1"] * 8 + ["x"]})
    fee = next(each for each in found.columns if each.name == "Fee")
    assert (fee.unparsed, fee.unparsed_rows, found.refused) == (1, (10,), ())


def test_times_of_day_stay_with_their_wall_day() -> None:
    found = read({"Created at": ["2026-09-30 23:59:00 -0400"], "Total": ["5"]})
    assert found.cells["Created at"] == ["2026-09-30 23:59:00"]
    assert found.dates == ["2026-09-30"]


def test_without_a_date_column_every_row_is_used() -> None:
    found = read({"City": ["Oslo", "Bergen"], "Users": ["53", "40"]})
    assert (found.date_column, list(found.used), found.dates) == (None, [0, 1], [None, None])


def test_columns_named_by_the_caller_win() -> None:
    table = {"Date": ["2026-03-05"], "Due": ["2026-04-05"], "Amount": ["1"], "Fee": ["2"], "Amount ": ["3"]}
    found = read(table, wanted=ReadingChoice(date="#2", value="fee"))
    assert (found.date_column, found.value_column, found.dates) == ("Due", "Fee", ["2026-04-05"])


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(NotFound) as caught:
        read({"Date": ["2026-03-05"]}, wanted=ReadingChoice(value="Umsatz"))
    assert caught.value.sentence == 'The file has no column "Umsatz".'
    assert caught.value.hint == "Its columns are: Date."


def test_a_text_column_may_be_counted() -> None:
    found = read({"Date": ["2026-03-05"] * 2, "Customer": ["x", "y"]}, wanted=ReadingChoice(value="Customer"))
    assert (found.cells["Customer"], len(found.used)) == (["x", "y"], 2)


def test_names_are_told_apart() -> None:
    assert unique_names(["\ufeffDate ", "", "skip", "skip", "skip (2)"]) == [
        "Date",
        "#2",
        "skip",
        "skip (2)",
        "skip (2) (2)",
    ]


def test_a_recipe_names_date_value_and_types() -> None:
    recipe = Recipe("Bank", ("day", "other day"), date="Other day", values=("B",), types={"Ref": ColumnType.TEXT})
    table = {"Day": ["2026-03-05"], "Other day": ["2026-04-05"], "Amount": ["1"], "B": ["2"], "Ref": ["7"]}
    found = read(table, recipe=recipe)
    assert (found.date_column, found.value_column, found.cells["Ref"]) == ("Other day", "B", ["7"])


def test_a_recipe_keeps_what_is_hashed_and_drops_what_is_personal() -> None:
    recipe = Recipe("Shop", ("date",), date="Date", values=("Total",), personal=("Tags",), hashed=("E-mail",))
    table = {"Date": ["2026-03-05"], "Total": ["1"], "Tags": ["vip"], "E-mail": ["a@example.com"]}
    assert set(read(table, recipe=recipe).cells) == {"Date", "Total", "E-mail"}


def test_an_answer_of_the_recipe_holds_where_the_file_says_nothing() -> None:
    recipe = Recipe("Shop", ("date",), date="Date", values=("Total",), answers={"date-order": "month-first"})
    found = read({"Date": ["05/03/2026"], "Total": ["1"]}, recipe=recipe)
    assert (found.dates, found.questions) == (["2026-05-03"], ())


def test_no_rows() -> None:
    found = read({"Date": [], "Amount": []})
    assert (list(found.used), found.refused, found.dates) == ([], (), [])


def test_hostile_cells_are_read_in_no_time() -> None:
    started = time.process_time()
    long = ["9" * 100_000, "9." * 50_000, "1 " * 50_000, "(" * 100_000, "a" * 100_000, "12:" * 40_000]
    found = read({"Date": ["2026-03-05"] * 6, "Amount": long}, wanted=ReadingChoice(value="Amount"))
    assert len(found.used) + len(found.refused) == 6
    assert time.process_time() - started < 5


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "2026-03-05", "05/03/2026", "13.02.26", "1,234", "1.5", "-$3.00", "n/a", "Pending", "12:30:00"]
    ),
)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=25))
def test_every_row_is_used_or_refused(rows: list[tuple[str, str, str]]) -> None:
    names = ("Date", "Amount", "Other")
    found = read({name: [row[at] for row in rows] for at, name in enumerate(names)})
    assert len(found.used) + len(found.refused) == len(rows)
    assert sorted([*found.used, *(each.row - 2 for each in found.refused)]) == list(range(len(rows)))
    assert all(len(cells) == len(found.used) for cells in found.cells.values())
    assert len(found.dates) == len(found.used)
