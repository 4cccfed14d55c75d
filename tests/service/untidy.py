"""A data file whose KPIs are on the board and untidy, as they are half a year after nobody looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.hygiene import Untidy
from kpi_core.kpi import Goal, Kpi, LeadLag, Perspective, State, Tier, Typed, TypedValue
from kpi_core.service.checkup import checkup
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.definitions.goals import add_goal
from kpi_core.store.definitions.targets import add_target
from kpi_core.store.definitions.typed import set_typed
from kpi_core.target import Target
from kpi_core.unit import Unit, UnitKind
from tests.checklist.made import CALENDAR, path
from tests.service.shop import at_least, revenue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from random import Random

NOW = datetime(2026, 11, 21, 10)
TODAY = NOW.date()
THEN = By(datetime(2025, 1, 1, 9))
GOAL = "Bring in more money"
LONG_AGO = date(2020, 1, 1)
DAY = timedelta(days=1)


def typed(name: str, **changes: object) -> Kpi:
    """Make an active KPI whose monthly values are typed, with nothing to say against it."""
    made = revenue(Typed(), name)
    tidy = {"unit": Unit(UnitKind.COUNT), "state": State.ACTIVE, "review_date": TODAY + 30 * DAY}
    return replace(made, **{**tidy, **changes})  # type: ignore[arg-type]


def keep(data: Path, kpi: Kpi, values: Sequence[int], target: Target | None = None) -> int:
    """Keep a KPI with its values of the newest complete months, oldest first; give its number."""
    with open_store(data) as store, store.writing():
        if not store.one("SELECT 1 FROM goals WHERE live"):
            add_goal(store, Goal(GOAL), THEN)
        number = add_kpi(store, kpi, THEN).id
        if kpi.tier is Tier.KPI:
            add_target(store, number, target or at_least(500, LONG_AGO), THEN)
        period = CALENDAR.last_complete(kpi.cadence, TODAY)
        for value in reversed(values):
            set_typed(store, TypedValue(kpi.name, period.start, Fraction(value)), THEN)
            period = CALENDAR.previous(period)
        actuals.refresh(store)
    return number


def found(data: Path) -> dict[str, Untidy]:
    """List what the check-up finds today, by what it is known by."""
    return {each.id: each for each in checkup(data, TODAY).found}


def rule_ids(some: Iterable[Untidy], one: Untidy) -> set[str]:
    """Name the findings of the same rule."""
    return {each.id for each in some if each.rule is one.rule}


def forgotten(data: Path, chance: Random) -> None:
    """Fill a data file with KPIs of which any may be untidy in any way."""
    passed = replace(path(400, 900, TODAY - 40 * DAY), path_start=LONG_AGO, starts=LONG_AGO)
    keep(data, typed("Returned parcels", state=State.RETIRED, retired_reason="nobody counts them"), [])
    row = [chance.randint(380, 620) for _ in range(14)]
    for n in range(chance.randint(2, 7)):
        key = chance.choice([None, None, "nps", "page_views", "aov", "first_response_time"])
        steps = [chance.choice([0, 0, 0, 1]) for _ in row]
        values = {
            "green": [600 + chance.randint(0, 90) for _ in row],
            "red": [100 + chance.randint(0, 90) for _ in row],
            "same": row,
            "nearly": [value + step for value, step in zip(row, steps, strict=True)],
            "few": row[:4],
            "none": [],
        }[chance.choice(["green", "red", "same", "nearly", "few", "none"])]
        kpi = typed(
            f"Number {n}",
            catalogue_key=key,
            owner=chance.choice(["", "the team", "Kim"]),
            goal=chance.choice(["", GOAL, GOAL]),
            review_date=chance.choice([None, TODAY - DAY, TODAY + DAY]),
            counter_measure=chance.choice(["", "Returned parcels"]),
            pay_tied=chance.choice([None, False, True]),
            lead_lag=chance.choice([None, *LeadLag]),
            perspective=chance.choice([None, *Perspective]),
        )
        keep(data, kpi, values, chance.choice([None, None, passed]))
