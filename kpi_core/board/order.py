"""The order of cards: the board's own, the worst first, by name, or the furthest from its target first."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.board.rollup import SHADES, nearness
from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.board.types import BoardRow


class Sort(StrEnum):
    """How cards follow each other."""

    OWN = "own order"
    WORST = "worst first"
    NAME = "name"
    GAP = "gap"


def ordered(rows: Iterable[BoardRow], sort: Sort) -> tuple[BoardRow, ...]:
    """Put rows in order; equals go by name.

    WORST: by colour, red first, and within a colour the weakest first as in a group's counts; then overdue and what
    else has no colour. GAP: by the distance to the target in percent of it, the largest miss first, the largest
    margin last; then what has no such gap.
    """
    match sort:
        case Sort.OWN:
            return tuple(rows)
        case Sort.NAME:
            return tuple(sorted(rows, key=_name))
        case Sort.WORST:
            return tuple(sorted(rows, key=lambda row: (_rank(row), nearness(row), _name(row))))
        case Sort.GAP:
            return tuple(sorted(rows, key=lambda row: (_distance(row), _name(row))))


def _name(row: BoardRow) -> str:
    return row.kpi.name.casefold()


_RANKS = {status: rank for rank, status in enumerate((*SHADES, Status.OVERDUE, Status.PARTLY_COVERED, Status.NO_DATA))}


def _rank(row: BoardRow) -> int:
    return _RANKS.get(row.judgement.status, len(_RANKS))


def _distance(row: BoardRow) -> tuple[bool, Fraction]:
    """Measure how far a row is from its target, a miss before a margin; an endless miss comes first."""
    judged = row.judgement
    if judged.status not in SHADES:
        return True, Fraction(0)
    miss = judged.status is not Status.GREEN
    if judged.gap_percent is None:
        return not (miss and judged.gap), Fraction(0) if not miss else Fraction(-(10**9))
    return False, -judged.gap_percent if miss else judged.gap_percent
