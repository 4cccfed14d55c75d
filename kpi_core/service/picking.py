"""The columns of a file in words, and changing what they are for by picking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kpi_core.source import ColumnRole, ColumnType, Fate

if TYPE_CHECKING:
    from kpi_core.ingest.reading import Reading
    from kpi_core.ingest.report import ColumnReading, ReadingChoice
    from kpi_core.service.importing import Preview

SAMPLE: Final = 3
SAMPLED_ROWS: Final = 200
NAMED: Final = 12
"""Columns that a sentence lists."""
MARKS: Final = {",": "comma", ".": "point"}
PARTS: Final = {
    "%d": "day", "%m": "month", "%Y": "year", "%y": "year", "%b": "month", "%B": "month", "%H": "time", "%I": "time",
}  # fmt: skip
ORDER, DECIMAL, HEADER, TABLE = "date-order", "decimal", "header", "table"
"""Questions about a file that an owner may also answer unasked."""


class Use(StrEnum):
    """What a column is for, in the owner's words."""

    DATE = "the day a row counts on"
    AMOUNT = "the amount that counts"
    OTHER_AMOUNT = "another amount"
    KEY = "names the row"
    SEGMENT = "splits the numbers"
    PERSONAL = "personal, not stored"
    COUNTED = "personal, only counted (fingerprint)"
    IGNORE = "not used"


READ_AS: Final[Mapping[ColumnType, str]] = {
    ColumnType.DATE: "a date",
    ColumnType.NUMBER: "a number",
    ColumnType.TEXT: "text",
    ColumnType.DURATION: "a length of time",
    ColumnType.BOOLEAN: "yes or no",
}
"""How the cells of a column are read, in words."""
ROLES: Final[Mapping[Use, ColumnRole]] = {
    Use.DATE: ColumnRole.DATE,
    Use.AMOUNT: ColumnRole.VALUE,
    Use.OTHER_AMOUNT: ColumnRole.VALUE,
    Use.KEY: ColumnRole.KEY,
    Use.SEGMENT: ColumnRole.SEGMENT,
    Use.PERSONAL: ColumnRole.PERSONAL,
    Use.COUNTED: ColumnRole.PERSONAL,
    Use.IGNORE: ColumnRole.IGNORE,
}


@dataclass(frozen=True)
class ColumnLine:
    """One column for the screen: what it is for, how it was read, some of its cells, and how many do not fit.

    `misfits` counts the cells that are not of the column's type; `misfit_rows` names the first of their rows.
    """

    name: str
    use: Use
    type: ColumnType
    read_as: str
    sample: tuple[str, ...]
    misfits: int
    misfit_rows: tuple[int, ...]


def column_lines(shown: Preview) -> tuple[ColumnLine, ...]:
    """Say of every column what was understood, in the order of the file."""
    reading = shown.reading
    samples = _samples(shown)
    money = {column.name: column.currency for column in reading.batch.columns} if reading.batch else {}
    return tuple(
        ColumnLine(
            name=column.name,
            use=use_of(reading, column),
            type=column.type,
            read_as=_read_as(reading, column, money.get(column.name)),
            sample=samples.get(column.name, ()),
            misfits=column.unparsed,
            misfit_rows=column.unparsed_rows,
        )
        for column in reading.columns
    )


def stored_fact(shown: Preview) -> tuple[tuple[str, str], ...]:
    """Name the columns that would be stored; nothing while that is open."""
    batch = shown.reading.batch
    if batch is None:
        return ()
    names = [column.name for column in batch.columns if column.name not in shown.reading.draft.hashed]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return (("Stored", f"{', '.join(names[:NAMED])}{more}"),)


def use_of(reading: Reading, column: ColumnReading) -> Use:
    """Tell what a column is for."""
    match column.role:
        case ColumnRole.DATE:
            return Use.DATE
        case ColumnRole.VALUE:
            return Use.AMOUNT if column.name == reading.value_column else Use.OTHER_AMOUNT
        case ColumnRole.KEY:
            return Use.KEY
        case ColumnRole.SEGMENT:
            return Use.SEGMENT
        case ColumnRole.PERSONAL:
            return Use.COUNTED if column.name in reading.draft.hashed else Use.PERSONAL
        case ColumnRole.IGNORE:
            return Use.IGNORE


