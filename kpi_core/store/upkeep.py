"""Keeping the data file safe: back it up while it is in use, put a backup in place. `soundness` looks for damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.errors import DataFileBusy, DataFileDamaged, DataFileReadOnly, NewerDataFile, NotFound, RefusedDefinition
from kpi_core.store.backups import copy_of, refuse_unsound
from kpi_core.store.data_file import (
    APPLICATION_ID,
    TRIES,
    connect,
    copy_to,
    free_name,
    open_store,
    translate,
    unfinished,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpi_core.store.data_file import Store


CHOOSE_ANOTHER = "Choose another backup; your data file is as it was."
HEADER_BYTES = 100
ID_AT = 68
"""Where an SQLite file holds its application id, big-endian: https://sqlite.org/fileformat2.html#application_id."""


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

    The backup itself is only read. A damaged data file is kept as it is, byte by byte.

    Raises:
        NotFound: there is no such backup.
        DataFileDamaged: the backup is no sound data file of Signalbox; nothing was changed.
        NewerDataFile: a newer Signalbox made it; nothing was changed.
        DiskFull: there is no room for both; nothing was changed.
    """
    if not source.is_file():
        sentence = f"There is no backup {source}."
        raise NotFound(sentence, "Check the path.")
    try:
        refuse_unsound(source)
    except DataFileDamaged as error:
        error.hint = CHOOSE_ANOTHER
        raise
    data_file.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(data_file) as ready:
        with translating(source):
            copy_of(source, ready)
        _refuse_without_tables(ready, source)
        kept = _put_in_place(ready, data_file, now)
    with open_store(data_file):
        return kept


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk complains about into an error of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error, str(path)) from error
    except OSError as error:
        raise DataFileReadOnly(str(path)) from error


def _put_in_place(ready: Path, data_file: Path, now: datetime) -> Path | None:
    """Keep the data file beside itself, then copy the backup in; gives where it is kept.

    A sound file is copied, so that others go on; a damaged one is moved away.

    Raises:
        DataFileBusy: others wrote all the time; nothing was changed.
    """
    if not data_file.exists():
        _copy_in(ready, data_file)
        return None
    kept = free_name(data_file.with_name(f"{data_file.stem}-before-restore-{now:%Y%m%d-%H%M%S}{data_file.suffix}"))
    try:
        with open_store(data_file) as store:
            for _ in range(TRIES):
                version = store.version
                copy_to(store, kept)
                with suppress(_ChangedSinceError):
                    _copy_in(ready, data_file, partial(_refuse_changed, store, version))
                    return kept
            kept.unlink()
            raise DataFileBusy(str(data_file))
    except (DataFileDamaged, NewerDataFile):
        with translating(data_file):
            for end in ("-wal", "-shm", ""):
                part = data_file.with_name(f"{data_file.name}{end}")
                if part.exists():
                    part.replace(kept.with_name(f"{kept.name}{end}"))
    _copy_in(ready, data_file)
    return kept


def _refuse_without_tables(ready: Path, source: Path) -> None:
    """Refuse a backup, brought up to date, in which a table is missing that every data file has.

    Raises:
        DataFileDamaged: naming the backup and the table.
    """
    with open_store(None) as new, open_store(ready) as store:
        missing = min(_tables(new) - _tables(store), default=None)
    if missing is not None:
        error = DataFileDamaged(str(source), f"its table {missing} is missing")
        error.hint = CHOOSE_ANOTHER
        raise error


def _tables(store: Store) -> set[str]:
    return {str(name) for (name,) in store.all("SELECT name FROM sqlite_master WHERE type = 'table'")}


class _ChangedSinceError(Exception):
    """Somebody wrote after the data file was kept: what is kept is not the last of it."""


def _refuse_changed(store: Store, version: object, state: int, left: int, pages: int) -> None:
    del state, pages
    # With none left the copy is in already, and is itself the change
    if left and store.version != version:
        raise _ChangedSinceError


def _copy_in(source: Path, data_file: Path, look: Callable[[int, int, int], None] | None = None) -> None:
    """Copy the backup page by page into the data file, so that whoever has it open sees the restored one.

    `look` is called after each page, when nobody else can write any more; what it raises leaves the file as it was.
    """
    with closing(connect(source)) as from_backup, closing(connect(data_file)) as into, translating(data_file):
        try:
            from_backup.backup(into, pages=1, progress=look)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_READONLY:
                raise
            # A file with a log takes pages of its own size only: the copy is written anew in that size
            size = into.execute("PRAGMA page_size").fetchone()[0]
            from_backup.execute("PRAGMA journal_mode = DELETE")
            from_backup.execute(f"PRAGMA page_size = {size}")
            from_backup.execute("VACUUM")
            from_backup.backup(into, pages=1, progress=look)
