"""What was understood about a file, in sentences for its owner."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.ingest.fates import Reason
from kpi_core.source import LINES_DO_NOT_ADD_UP, ColumnRole, ColumnType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.ingest.report import ColumnsReading
    from kpi_core.source import Check, Covers, Recipe

Fact = tuple[str, str]
SHOWN_LINES = 6

PLURALS = {
    Reason.TITLE: "title lines",
    Reason.BLANK: "blank lines",
    Reason.REPEATED_HEADER: "repeated headers",
    Reason.COMMENT: "comment lines",
    Reason.TOTAL: "totals",
    Reason.BALANCE: "balances",
    Reason.CONTINUATION: "lines that continue the row above",
    Reason.NOTE: "lines of text below the table",
    Reason.TEXT_LINE: "lines of text without figures",
    Reason.OTHER_TABLE: "rows of another table",
    Reason.OTHER_RECORD: "records of another kind",
    Reason.NO_FIGURES: "headings without figures",
}
SINGULARS = {
    Reason.CONTINUATION: "line that continues the row above",
    Reason.NOTE: "line of text below the table",
    Reason.TEXT_LINE: "line of text without figures",
    Reason.OTHER_TABLE: "row of another table",
    Reason.OTHER_RECORD: "record of another kind",
    Reason.REPEATED_HEADER: "repeated header",
}
MARKS = {",": "comma", ".": "point"}
SPACES = {" ": "a space", "\u00a0": "a space", "\u202f": "a space", "'": "an apostrophe", "\u2019": "an apostrophe"}


def header_fact(header_row: int | None) -> Fact:
    """Say where the headings stand."""
    return ("Headings", "none in this file" if header_row is None else f"row {header_row}")


def dates_fact(reading: ColumnsReading) -> Fact:
    """Say which column dates the rows and how its days were read, with one of them.

    >>> from kpi_core.ingest.facts import day_in_words
    >>> day_in_words("2026-10-03")
    '3 October 2026'
    """
    name = reading.date_column
    if name is None:
        return ("Dates", "no column of dates")
    report = next(column for column in reading.columns if column.name == name)
    order = {True: ", day first", False: ", month first", None: ""}[report.day_first]
    first = next((day for day in reading.dates if day), None)
    is_open = "?" in (report.date_format or "")
    example = f": the first row is of {day_in_words(first[:10])}" if first and not is_open else ""
    return ("Dates", f"{name}{order}{example}")


def numbers_fact(reading: ColumnsReading) -> Fact:
    """Say which column is the value and how numbers are written."""
    name = reading.value_column
    if name is None:
        return ("Value", "no column of amounts; rows can be counted")
    written = []
    if reading.decimal:
        written.append(f"decimal {MARKS[reading.decimal]}")
    if reading.thousands:
        named = MARKS.get(reading.thousands) or SPACES.get(reading.thousands, reading.thousands)
        written.append(f"thousands by {named}")
    return ("Value", ", ".join([name, *written]))


def left_out_fact(reasons: Counter[Reason], checks: Sequence[Check]) -> Fact | None:
    """Count what was left out by reason, and say whether the totals agree."""
    if not reasons:
        return None
    parts = []
    for reason in (each for each in Reason if reasons[each]):
        count = reasons[reason]
        words = SINGULARS.get(reason, reason.value) if count == 1 else PLURALS[reason]
        agree = next((check.ok for check in checks if check.name == "total"), None)
        note = {True: " (equals our own sum)", False: " (does not equal our own sum)", None: ""}[agree]
        parts.append(f"{count} {words}{note if reason is Reason.TOTAL else ''}")
    return ("Left out", ", ".join(parts))


def personal_fact(reading: ColumnsReading, recipe: Recipe) -> Fact | None:
    """Name the personal columns that are not stored."""
    dropped = [
        column.name
        for column in reading.columns
        if column.role is ColumnRole.PERSONAL and column.name not in {*recipe.hashed, *recipe.key}
    ]
    hidden = [name for name in recipe.hashed if any(column.name == name for column in reading.columns)]
    said = [f"{', '.join(dropped)} (personal)"] if dropped else []
    said += [f"{', '.join(hidden)} itself, only a fingerprint to count by"] if hidden else []
    return ("Not stored", "; ".join(said)) if said else None


def covers_fact(covers: Covers | None, *, stated: bool) -> Fact | None:
    """Say which days the file speaks for."""
    if covers is None:
        return None
    first, last = (
        day_in_words(covers.start.isoformat()),
        day_in_words(covers.last_day.isoformat()),
    )
    source = "as the file states" if stated else "its first to its last row"
    return ("Days", f"{first} to {last}, {source}")


def durations_fact(reading: ColumnsReading) -> Fact | None:
    """Name the columns read as spans of time."""
    spans = [column.name for column in reading.types if column.type is ColumnType.DURATION]
    return ("Times", f"{', '.join(spans)}: hours, minutes and seconds") if spans else None


def sheet_fact(name: str | None, others: Sequence[str]) -> Fact | None:
    """Name the sheet of a workbook that was read, and those that were not."""
    if name is None:
        return None
    return ("Sheet", f"{name}; not read: {', '.join(others)}" if others else name)


def beside_fact(headings: Sequence[str]) -> Fact | None:
    """Name the columns of figures of a statement that are no period, such as that of the sums."""
    return ("Columns left out", f"{', '.join(headings)}: no period of its own") if headings else None


def lines_fact(lines: Sequence[str]) -> Fact | None:
    """Say that the lines of a statement are not to be added up; each is there to be chosen."""
    if not lines:
        return None
    more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
    return ("Lines", f"{', '.join(lines[:SHOWN_LINES])}{more}. {LINES_DO_NOT_ADD_UP} A KPI chooses one.")


def recipe_fact(recipe: Recipe | None) -> Fact | None:
    """Name the recipe that knew the file, and what its numbers include."""
    if recipe is None:
        return None
    return ("Known as", f"{recipe.name}: {recipe.includes}" if recipe.includes else recipe.name)


def day_in_words(day: str) -> str:
    """Write a day in words."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B} {found.year}"


def all_of(*facts: Fact | None) -> tuple[Fact, ...]:
    """Keep the facts there are."""
    return tuple(fact for fact in facts if fact is not None)
