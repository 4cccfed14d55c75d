"""Help with a target in sentences: what history says, what is suggested, how bold the owner's own target is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kpi_core.period import Cadence, in_period, period_name
from kpi_core.projection.chance import in_ten
from kpi_core.projection.help import TargetGrade
from kpi_core.projection.policy import ENOUGH, Pattern
from kpi_core.unit import format_value

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from kpi_core.period import Calendar, Period
    from kpi_core.unit import NumberStyle, Unit

TWO_YEARS = "Whether they return every year, two whole years will show."
NEVER = "never done before"
"""The badge of a target beyond the best ever and a bigger step than any in history."""
GRADES = {
    TargetGrade.ALREADY_MET: "Already met: each of the last three {periods} met it.",
    TargetGrade.EASY: "Easy: you would reach it {chance} times as things are.",
    TargetGrade.REALISTIC: "Realistic: you would reach it {chance} times as things are.",
    TargetGrade.AMBITIOUS: "Ambitious: you would reach it {chance} times as things are.",
    TargetGrade.VERY_AMBITIOUS: "Very ambitious: you would reach it {chance} times as things are.",
    TargetGrade.UNLIKELY: "Unlikely: you would reach it {chance} times as things are. Something has to change.",
}


@dataclass(frozen=True)
class HelpWords:
    """Writes the sentences of one KPI's help."""

    unit: Unit
    style: NumberStyle
    decimals: int | None
    cadence: Cadence
    calendar: Calendar
    today: date

    def number(self, value: Fraction) -> str:
        """Write a number with its unit."""
        return format_value(value, self.unit, self.style, self.decimals)

    def name(self, period: Period) -> str:
        """Name a period, with its year unless it is this year's."""
        return period_name(period, self.calendar, self.today)

    def when(self, period: Period, *, dated: bool) -> str:
        """Say when a target is looked at: by the end of a period, or in it."""
        return f"by {self.name(period)}" if dated else in_period(period, self.calendar, self.today)

    def periods(self, count: int) -> str:
        """Count periods: "1 month", "12 months"."""
        return f"{count} {self.cadence}{'' if count == 1 else 's'}"

    def last_year(self, period: Period, value: Fraction) -> str:
        """Say the value of the same period last year."""
        return f"{self.number(value)} in {period_name(period, self.calendar, None)}"

    def recent(self, count: int, average: Fraction, best: Fraction | None) -> str:
        """Say average and best of the last periods; a range has no best."""
        text = f"{self.number(average)} on average in the last {self.periods(count)}"
        return text if best is None else f"{text}, {self.number(best)} at best"

    def usual(self, low: Fraction, high: Fraction, now: Fraction, trial: int = 0) -> str:
        """Say the usual range, as the limits of routine variation give it; `trial`: from so few periods."""
        stay = "stay" if low <= now <= high else "used to stay"
        text = f"{self.number(low)} to {self.number(high)}: routine ups and downs {stay} in here"
        return f"{text}; on trial, from {self.periods(trial)} only" if trial else text

    def baseline(self, value: Fraction, count: int) -> str:
        """Say where the KPI stands now: the median of the last three, never the last one alone."""
        return f"{self.number(value)}, the middle of the last {self.periods(count)}"

    def reached(self, reached: int, of: int) -> str:
        """Say how often the target would have been reached."""
        if of == 1:
            return f"You reached this in the one {self.cadence} that is known." if reached else "Not reached so far."
        times = {0: "none", of: "all"}.get(reached, str(reached))
        return f"You reached this in {times} of the last {self.periods(of)}."

    def too_little(self, count: int) -> str:
        """Say that history is too short for suggestions and a grade."""
        have = f"{self.periods(count)} {'is' if count == 1 else 'are'} known" if count else "no value is known yet"
        return f"Too little history to say: {have}, and it takes {ENOUGH}."

    def gap(self, first: Period, missing: Period, count: int) -> str:
        """Say that only the newest unbroken stretch counts."""
        since = f"{self.periods(count)} since {self.name(first)} count"
        return f"Only the {since}: {self.name(missing)} has no value."

    def grade(self, grade: TargetGrade, chance: float | None, by: Period) -> str:
        """Say how bold a target is, with its chance and until when."""
        if grade is TargetGrade.TOO_EARLY or chance is None:
            return "Too little history to say how bold it is."
        text = GRADES[grade].format(chance=in_ten(chance), periods=f"{self.cadence}s")
        return f"{text} Looked at for {self.name(by)}."

    def suggestion(self, value: Fraction, chance: float, by: str) -> str:
        """Say a suggested target with its chance."""
        return f"{self.number(value)} {by}: reached {in_ten(chance)} times as things are"


def pattern_words(pattern: Pattern) -> str:
    """Say what of last year the outlook repeats while nobody can tell a season yet; "" where it repeats nothing."""
    match pattern:
        case Pattern.HALF_LAST_YEAR:
            return f"The outlook repeats half of last year's ups and downs. {TWO_YEARS}"
        case Pattern.LAST_YEAR:
            return f"The outlook repeats last year's same weeks at this year's level. {TWO_YEARS}"
        case Pattern.SEASON | Pattern.NOTHING:
            return ""


def benchmark_text(benchmark: str, source: str, year: str) -> str:
    """Say what others report, never as a target; "" where nothing is known.

    >>> benchmark_text("about 3:1 called healthy", "https://example.org/saas", "2025")
    'Others report: about 3:1 called healthy (example.org, 2025). What others reach is no target for you.'
    """
    if not benchmark:
        return ""
    hosts = ((urlsplit(each.strip()).hostname or each.strip()).removeprefix("www.") for each in source.split(";"))
    named = ", ".join(dict.fromkeys(hosts))
    known = ", ".join(part for part in (named, year) if part)
    return f"Others report: {benchmark}{f' ({known})' if known else ''}. What others reach is no target for you."
