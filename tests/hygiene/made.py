"""A portfolio that is tidy, for the tests to change one thing of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.checklist import Facts
from kpi_core.hygiene import Looked, Portfolio, Rule, Untidy, check_up
from kpi_core.kpi import Aggregate, Kpi, LeadLag, Measure, OneColumn, Perspective, State, Tier
from kpi_core.target import Comparison, Target, TargetHistory, TargetKind
from tests.checklist.made import COUNTER, GOOD, TODAY, readings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.actual import Actual
    from tests.checklist.made import Number

LONG_AGO = date(2020, 1, 1)
COUNT_OF_ROWS = Measure("Orders", Aggregate.COUNT, None, "Created at")
MARGIN = Measure("Books", Aggregate.SUM, OneColumn("Margin"), "Day")


def at_least(value: int, starts: date = LONG_AGO) -> Target:
    """Make a constant target."""
    return Target(TargetKind.CONSTANT, starts, Fraction(value), Comparison.AT_LEAST)


def looked(
    kpi: Kpi = GOOD,
    values: Iterable[Number] = (480, 510, 495, 520, 470, 505),
    *rows: Target,
    read: tuple[Actual, ...] | None = None,
    **facts: object,
) -> Looked:
    """Make a KPI as the check-up sees it: its values in the months up to now, and its target rows."""
    held = rows or (at_least(500),)
    told = Facts(
        TODAY,
        held[-1],
        readings=readings(values, kpi.cadence) if read is None else read,
        source_rows=1200,
        beside=(COUNTER,),
    )
    return Looked(kpi, replace(told, **facts), TargetHistory(held))  # type: ignore[arg-type]


def named(name: str, number: int, **changes: object) -> Kpi:
    """Make an active KPI of another name and number."""
    return replace(GOOD, name=name, id=number, state=State.ACTIVE, **changes)  # type: ignore[arg-type]


REVENUE = named("Revenue", 1)
BASKETS = named("Open baskets", 2, values=COUNT_OF_ROWS, lead_lag=LeadLag.LEADING, perspective=Perspective.CUSTOMER)
EARNED = named("Margin", 3, values=MARGIN)
BESIDE = replace(COUNTER, id=9, state=State.ACTIVE, tier=Tier.HEALTH_METRIC)
RISING = (480, 501, 495, 520, 470, 505, 499, 530)
FALLING = (520, 470, 540, 455, 500, 490, 515, 460)
OTHERS = (499, 530, 480, 501, 520, 470, 495, 505)
TIDY = Portfolio(
    TODAY,
    (looked(REVENUE, RISING), looked(BASKETS, FALLING), looked(EARNED, OTHERS)),
    (BESIDE,),
    ("Bring in more money",),
)


def with_one(one: Looked, portfolio: Portfolio = TIDY) -> Portfolio:
    """Put a KPI in the place of the one of its number."""
    return replace(portfolio, kpis=tuple(one if each.kpi.id == one.kpi.id else each for each in portfolio.kpis))


def found(portfolio: Portfolio, rule: Rule | None = None) -> list[Untidy]:
    """List the findings, of one rule or of all."""
    return [each for each in check_up(portfolio) if rule in {None, each.rule}]


def of(kpi: Kpi = REVENUE, values: Iterable[Number] = RISING, *rows: Target, **facts: object) -> list[Untidy]:
    """List the findings about one KPI among tidy ones."""
    made = looked(kpi, values, *rows, **facts)  # type: ignore[arg-type]
    return [each for each in check_up(with_one(made)) if kpi.id in each.kpis]


def rules(some: Iterable[Untidy]) -> list[Rule]:
    """Name their rules."""
    return [each.rule for each in some]
