"""Defining a KPI: what can be picked, what the checklist says, saving, finishing a draft, retiring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.actual.formula import check_cycle, inputs
from kpi_core.business import Business
from kpi_core.catalogue import by_key
from kpi_core.checklist import Finding, check_kpi, fails
from kpi_core.definition import key_of
from kpi_core.definition.check import check_target
from kpi_core.definition.fit import refuse_unfit_text
from kpi_core.definition.words import describe
from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.recipe import shipped
from kpi_core.kpi import Goal, Kpi, State, Tier
from kpi_core.period import period_name
from kpi_core.service.currencies import refuse_mixed
from kpi_core.service.drafts import drafts
from kpi_core.service.facts import facts_of, newest_periods
from kpi_core.service.meanwhile import OpenedOn, merged, merged_target
from kpi_core.service.ready import ReadyChoice, from_ready
from kpi_core.service.recolouring import note_changes, seen
from kpi_core.service.sixth import make_room
from kpi_core.service.statements import line_column
from kpi_core.service.targeting import correct_past
from kpi_core.source import Column, Recipe
from kpi_core.store import actuals, sources
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import add_kpi, edit_kpi, reopen_kpi, retire_kpi
from kpi_core.store.definitions.goals import add_goal, goals
from kpi_core.store.definitions.kpis import get_kpi, kpis, was_on_board
from kpi_core.store.definitions.targets import add_target, stored_targets, take_back_target, targets
from kpi_core.store.glance import row_count, texts_of
from kpi_core.store.histories import worked_out
from kpi_core.unit import format_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kpi_core.actual import Actual
    from kpi_core.store.data_file import Store
    from kpi_core.target import Target

__all__ = [
    "OpenedOn",
    "Options",
    "ReadyChoice",
    "Review",
    "SourceChoice",
    "finished",
    "from_ready",
    "opened",
    "options",
    "reopen",
    "retire",
    "review",
    "said",
    "save",
    "star_beside",
    "texts",
]

LATEST = 6
"""Periods whose values are shown while a KPI is defined."""


@dataclass(frozen=True)
class SourceChoice:
    """A source whose columns can be picked."""

    name: str
    columns: tuple[Column, ...]
    rows: int
    amount: str | None = None
    """The column that was picked as the amount that counts."""
    lines: str | None = None
    """The column of the lines of a statement, of which one has to be chosen."""


@dataclass(frozen=True)
class Options:
    """Everything the form can offer."""

    business: Business
    goals: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    sources: tuple[SourceChoice, ...]
    ready: tuple[ReadyChoice, ...]


@dataclass(frozen=True)
class Review:
    """What the app says of a draft: findings, its values in words and in numbers, and whether it may go on the board.

    `refusal` is the sentence of a contradiction, "" where there is none.
    """

    findings: tuple[Finding, ...]
    words: str
    values: tuple[tuple[str, str], ...]
    refusal: str = ""

    @property
    def ready(self) -> bool:
        """Tell whether nothing keeps it a draft."""
        return not fails(self.findings) and not self.refusal


def options(data_file: Path) -> Options:
    """Gather what the form can offer."""
    with open_store(data_file) as store:
        stored = sources.list_sources(store)
        choices = tuple(_choice(store, each) for each in stored)
        loaded = {each.recipe.name: each.name for each in stored}
        # A loaded source's own recipe last: it calls the columns as the owner's file does
        recipes = {recipe.name: recipe for recipe in shipped()} | {each.recipe.name: each.recipe for each in stored}
        ready = tuple(
            ReadyChoice(loaded.get(recipe.name, recipe.name), each, recipe.name in loaded)
            for recipe in sorted(recipes.values(), key=lambda one: (one.name not in loaded, one.name))
            for each in recipe.ready
        )
        return Options(read_business(store), tuple(goal.name for goal in goals(store)), kpis(store), choices, ready)


def _choice(store: Store, source: sources.Source) -> SourceChoice:
    columns = sources.columns(store, source.id)
    amount = next(iter(source.recipe.values), None)
    return SourceChoice(source.name, columns, row_count(store, source.id), amount, line_column(columns))


def texts(data_file: Path, source: str, column: str) -> tuple[str, ...]:
    """List the different texts of a column, the commonest first."""
    with open_store(data_file) as store:
        return texts_of(store, sources.find_source(store, source).id, column)


def opened(data_file: Path, kpi_id: int) -> tuple[Kpi, Target | None]:
    """Read a KPI to edit it, with the newest row of its target history."""
    with open_store(data_file) as store:
        rows = targets(store, kpi_id).rows
        return get_kpi(store, kpi_id), rows[-1] if rows else None


def review(data_file: Path, kpi: Kpi, target: Target | None, today: date) -> Review:
    """Ask the checklist about a draft and work its newest values out; nothing is written."""
    with open_store(data_file) as store:
        business = read_business(store)
        facts = facts_of(store, kpi, target, today)
        refusal = ""
        values: tuple[tuple[str, str], ...] = ()
        try:
            if target is not None:
                check_target(kpi, target, business.style)
            check_cycle(kpi.name, kpi.values, {each.name: each.values for each in kpis(store)})
            # What cannot be added up has no figure, only the finding that says why
            if len(facts.source_currencies) <= 1 and not facts.open_lines:
                newest = newest_periods(business.calendar, kpi.cadence, today, LATEST)
                values = _values(kpi, worked_out(store, kpi, newest), business, today)
        except RefusedDefinition as error:
            refusal = f"{error.sentence} {error.hint}".strip()
        return Review(check_kpi(kpi, facts), describe(kpi.values), values, refusal)


def _values(kpi: Kpi, newest: Sequence[Actual], business: Business, today: date) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            period_name(actual.period, business.calendar, today),
            format_value(actual.value, kpi.unit, business.style, kpi.decimals)
            if actual.value is not None
            else actual.reason or actual.coverage.value,
        )
        for actual in newest
    )


def star_beside(kpis: Iterable[Kpi], kpi_id: int) -> Kpi | None:
    """Find the KPI that is the North Star beside the one of this number; a retired one is none any more."""
    others = (kpi for kpi in kpis if kpi.id != kpi_id and kpi.state is not State.RETIRED)
    return next((kpi for kpi in others if kpi.north_star), None)


def save(  # noqa: PLR0913 -- a KPI, its target and what is said of the change
    data_file: Path,
    kpi: Kpi,
    target: Target | None,
    now: datetime,
    why: str = "",
    since: date | None = None,
    *,
    goes: int = 0,
    takes_star: bool = False,
    opened_on: OpenedOn | None = None,
) -> Kpi:
    """Keep a KPI: on the board where nothing keeps it a draft, else as a draft.

    One that is active or retired stays so. A changed target counts from the next period on; `since` a past day it
    corrects the past, and the log says which colours moved. `goes` is the KPI that becomes a health metric to make room
    for this one. `takes_star`: it is the North Star instead of the one that is. `opened_on`: what the form was filled
    with; what was saved elsewhere since stays.

    Raises:
        RefusedDefinition: it contradicts itself, its name is taken, a changed target has no reason, an active
            one would add money of several currencies up, or the same thing was changed differently elsewhere.
    """
    with open_store(data_file) as store, store.writing():
        before, by = seen(store), By(now, read_business(store).person, why)
        if opened_on is not None and kpi.id:
            kpi, target = _since_opened(store, kpi, target, opened_on)
        _expect_sources(store, kpi, now)
        kpi = _without_suggestion(store, kpi)
        star = star_beside(kpis(store), kpi.id) if takes_star and kpi.north_star else None
        if star is not None:
            edit_kpi(store, replace(star, north_star=False), By(now, by.who, f"{kpi.name} is the North Star now"))
        ready = not fails(check_kpi(kpi, facts_of(store, kpi, target, now.date())))
        settled = kpi.id and kpi.state is not State.DRAFT
        kept = kpi if settled else replace(kpi, state=State.ACTIVE if ready else State.DRAFT)
        refuse_mixed(store, kept)
        if kept.goal and kept.goal not in {goal.name for goal in goals(store)}:
            add_goal(store, Goal(kept.goal), by)
        never_judged = bool(kpi.id) and kpi.state is State.DRAFT and not was_on_board(store, kpi.id)
        if kept.id:
            edit_kpi(store, kept, by)
        else:
            kept = add_kpi(store, kept, by)
        if never_judged:
            _forget_targets(store, kpi.id, target, by)
        _save_target(store, kept, target, by, since)
        if goes and kept.state is State.ACTIVE:
            make_room(store, goes, kept.name, by)
        actuals.refresh(store)
        note_changes(store, before, now)
        return get_kpi(store, kept.id)


def _since_opened(store: Store, kpi: Kpi, target: Target | None, opened_on: OpenedOn) -> tuple[Kpi, Target | None]:
    """Put a form on top of what was saved since it was opened."""
    rows = targets(store, kpi.id).rows
    newest = rows[-1] if rows else None
    before, now = (None if each is None else said(each) for each in (opened_on.target, newest))
    after = merged(kpi, opened_on.kpi, get_kpi(store, kpi.id))
    if target is None:
        return after, None
    meant = merged_target(said(target), before, now, kpi.name)
    return after, newest if meant == now else target


def _expect_sources(store: Store, kpi: Kpi, now: datetime) -> None:
    """Name the sources of a ready-made KPI whose file is still to come, so that it can wait for it as a draft."""
    stored = {sources.fold(each.name) for each in sources.list_sources(store)}
    known = {sources.fold(recipe.name): recipe.name for recipe in shipped()}
    for name in {sources.fold(measure.source) for measure in inputs(kpi.values)[0]} - stored:
        if name in known:
            sources.add_source(store, known[name], Recipe(known[name], ()), now)


def _without_suggestion(store: Store, kpi: Kpi) -> Kpi:
    """Leave out the catalogue's counter-measure while nobody tracks it: the checklist goes on suggesting it."""
    entry = by_key(kpi.catalogue_key)
    counter = by_key(entry.counter_metric) if entry else None
    suggested = counter is not None and key_of(counter.name) == key_of(kpi.counter_measure)
    tracked = any(key_of(each.name) == key_of(kpi.counter_measure) for each in kpis(store))
    return replace(kpi, counter_measure="") if suggested and not tracked else kpi


