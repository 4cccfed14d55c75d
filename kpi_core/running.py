"""The running period's own line, "so far": never coloured, never counted.

Every interval is half-open, `[start, end)`. A day is complete once it is over *and* the data speaks for it. The pace
follows the rule "The running period" of this product: only what adds up over days is expected by now or needed a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState, coverage_of
from kpi_core.kpi import Aggregate, Direction, Formula, FormulaKind, KpiRef, Measure, Typed
from kpi_core.period import ONE_DAY, WEEKDAYS, Period, day_name, in_period, period_name
from kpi_core.projection.pacing import PROFILE_DAYS, Days, Pace, Stretch, pace, weekday_levels
from kpi_core.source import Covers
from kpi_core.target import target_number
from kpi_core.unit import UnitKind, format_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpi_core.kpi import Kpi, ValuesFrom
    from kpi_core.period import Calendar
    from kpi_core.target import PeriodTarget
    from kpi_core.unit import NumberStyle

TOO_EARLY_UNDER = Fraction(1, 5)
AT_RISK_UNDER = Fraction(1, 5)
BAND = 0.8

PAST_PERIODS = 12
PAST_DAYS = 400
"""The pace is told from so many periods before the running one, none of which began longer ago than this."""
SHOWN_DIGITS = 3
"""An estimate is shown with three digits that count: 512 000 kr, not 512 347.61 kr."""


@dataclass(frozen=True)
class DailyValues:
    """What each day added; a covered day without an entry added nothing, another day is missing."""

    values: Mapping[date, Fraction] = field(default_factory=dict)
    covers: tuple[Covers, ...] = ()

    def listed(self, start: date, end: date, calendar: Calendar) -> Days:
        """List the days `[start, end)`, with the weekdays on which the business is open."""
        covered: set[int] = set()
        for each in self.covers:
            covered.update(range(max(each.start, start).toordinal(), min(each.end, end).toordinal()))
        days = [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal())]
        values = (self.values.get(day, Fraction(0)) if day.toordinal() in covered else None for day in days)
        return Days(start, tuple(values), frozenset(WEEKDAYS.index(each) for each in calendar.open_weekdays))


@dataclass(frozen=True)
class SoFar:
    """What is known of a KPI's running period, each value by the KPI's own aggregate.

    `value` over the complete days `[period.start, until)`; `last_period` and `last_year` over the ranges that
    `same_days` names. `daily` only for sums with daily rows: the running period and the PROFILE_DAYS before it.
    """

    period: Period
    until: date
    value: Fraction | None
    last_period: Fraction | None = None
    last_year: Fraction | None = None
    adds_up: bool = False
    """Whether days add up to the period (sum, count): only then is there a pace."""
    daily: DailyValues | None = None
    pace: Pace | None = None
    """Where daily values tell that it will end; None where they do not."""


@dataclass(frozen=True)
class Running:
    """The running period's own line; never coloured."""

    period: Period
    so_far: Fraction | None
    elapsed_share: Fraction
    too_early: bool
    expected_by_now: Fraction | None = None
    needed_per_day: Fraction | None = None
    same_days_last_period: Fraction | None = None
    same_days_last_year: Fraction | None = None
    at_risk: bool | None = None
    """Whether the chance of meeting the target is under 1 in 5; None: no chance is known."""
    data_until: date | None = None
    sentence: str = ""
    risk: str = ""
    """What it is at risk of, after its KPI's name; "" where it is not."""
    estimate: Fraction | None = None
    """Where the period will end: by the pace of its days, else in a straight line, which is too early under a fifth."""
    estimate_band: tuple[Fraction, Fraction] | None = None
    """Where it ends in 8 of 10 cases; None where nothing tells how sure the estimate is."""
    estimate_sentence: str = ""


def complete_until(period: Period, covers: Iterable[Covers], today: date) -> date:
    """Find the day after the last complete day of a running period; its start where no day is complete."""
    over = Covers(period.start, min(today, period.end))
    if over.start >= over.end:
        return period.start
    state, until = coverage_of(over, covers)
    if state is CoverageState.FULL:
        return over.end
    return period.start if until is None else until + ONE_DAY


def first_days(period: Period, days: int) -> Covers:
    """Name the first days of a period; a shorter one is taken whole.

    >>> from kpi_core.period import Cadence
    >>> february = Period(date(2025, 2, 1), date(2025, 3, 1), Cadence.MONTH)
    >>> first_days(february, 30).end
    datetime.date(2025, 3, 1)
    """
    return Covers(period.start, min(period.start + timedelta(days=days), period.end))


def same_days(period: Period, until: date, calendar: Calendar) -> tuple[Covers, Covers]:
    """Name the same number of days of the period before and of the same period last year."""
    days = (until - period.start).days
    return first_days(calendar.previous(period), days), first_days(calendar.partner(period), days)


