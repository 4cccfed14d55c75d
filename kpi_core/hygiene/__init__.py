"""The check-up: what is untidy about the portfolio, as findings with evidence and what one click can do about each.

Pure rules over the active KPIs; drafts and retired ones are left out, health metrics are never judged. What the
checklist asks already is asked there, in its words. Sources of the rules: `docs/checkup.md`.
"""

from __future__ import annotations

from kpi_core.checklist import Verdict
from kpi_core.hygiene.asked import asked
from kpi_core.hygiene.reviewed import never_reviewed
from kpi_core.hygiene.runs import runs
from kpi_core.hygiene.twins import columns_of, twins
from kpi_core.hygiene.types import Cure, Deed, Looked, Matter, Portfolio, PutAside, Rule, Untidy
from kpi_core.hygiene.whole import whole
from kpi_core.hygiene.words import by_matter, looked_at, of_whom, on_the_board, summary

__all__ = [
    "Cure",
    "Deed",
    "Looked",
    "Matter",
    "Portfolio",
    "PutAside",
    "Rule",
    "Untidy",
    "by_matter",
    "check_up",
    "columns_of",
    "looked_at",
    "of_whom",
    "on_the_board",
    "summary",
]


def check_up(portfolio: Portfolio) -> tuple[Untidy, ...]:
    """Find everything that is untidy, the weighty first, within that by what it is about and whom."""
    found = [*whole(portfolio), *twins(portfolio.kpis), *never_reviewed(portfolio.kpis)]
    for looked in portfolio.kpis:
        found += [*asked(looked, portfolio), *runs(looked)]
    rules = list(Rule)
    matters = list(Matter)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.severity is not Verdict.FAIL,
                matters.index(each.rule.matter),
                rules.index(each.rule),
                [name.casefold() for name in each.names],
            ),
        )
    )
