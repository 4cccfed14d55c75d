"""Names of files and columns that are code, paths or commands elsewhere are text here: shown, stored, no more."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.service import history, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.store.sources import LONGEST_NAME
from tests.service.shop import NOW, days, dump

NAMES = (
    "../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "nul", "'; DROP TABLE sources; --",
    '"); DELETE FROM imports; --',
    "__import__('os').system('true')", "{0.__class__}", "%s%n", "<script>alert(1)</script>", "=cmd|' /C calc'!A0",
    "$(touch x)", "`touch x`", "a\nb", "\u202egnp.exe", "\U0001f642", "x" * 300, "_id", "rowid", "_key",
    "sqlite_master", "?",
)  # fmt: skip


def quoted(cell: str) -> str:
    escaped = cell.replace('"', '""')
    return f'"{escaped}"'


@pytest.mark.parametrize("name", NAMES)
def test_a_column_may_be_called_anything(data: Path, name: str) -> None:
    rows = "".join(f"{day},{quoted(name)},{day.day}.50\n" for day in days("2026-09-01", "2026-09-30"))
    file = File("orders.csv", f"Day,{quoted(name)},Total\n{rows}".encode())
    shown = importing.preview(data, file, Wishes("Orders"), NOW)
    assert shown.plan is not None
    assert (shown.plan.new, shown.question, shown.reading.value_column) == (30, None, "Total")
    importing.add(data, file, shown.wishes, NOW, shown.reading)
    before = dump(data)
    assert importing.add(data, file, shown.wishes, NOW).result.same_file_as is not None
    assert dump(data) == before
    with closing(sqlite3.connect(data)) as conn:
        stored, column = conn.execute("SELECT name, sql_name FROM source_columns WHERE position = 1").fetchone()
        escaped = column.replace('"', '""')
        cells = conn.execute(f'SELECT DISTINCT "{escaped}" FROM rows_1').fetchall()
    assert "".join(stored.split()) == "".join(shown.reading.columns[1].name.split())
    assert len(cells) == 1
    assert "".join(cells[0][0].split()) == "".join(name.replace("\u202e", "").split())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_and_a_source_may_be_called_anything(data: Path, name: str) -> None:
    rows = "".join(f"{day},{day.day}.50\n" for day in days("2026-09-01", "2026-09-30"))
    file = File(f"{name}.csv", f"Day,Total\n{rows}".encode())
    around = sorted(data.parent.parent.rglob("*"))
    shown = importing.preview(data, file, Wishes(), NOW)
    added = importing.add(data, file, shown.wishes, NOW, shown.reading)
    before = dump(data)
    later = File("next.csv", f"Day,Total\n{rows}".replace("-09-", "-06-").encode())
    kept, named = added.source, ""
    with suppress(RefusedDefinition):
        named = importing.add(data, later, Wishes(name), NOW).source
    if named:
        assert " ".join(named.split()) == " ".join(name.split())
    else:
        # A name that nobody can see, or one without end, is no name of a source
        assert len(name) > LONGEST_NAME or not name.isprintable()
        assert dump(data) == before
    assert kept == shown.source
    assert {line.source for line in history.history(data)} == {kept, named} - {""}
    assert history.refused_of(data, 1).startswith(b"\xef\xbb\xbf")
    made = set(data.parent.parent.rglob("*")) - set(around)
    assert {each.name.removeprefix(data.name) for each in made} <= {"", "-wal", "-shm"}