def total(daily: DailyValues, days: Covers) -> Fraction | None:
    """Add up the days `[start, end)`; None unless every one of them is covered."""
    if coverage_of(days, daily.covers)[0] is not CoverageState.FULL:
        return None
    return sum((value for day, value in daily.values.items() if days.start <= day < days.end), Fraction(0))


def adds_up(values: ValuesFrom | KpiRef) -> bool:
    """Tell whether a KPI's days add up to its period: sums and counts, and sums and differences of those.

    Another KPI in a formula is not looked into, so such a formula has no pace.
    """
    match values:
        case Typed(aggregate=how) | Measure(aggregate=how):
            return how in {Aggregate.SUM, Aggregate.COUNT}
        case Formula(kind=FormulaKind.SUM | FormulaKind.DIFFERENCE):
            return all(adds_up(part) for part in values.parts)
        case Formula() | KpiRef():
            return False


def past_periods(period: Period, calendar: Calendar) -> list[Period]:
    """List the complete periods that a running one's pace is told from, newest first."""
    found: list[Period] = []
    before = calendar.previous(period)
    while len(found) < PAST_PERIODS and (period.start - before.start).days <= PAST_DAYS:
        found.append(before)
        before = calendar.previous(before)
    return found


def looked_back(period: Period, calendar: Calendar) -> date:
    """Name the first day that the pace of a period rests on: the profile of the oldest period needs days before it."""
    oldest = min((each.start for each in past_periods(period, calendar)), default=period.start)
    return oldest - timedelta(days=PROFILE_DAYS)


def with_pace(known: SoFar, calendar: Calendar) -> SoFar:
    """Work out where the running period will end, where its days add up and are known."""
    if known.daily is None or not known.adds_up:
        return known
    period = known.period
    days = known.daily.listed(looked_back(period, calendar), known.until, calendar)
    past = [Stretch(each.start, each.end, each.end) for each in past_periods(period, calendar)]
    return replace(known, pace=pace(days, Stretch(period.start, known.until, period.end), past))


def running(  # noqa: PLR0913 -- what is known, what is aimed at, and how it is written
    known: SoFar,
    kpi: Kpi,
    target: PeriodTarget | None,
    *,
    calendar: Calendar,
    style: NumberStyle,
    today: date,
    chance: Fraction | None = None,
) -> Running:
    """Make the running period's line, with its sentence.

    The elapsed share counts complete days of all days. Needed a day: what is left to an upward target over the
    open weekdays left from today on (0 once reached, None where no open day is left); days between the last one
    that is known and today are over, and what they brought is not known: the sentence says so. Expected by now: the
    target times the elapsed share, each day weighted by its weekday's own level where eight weeks of daily values
    tell it, else the open weekdays alike. The estimate of the whole period is its pace's; without one the straight
    line over open days.
    """
    period = known.period
    share = Fraction((known.until - period.start).days, period.days)
    aim = None if target is None or not known.adds_up else _aim(target)
    expected = needed = None
    if aim is not None and known.value is not None:
        expected = aim * _expected_share(known, calendar)
        if kpi.direction is Direction.UP:
            left = calendar.open_days(min(max(known.until, today), period.end), period.end)
            needed = _needed_per_day(aim, known.value, left)
    estimate, band = _estimates(known, share, calendar)
    line = Running(
        period=period,
        so_far=known.value,
        elapsed_share=share,
        too_early=share < TOO_EARLY_UNDER,
        expected_by_now=expected,
        needed_per_day=needed,
        same_days_last_period=known.last_period,
        same_days_last_year=known.last_year,
        at_risk=None if chance is None else chance < AT_RISK_UNDER,
        data_until=known.until - ONE_DAY if known.until > period.start else None,
        estimate=estimate,
        estimate_band=band,
    )
    name = period_name(period, calendar, period.start)
    said = _said(line, kpi, style, _unknown_since(known, today))
    risk = ""
    if line.at_risk and target is not None:
        aim_text = target_number(target, kpi.unit, style, kpi.decimals)
        risk = f"is at risk of missing its target of {aim_text} {in_period(period, calendar, period.start)}: {said}."
    words = _estimate_sentence(line, kpi, calendar, style)
    return replace(line, sentence=f"{name[:1].upper()}{name[1:]} {said}", risk=risk, estimate_sentence=words)


def open_share(known: SoFar, calendar: Calendar) -> Fraction:
    """Give the share of a period's open days that is complete; of all its days where it has no open one."""
    period = known.period
    whole = calendar.open_days(period.start, period.end)
    if not whole:
        return Fraction((known.until - period.start).days, period.days)
    return Fraction(calendar.open_days(period.start, known.until), whole)


def _estimates(
    known: SoFar, share: Fraction, calendar: Calendar
) -> tuple[Fraction | None, tuple[Fraction, Fraction] | None]:
    """Estimate the whole period, and give the band around it; on the last day it is the total, exactly."""
    if known.value is None or not known.adds_up:
        return None, None
    if share == 1:
        return known.value, (known.value, known.value)
    if known.pace is not None:
        low, high = known.pace.coming.band(BAND)
        return Fraction(known.pace.coming.middle), (Fraction(low), Fraction(high))
    passed = open_share(known, calendar)
    return (None if share < TOO_EARLY_UNDER or not passed else known.value / passed), None


