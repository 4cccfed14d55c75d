"""The proposal in words: up to five KPIs with the reason of each, the rest as health metrics, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import Vanity, by_key
from kpi_core.choice import words
from kpi_core.choice.business import goals_of, suggested_for
from kpi_core.choice.proposal import Beside, Choice, Proposal, TypedKpi
from kpi_core.choice.rule import CLOSE_TO_PEOPLE, KIN, MOST, Lists, best_of, chosen, flatters_alone, preferences
from kpi_core.kpi import LeadLag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kpi_core.catalogue import CatalogueGoal, CatalogueKpi

PAIR = 2


def propose(
    business: str,
    goals: Sequence[str],
    data_here: Collection[str] = (),
    typed: Sequence[TypedKpi] = (),
) -> Choice:
    """Propose up to five KPIs for the goals that were picked.

    Args:
        business: the key of a kind of business.
        goals: keys of its goals, in the order in which they were picked; the order changes no choice, only the wording.
        data_here: keys of the catalogue's KPIs whose data the owner has already.
        typed: KPIs that the owner said in words; each takes the place of the best one of its goal.

    Returns:
        The proposals in the order of the goals and of their lists, the owner's own first of each goal.
    """
    picked = [goal for key in goals for goal in goals_of(business) if goal.key == key]
    own = _own_ones(typed, picked)
    lists = _lists(business, picked, own[:MOST], frozenset(data_here))
    board = chosen(lists)
    proposed = (*_own_proposals(own[:MOST], picked, lists), *_proposals(board, picked, lists))
    order = [each.key for each in picked]
    ordered = sorted(proposed, key=lambda each: order.index(each.goals[0]))
    return Choice(
        tuple(ordered),
        _beside(picked, proposed),
        _missing([(each.name, each.entry) for each in proposed], len(own), lists),
    )


def missing(
    business: str, goals: Sequence[str], picks: Sequence[str], typed: Sequence[TypedKpi] = ()
) -> tuple[str, ...]:
    """Say what a board lacks that the owner put together, by the keys or names of its KPIs.

    Args:
        business: the key of a kind of business.
        goals: keys of its goals that were picked.
        picks: what is on the board.
        typed: KPIs that the owner said in words.
    """
    picked = [goal for key in goals for goal in goals_of(business) if goal.key == key]
    own = _own_ones(typed, picked)
    names = {each.catalogue_key or each.name: each.name for each in own}
    board = [(names.get(key, key if (entry := by_key(key)) is None else entry.name), by_key(key)) for key in picks]
    return _missing(board, len(own), _lists(business, picked, own[:MOST], frozenset()))


def _own_ones(typed: Sequence[TypedKpi], picked: Sequence[CatalogueGoal]) -> tuple[TypedKpi, ...]:
    """Keep each typed KPI once, and those of picked goals only."""
    keys = {goal.key for goal in picked}
    once = {(each.catalogue_key or each.name.casefold()): each for each in reversed(typed) if each.goal in keys}
    return tuple(each for each in typed if each in once.values())


def _lists(business: str, picked: Sequence[CatalogueGoal], own: Sequence[TypedKpi], data_here: frozenset[str]) -> Lists:
    """Let each typed KPI take a place in the list of its goal: its own where it is in it, else the best one's."""
    lists = Lists(
        {goal.key: suggested_for(business, goal.key) for goal in picked},
        tuple(by_key(each.catalogue_key) for each in own),
        frozenset(each.goal for each in own),
        data_here,
    )
    displaced: set[str] = set()
    for goal in picked:
        foreign = sum(each.goal == goal.key and each.catalogue_key not in goal.headline for each in own)
        ranked = [each.key for each in lists.candidates if each.key in goal.headline]
        displaced |= set(ranked[:foreign])
    wanted = {each.key for each in best_of(lists).values()}
    return replace(lists, displaced=frozenset(displaced - wanted))


def _own_proposals(own: Sequence[TypedKpi], picked: Sequence[CatalogueGoal], lists: Lists) -> tuple[Proposal, ...]:
    names = {goal.key: goal.name for goal in picked}
    return tuple(
        Proposal(
            each.name,
            by_key(each.catalogue_key),
            (each.goal,),
            f"Your own number for \u201c{names[each.goal]}\u201d.",
            typed=True,
            data_here=each.catalogue_key in lists.data_here,
        )
        for each in own
    )


