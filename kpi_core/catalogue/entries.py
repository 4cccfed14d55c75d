"""What the catalogue holds: KPIs, goals, and numbers that are no KPIs, read from `data/catalogue/*.tsv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kpi_core.kpi import Aggregate, Direction, LeadLag, Perspective
from kpi_core.period import Cadence
from kpi_core.unit import UnitKind

FOLDER = Path(__file__).parents[2] / "data" / "catalogue"


class Vanity(StrEnum):
    """Whether a number tends to look good without being good."""

    NO = "no"
    SOMETIMES = "sometimes"
    OFTEN = "often"


class Fault(StrEnum):
    """Why a number is not to be steered by."""

    VAGUE = "vague"
    NOT_YOURS = "not yours to move"
    VANITY = "vanity"
    EASILY_GAMED = "easily gamed"


class AddsUp(StrEnum):
    """How a catalogue KPI makes a longer period."""

    SUM = "sum"
    AVERAGE = "avg"
    LAST = "last"
    RATIO = "ratio_of_sums"


TYPED_AGGREGATE = {
    AddsUp.SUM: Aggregate.SUM,
    AddsUp.AVERAGE: Aggregate.AVERAGE,
    AddsUp.LAST: Aggregate.LAST,
    AddsUp.RATIO: Aggregate.AVERAGE,
}
"""How typed values of such a KPI add up; a typed ratio without its parts is an average of its months."""


@dataclass(frozen=True)
class CatalogueKpi:
    """One KPI of the catalogue.

    `everyday`: how an owner asks for it. `least`, `most`: what no value of its unit can leave, None where there is no
    such end. `benchmark`: what others report, never a target.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    everyday: tuple[str, ...]
    definition: str
    numerator: str
    denominator: str
    unit: UnitKind
    direction: Direction
    cadence: Cadence
    least: int | None
    most: int | None
    adds_up: AddsUp
    lead_lag: LeadLag
    perspective: Perspective
    function: str
    sectors: tuple[str, ...]
    goals: tuple[str, ...]
    csv_source: str
    gamed_by: str
    counter_metric: str
    vanity: Vanity
    benchmark: str
    benchmark_source: str
    benchmark_year: str


class How(StrEnum):
    """How the columns of an export make a KPI."""

    ADDED = "added"
    AVERAGE = "average of"
    AVERAGE_TIME = "average"
    DIFFERENT = "different"
    DIFFERENT_FIRST = "different first"
    NET_PROMOTER_SCORE = "net promoter score"


@dataclass(frozen=True)
class Headings:
    """By which headings the parts of a KPI go in exports, the likelier first, and by which texts its rows."""

    how: How
    top: tuple[str, ...]
    bottom: tuple[str, ...]
    top_rows: tuple[str, ...]
    bottom_rows: tuple[str, ...]


@dataclass(frozen=True)
class CatalogueGoal:
    """A goal of one kind of business: the question it raises and the KPIs that answer it."""

    business: str
    key: str
    name: str
    question: str
    headline: tuple[str, ...]
    health: tuple[str, ...]


@dataclass(frozen=True)
class NotAKpi:
    """A number that owners ask for and should not steer by: its fault, why, and the keys of what to use instead."""

    name: str
    aliases: tuple[str, ...]
    everyday: tuple[str, ...]
    fault: Fault
    why: str
    instead: tuple[str, ...]


def _read(file_name: str) -> list[dict[str, str]]:
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as lines:
        return [
            {key: value.strip() for key, value in row.items()}
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _end(text: str) -> int | None:
    return int(text) if text else None


def _unit(text: str) -> UnitKind:
    return UnitKind.DURATION if text.startswith("duration") else UnitKind(text)


@cache
def catalogue() -> tuple[CatalogueKpi, ...]:
    """Read every KPI of the catalogue, in its order."""
    return tuple(
        CatalogueKpi(
            key=row["key"],
            name=row["name"],
            aliases=_split(row["aliases"]),
            everyday=_split(row["everyday"]),
            definition=row["definition"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            unit=_unit(row["unit"]),
            direction=Direction(row["good_direction"]),
            cadence=Cadence(row["cadence"]),
            least=_end(row["least"]),
            most=_end(row["most"]),
            adds_up=AddsUp(row["aggregation"]),
            lead_lag=LeadLag(row["lead_lag"]),
            perspective=Perspective(row["perspective"]),
            function=row["function"],
            sectors=_split(row["sectors"]),
            goals=_split(row["goals"]),
            csv_source=row["csv_source"],
            gamed_by=row["gamed_by"],
            counter_metric=row["counter_metric"],
            vanity=Vanity(row["vanity"]),
            benchmark=row["benchmark"],
            benchmark_source=row["benchmark_source"],
            benchmark_year=row["benchmark_year"],
        )
        for row in _read("kpis.tsv")
    )


@cache
def goals() -> tuple[CatalogueGoal, ...]:
    """Read every goal of every kind of business, in the order of the file."""
    return tuple(
        CatalogueGoal(
            business=row["business"],
            key=row["goal"],
            name=row["goal_words"],
            question=row["question"],
            headline=_split(row["headline_kpis"]),
            health=_split(row["health_metrics"]),
        )
        for row in _read("goal_tree.tsv")
    )


@cache
def not_kpis() -> tuple[NotAKpi, ...]:
    """Read the numbers that are no KPIs, in the order of the file."""
    return tuple(
        NotAKpi(
            name=row["name"],
            aliases=_split(row["aliases"]),
            everyday=_split(row["everyday"]),
            fault=Fault(row["fault"]),
            why=row["why"],
            instead=_split(row["instead"]),
        )
        for row in _read("not_kpis.tsv")
    )


@cache
def joining_words() -> frozenset[str]:
    """Read the words that only join others and tell nothing about which number is meant."""
    return frozenset((FOLDER / "joining_words.txt").read_text("utf-8").split())


@cache
def same_words() -> tuple[tuple[str, ...], ...]:
    """Read the words that owners use for one another, a set a line."""
    lines = (FOLDER / "same_words.txt").read_text("utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


@cache
def _headings() -> dict[str, Headings]:
    def words(text: str) -> tuple[str, ...]:
        return tuple(filter(None, text.split("|")))

    return {
        row["key"]: Headings(
            how=How(row["how"] or How.ADDED),
            top=words(row["top"]),
            bottom=words(row["bottom"]),
            top_rows=words(row["top_rows"]),
            bottom_rows=words(row["bottom_rows"]),
        )
        for row in _read("column_words.tsv")
    }


def headings_of(key: str) -> Headings | None:
    """Say by which headings the parts of a KPI go; None where the catalogue does not know any."""
    return _headings().get(key)


@cache
def _names() -> dict[tuple[str, str], str]:
    return {(row["kind"], row["key"]): row["name"] for row in _read("names.tsv")}


def name_of(kind: str, key: str) -> str:
    """Name a function or a sector in plain words; one that has no name goes by its key."""
    return _names().get((kind, key), key.replace("_", " ").capitalize())


def function_names() -> tuple[str, ...]:
    """Name the functions of a business in plain words."""
    return tuple(name for (kind, _), name in _names().items() if kind == "function")


def goal_names() -> tuple[str, ...]:
    """List the goals in plain words, each once."""
    return tuple(dict.fromkeys(goal.name for goal in goals()))


def by_key(key: str | None) -> CatalogueKpi | None:
    """Look a KPI up by its key; None when the catalogue has none of that key."""
    return next((entry for entry in catalogue() if entry.key == key), None)
