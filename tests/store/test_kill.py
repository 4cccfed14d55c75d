"""A program that is killed in the middle of an import leaves all of it or nothing, and a sound file."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from kpi_core.source import ColumnType, Recognition
from kpi_core.store import actuals
from kpi_core.store.data_file import open_store
from kpi_core.store.held import rows_nobody_holds
from kpi_core.store.import_list import list_imports
from kpi_core.store.imports import Upload, apply
from kpi_core.store.sources import add_source
from tests.store.batches import NOW, batch, recipe, upload

ROWS = 3_000
TIMES = 50
KINDS = {"date": ColumnType.DATE, "id": ColumnType.TEXT, "amount": ColumnType.NUMBER}


def made(first: int) -> Upload:
    rows = [
        {"date": f"2025-10-{number % 28 + 1:02d}", "id": str(first + number), "amount": f"{number}.50"}
        for number in range(ROWS)
    ]
    return upload(batch(rows, KINDS, key=["id"]))


def run_import(path: Path, file: Upload, told: Connection) -> None:
    with open_store(path) as store:
        told.send(0)
        told.send(apply(store, 1, file, NOW).import_id)


def check_sound(path: Path, finished: int) -> None:
    """Each import is there as a whole or not at all; one that said it was done is there."""
    with open_store(path) as store:
        assert store.all("PRAGMA integrity_check") == [("ok",)]
        assert store.all("PRAGMA foreign_key_check") == []
        assert rows_nobody_holds(store) == [("Orders", 0)]
        imports = list_imports(store)
        assert finished <= max((each.id for each in imports), default=0)
        new, changed = sum(each.new for each in imports), sum(each.changed for each in imports)
        assert store.one("SELECT coalesce(sum(last_id - first_id + 1), 0) FROM held") == (len(imports) * ROWS,)
        assert store.one("SELECT count(*) FROM rows_1") == (new + changed,)
        assert store.one("SELECT count(*) FROM rows_1 WHERE _current = 1") == (new,)


@pytest.mark.slow
@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork a process")
def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with open_store(path) as store:
        add_source(store, "Orders", recipe(Recognition.KEY, key=["id"]), NOW)
    processes = multiprocessing.get_context("fork")
    chance = random.Random(7)
    longest, killed = 0.0, 0
    for turn in range(TIMES + 1):
        hear, tell = processes.Pipe(duplex=False)
        # Rows of two turns overlap, so that old rows change hands too
        importer = processes.Process(target=run_import, args=(path, made(turn * ROWS // 2), tell))
        importer.start()
        tell.close()
        assert hear.recv() == 0
        started = time.perf_counter()
        if turn:
            time.sleep(chance.uniform(0, longest))
            importer.kill()
        try:
            finished = hear.recv()
        except EOFError:
            finished = 0
            killed += 1
        if not turn:
            longest = time.perf_counter() - started
        importer.join()
        check_sound(path, finished)
    assert killed
    with open_store(path) as store:
        actuals.refresh(store)
        assert actuals.differing(store) == ()
