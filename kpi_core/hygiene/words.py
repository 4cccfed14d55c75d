"""The check-up in sentences: the summary, what was looked at, the line on the board; and its findings by matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.checklist import Verdict
from kpi_core.hygiene.types import Matter, Rule
from kpi_core.unit import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpi_core.hygiene.types import Portfolio, Untidy

NOTHING: Final = "Nothing to tidy up."
SAID_THERE: Final = frozenset({Rule.ALWAYS_RED, Rule.STALE, Rule.NO_SOURCE})
"""What a card and "This week" say already: off target for so long, overdue, no value."""
WHOLE_BOARD: Final = "The board"


def summary(found: Sequence[Untidy], aside: int = 0) -> str:
    """Say in one sentence how much there is to tidy up.

    >>> summary(()), summary((), 2)
    ('Nothing to tidy up.', 'Nothing to tidy up; 2 put aside.')
    """
    later = f"; {aside} put aside" if aside else ""
    if not found:
        return f"{NOTHING.rstrip('.')}{later}."
    weighty = sum(each.severity is Verdict.FAIL for each in found)
    parts = [f"{weighty} to put right"] if weighty else []
    parts += [f"{len(found) - weighty} to think again"] if len(found) > weighty else []
    return f"{many(len(found), 'thing')} to tidy up: {', '.join(parts)}{later}."


def looked_at(portfolio: Portfolio) -> str:
    """Say what was looked at.

    >>> from datetime import date
    >>> from kpi_core.hygiene.types import Portfolio
    >>> looked_at(Portfolio(date(2026, 11, 21)))
    'Looked at: 0 KPIs on the board and 0 health metrics beside them, by 16 rules.'
    """
    kpis, beside = many(len(portfolio.kpis), "KPI"), many(len(portfolio.beside), "health metric")
    return f"Looked at: {kpis} on the board and {beside} beside them, by {len(Rule)} rules."


def on_the_board(found: Iterable[Untidy]) -> str:
    """Write the line for the board: the first weighty finding and how many more there are; "" where none is.

    What the board says of its cards itself is not said again.
    """
    weighty = [each for each in found if each.severity is Verdict.FAIL and each.rule not in SAID_THERE]
    if not weighty:
        return ""
    first = f"{of_whom(weighty[0])}: {weighty[0].sentence}"
    return first if len(weighty) == 1 else f"{first} And {len(weighty) - 1} more to put right."


def of_whom(found: Untidy) -> str:
    """Name whom a finding is about."""
    return " and ".join(found.names) or WHOLE_BOARD


def by_matter(found: Iterable[Untidy]) -> tuple[tuple[Matter, tuple[Untidy, ...]], ...]:
    """Gather findings by what they are about, the matter with a weighty one first; they keep their order."""
    gathered: dict[Matter, list[Untidy]] = {}
    for each in found:
        gathered.setdefault(each.rule.matter, []).append(each)
    order = list(Matter)
    groups = sorted(
        gathered.items(), key=lambda pair: (all(e.severity is not Verdict.FAIL for e in pair[1]), order.index(pair[0]))
    )
    return tuple((matter, tuple(each)) for matter, each in groups)
