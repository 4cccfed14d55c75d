"""How well the end of a running month is estimated on days 3, 10 and 20, beside a straight line.

    python benchmarks/pacing.py [--shops N] [--seed N]

Daily sales are simulated: a weekday profile with a closed Sunday or none, a level that drifts from day to day, and
noise about it, calm to wild, now and then a refund day under zero. Each shop is looked at in one month after thirteen
known ones (`--months`: fewer, at least one). Prints the mean error in percent of the month's total, how often the
80 % band held the total, and of the months said to be at risk (a chance under 1 in 5) how many missed their target:
one between 0.85 and 1.25 times what the 28 days before would come to. Then the same by how the shops differ.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import fmean

sys.path.insert(0, str(Path(__file__).parents[1]))

from kpi_core.period import WEEKDAYS, Cadence, Calendar, Weekday
from kpi_core.projection.pacing import Days, Stretch, pace
from kpi_core.running import AT_RISK_UNDER, past_periods

LOOKS = (3, 10, 20)
FIRST = date(2024, 11, 1)
NOISES = {"calm": 0.1, "usual": 0.3, "wild": 0.8}
"""Standard deviation of a day about its level."""
DRIFTS = {"steady": 0.0, "drifting": 0.012, "restless": 0.03}
"""Standard deviation of a day's step of the level."""
CLOSED = 0.5
"""The share of shops that are closed on Sundays."""
REFUNDS = 0.02
"""The share of days on which more is paid back than taken."""


@dataclass(frozen=True)
class Shop:
    """Daily sales: thousandths from FIRST on, to the end of the month looked at."""

    noise: str
    drift: str
    calendar: Calendar
    days: tuple[Fraction, ...]


@dataclass
class Tally:
    """What the looks at one day of the month came to."""

    straight: list[float] = field(default_factory=list)
    paced: list[float] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    at_risk_missed: list[bool] = field(default_factory=list)
    others_missed: list[bool] = field(default_factory=list)

    def line(self) -> str:
        """Write it as a row of a table."""
        share = [fmean(each) if each else 0.0 for each in (self.inside, self.at_risk_missed, self.others_missed)]
        return (f"{fmean(self.straight):6.1%} {fmean(self.paced):6.1%} | band held {share[0]:4.0%} | at risk"
                f" {len(self.at_risk_missed):4} of {len(self.inside):4}, missed {share[1]:4.0%};"
                f" of the others {share[2]:4.0%}")  # fmt: skip


def simulate(chance: random.Random, noise: str, drift: str, months: int) -> Shop:
    """Make the daily sales of one shop."""
    closed = chance.random() < CLOSED
    calendar = Calendar(open_weekdays=frozenset(Weekday) - ({Weekday.SUNDAY} if closed else set()))
    profile = [chance.uniform(0.5, 1.8) for _ in range(7)]
    end = FIRST
    for _ in range(months + 1):
        end = calendar.period(Cadence.MONTH, end).end
    level, days = 1.0, []
    for number in range((end - FIRST).days):
        day = FIRST + timedelta(days=number)
        level *= 1 + chance.gauss(0, DRIFTS[drift])
        value = level * profile[day.weekday()] * max(0.0, 1 + chance.gauss(0, NOISES[noise]))
        value = -0.2 * level if chance.random() < REFUNDS else value
        days.append(Fraction(round(1000 * value) if calendar.is_open(day) else 0))
    return Shop(noise, drift, calendar, tuple(days))


def look(shop: Shop, months: int, target: float, tallies: list[dict[int, Tally]]) -> None:
    """Look at the last month on each of the days."""
    start = FIRST
    for _ in range(months):
        start = shop.calendar.period(Cadence.MONTH, start).end
    period = shop.calendar.period(Cadence.MONTH, start)
    known = (start - FIRST).days
    total = float(sum(shop.days[known:]))
    aim = target * float(sum(shop.days[known - 28 : known])) * period.days / 28
    past = [Stretch(each.start, each.end, each.end) for each in past_periods(period, shop.calendar)]
    opened = frozenset(WEEKDAYS.index(each) for each in shop.calendar.open_weekdays)
    for passed in LOOKS:
        until = start + timedelta(days=passed)
        found = pace(Days(FIRST, shop.days[: known + passed], opened), Stretch(start, until, period.end), past)
        assert found is not None
        straight = float(sum(shop.days[known : known + passed])) * period.days / passed
        low, high = found.coming.band(0.8)
        risk = found.coming.chance(aim, None) < AT_RISK_UNDER
        for each in (tally[passed] for tally in tallies):
            each.straight.append(abs(straight / total - 1))
            each.paced.append(abs(found.coming.middle / total - 1))
            each.inside.append(low <= total <= high)
            (each.at_risk_missed if risk else each.others_missed).append(total < aim)


def measure(shops: int, months: int, seed: int) -> dict[str, dict[int, Tally]]:
    """Look at so many shops of each kind."""
    chance = random.Random(seed)  # noqa: S311 -- a simulation, no secret
    tallies: dict[str, dict[int, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for noise, drift in kinds():
        for _ in range(shops):
            shop = simulate(chance, noise, drift, months)
            names = ("all", noise, drift)
            look(shop, months, chance.uniform(0.85, 1.25), [tallies[name] for name in names])
    return tallies


def kinds() -> Iterator[tuple[str, str]]:
    """List how shops differ."""
    return ((noise, drift) for noise in NOISES for drift in DRIFTS)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shops", type=int, default=60)
    parser.add_argument("--months", type=int, default=13)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    for name, tally in measure(asked.shops, asked.months, asked.seed).items():
        for passed, found in tally.items():
            print(f"{name:9} day {passed:2}: straight line, paced {found.line()}")


if __name__ == "__main__":
    main()
