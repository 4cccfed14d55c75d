"""Excel and OpenDocument workbooks as grids of text cells, one a sheet; recognised by content, not by name.

Numbers become the shortest text of at most 15 significant digits (what a spreadsheet itself keeps), dates ISO,
so that a workbook and its CSV read the same.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import python_calamine as calamine

from kpi_core.errors import EmptyFile, NotATable, ProtectedWorkbook, TooLarge
from kpi_core.ingest.archive import guard
from kpi_core.ingest.grid import Grid, grid_of
from kpi_core.ingest.text import without_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpi_core.ingest.grid import Points

Made = TypeVar("Made")

MOST_ROWS: Final = 1_100_000
SIGNIFICANT: Final = 15


@dataclass(frozen=True)
class Sheet:
    """One sheet with something on it; `name` is None for a text file, which is one sheet without a name."""

    name: str | None
    grid: Grid


def read_workbook(name: str, data: bytes) -> tuple[Sheet, ...]:
    """Read all visible sheets that hold something.

    Raises:
        EmptyFile: nothing on any visible sheet.
        UnreadableFile: as `read_sheets`.
    """
    filled = tuple(sheet for sheet in read_sheets(name, data, _sheet) if sheet.grid.counts.any())
    if not filled:
        raise EmptyFile(name)
    return filled


def read_sheets(name: str, data: bytes, make: Callable[[str, Sequence[Sequence[object]]], Made]) -> tuple[Made, ...]:
    """Read all visible sheets; `make` is given the title of each and its rows of cells, as the workbook types them.

    Raises:
        ProtectedWorkbook: it has a password.
        TooLarge: it would unpack to more than a gigabyte, or to a sheet of more than 30 million cells.
        TooManyColumns: a cell beyond column 300.
        NotATable: a zip or Office file that is no workbook, or a damaged one.
    """
    guard(name, data)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            visible = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is calamine.SheetVisibleEnum.Visible and sheet.typ is calamine.SheetTypeEnum.WorkSheet
            ]
            kinds = [sheet.typ for sheet in book.sheets_metadata]
            sheets = tuple(make(title, _cells(name, book, title)) for title in visible)
    except calamine.PasswordError as error:
        raise ProtectedWorkbook(name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise NotATable(name, "a damaged workbook") from error
    except BaseException as error:
        # What the reader did not expect of a file ends its call with an exception that is none of Python's own
        if type(error).__name__ != "PanicException":
            raise
        raise NotATable(name, "a damaged workbook") from error
    if not kinds:
        raise NotATable(name, "a damaged workbook")
    if not sheets:
        hidden = calamine.SheetTypeEnum.WorkSheet in kinds
        raise NotATable(name, "a workbook whose sheets are all hidden" if hidden else "a workbook of charts only")
    return sheets


def _cells(name: str, book: calamine.CalamineWorkbook, title: str) -> Sequence[Sequence[object]]:
    sheet = book.get_sheet_by_name(title)
    if sheet.total_height > MOST_ROWS:
        raise TooLarge(name, "a million rows")
    return sheet.to_python(skip_empty_area=False)


def _sheet(title: str, rows: Sequence[Sequence[object]]) -> Sheet:
    texts = [_trimmed([text_of(cell) for cell in row]) for row in rows]
    return Sheet(title, replace(grid_of(texts), points=_points(rows, texts)))


def _points(rows: Sequence[Sequence[object]], texts: Sequence[Sequence[str]]) -> dict[int, Points]:
    """Find the numbers, not texts, that are written with a point, as `Grid.points` holds them."""
    found: dict[int, list[int]] = {}
    for position, (row, written) in enumerate(zip(rows, texts, strict=True)):
        for index, (cell, text) in enumerate(zip(row, written, strict=False)):
            if type(cell) is float and "." in text:
                found.setdefault(index, []).append(position)
    points = {index: np.zeros(len(rows), dtype=bool) for index in found}
    for index, positions in found.items():
        points[index][positions] = True
    return points


def _trimmed(row: Sequence[str]) -> list[str]:
    """Cut the blank cells at the end, which a sheet has as far as its widest row reaches."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return list(row[:end])


def text_of(cell: object) -> str:
    """Write a cell as the text that a CSV export of it would hold.

    >>> text_of(0.1 + 0.2), text_of(1250.0), text_of(dt.datetime(2026, 10, 3)), text_of(dt.timedelta(minutes=90))
    ('0.3', '1250', '2026-10-03', '1:30:00')
    """
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell == cell and abs(cell) != float("inf"):  # noqa: PLR0124 -- NaN differs from itself
            return _number(cell)
        case dt.datetime():
            return cell.isoformat(" ", "seconds") if cell.time() != dt.time() else cell.date().isoformat()
        case dt.date():
            return cell.isoformat()
        case dt.time():
            return cell.isoformat("seconds")
        case dt.timedelta():
            seconds = round(cell.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case str() if not cell.isascii():
            return without_unseen(cell.encode("utf-8", "replace")).decode()
        case _:
            return str(cell)


def _number(value: float) -> str:
    """Write a float with at most 15 significant digits and no exponent."""
    text = f"{value:.{SIGNIFICANT}g}"
    if "e" in text:
        text = f"{float(text):.20f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{float(text):.0f}"
    return text
