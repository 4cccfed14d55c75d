"""Counts and the weakest KPI of a goal, perspective, owner or level. No composite index: nothing is averaged."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.board.types import BoardRow, Group, GroupBy, Rollup
from kpi_core.kpi import Kpi, Level, Perspective, State, Tier
from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHADES = (Status.RED, Status.AMBER, Status.GREEN)
"""The colours, the worst first."""
NAMELESS = {
    GroupBy.GOAL: "Without a goal",
    GroupBy.PERSPECTIVE: "Without a perspective",
    GroupBy.FUNCTION: "Without a function",
    GroupBy.OWNER: "Without an owner",
    GroupBy.LEVEL: "Without a level",
    GroupBy.NOTHING: "All KPIs",
}


def counts_in(kpi: Kpi, status: Status) -> bool:
    """Tell whether a KPI is one of "of m": active, no health metric, and with a target that applies."""
    if kpi.tier is not Tier.KPI or kpi.state is not State.ACTIVE:
        return False
    return status not in {Status.NO_TARGET, Status.NOT_APPLICABLE}


def roll_up(rows: Iterable[BoardRow]) -> Rollup:
    """Count the rows that count, by colour, and name the weakest one.

    The status is the weakest colour shown; a grey has none. The weakest KPI has the worst colour, then the larger
    gap in percent of its target; among greens it is the one with the smallest margin. Equals go by name.
    """
    counted = [row for row in rows if row.counts]
    by_colour = {shade: [row for row in counted if row.judgement.status is shade] for shade in SHADES}
    status = next((shade for shade in SHADES if by_colour[shade]), None)
    weakest = None
    if status is not None:
        weakest = min(by_colour[status], key=lambda row: (nearness(row), row.kpi.name.casefold())).kpi.name
    rollup = Rollup(
        on_target=len(by_colour[Status.GREEN]),
        close=len(by_colour[Status.AMBER]),
        off=len(by_colour[Status.RED]),
        reported=sum(row.reported for row in counted),
        of=len(counted),
        status=status,
        weakest=weakest,
    )
    return replace(rollup, sentence=_sentence(rollup))


def nearness(row: BoardRow) -> tuple[bool, Fraction]:
    """Order rows of one colour, the weakest first; a gap to a target of 0 has no percent and counts as endless."""
    judgement = row.judgement
    percent = judgement.gap_percent
    endless = percent is None and bool(judgement.gap)
    size = Fraction(0) if percent is None else percent
    if judgement.status is Status.GREEN:
        return endless, size
    return not endless, -size


def _sentence(rollup: Rollup) -> str:
    """Write "3 on target, 1 close, 1 off; 5 of 6 reported · weakest: Churn"; when all are green it names none.

    >>> _sentence(Rollup(1, 1, 1, 3, 4, Status.RED, "First reply time"))
    '1 on target, 1 close, 1 off; 3 of 4 reported · weakest: First reply time'
    >>> _sentence(Rollup(2, 0, 0, 2, 2, Status.GREEN, "Churn")), _sentence(Rollup(0, 0, 0, 0, 0, None, None))
    ('2 on target', 'nothing to judge')
    """
    if not rollup.of:
        return "nothing to judge"
    counts = ((rollup.on_target, "on target"), (rollup.close, "close"), (rollup.off, "off"))
    words = ", ".join(f"{number} {word}" for number, word in counts if number)
    if rollup.reported < rollup.of:
        words = "; ".join(filter(None, (words, f"{rollup.reported} of {rollup.of} reported")))
    if rollup.status in {Status.RED, Status.AMBER}:
        words += f" · weakest: {rollup.weakest}"
    return words


def group(rows: Sequence[BoardRow], by: GroupBy, order: Sequence[str] = ()) -> tuple[Group, ...]:
    """Gather the rows under headings: goals in their `order`, perspectives and levels in their own, others by name.

    A heading that `order` does not know comes after those it knows; rows without one come last.
    """
    names = {row.kpi.name: _heading(row.kpi, by) for row in rows}
    known = list(order)
    match by:
        case GroupBy.PERSPECTIVE:
            known = [each.value.capitalize() for each in Perspective]
        case GroupBy.LEVEL:
            known = [each.value.capitalize() for each in Level]
        case GroupBy.OWNER | GroupBy.FUNCTION | GroupBy.GOAL | GroupBy.NOTHING:
            pass
    by_name = by in {GroupBy.OWNER, GroupBy.FUNCTION}
    met = sorted(set(names.values()), key=str.casefold) if by_name else list(dict.fromkeys(names.values()))
    met.sort(key=lambda name: (name == NAMELESS[by], known.index(name) if name in known else len(known)))
    groups = []
    for name in met:
        inside = tuple(row for row in rows if names[row.kpi.name] == name)
        groups.append(Group(name, inside, roll_up(inside)))
    return tuple(groups)


def _heading(kpi: Kpi, by: GroupBy) -> str:
    """Name the heading that a KPI stands under."""
    return _name(kpi, by).strip() or NAMELESS[by]


def _name(kpi: Kpi, by: GroupBy) -> str:
    match by:
        case GroupBy.GOAL:
            return kpi.goal
        case GroupBy.PERSPECTIVE:
            return kpi.perspective.value.capitalize() if kpi.perspective else ""
        case GroupBy.FUNCTION:
            return kpi.function
        case GroupBy.OWNER:
            return kpi.owner
        case GroupBy.LEVEL:
            return kpi.level.value.capitalize()
        case GroupBy.NOTHING:
            return ""
