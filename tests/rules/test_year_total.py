"""The family `year_total` of the worked cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from kpi_core.actual import Actual, CoverageState
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.target import SpreadBy
from kpi_core.target.spread import (
    Piece,
    Unusable,
    by_days,
    by_last_year,
    by_open_days,
    by_percentages,
    per_period,
    pieces_of,
    spread,
)
from tests.rules.cases import Given, RuleCase, exact, rule_cases


def calendar_of(given: Given) -> Calendar:
    """Build the calendar; the year of a total begins where the case says."""
    plain = given.calendar()
    if not given.has("year_start"):
        return plain
    start = given.day("year_start")
    return Calendar(start.month, start.day, plain.week_start, plain.open_weekdays)


def weights_of(given: Given, pieces: Sequence[Piece], calendar: Calendar) -> tuple[Fraction, ...] | Unusable:
    match SpreadBy(given.text("shape")):
        case SpreadBy.EVEN:
            return by_days(pieces)
        case SpreadBy.OPEN_WEEKDAYS:
            return by_open_days(pieces, calendar)
        case SpreadBy.TYPED:
            return by_percentages(pieces, [exact(text) for text in given.raw("percentages")])
        case SpreadBy.LAST_YEAR:
            partners = [calendar.partner(piece.period) for piece in pieces]
            last_year = [
                Actual(partner, part.optional_number("value"), CoverageState(part.text("coverage")))
                for partner, part in zip(partners, given.parts("last_year"), strict=True)
            ]
            return by_last_year(pieces, last_year)


def week_across_years(given: Given) -> Mapping[str, object]:
    calendar = calendar_of(given)
    week = calendar.period(Cadence.WEEK, given.day("date_in_week"))
    parted = []
    for part in given.parts("two_years"):
        year = Period(part.day("start"), part.day("end"), Cadence.YEAR)
        pieces = pieces_of(year, Cadence.WEEK, calendar)
        weights = weights_of(given, pieces, calendar)
        assert not isinstance(weights, Unusable)
        parted += list(zip(pieces, spread(part.number("total"), weights, 2), strict=True))
    return {"week": week, "target": per_period(parted)[week]}


def answer(given: Given) -> Mapping[str, object]:
    if given.has("two_years"):
        return week_across_years(given)
    calendar, cadence = calendar_of(given), Cadence(given.text("cadence"))
    pieces = pieces_of(calendar.fiscal_year(given.day("year_start")), cadence, calendar)
    weights = weights_of(given, pieces, calendar)
    total, digits = given.number("total"), given.raw("smallest_unit_digits")
    if isinstance(weights, Unusable):
        return {"spread": None, "say": weights, "offer": SpreadBy.EVEN}
    targets = per_period(list(zip(pieces, spread(total, weights, digits), strict=True)))
    for part in given.parts("exceptions"):
        assert part.text("reason")
        period = calendar.period(cadence, date.fromisoformat(part.text("period_start")))
        targets[period] = part.number("value")
    periods = [{"start": period.start, "target": target} for period, target in targets.items()]
    return {"periods": periods, "sum_of_parts": sum(targets.values(), Fraction(0))}


@rule_cases("year_total")
def test_year_total(case: RuleCase) -> None:
    case.check(answer)
