"""Refused rows as a CSV to correct and add again; what a spreadsheet would run is made harmless."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kpi_core.definition.guarded import guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.source import Refused


def refused_csv(refused: Sequence[Refused]) -> bytes:
    """Write refused rows with their place and reason; cells that a spreadsheet would run are quoted harmless.

    >>> refused_csv([]).decode("utf-8-sig").strip()
    'row,column,text,reason'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("row", "column", "text", "reason"))
    for each in refused:
        writer.writerow(
            (each.row, harmless(each.column), harmless(each.text), harmless(each.reason), *map(harmless, each.cells))
        )
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula.

    >>> harmless("=1+1"), harmless("-12.50"), harmless("total")
    ("'=1+1", '-12.50', 'total')
    """
    return cell if _is_number(cell) or cell.startswith("'") else guarded(cell)


def _is_number(cell: str) -> bool:
    digits = cell[1:].replace(".", "", 1).replace(",", "", 1)
    return cell[:1] in {"+", "-"} and digits.isascii() and digits.isdigit()
