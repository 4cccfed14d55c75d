"""Attainable: where you are, and whether the target lies ahead of that."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.readings import (
    as_shown,
    baseline,
    end_target,
    numbers,
    possible,
    written,
)
from kpi_core.kpi import Direction
from kpi_core.status import Status, judge
from kpi_core.target import TargetKind

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.kpi import Kpi
    from kpi_core.target import PeriodTarget, Target


def where_now(kpi: Kpi, facts: Facts) -> Finding:
    """Ask A1: the baseline is the median of the last three complete periods."""
    path = facts.target if facts.target is not None and facts.target.kind is TargetKind.PATH else None
    said, found, count = path.baseline if path else None, baseline(facts), len(numbers(facts))
    every = f"{kpi.cadence.value}s"
    if found is None:
        sentence = f"No baseline yet: it takes three complete {every}, and {count or 'none'} {_is(count)} here."
        if said is not None:
            sentence = f"{written(kpi, facts, said)} is typed, not measured: there are no three complete {every} yet."
        return Finding("A1", Verdict.WARN, sentence, echo=not count and said is None)
    now = written(kpi, facts, found)
    if said is not None and written(kpi, facts, said) != now:
        sentence = f"You start from {written(kpi, facts, said)}; the median of your last three {every} is {now}."
        use = Remedy(
            f"Use the median of your last three {every}: {now}", RemedyField.BASELINE, as_shown(kpi, facts, found)
        )
        return Finding("A1", Verdict.WARN, sentence, use)
    return Finding("A1", Verdict.PASS, f"You are at {now}: the median of your last three {every}.")


def _is(count: int) -> str:
    return "is" if count <= 1 else "are"


def right_side(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask A2: the target is on the right side and possible."""
    target = facts.target
    if target is None:
        return Finding("A2", Verdict.WARN, "There is no target yet: nothing can be on target without one.")
    against = contradiction(kpi, entry, target)
    if against:
        return Finding("A2", Verdict.FAIL, against)
    if target.kind is TargetKind.PATH and target.value == target.baseline:
        return Finding("A2", Verdict.WARN, "The path ends where it begins.")
    end, values = end_target(kpi, facts), numbers(facts)
    if end is not None and values and kpi.direction is not Direction.RANGE and meets(values[-1], end):
        sentence = (
            f"The newest value, {written(kpi, facts, values[-1])}, meets it already. Is it a target or the usual?"
        )
        return Finding("A2", Verdict.WARN, sentence)
    return Finding("A2", Verdict.PASS, "The target is on the right side.")


def contradiction(kpi: Kpi, entry: CatalogueKpi | None, target: Target) -> str:
    """Say what speaks against a target in itself; "" where nothing does."""
    least, most = possible(kpi, entry)
    if _outside(target, least, most):
        between = f"It can only lie between {least} and {most}; this target does not."
        beyond = f"It can never be under {least}." if most is None else f"It can never be over {most}."
        return beyond if least is None or most is None else between
    if target.low is not None and target.high is not None and target.low.value >= target.high.value:
        return "The range ends below where it begins."
    if target.kind is not TargetKind.PATH or target.baseline is None or target.value is None:
        return ""
    rises, falls = target.value > target.baseline, target.value < target.baseline
    if kpi.direction is Direction.UP and falls:
        return "You said higher is better, but the path goes down."
    return "You said lower is better, but the path goes up." if kpi.direction is Direction.DOWN and rises else ""


def _outside(target: Target, least: int | None, most: int | None) -> bool:
    steps = [step.value for step in target.steps]
    ends = [bound.value for bound in (target.low, target.high) if bound]
    given = [target.value, target.baseline, *ends, *steps]
    under = least is not None and any(number is not None and number < least for number in given)
    return under or (most is not None and any(number is not None and number > most for number in given))


def meets(value: Fraction, target: PeriodTarget) -> bool:
    """Tell whether a value meets a target."""
    return judge(value, target).status is Status.GREEN
