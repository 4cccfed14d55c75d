"""Order exports made up for the benchmarks: an American and a European shop, as their programs write them.

Twelve columns: an order number, a day, a customer's e-mail, texts with quotes, delimiters and line ends inside, whole
numbers, and amounts with signs for thousands. The same seed gives the same bytes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADERS = (
    "Order ID",
    "Order Date",
    "Status",
    "E-mail",
    "Country",
    "Product",
    "Category",
    "Quantity",
    "Unit Price",
    "Discount",
    "Total",
    "Note",
)
STATUS = ("paid", "paid", "paid", "shipped", "refunded", "pending")
COUNTRIES = ("Sweden", "Germany", "France", "Österreich", "España", "United States", "Norway", "Italy")
THINGS = ("Tea pot", 'Shelf 24"', "Mug, large", "Café set", "Lamp", "Garden chair", "Wool scarf", "Notebook")
CATEGORIES = ("Kitchen", "Furniture", "Clothing", "Paper", "Light")
NOTES = ("", "", "", "", "gift wrap", 'says "hurry", please', "leave at the door;\nring twice", "crème brûlée")
MAILS = ("example.com", "example.org", "example.net")


@dataclass(frozen=True)
class Style:
    """How a shop's program writes: what parts cells, what parts decimals and thousands, days, and the code page."""

    name: str
    delimiter: str
    decimal: str
    thousands: str
    day: str
    encoding: str

    def amount(self, cents: int) -> str:
        """Write an amount."""
        plain = f"{cents / 100:,.2f}"
        return plain.translate({ord(","): self.thousands, ord("."): self.decimal})

    def cell(self, text: str) -> str:
        """Quote a text where it needs it."""
        if self.delimiter in text or '"' in text or "\n" in text:
            return '"' + text.replace('"', '""') + '"'
        return text


AMERICAN = Style("US", ",", ".", ",", "%m/%d/%Y", "utf-8")
EUROPEAN = Style("European", ";", ",", ".", "%d.%m.%Y", "cp1252")
STYLES = (AMERICAN, EUROPEAN)


def write(path: Path, style: Style, rows: int, first: date = date(2022, 1, 1), days: int = 1461) -> None:
    """Write an export of so many orders, evenly over some days from the first one on."""
    with path.open("w", encoding=style.encoding, newline="") as file:
        file.write(style.delimiter.join(HEADERS) + "\n")
        file.writelines(lines(style, rows, first, days))


def lines(style: Style, rows: int, first: date, days: int) -> Iterator[str]:
    """Write one line an order."""
    chance = random.Random(f"{style.name} {rows} {first}")  # noqa: S311 -- made-up orders
    written = [(first + timedelta(days=day)).strftime(style.day) for day in range(days)]
    start = first.toordinal() * 10_000
    draw = chance.random
    for row in range(rows):
        count, price = 1 + int(draw() ** 3 * 12), 199 + int(draw() ** 4 * 180_000)
        gross = count * price
        off = gross // 10 if draw() < 0.2 else 0  # noqa: PLR2004
        thing = THINGS[int(draw() * len(THINGS))]
        texts = (
            f"A-{start + row}",
            written[row * days // rows],
            STATUS[int(draw() * len(STATUS))],
            f"customer{int(draw() * rows / 4)}@{MAILS[row % len(MAILS)]}",
            COUNTRIES[int(draw() * len(COUNTRIES))],
            f"{thing} no. {int(draw() * 400)}",
            CATEGORIES[int(draw() * len(CATEGORIES))],
            str(count),
            style.amount(price),
            style.amount(off),
            style.amount(gross - off),
            NOTES[int(draw() * len(NOTES))],
        )
        yield style.delimiter.join(map(style.cell, texts)) + "\n"
