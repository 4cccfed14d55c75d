"""A year of a small shop, made from a seed: its monthly exports, and in plain Python what their rows come to.

Nothing of the app is used here: what is expected of it is worked out from the rows as they were made.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

SEED = 2311
FIRST = date(2025, 11, 1)
MONTHS = tuple(date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(12))
LEVELS = (1.0, 1.2, 0.86, 1.0, 1.08, 1.14, 0.68, 0.98, 1.12, 0.9, 1.25, 1.1)
"""How much is sold in each month, as a part of the usual."""
CHANNELS = ("web", "shop")
OVERLAP = timedelta(days=7)


@dataclass(frozen=True)
class Order:
    """An order; `total` in cents."""

    number: str
    day: date
    channel: str
    total: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Write it as the export does."""
        return (self.number, self.day.isoformat(), self.channel, money(self.total))


@dataclass(frozen=True)
class Refund:
    """A refund; `amount` in cents, `text` where the file says something else than that."""

    number: str
    day: date
    order: str
    amount: int
    text: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Write it as the export does."""
        return (self.number, self.day.isoformat(), self.order, self.text or money(self.amount))


@dataclass(frozen=True)
class Visit:
    """The visits of a day from one channel."""

    day: date
    channel: str
    count: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Write it as the export does."""
        return (self.day.isoformat(), self.channel, str(self.count))


Row = Order | Refund | Visit
HEADERS = {
    "Orders": ("Order", "Date", "Channel", "Total"),
    "Refunds": ("Refund", "Date", "Order", "Amount"),
    "Visits": ("Date", "Channel", "Visits"),
}


@dataclass(frozen=True)
class Export:
    """One file: the source it belongs to, its name and its rows."""

    source: str
    name: str
    rows: tuple[Row, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Give its lines, the headings first."""
        return tuple(",".join(cells) for cells in (HEADERS[self.source], *(each.cells for each in self.rows)))

    @property
    def data(self) -> bytes:
        """Give its bytes."""
        return "\n".join((*self.lines, "")).encode()


@dataclass
class Year:
    """Everything that the shop exported: `files[n]` of the month n, and the awkward ones by what is awkward."""

    files: list[dict[str, Export]] = field(default_factory=list)
    unfinished: Export | None = None
    """Orders of the month `UNFINISHED` up to its 28th."""
    wrong: Export | None = None
    """Orders of another shop in the month `WRONG`."""


OVERLAPPING, REFUSED, UNFINISHED, WRONG = 2, 3, 4, 6
"""Where the awkward months lie: overlap with restated rows, a refused row, a file that ends early, a wrong file."""


def money(cents: int) -> str:
    """Write an amount.

    >>> money(123405)
    '1234.05'
    """
    return f"{cents // 100}.{cents % 100:02}"


def days_of(month: date) -> list[date]:
    """List the days of a month."""
    return [month.replace(day=day) for day in range(1, calendar.monthrange(month.year, month.month)[1] + 1)]


def made(seed: int = SEED) -> Year:
    """Make the year; the same seed always makes the same bytes."""
    chance = random.Random(seed)
    year = Year()
    before: tuple[Order, ...] = ()
    for place, month in enumerate(MONTHS):
        orders = _orders(chance, month, 10_000 + place * 1_000, LEVELS[place])
        refunds = _refunds(chance, month, orders, place)
        visits = tuple(Visit(day, channel, chance.randrange(55, 80)) for day in days_of(month) for channel in CHANNELS)
        year.files.append(
            {
                "Orders": _export("Orders", month, (*_restated(before, place), *orders)),
                "Refunds": _export("Refunds", month, refunds),
                "Visits": _export("Visits", month, visits),
            }
        )
        if place == UNFINISHED:
            early = tuple(each for each in orders if each.day.day <= 28)
            year.unfinished = Export("Orders", f"orders_{month:%Y-%m}_28.csv", early)
        if place == WRONG:
            others = (replace(each, number=f"X{each.number}") for each in _orders(chance, month, 90_000, 0.5))
            year.wrong = Export("Orders", f"orders_{month:%Y-%m}_copy.csv", tuple(others))
        before = orders
    return year


def _export(source: str, month: date, rows: tuple[Row, ...]) -> Export:
    return Export(source, f"{source.lower()}_{month:%Y-%m}.csv", rows)


def _orders(chance: random.Random, month: date, first: int, level: float) -> tuple[Order, ...]:
    found: list[Order] = []
    for day in days_of(month):
        for _ in range(chance.choice((3, 4, 4, 5))):
            total = round(chance.randrange(45_000, 95_000) * level)
            found.append(Order(f"A{first + len(found)}", day, chance.choice(CHANNELS), total))
    return tuple(found)


def _refunds(chance: random.Random, month: date, orders: tuple[Order, ...], place: int) -> tuple[Refund, ...]:
    """Make refunds, on the first and last day too, so that no doubt is left about the days of the file."""
    days = days_of(month)
    when = [days[0], *sorted(chance.choices(days, k=4)), days[-1]]
    found = [
        Refund(f"R{place * 100 + n:04}", day, (order := chance.choice(orders)).number, order.total // 2)
        for n, day in enumerate(when)
    ]
    if place == REFUSED:
        found[3] = replace(found[3], text="see letter")
    return tuple(found)


def _restated(before: tuple[Order, ...], place: int) -> tuple[Order, ...]:
    """Give the last days of the month before once more, as exports from `OVERLAPPING` on do; two are corrected."""
    if place < OVERLAPPING:
        return ()
    start = before[-1].day - OVERLAP
    again = [each for each in before if each.day > start]
    again[1] = replace(again[1], total=again[1].total + 1_234)
    again[4] = replace(again[4], total=again[4].total - 305)
    return tuple(again)


def values(live: list[Export], month: date) -> dict[str, Fraction]:
    """Work out every number of a month from the files that count, oldest first: the newest version of a row holds."""
    orders: dict[str, Order] = {}
    refunds: dict[str, Refund] = {}
    visits: dict[tuple[date, str], Visit] = {}
    for export in live:
        for row in export.rows:
            match row:
                case Order():
                    orders[row.number] = row
                case Refund(text=""):
                    refunds[row.number] = row
                case Refund():
                    pass  # refused: it says no amount
                case Visit():
                    visits[row.day, row.channel] = row

    def is_in(row: Row) -> bool:
        return (row.day.year, row.day.month) == (month.year, month.month)

    totals = [each.total for each in orders.values() if is_in(each)]
    back = sum(each.amount for each in refunds.values() if is_in(each))
    seen = sum(each.count for each in visits.values() if is_in(each))
    return {
        "Revenue": Fraction(sum(totals) - back, 100),
        "Average order": Fraction(sum(totals), 100 * len(totals)),
        "Conversion": Fraction(100 * len(totals), seen),
        "Refund share": Fraction(100 * back, sum(totals)),
        "Visits": Fraction(seen),
    }
