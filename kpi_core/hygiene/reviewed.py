"""Never reviewed: a KPI whose value nobody has gone through yet.

Its value is gone through in a review, again and again; whether it still matters is looked at on its review date, which
is another one. That a review is due again is the board's line, and is not said here a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.checklist import Verdict
from kpi_core.checklist.timely import REVIEW_DAYS
from kpi_core.hygiene import cures
from kpi_core.hygiene.types import Rule, Untidy
from kpi_core.period import day_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpi_core.hygiene.types import Looked

NEVER: Final = "It has never been gone through in a review: set and forgotten."
NONE_EVER: Final = "None of them has ever been gone through in a review: set and forgotten."
HINT: Final = "Go through it in the next review."
HINT_ALL: Final = "Go through them one by one; it takes half an hour."


def never_reviewed(kpis: Sequence[Looked]) -> Iterator[Untidy]:
    """Find KPIs that have been there for as long as a relevance review may wait, and were in no review.

    Where no KPI was ever in one it is one finding about the board.
    """
    never = [each for each in kpis if each.last_reviewed is None and _days(each) >= REVIEW_DAYS]
    if len(never) > 1 and all(each.last_reviewed is None for each in kpis):
        evidence = (*_since(max(never, key=_days)), ("Never reviewed", ", ".join(each.kpi.name for each in never)))
        helps = (cures.to_review(),)
        yield Untidy(Rule.NEVER_REVIEWED, Verdict.WARN, NONE_EVER, HINT_ALL, evidence=evidence, cures=helps)
        return
    for each in never:
        evidence = (*_since(each), ("Reviews", "none"))
        who, helps = each.kpi, (cures.to_review(),)
        yield Untidy(Rule.NEVER_REVIEWED, Verdict.WARN, NEVER, HINT, (who.id,), (who.name,), evidence, helps)


def _days(looked: Looked) -> int:
    return -1 if looked.since is None else (looked.facts.today - looked.since).days


def _since(looked: Looked) -> tuple[tuple[str, str], ...]:
    return () if looked.since is None else (("Here since", f"{day_name(looked.since, None)}, {_days(looked)} days"),)
