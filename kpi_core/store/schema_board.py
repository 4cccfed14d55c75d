"""The tables of what the board is told and of what the owner saw on it: migrations that follow those of `schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.schema import MIGRATIONS, run_all

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["MIGRATIONS"]


@MIGRATIONS()
def m010_outlooks(db: Database) -> None:
    """Add what was worked out of a KPI's whole history for the board: limits and forecast, so that it reads by key.

    It can be made again at any time; `asked` is all that it depends on but the values. Whoever changes a value, by
    whatever way, takes it away.
    """
    forget = "BEGIN DELETE FROM outlooks WHERE kpi_id = {which}.kpi_id; END"
    when = "CREATE TRIGGER outlooks_{name} AFTER {event} ON actuals WHEN {which}.segment_id = 0 "
    run_all(
        db,
        """CREATE TABLE outlooks (
            kpi_id INTEGER PRIMARY KEY,
            asked TEXT NOT NULL,
            answer TEXT NOT NULL
        ) STRICT""",
        *(
            (when + forget).format(name=event.lower(), event=event, which=which)
            for event, which in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        ),
    )


@MIGRATIONS()
def m010_seen(db: Database) -> None:
    """Add what the owner saw last of each KPI, as JSON, and when, for what changed since."""
    run_all(
        db,
        """CREATE TABLE seen (
            kpi_id INTEGER PRIMARY KEY REFERENCES kpis (id) ON DELETE CASCADE,
            state TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE last_visit (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            at TEXT NOT NULL
        ) STRICT""",
    )


@MIGRATIONS()
def m011_notes(db: Database) -> None:
    """Add what happened on a day, in the owner's words: beside one KPI, or beside all where `kpi_id` is null."""
    run_all(
        db,
        """CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            kpi_id INTEGER REFERENCES kpis (id) ON DELETE CASCADE,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX notes_of_a_kpi ON notes (kpi_id)",
    )
