"""A shop as its owner fills it: files, KPIs and the data file, through the services only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from kpi_core.kpi import Aggregate, Control, Direction, Kpi, LeadLag, Measure, OneColumn, Perspective, ValuesFrom
from kpi_core.period import Cadence
from kpi_core.service import choose, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Added, Wishes
from kpi_core.target import Comparison, Target, TargetKind
from kpi_core.unit import Unit, UnitKind

NOW = datetime(2026, 11, 3, 9, 0)
TODAY = NOW.date()
SEK = Unit(UnitKind.CURRENCY, "SEK")
REVENUE = Measure("Orders", Aggregate.SUM, OneColumn("Total"), "Day", segment="Channel")
DAY = timedelta(days=1)


def days(first: str, last: str) -> list[date]:
    """List the days from one to another, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + DAY * n for n in range((end - start).days + 1)]


def orders(dated: Iterable[date], total: str = "10.00", name: str = "orders.csv") -> File:
    """Make an export with an order a day, every third one in the shop."""
    rows = [f"A-{day:%Y%m%d},{day},{'shop' if day.day % 3 == 0 else 'web'},{total}" for day in dated]
    return File(name, "\n".join(["Order,Day,Channel,Total", *rows, ""]).encode())


def add(data: Path, file: File, source: str | None = "Orders", now: datetime = NOW, **answers: str) -> Added:
    """Add a file; answers by question id, with `_` for `-`."""
    given = {identity.replace("_", "-"): answer for identity, answer in answers.items()}
    return importing.add(data, file, Wishes(source, given), now)


def revenue(values: ValuesFrom = REVENUE, name: str = "Revenue") -> Kpi:
    """Make a KPI that nothing keeps a draft once its source is there."""
    return Kpi(
        name=name,
        unit=Unit(UnitKind.COUNT) if getattr(values, "aggregate", None) is Aggregate.COUNT else SEK,
        direction=Direction.UP,
        cadence=Cadence.MONTH,
        values=values,
        definition="All paid orders of the web shop and the counter",
        goal="Bring in more money",
        perspective=Perspective.FINANCIAL,
        scope="whole business",
        owner="shop manager",
        lead_lag=LeadLag.LAGGING,
        change="Write to customers who left a basket",
        when_red="Move money from ads to returning customers",
        control=Control.PARTLY,
        pay_tied=False,
        review_date=date(2027, 3, 1),
    )


def at_least(value: int, starts: date = date.min) -> Target:
    """Make a constant target."""
    return Target(TargetKind.CONSTANT, starts, Fraction(value), Comparison.AT_LEAST)


def filled(data: Path, target: int = 300) -> Kpi:
    """Fill a data file with September and October and one active KPI; give the KPI."""
    add(data, orders(days("2026-09-01", "2026-10-31")))
    return choose.save(data, revenue(), at_least(target, date(2026, 1, 1)), NOW)


def again(kpi: Kpi, **changes: object) -> Kpi:
    """Change a KPI as its form does."""
    return replace(kpi, **changes)  # type: ignore[arg-type]


def dump(data: Path, *, counters: bool = True) -> str:
    """Write everything that a data file holds; `counters`: with the highest number that each table ever gave."""
    with closing(sqlite3.connect(data)) as conn:
        return "\n".join(line for line in conn.iterdump() if counters or "sqlite_sequence" not in line)
