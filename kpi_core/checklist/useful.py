"""Attainable, actionable, relevant, owned and hard to game."""

from __future__ import annotations

from kpi_core.catalogue import CatalogueKpi, Vanity, by_key
from kpi_core.checklist.finding import Facts, Finding, Remedy, Topic, Verdict
from kpi_core.checklist.words import NOT_A_VERB, is_group, vanity_of, words
from kpi_core.kpi import Aggregate, Control, Direction, Formula, FormulaKind, Kpi, LeadLag, Measure, Tier
from kpi_core.target import Target, TargetKind

DECISION_WORDS = 4
CROWDED_GOAL = 3
SHARE_BOUNDS = (0, 100)
SCORE_BOUNDS = (-100, 100)


def possible(kpi: Kpi) -> tuple[int, int] | None:
    """Give the bounds that no value can leave: a share of a whole, a net promoter score."""
    match kpi.values:
        case Formula(kind=FormulaKind.SHARE):
            return SHARE_BOUNDS
        case Measure(aggregate=Aggregate.NET_PROMOTER_SCORE):
            return SCORE_BOUNDS
        case _:
            return SCORE_BOUNDS if kpi.catalogue_key == "nps" else None


def _outside(target: Target, bounds: tuple[int, int]) -> bool:
    numbers = [target.value, target.baseline, *(bound.value for bound in (target.low, target.high) if bound)]
    return any(number is not None and not bounds[0] <= number <= bounds[1] for number in numbers)


def right_side(kpi: Kpi, facts: Facts) -> Finding:
    """Ask A2: the target is on the right side and possible."""
    target = facts.target

    def finding(verdict: Verdict, sentence: str) -> Finding:
        return Finding("A2", Topic.ATTAINABLE, verdict, sentence)

    if target is None:
        return finding(Verdict.WARN, "There is no target yet: nothing can be on target without one.")
    bounds = possible(kpi)
    if bounds is not None and _outside(target, bounds):
        return finding(Verdict.FAIL, f"It can only lie between {bounds[0]} and {bounds[1]}; this target does not.")
    if target.kind is TargetKind.PATH and target.baseline is not None and target.value is not None:
        rises = target.value > target.baseline
        if (kpi.direction is Direction.UP and not rises) or (kpi.direction is Direction.DOWN and rises):
            word = "higher" if kpi.direction is Direction.UP else "lower"
            way = "up" if rises else "down"
            return finding(Verdict.FAIL, f"You said {word} is better, but the path goes {way}.")
    if facts.latest is not None and target.value is not None and target.kind is TargetKind.CONSTANT:
        met = facts.latest >= target.value if kpi.direction is Direction.UP else facts.latest <= target.value
        if met:
            return finding(Verdict.WARN, "The newest value meets it already. Is it a target or the usual?")
    return finding(Verdict.PASS, "The target is on the right side.")


def change(kpi: Kpi) -> Finding:
    """Ask A4: what will be done differently."""
    said = words(kpi.change)
    if not said:
        sentence = "What will you do differently? A target without a change is a wish."
        return Finding("A4", Topic.ACTIONABLE, Verdict.WARN, sentence)
    if said[0] in NOT_A_VERB:
        return Finding("A4", Topic.ACTIONABLE, Verdict.WARN, "Start with what you will do: a verb.")
    return Finding("A4", Topic.ACTIONABLE, Verdict.PASS, f"You will: {kpi.change.strip()}.")


def serves(kpi: Kpi, facts: Facts) -> Finding:
    """Ask R1: which goal it serves."""
    if not kpi.goal.strip():
        sentence = "Which of your goals does it serve? If it serves none, it is only a number."
        return Finding("R1", Topic.RELEVANT, Verdict.FAIL, sentence)
    siblings = sum(each.goal == kpi.goal and each.tier is Tier.KPI for each in facts.beside)
    if siblings >= CROWDED_GOAL:
        sentence = f"{kpi.goal} has {siblings} other KPIs already. Which one would you act on?"
        return Finding("R1", Topic.RELEVANT, Verdict.WARN, sentence)
    return Finding("R1", Topic.RELEVANT, Verdict.PASS, f"Serves: {kpi.goal}.")


