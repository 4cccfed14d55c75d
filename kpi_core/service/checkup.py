"""The check-up of a data file: what is untidy, what was put aside, and the line for the board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.checklist import Facts
from kpi_core.definition.fit import one_line, refuse_far
from kpi_core.errors import RefusedDefinition
from kpi_core.horizon import LOOKED_BACK
from kpi_core.hygiene import (
    Looked,
    Portfolio,
    PutAside,
    Untidy,
    check_up,
    columns_of,
    looked_at,
    of_whom,
    on_the_board,
    summary,
)
from kpi_core.kpi import Kpi, State, Tier
from kpi_core.period import day_name
from kpi_core.service.boards import refuse_to_come
from kpi_core.service.facts import between, readings_of, rows_of
from kpi_core.store import sources
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import FileState, open_store, state_of_file
from kpi_core.store.definitions import asides
from kpi_core.store.definitions.goals import goals
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.reviews import last_looks
from kpi_core.store.definitions.targets import all_targets
from kpi_core.store.histories import first_days, history, is_stored, older
from kpi_core.target import TargetHistory

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.actual import Actual
    from kpi_core.business import Business
    from kpi_core.period import Calendar
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class CheckUp:
    """What the check-up of a day found, the weighty first, and what of it is put aside, with the reason.

    `any`: there is a KPI or a health metric to look at.
    """

    as_of: date
    sentence: str
    looked_at: str
    found: tuple[Untidy, ...]
    aside: tuple[tuple[Untidy, PutAside], ...]
    any: bool


def checkup(data_file: Path, today: date, as_of: date | None = None) -> CheckUp:
    """Look through the whole portfolio, today or as of a past day with the definitions and targets in force then.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    day = today if as_of is None else as_of
    refuse_to_come(day, today)
    return _checked(data_file, state_of_file(data_file), today, day)


def line_for_board(data_file: Path, today: date) -> str:
    """Write the line of the board; "" where nothing weighty is found."""
    return on_the_board(checkup(data_file, today).found)


def put_aside(data_file: Path, found: Untidy, until: date | None, reason: str, now: datetime) -> int | None:
    """Put a finding aside up to and including a day, with a reason; afterwards it comes back by itself.

    Returns:
        The number of the change in the log, by which it can be taken back.

    Raises:
        RefusedDefinition: no reason, no day, or one that is over.
    """
    if not reason.strip():
        sentence = "Why is it put aside?"
        raise RefusedDefinition(sentence, "Write a short reason; it stands beside the finding until then.")
    if until is None or until < now.date():
        sentence = "Until when is it put aside?" if until is None else f"{day_name(until, None)} is over."
        raise RefusedDefinition(sentence, "Choose a day from today on; the finding comes back after it.")
    refuse_far(until)
    aside = PutAside(found.id, now.date(), until, one_line(reason, "The reason"))
    with open_store(data_file) as store, store.writing():
        by = By(now, read_business(store).person, aside.reason)
        return asides.put_aside(store, aside, next(iter(found.kpis), None), of_whom(found), by)


def bring_back(data_file: Path, aside: PutAside, now: datetime) -> int | None:
    """Bring a finding back that was put aside.

    Returns:
        The number of the change in the log.

    Raises:
        NotFound: it is not put aside any more.
    """
    with open_store(data_file) as store, store.writing():
        return asides.bring_back(store, aside.id, By(now, read_business(store).person))


@lru_cache(maxsize=8)
def _checked(data_file: Path, state: FileState, today: date, as_of: date) -> CheckUp:
    """Look once for each `state` of the data file: the board asks with every click."""
    del state
    with open_store(data_file) as store, store.reading():
        portfolio = portfolio_of(store, today, as_of)
        held = {each.finding: each for each in asides.asides(store) if each.since <= as_of <= each.until}
    everything = check_up(portfolio)
    found = tuple(each for each in everything if each.id not in held)
    aside = tuple((each, held[each.id]) for each in everything if each.id in held)
    there = bool(portfolio.kpis or portfolio.beside)
    return CheckUp(as_of, summary(found, len(aside)), looked_at(portfolio), found, aside, there)


def portfolio_of(store: Store, today: date, as_of: date) -> Portfolio:
    """Read all that the check-up looks at: today's data, definitions and targets of the day."""
    business, stored = read_business(store), kpis(store)
    defined = stored if as_of >= today else kpis(store, as_of)
    active = tuple(each for each in defined if each.state is State.ACTIVE)
    held, since, looks = all_targets(store), first_days(store), last_looks(store, as_of)
    looked = []
    for kpi in active:
        if kpi.tier is Tier.KPI:
            history = held.get(kpi.id, TargetHistory())
            history = history if as_of >= today else _until(history, as_of)
            facts = _facts(store, kpi, history, (stored, defined), business, as_of)
            columns = columns_of(kpi, defined)
            looked.append(Looked(kpi, facts, history, columns, since.get(kpi.id), looks.get(kpi.id)))
    return Portfolio(
        as_of,
        tuple(looked),
        tuple(each for each in active if each.tier is Tier.HEALTH_METRIC),
        tuple(goal.name for goal in goals(store)),
    )


def _until(history: TargetHistory, as_of: date) -> TargetHistory:
    """Leave out the target rows that begin after a day."""
    kept = [place for place, row in enumerate(history.rows) if row.starts <= as_of]
    rows = tuple(history.rows[place] for place in kept)
    return replace(history, rows=rows, fixed=tuple(history.fixed_of(place) for place in kept))


def _facts(
    store: Store,
    kpi: Kpi,
    history: TargetHistory,
    known: tuple[tuple[Kpi, ...], tuple[Kpi, ...]],
    business: Business,
    as_of: date,
) -> Facts:
    """Tell the checklist what the check-up asks it for; `known`: all KPIs as they are stored, and as of the day."""
    stored, defined = known
    here = {sources.fold(each.name): each for each in sources.list_sources(store)}
    return Facts(
        as_of,
        history.rows[-1] if history.rows else None,
        readings=_readings(store, kpi, stored, business.calendar, as_of),
        source_rows=rows_of(store, kpi, defined, here),
        beside=tuple(each for each in defined if each.state is not State.RETIRED and each.id != kpi.id),
        calendar=business.calendar,
        style=business.style,
    )


def _readings(store: Store, kpi: Kpi, stored: tuple[Kpi, ...], calendar: Calendar, as_of: date) -> tuple[Actual, ...]:
    """Read the newest periods of a KPI by key, as many as a forecast looks back: no cost grows with history."""
    if not is_stored(kpi, next((each for each in stored if each.id == kpi.id), None)):
        return readings_of(store, kpi, stored, calendar, as_of)
    known = history(store, [kpi], calendar, as_of, LOOKED_BACK[kpi.cadence])[kpi.id]
    if not any(each.coverage is CoverageState.FULL for each in known):
        known = [*older(store, kpi, calendar, as_of), *known]
    return between(known, calendar)