def _proposals(board: Sequence[CatalogueKpi], picked: Sequence[CatalogueGoal], lists: Lists) -> tuple[Proposal, ...]:
    found: list[Proposal] = []
    for goal in picked:
        for key in goal.headline:
            entry = next((each for each in board if each.key == key), None)
            if entry is None or any(each.key == key for each in found):
                continue
            serves = tuple(each.key for each in picked if key in each.headline)
            reason = _reason(entry, goal, len(serves), lists)
            found.append(Proposal(entry.name, entry, serves, reason, data_here=key in lists.data_here))
    return tuple(found)


def _reason(entry: CatalogueKpi, goal: CatalogueGoal, serves: int, lists: Lists) -> str:
    """Say why a KPI is proposed: what it serves, when it moves, whether its data is here."""
    if serves > 1:
        parts = [
            ("Serves both goals" if serves == PAIR else "Serves all your goals")
            if serves == len(lists.lists)
            else f"Serves {serves} of your goals"
        ]
    elif best_of(lists).get(goal.key) == entry:
        parts = [f"Answers \u201c{goal.name}\u201d best"]
    else:
        parts = [f"Serves \u201c{goal.name}\u201d"]
    early = entry.lead_lag is LeadLag.LEADING
    parts.append("moves before the result does" if early else "shows how it came out")
    if entry.key in lists.data_here:
        parts.append("its data is here already")
    said = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{said[:1].upper()}{said[1:]}."


def _beside(picked: Sequence[CatalogueGoal], proposed: Sequence[Proposal]) -> tuple[Beside, ...]:
    """List what is left of the lists and what would show a proposed KPI being gamed, each once."""
    taken = {each.entry.key for each in proposed if each.entry}
    found: dict[str, str] = {}
    for each in proposed:
        if each.entry:
            found.setdefault(each.entry.counter_metric, words.shields(each.entry.name))
    for goal in picked:
        for key in (*goal.headline, *goal.health):
            found.setdefault(key, f"Tells more about \u201c{goal.name}\u201d.")
    entries = ((by_key(key), reason) for key, reason in found.items() if key not in taken)
    return tuple(Beside(entry, reason) for entry, reason in entries if entry is not None)


def _missing(board: Sequence[tuple[str, CatalogueKpi | None]], own: int, lists: Lists) -> tuple[str, ...]:
    """Say what a board lacks: what its lists cannot give, and what they could where the owner makes room.

    Args:
        board: its KPIs by name, with what the catalogue knows of each.
        own: how many the owner said in words.
        lists: of the picked goals.
    """
    said = [words.TOO_MANY.format(own)] if own > MOST else []
    families = ([name for name, entry in board if entry and entry.key in family] for family in KIN)
    said += [words.TWICE.format(_listed(names)) for names in families if len(names) > 1]
    known = [entry for _, entry in board if entry]
    if known:
        said += _unbalanced(known, lists)
    if flatters_alone(known):
        names = [name for name, entry in board if entry and entry.vanity is not Vanity.NO]
        said.append((words.FLATTERS if len(names) == 1 else words.FLATTER).format(_listed(names)))
    return tuple(said)


def _unbalanced(board: Sequence[CatalogueKpi], lists: Lists) -> list[str]:
    """Say of each preference that is not met what the lists have for it."""
    spare = [each for each in lists.candidates if each not in board]

    def lacks(none: str, swap: str, gives: Callable[[CatalogueKpi], bool], side: str = "") -> str:
        found = next((each.name for each in spare if gives(each)), None)
        return none.format(side) if found is None else swap.format(*filter(None, [side]), found)

    said = []
    both, sides, people = preferences(board)
    if not both and board[0].lead_lag is LeadLag.LAGGING:
        said.append(lacks(words.NO_EARLY, words.SWAP_EARLY, lambda each: each.lead_lag is LeadLag.LEADING))
    elif not both:
        said.append(lacks(words.NO_LATE, words.SWAP_LATE, lambda each: each.lead_lag is LeadLag.LAGGING))
    if not sides:
        one = board[0].perspective
        seen = words.side_words(one)
        said.append(lacks(words.ONE_SIDE, words.SWAP_SIDE, lambda each: each.perspective is not one, seen))
    elif not people:
        said.append(lacks(words.NO_CUSTOMER, words.SWAP_CUSTOMER, lambda each: each.perspective in CLOSE_TO_PEOPLE))
    return said


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
