"""The data file: one SQLite file, opened per run, written in one transaction at a time.

`open_store(path)` gives a `Store`; `None` keeps everything in memory. A connection belongs to the thread that
opened it. Every write happens inside `Store.writing()`, which is all or nothing. Whatever SQLite complains
about becomes one of the store's errors here and nowhere else.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Self

from sqlite_utils import Database

from kpi_core.errors import (
    DataFileBusy,
    DataFileDamaged,
    DataFileReadOnly,
    DiskFull,
    NewerDataFile,
    NotFound,
    RefusedDefinition,
    StoreError,
)
from kpi_core.store.schema_hygiene import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    Parameters = Sequence[object] | Mapping[str, object]

BUSY_SECONDS = 30
TRIES = 5
"""How often a file is copied anew where somebody writes meanwhile."""
PAGE = 16_384
"""Bytes of a page in a new data file: a million rows are written with a quarter of the calls that small ones take."""
APPLICATION_ID = 0x5369676E
"""Marks the file as ours in its header, so that another program's SQLite file is never taken for a backup."""

UNFINISHED = ".unfinished"
"""How the name of a file ends that is still being made."""

IN_MEMORY = "the working memory"
FileState = tuple[tuple[int, int], ...]
"""Sizes and moments of the data file and of its write-ahead log."""


class Store:
    """An open data file. Use it in a `with` block; it closes at the end of it.

    `conn` is the bare connection for bulk work, `db` the same connection as sqlite-utils sees it.
    """

    def __init__(self, path: Path | None, conn: sqlite3.Connection) -> None:
        """Wrap an open connection; use `open_store` instead."""
        self.path = path
        self.conn = conn
        self.db = Database(conn, execute_plugins=False)

    @property
    def name(self) -> str:
        """Name the file in a sentence."""
        return IN_MEMORY if self.path is None else str(self.path)

    def __enter__(self) -> Self:
        """Enter a `with` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what was not committed is taken back."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.conn.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make the block one transaction: all of it is kept, or on any error nothing. Blocks may nest."""
        with self.translated():
            if self.conn.in_transaction:
                yield
                return
            # IMMEDIATE: a plain BEGIN that reads first and writes later fails at once when another one writes
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Let the block write to see what would come of it; nothing of it is kept. It stands in no other block."""
        with self.translated():
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Make the block see one state of the file, whatever others write meanwhile. Blocks may nest."""
        with self.translated():
            if self.conn.in_transaction:
                yield
                return
            self.conn.execute("BEGIN")
            try:
                yield
            finally:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn an error of SQLite into one of ours.

        Raises:
            DataFileBusy, DataFileDamaged, DataFileReadOnly, DiskFull, StoreError: see each one's sentence.
        """
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.name) from error

    @property
    def version(self) -> object:
        """Tell states of what others wrote apart: https://sqlite.org/pragma.html#pragma_data_version."""
        return self.one("PRAGMA data_version")

    def _execute(self, sql: str, parameters: Parameters) -> sqlite3.Cursor:
        try:
            return self.conn.execute(sql, parameters)
        except OverflowError as error:
            sentence = "A number is larger than any that the data file can hold."
            raise NotFound(sentence, "Look for a slip of the hand in it.") from error
        except UnicodeEncodeError as error:
            sentence = "A text holds half a letter, which no file can keep."
            raise RefusedDefinition(sentence, "Type that text anew.") from error

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and count the rows it changed."""
        with self.translated():
            return self._execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Insert one row and give its id."""
        with self.translated():
            return self._execute(sql, parameters).lastrowid or 0

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """Run one statement for every row and count the rows it changed."""
        with self.translated():
            return self.conn.executemany(sql, rows).rowcount

    def all(self, sql: str, parameters: Parameters = ()) -> list[tuple[object, ...]]:
        """Read all rows of a query."""
        with self.translated():
            return self._execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> tuple[object, ...] | None:
        """Read the first row of a query."""
        with self.translated():
            row: tuple[object, ...] | None = self._execute(sql, parameters).fetchone()
            return row

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file after bulk work, as far as no reader stands in the way."""
        if not self.conn.in_transaction:
            self.all("PRAGMA wal_checkpoint(TRUNCATE)")


def translate(error: sqlite3.Error, name: str) -> StoreError:
    """Say in a sentence what SQLite complains about.

    >>> translate(sqlite3.OperationalError("database or disk is full"), "shop.db").sentence
    'The disk that holds shop.db is full; nothing was saved.'
    """
    # The high bytes of an extended code only say more about the same trouble.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    text = str(error)
    if code == sqlite3.SQLITE_FULL or "disk is full" in text:
        return DiskFull(name)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or "locked" in text:
        return DataFileBusy(name)
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return DataFileReadOnly(name)
    if code == sqlite3.SQLITE_NOTADB:
        return DataFileDamaged(name, "it is no data file of Signalbox")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR}:
        return DataFileDamaged(name, "parts of it cannot be read")
    return StoreError(f"{name} could not be used: {text}.", "Check the data file in the settings.")


def open_store(path: Path | None = None, *, is_copy: bool = False) -> Store:
    """Open the data file, made new where there is none, and bring its tables up to date.

    Before an older file is brought up to date a copy of it is kept in the folder `backups` beside it, unless it
    `is_copy` itself of one that stays.

    Raises:
        NewerDataFile: written by a newer Signalbox.
        DataFileDamaged, DataFileReadOnly, DataFileBusy, DiskFull: as their names say.
    """
    store = Store(path, connect(path))
    try:
        with store.translated():
            prepare(store, is_copy=is_copy)
    except BaseException:
        store.close()
        raise
    return store


def state_of_file(path: Path) -> FileState:
    """Tell one state of a data file from another: every commit changes the size or the moment of it or of its log."""
    found = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        stat = each.stat() if each.exists() else None
        # An empty log comes and goes with every reader.
        found.append((stat.st_size, stat.st_mtime_ns) if stat is not None and stat.st_size else (0, 0))
    return tuple(found)


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a bare connection with the waiting time that every one of ours has."""
    name = ":memory:" if path is None else str(path)
    try:
        # isolation_level None: transactions begin where `writing` says, never by themselves
        return sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise translate(error, name) from error


