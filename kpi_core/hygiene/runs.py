"""Twelve periods running on one side of the same target: too easy to steer by, or more than the process delivers.

Only periods that are held to the newest target row count, so that a changed target starts anew. One that does not
apply is left out as if it were not there; one that applies and has no value or no target ends the run: nobody knows
on which side it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.actual import CoverageState
from kpi_core.checklist import Remedy, RemedyField, Verdict
from kpi_core.checklist.readings import written
from kpi_core.checklist.words import entry_of
from kpi_core.horizon import LOOKED_BACK, applies
from kpi_core.hygiene import cures
from kpi_core.hygiene.types import Cure, Rule, Untidy
from kpi_core.period import Cadence, period_name
from kpi_core.signals.words import DELIVERS
from kpi_core.status import Status, judge
from kpi_core.target import in_force, target_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.actual import Actual
    from kpi_core.hygiene.types import Looked

PERIODS: Final = 12
DAYS: Final = 84
"""Of a number that is read every day: twelve weeks; twelve days are no time to call a target easy."""
SIDES: Final = {Status.GREEN: Rule.ALWAYS_GREEN, Status.RED: Rule.ALWAYS_RED}
TOO_EASY: Final = "the target asks for nothing new"
RAISE: Final = "Raise the target, or keep watching it as a health metric."


def enough(cadence: Cadence) -> int:
    """Give how many periods running are a finding."""
    return DAYS if cadence is Cadence.DAY else PERIODS


def run_of(looked: Looked, status: Status) -> tuple[Actual, ...]:
    """List the newest periods running that have a status by the newest target row, oldest first."""
    kpi, facts, history = looked.kpi, looked.facts, looked.targets
    if not history.rows:
        return ()
    running: list[Actual] = []
    for reading in reversed(facts.readings):
        if not applies(kpi, reading.period, facts.calendar):
            continue
        if reading.period.start < history.rows[-1].starts or reading.coverage is not CoverageState.FULL:
            break
        target = in_force(history, reading.period, kpi.direction, facts.calendar)
        if reading.value is None or target is None or judge(reading.value, target).status is not status:
            break
        running.append(reading)
    return tuple(reversed(running))


def runs(looked: Looked) -> Iterator[Untidy]:
    """Find a KPI that has been on or off target for too long; one whose miss is accepted is left in peace."""
    kpi, today = looked.kpi, looked.facts.today
    for status, rule in SIDES.items():
        if status is Status.RED and kpi.accepted is not None and kpi.accepted.until >= today:
            continue
        running = run_of(looked, status)
        if len(running) >= enough(kpi.cadence):
            yield _untidy(looked, rule, running)


def _untidy(looked: Looked, rule: Rule, running: tuple[Actual, ...]) -> Untidy:
    kpi, facts = looked.kpi, looked.facts
    more = " or more" if len(running) >= LOOKED_BACK[kpi.cadence] else ""
    every = f"{len(running)} {kpi.cadence.value}s{more}"
    first, newest = running[0], running[-1]
    target = in_force(looked.targets, newest.period, kpi.direction, facts.calendar)

    def name(reading: Actual) -> str:
        return period_name(reading.period, facts.calendar, facts.today)

    evidence = [
        ("Running", every),
        ("When", f"{name(first)} to {name(newest)}"),
    ]
    if newest.value is not None and target is not None:
        evidence.append(("Newest", written(kpi, facts, newest.value)))
        evidence.append(("Target", target_number(target, kpi.unit, facts.style, kpi.decimals)))
    better = _better(looked)
    if rule is Rule.ALWAYS_GREEN:
        verdict, sentence, hint = Verdict.WARN, f"On target {every} running: {TOO_EASY}.", RAISE
        helps: tuple[Cure, ...] = (cures.to_form(kpi, "Raise the target", better), cures.health(kpi))
    else:
        verdict, sentence, hint = Verdict.FAIL, f"Off target {every} running.", DELIVERS
        helps = (cures.to_form(kpi, "Change the target", better), cures.health(kpi), cures.retire(kpi))
    return Untidy(rule, verdict, sentence, hint, (kpi.id,), (kpi.name,), tuple(evidence), helps)


def _better(looked: Looked) -> Remedy | None:
    """Find the target that history supports, as the checklist offers it."""
    kpi, facts = looked.kpi, looked.facts
    from kpi_core.checklist.stretch import stretch  # noqa: PLC0415 -- numpy is loaded only by who asks for a forecast

    found = stretch(kpi, entry_of(kpi, facts.catalogue, facts.today), facts).remedy
    return found if found is not None and found.field is RemedyField.TARGET else None
