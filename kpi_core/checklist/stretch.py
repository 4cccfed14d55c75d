"""Attainable, by forecast: how bold a target is, by the chance of meeting it as things go.

The one question that works a forecast out; only who asks it loads what that takes.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kpi_core.checklist.attainable import contradiction, right_side
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.grade import Graded, grade
from kpi_core.checklist.known import known_from
from kpi_core.checklist.readings import LATEST, as_shown, end_target, numbers, written
from kpi_core.horizon import is_deadline, steps_between
from kpi_core.kpi import Direction
from kpi_core.period import day_name, in_period
from kpi_core.projection import TargetGrade, help_with, in_ten
from kpi_core.projection.policy import ENOUGH
from kpi_core.target import TargetKind

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.actual import Actual
    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.checklist.known import Known
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.target import Target

BOLD: Final = frozenset({TargetGrade.VERY_AMBITIOUS, TargetGrade.UNLIKELY})
LAME: Final = frozenset({TargetGrade.ALREADY_MET, TargetGrade.EASY})


@lru_cache(maxsize=512)
def _graded(values: tuple[Actual, ...], kpi: Kpi, row: Target, calendar: Calendar, today: date) -> tuple[Known, Graded]:
    """Grade a target; the same one is asked about on each look at the form."""
    known = known_from(values, kpi, calendar)
    return known, grade(known, row, kpi, calendar, today) if known.stretch else Graded()


def stretch(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask A3: how bold the target is, by the chance of meeting it as things go."""
    if facts.target is None:
        return Finding("A3", Verdict.WARN, "Without a target there is nothing to stretch for.", echo=True)
    known, found = _graded(facts.readings, kpi, facts.target, facts.calendar, facts.today)
    if found.grade is TargetGrade.TOO_EARLY or found.chance is None or found.by is None:
        count = len(known.stretch)
        sentence = f"Too little history to say: {count or 'no'} readings running, it takes six."
        if count >= ENOUGH:
            sentence = "Nothing can be said of it yet: what it is compared with is not known, or its time is over."
        return Finding("A3", Verdict.WARN, sentence.replace("1 readings", "1 reading"), echo=not count)
    sentence = f"{found.grade.value.capitalize()}: {in_ten(found.chance)} {_when(facts, found.by)} as things go."
    if found.grade is TargetGrade.ALREADY_MET:
        sentence = f"Already met: each of the last {LATEST} readings did."
    sentence = " ".join(filter(None, [sentence, _pace(kpi, facts, known, found), _badge(kpi, facts, found)]))
    if found.grade not in BOLD | LAME:
        return Finding("A3", Verdict.PASS, sentence)
    sure = f"Keep it, though history gives it {in_ten(found.chance)}" if found.grade is TargetGrade.UNLIKELY else ""
    return Finding("A3", Verdict.WARN, sentence, _better(kpi, entry, facts, known, found), confirm=sure)


def _when(facts: Facts, by: Period) -> str:
    """Say when the target is judged: by its own day, else in the period that the chance is worked out for."""
    if facts.target is not None and facts.target.deadline is not None and is_deadline(facts.target, by):
        return f"by {day_name(facts.target.deadline, facts.today)}"
    return in_period(by, facts.calendar, facts.today)


def _pace(kpi: Kpi, facts: Facts, known: Known, found: Graded) -> str:
    """Say what a bold target needs of each period, beside the best that any did: 1.2 at best; this needs 2.5."""
    end = end_target(kpi, facts)
    if found.grade not in BOLD or kpi.direction is Direction.RANGE or end is None or found.by is None:
        return ""
    values = numbers(facts)
    periods = steps_between(kpi, known.newest, found.by, facts.calendar)
    way = 1 if kpi.direction is Direction.UP else -1
    best = max((way * (later - earlier) for earlier, later in pairwise(values)), default=Fraction(0))
    needs = way * (end.bounds[0].value - values[-1]) / periods
    if best <= 0 or needs <= best:
        return ""
    verb = "gained" if way > 0 else "come down"
    most, wanted = written(kpi, facts, best), written(kpi, facts, needs)
    return f"It has {verb} {most} a {kpi.cadence.value} at best; this needs {wanted}."


def _badge(kpi: Kpi, facts: Facts, found: Graded) -> str:
    if not found.never_before:
        return ""
    best = max(numbers(facts)) if kpi.direction is Direction.UP else min(numbers(facts))
    return f"Never done before: the best so far is {written(kpi, facts, best)}."


def _better(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts, known: Known, found: Graded) -> Remedy | None:
    """Offer the target that history supports: the bolder one for an easy one, the realistic one for one out of reach.

    None where it would be no better: met already as well, or as far out of reach, or on the wrong side of the start.
    One that the newest value meets already only where no other is left.
    """
    target = facts.target
    if target is None or target.kind not in {TargetKind.CONSTANT, TargetKind.PATH} or found.by is None:
        return None
    helped = _helped(known.history, steps_between(kpi, known.newest, found.by, facts.calendar), kpi.direction)
    offers = (helped.ambitious, helped.realistic) if found.grade in LAME else (helped.realistic, helped.ambitious)
    met_already: Remedy | None = None
    for offered in offers:
        if offered is None:
            continue
        value = as_shown(kpi, facts, Fraction(offered.target))
        other = replace(target, value=value)
        _, judged = _graded(facts.readings, kpi, other, facts.calendar, facts.today)
        turned = value == target.baseline or contradiction(kpi, entry, other)
        if judged.grade not in BOLD | LAME and judged.chance is not None and not turned:
            article = "an" if judged.grade is TargetGrade.AMBITIOUS else "a"
            label = f"Use {article} {judged.grade} target: {written(kpi, facts, value)}, {in_ten(judged.chance)}"
            remedy = Remedy(label, RemedyField.TARGET, value)
            if right_side(kpi, entry, replace(facts, target=other)).verdict is Verdict.PASS:
                return remedy
            met_already = met_already or remedy
    return met_already


_helped = lru_cache(maxsize=512)(help_with)
