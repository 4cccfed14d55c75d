"""The rule of the choice, on keys alone: of all boards that may be, the one that comes first by the preferences.

A goal's list holds five KPIs at most and three goals are picked at most, so every board can be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kpi_core.catalogue import CatalogueKpi, Vanity, catalogue
from kpi_core.kpi import LeadLag, Perspective

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 5
"""As many as one board may hold."""
FEW: Final = 3
KIN: Final = (
    frozenset({"revenue", "revenue_growth", "mrr", "arr"}),
    frozenset({"churn_rate", "retention_rate"}),
    frozenset({"retention_rate", "nrr"}),
    frozenset({"cac", "cpl", "roas", "ltv_cac"}),
    frozenset({"prime_cost", "food_cost", "labour_cost"}),
)
"""Numbers that follow from each other by arithmetic: two of a family on a board say one thing twice.

Customers who left and recurring money kept are no such pair: one counts heads, the other money with what was added.
"""
CLOSE_TO_PEOPLE: Final = frozenset({Perspective.CUSTOMER, Perspective.PEOPLE})
"""The sides of the business that money follows."""


@dataclass(frozen=True)
class Lists:
    """The headline lists of the picked goals, and what is on the board already.

    `fixed`: KPIs that the owner typed, by key where the catalogue has one, else None. `answered`: goals that a typed
    KPI answers, so that none of their list has to. `displaced`: KPIs whose place a typed one took; they come back only
    where nothing else gives what is preferred.
    """

    lists: Mapping[str, tuple[CatalogueKpi, ...]]
    fixed: tuple[CatalogueKpi | None, ...] = ()
    answered: frozenset[str] = frozenset()
    data_here: frozenset[str] = frozenset()
    displaced: frozenset[str] = frozenset()

    @property
    def candidates(self) -> tuple[CatalogueKpi, ...]:
        """List what may be proposed beside the typed ones, the best first; what often flatters never is."""
        taken = {entry.key for entry in self.fixed if entry}
        found = {entry.key: entry for each in self.lists.values() for entry in each}
        kept = (each for each in found.values() if each.vanity is not Vanity.OFTEN and each.key not in taken)
        return tuple(sorted(kept, key=lambda each: (-self.score(each), _places()[each.key])))

    def score(self, entry: CatalogueKpi) -> int:
        """Score a KPI: what it serves, whether it moves early, whether its data is here, whether it may flatter."""
        serves = sum(any(entry.key == other.key for other in each) for each in self.lists.values())
        early = entry.lead_lag is LeadLag.LEADING
        here = entry.key in self.data_here
        return 2 * serves + early + here - 2 * (entry.vanity is Vanity.SOMETIMES)

    @property
    def enough(self) -> int:
        """Say how many are wanted: five, or as many as have their data where some have, but not under three."""
        with_data = sum(each.key in self.data_here for each in self.candidates)
        with_data += sum(entry is None or entry.key in self.data_here for entry in self.fixed) if with_data else 0
        return MOST if not with_data else max(FEW, min(MOST, with_data))


def best_of(lists: Lists) -> dict[str, CatalogueKpi]:
    """Give the best KPI of each goal that no typed one answers."""
    ranked = lists.candidates
    return {
        goal: next(each for each in ranked if each in entries)
        for goal, entries in lists.lists.items()
        if goal not in lists.answered and any(each in entries for each in ranked)
    }


def chosen(lists: Lists) -> tuple[CatalogueKpi, ...]:
    """Choose what goes on the board beside the typed KPIs, the best first.

    The preferences, in their order: the best KPI of each goal; a goal without its best has another one; an early and a
    late sign; two perspectives; customers or people; none whose place a typed one took; a second early sign; what may
    flatter not without a result beside it; no more than have their data, and as many as that; the better ranked. So a
    file that is here shortens the board, and never costs what the lists give without it.
    """
    ranked = lists.candidates
    room = max(0, MOST - len(lists.fixed))
    fixed = tuple(entry for entry in lists.fixed if entry)
    wanted = max(0, lists.enough - len(lists.fixed))
    best = frozenset(each.key for each in best_of(lists).values())
    answers = [frozenset(each.key for each in entries) for entries in lists.lists.values()]
    boards = (
        board
        for size in range(min(room, len(ranked)), -1, -1)
        for board in combinations(ranked, size)
        if not tells_twice(board, fixed)
    )
    ranks = {each.key: rank for rank, each in enumerate(ranked)}
    return max(
        boards,
        key=lambda board: (
            sum(each.key in best for each in board),
            sum(any(each.key in keys for each in board) for keys in answers),
            *preferences((*fixed, *board)),
            -sum(each.key in lists.displaced for each in board),
            _early_signs((*fixed, *board)) > 1,
            not flatters_alone((*fixed, *board)),
            -max(0, len(board) - wanted),
            len(board),
            tuple(-ranks[each.key] for each in board),
        ),
    )


def preferences(board: Sequence[CatalogueKpi]) -> tuple[bool, bool, bool]:
    """Tell of a board what is said where it is missing: both signs, two perspectives, customers or people."""
    sides = {each.perspective for each in board}
    return (
        {each.lead_lag for each in board} >= set(LeadLag),
        len(sides) > 1,
        bool(sides & CLOSE_TO_PEOPLE),
    )


def _early_signs(board: Sequence[CatalogueKpi]) -> int:
    return sum(each.lead_lag is LeadLag.LEADING for each in board)


def flatters_alone(board: Sequence[CatalogueKpi]) -> bool:
    """Tell whether a number that may flatter has no result beside it that does not."""
    plain = any(each.lead_lag is LeadLag.LAGGING and each.vanity is Vanity.NO for each in board)
    return not plain and any(each.vanity is not Vanity.NO for each in board)


def tells_twice(board: Iterable[CatalogueKpi], fixed: Iterable[CatalogueKpi] = ()) -> bool:
    """Tell whether one of a board belongs to the arithmetic family of another, or of one that is fixed.

    Two that are fixed are the owner's own: that they tell one thing twice is said, never refused.
    """
    keys, own = {each.key for each in board}, {each.key for each in fixed}
    return any(len(family & keys) > (0 if family & own else 1) for family in KIN)


@cache
def _places() -> Mapping[str, int]:
    return {each.key: place for place, each in enumerate(catalogue())}
