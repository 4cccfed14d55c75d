"""The whole board: how many KPIs, early and late signs, more than money. Never drafts a KPI."""

from __future__ import annotations

from kpi_core.checklist.finding import Finding, Verdict
from kpi_core.kpi import Kpi, LeadLag, Perspective, State, Tier

FEW, MANY, MOST = 3, 5, 7


def check_board(kpis: tuple[Kpi, ...]) -> tuple[Finding, ...]:
    """Ask B1-B3 of the headline KPIs (active, not health metrics); they judge the board and never draft a KPI."""
    headline = tuple(each for each in kpis if each.tier is Tier.KPI and each.state is State.ACTIVE)
    return (_how_many(len(headline)), _early_and_late(headline), _more_than_money(headline))


def _how_many(count: int) -> Finding:
    said = f"{count} KPI" if count == 1 else f"{count} KPIs"
    if FEW <= count <= MANY:
        return Finding("B1", Verdict.PASS, f"{said}: few enough to act on.")
    if count > MOST:
        return Finding("B1", Verdict.FAIL, f"{said}: nobody acts on that many. Make the rest health metrics.")
    return Finding("B1", Verdict.WARN, f"{said}: three to five is the size that gets acted on.")


def _early_and_late(headline: tuple[Kpi, ...]) -> Finding:
    kinds = {each.lead_lag for each in headline} - {None}
    if kinds >= set(LeadLag):
        return Finding("B2", Verdict.PASS, "Early and late signs are both there.")
    if not kinds:
        return Finding("B2", Verdict.WARN, "Nothing says which number is an early sign and which a late one.")
    only = "late" if LeadLag.LAGGING in kinds else "early"
    return Finding("B2", Verdict.WARN, f"Only {only} signs are there.")


def _more_than_money(headline: tuple[Kpi, ...]) -> Finding:
    sides = {each.perspective for each in headline if each.perspective is not None}
    if len(sides) > 1 and sides & {Perspective.CUSTOMER, Perspective.PEOPLE}:
        return Finding(
            "B3", Verdict.PASS, f"Watched: {', '.join(side.value for side in Perspective if side in sides)}."
        )
    return Finding(
        "B3", Verdict.WARN, "Nothing about customers or people." if sides else "No side of the business is named."
    )
