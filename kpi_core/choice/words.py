"""Sentences about choosing, each written once."""

from __future__ import annotations

from typing import Final

from kpi_core.choice.rule import FEW, MOST
from kpi_core.kpi import LeadLag, Perspective

NONE_IS_KEY: Final = "More than five and none is key."
OWN_WORDS: Final = "Not in our list: you say in the form what exactly is counted, and what would show that it is faked."
TAKEN: Final = "You took it yourself."
NOT_TAKEN: Final = "Proposed, and not taken for the board."
HEALTH_METRIC: Final = "A health metric is shown with its trend, without target or colour. Nobody has to act on it."
NO_EARLY: Final = "These lists have no leading number, one that moves before the result does."
NO_LATE: Final = "These lists have no lagging number, one that shows how it came out."
ONE_SIDE: Final = "These lists look at one side of the business: {}."
NO_CUSTOMER: Final = "These lists have no number about customers or people. Money follows both."
SWAP_EARLY: Final = "Nothing here is known to move before the result does. {} would: swap one for it."
SWAP_LATE: Final = "Nothing here is known to show how it came out. {} would: swap one for it."
SWAP_SIDE: Final = "All of these look at one side of the business: {}. {} would show another: swap one for it."
SWAP_CUSTOMER: Final = "No number here is known to be about customers or people. {} would be: swap one for it."
TOO_MANY: Final = "You named {} numbers of your own. Five fit on the board; the rest wait until one of them goes."
TWICE: Final = "{} tell one thing twice: each follows from the other by arithmetic. Drop one, and another fits in."
FLATTERS: Final = "{} can look good without being good, and no result stands beside it."
FLATTER: Final = "{} can look good without being good, and no result stands beside them."


WRITING: Final = "Each KPI becomes a draft, and you go through them one by one."
PICK_UP_TO: Final = "Pick up to three."
ONE_MORE: Final = "Three are picked: take one back to pick another."
SUCCEEDING: Final = "How would we know if we are succeeding?"
SKIP: Final = "Skip what you have no number for."


def dropped(name: str) -> str:
    """Say what dropping a proposed KPI does."""
    return f"Takes {name} off the list; it is offered as a health metric."


def shields(name: str) -> str:
    """Say why a counter-measure is offered."""
    return f"Shows whether {name} only looks good."


def size_words(count: int) -> str:
    """Say what to do about so many KPIs, with the size that gets acted on where they are fewer."""
    few = "" if count >= FEW else f" {FEW} to {MOST} is the size that gets acted on."
    return f"Keep them, swap one, or drop one.{few}"


def sign_words(sign: LeadLag) -> str:
    """Say in two words whether a number moves before the result or is one."""
    match sign:
        case LeadLag.LEADING:
            return "early sign"
        case LeadLag.LAGGING:
            return "result"


def side_words(side: Perspective) -> str:
    """Say which side of the business a number looks at."""
    match side:
        case Perspective.FINANCIAL:
            return "money"
        case Perspective.OPERATIONAL:
            return "how the work goes"
        case Perspective.CUSTOMER:
            return "customers"
        case Perspective.PEOPLE:
            return "people"
