"""Keeping the data file safe: back it up while it is in use, put a backup in place, look whether it is sound."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.errors import DataFileDamaged, NotFound, RefusedDefinition
from kpi_core.store import actuals
from kpi_core.store.data_file import APPLICATION_ID, connect, copy_to, open_store, translate

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store


HEADER_BYTES = 100
ID_AT = 68
"""Where an SQLite file holds its application id, big-endian: https://sqlite.org/fileformat2.html#application_id."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at in the data file."""

    name: str
    ok: bool
    text: str


def backup(store: Store, target: Path) -> None:
    """Copy the data file to one file in one go; others may go on writing. An older backup there is replaced.

    Raises:
        RefusedDefinition: something else than an older backup is there, or there is no such folder.
    """
    if not target.parent.is_dir():
        sentence = f"There is no folder {target.parent}."
        raise RefusedDefinition(sentence, "Make it first, or choose another one.")
    if target.exists() and (_same(store.path, target) or not _is_ours(target)):
        sentence = f"{target} is there already and is no backup, so it was not written over."
        raise RefusedDefinition(sentence, "Choose another name.")
    copy_to(store, target)


def _same(path: Path | None, other: Path) -> bool:
    return path is not None and path.exists() and path.samefile(other)


def _is_ours(path: Path) -> bool:
    """Tell whether a file says in its header that it is a data file of Signalbox; it is not opened for that."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(HEADER_BYTES)[ID_AT : ID_AT + 4] == APPLICATION_ID.to_bytes(4)


def restore(data_file: Path, source: Path, now: datetime) -> Path | None:
    """Put a backup in place of the data file; the replaced file is kept beside it and its path is given.

    Raises:
        NotFound: there is no such backup.
        DataFileDamaged: the backup is no sound data file of Signalbox; nothing was changed.
        NewerDataFile: a newer Signalbox made it; nothing was changed.
    """
    if not source.is_file():
        sentence = f"There is no backup {source}."
        raise NotFound(sentence, "Check the path.")
    _refuse_unsound(source)
    kept = None
    if data_file.exists():
        kept = data_file.with_name(f"{data_file.stem}-before-restore-{now:%Y%m%d-%H%M%S}{data_file.suffix}")
        with open_store(data_file) as store:
            copy_to(store, kept)
    _copy_in(source, data_file)
    with open_store(data_file):
        return kept


def _refuse_unsound(source: Path) -> None:
    with closing(connect(source)) as conn:
        try:
            found = [str(row[0]) for row in conn.execute("PRAGMA integrity_check(1)")]
            ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        except sqlite3.Error as error:
            raise translate(error, str(source)) from error
    if found != ["ok"]:
        raise DataFileDamaged(str(source), found[0] if found else "it cannot be read")
    if not ours:
        # An empty file too: opening it would make a data file of it, and restoring that would empty the business
        raise DataFileDamaged(str(source), "it is no data file of Signalbox")
    with open_store(source):
        return


def _copy_in(source: Path, data_file: Path) -> None:
    """Copy the backup page by page into the data file, so that whoever has it open sees the restored one."""
    data_file.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(source)) as from_backup, closing(connect(data_file)) as into:
        try:
            from_backup.backup(into, pages=-1)
        except sqlite3.Error as error:
            raise translate(error, str(data_file)) from error


def check(store: Store) -> tuple[Finding, ...]:
    """Look whether the file is sound, what is referred to exists, and values are what their rows make."""
    return (_pages(store), _references(store), _held(store), _values(store))


def _pages(store: Store) -> Finding:
    found = [str(row[0]) for row in store.all("PRAGMA integrity_check(3)")]
    ok = found == ["ok"]
    return Finding("pages", ok, "Every page of the data file is sound." if ok else f"Damaged: {'; '.join(found)}.")


def _references(store: Store) -> Finding:
    missing = store.all("PRAGMA foreign_key_check")
    if not missing:
        return Finding("references", ok=True, text="Everything that is referred to exists.")
    tables = ", ".join(sorted({str(row[0]) for row in missing}))
    return Finding("references", ok=False, text=f"{len(missing)} entries refer to something that is gone, in {tables}.")


def _held(store: Store) -> Finding:
    """Every row of a source must be held by an import that is not undone."""
    lost = [source for source, count in actuals.rows_nobody_holds(store) if count]
    if not lost:
        return Finding("rows", ok=True, text="Every row belongs to an import.")
    sentence = f"Rows of {', '.join(lost)} belong to no import: undo and add its files again."
    return Finding("rows", ok=False, text=sentence)


def _values(store: Store) -> Finding:
    differing = actuals.differing(store)
    if not differing:
        return Finding("values", ok=True, text="Every value is what its rows make.")
    names = ", ".join(differing)
    return Finding("values", ok=False, text=f"Values of {names} differ from what their rows make; they are made again.")
