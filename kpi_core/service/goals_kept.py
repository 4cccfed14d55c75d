"""Writing down what was chosen from goals: a draft for each KPI, the health metrics, the goals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import by_key
from kpi_core.choice import Progress
from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Goal, Kpi, State, Tier
from kpi_core.service import choose
from kpi_core.service.goals import Journey, beside_now, journey, keep
from kpi_core.service.ready import blank_kpi, from_catalogue, from_ready
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import edit_kpi
from kpi_core.store.definitions.goals import add_goal, goals
from kpi_core.target import validate

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.service.choose import Options
    from kpi_core.service.from_sentence import FromSentence
    from kpi_core.target import Target

LEFT_OUT = "Left out when the board was chosen from goals"


def settle(data_file: Path, now: datetime) -> Progress:
    """Write down what was chosen: a draft for each KPI that is new, the health metrics, the goals.

    A KPI that is there already is taken as it is. Drafts of an earlier choice that are not in this one are retired and
    can be brought back; what is on the board stays there. Doing it again after a refusal goes on where that came.

    Raises:
        RefusedDefinition: a file that would feed a health metric holds money of several currencies.
    """
    where = journey(data_file)
    wanted = [(key, Tier.KPI) for key in where.picks]
    wanted += [(key, Tier.HEALTH_METRIC) for key in beside_now(where)]
    with open_store(data_file) as store, store.writing():
        by = By(now, where.options.business.person)
        names = {goal.name for goal in goals(store)}
        for goal in where.picked_goals:
            if goal.name not in names:
                add_goal(store, Goal(goal.name, goal.key), by)
    # Health metrics first: a KPI may name one that would show whether it only looks good
    settled = {key: _settled(data_file, where, key, tier, now) for key, tier in reversed(wanted)}
    for key, kpi in where.kept.items():
        if key not in settled and kpi.state is State.DRAFT:
            choose.retire(data_file, kpi.id, LEFT_OUT, now)
    progress = replace(where.progress, settled=tuple(settled.items()))
    keep(data_file, progress)
    return progress


def _settled(data_file: Path, where: Journey, key: str, tier: Tier, now: datetime) -> int:
    """Find or make the KPI of a key, and give its number."""
    there = where.kept.get(key) or _same(where.options, key)
    if there is None:
        draft, target = _draft(where, key, tier)
        return choose.save(data_file, draft, target if tier is Tier.KPI else None, now).id
    if there.state is State.RETIRED or (there.tier is not tier and there.state is State.DRAFT):
        state = State.DRAFT if tier is Tier.KPI else State.ACTIVE
        _change(data_file, replace(there, tier=tier, state=state, retired_reason=""), now)
    elif there.tier is Tier.HEALTH_METRIC and tier is Tier.KPI:
        goal = where.goal_of(key)
        served = there.goal or (goal.name if goal else "")
        _change(data_file, replace(there, tier=tier, state=State.DRAFT, goal=served), now)
    return there.id


def _change(data_file: Path, kpi: Kpi, now: datetime) -> None:
    with open_store(data_file) as store:
        edit_kpi(store, kpi, By(now, read_business(store).person))


def _same(options: Options, key: str) -> Kpi | None:
    """Find a KPI that is the same number already: the catalogue's, or one of that name."""
    entry = by_key(key)
    name = key_of(entry.name if entry else key)
    return next((kpi for kpi in options.kpis if kpi.catalogue_key == key or key_of(kpi.name) == name), None)


def _draft(where: Journey, key: str, tier: Tier) -> tuple[Kpi, Target | None]:
    """Make a KPI of what is known: the owner's sentence, else what a file makes ready, else the catalogue."""
    goal, said, entry = where.goal_of(key), where.said_for(key), by_key(key)
    if said is not None:
        kpi, target = said.read.kpi, _valid(said.read, where.options)
    else:
        kpi, target = _known(where.options, entry, key), None
    served = goal.key if goal else ""
    tasks = [each.read.kpi.change for each in where.said if each.read.kpi.change and where.purpose(each) == served]
    kpi = replace(kpi, goal=goal.name if goal else "", tier=tier, change=kpi.change or next(iter(tasks), ""))
    return kpi, target


def _valid(read: FromSentence, options: Options) -> Target | None:
    """Give the target of a sentence; one that says two things at once is left for the form to ask about."""
    try:
        if read.target is not None:
            validate(read.target, read.kpi.direction, read.kpi.unit, options.business.style)
    except RefusedDefinition:
        return None
    return read.target


def _known(options: Options, entry: CatalogueKpi | None, key: str) -> Kpi:
    blank = blank_kpi(options.business)
    if entry is None:
        return replace(blank, name=key)
    ready = next((each for each in options.ready if each.loaded and each.ready.catalogue_key == key), None)
    if ready is None:
        return from_catalogue(entry, blank)
    return replace(from_ready(ready, blank), name=entry.name, cadence=entry.cadence)
