"""A KPI that passes every question, its facts, and readings made of numbers: what the tests change one thing of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.actual import Actual, CoverageState
from kpi_core.checklist import Facts, Finding, Verdict, check_kpi
from kpi_core.kpi import Aggregate, Control, Direction, Kpi, LeadLag, Measure, OneColumn, Perspective, Tier
from kpi_core.period import Cadence, Calendar
from kpi_core.target import Comparison, Target, TargetKind
from kpi_core.unit import Unit, UnitKind

TODAY = date(2026, 11, 21)
TOTAL = Measure("Orders", Aggregate.SUM, OneColumn("Total"), date="Created at")
CALENDAR = Calendar()
PASS, WARN, FAIL = Verdict.PASS, Verdict.WARN, Verdict.FAIL

Number = int | str | None


def readings(
    values: Iterable[Number], cadence: Cadence = Cadence.MONTH, *, late: int = 0, today: date = TODAY
) -> tuple[Actual, ...]:
    """Make readings of complete periods, oldest first; None is a missing one; `late`: newer periods that have none."""
    numbers = list(values)
    period = CALENDAR.last_complete(cadence, today)
    for _ in range(late):
        period = CALENDAR.previous(period)
    made = []
    for number in reversed(numbers):
        value = None if number is None else Fraction(number)
        made.append(Actual(period, value, CoverageState.NONE if number is None else CoverageState.FULL))
        period = CALENDAR.previous(period)
    return tuple(reversed(made))


TARGET = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(500_000), Comparison.AT_LEAST)
STEADY = tuple(480_000 + step * 1_000 for step in (0, 9, -6, 14, -11, 4, 17, -3, 12, -8, 21, 2))
GOOD = Kpi(
    name="Monthly revenue",
    unit=Unit(UnitKind.CURRENCY, "SEK"),
    direction=Direction.UP,
    cadence=Cadence.MONTH,
    values=TOTAL,
    definition="Paid orders of the web shop, refunds taken off",
    goal="Bring in more money",
    scope="whole business",
    owner="shop manager",
    counter_measure="Return rate",
    change="Write to customers who left a basket",
    when_red="Move money from ads to service",
    control=Control.PARTLY,
    pay_tied=False,
    lead_lag=LeadLag.LAGGING,
    perspective=Perspective.FINANCIAL,
    review_date=date(2026, 12, 4),
)
COUNTER = replace(GOOD, name="Return rate", tier=Tier.HEALTH_METRIC, goal="")
FACTS = Facts(
    TODAY,
    target=TARGET,
    readings=readings(STEADY),
    source_rows=1200,
    source_currencies=("SEK",),
    beside=(COUNTER,),
)
NPS = replace(
    GOOD,
    name="Net Promoter Score",
    catalogue_key="nps",
    unit=Unit(UnitKind.SCORE),
    values=Measure("Answers", Aggregate.NET_PROMOTER_SCORE, OneColumn("Score"), "Answered"),
)


def finding(kpi: Kpi, question: str, facts: Facts = FACTS) -> Finding:
    """Ask one question."""
    return next(each for each in check_kpi(kpi, facts) if each.id == question)


def verdict(kpi: Kpi, question: str, facts: Facts = FACTS) -> Verdict:
    """Give the verdict of one question."""
    return finding(kpi, question, facts).verdict


def path(
    baseline: Number | Fraction, value: Number | Fraction, deadline: date, comparison: Comparison = Comparison.AT_LEAST
) -> Target:
    """Make a path that starts today."""
    return Target(
        TargetKind.PATH,
        TODAY,
        Fraction(value or 0),
        comparison,
        baseline=Fraction(baseline or 0),
        path_start=TODAY,
        deadline=deadline,
    )
