"""A program that is killed in the middle of an import leaves all of it or nothing, and a sound file."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kpi_core.source import Recognition
from kpi_core.store import actuals
from kpi_core.store.data_file import open_store
from kpi_core.store.held import rows_nobody_holds
from kpi_core.store.import_list import list_imports
from kpi_core.store.sources import add_source
from tests.store.batches import NOW, recipe

PROJECT = Path(__file__).parents[2]
ROWS = 4_000
TIMES = 20

IMPORTER = """
import sys
from pathlib import Path
from kpi_core.source import ColumnType
from kpi_core.store.data_file import open_store
from kpi_core.store.imports import apply
from tests.store.batches import NOW, batch, upload

kinds = {"date": ColumnType.DATE, "id": ColumnType.TEXT, "amount": ColumnType.NUMBER}
first = int(sys.argv[2])
rows = [
    {"date": f"2025-10-{n % 28 + 1:02d}", "id": str(first + n), "amount": f"{n}.50"}
    for n in range(int(sys.argv[3]))
]
made = upload(batch(rows, kinds, key=["id"]))
with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    print(apply(store, 1, made, NOW).import_id, flush=True)
"""


@pytest.mark.slow
def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with open_store(path) as store:
        add_source(store, "Orders", recipe(Recognition.KEY, key=["id"]), NOW)
    chance = random.Random(7)
    longest = 0.2
    for turn in range(TIMES):
        # Rows of two turns overlap, so that old rows change hands too
        importer = subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(path), str(turn * ROWS // 2), str(ROWS)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert importer.stdin is not None
        assert importer.stdout is not None
        assert importer.stdout.readline() == "ready\n"
        started = time.perf_counter()
        importer.stdin.write("go\n")
        importer.stdin.flush()
        if turn:
            time.sleep(chance.uniform(0, longest))
            importer.send_signal(signal.SIGKILL)
        finished = importer.stdout.readline()
        if turn == 0:
            longest = 1.2 * (time.perf_counter() - started)
        importer.communicate()
        with open_store(path) as store:
            assert store.all("PRAGMA integrity_check") == [("ok",)]
            assert store.all("PRAGMA foreign_key_check") == []
            assert rows_nobody_holds(store) == [("Orders", 0)]
            imports = list_imports(store)
            assert not finished or imports[0].id == int(finished)
            held = store.one("SELECT sum(last_id - first_id + 1) FROM held")
            assert held == (len(imports) * ROWS,)
            new = sum(each.new for each in imports)
            assert store.one("SELECT count(*) FROM rows_1") == (new + sum(each.changed for each in imports),)
            assert store.one("SELECT count(*) FROM rows_1 WHERE _current = 1") == (new,)
    with open_store(path) as store:
        assert 1 <= len(list_imports(store)) <= TIMES
        actuals.refresh(store)
        assert actuals.differing(store) == ()
