"""The whole board: how many KPIs, early and late signs, more than money. Never drafts a KPI."""

from __future__ import annotations

from kpi_core.checklist.finding import Finding, Topic, Verdict
from kpi_core.kpi import Kpi, LeadLag, Perspective, State, Tier

FEW, MANY, MOST = 3, 5, 7


def check_board(kpis: tuple[Kpi, ...]) -> tuple[Finding, ...]:
    """Ask B1-B3 of the headline KPIs (active, not health metrics); they judge the board and never draft a KPI."""
    headline = tuple(each for each in kpis if each.tier is Tier.KPI and each.state is State.ACTIVE)
    return (_how_many(len(headline)), _early_and_late(headline), _more_than_money(headline))


def _how_many(count: int) -> Finding:
    if FEW <= count <= MANY:
        return Finding("B1", Topic.BOARD, Verdict.PASS, f"{count} KPIs: few enough to act on.")
    noun = "KPI" if count == 1 else "KPIs"
    if count > MOST:
        return Finding("B1", Topic.BOARD, Verdict.FAIL, f"{count} KPIs: more than five and none is key.")
    return Finding("B1", Topic.BOARD, Verdict.WARN, f"{count} {noun}: three to five is the size that gets acted on.")


def _early_and_late(headline: tuple[Kpi, ...]) -> Finding:
    if {each.lead_lag for each in headline} >= set(LeadLag):
        return Finding("B2", Topic.BOARD, Verdict.PASS, "Early and late signs are both there.")
    sentence = "Only one kind of sign: revenue tells you afterwards, bookings tell you before."
    return Finding("B2", Topic.BOARD, Verdict.WARN, sentence)


def _more_than_money(headline: tuple[Kpi, ...]) -> Finding:
    sides = {each.perspective for each in headline} - {None}
    if len(sides) > 1 and sides & {Perspective.CUSTOMER, Perspective.PEOPLE}:
        return Finding("B3", Topic.BOARD, Verdict.PASS, "More than money is watched.")
    sentence = "Nothing about customers or people: money follows both."
    return Finding("B3", Topic.BOARD, Verdict.WARN, sentence)
