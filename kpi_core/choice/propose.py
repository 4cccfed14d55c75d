"""The proposal in words: up to five KPIs with the reason of each, the rest as health metrics, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import by_key
from kpi_core.choice.business import goals_of, suggested_for
from kpi_core.choice.proposal import Beside, Choice, Proposal, TypedKpi
from kpi_core.choice.rule import MOST, Lists, best_of, chosen, preferences
from kpi_core.kpi import LeadLag, Perspective

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kpi_core.catalogue import CatalogueGoal, CatalogueKpi

NO_EARLY = "No leading number is in these lists: nothing on this board moves before the result does."
NO_LATE = "No lagging number is in these lists: nothing on this board tells the result."
ONE_SIDE = "All of these look at one side of the business: {}. The lists of these goals have no other."
NO_CUSTOMER = "No number about customers or people is in these lists. Money follows both."
PAIR = 2
TOO_MANY = "You named {} numbers of your own. Five fit on the board; the rest wait until one of them goes."


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
    return Choice(tuple(ordered), _beside(picked, proposed), _missing(proposed, len(own)))


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
    words = {goal.key: goal.name for goal in picked}
    return tuple(
        Proposal(
            each.name,
            by_key(each.catalogue_key),
            (each.goal,),
            f"Your own number for \u201c{words[each.goal]}\u201d.",
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
            found.setdefault(each.entry.counter_metric, f"Shows whether {each.entry.name} only looks good.")
    for goal in picked:
        for key in (*goal.headline, *goal.health):
            found.setdefault(key, f"Tells more about \u201c{goal.name}\u201d.")
    entries = ((by_key(key), reason) for key, reason in found.items() if key not in taken)
    return tuple(Beside(entry, reason) for entry, reason in entries if entry is not None)


def _missing(proposed: Sequence[Proposal], own: int) -> tuple[str, ...]:
    """Say which preferences these lists could not meet."""
    known = [each.entry for each in proposed if each.entry]
    said = [TOO_MANY.format(own)] if own > MOST else []
    if not known:
        return tuple(said)
    both, sides, people = preferences(known)
    if not both:
        said.append(NO_EARLY if known[0].lead_lag is LeadLag.LAGGING else NO_LATE)
    if not sides:
        said.append(ONE_SIDE.format(_side(known[0].perspective)))
    if not people and sides:
        said.append(NO_CUSTOMER)
    return tuple(said)


def _side(perspective: Perspective) -> str:
    match perspective:
        case Perspective.FINANCIAL:
            return "money"
        case Perspective.OPERATIONAL:
            return "how the work goes"
        case Perspective.CUSTOMER:
            return "customers"
        case Perspective.PEOPLE:
            return "people"
