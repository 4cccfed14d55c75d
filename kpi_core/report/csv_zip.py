"""Everything as CSV files in one archive, for spreadsheets and other programs alike.

UTF-8 with its mark, so that Excel reads it as what it is; commas; ISO days; numbers with a point, without grouping and
unit. A text that a spreadsheet would run is made harmless by an apostrophe (the rule of OWASP, "CSV Injection");
numbers are never texts, so a negative one stays a number.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.definition.guarded import guarded
from kpi_core.unit import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.report.value import Field, Table

EARLIEST_OF_ZIP = 1980


def to_zip(tables: Iterable[Table], made_on: date) -> bytes:
    """Write each table as a file of its name; the same tables always give the same bytes."""
    data = io.BytesIO()
    day = max(made_on, date(EARLIEST_OF_ZIP, 1, 1))
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            entry = zipfile.ZipInfo(f"{table.name}.csv", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, to_csv(table))
    return data.getvalue()


def to_csv(table: Table) -> bytes:
    """Write one table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([_cell(each) for each in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(field: Field) -> str:
    match field:
        case None:
            return ""
        case bool():
            return "yes" if field else "no"
        case str():
            return guarded(field)
        case datetime():
            return field.isoformat(sep=" ", timespec="seconds")
        case date():
            return field.isoformat()
        case Fraction() | int():
            return number_text(Fraction(field))


def number_text(value: Fraction) -> str:
    """Write a number exactly where it ends, else with 15 significant digits.

    >>> number_text(Fraction("-1234567890123456.78")), number_text(Fraction(1, 3)), number_text(Fraction(7))
    ('-1234567890123456.78', '0.333333333333333', '7')
    """
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest > 1:
        return f"{decimal_of(value):f}"
    with localcontext(prec=len(str(abs(value.numerator))) + twos + fives + 2):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
