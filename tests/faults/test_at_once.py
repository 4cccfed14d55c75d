"""Backups while others write: each is one whole state, and can be put back."""

from __future__ import annotations

import threading
from pathlib import Path

from kpi_core.service import backups, keeping
from kpi_core.store.data_file import open_store
from kpi_core.store.import_list import list_imports
from tests.service.shop import NOW, TODAY, add, days, filled, orders

FILES = 6


def test_a_backup_that_is_made_while_files_are_added_holds_whole_imports_only(data: Path, tmp_path: Path) -> None:
    filled(data)
    done = threading.Event()

    def write() -> None:
        try:
            for number in range(FILES):
                add(data, orders(days(f"{2000 + number}-01-01", f"{2000 + number}-12-31"), name=f"{number}.csv"))
        finally:
            done.set()

    writer = threading.Thread(target=write)
    writer.start()
    copies: list[Path] = []
    while not done.is_set() or not copies:
        copies.append(tmp_path / f"{len(copies)}.db")
        keeping.backup(data, copies[-1])
    writer.join()
    keeping.backup(data, tmp_path / "last.db")
    seen = 0
    for copy in (copies[0], copies[len(copies) // 2], tmp_path / "last.db"):
        keeping.restore(data, copy, NOW)
        assert all(each.ok for each in keeping.check(data, TODAY))
        with open_store(data) as store:
            found = len(list_imports(store))
        assert found >= seen
        seen = found
        assert backups.look_into(copy.read_bytes()).trouble == ""
    assert seen == FILES + 1
