"""The cells of a small file as they stand: a workbook's numbers and days exactly as such, all else as text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.definition.guarded import unguarded
from kpi_core.errors import EmptyFile, TooLarge, TooManyColumns
from kpi_core.ingest.frame import file_text
from kpi_core.ingest.grid import MOST_COLUMNS
from kpi_core.ingest.text import FileKind, file_kind
from kpi_core.ingest.workbook import SIGNIFICANT, read_sheets, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_BYTES: Final = 5_000_000
"""Typed values of a whole company for decades; what is larger is an export of rows."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text, and the exact number or the day that a workbook holds there."""

    text: str
    number: Fraction | None = None
    day: dt.date | None = None


BLANK: Final = Cell("")


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook, or a whole text file (its title is ""); row 1 of a spreadsheet is `rows[0]`."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


def pages_of(name: str, data: bytes, answers: Mapping[str, str]) -> tuple[Page, ...]:
    """Read the cells of a file.

    Raises:
        UnreadableFile: no table, protected, over 5 MB, or wider than 300 columns.
        RefusedDefinition: an encoding in the answers that the bytes cannot be in.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(name, "5 MB")
    if file_kind(name, data) is FileKind.WORKBOOK:
        pages = read_sheets(name, data, _sheet)
    else:
        grid = file_text(name, data, answers).sheets[0].grid
        rows = grid.rows(slice(0, len(grid)))
        pages = (_page("", zip(rows, grid.lengths.tolist(), strict=True)),)
    return _checked(name, pages)


def pasted(text: str) -> tuple[Page, ...]:
    """Read the cells of a block that was copied from a spreadsheet: tabs part them; else as a text file.

    Raises:
        UnreadableFile: nothing in it, or wider than 300 columns.
    """
    name = "What you pasted"
    if "\t" not in text:
        return pages_of(name, text.encode(), {"encoding": "utf-8"})
    if len(text) > MOST_BYTES:
        raise TooLarge(name, "5 MB")
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    return _checked(name, (_page("", ((row, len(row)) for row in lines)),))


def _checked(name: str, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    filled = tuple(page for page in pages if any(cell.text for row in page.rows for cell in row))
    if not filled:
        raise EmptyFile(name)
    widest = max(len(row) for page in filled for row in page.rows)
    if widest > MOST_COLUMNS:
        raise TooManyColumns(name, widest, MOST_COLUMNS)
    return filled


def _page(title: str, rows: Iterable[tuple[Sequence[str], int]]) -> Page:
    """Make a page of texts; of each row only the cells count that it really has."""
    return Page(title, tuple(_trimmed([Cell(_plain(text)) for text in row[:length]]) for row, length in rows))


def _plain(text: str) -> str:
    return unguarded(text.strip())


def _sheet(title: str, rows: Sequence[Sequence[object]]) -> Page:
    return Page(title, tuple(_trimmed([_typed(cell) for cell in row]) for row in rows))


def _trimmed(row: Sequence[Cell]) -> tuple[Cell, ...]:
    end = len(row)
    while end and not row[end - 1].text:
        end -= 1
    return tuple(row[:end])


def _typed(cell: object) -> Cell:
    text = text_of(cell).strip()
    match cell:
        case bool() | str():
            return Cell(text)
        case float() | int() if math.isfinite(cell):
            return Cell(text, Fraction(f"{cell:.{SIGNIFICANT}g}"))
        case dt.datetime() if cell.time() == dt.time():
            return Cell(text, None, cell.date())
        case dt.date() if not isinstance(cell, dt.datetime):
            return Cell(text, None, cell)
        case _:
            return Cell(text)
