"""Rows that an earlier version fingerprinted in its own way are never counted beside the same ones of today."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from kpi_core.errors import RefusedDefinition
from kpi_core.service import history, importing
from kpi_core.service.importing import Wishes
from kpi_core.store.data_file import open_store, step_count
from kpi_core.store.schema import MIGRATIONS
from tests.service.shop import NOW, add, days, orders

STEP = "m005_fingerprints"
OCTOBER = orders(days("2026-10-01", "2026-10-31"))
LONGER = orders(days("2026-10-01", "2026-11-02"))


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Give a data file with October as a version before the mark left it: rows told by MD5, no mark in the schema."""
    path = tmp_path / "shop.db"
    add(path, OCTOBER)
    with closing(sqlite3.connect(path)) as conn, conn:
        for key, text in conn.execute('SELECT _key, "Order" || _day FROM rows_1').fetchall():
            digest = hashlib.md5(f"key\x1f{text}".encode(), usedforsecurity=False).digest()
            print_ = int.from_bytes(digest[:8], "little", signed=True)
            conn.execute("UPDATE rows_1 SET _key = ?, _content = ? WHERE _key = ?", (print_, print_ ^ 1, key))
        conn.execute("ALTER TABLE sources DROP COLUMN fingerprints")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (STEP,))
        conn.execute(f"PRAGMA user_version = {step_count() - 1}")
        assert shape(conn) == as_it_was()
    return path


def shape(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Write down the columns of the table of sources."""
    return conn.execute("PRAGMA table_info(sources)").fetchall()


def as_it_was() -> list[tuple[object, ...]]:
    """Write down the table of sources that the steps before the mark make."""
    with closing(sqlite3.connect(":memory:")) as conn:
        MIGRATIONS.apply(Database(conn, execute_plugins=False), stop_before=STEP)
        return shape(conn)


def counting(path: Path) -> list[tuple[object, ...]]:
    with open_store(path) as store:
        return store.all("SELECT _day, count(*) FROM rows_1 WHERE _current = 1 GROUP BY _day ORDER BY _day")


def test_a_file_beside_rows_of_another_way_is_refused_and_changes_nothing(earlier: Path) -> None:
    before = counting(earlier)
    with pytest.raises(
        RefusedDefinition, match=r"an earlier version of Signalbox: beside them a row could count twice"
    ) as no:
        importing.preview(earlier, LONGER, Wishes("Orders"), NOW)
    assert no.value.hint == "Undo all files of this source and add them again."
    with pytest.raises(RefusedDefinition, match="count twice"):
        add(earlier, LONGER)
    assert counting(earlier) == before
    assert len(before) == 31


def test_undone_and_added_again_every_row_counts_once(earlier: Path) -> None:
    assert history.take_back(earlier, 1, NOW).removed == 31
    assert add(earlier, OCTOBER).result.sentence == "31 new."
    assert add(earlier, LONGER).result.sentence == "2 new, 31 the same."
    assert [number for _, number in counting(earlier)] == [1] * 33


def test_another_source_of_the_same_data_file_takes_files(earlier: Path) -> None:
    assert add(earlier, OCTOBER, "Stall").result.sentence == "31 new."
    assert add(earlier, LONGER, "Stall").result.sentence == "2 new, 31 the same."
