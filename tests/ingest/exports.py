"""Small exports made by this code, each with a hazard of real ones: what it holds is known beforehand."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

TODAY = date(2026, 11, 21)


class DateStyle(StrEnum):
    """How an export writes its days."""

    ISO = "%Y-%m-%d"
    ISO_TIME = "%Y-%m-%d 10:15:00"
    GERMAN = "%d.%m.%Y"
    BRITISH = "%d/%m/%Y"
    AMERICAN = "%m/%d/%Y"
    NAMED = "%d-%b-%Y"
    LONG = "%B %d, %Y"
    SHORT = "%d.%m.%y"


class NumberStyle(StrEnum):
    """How an export writes its amounts."""

    PLAIN = "1234.50"
    ENGLISH = "1,234.50"
    GERMAN = "1.234,50"
    FRENCH = "1 234,50"
    SWISS = "1'234.50"
    DOLLARS = "$1,234.50"
    ACCOUNTING = "(1,234.50)"


@dataclass(frozen=True)
class Export:
    """An export: its rows (day, text, amount in cents) and how they are written down."""

    rows: tuple[tuple[date, str, int], ...]
    header: tuple[str, str, str] = ("Date", "Description", "Amount")
    dates: DateStyle = DateStyle.ISO
    numbers: NumberStyle = NumberStyle.PLAIN
    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    quote_all: bool = False
    above: tuple[tuple[str, ...], ...] = ()
    below: tuple[tuple[str, ...], ...] = ()
    total: str | None = None
    blanks: int = 0
    """Blank lines at the end."""
    header_again: bool = False
    final_line_end: bool = True

    def by_month(self) -> dict[str, Decimal]:
        """Add the amounts up by month: what a reading must come to."""
        sums: dict[str, Decimal] = {}
        for day, _, cents in self.rows:
            key = day.isoformat()[:7]
            sums[key] = sums.get(key, Decimal(0)) + Decimal(cents).scaleb(-2)
        return sums

    def records(self) -> list[tuple[str, ...]]:
        """List the records as cells, from the title lines to the last."""
        body = [(day.strftime(self.dates.value), text, written(cents, self.numbers)) for day, text, cents in self.rows]
        again = [self.header] if self.header_again else []
        total = [(self.total, "", written(sum(row[2] for row in self.rows), self.numbers))] if self.total else []
        return [*self.above, self.header, *body, *again, *total, *[("", "", "")] * self.blanks, *self.below]

    def data(self) -> bytes:
        """Write the file."""
        text = io.StringIO()
        writer = csv.writer(
            text,
            delimiter=self.delimiter,
            lineterminator=self.line_end,
            quoting=csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL,
        )
        writer.writerows(self.records())
        whole = text.getvalue()
        return (whole if self.final_line_end else whole.removesuffix(self.line_end)).encode(self.encoding)


def written(cents: int, style: NumberStyle) -> str:
    """Write an amount in a style.

    >>> [written(-123450, style) for style in NumberStyle][:3]
    ['-1234.50', '-1,234.50', '-1.234,50']
    """
    sign = "-" if cents < 0 else ""
    english = f"{abs(cents) // 100:,}.{abs(cents) % 100:02}"
    match style:
        case NumberStyle.PLAIN:
            return sign + english.replace(",", "")
        case NumberStyle.ENGLISH:
            return sign + english
        case NumberStyle.GERMAN:
            return sign + english.translate(str.maketrans(",.", ".,"))
        case NumberStyle.FRENCH:
            return sign + english.translate(str.maketrans(",.", "\u00a0,"))
        case NumberStyle.SWISS:
            return sign + english.replace(",", "'")
        case NumberStyle.DOLLARS:
            return f"{sign}${english}"
        case NumberStyle.ACCOUNTING:
            return f"({english})" if cents < 0 else english


def sales(count: int = 24, start: date = date(2026, 3, 14)) -> Export:
    """Make a plain export: a sale every few days, amounts of every size, some below zero."""
    rows = tuple(
        (start + timedelta(days=3 * index), f"Item {'ABCDEF'[index % 6]}", (index * 7919) % 250_000 - 20_000)
        for index in range(count)
    )
    return Export(rows)


def german(export: Export) -> Export:
    """Write an export as a German bank does."""
    return replace(
        export,
        header=("Buchungstag", "Verwendungszweck", "Betrag"),
        dates=DateStyle.GERMAN,
        numbers=NumberStyle.GERMAN,
        delimiter=";",
    )


@dataclass(frozen=True)
class Lines:
    """A file given line by line, for hazards that no writer makes."""

    lines: tuple[str, ...]
    line_end: str = "\n"
    encoding: str = "utf-8"
    head: bytes = field(default=b"")

    def data(self) -> bytes:
        """Write the file."""
        return self.head + "".join(line + self.line_end for line in self.lines).encode(self.encoding)
