"""The tables of reviews: migrations that follow those of `schema_board`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.schema import run_all
from kpi_core.store.schema_board import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["MIGRATIONS"]


@MIGRATIONS()
def m012_reviews(db: Database) -> None:
    """Add reviews, what was said in each about a KPI, corrections added later, actions, and the next one's plan.

    Each holds itself as JSON; what is not live was taken back. `uid` names the appointment of the next review for
    ever, so that a calendar updates it.
    """
    run_all(
        db,
        """CREATE TABLE reviews (
            id INTEGER PRIMARY KEY,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE review_items (
            id INTEGER PRIMARY KEY,
            review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
            kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL,
            UNIQUE (review_id, kpi_id)
        ) STRICT""",
        "CREATE INDEX review_items_of_a_kpi ON review_items (kpi_id)",
        """CREATE TABLE review_additions (
            id INTEGER PRIMARY KEY,
            review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE actions (
            id INTEGER PRIMARY KEY,
            kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX actions_of_a_kpi ON actions (kpi_id)",
        """CREATE TABLE review_plan (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uid TEXT NOT NULL,
            definition TEXT NOT NULL DEFAULT '',
            live INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        "INSERT INTO review_plan (id, uid) VALUES (1, lower(hex(randomblob(16))))",
    )