def _save_target(store: Store, kpi: Kpi, target: Target | None, by: By, since: date | None) -> None:
    if target is None or kpi.tier is Tier.HEALTH_METRIC:
        return
    rows = targets(store, kpi.id).rows
    if rows and since is not None:
        correct_past(store, kpi, target, since, by)
        return
    if rows and said(rows[-1]) == said(target):
        return
    # A path drawn anew still begins to count with the next period: what it passed before today keeps its colours
    starts = max(by.now.date(), target.path_start or date.min) if rows else target.starts
    add_target(store, kpi.id, replace(target, starts=starts, reason=by.why), by)


def _forget_targets(store: Store, kpi_id: int, target: Target | None, by: By) -> None:
    """Take the targets of a draft back where another one is said: nothing was ever judged by them."""
    for row in stored_targets(store, kpi_id):
        if target is not None and said(row.target) != said(target):
            take_back_target(store, row.id, by)


def said(target: Target) -> Target:
    """Strip a target row to what the owner said: from when and why are not part of it."""
    return replace(target, starts=date.min, typed_on=None, backdated=False, reason="")


def finished(data_file: Path, today: date) -> tuple[Kpi, ...]:
    """List the drafts that nothing keeps drafts any more, such as one whose file has come in."""
    return tuple(each.kpi for each in drafts(data_file, today) if not each.fails)


def retire(data_file: Path, kpi_id: int, reason: str, now: datetime) -> None:
    """Take a KPI off the board with a reason; its values and history stay.

    Raises:
        RefusedDefinition: no reason is given, or it is too long.
    """
    refuse_unfit_text(reason.strip(), "The reason")
    with open_store(data_file) as store:
        retire_kpi(store, kpi_id, reason, By(now, read_business(store).person, reason))


def reopen(data_file: Path, kpi_id: int, now: datetime, goes: int = 0) -> None:
    """Bring a retired KPI back. `goes` is the KPI that becomes a health metric to make room for it.

    Raises:
        RefusedDefinition: its rows hold money of several currencies by now.
    """
    with open_store(data_file) as store, store.writing():
        by = By(now, read_business(store).person)
        reopen_kpi(store, kpi_id, by)
        refuse_mixed(store, get_kpi(store, kpi_id))
        if goes:
            make_room(store, goes, get_kpi(store, kpi_id).name, by)
        actuals.refresh(store)
