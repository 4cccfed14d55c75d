"""The sample shop: two years of exports as a small web shop would have them, made up from a seed.

Orders, web visits, tickets and costs with weekdays, seasons, a campaign and one real drop: eight months before
today free shipping starts at a lower sum, and orders have been smaller ever since. The same seed and
day always make the same bytes.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

SEED = 1854
MONTHS = 24
CAMPAIGN_MONTHS_AGO = 6
DROP_MONTHS_AGO = 8
CENT = Decimal("0.01")

SEASON = (0.93, 0.90, 0.96, 0.98, 1.00, 0.97, 0.92, 0.95, 1.01, 1.03, 1.16, 1.24)
WEEKDAY = (1.02, 0.98, 0.97, 1.00, 1.08, 1.05, 0.90)
CHANNELS = (("web", 0.62), ("social", 0.23), ("mail", 0.15))
COSTS = (("goods", 0.47), ("ads", 0.09), ("freight", 0.08))
VISITS_A_DAY = 680
ORDERS_A_VISIT = 0.0300
CARTS_A_VISIT = 0.078
ORDER_VALUE = 815.0
DROPPED_VALUE = 748.0
TICKETS_AN_ORDER = 0.16
WAGES_A_MONTH = 92_000


@dataclass(frozen=True)
class SampleFile:
    """One export of the sample shop: the source it belongs to, a file name and its bytes (UTF-8)."""

    source: str
    name: str
    data: bytes


@dataclass(frozen=True)
class _Day:
    """What happened on one day, before it is written down: visits by channel, carts, orders."""

    day: date
    visits: tuple[tuple[str, int], ...]
    carts: int
    orders: int
    order_value: float
    growth: float


def first_day(today: date) -> date:
    """Find the first day of the sample: the first of the month, 24 complete months before today's."""
    return _months_ago(today, MONTHS)


def sample_files(today: date, currency: str, seed: int = SEED) -> tuple[SampleFile, ...]:
    """Make all exports up to yesterday; two files a source, as somebody would have them after two years.

    `currency` is the ISO code that the orders and costs are in. Same arguments, same bytes.
    """
    chance = random.Random(seed)  # noqa: S311 -- a made-up shop, nothing secret
    days = [_day(chance, each, today) for each in _days(first_day(today), today)]
    middle = _months_ago(today, MONTHS // 2)
    tables = {
        "orders": _orders(chance, days, currency),
        "visits": _visits(days),
        "tickets": _tickets(chance, days, today),
        "costs": _costs(chance, days, currency),
    }
    return tuple(
        SampleFile(f"Sample {source}", f"{source}_{part}.csv", _csv(header, rows))
        for source, (header, everything) in tables.items()
        for part, rows in (
            ("first_year", [row for day, row in everything if day < middle]),
            ("since_then", [row for day, row in everything if day >= middle]),
        )
    )


def _months_ago(today: date, months: int) -> date:
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=number) for number in range((end - start).days)]


def _day(chance: random.Random, day: date, today: date) -> _Day:
    months = (day - first_day(today)).days / 30.4
    growth = 1 + 0.0035 * months
    usual = SEASON[day.month - 1] * WEEKDAY[day.weekday()] * growth
    campaign = _months_ago(today, CAMPAIGN_MONTHS_AGO) <= day < _months_ago(today, CAMPAIGN_MONTHS_AGO - 1)
    visits = max(40, round(chance.gauss(VISITS_A_DAY * usual * (1.45 if campaign else 1), 42)))
    split = [round(visits * share) for _, share in CHANNELS]
    dropped = day >= _months_ago(today, DROP_MONTHS_AGO)
    rate = ORDERS_A_VISIT * (1.10 if dropped else 1) * (0.90 if campaign else 1)
    orders = _binomial(chance, visits, rate)
    carts = max(orders, _binomial(chance, visits, CARTS_A_VISIT))
    value = DROPPED_VALUE if dropped else ORDER_VALUE
    return _Day(day, tuple(zip((name for name, _ in CHANNELS), split, strict=True)), carts, orders, value, growth)


