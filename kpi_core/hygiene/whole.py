"""The board as a whole: how many headline KPIs, early and late signs, more than money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.checklist import Finding, Verdict, check_board
from kpi_core.checklist.portfolio import MANY
from kpi_core.hygiene import cures
from kpi_core.hygiene.types import Cure, Rule, Untidy
from kpi_core.kpi import LeadLag, Perspective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.hygiene.types import Portfolio
    from kpi_core.kpi import Kpi

NOT_SAID = "Not said"
SIGNS = {LeadLag.LEADING: "Early signs", LeadLag.LAGGING: "Late signs"}


def whole(portfolio: Portfolio) -> Iterator[Untidy]:
    """Ask B1-B3 of the headline KPIs; of an empty board nothing."""
    headline = tuple(each.kpi for each in portfolio.kpis)
    if not headline:
        return
    many, kinds, sides = check_board(headline)
    if many.verdict is not Verdict.PASS:
        helps = cures.some_health(headline) if len(headline) > MANY else cures.to_catalogue()
        yield _untidy(Rule.TOO_MANY, many, (("On the board", _names(headline)),), (helps,))
    if kinds.verdict is not Verdict.PASS:
        said = {SIGNS[kind]: [each for each in headline if each.lead_lag is kind] for kind in LeadLag}
        yield _untidy(Rule.ONE_KIND, kinds, *_parts(said, [each for each in headline if each.lead_lag is None]))
    if sides.verdict is not Verdict.PASS:
        said = {
            side.value.capitalize(): [each for each in headline if each.perspective is side] for side in Perspective
        }
        yield _untidy(Rule.ONE_SIDED, sides, *_parts(said, [each for each in headline if each.perspective is None]))


def _parts(said: dict[str, list[Kpi]], unsaid: list[Kpi]) -> tuple[tuple[tuple[str, str], ...], tuple[Cure, ...]]:
    """Lay out who is on which side, and where to go: to one that says nothing yet, else to the catalogue."""
    evidence = tuple((label, _names(kpis)) for label, kpis in (said | {NOT_SAID: unsaid}).items() if kpis)
    helps = (cures.to_form(unsaid[0], f"Say it of {unsaid[0].name}"),) if unsaid else ()
    return evidence, (*helps, cures.to_catalogue())


def _names(kpis: list[Kpi] | tuple[Kpi, ...]) -> str:
    return ", ".join(each.name for each in kpis)


def _untidy(rule: Rule, found: Finding, evidence: tuple[tuple[str, str], ...], cures: tuple[Cure, ...]) -> Untidy:
    return Untidy(rule, found.verdict, found.sentence, found.hint, evidence=evidence, cures=cures)
