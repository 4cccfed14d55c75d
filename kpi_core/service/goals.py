"""From goals to a board: what was answered so far, what is proposed, and writing it down as drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import CatalogueGoal, CatalogueKpi, by_key
from kpi_core.choice import (
    BUSINESSES,
    Choice,
    Progress,
    Proposal,
    Saying,
    TypedKpi,
    goals_of,
    missing,
    propose,
    suggested_for,
    words,
)
from kpi_core.errors import RefusedDefinition
from kpi_core.goal_sentence import GoalAsk
from kpi_core.ingest.recipe import shipped
from kpi_core.kpi import Kpi, Typed
from kpi_core.service import choose
from kpi_core.service.from_sentence import FromSentence, from_sentence
from kpi_core.service.ready import blank_kpi
from kpi_core.store.data_file import open_store
from kpi_core.store.goal_progress import read_progress, write_progress

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpi_core.service.choose import Options

EXPORTS_NAMED = 3


@dataclass(frozen=True)
class Said:
    """A sentence of the owner's and what was read from it. `trouble`: an answer to it that is refused."""

    saying: Saying
    read: FromSentence
    trouble: str = ""


@dataclass(frozen=True)
class Journey:
    """Where the owner stands on the way from goals to a board.

    `goals`: those of this kind of business, in the goal tree's order. `picks`: the keys that go on the board, as
    proposed or as the owner decided, and `choice.missing` what they lack. `kept`: by key the KPI or health metric that
    was written down for it.
    """

    progress: Progress
    goals: tuple[CatalogueGoal, ...]
    said: tuple[Said, ...]
    choice: Choice
    picks: tuple[str, ...]
    kept: Mapping[str, Kpi]
    options: Options

    @property
    def picked_goals(self) -> tuple[CatalogueGoal, ...]:
        """List the goals that were picked, in the order in which they were."""
        return tuple(goal for key in self.progress.goals for goal in self.goals if goal.key == key)

    def goal_of(self, key: str) -> CatalogueGoal | None:
        """Give the first picked goal that a KPI serves."""
        proposal = next((each for each in self.choice.proposed if each.key == key), None)
        serving = proposal.goals if proposal else ()
        for goal in self.picked_goals:
            if goal.key in serving or (not serving and key in (*goal.headline, *goal.health)):
                return goal
        return None

    def purpose(self, said: Said) -> str:
        """Give the key of the goal that a sentence is for."""
        return purpose_of(said.saying, self.progress)

    def said_for(self, key: str) -> Said | None:
        """Give the sentence that a KPI was said in."""
        return next((each for each in self.said if key_said(each.read) == key), None)


def key_said(read: FromSentence) -> str:
    """Give the key under which a KPI that was said in words is picked; "" for a wish or a task."""
    return read.kpi.catalogue_key or read.kpi.name


def journey(data_file: Path) -> Journey:
    """Read where the owner stands."""
    options = choose.options(data_file)
    with open_store(data_file) as store:
        progress = read_progress(store)
    said = tuple(read_saying(each, options) for each in progress.heard)
    typed = tuple(
        TypedKpi(purpose_of(each.saying, progress), each.read.kpi.name, each.read.kpi.catalogue_key)
        for each in said
        if each.read.names_a_kpi
    )
    choice = propose(progress.business, progress.goals, data_here(options), typed)
    picks = tuple(each.key for each in choice.proposed)
    if progress.picks is not None:
        picks = progress.picks
        choice = replace(choice, missing=missing(progress.business, progress.goals, picks, typed))
    return Journey(progress, goals_of(progress.business), said, choice, picks, _kept(progress, options), options)


def purpose_of(saying: Saying, progress: Progress) -> str:
    """Give the goal that a sentence is for: the one it was typed for, or of a task the one that was answered."""
    meant = dict(saying.answers).get(GoalAsk.PURPOSE.value, "")
    return meant if meant in progress.goals else saying.goal


def read_saying(saying: Saying, options: Options, on_top_of: Kpi | None = None) -> Said:
    """Read a sentence with its answers; a present value that cannot be read counts as not given.

    Args:
        saying: the sentence.
        options: for the business's currency and number style.
        on_top_of: the KPI that the form says already; None: an empty one.
    """
    blank, business = on_top_of or blank_kpi(), options.business
    answers = dict(saying.answers)
    try:
        return Said(saying, from_sentence(saying.text, saying.said_on, blank, business, answers))
    except RefusedDefinition as error:
        rest = {key: answer for key, answer in answers.items() if key != "now"}
        trouble = f"{error.sentence} {error.hint}".strip()
        return Said(saying, from_sentence(saying.text, saying.said_on, blank, business, rest), trouble)


