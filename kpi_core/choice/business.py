"""Kinds of business, and the goals that each may pick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.catalogue import by_key, goals

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueGoal, CatalogueKpi


@dataclass(frozen=True)
class KindOfBusiness:
    """A kind of business as the owner would say it; `examples` tells who else is meant."""

    key: str
    name: str
    examples: str


BUSINESSES: Final = (
    KindOfBusiness("shop", "Shop", "online or on the high street"),
    KindOfBusiness("restaurant", "Restaurant", "café, bar, takeaway"),
    KindOfBusiness("agency", "Agency", "design, advice, law, accounts"),
    KindOfBusiness("saas", "Software", "sold by subscription"),
    KindOfBusiness("trades", "Trades", "building, repair, cleaning"),
    KindOfBusiness("clinic", "Clinic", "practice, salon, studio, gym"),
    KindOfBusiness("nonprofit", "Charity", "club, church, foundation"),
    KindOfBusiness("other", "Something else", "any business"),
)


def goals_of(business: str) -> tuple[CatalogueGoal, ...]:
    """List the goals of a kind of business in the order of the goal tree; none for a kind that is not there."""
    return tuple(goal for goal in goals() if goal.business == business)


def suggested_for(business: str, goal: str) -> tuple[CatalogueKpi, ...]:
    """List the KPIs that answer the question of a goal."""
    found = next((each for each in goals_of(business) if each.key == goal), None)
    entries = (by_key(key) for key in (found.headline if found else ()))
    return tuple(entry for entry in entries if entry is not None)
