"""The first tables of what the owner defines, as migration d001 makes them; only later migrations add to them."""

from __future__ import annotations

from typing import Final

KPI_TABLES: Final = (
    "CREATE TABLE business (id INTEGER PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL) STRICT",
    """CREATE TABLE goals (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        definition TEXT NOT NULL,
        live INTEGER NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX goals_by_name ON goals (folded) WHERE live",
    """CREATE TABLE kpis (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        state TEXT NOT NULL,
        tier TEXT NOT NULL,
        cadence TEXT NOT NULL,
        definition TEXT NOT NULL,
        live INTEGER NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX kpis_by_name ON kpis (folded) WHERE live",
    """CREATE TABLE kpi_versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
        from_day TEXT NOT NULL,
        definition TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX kpi_versions_of_kpi ON kpi_versions (kpi_id, from_day, id)",
)
"""Settings, goals and KPIs with their earlier definitions."""
TARGET_TABLES: Final = (
    """CREATE TABLE targets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
        starts TEXT NOT NULL,
        definition TEXT NOT NULL,
        live INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX targets_of_kpi ON targets (kpi_id, id)",
    """CREATE TABLE target_exceptions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
        period TEXT NOT NULL,
        definition TEXT NOT NULL,
        live INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX target_exceptions_of_kpi ON target_exceptions (kpi_id, id)",
)
"""The target history, and targets of one period."""
TYPED_TABLES: Final = (
    """CREATE TABLE typed_values (
        kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
        period TEXT NOT NULL,
        folded_segment TEXT NOT NULL,
        segment TEXT NOT NULL,
        value TEXT,
        numerator TEXT,
        denominator TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (kpi_id, period, folded_segment)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE stale_kpis (
        kpi_id INTEGER NOT NULL REFERENCES kpis (id) ON DELETE CASCADE,
        period TEXT NOT NULL,
        PRIMARY KEY (kpi_id, period)
    ) STRICT, WITHOUT ROWID""",
)
"""Typed values, and which values are to be computed again."""

FUNCTION_NAMES = {
    "finance": "Finance",
    "sales": "Sales",
    "marketing": "Marketing",
    "customer_success": "Looking after customers",
    "support": "Answering customers",
    "product": "Product",
    "operations": "Daily work",
    "people": "People",
    "fundraising": "Fundraising",
}
"""What a function was called by key, and what it is called in plain words."""
