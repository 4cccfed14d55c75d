"""Records as a workbook: typed cells, or all of them as text; notes beside the data; totals as formulas."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import xlsxwriter

from benchmarks.unseen.draft import Draft, Record
from benchmarks.unseen.hazard import hazard

MADE = datetime(2026, 1, 7, 9, 0)
OFFSET = 2


@hazard("workbook: cover sheet", "sheets")
def cover(draft: Draft) -> bool:
    """A sheet of notes comes first."""
    draft.physical.sheet.add("cover")
    return True


@hazard("workbook: sheet of notes", "sheets")
def notes(draft: Draft) -> bool:
    """A sheet of notes comes last."""
    draft.physical.sheet.add("notes")
    return True


@hazard("workbook: set in", "sheets")
def set_in(draft: Draft) -> bool:
    """The table begins some rows down and some columns to the right."""
    if draft.by_number:
        return False
    draft.physical.sheet.add("set in")
    return True


def written(sheet: object, at: tuple[int, int], cell: object, formats: dict[str, object]) -> None:
    """Write a typed cell."""
    row, column = at
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, formats["stamp"])  # type: ignore[attr-defined]
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, datetime.min.time()), formats["day"])  # type: ignore[attr-defined]
    elif isinstance(cell, timedelta):
        sheet.write_number(row, column, cell / timedelta(days=1), formats["clock"])  # type: ignore[attr-defined]
    elif isinstance(cell, Decimal | int):
        sheet.write_number(row, column, float(cell), formats["amount" if isinstance(cell, Decimal) else "whole"])  # type: ignore[attr-defined]
    elif cell:
        sheet.write_string(row, column, str(cell))  # type: ignore[attr-defined]


def shown(record: Record, draft: Draft) -> list[object]:
    """Choose what stands in the cells: the values, or their texts."""
    if draft.physical.workbook == "text" or not record.typed:
        return list(record.cells)
    return [value if value is not None else text for value, text in zip(record.typed, record.cells, strict=True)]


def as_workbook(draft: Draft) -> bytes:
    """Write all records into the sheet of a workbook."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    book.set_properties({"created": MADE})
    days = {"mdy": "mm/dd/yyyy", "ymd": "yyyy-mm-dd"}.get(order(draft.style.day), "dd.mm.yyyy")
    formats: dict[str, object] = {
        "day": book.add_format({"num_format": days}),
        "stamp": book.add_format({"num_format": f"{days} hh:mm"}),
        "clock": book.add_format({"num_format": "[h]:mm:ss"}),
        "amount": book.add_format(
            {"num_format": draft.rng.choice(("#,##0.00", "0.00", "General", "#,##0.00;[Red]-#,##0.00"))}
        ),
        "whole": book.add_format({"num_format": "0"}),
    }
    if "cover" in draft.physical.sheet:
        book.add_worksheet("Read me").write_column(
            0, 0, ["About this export", "Made for the bookkeeper", "See next sheet"]
        )
    sheet = book.add_worksheet(draft.rng.choice(("Sheet1", "Export", "Data", "Tabelle1")))
    down, right = (OFFSET, 1) if "set in" in draft.physical.sheet else (0, 0)
    for number, record in enumerate(draft.records):
        for place, cell in enumerate(shown(record, draft)):
            written(sheet, (number + down, place + right), cell, formats)
    if "notes" in draft.physical.sheet:
        book.add_worksheet("Notes").write_column(0, 0, ["Checked by the bookkeeper", "Nothing to add"])
    book.close()
    return kept.getvalue()


def order(pattern: str) -> str:
    """Give the order of day, month and year in a pattern."""
    return "".join(dict.fromkeys(letter.lower() for letter in pattern if letter.lower() in "dmy"))
