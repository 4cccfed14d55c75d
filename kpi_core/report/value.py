"""What a report holds: the board's own cards with what is said beside them. Nothing is judged here a second time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from kpi_core.board import BoardRow
from kpi_core.board.past import PastPeriod
from kpi_core.kpi import Tier
from kpi_core.signals import SignalState
from kpi_core.status import Status
from kpi_core.target import target_number
from kpi_core.unit import NumberStyle


@dataclass(frozen=True)
class Told:
    """A KPI, and a sentence that goes on from its name or stands beside it."""

    kpi: str
    sentence: str


@dataclass(frozen=True)
class ReportAction:
    """Something that is done about a KPI. `state`: in a word or two, "open" or "done"; `due` None: no day was named."""

    kpi: str
    what: str
    owner: str
    due: date | None
    state: str


@dataclass(frozen=True)
class ReportRow:
    """One KPI: its card as the board shows it, and where its values come from.

    `past`: all its complete periods, oldest first, holes included; only where the writer needs them.
    """

    card: BoardRow
    comes_from: str
    style: NumberStyle
    past: tuple[PastPeriod, ...] = ()

    @property
    def status(self) -> Status | None:
        """Its status; None: a health metric, which is never coloured."""
        return None if self.card.kpi.tier is Tier.HEALTH_METRIC else self.card.judgement.status

    @property
    def target(self) -> str:
        """The target's number alone, as it stands under the heading "Target"."""
        card = self.card
        if card.target is None:
            return ""
        return target_number(card.target, card.kpi.unit, self.style, card.kpi.decimals)

    @property
    def target_why(self) -> str:
        """Where the target comes from, unless its number says everything (a path, a part of a year's total)."""
        return "" if self.card.target_text in {f"Target {self.target}", self.target} else self.card.target_text

    @property
    def signal(self) -> str:
        """Whether it is really changing, in a sentence; "" where the status has said already that a value lacks."""
        return "" if self.card.signal.state is SignalState.NOT_JUDGED else self.card.signal_sentence


@dataclass(frozen=True)
class ReportGroup:
    """KPIs under one goal, with their counts in words."""

    name: str
    counts: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True)
class Report:
    """Everything that the page for partners and the bank says.

    `heading`: the day and the last complete period. `tally`: how many KPIs have each status, by its word. `changes`:
    what is really changing, each sentence going on from the KPI's name. `unknown`: what the report cannot say.
    """

    business: str
    as_of: date
    made_on: date
    heading: str
    counts: str
    tally: tuple[tuple[Status, int, str], ...]
    groups: tuple[ReportGroup, ...]
    changes: tuple[Told, ...]
    actions: tuple[ReportAction, ...]
    unknown: tuple[Told, ...]
    provenance: str
    style: NumberStyle

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """All KPIs in the order of the page."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def said_below(self) -> frozenset[str]:
        """The sentences under "What is not known", which no KPI needs to say a second time."""
        return frozenset(each.sentence for each in self.unknown)


Field = str | Fraction | int | bool | date | datetime | None
"""A cell of a table: a text, an exact number, a day, a moment, yes or no, or nothing."""


@dataclass(frozen=True)
class Table:
    """One table of everything that the data file holds, for other programs. `name`: of its file, without an ending."""

    name: str
    header: tuple[str, ...]
    rows: Iterable[tuple[Field, ...]]
