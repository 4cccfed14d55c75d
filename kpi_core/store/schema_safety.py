"""The tables of who writes, of what was taken over from a file, and of removed persons: they follow `schema_review`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.schema import run_all
from kpi_core.store.schema_review import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["MIGRATIONS"]


@MIGRATIONS()
def m013_people(db: Database) -> None:
    """Add who writes in the log: every name that was given, and which of them sits here now (`present` 1).

    Until now the name was a setting, so that another person made every value again. It is taken out of the settings
    and of their log, where it says nothing that `who` does not.
    """
    run_all(
        db,
        """CREATE TABLE people (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            present INTEGER NOT NULL
        ) STRICT""",
        """INSERT INTO people (name, folded, present)
            SELECT name, lower(name), 1 FROM (SELECT json_extract(settings, '$.person') AS name FROM business)
            WHERE name IS NOT NULL AND name <> ''""",
        "UPDATE business SET settings = json_remove(settings, '$.person') WHERE settings ->> '$.person' IS NOT NULL",
        *(
            f"UPDATE changes SET {column} = json_remove({column}, '$.person') "  # noqa: S608 - constants of ours
            f"WHERE thing = 'business' AND {column} ->> '$.person' IS NOT NULL"
            for column in ("old", "new")
        ),
    )


@MIGRATIONS()
def m013_taken_over(db: Database) -> None:
    """Add which changes of the log a file of definitions brought, `(after, upto]`, so that all can be taken back."""
    run_all(
        db,
        """CREATE TABLE taken_over (
            id INTEGER PRIMARY KEY,
            file_name TEXT NOT NULL,
            at TEXT NOT NULL,
            after INTEGER NOT NULL,
            upto INTEGER NOT NULL,
            undone_at TEXT
        ) STRICT""",
    )


@MIGRATIONS()
def m013_removals(db: Database) -> None:
    """Add the receipts of removed persons: when, and what was done where, without the person's data."""
    run_all(
        db,
        """CREATE TABLE removals (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            receipt TEXT NOT NULL
        ) STRICT""",
    )
