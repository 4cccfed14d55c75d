"""How often a stable business is alarmed, and how soon a real drop is seen: a plain traffic light against the board.

    python benchmarks/false_alarms.py [--businesses 300] [--seed 5]

Each simulated KPI has some months of history and then twelve more, in which it stays as it was or drops by two standard
deviations. Its target is its own mean, its values spread by 8 % of it: a miss up to 10 % is amber. The plain light is
told of at every change of colour, or only when it turns red; ours goes through the product's own cards and digest,
month by month, marked as seen each time. Printed: alerts a KPI and year while nothing changes, the share of drops that
was told of within a year, and the months that took (median).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import ChangeKind, KpiHistory, Seen, board_row
from kpi_core.board.alerts import digest, seen_of
from kpi_core.board.stretches import points_of
from kpi_core.kpi import AlertWhen, Direction, Kpi, State, Typed
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.projection import NO_BOUNDS, History, Question, look_ahead
from kpi_core.signals.chart import FROZEN
from kpi_core.status import Status
from kpi_core.target import Target, TargetHistory, TargetKind
from kpi_core.unit import NumberStyle, Unit, UnitKind

MEAN, SD, YEAR, DROP = 1000, 80, 12, 2
HISTORIES = (12, 24, 36)
CALENDAR, STYLE = Calendar(), NumberStyle("en_US")
FIRST = date(2020, 1, 1)
HELD_TO = TargetHistory((Target(TargetKind.CONSTANT, FIRST, Fraction(MEAN)),))
ALARMS = {ChangeKind.REAL_CHANGE, ChangeKind.OFF_TARGET}
RULES = ("every change of colour", "turns red", *AlertWhen)


@dataclass(frozen=True)
class Told:
    """In which of the twelve months (1 is the first) each rule told of something."""

    months: dict[str, list[int]]


def months(count: int) -> list[Period]:
    """List months."""
    found = [CALENDAR.period(Cadence.MONTH, FIRST)]
    while len(found) < count:
        found.append(CALENDAR.next(found[-1]))
    return found


def simulate(values: list[int], history: int) -> Told:
    """Go through the months after the history as an owner does who looks once a month."""
    periods = months(len(values))
    actuals = [
        Actual(period, Fraction(value), CoverageState.FULL) for period, value in zip(periods, values, strict=True)
    ]
    kpi = Kpi("KPI", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), id=1, state=State.ACTIVE)
    told: dict[str, list[int]] = {str(rule): [] for rule in RULES}
    seen: dict[int, Seen] = {}
    colours: list[Status | None] = []
    for now in range(history, len(values) + 1):
        known = actuals[:now]
        today = known[-1].period.end + timedelta(days=2)
        numbers = tuple(float(value) for value in values[:now])
        row = board_row(
            KpiHistory(
                kpi,
                HELD_TO,
                {each.period.start: each for each in known[-24:]},
                baseline=points_of(kpi, known[:FROZEN], CALENDAR),
                ahead=look_ahead(History(numbers, Cadence.MONTH, NO_BOUNDS), Question(0, judged=now)),
            ),
            calendar=CALENDAR,
            style=STYLE,
            today=today,
        )
        colours.append(row.judgement.status)
        for when in AlertWhen if now > history else ():
            asked = replace(row, kpi=replace(kpi, alert=when))
            found = digest([asked], seen, since=today, as_of=today, calendar=CALENDAR)
            if any(change.kind in ALARMS for change in found.changes):
                told[when].append(now - history)
        seen = seen_of([row])
    for month, (before, after) in enumerate(pairwise(colours), start=1):
        if before is not after:
            told[RULES[0]].append(month)
            if after is Status.RED:
                told[RULES[1]].append(month)
    return Told(told)


def series(chance: np.random.Generator, history: int, drop: float) -> list[int]:
    """Make the values of a KPI: noise around the mean, lower by so many standard deviations after the history."""
    noise = chance.normal(MEAN, SD, history + YEAR)
    noise[history:] -= drop * SD
    return [round(float(value)) for value in noise]


def table(businesses: int, seed: int) -> None:
    """Print the figures."""
    print(f"{businesses} KPIs each; alerts a KPI and year while nothing changes; drops by {DROP} sd told within a year")
    print(f"{'history':>8}  {'rule':24} {'alerts':>7} {'told':>6} {'months':>7}")
    for history in HISTORIES:
        chance = np.random.default_rng(seed)
        stable = [simulate(series(chance, history, 0), history) for _ in range(businesses)]
        dropped = [simulate(series(chance, history, DROP), history) for _ in range(businesses)]
        for rule in map(str, RULES):
            alarms = sum(len(each.months[rule]) for each in stable) / businesses
            first = [each.months[rule][0] for each in dropped if each.months[rule]]
            share = len(first) / businesses
            took = f"{median(first):.0f}" if first else "-"
            print(f"{history:>8}  {rule:24} {alarms:7.2f} {share:6.0%} {took:>7}")


def main() -> None:
    """Simulate and print."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--businesses", type=int, default=300)
    given.add_argument("--seed", type=int, default=5)
    asked = given.parse_args()
    table(asked.businesses, asked.seed)


if __name__ == "__main__":
    main()