def decision(kpi: Kpi, entry: CatalogueKpi | None) -> Finding:
    """Ask R2: what is decided when it is red."""
    if len(words(kpi.when_red)) >= DECISION_WORDS:
        return Finding("R2", Topic.ACTIONABLE, Verdict.PASS, f"When it is red: {kpi.when_red.strip()}.")
    if not kpi.when_red.strip() and vanity_of(kpi, entry) is Vanity.OFTEN:
        return Finding(
            "R2",
            Topic.ACTIONABLE,
            Verdict.FAIL,
            "No decision hangs on it: keep it as a health metric.",
            Remedy("Make it a health metric", "tier", Tier.HEALTH_METRIC),
        )
    return Finding("R2", Topic.ACTIONABLE, Verdict.WARN, "If it turns red, what will you decide? Four words will do.")


def control(kpi: Kpi) -> Finding:
    """Ask R3: how much of it is in the owner's hands."""
    if kpi.control is None:
        return Finding("R3", Topic.ACTIONABLE, Verdict.WARN, "How much of it is in your hands?")
    if kpi.control is Control.MOSTLY_OTHERS:
        sentence = "Mostly in others' hands: weather and prices are worth watching, not worth targeting."
        return Finding("R3", Topic.ACTIONABLE, Verdict.WARN, sentence)
    return Finding("R3", Topic.ACTIONABLE, Verdict.PASS, f"In your hands: {kpi.control.value}.")


def vanity(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask R4: does it only look good."""
    looks = vanity_of(kpi, entry)
    if looks is Vanity.NO:
        return Finding("R4", Topic.RELEVANT, Verdict.PASS, "It is good when it looks good.")
    results = [
        each.name
        for each in facts.beside
        if each.tier is Tier.KPI
        and each.lead_lag is LeadLag.LAGGING
        and vanity_of(each, by_key(each.catalogue_key)) is Vanity.NO
    ]
    if looks is Vanity.OFTEN and not results:
        sentence = "It can look good without being good. Put the result beside it: views and orders."
        return Finding("R4", Topic.RELEVANT, Verdict.FAIL, sentence)
    beside = f" Read it beside {results[0]}." if results else ""
    return Finding("R4", Topic.RELEVANT, Verdict.WARN, f"It can look good without being good.{beside}")


def _tracked(name: str, facts: Facts) -> bool:
    return bool(name) and any(each.name.casefold() == name.casefold() for each in facts.beside)


def gaming(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask G1: what would show that it is gamed."""
    if _tracked(kpi.counter_measure, facts):
        sentence = f"{kpi.counter_measure} is watched beside it."
        return Finding("G1", Topic.HARD_TO_GAME, Verdict.PASS, sentence)
    if entry is not None and entry.counter_metric:
        counter = by_key(entry.counter_metric)
        name = counter.name if counter else kpi.counter_measure
        tracked = next((each for each in facts.beside if each.catalogue_key == entry.counter_metric), None)
        if tracked is not None:
            return Finding("G1", Topic.HARD_TO_GAME, Verdict.PASS, f"{tracked.name} is watched beside it.")
        sentence = f"{entry.gamed_by} makes it look good. Watch {name} beside it."
        return Finding("G1", Topic.HARD_TO_GAME, Verdict.WARN, sentence)
    sentence = "How could it look good without being good? Name a number that would show it."
    return Finding("G1", Topic.HARD_TO_GAME, Verdict.WARN, sentence)


def pay(kpi: Kpi, facts: Facts) -> Finding:
    """Ask G2: is pay tied to it."""
    if kpi.pay_tied is None:
        return Finding(
            "G2", Topic.HARD_TO_GAME, Verdict.WARN, "Is pay tied to it?", Remedy("No", "pay_tied", value=False)
        )
    if kpi.pay_tied and not _tracked(kpi.counter_measure, facts):
        sentence = "Pay is tied to it and nothing is watched beside it: money finds the shortest way to the number."
        return Finding("G2", Topic.HARD_TO_GAME, Verdict.WARN, sentence)
    return Finding("G2", Topic.HARD_TO_GAME, Verdict.PASS, "Pay does not bend it.")


def owner(kpi: Kpi) -> Finding:
    """Ask O1: one person owns it."""
    if not words(kpi.owner):
        return Finding("O1", Topic.OWNER, Verdict.FAIL, "Nobody owns it. One name; others may help.")
    if is_group(kpi.owner):
        return Finding("O1", Topic.OWNER, Verdict.WARN, "A group owns nothing. One name; others may help.")
    return Finding("O1", Topic.OWNER, Verdict.PASS, f"{kpi.owner.strip()} owns it.")
