"""What recognises a row again."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import batch, read
from kpi_core.ingest.batch import covers_of, fingerprints
from kpi_core.source import Recipe, Recognition, RowBatch
from tests.ingest.exports import TODAY


def rows_of(text: str, **extra: object) -> RowBatch:
    """Read a file that leaves nothing open."""
    made = read("x.csv", text.encode(), today=TODAY, **extra).batch  # type: ignore[arg-type]
    assert made is not None
    return made


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), min_size=1, max_size=20))
def test_few_and_many_rows_have_the_same_fingerprints(rows: list[tuple[str, str]]) -> None:
    clean = [tuple(cell.replace("\x00", "").encode("utf-8", "ignore").decode() for cell in row) for row in rows]
    vectors = [pd.Series([row[index] for row in clean], dtype="str") for index in (0, 1)]
    near = fingerprints(vectors, "it's")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "FEW", 0)
        assert fingerprints(vectors, "it's") == near


def test_two_identical_rows_stay_two_and_the_same_file_gives_the_same_keys() -> None:
    text = "Date,Item,Amount\n2026-10-13,Coffee,3.00\n2026-10-13,Coffee,3.00\n2026-10-14,Tea,2.50\n"
    first, again = rows_of(text), rows_of(text)
    assert len(set(first.keys)) == 3
    assert first.keys == again.keys
    assert first.contents == again.contents


def test_a_longer_export_recognises_the_rows_of_a_shorter_one() -> None:
    head = "Date,Item,Amount\n2026-10-13,Coffee,3.00\n2026-10-13,Coffee,3.00\n"
    shorter, longer = rows_of(head), rows_of(head + "2026-10-14,Tea,2.50\n")
    assert set(shorter.keys) <= set(longer.keys)


def test_personal_cells_tell_rows_apart_but_are_not_stored() -> None:
    text = "Date,E-mail,Amount\n2026-10-13,ann@example.com,3.00\n2026-10-13,bob@example.com,3.00\n"
    made = rows_of(text)
    assert len(set(made.keys)) == 2
    assert [column.name for column in made.columns] == ["Date", "Amount"]
    assert "E-mail" not in made.cells


def test_a_key_column_recognises_a_changed_row() -> None:
    recipe = Recipe(
        "orders",
        ("order id", "date", "amount"),
        date="Date",
        values=("Amount",),
        recognition=Recognition.KEY,
        key=("Order ID",),
    )
    text = "Order ID,Date,Amount\nA1,2026-10-13,3.00\nA2,2026-10-14,4.00\n"
    before = rows_of(text, recipes=[recipe])
    after = rows_of(text.replace("4.00", "5.00"), recipes=[recipe])
    assert before.keys == after.keys
    assert [a == b for a, b in zip(before.contents, after.contents, strict=True)] == [True, False]


def test_the_same_text_read_in_another_way_is_a_changed_row() -> None:
    text = "Date,Amount\n01/02/2026,3.00\n"
    day, month = (rows_of(text, answers={"date-order": order}) for order in ("day-first", "month-first"))
    assert day.keys == month.keys
    assert day.contents != month.contents
    assert (day.dates, month.dates) == (["2026-02-01"], ["2026-01-02"])


def test_days_covered() -> None:
    assert covers_of([None]) is None
    found = covers_of(["2026-02-01", "2026-01-01"], whole_months=True)
    assert found is not None
    assert (found.start, found.end) == (date(2026, 1, 1), date(2026, 3, 1))
    last = covers_of(["9999-12-31"])
    assert last is not None
    assert last.end == date.max


def test_rows_that_name_months_cover_them_whole() -> None:
    covers = rows_of("Month,Revenue\n2026-01,10.00\n2026-02,20.00\n").covers
    assert covers is not None
    assert covers.end == date(2026, 3, 1)


def test_a_stated_period_goes_before_the_first_and_last_row() -> None:
    text = "Report,\n1 October 2026 - 31 October 2026,\n\nDate,Amount\n2026-10-13,3.00\n2026-10-14,4.00\n"
    made = rows_of(text)
    assert made.covers is not None
    assert (made.covers.start, made.covers.end, made.stated_cover) == (date(2026, 10, 1), date(2026, 11, 1), True)
    outside = rows_of(text.replace("2026-10-14", "2026-11-14"))
    assert outside.covers is not None
    assert (outside.covers.end, outside.stated_cover) == (date(2026, 11, 15), False)
