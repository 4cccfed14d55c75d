"""What recognises a row again."""

from __future__ import annotations

from datetime import date

import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import batch, read
from kpi_core.ingest.batch import covers_of, fingerprints, near
from kpi_core.ingest.texts import Texts, texts_of
from kpi_core.source import Recipe, Recognition, RowBatch
from tests.ingest.exports import TODAY


def rows_of(text: str, **extra: object) -> RowBatch:
    """Read a file that leaves nothing open."""
    made = read("x.csv", text.encode(), today=TODAY, **extra).batch  # type: ignore[arg-type]
    assert made is not None
    return made


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20))
def test_rows_have_the_same_fingerprint_where_they_are_the_same(rows: list[tuple[str, str]]) -> None:
    coded = [texts_of([row[index] for row in rows]) for index in (0, 1)]
    flat = [Texts(pa.chunked_array([vector.tolist()], pa.string())) for vector in coded]
    made = fingerprints(coded, "it's").tolist()
    assert made == fingerprints(flat, "it's").tolist()
    assert len(set(zip(rows, made, strict=True))) == len(set(rows)) == len(set(made))


@given(st.lists(st.text(st.sampled_from("A-01é"), max_size=9), min_size=1, max_size=20))
def test_what_begins_alike_lies_near_each_other_and_stays_apart(texts: list[str]) -> None:
    coded, flat = texts_of(texts), Texts(pa.chunked_array([texts], pa.string()))
    made = near(fingerprints([coded], "key"), coded).tolist()
    assert made == near(fingerprints([flat], "key"), flat).tolist()
    assert len({text[:-4] for text in texts}) == len(
        {(text[:-4], print_ >> 56) for text, print_ in zip(texts, made, strict=True)}
    )
    assert len(set(made)) == len(set(texts))


def test_a_cell_counts_by_its_column() -> None:
    one, other = texts_of(["a"]), texts_of(["b"])
    assert fingerprints([one, other], "") != fingerprints([other, one], "")
    assert fingerprints([one, other], "") != fingerprints([one, other], "x")


def test_fingerprints_stay_the_same_for_ever_or_stored_rows_would_not_be_recognised() -> None:
    vectors = [texts_of(["A-1", "A-2", "A-2", "A-2"]), texts_of(["Tea", "Käse", "Käse", "Käse"])]
    assert batch._numbered(fingerprints(vectors, "row")).tolist() == [  # noqa: SLF001 -- and so do the counts of equal rows
        14_589_096_992_553_804_724,
        733_828_325_778_675_660,
        4_076_885_822_880_651_837,
        6_349_407_430_403_181_797,
    ]
    orders = texts_of(["A-10001", "A-10002", "B-10002"])
    assert near(fingerprints([orders], "key"), orders).tolist() == [
        4_627_678_240_777_392_694,
        4_678_012_800_195_131_797,
        15_214_510_396_612_070_233,
    ]


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