def prepare(store: Store, *, is_copy: bool = False) -> None:
    """Set up the connection and migrate. `user_version` counts our migrations, so that the usual opening is short."""
    conn = store.conn
    conn.execute(f"PRAGMA page_size = {PAGE}")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA cache_size = -65536")
    refuse_foreign(store)
    if store.path is not None:
        conn.execute("PRAGMA journal_mode = WAL")
    if conn.execute("PRAGMA user_version").fetchone()[0] != step_count():
        migrate(store, is_copy=is_copy)
    # After migrating: rebuilding a table would otherwise trip over references to it
    conn.execute("PRAGMA foreign_keys = ON")


def step_count() -> int:
    """Count the migrations this program knows."""
    return len(step_names())


@cache
def step_names() -> tuple[str, ...]:
    """Name the migrations this program knows, in their order."""
    with closing(sqlite3.connect(":memory:")) as empty:
        return tuple(step.name for step in MIGRATIONS.pending(Database(empty, execute_plugins=False)))


def refuse_foreign(store: Store) -> None:
    """Refuse a file of a newer Signalbox and a file of another program; an empty file is a new one."""
    conn = store.conn
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        if conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise DataFileDamaged(store.name, "it is the file of another program")
        return
    if conn.execute("PRAGMA user_version").fetchone()[0] > step_count():
        raise NewerDataFile(store.name)


def migrate(store: Store, *, is_copy: bool = False) -> None:
    """Bring the tables up to date in one transaction; another process may have done it while we waited."""
    pending = MIGRATIONS.pending(store.db)
    if pending and MIGRATIONS.applied(store.db) and store.path is not None and not is_copy:
        keep_before(store, store.path, pending[0].name)
    with store.writing():
        MIGRATIONS.apply(store.db)
        store.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        store.conn.execute(f"PRAGMA user_version = {step_count()}")


def keep_before(store: Store, path: Path, step: str) -> Path:
    """Copy the file as it is before a migration, to `backups/` beside it."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    kept = free_name(folder / f"{path.stem}-before-{step}{path.suffix}")
    copy_to(store, kept)
    return kept


def free_name(path: Path) -> Path:
    """Give a name that no file has yet, so that a copy never takes the place of an earlier one."""
    tries = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return path if not path.exists() else next(each for each in tries if not each.exists())


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Name a file beside another one, to be made ready there first; whoever does the same at once has another one.

    It is gone at the end of the block unless it was moved.
    """
    path = target.with_name(f"{target.name}.{token_hex(4)}{UNFINISHED}")
    try:
        yield path
    finally:
        # A part of a copy only takes the room that lacked
        for end in ("", "-wal", "-shm", "-journal"):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def copy_to(store: Store, target: Path) -> None:
    """Copy the whole data file in one go while others may write; an unfinished copy never stands at `target`."""
    with unfinished(target) as ready:
        try:
            with store.translated(), closing(connect(ready)) as copy:
                # All pages at once: in portions a steady writer would make the copy start over for ever
                store.conn.backup(copy, pages=-1)
                copy.execute("PRAGMA journal_mode = DELETE")
            ready.replace(target)
        except OSError as error:
            raise DataFileReadOnly(str(target)) from error


def copy_latest(store: Store, target: Path) -> None:
    """Copy the whole data file so that nothing was written since: by its age the copy tells whether it is the latest.

    Raises:
        DataFileBusy: others wrote all the time.
    """
    for _ in range(TRIES):
        version = store.version
        copy_to(store, target)
        if store.version == version:
            return
    target.unlink()
    raise DataFileBusy(store.name)