def _aim(target: PeriodTarget) -> Fraction | None:
    """Take the one bound that a sum runs towards; a range has none."""
    if target.direction is Direction.RANGE:
        return None
    bound = target.low or target.high
    return None if bound is None else bound.value


def _needed_per_day(aim: Fraction, so_far: Fraction, open_days: int) -> Fraction | None:
    """Spread what is left over the open days left.

    >>> _needed_per_day(Fraction(1000), Fraction(300), 15)
    Fraction(140, 3)
    >>> _needed_per_day(Fraction(1000), Fraction(1001), 0)
    Fraction(0, 1)
    """
    if so_far >= aim:
        return Fraction(0)
    return (aim - so_far) / open_days if open_days else None


def _expected_share(known: SoFar, calendar: Calendar) -> Fraction:
    """Weight the elapsed days by their weekdays' usual level; without a profile every open day weighs the same."""
    start = known.period.start
    if known.daily is None:
        return open_share(known, calendar)
    levels = weekday_levels(known.daily.listed(start - timedelta(days=PROFILE_DAYS), start, calendar), start)
    if levels is None:
        return open_share(known, calendar)
    days = [known.period.start + timedelta(days=i) for i in range(known.period.days)]
    whole = sum((levels[day.weekday()] for day in days), Fraction(0))
    done = sum((levels[day.weekday()] for day in days if day < known.until), Fraction(0))
    return done / whole if whole else open_share(known, calendar)


def _unknown_since(known: SoFar, today: date) -> str:
    """Name the last day that is known where days after it are over; "" where there are none."""
    late = known.period.start < known.until < min(today, known.period.end)
    return day_name(known.until - ONE_DAY, today) if late else ""


def _said(line: Running, kpi: Kpi, style: NumberStyle, known_to: str) -> str:
    """Write the line in words after the period's name, without a final stop, as it stands in a card's last row.

    `known_to`: the last day that is known, where days after it are over; "" where it is yesterday.
    """
    if line.so_far is None:
        return "so far: no value yet"
    words = f"so far {format_value(line.so_far, kpi.unit, style, kpi.decimals)}"
    now, unless = "now", ""
    if known_to:
        words, now, unless = f"{words} up to {known_to}", "then", " if nothing came since"
    if line.too_early:
        return f"{words}, too early to say more"
    if line.expected_by_now is None:
        return words
    expected = _estimate(line.expected_by_now, kpi, style)
    if kpi.direction is Direction.DOWN:
        return f"{words}, {expected} by {now} would be on pace"
    if line.needed_per_day == 0:
        return f"{words}, the target is reached"
    words += ", on pace" if line.so_far >= line.expected_by_now else f", {expected} expected by {now}"
    if line.needed_per_day is None:
        return f"{words}, no open day left"
    return f"{words}, {_estimate(line.needed_per_day, kpi, style, up=True)} a day needed{unless}"


def _estimate_sentence(line: Running, kpi: Kpi, calendar: Calendar, style: NumberStyle) -> str:
    """Say where the period will end; nothing once it has, or while it is too early to say."""
    if line.estimate is None or line.too_early or line.elapsed_share == 1:
        return ""
    name = period_name(line.period, calendar, line.period.start)
    words = f"At this pace {name} ends at about {_estimate(line.estimate, kpi, style)}"
    if line.estimate_band is None:
        return f"{words}, in a straight line from what is done so far."
    low, high = (_estimate(each, kpi, style) for each in line.estimate_band)
    return f"{words}; in 8 of 10 cases between {low} and {high}."


def _estimate(value: Fraction, kpi: Kpi, style: NumberStyle, *, up: bool = False) -> str:
    """Write an estimate with the digits that count; `up`: never less than what is needed."""
    value = to_digits(value, SHOWN_DIGITS, up=up)
    decimals = kpi.decimals
    if decimals is None and kpi.unit.kind is UnitKind.COUNT and value.denominator > 1:
        decimals = 1 if value >= 1 else 2
    return format_value(value, kpi.unit, style, decimals)


def to_digits(value: Fraction, digits: int, *, up: bool = False) -> Fraction:
    """Round to so many digits that count, half away from zero, or upwards.

    >>> to_digits(Fraction(512_347), 3), to_digits(Fraction("12.341"), 3), to_digits(Fraction("12.341"), 3, up=True)
    (Fraction(512000, 1), Fraction(123, 10), Fraction(62, 5))
    """
    if not value:
        return value
    step = Fraction(1)
    while abs(value) / step >= 10**digits:
        step *= 10
    while abs(value) / step < 10 ** (digits - 1):
        step /= 10
    steps = abs(value) / step
    whole = steps.__ceil__() if up else (steps + Fraction(1, 2)).__floor__()
    return whole * step * (1 if value > 0 else -1)
