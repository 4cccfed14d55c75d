from __future__ import annotations

from dataclasses import replace

from kpi_core.source import ColumnType, RowBatch
from kpi_core.store.duplicates import DuplicateKey, first_rows, unique
from tests.store.batches import batch

KINDS = {"date": ColumnType.DATE, "id": ColumnType.TEXT, "item": ColumnType.TEXT, "total": ColumnType.NUMBER}


def lines(*rows: tuple[str | None, str, str]) -> RowBatch:
    """Make lines of invoices: the invoice, the item, the invoice's total."""
    return batch(
        [{"date": "2026-01-28", "id": order, "item": item, "total": total} for order, item, total in rows], KINDS
    )


def test_further_lines_of_an_order_have_keys_of_their_own_near_the_first_one() -> None:
    found = unique(
        replace(lines(("A", "tea", "9.00"), ("A", "cake", "3.00"), ("A", "milk", "1.00")), keys=[-5, -5, -5]),
        DuplicateKey.EACH,
    )
    assert (len(set(found.batch.keys)), {key >> 56 for key in found.batch.keys}) == (3, {-1})


def test_one_row_an_order_where_each_line_repeats_the_total() -> None:
    found = first_rows(lines(("A", "tea", "9.00"), ("B", "tea", "4.00"), ("A", "cake", "9.00")), "id", ["total"])
    assert (found.batch.cells["id"], found.batch.cells["total"]) == (["A", "B"], [900, 400])
    assert [(each.row, each.reason) for each in found.left_out] == [(4, 'a further line of "id" A')]


def test_a_further_line_without_amounts_goes_too() -> None:
    found = first_rows(lines(("A", "tea", "9.00"), ("A", "cake", ""), ("A", "milk", "0")), "id", ["total"])
    assert (found.batch.cells["item"], len(found.left_out)) == (["tea"], 2)


def test_a_line_with_money_of_its_own_stays() -> None:
    made = lines(("A", "tea", "9.00"), ("A", "cake", "3.00"))
    found = first_rows(made, "id", ["total"])
    assert (found.batch, found.left_out) == (made, ())


def test_rows_of_no_order_stay_each() -> None:
    made = lines(("", "tea", "9.00"), ("", "tea", "9.00"))
    assert first_rows(made, "id", ["total"]).batch == made


def test_without_the_rule_nothing_changes() -> None:
    made = lines(("A", "tea", "9.00"), ("A", "tea", "9.00"))
    assert first_rows(made, None, ["total"]).batch == made
    assert first_rows(made, "order", ["total"]).batch == made


def keyed(*rows: tuple[str, str]) -> RowBatch:
    return batch(
        [{"date": "2026-01-28", "id": order, "item": "", "total": total} for order, total in rows], KINDS, key=["id"]
    )


def test_identical_rows_with_one_key_are_one() -> None:
    found = unique(keyed(("A", "9.00"), ("B", "4.00"), ("A", "9.00")), None)
    assert (found.question, found.batch.cells["id"]) == (None, ["B", "A"])
    assert [(each.row, each.reason) for each in found.left_out] == [(2, "the same row stands twice in the file")]


def test_different_rows_with_one_key_are_a_question() -> None:
    made = keyed(("A", "9.00"), ("A", "3.00"))
    asked = unique(made, None).question
    assert asked is not None
    assert asked.text == "Rows 2 and 3 have the same key but differ. What are they?"
    assert len(set(unique(made, DuplicateKey.EACH).batch.keys)) == 2
    last = unique(made, DuplicateKey.LAST)
    assert (last.batch.cells["total"], [each.reason for each in last.left_out]) == (
        [300],
        ["a later row of the file has the same key"],
    )
