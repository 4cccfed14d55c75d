"""The tables of the data file, as migrations: functions that are only ever added, never changed.

Every table is STRICT: a column that is said to hold numbers holds numbers. The rows of a source live in a
table of their own (`rows_1`, `rows_2` ...), made when the source is, see `rows.py`. Days are ISO text, moments are
ISO text in local time, exact numbers are text (`num/den` or decimal) or integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = Migrations("signalbox")


def run_all(db: Database, *statements: str) -> None:
    """Run statements one by one inside the migration's own transaction."""
    for statement in statements:
        db.conn.execute(statement)


@MIGRATIONS()
def m001_sources(db: Database) -> None:
    """Add sources with their recipe, and the columns of each. `next_row` never goes back: row ids are not reused."""
    run_all(
        db,
        """CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            recipe TEXT NOT NULL,
            next_row INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE source_columns (
            source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            sql_name TEXT NOT NULL,
            type TEXT NOT NULL,
            role TEXT NOT NULL,
            scale INTEGER NOT NULL,
            currency TEXT,
            PRIMARY KEY (source_id, position),
            UNIQUE (source_id, name),
            UNIQUE (source_id, sql_name)
        ) STRICT, WITHOUT ROWID""",
    )


@MIGRATIONS()
def m002_imports(db: Database) -> None:
    """Add imports: what each one covered, held, replaced, refused and left out.

    `held`: an import holds the rows with ids first_id..last_id; `id - record_offset` is the record number in its
    file. `replaced`: the days `[start_day, end_day)` whose older rows it took away.
    """
    run_all(
        db,
        """CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
            file_name TEXT NOT NULL,
            file_hash TEXT NOT NULL,
            added_at TEXT NOT NULL,
            cover_start TEXT,
            cover_end TEXT,
            cover_stated INTEGER NOT NULL,
            new INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            same INTEGER NOT NULL,
            gone INTEGER NOT NULL,
            left_out INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            undone_at TEXT
        ) STRICT""",
        "CREATE INDEX imports_of_source ON imports (source_id, id)",
        """CREATE TABLE held (
            import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
            first_id INTEGER NOT NULL,
            last_id INTEGER NOT NULL,
            record_offset INTEGER NOT NULL,
            PRIMARY KEY (import_id, first_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE replaced (
            import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
            start_day TEXT NOT NULL,
            end_day TEXT NOT NULL,
            PRIMARY KEY (import_id, start_day)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE refused_rows (
            import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            row INTEGER NOT NULL,
            column_name TEXT NOT NULL,
            text TEXT NOT NULL,
            reason TEXT NOT NULL,
            cells TEXT NOT NULL,
            PRIMARY KEY (import_id, position)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE left_out_rows (
            import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            row INTEGER NOT NULL,
            reason TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (import_id, position)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE closed_months (
            month TEXT PRIMARY KEY,
            closed_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
    )


@MIGRATIONS()
def m003_actuals(db: Database) -> None:
    """Add the values of KPIs per period: a projection that can be made again from rows, definitions and typed values.

    Segment 0 is the total. `touched` lists the months of a source (by one of its date columns; '' is the
    source's own day) whose values are yet to be computed again.
    """
    run_all(
        db,
        """CREATE TABLE segments (
            id INTEGER PRIMARY KEY,
            folded TEXT NOT NULL UNIQUE,
            label TEXT NOT NULL
        ) STRICT""",
        "INSERT INTO segments (id, folded, label) VALUES (0, '', '')",
        """CREATE TABLE actuals (
            kpi_id INTEGER NOT NULL,
            segment_id INTEGER NOT NULL REFERENCES segments (id),
            period TEXT NOT NULL,
            period_end TEXT NOT NULL,
            value TEXT,
            approx REAL,
            coverage TEXT NOT NULL,
            data_until TEXT,
            reason TEXT NOT NULL,
            typed INTEGER NOT NULL,
            label TEXT NOT NULL,
            PRIMARY KEY (kpi_id, segment_id, period)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE touched (
            source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
            date_column TEXT NOT NULL,
            month TEXT NOT NULL,
            PRIMARY KEY (source_id, date_column, month)
        ) STRICT, WITHOUT ROWID""",
    )
