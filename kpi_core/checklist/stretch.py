"""Attainable, by forecast: how bold a target is, by the chance of meeting it as things go.

The one question that works a forecast out; only who asks it loads what that takes.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kpi_core.actual import CoverageState
from kpi_core.checklist.attainable import contradiction, meets
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.readings import (
    LATEST,
    ahead,
    as_shown,
    end_target,
    judged_on,
    numbers,
    possible,
    written,
)
from kpi_core.kpi import Direction
from kpi_core.period import day_name, period_name
from kpi_core.projection import (
    Bounds,
    History,
    TargetGrade,
    chance_of_range,
    grade_of,
    help_with,
    in_ten,
    judge_target,
)
from kpi_core.target import TargetKind
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.kpi import Kpi
    from kpi_core.target import PeriodTarget

BOLD: Final = frozenset({TargetGrade.VERY_AMBITIOUS, TargetGrade.UNLIKELY})
LAME: Final = frozenset({TargetGrade.ALREADY_MET, TargetGrade.EASY})


# The same history is asked about on each look at the form and the board
_judged = lru_cache(maxsize=1024)(judge_target)
_helped = lru_cache(maxsize=512)(help_with)


def past(kpi: Kpi, facts: Facts, entry: CatalogueKpi | None) -> History:
    """Give the newest readings without a gap, as a projection takes them."""
    values: list[float] = []
    for each in reversed(facts.readings):
        if each.coverage is not CoverageState.FULL or each.value is None:
            break
        values.append(float(each.value))
    ends = possible(kpi, entry)
    if ends is not None:
        bounds = Bounds(float(ends[0]), float(ends[1]))
    else:
        counts = kpi.unit.kind in {UnitKind.COUNT, UnitKind.DURATION} and min(values, default=0) >= 0
        bounds = Bounds(0.0 if counts else None)
    return History(tuple(reversed(values)), kpi.cadence, bounds)


def stretch(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask A3: how bold the target is, by the chance of meeting it as things go."""
    end = end_target(kpi, facts)
    if facts.target is None or end is None or not end.bounds:
        return Finding("A3", Verdict.WARN, "Without a target there is nothing to stretch for.", echo=True)
    grade, chance, never = _graded(kpi, entry, facts, end)
    if grade is TargetGrade.TOO_EARLY or chance is None:
        count = len(past(kpi, facts, entry).values)
        sentence = f"Too little history to say: {count or 'no'} readings running, it takes six."
        return Finding("A3", Verdict.WARN, sentence.replace("1 readings", "1 reading"), echo=not count)
    sentence = f"{grade.value.capitalize()}: {in_ten(chance)} {_when(kpi, facts)} as things go."
    if grade is TargetGrade.ALREADY_MET:
        sentence = f"Already met: each of the last {LATEST} readings did."
    sentence = " ".join(
        filter(None, [sentence, _pace(kpi, facts, end, ahead(kpi, facts), grade), _badge(kpi, facts, never=never)])
    )
    if grade not in BOLD | LAME:
        return Finding("A3", Verdict.PASS, sentence)
    sure = f"Keep it, though history gives it {in_ten(chance)}" if grade is TargetGrade.UNLIKELY else ""
    return Finding("A3", Verdict.WARN, sentence, _better(kpi, entry, facts, grade), confirm=sure)


def _when(kpi: Kpi, facts: Facts) -> str:
    """Say when the target is judged: by its own day, else in the period that the chance is worked out for."""
    day = judged_on(facts)
    if facts.target is not None and facts.target.deadline is not None:
        return f"by {day_name(day, facts.today)}"
    return f"in {period_name(facts.calendar.period(kpi.cadence, day), facts.calendar, facts.today)}"


def _graded(
    kpi: Kpi, entry: CatalogueKpi | None, facts: Facts, end: PeriodTarget
) -> tuple[TargetGrade, float | None, bool]:
    """Grade the target: its grade, the chance, and whether it was never done before."""
    history, periods = past(kpi, facts, entry), ahead(kpi, facts)
    if end.low is not None and end.high is not None:
        chance = chance_of_range(history, periods, float(end.low.value), float(end.high.value))
        met = len(numbers(facts)) >= LATEST and all(meets(value, end) for value in numbers(facts)[-LATEST:])
        return grade_of(chance, already_met=met), chance, False
    judged = _judged(history, periods, float(end.bounds[0].value), kpi.direction)
    return judged.grade, judged.chance, judged.never_before


def _pace(kpi: Kpi, facts: Facts, end: PeriodTarget, periods: int, grade: TargetGrade) -> str:
    """Say what a bold target needs of each period, beside the best that any did: 1.2 at best; this needs 2.5."""
    values = numbers(facts)
    if grade not in BOLD or kpi.direction is Direction.RANGE:
        return ""
    way = 1 if kpi.direction is Direction.UP else -1
    best = max((way * (later - earlier) for earlier, later in pairwise(values)), default=Fraction(0))
    needs = way * (end.bounds[0].value - values[-1]) / periods
    if best <= 0 or needs <= best:
        return ""
    verb = "gained" if way > 0 else "come down"
    most, wanted = written(kpi, facts, best), written(kpi, facts, needs)
    return f"It has {verb} {most} a {kpi.cadence.value} at best; this needs {wanted}."


def _badge(kpi: Kpi, facts: Facts, *, never: bool) -> str:
    if not never:
        return ""
    best = max(numbers(facts)) if kpi.direction is Direction.UP else min(numbers(facts))
    return f"Never done before: the best so far is {written(kpi, facts, best)}."


def _better(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts, grade: TargetGrade) -> Remedy | None:
    """Offer the target that history supports: the bolder one for an easy one, the realistic one for one out of reach.

    None where it would be no better: met already as well, or as far out of reach, or on the wrong side of the start.
    """
    target = facts.target
    if target is None or target.kind not in {TargetKind.CONSTANT, TargetKind.PATH}:
        return None
    history, periods = past(kpi, facts, entry), ahead(kpi, facts)
    found = _helped(history, periods, kpi.direction)
    for offered in (found.ambitious, found.realistic) if grade in LAME else (found.realistic, found.ambitious):
        if offered is None:
            continue
        value = as_shown(kpi, facts, Fraction(offered.target))
        judged = _judged(history, periods, float(value), kpi.direction)
        turned = value == target.baseline or contradiction(kpi, entry, replace(target, value=value))
        if judged.grade not in BOLD | LAME and judged.chance is not None and not turned:
            article = "an" if judged.grade is TargetGrade.AMBITIOUS else "a"
            label = f"Use {article} {judged.grade} target: {written(kpi, facts, value)}, {in_ten(judged.chance)}"
            return Remedy(label, RemedyField.TARGET, value)
    return None
