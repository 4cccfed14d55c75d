"""Several files in the order of the days they cover, so that of two exports the later one counts; and what they share.

The order is known before anything is stored, so each file is read once for it alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.errors import SignalboxError
from kpi_core.service.whose import read
from kpi_core.source import Check
from kpi_core.store.data_file import open_store
from kpi_core.store.held import rewritten
from kpi_core.store.sources import find_source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.file import File
    from kpi_core.service.importing import Added
    from kpi_core.service.wishes import Wishes
    from kpi_core.source import Covers

Days = tuple[date, date, str]
REWRITTEN = "rewritten"
"""The check that says what files added together do not agree about."""


def days_of(name: str, covers: Covers | None) -> Days:
    """Say where a file stands among others: by the end of its days, their start, its name; last where they are open."""
    return (date.max, date.max, name) if covers is None else (covers.end, covers.start, name)


def by_days(
    data_file: Path,
    files: Sequence[tuple[File, Wishes]],
    now: datetime,
    tell: Callable[[int, float], None] | None = None,
) -> tuple[int, ...]:
    """Give the places of files in the order in which they are to be added.

    Files whose days cannot be told stand last, in their own order.

    Args:
        data_file: with the recipes to read them by.
        files: each with what its owner said about it.
        now: the day that dates without a year belong to.
        tell: is told the place of the file that is read, and the share that is done of it.
    """
    if len(files) <= 1:
        return tuple(range(len(files)))

    def days(place: int) -> Days:
        file, wishes = files[place]
        if tell is not None:
            tell(place, 0.0)
        try:
            reading = read(store, file, wishes, now.date(), None)
        except SignalboxError:
            return (date.max, date.max, "")
        end, start, name = days_of(file.name, None if reading.batch is None else reading.batch.covers)
        return (end, start, "" if end == date.max else name)

    with open_store(data_file) as store:
        found = [days(place) for place in range(len(files))]
    return tuple(sorted(range(len(files)), key=found.__getitem__))


def compared(data_file: Path, done: Sequence[tuple[str, Added]]) -> tuple[Added, ...]:
    """Say of files that were added one after the other where they hold the same rows with other values.

    Args:
        data_file: that they were added to.
        done: the name of each and what adding it did, in the order in which they were added.
    """
    told: list[Added] = []
    with open_store(data_file) as store:
        for place, (_, added) in enumerate(done):
            number, checks = added.result.import_id, list[Check]()
            if number is not None and added.result.changed:
                source = find_source(store, added.source).id
                for name, earlier in done[:place]:
                    older = earlier.result.import_id if earlier.source == added.source else None
                    rows = 0 if older is None else rewritten(store, source, older, number)
                    checks += [_differs(rows, name)] if rows else []
            told.append(replace(added, checks=(*added.checks, *checks)))
    return tuple(told)


def _differs(rows: int, name: str) -> Check:
    """Say how many rows of a file another one holds with other values.

    >>> _differs(2, "october.csv").text
    '2 rows of this file are in october.csv with other values: those of this file, which was added later, count.'
    """
    many = "1 row of this file is" if rows == 1 else f"{rows:,} rows of this file are"
    text = f"{many} in {name} with other values: those of this file, which was added later, count."
    return Check(REWRITTEN, ok=False, text=text)
