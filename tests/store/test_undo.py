"""Undo in any order: what is left is what a plain replay of the other files leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import ClosedMonths, NotFound, OpenQuestions, RefusedDefinition
from kpi_core.source import ColumnType, Covers, Recognition, RowBatch
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.held import rows_nobody_holds
from kpi_core.store.import_list import refused_rows
from kpi_core.store.imports import apply
from kpi_core.store.months import close_month, reopen_month
from kpi_core.store.sources import add_source
from kpi_core.store.undo import undo
from tests.store.batches import NOW, batch, recipe, rows_of, upload

KINDS = {"date": ColumnType.DATE, "id": ColumnType.TEXT, "amount": ColumnType.NUMBER}
Row = tuple[str, str, str]


@dataclass(frozen=True)
class File:
    """A file of the replay: its rows, whether it replaces the days it covers, and which."""

    rows: tuple[Row, ...]
    replaces: bool = False
    covers: tuple[str, str] = ("", "")


@dataclass
class Replay:
    """The rule, written the plain way: go through the live files in order and keep a dictionary."""

    recognition: Recognition
    files: dict[int, File] = field(default_factory=dict)

    def rows(self) -> Counter[Row]:
        held: dict[object, Row] = {}
        for number in sorted(self.files):
            file = self.files[number]
            if file.replaces:
                start, end = file.covers
                held = {key: row for key, row in held.items() if not start <= row[0] < end}
            seen: Counter[Row] = Counter()
            for row in file.rows:
                seen[row] += 1
                held[row[1] if self.recognition is Recognition.KEY else (row, seen[row])] = row
        return Counter(held.values())


def stored(store: Store, source_id: int) -> Counter[Row]:
    return Counter((str(row["date"]), str(row["id"]), str(row["amount"])) for row in rows_of(store, source_id))


days = st.sampled_from([f"2025-10-{day:02d}" for day in range(1, 7)])
amounts = st.sampled_from(["1.00", "2.00", "3.00"])


@st.composite
def files(draw: st.DrawFn, recognition: Recognition) -> File:
    ids = st.sampled_from(["a", "b", "c", "d", "e"])
    rows = draw(st.lists(st.tuples(days, ids, amounts), min_size=1, max_size=6))
    if recognition is Recognition.KEY:
        return File(tuple({row[1]: row for row in rows}.values()))
    first, last = min(row[0] for row in rows), max(row[0] for row in rows)
    covers = (draw(days.filter(lambda day: day <= first)), f"{last[:8]}{int(last[8:]) + draw(st.integers(1, 2)):02d}")
    replaces = recognition is Recognition.WHOLE_TRUTH or draw(st.booleans())
    return File(tuple(rows), replaces, covers)


def add(store: Store, source_id: int, file: File, recognition: Recognition, number: int) -> tuple[int, File]:
    rows = [dict(zip(KINDS, row, strict=True)) for row in file.rows]
    key = ["id"] if recognition is Recognition.KEY else []
    covers = Covers(*map(date.fromisoformat, file.covers)) if file.covers[0] else None
    made = upload(batch(rows, KINDS, key=key, covers=covers), file_hash=str(number))
    replaces = recognition is Recognition.WHOLE_TRUTH
    try:
        result = apply(store, source_id, made, NOW)
    except OpenQuestions as asked:
        answer_to = asked.questions[0].id
        replaces = file.replaces
        answer = "replace" if replaces else "add"
        result = apply(store, source_id, upload(made.batch, file_hash=str(number), **{answer_to: answer}), NOW)
    assert result.import_id is not None
    return result.import_id, replace(file, replaces=replaces)


@pytest.mark.parametrize("recognition", list(Recognition))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_undo_in_any_order_leaves_what_the_others_hold(recognition: Recognition, data: st.DataObject) -> None:
    with open_store() as store:
        source_id = add_source(store, "Orders", recipe(recognition, key=["id"]), NOW).id
        replay = Replay(recognition)
        for number in range(data.draw(st.integers(1, 8))):
            if replay.files and data.draw(st.integers(0, 3)) == 0:
                gone = data.draw(st.sampled_from(sorted(replay.files)))
                before = stored(store, source_id)
                undone = undo(store, gone, NOW)
                del replay.files[gone]
                lost = before - stored(store, source_id)
                assert sum(lost.values()) >= undone.removed
            else:
                file = data.draw(files(recognition))
                import_id, added = add(store, source_id, file, recognition, number)
                replay.files[import_id] = added
            assert stored(store, source_id) == replay.rows()
            assert rows_nobody_holds(store) == [("Orders", 0)]
        for gone in data.draw(st.permutations(sorted(replay.files))):
            undo(store, gone, NOW)
            del replay.files[gone]
            assert stored(store, source_id) == replay.rows()
        assert store.all("SELECT count(*) FROM rows_1") == [(0,)]
        assert store.all("SELECT count(*) FROM held") == [(0,)]


def test_closed_months_stand() -> None:
    with open_store() as store:
        source_id = add_source(store, "Orders", recipe(Recognition.KEY, key=["id"]), NOW).id
        first = apply(store, source_id, upload(orders(("2025-09-30", "a", "1.00"), ("2025-10-01", "b", "2.00"))), NOW)
        close_month(store, "2025-09", By(NOW))
        second = apply(
            store,
            source_id,
            upload(orders(("2025-10-02", "a", "9.00"), ("2025-09-29", "c", "1.00"), ("2025-10-01", "b", "3.00"))),
            NOW,
        )
        assert (second.new, second.changed, second.refused) == (0, 1, 2)
        assert [(row.row, row.reason) for row in refused_rows(store, second.import_id or 0)] == [
            (2, "September 2025 is closed"),
            (3, "September 2025 is closed"),
        ]
        with pytest.raises(ClosedMonths, match="September 2025 is closed, so nothing was changed"):
            undo(store, first.import_id or 0, NOW)
        assert stored(store, source_id) == Counter([("2025-09-30", "a", "1.00"), ("2025-10-01", "b", "3.00")])
        with pytest.raises(RefusedDefinition, match="Why is September 2025 reopened") as unreasoned:
            reopen_month(store, "2025-09", By(NOW, why=" "))
        assert unreasoned.value.hint == "Write a short reason."
        reopen_month(store, "2025-09", By(NOW, why="a late invoice"))
        undo(store, first.import_id or 0, NOW)
        assert stored(store, source_id) == Counter([("2025-10-01", "b", "3.00")])


def test_an_undo_counts_restored_removed_and_kept_rows() -> None:
    with open_store() as store:
        source_id = add_source(store, "Orders", recipe(Recognition.KEY, key=["id"]), NOW).id
        rows = [("2025-10-01", name, "1.00") for name in "abc"]
        apply(store, source_id, upload(orders(*rows)), NOW)
        second = apply(
            store, source_id, upload(orders(rows[0], ("2025-10-01", "b", "5.00"), ("2025-10-02", "d", "1.00"))), NOW
        )
        undone = undo(store, second.import_id or 0, NOW)
        assert (undone.restored, undone.removed, undone.kept) == (1, 1, 1)
        assert undone.sentence == (
            "Undone: 1 row removed, 1 row back as it was before, 1 row kept because another file holds it."
        )
        with pytest.raises(NotFound, match="was undone already"):
            undo(store, second.import_id or 0, NOW)


def orders(*rows: Row) -> RowBatch:
    return batch([dict(zip(KINDS, row, strict=True)) for row in rows], KINDS, key=["id"])
