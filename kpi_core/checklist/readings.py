"""What history says of a KPI: its readings as numbers, its gaps and jumps, and how long until its target counts."""

from __future__ import annotations

from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from kpi_core.actual import CoverageState
from kpi_core.catalogue import by_key
from kpi_core.horizon import goal_period
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Measure
from kpi_core.period import Cadence
from kpi_core.target import TargetHistory, in_force
from kpi_core.unit import format_value, parse_value

if TYPE_CHECKING:
    from fractions import Fraction

    from kpi_core.actual import Actual
    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.checklist.finding import Facts
    from kpi_core.kpi import Kpi
    from kpi_core.target import PeriodTarget

LATEST: Final = 3
"""Complete periods whose median is the baseline."""
JUMP: Final = 10
"""A reading more than so many times the one before may be in another unit."""
COPIED: Final = 3
"""Equal readings running that look copied, where they have DIGITS figures."""
DIGITS: Final = 4
DAYS: Final = {Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.MONTH: 30, Cadence.QUARTER: 91, Cadence.YEAR: 365}


def counted(facts: Facts) -> tuple[tuple[Actual, Fraction], ...]:
    """List the readings that have a value, oldest first."""
    return tuple(
        (each, each.value) for each in facts.readings if each.coverage is CoverageState.FULL and each.value is not None
    )


def numbers(facts: Facts) -> tuple[Fraction, ...]:
    """List the values of the readings, oldest first."""
    return tuple(value for _, value in counted(facts))


def gaps(facts: Facts) -> tuple[Actual, ...]:
    """List the periods between the first and the newest reading that the data does not speak for."""
    return tuple(each for each in facts.readings if each.coverage is not CoverageState.FULL)


def baseline(facts: Facts) -> Fraction | None:
    """Give the median of the last three complete periods; None while there are not three readings."""
    values = numbers(facts)
    return median(values[-LATEST:]) if len(values) >= LATEST else None


def jump(facts: Facts) -> tuple[Actual, Actual] | None:
    """Find the newest two readings running of which one is more than ten times the other, both over 0."""
    running = [
        (earlier, later)
        for (earlier, before), (later, after) in pairwise(counted(facts))
        if before > 0 and after > 0 and max(before, after) > JUMP * min(before, after)
    ]
    return running[-1] if running else None


def copied(facts: Facts) -> tuple[Actual, ...]:
    """Find the newest three readings or more running that are equal to the last of at least four figures."""
    runs = [tuple(each for each, _ in run) for _, run in groupby(counted(facts), key=lambda reading: reading[1])]
    return next((run for run in reversed(runs) if len(run) >= COPIED and _figures(run[-1].value) >= DIGITS), ())


def _figures(value: Fraction | None) -> int:
    """Count the figures of a number, without zeros at either end.

    >>> from fractions import Fraction
    >>> [_figures(Fraction(text)) for text in ("48213", "5000", "0.0321", "1/3")]
    [5, 1, 3, 6]
    """
    return 0 if value is None else len(f"{abs(float(value)):.6g}".partition("e")[0].replace(".", "").strip("0"))


def age(facts: Facts) -> int | None:
    """Count the days since the newest reading's period ended; None without a reading."""
    found = counted(facts)
    return (facts.today - found[-1][0].period.end).days if found else None


def possible(kpi: Kpi, entry: CatalogueKpi | None = None) -> tuple[int | None, int | None]:
    """Give the ends that no value can leave: of a share of a whole, a net promoter score, what the catalogue knows.

    None is no end. What the catalogue says holds for its own unit only.
    """
    match kpi.values:
        case Formula(kind=FormulaKind.SHARE):
            return (0, 100)
        case Measure(aggregate=Aggregate.NET_PROMOTER_SCORE):
            return (-100, 100)
        case _:
            entry = entry or by_key(kpi.catalogue_key)
            known = entry is not None and entry.unit is kpi.unit.kind
            return (entry.least, entry.most) if entry is not None and known else (None, None)


def end_target(kpi: Kpi, facts: Facts) -> PeriodTarget | None:
    """Give the target of the period that it is judged on; None where there is none then."""
    if facts.target is None:
        return None
    period = goal_period(facts.target, kpi, facts.calendar, facts.today)
    last_year = {each.period.start: each for each in facts.readings}
    history = TargetHistory((facts.target,), last_year=last_year)
    return in_force(history, period, kpi.direction, facts.calendar)


def written(kpi: Kpi, facts: Facts, value: Fraction) -> str:
    """Write a value in the KPI's unit."""
    return format_value(value, kpi.unit, facts.style, kpi.decimals)


def as_shown(kpi: Kpi, facts: Facts, value: Fraction) -> Fraction:
    """Round a value to what is shown of it, so that one click sets just the number that the owner read."""
    return parse_value(written(kpi, facts, value), kpi.unit, facts.style)
