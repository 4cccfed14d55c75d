"""The family `periods` of the worked cases."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_core.period import Cadence
from tests.rules.cases import Given, RuleCase, rule_cases


def answer(given: Given) -> Mapping[str, object]:
    calendar, cadence, day = given.calendar(), Cadence(given.text("cadence")), given.day("date")
    holds = calendar.period(cadence, day)
    match given.text("ask"):
        case "period that holds the date":
            return {"start": holds.start, "end": holds.end}
        case "same period last year":
            partner = calendar.partner(holds)
            return {"start": partner.start, "end": partner.end}
        case "last complete period on the date":
            complete = calendar.last_complete(cadence, day)
            return {"start": complete.start, "end": complete.end}
        case "ISO week number":
            year, number = calendar.week_number(holds)
            return {"iso_year": year, "week": number, "start": holds.start, "end": holds.end}
        case "all periods of the fiscal year that holds the date":
            year_period = calendar.fiscal_year(day)
            periods = calendar.periods(cadence, year_period.start, year_period.end)
            return {"year": year_period, "periods": periods}
        case unknown:
            raise AssertionError(unknown)


@rule_cases("periods")
def test_periods(case: RuleCase) -> None:
    case.check(answer)
