"""The table of what the check-up is told: a migration that follows those of `schema_safety`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.schema import run_all
from kpi_core.store.schema_safety import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["MIGRATIONS"]


@MIGRATIONS()
def m014_put_aside(db: Database) -> None:
    """Add the findings that the owner put aside: until when and why, as JSON; `kpi_id` null: about the whole board."""
    run_all(
        db,
        """CREATE TABLE put_aside (
            id INTEGER PRIMARY KEY,
            kpi_id INTEGER REFERENCES kpis (id) ON DELETE CASCADE,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX put_aside_of_a_kpi ON put_aside (kpi_id)",
    )