def pick_use(choice: ReadingChoice, reading: Reading, column: str, use: Use) -> ReadingChoice:
    """Let a column be for something else; another column that was picked for the same gives way.

    The key may be of several columns: those that name the row already go on doing so.
    """
    roles, types = dict(choice.roles), dict(choice.types)
    if use is Use.DATE:
        roles = {name: role for name, role in roles.items() if role is not ColumnRole.DATE}
    keys = [each.name for each in reading.columns if each.role is ColumnRole.KEY]
    if use is Use.KEY or column in keys:
        roles |= dict.fromkeys(keys, ColumnRole.KEY)
    roles[column] = ROLES[use]
    if (use is Use.DATE and types.get(column) is not ColumnType.DATE) or use in {Use.AMOUNT, Use.OTHER_AMOUNT}:
        types.pop(column, None)
    value = None if choice.value == column else choice.value
    hashed = tuple(name for name in choice.hashed if name != column)
    hashed += (column,) if use is Use.COUNTED else ()
    value = column if use is Use.AMOUNT else value
    return replace(choice, date=None, value=value, roles=roles, types=types, hashed=hashed)


def bared(shown: Preview) -> tuple[tuple[str, str], ...]:
    """Name the columns that look personal and would be stored as they are, each with a sentence that says so."""
    sentence = "“{name}” looks personal. As “{use}” it is stored as it stands, readable for whoever has the data file."
    return tuple(
        (column.name, sentence.format(name=column.name, use=use_of(shown.reading, column).value))
        for column in shown.reading.columns
        if column.bared
    )


def pick_type(choice: ReadingChoice, column: str, kind: ColumnType) -> ReadingChoice:
    """Let the cells of a column be read as something else; a role that needs another type is given up."""
    roles = dict(choice.roles)
    needs = {ColumnRole.DATE: {ColumnType.DATE}, ColumnRole.VALUE: {ColumnType.NUMBER, ColumnType.DURATION}}
    given_up = column in roles and kind not in needs.get(roles[column], {kind})
    if given_up:
        del roles[column]
    value = None if choice.value == column and given_up else choice.value
    return replace(choice, value=value, roles=roles, types={**choice.types, column: kind})


def _read_as(reading: Reading, column: ColumnReading, currency: str | None) -> str:
    """Say how the cells of a column were read."""
    words = [READ_AS[column.type]]
    if column.type is ColumnType.DATE:
        order = {True: "day first", False: "month first", None: _order(column.date_format)}[column.day_first]
        words += [order] if order else []
    if column.type is ColumnType.NUMBER and reading.decimal:
        words.append(f"decimal {MARKS[reading.decimal]}")
    if currency is not None:
        words.append(f"in {currency}")
    if column.role is ColumnRole.PERSONAL and column.name in reading.draft.hashed:
        words.append("only a fingerprint to count by is stored")
    return ", ".join(words)


def _order(pattern: str | None) -> str:
    """Say in which order the parts of a date stand.

    >>> _order("%Y-%m-%d")
    'year, month, day'
    """
    found = [PARTS[part] for at in range(len(pattern or "")) if (part := (pattern or "")[at : at + 2]) in PARTS]
    return ", ".join(dict.fromkeys(found))


def _samples(shown: Preview) -> dict[str, tuple[str, ...]]:
    """Take the first different texts of each column as they stand in the used rows."""
    reading = shown.reading
    if reading.wide and reading.batch is not None:
        cells = reading.batch.cells
        return {name: _different(str(each or "") for each in cells[name][:SAMPLED_ROWS]) for name in cells}
    if shown.records is None:
        return {}
    first = reading.header_row or 0
    used = [row for row in shown.records.window(first, SAMPLED_ROWS) if row.fate is Fate.USED]
    return {
        column.name: _different(row.cells[place] for row in used if place < len(row.cells))
        for place, column in enumerate(reading.columns)
    }


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:SAMPLE]
