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
from kpi_core.service.currencies import refuse_mixed
from kpi_core.service.goals import Journey, beside_now, journey, keep
from kpi_core.service.ready import blank_kpi, of_the_catalogue
from kpi_core.service.sixth import asked_to_go
from kpi_core.store import actuals
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import edit_kpi
from kpi_core.store.definitions.goals import add_goal, goals
from kpi_core.store.definitions.kpis import kpis, was_on_board
from kpi_core.target import validate

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.choose import Options
    from kpi_core.service.from_sentence import FromSentence
    from kpi_core.target import Target

LEFT_OUT = "Left out when the board was chosen from goals"
TAKEN_AGAIN = "Taken when the board was chosen from goals"


def settle(data_file: Path, now: datetime) -> Progress:
    """Write down what was chosen: a draft for each KPI that is new, the health metrics, the goals.

    A KPI that is there already is taken as it is; one that was on the board before goes back there. Drafts of an
    earlier choice that are not in this one are retired and can be brought back; what is on the board stays there. Doing
    it again after a refusal goes on where that came.

    Raises:
        RefusedDefinition: a file that would feed a health metric holds money of several currencies.
    """
    where = journey(data_file)
    # Health metrics first: a KPI may name one that would show whether it only looks good
    wanted = [(key, Tier.HEALTH_METRIC) for key in beside_now(where)]
    wanted += [(key, Tier.KPI) for key in where.picks]
    with open_store(data_file) as store, store.writing():
        by = By(now, where.options.business.person)
        names = {goal.name for goal in goals(store)}
        for goal in where.picked_goals:
            if goal.name not in names:
                add_goal(store, Goal(goal.name, goal.key), by)
    settled = {key: _settled(data_file, where, key, tier, now) for key, tier in wanted}
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
    stays = there.tier is tier or (there.tier is Tier.KPI and there.state is State.ACTIVE)
    if there.state is State.RETIRED or not stays:
        goal = where.goal_of(key)
        served = there.goal or (goal.name if goal else "")
        _bring_back(data_file, replace(there, tier=tier, goal=served if tier is Tier.KPI else there.goal), now)
    return there.id


def _bring_back(data_file: Path, kpi: Kpi, now: datetime) -> None:
    """Take a KPI that is there back as it was: one that was on the board goes there, while there is room for it.

    Whatever it was judged by stays: a further target counts from the next period on, as on the board.
    """
    with open_store(data_file) as store, store.writing():
        placed = not asked_to_go(kpis(store), kpi) and was_on_board(store, kpi.id)
        state = State.ACTIVE if placed or kpi.tier is Tier.HEALTH_METRIC else State.DRAFT
        back = replace(kpi, state=state, retired_reason="")
        refuse_mixed(store, back)
        edit_kpi(store, back, By(now, read_business(store).person, TAKEN_AGAIN))
        actuals.refresh(store)


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
        business = where.options.business
        target = None
        kpi = replace(blank_kpi(), name=key)
        if entry is not None:
            kpi = of_the_catalogue(entry, where.options.ready, business)
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
