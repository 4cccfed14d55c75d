"""What changed since the owner's last visit, or between any two days, in words."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.board.alerts import Digest, seen_of
from kpi_core.board.alerts import digest as compared
from kpi_core.errors import RefusedDefinition
from kpi_core.period import day_name
from kpi_core.service.boards import View, board
from kpi_core.service.keeping import settings
from kpi_core.store.data_file import FileState, open_store, state_of_file
from kpi_core.store.seen import last_visit, read_seen, write_seen

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kpi_core.board import BoardRow


def digest(data_file: Path, today: date, *, since: date | None = None, as_of: date | None = None) -> Digest:
    """Say what changed on the board.

    Args:
        data_file: the data file.
        today: the day.
        since: compare with the board as of this day, with today's data; None: with what the owner saw last.
        as_of: up to this day; None: today.

    Raises:
        RefusedDefinition: a day is still to come, or the first one is not before the second, or the day up to which
            is asked for lies before the last visit.
    """
    upto = as_of or today
    if since is not None and since >= upto:
        sentence = f"{day_name(since, None)} is not before {day_name(upto, None)}."
        raise RefusedDefinition(sentence, "Choose an earlier day to compare with.")
    calendar = settings(data_file).calendar
    now = _rows(data_file, today, upto)
    if since is not None:
        return compared(now, seen_of(_rows(data_file, today, since)), since=since, as_of=upto, calendar=calendar)
    with open_store(data_file) as store, store.reading():
        visit, seen = last_visit(store), read_seen(store)
    if as_of is not None and visit is not None and as_of < visit.date():
        sentence = f"You looked last on {day_name(visit.date(), None)}, after {day_name(as_of, None)}."
        raise RefusedDefinition(sentence, "Say since which earlier day you want to know.")
    return compared(now, seen, since=None if visit is None else visit.date(), as_of=upto, calendar=calendar)


def news(data_file: Path, today: date, now: datetime) -> Digest | None:
    """Tell what changed until the owner says that it was seen; None where there is nothing to tell.

    The first look, and a later day on which nothing changed, are noted as seen by themselves.
    """
    found = _news(data_file, state_of_file(data_file), today)
    if found.changes:
        return found
    if found.since is None or found.since < today:
        mark_seen(data_file, today, now)
    return None


@lru_cache(maxsize=8)
def _news(data_file: Path, state: FileState, today: date) -> Digest:
    """Compare once for each `state` of the data file."""
    del state
    return digest(data_file, today)


def mark_seen(data_file: Path, today: date, now: datetime, as_of: date | None = None) -> None:
    """Note that the owner has seen the board as it is, or as of a past day: the next digest tells what changes since.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    day = as_of or today
    rows = _rows(data_file, today, day)
    with open_store(data_file) as store:
        visit = last_visit(store)
        # What was seen later than this day tells nothing about it
        before = {} if visit is not None and visit.date() > day else read_seen(store)
        write_seen(store, seen_of(rows, before), datetime.combine(day, now.timetz()))


def _rows(data_file: Path, today: date, as_of: date) -> tuple[BoardRow, ...]:
    found = board(data_file, today, View(as_of))
    return (*found.rows, *found.health)
