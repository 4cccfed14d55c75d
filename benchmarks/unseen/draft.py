"""An export being made: its records as text, and what is known about each of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from random import Random

from benchmarks.unseen.case import Values
from benchmarks.unseen.drawing import Cell, Column, Layout
from benchmarks.unseen.locales import Locale, words
from benchmarks.unseen.writing import DAYS, NUMBERS, STAMPS, Style, text

ALL = "all"


class Role(StrEnum):
    """What a record of an export is."""

    ABOVE = "above"
    HEADER = "header"
    DATA = "data"
    ITEM = "item"
    EXTRA = "extra"
    BELOW = "below"


@dataclass
class Record:
    """A record: its text cells; `typed` are the values behind them, where a workbook keeps those; `row` its number."""

    role: Role
    cells: list[str]
    typed: list[Cell] = field(default_factory=list)
    row: int | None = None

    def put(self, place: int, written: str, value: Cell = None) -> None:
        """Write another text into a cell."""
        self.cells[place] = written
        if self.typed:
            self.typed[place] = value


@dataclass
class Physical:
    """How records become bytes."""

    delimiter: str = ","
    encoding: str = "utf-8"
    bom: bool = False
    line_end: str = "\r\n"
    final_end: bool = True
    quote_all: bool = False
    suffix: str = ".csv"
    first_line: str = ""
    workbook: str = ""
    sheet: set[str] = field(default_factory=set)


@dataclass
class Draft:
    """An export being made.

    `lost`: rows that no reader can date. `doubtful`: rows that may be counted or refused. `shift`: columns put before
    the layout's own. `by_number`: name columns as #N.
    """

    rng: Random
    layout: Layout
    locale: Locale
    style: Style
    columns: list[Column]
    rows: list[dict[str, Cell]]
    date: Column | None
    value: Column | None
    where: tuple[Column, tuple[str, ...]] | None
    aggregate: str
    records: list[Record] = field(default_factory=list)
    physical: Physical = field(default_factory=Physical)
    hazards: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    shift: int = 0
    by_number: bool = False
    ask_ok: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    hinted: bool = False
    opening: Decimal = Decimal(0)
    closing: Decimal = Decimal(0)
    first: dt.date = dt.date.min
    last: dt.date = dt.date.min
    descending: bool = False
    must_ask: bool = False
    wide_line: str = ""

    def said(self, key: str) -> str:
        """Say a word in the file's language."""
        return words()[self.locale.language][key]

    @property
    def language(self) -> str:
        """Give the language of the headings."""
        localised = self.layout.wide or any(each.startswith("@") for each in self.layout.columns)
        return self.locale.language if localised else "en"

    def write(self) -> None:
        """Write header and rows as records."""
        self.records = [Record(Role.HEADER, [column.heading for column in self.columns])]
        for number, row in enumerate(self.rows):
            cells = [text(column, row[column.key], self.style) for column in self.columns]
            self.records.append(Record(Role.DATA, cells, [row[column.key] for column in self.columns], number))

    def of(self, role: Role) -> list[Record]:
        """List the records of a role."""
        return [each for each in self.records if each.role is role]

    def place(self, role: Role) -> int:
        """Give the place of the first record of a role."""
        return next(number for number, each in enumerate(self.records) if each.role is role)

    def above(self, *lines: list[str]) -> None:
        """Put records above all others."""
        self.records[:0] = [Record(Role.ABOVE, list(line)) for line in lines]

    def below(self, *lines: list[str]) -> None:
        """Put records at the end."""
        self.records += [Record(Role.BELOW, list(line)) for line in lines]

    def position(self, column: Column) -> int:
        """Give a column's place in the file."""
        return self.columns.index(column) + self.shift

    def width(self) -> int:
        """Count the columns of the file."""
        return len(self.columns) + self.shift

    def places(self, *kinds: str) -> list[int]:
        """Give the places of the columns of these kinds."""
        return [number + self.shift for number, each in enumerate(self.columns) if each.kind in kinds]

    def amounts(self) -> list[int]:
        """Give the places of the columns that a total adds up."""
        summed = NUMBERS - {"percent", "balance", "hourkey", "fine"}
        return [
            number + self.shift
            for number, each in enumerate(self.columns)
            if each.kind in summed and "price" not in each.key.casefold() and "avg" not in each.key.casefold()
        ]

    def free(self) -> list[int]:
        """Give the places of columns that are neither asked for nor days nor numbers."""
        asked = {column.key for column in (self.date, self.value, self.where and self.where[0]) if column}
        busy = NUMBERS | DAYS | STAMPS | {"clock", "hourkey"}
        return [
            number + self.shift
            for number, each in enumerate(self.columns)
            if each.key not in asked and each.kind not in busy
        ]

    def total(self, rows: list[int], label: str, at: int) -> Record:
        """Make a record that adds up rows, its label at a place."""
        cells: list[str] = [""] * self.width()
        typed: list[Cell] = [None] * self.width()
        for place in self.amounts():
            column = self.columns[place - self.shift]
            found = [Decimal(each) for row in rows if isinstance(each := self.rows[row][column.key], Decimal | int)]
            summed = sum(found, Decimal(0))
            cells[place], typed[place] = text(column, summed, self.style), summed
        cells[at], typed[at] = label, None
        return Record(Role.EXTRA, cells, typed)

    def counts(self, number: int) -> bool:
        """Tell whether a row passes the filter."""
        if self.where is None:
            return True
        column, wanted = self.where
        return str(self.rows[number][column.key]) in wanted

    def values(self, without: set[int]) -> Values:
        """Add up what was asked for by month, leaving rows out."""
        found: dict[str, list[Fraction]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            month = self.month(row)
            if month is None or number in without or not self.counts(number):
                continue
            amount = Fraction(1) if self.value is None else exact(row[self.value.key])
            if amount is not None:
                found[month].append(amount)
        divided = self.aggregate == "average"
        return {month: sum(each, Fraction()) / (len(each) if divided else 1) for month, each in found.items()}

    def month(self, row: dict[str, Cell]) -> str | None:
        """Give the month that a row belongs to."""
        if self.date is None:
            return ALL
        day = row[self.date.key]
        if isinstance(day, str):
            return f"{day[:4]}-{day[4:6]}"
        return f"{day:%Y-%m}" if isinstance(day, dt.date) else None

    def named(self, column: Column) -> str:
        """Name a column for the command line."""
        alike = [each for each in self.columns if each.heading == column.heading]
        return f"#{self.position(column) + 1}" if self.by_number or len(alike) > 1 else column.heading.strip()


def exact(cell: Cell) -> Fraction | None:
    """Give a value as the command shows it: durations in hours."""
    if isinstance(cell, dt.timedelta):
        return Fraction(int(cell.total_seconds()), 3600)
    return Fraction(cell) if isinstance(cell, Decimal | int) else None
