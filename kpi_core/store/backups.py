"""Copies of the data file in the folder `backups` beside it: one a day, kept by a rule, and a look into each.

The rule: every day of the last week, the newest of each of the last four weeks, the newest of each of the last twelve
months. A copy is only ever deleted when today's was made and read through as sound, and only one that this module made.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from kpi_core.errors import DataFileDamaged, DataFileReadOnly, NewerDataFile, NotFound, StoreError
from kpi_core.store.data_file import (
    APPLICATION_ID,
    UNFINISHED,
    connect,
    copy_latest,
    open_store,
    step_count,
    translate,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 4, 12
CONTRADICTS = "parts of it contradict each other"
_DAY = re.compile(r"-(\d{4}-\d{2}-\d{2})$", re.ASCII)


class BackupKind(StrEnum):
    """Why a copy was made."""

    DAILY = "daily"
    UPDATE = "before an update"
    RESTORE = "before a backup was brought back"


@dataclass(frozen=True)
class Backup:
    """A copy of the data file on this computer; `size` in bytes."""

    path: Path
    kind: BackupKind
    made: datetime
    size: int


@dataclass(frozen=True)
class Holds:
    """What a copy holds, as far as it can be read. `trouble`: why it cannot be brought back, "" where it can."""

    business: str = ""
    kpis: tuple[str, ...] = ()
    newest: str = ""
    rows: int = 0
    imports: int = 0
    reviews: int = 0
    actions: int = 0
    last_change: str = ""
    sample_only: bool = False
    trouble: str = ""


def kept_days(days: Iterable[date], today: date) -> frozenset[date]:
    """Tell which days' copies are kept; the newest always is.

    >>> days = [date(2026, 11, 28) - timedelta(days=n) for n in range(400)]
    >>> len(kept_days(days, days[0]))
    20
    """
    newest_first = sorted(set(days), reverse=True)
    kept = set(newest_first[:1])
    kept.update(day for day in newest_first if day > today - timedelta(days=DAYS))
    weeks: dict[object, date] = {}
    months: dict[object, date] = {}
    for day in newest_first:
        weeks.setdefault(day.isocalendar()[:2], day)
        months.setdefault((day.year, day.month), day)
    # Of the weeks and months that have a copy: after a pause nothing goes because of it
    kept.update(list(weeks.values())[:WEEKS])
    kept.update(list(months.values())[:MONTHS])
    return frozenset(kept)


def keep_daily(data_file: Path, now: datetime) -> Path | None:
    """Make the copy of the day where there is none yet and something changed since the newest, then keep by the rule.

    Returns:
        The new copy; None where none is needed.

    Raises:
        StoreError: it could not be made, such as for want of room; older copies stay as they are.
    """
    target = folder_of(data_file) / f"{data_file.stem}-{now:%Y-%m-%d}{data_file.suffix}"
    if not data_file.is_file() or target.exists():
        return None
    dated = daily(data_file)
    if dated and _changed_at(data_file) <= max(map(_modified, dated.values())):
        return None
    with open_store(data_file) as store:
        if store.one("SELECT 1 FROM changes LIMIT 1") is None and store.one("SELECT 1 FROM imports LIMIT 1") is None:
            return None
        try:
            target.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise DataFileReadOnly(str(target.parent)) from error
        copy_latest(store, target)
    trouble = look(target).trouble
    if trouble:
        target.unlink()
        raise DataFileDamaged(str(data_file), trouble)
    _let_go(data_file, now.date())
    return target


def _let_go(data_file: Path, today: date) -> None:
    """Delete the daily copies that the rule does not keep."""
    dated = daily(data_file)
    kept = kept_days(dated, today)
    for day, path in dated.items():
        if day not in kept:
            # One that another program holds open goes another day
            with suppress(OSError):
                path.unlink()
    # What a program left that ended in the middle of a copy; one of today may still be in the making
    for path in (
        *folder_of(data_file).glob(f"*{UNFINISHED}"),
        *data_file.parent.glob(f"{data_file.name}.*{UNFINISHED}"),
    ):
        with suppress(OSError):
            if date.fromtimestamp(_modified(path)) < today:  # noqa: DTZ012 - the day of this computer
                path.unlink()


def _changed_at(data_file: Path) -> float:
    """Tell when the data file or its log was written last; 0 where both are empty."""
    moments = [0.0]
    for each in (data_file, data_file.with_name(f"{data_file.name}-wal")):
        # A log comes and goes
        with suppress(FileNotFoundError):
            stat = each.stat()
            moments += [stat.st_mtime] if stat.st_size else []
    return max(moments)


def _modified(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return 0


def folder_of(data_file: Path) -> Path:
    """Give the folder of the copies."""
    return data_file.parent / "backups"


def daily(data_file: Path) -> dict[date, Path]:
    """List the daily copies by their day."""
    found = {}
    for path in folder_of(data_file).glob(f"{data_file.stem}-*{data_file.suffix}"):
        match = _DAY.search(path.stem)
        if match and path.stem[: match.start()] == data_file.stem:
            with suppress(ValueError):
                found[date.fromisoformat(match[1])] = path
    return found


def backups(data_file: Path) -> tuple[Backup, ...]:
    """List every copy that was made by itself, the newest first."""
    kinds = [(path, BackupKind.DAILY) for path in daily(data_file).values()]
    own, end = data_file.stem, data_file.suffix
    kinds += [(path, BackupKind.UPDATE) for path in folder_of(data_file).glob(f"{own}-before-*{end}")]
    kinds += [(path, BackupKind.RESTORE) for path in data_file.parent.glob(f"{own}-before-restore-*{end}")]
    found = []
    for path, kind in kinds:
        # Another process may have let it go since
        with suppress(FileNotFoundError):
            stat = path.stat()
            made = datetime.fromtimestamp(stat.st_mtime)  # noqa: DTZ006 - by the clock of this computer
            found.append(Backup(path, kind, made, stat.st_size))
    return tuple(sorted(found, key=lambda each: (each.made, each.path.name), reverse=True))


def named_backup(data_file: Path, name: str) -> Path:
    """Find a copy by its file's name; no other file is ever taken for one.

    Raises:
        NotFound: there is none of that name.
    """
    found = next((each.path for each in backups(data_file) if each.path.name == name), None)
    if found is None:
        sentence = f"There is no backup {name}."
        raise NotFound(sentence, "Look in the list of backups.")
    return found


def look(path: Path) -> Holds:
    """Look into a copy without changing it: whether it can be brought back, and what it holds."""
    try:
        with closing(_read_only(path)) as conn:
            _refuse_unsound(conn, path.name)
            return _holds(conn)
    except StoreError as error:
        return Holds(trouble=error.sentence)
    except sqlite3.Error as error:
        return Holds(trouble=translate(error, path.name).sentence)


def _read_only(path: Path) -> sqlite3.Connection:
    try:
        # immutable: no log is made beside a file that is only looked at
        return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise translate(error, path.name) from error


def _whole(path: Path) -> sqlite3.Connection:
    """Open a file that nobody has open to read all of it: one with a log beside it is only whole together with that."""
    has_log = path.with_name(f"{path.name}-wal").exists()
    return connect(path) if has_log else _read_only(path)


def refuse_unsound(path: Path) -> None:
    """Refuse a file that cannot be brought back; it is only read.

    Raises:
        DataFileDamaged, NewerDataFile: as their names say.
    """
    try:
        with closing(_whole(path)) as conn:
            _refuse_unsound(conn, str(path))
    except sqlite3.Error as error:
        raise translate(error, str(path)) from error


def _refuse_unsound(conn: sqlite3.Connection, name: str) -> None:
    found = [str(row[0]) for row in conn.execute("PRAGMA integrity_check(1)")]
    if found != ["ok"]:
        raise DataFileDamaged(name, CONTRADICTS)
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        # An empty file too: opening it would make a data file of it, and restoring that would empty the business
        raise DataFileDamaged(name, "it is no data file of Signalbox")
    if conn.execute("PRAGMA user_version").fetchone()[0] > step_count():
        raise NewerDataFile(name)


def _holds(conn: sqlite3.Connection) -> Holds:
    """Read what can be read: an older file lacks tables and columns."""
    tables = {str(name) for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE name GLOB 'rows_*'")}
    rows = sum(int(_one(conn, f'SELECT count(*) FROM "{table}" WHERE _current') or 0) for table in sorted(tables))  # noqa: S608 - names of ours
    kpis = conn.execute("SELECT name FROM kpis WHERE live ORDER BY folded").fetchall()
    business = "SELECT json_extract(settings, '$.name') FROM business"
    mine = """SELECT 1 FROM kpis WHERE live AND id NOT IN (SELECT id FROM sample_items WHERE kind = 'kpis')
        UNION ALL SELECT 1 FROM imports WHERE id NOT IN (SELECT id FROM sample_items WHERE kind = 'imports')"""
    return Holds(
        business=_one(conn, business),
        kpis=tuple(str(name) for (name,) in kpis),
        newest=_one(conn, "SELECT max(date(period)) FROM actuals WHERE value IS NOT NULL AND segment_id = 0"),
        rows=rows,
        imports=int(_one(conn, "SELECT count(*) FROM imports WHERE undone_at IS NULL") or 0),
        reviews=int(_one(conn, "SELECT count(*) FROM reviews WHERE live") or 0),
        actions=int(_one(conn, "SELECT count(*) FROM actions WHERE live") or 0),
        last_change=max(
            _one(conn, "SELECT max(at) FROM changes"),
            _one(conn, "SELECT max(replace(added_at, 'T', ' ')) FROM imports"),
        ),
        sample_only=bool(_one(conn, "SELECT 1 FROM sample_items LIMIT 1")) and not _one(conn, mine + " LIMIT 1"),
    )


def _one(conn: sqlite3.Connection, statement: str) -> str:
    try:
        row = conn.execute(statement).fetchone()
    except sqlite3.OperationalError:
        return ""
    return "" if row is None or row[0] is None else str(row[0])


def keep_moment(path: Path, read_at: int, made_at: int) -> None:
    """Give a copy that was written anew the moment back that it was made at, in nanoseconds."""
    os.utime(path, ns=(read_at, made_at))


def copy_of(path: Path, target: Path) -> None:
    """Copy a data file that nobody has open, brought up to date there; the file itself stays untouched."""
    with closing(_whole(path)) as source, closing(connect(target)) as copy:
        try:
            source.backup(copy, pages=-1)
        except sqlite3.Error as error:
            raise translate(error, str(path)) from error
    with open_store(target, is_copy=True):
        return