def keep(data_file: Path, progress: Progress) -> None:
    """Keep what was answered, so that the next visit goes on here."""
    with open_store(data_file) as store:
        write_progress(store, progress)


def chosen(data_file: Path, kpi_id: int) -> bool:
    """Tell whether a KPI is one of those that go through the forms one by one."""
    where = journey(data_file)
    return any(kpi.id == kpi_id for key, kpi in where.kept.items() if key in where.picks)


def purposes(data_file: Path) -> tuple[CatalogueGoal, ...]:
    """List what a task may be for: the goals that were picked, else those of this kind of business, else of any."""
    with open_store(data_file) as store:
        progress = read_progress(store)
    known = goals_of(progress.business) or goals_of(BUSINESSES[-1].key)
    return tuple(goal for goal in known if goal.key in progress.goals) or known


def data_here(options: Options) -> frozenset[str]:
    """List the catalogue's KPIs that the files which were added can feed."""
    loaded = {each.ready.catalogue_key for each in options.ready if each.loaded}
    fed = {kpi.catalogue_key for kpi in options.kpis if not isinstance(kpi.values, Typed)}
    return frozenset(key for key in loaded | fed if key)


def feeds(entry: CatalogueKpi, options: Options) -> str:
    """Say which export feeds a KPI: a file that is here, kinds of file that need no set-up, else in plain words."""
    here = [each.source for each in options.ready if each.loaded and each.ready.catalogue_key == entry.key]
    if here:
        return f"{here[0]}, which you have added."
    known = [recipe.name for recipe in shipped() if any(each.catalogue_key == entry.key for each in recipe.ready)]
    source = entry.csv_source[:1].upper() + entry.csv_source[1:]
    if not known:
        return f"{source}."
    named = ", ".join(known[:EXPORTS_NAMED])
    return f"{source}; read by themselves: {named}{' and more' if len(known) > EXPORTS_NAMED else ''}."


def swaps(where: Journey, key: str) -> tuple[CatalogueKpi, ...]:
    """List what can take the place of a picked KPI: first the lists of its goals, then their health metrics."""
    goal = where.goal_of(key)
    picked = where.picked_goals if goal is None else (goal, *(each for each in where.picked_goals if each != goal))
    keys = dict.fromkeys(
        [*(each.key for one in picked for each in suggested_for(one.business, one.key)),
         *(health for one in picked for health in one.health)]
    )  # fmt: skip
    entries = (by_key(each) for each in keys if each not in where.picks)
    return tuple(entry for entry in entries if entry is not None)


def proposal_of(where: Journey, key: str) -> Proposal:
    """Give the card of a picked KPI: the proposal, or what the owner took instead."""
    proposal = next((each for each in where.choice.proposed if each.key == key), None)
    if proposal is not None:
        return proposal
    entry, goal = by_key(key), where.goal_of(key)
    here = key in data_here(where.options)
    return Proposal(entry.name if entry else key, entry, (goal.key,) if goal else (), words.TAKEN, data_here=here)


def _kept(progress: Progress, options: Options) -> dict[str, Kpi]:
    by_id = {kpi.id: kpi for kpi in options.kpis}
    return {key: by_id[number] for key, number in progress.settled if number in by_id}


@dataclass(frozen=True)
class Offer:
    """A health metric that is offered. `guards`: it would show whether a picked KPI only looks good."""

    entry: CatalogueKpi
    reason: str
    guards: bool = False


def offers(where: Journey) -> tuple[Offer, ...]:
    """List the health metrics that go with what was picked, those that guard a KPI first."""
    picked = [entry for key in where.picks if (entry := by_key(key))]
    found: dict[str, Offer] = {}
    for entry in picked:
        guard = by_key(entry.counter_metric)
        if guard is not None:
            found.setdefault(guard.key, Offer(guard, words.shields(entry.name), guards=True))
    for beside in where.choice.beside:
        found.setdefault(beside.entry.key, Offer(beside.entry, beside.reason))
    for proposal in where.choice.proposed:
        if proposal.entry is not None:
            found.setdefault(proposal.key, Offer(proposal.entry, words.NOT_TAKEN))
    return tuple(offer for key, offer in found.items() if key not in where.picks)


def beside_now(where: Journey) -> tuple[str, ...]:
    """List the keys of the health metrics that are ticked: as decided, else those that guard a KPI."""
    if where.progress.beside is None:
        return tuple(offer.entry.key for offer in offers(where) if offer.guards)
    return tuple(key for key in where.progress.beside if key not in where.picks)
