"""Adding files: what would happen, what is asked, what is kept, and how columns grow."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import NotFound, OpenQuestions, RefusedDefinition
from kpi_core.kpi import Aggregate, Direction, Kpi, Measure, OneColumn
from kpi_core.period import Cadence
from kpi_core.source import ColumnType, LeftOut, Recognition, Refused, RowBatch
from kpi_core.store import compare
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.duplicates import OLDER, TWICE
from kpi_core.store.import_list import get_import, left_out_rows, list_imports, refused_rows
from kpi_core.store.imports import Upload, apply, plan
from kpi_core.store.measures import measure_all
from kpi_core.store.sources import (
    add_source,
    columns,
    find_source,
    get_source,
    list_sources,
    remove_source,
    save_recipe,
)
from kpi_core.unit import Unit, UnitKind
from tests.store.batches import NOW, batch, recipe, rows_of, upload

NUMBER, TEXT, DAY = ColumnType.NUMBER, ColumnType.TEXT, ColumnType.DATE
KINDS = {"date": DAY, "id": TEXT, "amount": NUMBER}
Row = dict[str, str | None]


def order(number: str, amount: str, day: str = "2025-10-01", **cells: str) -> Row:
    return {"date": day, "id": number, "amount": amount, **cells}


def orders(*rows: Row, kinds: dict[str, ColumnType] | None = None, scale: int = 2) -> RowBatch:
    return batch(rows, kinds or KINDS, key=["id"], scale=scale)


def made(recognition: Recognition = Recognition.KEY) -> tuple[Store, int]:
    store = open_store()
    return store, add_source(store, "Orders", recipe(recognition, key=["id"]), NOW).id


@pytest.mark.parametrize("recognition", Recognition)
@pytest.mark.parametrize("day", ["2025-10-01", "2025-11-30", "2025-12-01"])
@pytest.mark.parametrize("number", ["a", "c"])
def test_a_file_apart_from_all_stored_rows_is_found_without_laying_it_beside_them(
    recognition: Recognition, day: str, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, source_id = made(recognition)
    with store:
        apply(store, source_id, upload(orders(order("a", "1.00"), order("b", "2.00", "2025-11-30"))), NOW)
        file = upload(orders(order(number, "3.00", day), order("d", "4.00", "2025-12-31")))
        apart = plan(store, source_id, file)
        monkeypatch.setattr(compare, "is_apart", lambda *_: False)
        assert plan(store, source_id, file) == apart


def test_a_plan_says_what_would_happen_and_writes_nothing() -> None:
    store, source_id = made()
    with store:
        apply(store, source_id, upload(orders(order("a", "1.00"), order("b", "2.00"))), NOW)
        file = upload(orders(order("a", "1.00"), order("b", "3.00"), order("c", "4.00", "2025-11-02")))
        before = store.all("SELECT * FROM imports"), rows_of(store, source_id)
        planned = plan(store, source_id, file)
        assert planned.sentence == "1 new, 1 changed, 1 the same."
        assert planned.months == ("2025-10", "2025-11")
        assert (store.all("SELECT * FROM imports"), rows_of(store, source_id)) == before
        done = apply(store, source_id, file, NOW)
        assert (done.new, done.changed, done.same, done.months) == (1, 1, 1, planned.months)


def test_the_same_file_is_not_recorded_and_says_when_it_was_added() -> None:
    store, source_id = made()
    with store:
        file = upload(orders(order("a", "1.00")))
        first = apply(store, source_id, file, datetime(2025, 11, 3, 8, 30))
        again = apply(store, source_id, file, NOW)
        assert (again.import_id, again.same_file_as) == (None, date(2025, 11, 3))
        assert again.sentence == "Nothing to do: this file was already added on 3 November 2025."
        other = apply(store, source_id, upload(orders(order("a", "2.00"))), NOW)
        assert other.changed == 1
        # After a later import it is an ordinary file again, and the newest one wins
        back = apply(store, source_id, file, NOW)
        assert (back.changed, back.same_file_as) == (1, None)
        assert [each.id for each in list_imports(store, source_id)] == [
            back.import_id,
            other.import_id,
            first.import_id,
        ]


def test_the_same_bytes_read_in_another_way_are_not_the_same_file() -> None:
    store, source_id = made()
    with store:
        apply(store, source_id, upload(orders(order("a", "1.00")), file_hash="same"), NOW)
        read_anew = apply(store, source_id, upload(orders(order("a", "100.00")), file_hash="same"), NOW)
        assert (read_anew.same_file_as, read_anew.changed) == (None, 1)


def test_identical_rows_with_one_key_are_one() -> None:
    store, source_id = made()
    with store:
        done = apply(store, source_id, upload(orders(order("a", "1.00"), order("a", "1.00"), order("b", "2.00"))), NOW)
        assert (done.new, done.left_out) == (2, 1)
        assert left_out_rows(store, done.import_id or 0) == (LeftOut(2, TWICE, ""),)


@pytest.mark.parametrize(("answer", "total", "left_out"), [("each", 6, 0), ("last", 5, 1), ("cancel", 0, 0)])
def test_different_rows_with_one_key_are_a_question(answer: str, total: int, left_out: int) -> None:
    store, source_id = made()
    with store:
        file = orders(order("a", "1.00"), order("a", "2.00"), order("b", "3.00"))
        with pytest.raises(OpenQuestions, match=r"Rows 2 and 3 have the same key but differ\. What are they\?"):
            apply(store, source_id, upload(file), NOW)
        done = apply(store, source_id, upload(file, duplicate_key=answer), NOW)
        sums = measure_all(store, Measure("Orders", Aggregate.SUM, OneColumn("amount"), "date"))
        assert sums[""] == total
        assert done.left_out == left_out
        assert (done.import_id is None) == (answer == "cancel")
        if answer == "last":
            assert left_out_rows(store, done.import_id or 0) == (LeftOut(2, OLDER, ""),)
        if answer == "each":
            assert plan(store, source_id, upload(orders(*rows_as_given(file)), duplicate_key="each")).same == 3


def rows_as_given(file: RowBatch) -> list[Row]:
    return [
        order(str(number), f"{int(str(amount)) / 100:.2f}", str(day))
        for day, number, amount in zip(*file.cells.values(), strict=True)
    ]


def test_an_answer_that_is_no_choice_is_refused() -> None:
    store, source_id = made()
    with store, pytest.raises(RefusedDefinition, match='"maybe" is no answer to the question "overlap"'):
        apply(store, source_id, upload(orders(order("a", "1.00")), overlap="maybe"), NOW)


def test_replacing_empties_the_days_that_the_file_covers() -> None:
    store, source_id = made(Recognition.CONTENT)
    with store:
        first = [order("a", "1.00"), order("b", "2.00", "2025-10-02"), order("c", "3.00", "2025-10-09")]
        apply(store, source_id, upload(batch(first, KINDS)), NOW)
        second = batch([order("a", "1.00"), order("d", "4.00", "2025-10-03")], KINDS)
        asked = plan(store, source_id, upload(second)).question
        assert asked is not None
        assert asked.text == "On 2 October 2025 other rows are stored than this file holds. What shall happen?"
        done = apply(store, source_id, upload(second, overlap="replace"), NOW)
        assert (done.new, done.same, done.gone) == (1, 1, 1)
        assert [row["id"] for row in rows_of(store, source_id)] == ["a", "c", "d"]


def test_refused_rows_are_kept_for_the_download() -> None:
    store, source_id = made()
    with store:
        refused = (Refused(5, "amount", "12,x0", "not a number", ("2025-10-01", "e", "12,x0")),)
        file = Upload(orders(order("a", "1.00")), "orders.csv", "hash", (LeftOut(9, "total", "Total 1"),), refused)
        done = apply(store, source_id, file, NOW)
        assert (done.refused, done.left_out) == (1, 1)
        assert refused_rows(store, done.import_id or 0) == refused
        assert get_import(store, done.import_id or 0).file_name == "orders.csv"
        with pytest.raises(NotFound, match="There is no import number 99"):
            refused_rows(store, 99)


def test_more_decimals_rewrite_what_is_stored_and_fewer_are_brought_up() -> None:
    store, source_id = made()
    with store:
        total = Measure("Orders", Aggregate.SUM, OneColumn("amount"), "date")
        apply(store, source_id, upload(orders(order("a", "1.25"))), NOW)
        apply(store, source_id, upload(orders(order("b", "0.0005"), scale=4)), NOW)
        apply(store, source_id, upload(orders(order("c", "3"), scale=0)), NOW)
        assert measure_all(store, total)[""] == Fraction("4.2505")
        assert columns(store, source_id)[2].scale == 4
        with pytest.raises(RefusedDefinition, match='"amount" holds numbers too large'):
            apply(store, source_id, upload(orders(order("d", "1"), scale=19)), NOW)
        with pytest.raises(RefusedDefinition, match="A number in this file is too large to be kept"):
            apply(store, source_id, upload(orders(order("d", "1" + "0" * 19))), NOW)
        assert measure_all(store, total)[""] == Fraction("4.2505")


def test_a_new_column_is_added_and_an_unused_one_may_hold_words_later() -> None:
    store, source_id = made()
    with store:
        apply(store, source_id, upload(orders(order("a", "1.00"))), NOW)
        noted = orders(order("b", "1.00", Code="7.50"), kinds={**KINDS, "Code": NUMBER})
        apply(store, source_id, upload(noted), NOW)
        worded = orders(order("c", "1.00", Code="SUMMER"), kinds={**KINDS, "Code": TEXT})
        apply(store, source_id, upload(worded), NOW)
        counted = orders(order("d", "1.00", Code="8.00"), kinds={**KINDS, "Code": NUMBER})
        apply(store, source_id, upload(counted), NOW)
        assert [row["Code"] for row in rows_of(store, source_id)] == [None, "7.50", "SUMMER", "8.00"]


def test_a_used_column_never_changes_its_type() -> None:
    store, source_id = made()
    with store:
        apply(store, source_id, upload(orders(order("a", "1.00"))), NOW)
        revenue = Measure("Orders", Aggregate.SUM, OneColumn("amount"), "date")
        kpi = Kpi("Revenue", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, revenue)
        add_kpi(store, kpi, By(NOW))
        words = orders(order("b", "many"), kinds={**KINDS, "amount": TEXT})
        with pytest.raises(RefusedDefinition) as refused:
            apply(store, source_id, upload(words), NOW)
        assert refused.value.sentence == 'The column "amount" held numbers until now and holds words in this file.'
        blank = orders(order("b", ""), kinds={**KINDS, "amount": TEXT})
        assert apply(store, source_id, upload(blank), NOW).new == 1


@pytest.mark.parametrize(("answer", "recorded"), [("go-on", True), ("cancel", False)])
def test_a_used_column_that_vanished_is_a_question(answer: str, *, recorded: bool) -> None:
    store, source_id = made()
    with store:
        save_recipe(store, source_id, recipe(Recognition.KEY, key=["id", "amount"]))
        apply(store, source_id, upload(orders(order("a", "1.00"))), NOW)
        without = batch([order("b", "1.00")], {"date": DAY, "id": TEXT}, key=["id"])
        with pytest.raises(OpenQuestions, match='The column "amount" is in use but not in this file'):
            apply(store, source_id, upload(without), NOW)
        done = apply(store, source_id, upload(without, vanished_column=answer), NOW)
        assert (done.import_id is not None) == recorded


def test_columns_may_be_named_like_anything() -> None:
    names = ['a"; DROP TABLE sources; --', "_id", "Total", "total", "{rows}", "  ", "id", "x" * 500, "nul\0"]
    store, source_id = made()
    with store:
        kinds = {"date": DAY, **dict.fromkeys(names, TEXT)}
        row: Row = {"date": "2025-10-01", **{name: f"cell {number}" for number, name in enumerate(names)}}
        apply(store, source_id, upload(batch([row], kinds, key=["id"])), NOW)
        assert rows_of(store, source_id) == [row]
        counted = Measure("Orders", Aggregate.COUNT, OneColumn(names[0]), "date")
        assert measure_all(store, counted) == {"": 1}


def test_sources_are_found_renamed_and_removed() -> None:
    store, source_id = made()
    with store:
        assert find_source(store, " ORDERS ").id == source_id
        with pytest.raises(RefusedDefinition, match="There is already a source named orders"):
            add_source(store, "orders", recipe(Recognition.KEY), NOW)
        with pytest.raises(RefusedDefinition, match="A source needs a name"):
            add_source(store, "  ", recipe(Recognition.KEY), NOW)
        for odd in ("a" * 300, "Orders\nof May", "\u202eOrders"):
            with pytest.raises(RefusedDefinition, match="A source's name is one line of at most 120 characters"):
                add_source(store, odd, recipe(Recognition.KEY), NOW)
        apply(store, source_id, upload(orders(order("a", "1.00"))), NOW)
        remove_source(store, source_id)
        assert list_sources(store) == ()
        assert store.all("SELECT count(*) FROM imports") == [(0,)]
        with pytest.raises(NotFound, match="There is no source number 1"):
            get_source(store, source_id)


some_rows = st.lists(
    st.builds(
        order,
        st.sampled_from("abcdef"),
        st.sampled_from(["1.00", "2.00"]),
        st.dates(date(2025, 9, 28), date(2025, 10, 4)).map(str),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=some_rows, recognition=st.sampled_from(list(Recognition)))
def test_adding_a_file_again_changes_nothing(rows: list[Row], recognition: Recognition) -> None:
    store, source_id = made(recognition)
    with store:
        unique = list({row["id"]: row for row in rows}.values()) if recognition is Recognition.KEY else rows
        file = batch(unique, KINDS, key=["id"] if recognition is Recognition.KEY else [])
        first = apply(store, source_id, upload(file, file_hash="one"), NOW)
        before = rows_of(store, source_id)
        again = apply(store, source_id, upload(file, file_hash="two"), NOW)
        assert (again.new, again.changed, again.same, again.gone) == (0, 0, first.new, 0)
        assert rows_of(store, source_id) == before
