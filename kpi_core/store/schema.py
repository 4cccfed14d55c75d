"""The tables of the data file, as migrations: functions that are only ever added, never changed.

Every table is STRICT: a column that is said to hold numbers holds numbers. The rows of a source live in a
table of their own (`rows_1`, `rows_2` ...), made when the source is, see `rows.py`. Days are ISO text, moments are
ISO text in local time, exact numbers are text (`num/den` or decimal) or integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from kpi_core.store.schema_of_definitions import FUNCTION_NAMES, KPI_TABLES, TARGET_TABLES, TYPED_TABLES

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


@MIGRATIONS()
def d001_definitions(db: Database) -> None:
    """Add what the owner defines: settings, goals, KPIs with their earlier definitions, targets, typed values.

    `definition` is the thing as JSON (see `docs/definitions.md`); the columns beside it are those that are searched.
    `live` 0: taken back, kept so that taking back can be undone. A name is unique among the live ones only.
    `stale_kpis`: values to compute again, by the start of a period or '' for all.
    """
    run_all(db, *KPI_TABLES, *TARGET_TABLES, *TYPED_TABLES)


@MIGRATIONS()
def d002_changes(db: Database) -> None:
    """Add the log: what was changed, from what to what, when, by whom and why.

    `old` and `new` are the thing's JSON before and after, null where there was or is none. `effect` says what the
    change did to colours. `undoes` is the change that this one takes back.
    """
    run_all(
        db,
        """CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            thing TEXT NOT NULL,
            key TEXT NOT NULL,
            kpi_id INTEGER REFERENCES kpis (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            old TEXT,
            new TEXT,
            effect TEXT NOT NULL DEFAULT '',
            undoes INTEGER REFERENCES changes (id)
        ) STRICT""",
        "CREATE INDEX changes_of_thing ON changes (thing, key, id)",
        "CREATE INDEX changes_of_kpi ON changes (kpi_id, id)",
        "CREATE INDEX changes_undone ON changes (undoes) WHERE undoes IS NOT NULL",
    )


@MIGRATIONS()
def p001_sample(db: Database) -> None:
    """Add what belongs to the sample shop, so that removing it leaves exactly what the owner brought."""
    run_all(
        db,
        """CREATE TABLE sample_items (
            kind TEXT NOT NULL,
            id INTEGER NOT NULL,
            PRIMARY KEY (kind, id)
        ) STRICT, WITHOUT ROWID""",
    )


@MIGRATIONS()
def d003_changes_together(db: Database) -> None:
    """Let a change say of which other one it is a part: a renamed KPI takes those that name it along."""
    run_all(db, "ALTER TABLE changes ADD COLUMN part_of INTEGER REFERENCES changes (id) ON DELETE SET NULL")


@MIGRATIONS()
def m004_forgotten_sources(db: Database) -> None:
    """Let a source be forgotten with its imports and rows, so that it can come back: `live` 0 means nobody sees it."""
    run_all(db, "ALTER TABLE sources ADD COLUMN live INTEGER NOT NULL DEFAULT 1")


@MIGRATIONS()
def p002_hiding_key(db: Database) -> None:
    """Add the key of the fingerprints that stand for personal cells."""
    run_all(
        db,
        """CREATE TABLE hiding_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key BLOB NOT NULL
        ) STRICT""",
    )


@MIGRATIONS()
def d004_fills(db: Database) -> None:
    """Add the files that typed values came from, and which changes each made, so that a whole one can be undone."""
    run_all(
        db,
        """CREATE TABLE fills (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file_name TEXT NOT NULL,
            added_at TEXT NOT NULL,
            new INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            same INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            undone_at TEXT
        ) STRICT""",
        """CREATE TABLE fill_changes (
            change_id INTEGER PRIMARY KEY REFERENCES changes (id) ON DELETE CASCADE,
            fill_id INTEGER NOT NULL REFERENCES fills (id) ON DELETE CASCADE
        ) STRICT""",
        "CREATE INDEX fill_changes_of_fill ON fill_changes (fill_id)",
    )


@MIGRATIONS()
def m005_fingerprints(db: Database) -> None:
    """Add in which way (`source.FINGERPRINTS`) the rows of a source are fingerprinted; 1: before ways had numbers."""
    run_all(db, "ALTER TABLE sources ADD COLUMN fingerprints INTEGER NOT NULL DEFAULT 1")


@MIGRATIONS()
def d005_target_fixed(db: Database) -> None:
    """Add what target rows took from the numbers: the parts of a year's total, bases of last year, what a delta became.

    `day`: the first one of the part or period.
    """
    run_all(
        db,
        """CREATE TABLE target_fixed (
            target_id INTEGER NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
            day TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (target_id, day)
        ) STRICT, WITHOUT ROWID""",
    )


@MIGRATIONS()
def p003_goal_progress(db: Database) -> None:
    """Add the answers on the way from goals to a board, as JSON, so that a later visit goes on where it was left."""
    run_all(
        db,
        """CREATE TABLE goal_progress (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            answers TEXT NOT NULL
        ) STRICT""",
    )


@MIGRATIONS()
def o001_objectives(db: Database) -> None:
    """Add objectives with their key results. A name with a first day is unique among the live ones only."""
    run_all(
        db,
        """CREATE TABLE objectives (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folded TEXT NOT NULL,
            starts TEXT NOT NULL,
            definition TEXT NOT NULL,
            live INTEGER NOT NULL
        ) STRICT""",
        "CREATE UNIQUE INDEX objectives_by_name ON objectives (folded, starts) WHERE live",
    )


@MIGRATIONS()
def m006_covers_by_date(db: Database) -> None:
    """Add what an import covered by a date column that its source counted by before, so that it can go back."""
    run_all(
        db,
        """CREATE TABLE covers_by_date (
            import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
            date_column TEXT NOT NULL,
            cover_start TEXT,
            cover_end TEXT,
            PRIMARY KEY (import_id, date_column)
        ) STRICT, WITHOUT ROWID""",
    )


@MIGRATIONS()
def m006_lessons(db: Database) -> None:
    """Let an import say which change of its source's recipe it brought about, so that both are taken back."""
    run_all(db, "ALTER TABLE imports ADD COLUMN taught INTEGER REFERENCES changes (id) ON DELETE SET NULL")


@MIGRATIONS()
def m007_over_computed(db: Database) -> None:
    """Let a fill count the values that it put in place of computed ones."""
    run_all(db, "ALTER TABLE fills ADD COLUMN computed INTEGER NOT NULL DEFAULT 0")


@MIGRATIONS()
def m008_functions_by_name(db: Database) -> None:
    """Name the function of a KPI in plain words everywhere: a part of them had the catalogue's key instead.

    The log and the earlier versions too, so that a change can still be taken back.
    """
    columns = (("kpis", "definition"), ("kpi_versions", "definition"), ("changes", "old"), ("changes", "new"))
    for table, column in columns:
        only = "thing = 'KPI' AND " if table == "changes" else ""
        for key, name in FUNCTION_NAMES.items():
            db.conn.execute(
                f"UPDATE {table} SET {column} = json_set({column}, '$.function', ?) "  # noqa: S608 - constants of ours
                f"WHERE {only}json_extract({column}, '$.function') = ?",
                (name, key),
            )
