"""The worked cases of coverage, due dates and the period that the board shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from kpi_core.actual import Actual, CoverageState, aggregate, cover_of_rows, coverage_of, last, measured
from kpi_core.board import Standing, shown
from kpi_core.board.shown import overdue_days
from kpi_core.kpi import Aggregate, Direction, Kpi, Typed
from kpi_core.period import Cadence, Calendar, Period, due_date
from kpi_core.running import SoFar, running
from kpi_core.source import Covers
from kpi_core.unit import NumberStyle, Unit, UnitKind
from tests.rules.cases import Given, RuleCase, rule_cases


def kpi_of(cadence: Cadence, how: Aggregate = Aggregate.SUM, *, carry_forward: bool = False) -> Kpi:
    return Kpi("Orders", Unit(UnitKind.COUNT), Direction.UP, cadence, Typed(how), carry_forward=carry_forward)


def days_of(part: Given) -> dict[str, object]:
    return {"from": part.day("from"), "to": part.day("to")}


def due(given: Given, cadence: Cadence, calendar: Calendar) -> Mapping[str, object]:
    period = calendar.period(cadence, given.day("date_in_period"))
    assert given.raw("has_value") is False
    days = overdue_days(period, given.day("today"))
    state = "overdue" if days else "waiting"
    return {"period": period, "due_by": due_date(period), "state": state, "overdue_days": days}


def value_of_the_period(given: Given, cadence: Cadence, calendar: Calendar) -> Mapping[str, object]:
    period = calendar.period(cadence, given.day("date_in_period"))
    how = Aggregate(given.text("aggregate"))
    imports = [Covers(part.day("from"), part.day("to")) for part in given.parts("imports")]
    rows = [(part.day("date"), part.number("value")) for part in given.parts("rows")]
    inside = [(day, value) for day, value in rows if day in period]
    value = last(inside) if how is Aggregate.LAST else aggregate(how, Counter(value for _, value in inside).items())
    actual = measured(period, value, imports)
    return {
        "period": period,
        "coverage": actual.coverage.value,
        "value": actual.value,
        "judged": actual.value is not None,
        "data_until": actual.data_until,
    }


def what_an_import_covers(given: Given, cadence: Cadence, calendar: Calendar) -> Mapping[str, object]:
    dates = [date.fromisoformat(text) for text in given.raw("row_dates")]
    stated = None
    if given.has("stated"):
        told = given.part("stated")
        stated = Covers(told.day("from"), told.day("to"))
    answer = None
    if given.raw("answer") is not None:
        answer = {"complete": "yes", "not complete": "no", "incomplete": "no"}[given.text("answer")]
    covers, _ = cover_of_rows(dates, stated, cadence=cadence, calendar=calendar, answer=answer)
    _, question = cover_of_rows(dates, stated, cadence=cadence, calendar=calendar)
    assert covers is not None
    last_period = calendar.period(cadence, max(dates))
    return {
        "covers": {"from": covers.start, "to": covers.end},
        "asks_if_last_period_is_complete": question is not None,
        "last_period": last_period,
        "last_period_is": coverage_of(last_period, [covers])[0].value,
    }


def board(given: Given, cadence: Cadence, calendar: Calendar) -> Mapping[str, object]:
    actuals = {}
    for start, text in given.raw("values").items():
        period = calendar.period(cadence, date.fromisoformat(start))
        actuals[period.start] = Actual(period, Fraction(text), CoverageState.FULL)
    how = Aggregate(given.raw("aggregate", "sum"))
    kpi = kpi_of(cadence, how, carry_forward=given.raw("carry_forward", default=False))
    card = shown(kpi, actuals, calendar, given.day("today"))
    value = None if card.actual is None else card.actual.value
    note = None if card.missing is None else {"waiting_for": card.missing, "due_by": card.due_by}
    judged = card.standing in {Standing.IN, Standing.WAITING} and value is not None
    if card.standing is Standing.OVERDUE:
        old: Period | None = None if card.actual is None else card.actual.period
        words = {"state": "overdue", "overdue_days": card.overdue_days, "old_value": value, "old_period": old}
        return {**words, "judged": judged, "note": note}
    carried = {} if card.carried_from is None else {"carried_from": card.carried_from}
    return {"shown_period": card.period, "value": value, "judged": judged, "note": note, **carried}


def too_early(given: Given, cadence: Cadence, calendar: Calendar) -> Mapping[str, object]:
    period = calendar.period(cadence, given.day("date_in_period"))
    known = SoFar(period, period.start + timedelta(days=given.raw("complete_days")), None)
    line = running(known, kpi_of(cadence), None, calendar=calendar, style=NumberStyle(), today=known.until)
    return {"elapsed_share": line.elapsed_share, "too_early": line.too_early}


ASKS = {
    "due": due,
    "value of the period": value_of_the_period,
    "what an import covers": what_an_import_covers,
    "board": board,
    "too early": too_early,
}


def answer(given: Given) -> Mapping[str, object]:
    return ASKS[given.text("ask")](given, Cadence(given.text("cadence")), given.calendar())


@rule_cases("coverage_and_due")
def test_coverage_and_due(case: RuleCase) -> None:
    case.check(answer)