def _binomial(chance: random.Random, tries: int, rate: float) -> int:
    return sum(chance.random() < rate for _ in range(tries))


_Table = tuple[tuple[str, ...], list[tuple[date, tuple[object, ...]]]]


def _moment(chance: random.Random, day: date) -> datetime:
    return datetime.combine(day, time()) + timedelta(seconds=chance.randrange(7 * 3600, 23 * 3600))


def _orders(chance: random.Random, days: list[_Day], currency: str) -> _Table:
    header = ("Order", "Created at", "Status", "Currency", "Channel", "Customer no", "Total", "Refunded")
    rows: list[tuple[date, tuple[object, ...]]] = []
    number = 10_000
    for day in days:
        for moment in sorted(_moment(chance, day.day) for _ in range(day.orders)):
            number += 1
            total = Decimal(str(max(49.0, chance.lognormvariate(0, 0.42) * day.order_value * 0.9155))).quantize(CENT)
            fate = chance.random()
            status = "cancelled" if fate < 0.02 else "refunded" if fate < 0.045 else "paid"  # noqa: PLR2004
            refunded = total if status == "refunded" else Decimal(0).quantize(CENT)
            channel = chance.choices([name for name, _ in CHANNELS], [share for _, share in CHANNELS])[0]
            customer = f"K{int(chance.paretovariate(0.7) * 37) % 9000:04d}"
            row = (f"#{number}", moment, status, currency, channel, customer, total, refunded)
            rows.append((day.day, row))
    return header, rows


def _visits(days: list[_Day]) -> _Table:
    header = ("Date", "Channel", "Visits", "Baskets")
    rows: list[tuple[date, tuple[object, ...]]] = []
    for day in days:
        total = sum(count for _, count in day.visits)
        left = day.carts
        for number, (channel, count) in enumerate(day.visits):
            carts = left if number == len(day.visits) - 1 else min(left, round(day.carts * count / total))
            left -= carts
            rows.append((day.day, (day.day, channel, count, carts)))
    return header, rows


def _tickets(chance: random.Random, days: list[_Day], today: date) -> _Table:
    header = ("Ticket", "Created at", "First reply at", "Topic", "Score")
    rows: list[tuple[date, tuple[object, ...]]] = []
    number = 500
    for day in days:
        for moment in sorted(_moment(chance, day.day) for _ in range(_binomial(chance, day.orders, TICKETS_AN_ORDER))):
            number += 1
            weekend = 9.5 if moment.weekday() > 4 else 0.0  # noqa: PLR2004
            reply = moment + timedelta(hours=chance.lognormvariate(1.55, 0.5) + weekend)
            score = min(10, max(0, round(chance.gauss(8.6, 1.7)))) if chance.random() < 0.4 else ""  # noqa: PLR2004
            topic = chance.choice(("delivery", "return", "product", "payment"))
            answered = reply if reply.date() < today else ""
            rows.append((day.day, (f"T{number}", moment, answered, topic, score)))
    return header, rows


def _costs(chance: random.Random, days: list[_Day], currency: str) -> _Table:
    header = ("Date", "Invoice", "Category", "Currency", "Amount")
    rows: list[tuple[date, tuple[object, ...]]] = []
    number = 7_000
    for day in days:
        due = [(name, day.orders * day.order_value * share * chance.uniform(0.9, 1.1)) for name, share in COSTS]
        if day.day.day == 25:  # noqa: PLR2004
            due.append(("wages", WAGES_A_MONTH * day.growth))
        for category, amount in due:
            number += 1
            rows.append((day.day, (day.day, f"F{number}", category, currency, Decimal(str(amount)).quantize(CENT))))
    return header, rows


def _csv(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
