"""Personal cells never reach the data file, only fingerprints that still count customers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kpi_core.source import Column, ColumnRole, ColumnType, Covers, Recipe, RowBatch
from kpi_core.store import imports, sources
from kpi_core.store.data_file import open_store
from kpi_core.store.hiding import hide_personal

NOW = datetime(2026, 11, 21, 9)
MAIL = Column("Email", ColumnType.TEXT, ColumnRole.PERSONAL)
CELLS = ["Ada@example.com ", "ada@example.com", "bo@example.com", None]


def batch() -> RowBatch:
    days = ["2026-10-01"] * len(CELLS)
    keys = range(len(CELLS))
    covers = Covers(NOW.date().replace(month=10, day=1), NOW.date().replace(month=11, day=1))
    columns = (Column("Date", ColumnType.DATE, ColumnRole.DATE), MAIL)
    cells: dict[str, Sequence[object]] = {"Date": days, "Email": CELLS}
    return RowBatch(columns, cells, keys, keys, range(2, 2 + len(CELLS)), days, covers)


def test_no_address_is_in_the_file_and_the_same_person_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with open_store(path) as store:
        source = sources.add_source(store, "Orders", Recipe("Orders", ("Date", "Email"), date="Date"), NOW)
        imports.apply(store, source.id, imports.Upload(batch(), "orders.csv", "hash"), NOW)
        kept = [row[0] for row in store.all(f'SELECT "Email" FROM rows_{source.id} ORDER BY _id')]
    assert kept[0] == kept[1] != kept[2]
    assert kept[3] is None
    assert b"example.com" not in path.read_bytes()


def test_another_data_file_has_another_key(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.db") as one, open_store(tmp_path / "two.db") as two:
        assert hide_personal(one, batch()).cells["Email"] != hide_personal(two, batch()).cells["Email"]
        assert hide_personal(one, batch()).cells["Email"] == hide_personal(one, batch()).cells["Email"]


def test_what_is_not_personal_stays_and_a_look_in_memory_hides_nothing(tmp_path: Path) -> None:
    plain = replace(batch(), columns=(Column("Date", ColumnType.DATE), Column("Email", ColumnType.TEXT)))
    with open_store(tmp_path / "shop.db") as store, open_store(None) as memory:
        assert hide_personal(store, plain) is plain
        assert hide_personal(memory, batch()).cells["Email"] == CELLS
