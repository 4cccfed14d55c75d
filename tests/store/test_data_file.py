"""Opening, writing, translating errors: the data file under real trouble."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from kpi_core.errors import DataFileBusy, DataFileDamaged, DataFileReadOnly, DiskFull, NewerDataFile, StoreError
from kpi_core.source import Recognition
from kpi_core.store import data_file
from kpi_core.store.data_file import Store, open_store, translate
from kpi_core.store.sources import add_source, list_sources
from tests.store.batches import NOW, recipe

RECIPE = recipe(Recognition.KEY, key=["id"])


def test_a_new_file_has_the_promised_settings(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store:
        assert store.one("PRAGMA journal_mode") == ("wal",)
        assert store.one("PRAGMA synchronous") == (2,)
        assert store.one("PRAGMA foreign_keys") == (1,)
        assert store.one("PRAGMA busy_timeout") == (30_000,)
        tables = store.all("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        own = [str(sql) for name, sql in tables if not str(name).startswith(("sqlite_", "_sqlite_"))]
        assert own
        assert all("STRICT" in sql for sql in own)


def test_a_block_is_all_or_nothing_and_blocks_nest(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store:
        with pytest.raises(ZeroDivisionError):
            add_and_fail(store)
        assert list_sources(store) == ()
        with store.writing(), store.db.atomic():
            add_source(store, "Orders", RECIPE, NOW)
        assert [source.name for source in list_sources(store)] == ["Orders"]


def add_and_fail(store: Store) -> None:
    with store.writing():
        add_source(store, "Orders", RECIPE, NOW)
        _ = 1 / 0


def add_many(store: Store) -> None:
    with store.writing():
        for number in range(200):
            add_source(store, f"Orders {number}", RECIPE, NOW)


def test_what_sqlite_complains_about_has_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(b"this was never a data file" * 100)
    with pytest.raises(DataFileDamaged, match=r"shop\.db is damaged: it is no data file of Signalbox\."):
        open_store(path)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as conn:
        conn.execute("CREATE TABLE theirs (a)")
    conn.close()
    with pytest.raises(DataFileDamaged, match="it is the file of another program"):
        open_store(other)
    with pytest.raises(DataFileReadOnly, match="cannot be written"):
        open_store(tmp_path / "no such folder" / "shop.db")


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with open_store(path) as store:
        store.run("PRAGMA user_version = 999")
    with pytest.raises(NewerDataFile, match="was written by a newer Signalbox"):
        open_store(path)


def test_damage_inside_is_named_and_not_read_as_data(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with open_store(path) as store:
        add_source(store, "Orders", RECIPE, NOW)
        store.checkpoint()
        store.run("PRAGMA journal_mode = DELETE")
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError), open_store(path) as store:
        list_sources(store)


def test_a_full_disk_takes_the_change_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store:
        pages = store.one("PRAGMA page_count")
        assert pages is not None
        store.run(f"PRAGMA max_page_count = {pages[0]}")
        with pytest.raises(DiskFull, match="is full; nothing was saved"):
            add_many(store)
        assert list_sources(store) == ()


def test_a_file_that_another_one_holds_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "BUSY_SECONDS", 0.05)
    path = tmp_path / "shop.db"
    with open_store(path) as holder, open_store(path) as waiter, holder.writing():
        add_source(holder, "Orders", RECIPE, NOW)
        # A reader is never in the way and never waits
        assert list_sources(waiter) == ()
        with pytest.raises(DataFileBusy, match="is in use by another program"):
            add_source(waiter, "Visits", RECIPE, NOW)


def test_before_an_older_file_is_brought_up_to_date_it_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with open_store(path) as store:
        add_source(store, "Orders", RECIPE, NOW)
        last = "m007_over_computed"
        store.run("DELETE FROM _sqlite_migrations WHERE name = ?", (last,))
        store.run("PRAGMA user_version = 1")
    with pytest.raises(StoreError):
        # The step runs again over its own tables and fails: nothing is half brought up to date
        open_store(path)
    kept = path.parent / "backups" / f"shop-before-{last}.db"
    with sqlite3.connect(kept) as conn:
        assert conn.execute("SELECT name FROM sources").fetchall() == [("Orders",)]
    conn.close()


def test_writers_and_readers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    open_store(path).close()
    errors: list[Exception] = []

    def write(worker: int) -> None:
        with open_store(path) as store:
            for number in range(10):
                with store.writing():
                    known = len(list_sources(store))
                    add_source(store, f"{worker} {number} after {known}", RECIPE, NOW)

    def read() -> None:
        seen = 0
        with open_store(path) as store:
            for _ in range(50):
                with store.reading():
                    now = len(list_sources(store))
                    assert now == len(list_sources(store))
                assert now >= seen
                seen = now

    def guarded(work: object, *arguments: int) -> None:
        try:
            work(*arguments)  # type: ignore[operator]
        except (StoreError, AssertionError) as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(write, worker)) for worker in range(8)]
    threads += [threading.Thread(target=guarded, args=(read,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with open_store(path) as store:
        assert len(list_sources(store)) == 80
        # Each saw all that were there before it: none was lost
        after = sorted(int(source.name.rsplit(" ", 1)[1]) for source in list_sources(store))
        assert after == list(range(80))


def test_an_unknown_trouble_still_has_a_sentence() -> None:
    told = translate(sqlite3.OperationalError("something odd"), "shop.db")
    assert type(told) is StoreError
    assert told.sentence == "shop.db could not be used: something odd."


def test_the_store_in_memory_has_a_name() -> None:
    with open_store() as store:
        assert isinstance(store, Store)
        assert store.name == "the working memory"
