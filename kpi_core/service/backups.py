"""Copies of the data file as the owner meets them: made once a day, listed, looked into, brought back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.errors import SignalboxError
from kpi_core.period import day_name, moment_name
from kpi_core.store import backups as kept
from kpi_core.store import upkeep
from kpi_core.unit import many

if TYPE_CHECKING:
    from kpi_core.store.backups import Backup, BackupKind, Holds

MOST_NAMES = 12
RULE = (
    "A backup is made by itself on the first visit of a day, if something changed since the last one. "
    f"Those of the last {kept.DAYS} days are kept, then one a week for {kept.WEEKS} weeks and "
    f"one a month for {kept.MONTHS} months."
)
SAMPLE_ONLY = "It holds nothing but the sample shop: bringing it back leaves nothing of your own."


@dataclass(frozen=True)
class BackupLine:
    """A copy on this computer, by the name of its file."""

    name: str
    when: str
    kind: BackupKind
    size: str


@dataclass(frozen=True)
class Inside:
    """What a copy holds, a sentence each; `trouble`: why it cannot be brought back, "" where it can."""

    sentences: tuple[str, ...]
    trouble: str = ""


def daily(data_file: Path, now: datetime) -> str:
    """Make the copy of the day where it is due; nothing stops where that fails, a sentence says why.

    Returns:
        The sentence; "" where all is well.
    """
    try:
        kept.keep_daily(data_file, now)
    except SignalboxError as error:
        return f"Today's backup could not be made. {error.sentence} Older backups are kept. {error.hint}".strip()
    return ""


def listed(data_file: Path) -> tuple[BackupLine, ...]:
    """List the copies that were made by themselves, the newest first."""
    return tuple(_line(each) for each in kept.backups(data_file))


def _line(backup: Backup) -> BackupLine:
    return BackupLine(backup.path.name, moment_name(backup.made), backup.kind, _size(backup.size))


def _size(size: int) -> str:
    """Write a size.

    >>> _size(2_500_000), _size(900)
    ('2.4 MB', '1 kB')
    """
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 2**10))} kB"


def look(data_file: Path, name: str) -> Inside:
    """Look into a copy of the list.

    Raises:
        NotFound: there is none of that name.
    """
    path = kept.named_backup(data_file, name)
    stat = path.stat()
    return _looked(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _looked(path: Path, moment: int, size: int) -> Inside:
    """Look once into each state of a copy."""
    del moment, size
    return inside(kept.look(path))


def look_into(data: bytes) -> Inside:
    """Look into a file that was handed over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "this file"
        path.write_bytes(data)
        return inside(kept.look(path))


def inside(holds: Holds) -> Inside:
    """Say what a copy holds."""
    if holds.trouble:
        return Inside((), holds.trouble)
    names = ", ".join(holds.kpis[:MOST_NAMES])
    more = f" and {len(holds.kpis) - MOST_NAMES} more" if len(holds.kpis) > MOST_NAMES else ""
    sentences = (
        SAMPLE_ONLY if holds.sample_only else "",
        f"Business: {holds.business or 'without a name'}.",
        f"KPIs: {names}{more}." if names else "No KPI.",
        f"Newest period with a value: from {day_name(date.fromisoformat(holds.newest), None)} on."
        if holds.newest
        else "No value.",
        f"{holds.rows:,} rows from {holds.imports} {'import' if holds.imports == 1 else 'imports'}.",
        f"{many(holds.reviews, 'review')} and {many(holds.actions, 'action')}."
        if holds.reviews or holds.actions
        else "",
        f"Last changed on {moment_name(datetime.fromisoformat(holds.last_change))}."
        if holds.last_change
        else "Never changed.",
    )
    return Inside(tuple(each for each in sentences if each))


def bring_back(data_file: Path, name: str, now: datetime) -> Path | None:
    """Put a copy of the list in place; the file before is kept beside it, and its path is given.

    Raises:
        NotFound: there is none of that name.
        StoreError: it is no sound data file, or there is no room; nothing was changed.
    """
    return upkeep.restore(data_file, kept.named_backup(data_file, name), now)
