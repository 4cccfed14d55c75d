"""The worked cases of the running period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from kpi_core.kpi import Aggregate, Direction, Kpi, Typed
from kpi_core.period import Cadence, Period
from kpi_core.running import DailyValues, SoFar, complete_until, running, same_days, total
from kpi_core.source import Covers
from kpi_core.target import Bound, Comparison, PeriodTarget, TargetKind, Tolerance
from kpi_core.unit import NumberStyle, Unit, UnitKind
from tests.rules.cases import Given, RuleCase, half_up, rule_cases


def daily_of(texts: Sequence[str], period: Period) -> DailyValues:
    """Lay the values on the first days of a period, which they cover whole; a list may be longer than the period."""
    values = {period.start + timedelta(days=i): Fraction(text) for i, text in enumerate(texts)}
    inside = {day: value for day, value in values.items() if day in period}
    return DailyValues(inside, (Covers(period.start, period.end),))


def answer(given: Given) -> Mapping[str, object]:
    calendar = given.calendar()
    period = calendar.period(Cadence(given.text("cadence")), given.day("date_in_period"))
    complete = given.raw("complete_days")
    daily = daily_of(given.raw("daily"), period)
    today = period.start + timedelta(days=complete)
    until = complete_until(period, daily.covers, today)
    before, year_before = same_days(period, until, calendar)
    last_period = last_year = None
    if given.has("last_period_daily"):
        last_period = total(daily_of(given.raw("last_period_daily"), calendar.previous(period)), before)
    if given.has("last_year_daily"):
        last_year = total(daily_of(given.raw("last_year_daily"), calendar.partner(period)), year_before)
    line = running(
        SoFar(period, until, total(daily, Covers(period.start, until)), last_period, last_year, adds_up=True),
        Kpi("Revenue", Unit(UnitKind.COUNT), Direction.UP, period.cadence, Typed(Aggregate.SUM)),
        PeriodTarget(
            Direction.UP,
            Bound(given.number("target"), Comparison.AT_LEAST),
            None,
            Tolerance(),
            TargetKind.CONSTANT,
        ),
        calendar=calendar,
        style=NumberStyle(),
        today=today,
        chance=given.optional_number("chance"),
    )
    needed = line.needed_per_day
    return {
        "period": line.period,
        "so_far": line.so_far,
        "elapsed_share": line.elapsed_share,
        "elapsed_percent_half_up_1": half_up(line.elapsed_share * 100, 1),
        "too_early": line.too_early,
        "needed_per_day": needed,
        "needed_per_day_half_up_2": None if needed is None else half_up(needed, 2),
        "same_days_last_period": line.same_days_last_period,
        "same_days_last_year": line.same_days_last_year,
        "at_risk": line.at_risk,
    }


@rule_cases("running_period")
def test_running_period(case: RuleCase) -> None:
    case.check(answer)
