"""The catalogue for owners: browsing it, one KPI's page, and choosing one over a source that is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core import catalogue
from kpi_core.catalogue import CatalogueKpi, NotAKpi, words
from kpi_core.catalogue.columns import Proposal, propose
from kpi_core.errors import NotFound
from kpi_core.kpi import Measure, State
from kpi_core.service.choose import texts
from kpi_core.service.ready import ReadyChoice, from_catalogue, from_ready
from kpi_core.source import ColumnRole, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.service.choose import Options, SourceChoice

FEW = 12
"""A column of so many different texts may tell rows apart; one of more holds names or notes."""


@dataclass(frozen=True)
class Filters:
    """What the catalogue can be browsed by: key and name each, in the order of the catalogue."""

    functions: tuple[tuple[str, str], ...]
    perspectives: tuple[str, ...]
    sectors: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """What is asked of the catalogue; "" and None: all."""

    text: str = ""
    function: str | None = None
    perspective: str | None = None
    sector: str | None = None
    goal: str | None = None


@dataclass(frozen=True)
class Found:
    """What was found: KPIs, best first where a text was given, and numbers of that name to keep away from."""

    kpis: tuple[CatalogueKpi, ...]
    warnings: tuple[NotAKpi, ...]


@dataclass(frozen=True)
class Offer:
    """One way to make a KPI from a source that is there.

    `ready`: the recipe knows how, exactly. Else it is proposed from the headings: `lines` say what for each part, and
    `whole` whether no part is left open.
    """

    source: str
    ready: ReadyChoice | None
    lines: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Page:
    """Everything the page of one KPI shows. `feeds`: recipes that offer it ready-made, their file not here yet."""

    entry: CatalogueKpi
    facts: tuple[tuple[str, str], ...]
    goals: tuple[str, ...]
    gaming: str
    counter: CatalogueKpi | None
    vanity: str
    benchmark: str
    feeds: tuple[str, ...]
    offers: tuple[Offer, ...]
    defined: tuple[Kpi, ...]


@dataclass(frozen=True)
class Start:
    """What the form begins with: the KPI as far as it is known, what to check, and the parts still open (0-based)."""

    kpi: Kpi
    notes: tuple[str, ...] = ()
    parts: tuple[Measure | None, ...] = ()


def filters() -> Filters:
    """List what the catalogue can be browsed by."""
    entries = catalogue.catalogue()
    functions = dict.fromkeys(entry.function for entry in entries)
    sectors = dict.fromkeys(sector for entry in entries for sector in entry.sectors)
    goals = {goal.key: goal.name for goal in catalogue.goals()}
    return Filters(
        tuple((key, catalogue.name_of("function", key)) for key in functions),
        tuple(dict.fromkeys(entry.perspective.value for entry in entries)),
        tuple((key, catalogue.name_of("sector", key)) for key in sectors if key != ANY),
        tuple(goals.items()),
    )


ANY = "all"
"""The sector of a KPI that fits any business."""


def browse(asked: Asked) -> Found:
    """Find KPIs by text and by what they are; a KPI for any business is one for every sector."""
    text = asked.text.strip()
    kpis = catalogue.find(text) if text else catalogue.catalogue()
    kept = tuple(entry for entry in kpis if _is(entry, asked))
    return Found(kept, catalogue.find_not_kpis(text))


def _is(entry: CatalogueKpi, asked: Asked) -> bool:
    return (
        asked.function in {None, entry.function}
        and asked.perspective in {None, entry.perspective.value}
        and (asked.sector is None or asked.sector in entry.sectors or ANY in entry.sectors)
        and (asked.goal is None or asked.goal in entry.goals)
    )


def page(data_file: Path, key: str, options: Options) -> Page:
    """Gather the page of one KPI.

    Raises:
        NotFound: the catalogue has none of that key.
    """
    entry = find(key)
    ready = [choice for choice in options.ready if choice.ready.catalogue_key == key]
    loaded = {choice.source for choice in ready if choice.loaded}
    offers = [_ready_offer(choice) for choice in ready if choice.loaded]
    offers += [
        offer
        for source in options.sources
        if source.name not in loaded and source.rows and (offer := _proposed_offer(data_file, entry, source))
    ]
    return Page(
        entry=entry,
        facts=words.facts(entry),
        goals=words.goal_names_of(entry),
        gaming=words.gaming(entry),
        counter=catalogue.by_key(entry.counter_metric),
        vanity=words.VANITY[entry.vanity],
        benchmark=words.benchmark(entry),
        feeds=tuple(dict.fromkeys(choice.source for choice in ready if not choice.loaded)),
        offers=tuple(offers),
        defined=tuple(kpi for kpi in options.kpis if kpi.catalogue_key == key and kpi.state is not State.RETIRED),
    )


def find(key: str) -> CatalogueKpi:
    """Look a KPI of the catalogue up.

    Raises:
        NotFound: the catalogue has none of that key.
    """
    entry = catalogue.by_key(key)
    if entry is None:
        sentence = f"The catalogue has no KPI '{key}'."
        raise NotFound(sentence, "Look for it by its name.")
    return entry


def _ready_offer(choice: ReadyChoice) -> Offer:
    lines = (f"{choice.ready.name}, ready-made.", choice.ready.includes)
    return Offer(choice.source, choice, tuple(filter(None, lines)), whole=True)


def _proposed_offer(data_file: Path, entry: CatalogueKpi, source: SourceChoice) -> Offer | None:
    proposal = _propose(data_file, entry, source)
    if proposal is None or not proposal.found:
        return None
    return Offer(source.name, None, _lines(proposal), whole=proposal.values is not None)


def _propose(data_file: Path, entry: CatalogueKpi, source: SourceChoice) -> Proposal | None:
    telling = {
        column.name: found
        for column in source.columns
        if column.type in {ColumnType.TEXT, ColumnType.BOOLEAN}
        and column.role not in {ColumnRole.PERSONAL, ColumnRole.KEY}
        and len(found := texts(data_file, source.name, column.name)) <= FEW
    }
    return propose(entry, source.name, source.columns, telling)


def _lines(proposal: Proposal) -> tuple[str, ...]:
    def line(what: str, why: str) -> str:
        return f"{what[:1].upper()}{what[1:]}: {why[:1].lower() if why[:1].isalpha() else why[:1]}{why[1:]}"

    texts = (line(part.what, part.why) for part in proposal.parts)
    return tuple(text if text.endswith(".") else f"{text}." for text in texts)


def start(data_file: Path, key: str, source: str | None, options: Options, blank: Kpi) -> Start:
    """Begin a KPI of the catalogue: over a source as its recipe knows it or as its headings propose, else empty.

    Whatever is proposed is said, to be checked; a part that is not sure is left open for the owner to pick.

    Raises:
        NotFound: the catalogue has none of that key.
    """
    entry = find(key)
    own = options.business.currency
    kpi = from_catalogue(entry, blank, own)
    ready = _ready_of(options.ready, key, source)
    if ready is not None:
        return Start(from_ready(ready, blank, own))
    stored = next((each for each in options.sources if each.name == source), None)
    proposal = None if stored is None else _propose(data_file, entry, stored)
    if proposal is None or not proposal.found:
        return Start(kpi)
    head = f"Proposed from the headings of {proposal.source}; check it before you save."
    notes = (head, *_lines(proposal))
    if proposal.values is not None:
        return Start(replace(kpi, values=proposal.values), notes)
    return Start(kpi, notes, tuple(part.measure for part in proposal.parts))


def _ready_of(choices: Iterable[ReadyChoice], key: str, source: str | None) -> ReadyChoice | None:
    return next((each for each in choices if each.source == source and each.ready.catalogue_key == key), None)
