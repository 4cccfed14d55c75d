"""Will we get there? The outlook of a card in a sentence, and the chance of the running period."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.horizon import is_deadline
from kpi_core.kpi import Direction
from kpi_core.period import day_name, in_period, period_name
from kpi_core.projection import ProjectionGrade, Spread, in_ten, outlook
from kpi_core.projection.pacing import BELIEF_DAYS
from kpi_core.projection.policy import ENOUGH
from kpi_core.running import open_share
from kpi_core.target import target_number
from kpi_core.unit import format_exactly

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.horizon import Goal
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar
    from kpi_core.projection import Ahead
    from kpi_core.running import SoFar
    from kpi_core.target import PeriodTarget
    from kpi_core.unit import NumberStyle


@dataclass(frozen=True)
class OutlookWords:
    """Writes the outlook of one KPI."""

    kpi: Kpi
    calendar: Calendar
    style: NumberStyle
    today: date

    def sentence(self, goal: Goal | None, ahead: Ahead | None) -> str:
        """Say whether the target will be met: "About 3 in 10 to reach 55 in February: less likely than not."."""
        if goal is None or ahead is None:
            return ""
        if ahead.grade is not ProjectionGrade.TOO_EARLY and ahead.chance is None:
            year = period_name(goal.period, self.calendar, None)
            return f"Nobody can say: a value of {year} is missing."
        if ahead.chance is None:
            return f"Too early to say: {ahead.count} of {ENOUGH} {self.kpi.cadence}s in a row are known."
        rough = " This is a rough estimate." if ahead.grade is ProjectionGrade.ROUGH else ""
        chance = in_ten(ahead.chance)
        return f"{chance[:1].upper()}{chance[1:]} to {self.aim(goal)} at this pace: {outlook(ahead.chance)}.{rough}"

    def short(self, goal: Goal | None, ahead: Ahead | None) -> str:
        """Say the same as shortly as a card has room for: "Reach 55 in February: about 3 in 10"."""
        if goal is None or ahead is None or ahead.chance is None:
            return ""
        aim = self.aim(goal)
        return f"{aim[:1].upper()}{aim[1:]}: {in_ten(ahead.chance)}"

    def aim(self, goal: Goal) -> str:
        """Say what is to be met, and when: by the end of a deadline's period, else in the period looked at."""
        kpi = self.kpi
        if goal.target is None:
            total = format_exactly(goal.total or Fraction(0), kpi.unit, self.style, kpi.decimals)
            verb = "reach" if kpi.direction is Direction.UP else "stay within"
            return f"{verb} {total} in {period_name(goal.period, self.calendar, None)}"
        number = target_number(goal.target, kpi.unit, self.style, kpi.decimals)
        verb = {Direction.UP: "reach", Direction.DOWN: "be at", Direction.RANGE: "be within"}[kpi.direction]
        when = in_period(goal.period, self.calendar, self.today)
        if is_deadline(goal.row, goal.period):
            when = f"by {day_name(goal.period.last_day, self.today)}"
        return f"{verb} {number} {when}"


def running_chance(
    ahead: Ahead | None, so_far: SoFar | None, target: PeriodTarget | None, calendar: Calendar
) -> Fraction | None:
    """Give the chance that the running period meets its target; None where nothing can be said.

    What adds up over days is what is done so far plus what the days left bring. Where daily values tell the pace, they
    bring that. Else they bring what the forecast of the whole period and the pace so far say, the pace weighing
    day / (day + 7) of open days; their error is the forecast's, for the share of the open days that is left (errors of
    days add up by their squares). What is done stays done where neither a day nor a period was ever below 0. Anything
    else is taken as forecast.
    """
    if so_far is None or so_far.value is None or target is None:
        return None
    low, high = (None if bound is None else float(bound.value) for bound in (target.low, target.high))
    strict = target.low is not None and target.low.is_strict, target.high is not None and target.high.is_strict
    if so_far.pace is not None:
        return Fraction(so_far.pace.coming.chance(low, high, strict)).limit_denominator(10_000)
    if ahead is None or ahead.coming is None:
        return None
    coming = ahead.coming
    if so_far.adds_up:
        period, until = so_far.period, so_far.until
        done, left = float(so_far.value), 1 - float(open_share(so_far, calendar))
        days = calendar.open_days(period.start, until)
        weight = days / (days + BELIEF_DAYS)
        whole = weight * done / (1 - left) + (1 - weight) * coming.middle if days else coming.middle
        least = done if _only_grows(coming, so_far) else None
        coming = Spread(done + left * whole, coming.scale * left**0.5, coming.freedom, least)
    return Fraction(coming.chance(low, high, strict)).limit_denominator(10_000)


def _only_grows(coming: Spread, so_far: SoFar) -> bool:
    days = () if so_far.daily is None else so_far.daily.values.values()
    return coming.least is not None and coming.least >= 0 and all(value >= 0 for value in days)
