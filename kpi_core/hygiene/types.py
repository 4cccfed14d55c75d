"""The words of the check-up: what is looked at, what is found, and what one click can do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from kpi_core.checklist import Facts, Remedy, Verdict
from kpi_core.kpi import Kpi
from kpi_core.target import TargetHistory


class Matter(StrEnum):
    """What a finding is about, in the order in which they are shown."""

    BOARD = "the board as a whole"
    TWINS = "the same number twice"
    NUMBERS = "the numbers themselves"
    TARGETS = "targets"
    PURPOSE = "what it is for"
    PEOPLE = "whose it is"
    GAMING = "looking good without being good"
    LOOKING = "looked at again"


class Rule(StrEnum):
    """What the check-up looks for. Those of a letter and a digit are questions of the checklist, asked again."""

    TOO_MANY = "B1"
    ONE_KIND = "B2"
    ONE_SIDED = "B3"
    VANITY = "R4"
    NO_GOAL = "R1"
    NO_OWNER = "O1"
    GAMEABLE = "G1"
    PAY = "G2"
    STALE = "T3"
    LOOK_AGAIN = "T4"
    NO_SOURCE = "M3"
    DEADLINE = "T1"
    ALWAYS_GREEN = "always green"
    ALWAYS_RED = "always red"
    TWIN = "twin"
    NEVER_REVIEWED = "never reviewed"

    @property
    def matter(self) -> Matter:
        """What it is about."""
        return MATTERS[self]


MATTERS: Final = {
    Rule.TOO_MANY: Matter.BOARD,
    Rule.ONE_KIND: Matter.BOARD,
    Rule.ONE_SIDED: Matter.BOARD,
    Rule.TWIN: Matter.TWINS,
    Rule.NO_SOURCE: Matter.NUMBERS,
    Rule.STALE: Matter.NUMBERS,
    Rule.DEADLINE: Matter.TARGETS,
    Rule.ALWAYS_RED: Matter.TARGETS,
    Rule.ALWAYS_GREEN: Matter.TARGETS,
    Rule.NO_GOAL: Matter.PURPOSE,
    Rule.VANITY: Matter.PURPOSE,
    Rule.NO_OWNER: Matter.PEOPLE,
    Rule.PAY: Matter.GAMING,
    Rule.GAMEABLE: Matter.GAMING,
    Rule.NEVER_REVIEWED: Matter.LOOKING,
    Rule.LOOK_AGAIN: Matter.LOOKING,
}


class Deed(StrEnum):
    """What a remedy does, or where it leads."""

    HEALTH = "make it a health metric"
    RETIRE = "retire it"
    OWNER = "set its owner"
    GOAL = "set its goal"
    WATCH = "watch a number of the catalogue beside it"
    COUNTER = "name the number watched beside it"
    UNTIE_PAY = "no pay is tied to it"
    REVIEW_DATE = "set the day to look again"
    DEADLINE = "set a new deadline"
    TO_FORM = "open its form"
    TO_DATA = "add data"
    TO_TYPING = "fill in its numbers"
    TO_CATALOGUE = "look in the catalogue"
    TO_REVIEW = "go to the review"

    @property
    def leads(self) -> bool:
        """Whether it opens a page, where the rest is done."""
        return self in {Deed.TO_FORM, Deed.TO_DATA, Deed.TO_TYPING, Deed.TO_CATALOGUE, Deed.TO_REVIEW}


@dataclass(frozen=True)
class Cure:
    """What can be done about a finding in one click, or in one click and a few words.

    `kpis`: numbers of the KPIs that it changes; several where the owner picks some of them by `choices`. `value`: what
    it sets, where that is known: a day, a catalogue key. `asks`: what has to be said first, "" where nothing;
    `choices`: what it can be, empty for any words; `many`: several of them may be picked; `words`: what stands in the
    field to begin with. `filled`: what the form that it opens is filled with.
    """

    deed: Deed
    label: str
    kpis: tuple[int, ...] = ()
    value: date | str | None = None
    asks: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False
    words: str = ""
    filled: Remedy | None = None


@dataclass(frozen=True)
class Untidy:
    """One finding: what is untidy about the portfolio, with its evidence.

    `kpis`: numbers of whom it is about, none for the whole board; `names` theirs. `evidence`: labels with numbers and
    dates. `severity`: FAIL is weighty, WARN is worth a thought; a PASS is no finding.
    """

    rule: Rule
    severity: Verdict
    sentence: str
    hint: str = ""
    kpis: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    cures: tuple[Cure, ...] = ()

    @property
    def id(self) -> str:
        """By what it is known on another day: the rule and whom it is about."""
        return ":".join((self.rule.value.replace(" ", "-"), *map(str, self.kpis)))


@dataclass(frozen=True)
class Looked:
    """One active KPI as the check-up sees it.

    `facts` are what the checklist is told, the newest target row among them; its readings are the newest complete
    periods, oldest first, as many as `LOOKED_BACK`. `columns`: the columns that its value is made of, with their
    sources; empty where it is typed. `since`: the day on which it was first defined. `last_reviewed`: the day on which
    its value was last gone through in a review; another thing than `kpi.review_date`, the day to look whether it still
    matters.
    """

    kpi: Kpi
    facts: Facts
    targets: TargetHistory = field(default_factory=TargetHistory)
    columns: frozenset[tuple[str, str]] = frozenset()
    since: date | None = None
    last_reviewed: date | None = None


@dataclass(frozen=True)
class Portfolio:
    """All that is looked at: the active KPIs, and the health metrics that stand beside them and are never judged."""

    today: date
    kpis: tuple[Looked, ...] = ()
    beside: tuple[Kpi, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class PutAside:
    """A finding that the owner put aside from a day up to and including another, with the reason.

    Afterwards it comes back. `id` is 0 until it is stored.
    """

    finding: str
    since: date
    until: date
    reason: str
    id: int = 0
