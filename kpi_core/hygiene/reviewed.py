"""Never reviewed: a KPI whose value nobody has gone through yet.

Its value is gone through in a review, again and again; whether it still matters is looked at on its review date, which
is another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.checklist import Verdict
from kpi_core.checklist.timely import REVIEW_DAYS
from kpi_core.hygiene.types import Rule, Untidy
from kpi_core.period import day_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.hygiene.types import Looked

NEVER: Final = "It has never been gone through in a review: set and forgotten."
HINT: Final = "Go through it in the next review."


def never_reviewed(looked: Looked) -> Iterator[Untidy]:
    """Find a KPI that has been there for as long as a relevance review may wait, and was in no review."""
    since, kpi = looked.since, looked.kpi
    if looked.last_reviewed is not None or since is None:
        return
    days = (looked.facts.today - since).days
    if days >= REVIEW_DAYS:
        evidence = (("Here since", f"{day_name(since, None)}, {days} days"), ("Reviews", "none"))
        yield Untidy(Rule.NEVER_REVIEWED, Verdict.WARN, NEVER, HINT, (kpi.id,), (kpi.name,), evidence)
