"""Actionable and relevant: what is done about it, which goal it serves, and whether it only looks good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.catalogue import Fault, Vanity, by_key, goals
from kpi_core.catalogue.words import better_than
from kpi_core.checklist.actions import real_words, says_what_to_do
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.words import fault_of, vanity_of, vanity_words, words
from kpi_core.kpi import Control, Kpi, LeadLag, Tier

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueKpi

DECISION_WORDS = 4
CROWDED_GOAL = 3
TO_HEALTH = Remedy("Make it a health metric", RemedyField.TIER, Tier.HEALTH_METRIC)


def change(kpi: Kpi) -> Finding:
    """Ask A4: what will be done differently."""
    said = words(kpi.change)
    if not said:
        return Finding("A4", Verdict.WARN, "Nothing is said of what you will do differently.")
    if not says_what_to_do(kpi.change):
        sentence = "Start with what you will do: a verb."
        return Finding("A4", Verdict.WARN, sentence, quote=kpi.change.strip(), marked=(said[0],))
    return Finding("A4", Verdict.PASS, f"You will: {_plain(kpi.change)}.")


def _plain(text: str) -> str:
    return text.strip().rstrip(".")


def serves(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask R1: which goal it serves."""
    if not kpi.goal.strip():
        return Finding("R1", Verdict.FAIL, "It serves none of your goals yet.", _own_goal(entry, facts))
    siblings = sum(each.goal == kpi.goal and each.tier is Tier.KPI for each in facts.beside)
    if siblings >= CROWDED_GOAL:
        sentence = f"{kpi.goal} has {siblings} other KPIs already. Which one would you act on?"
        return Finding("R1", Verdict.WARN, sentence)
    return Finding("R1", Verdict.PASS, f"Serves: {kpi.goal}.")


def _own_goal(entry: CatalogueKpi | None, facts: Facts) -> Remedy | None:
    """Offer a goal that the business has already, where the catalogue says that this KPI serves it."""
    served = {goal.name for goal in goals() if entry is not None and goal.key in entry.goals}
    own = next((each.goal for each in facts.beside if each.goal in served), None)
    return Remedy(f"It serves: {own}", RemedyField.GOAL, own) if own else None


def decision(kpi: Kpi, entry: CatalogueKpi | None) -> Finding:
    """Ask R2: what is decided when it is red."""
    said = real_words(kpi.when_red)
    if said >= DECISION_WORDS:
        return Finding("R2", Verdict.PASS, f"When it is red: {_plain(kpi.when_red)}.")
    if not said and vanity_of(kpi, entry) is Vanity.OFTEN:
        sentence = "No decision hangs on it, and it often looks good without being good."
        return Finding("R2", Verdict.FAIL, sentence, TO_HEALTH)
    sentence = "Four words or more say what you will decide." if said else "No decision hangs on it yet."
    return Finding("R2", Verdict.WARN, sentence)


def control(kpi: Kpi) -> Finding:
    """Ask R3: how much of it is in the owner's hands; of what nobody moves, whatever is answered."""
    others = fault_of(kpi, Fault.NOT_YOURS)
    if others is not None:
        return Finding("R3", Verdict.WARN, better_than(others), TO_HEALTH)
    if kpi.control is None:
        return Finding("R3", Verdict.WARN, "Nothing says yet how much of it is in your hands.")
    if kpi.control is Control.MOSTLY_OTHERS:
        return Finding("R3", Verdict.WARN, "It is mostly in others' hands: you cannot steer it.", TO_HEALTH)
    return Finding("R3", Verdict.PASS, f"In your hands: {kpi.control.value}.")


def vanity(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask R4: does it only look good."""
    looks = vanity_of(kpi, entry)
    if looks is Vanity.NO:
        return Finding("R4", Verdict.PASS, "It is good when it looks good.")
    marked = vanity_words(kpi.name) if entry is None else ()
    quote = kpi.name if marked else ""
    result = _result_beside(facts)
    known = fault_of(kpi, Fault.VANITY)
    if looks is Vanity.OFTEN and result is None:
        sentence = "It can grow without anything getting better, and no result stands beside it."
        sentence = sentence if known is None else better_than(known)
        return Finding("R4", Verdict.FAIL, sentence, TO_HEALTH, quote, marked)
    beside = f" Read it beside {result}." if result else ""
    word = "often" if looks is Vanity.OFTEN else "sometimes"
    return Finding("R4", Verdict.WARN, f"It {word} looks good without being good.{beside}", None, quote, marked)


def _result_beside(facts: Facts) -> str | None:
    """Name a headline KPI that tells a result afterwards and is no vanity itself."""
    return next(
        (
            each.name
            for each in facts.beside
            if each.tier is Tier.KPI
            and each.lead_lag is LeadLag.LAGGING
            and vanity_of(each, by_key(each.catalogue_key)) is Vanity.NO
        ),
        None,
    )
