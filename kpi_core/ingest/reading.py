"""What reading a file came to: everything the preview shows and everything the store needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from kpi_core.ingest.lines import Lines
from kpi_core.ingest.report import ColumnReading
from kpi_core.source import Check, LeftOut, PreviewRow, Question, Recipe, Refused, RowBatch


@dataclass(frozen=True)
class RowCounts:
    """How many records ended where; title lines count as left out, header rows are no rows.

    `used + left_out + refused` is always `total`.
    """

    total: int
    used: int
    left_out: int
    refused: int


@dataclass(frozen=True)
class Reading:
    """A file, read.

    `encoding` is `workbook` for a spreadsheet, which has no delimiter and no quote. `header_row` is the record
    number of the header as a spreadsheet shows it, None where there is none. `recipe` is the one that knew the
    file. `batch` is None while a question is open that could change the rows; `draft` is what confirming saves.

    In a `wide` table (periods as columns) the columns are `Line, Period, Heading, Amount`: one row for each
    filled cell, `lines` names the lines to choose from. `tables` describes the tables of the file where there are
    several, `table` is the 0-based one that was read. `records` holds every record of the file where it was asked for.
    """

    name: str
    encoding: str
    delimiter: str
    quote: str
    decimal: str | None
    thousands: str | None
    header_row: int | None
    columns: tuple[ColumnReading, ...]
    date_column: str | None
    value_column: str | None
    recipe: Recipe | None
    rows: RowCounts
    left_out: tuple[LeftOut, ...]
    refused: tuple[Refused, ...]
    questions: tuple[Question, ...]
    checks: tuple[Check, ...]
    batch: RowBatch | None
    draft: Recipe
    preview: tuple[PreviewRow, ...]
    wide: bool = False
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())
    tables: tuple[str, ...] = ()
    table: int = 0
    records: Lines | None = field(default=None, compare=False, repr=False)
    known: tuple[Recipe, ...] = field(default=(), compare=False, repr=False)
    """The recipes that it could have been recognised by."""
    decided: frozenset[str] = frozenset()
    """Questions that the file leaves open and an answer decided: what is to be remembered of the answers."""
