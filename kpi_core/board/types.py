"""The words of the board: what one card is made from, the card, a group of cards, a line of "This week"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.actual import Actual
from kpi_core.board.misses import Misses
from kpi_core.board.shown import Shown
from kpi_core.horizon import Goal
from kpi_core.kpi import Kpi
from kpi_core.period import Period
from kpi_core.projection import Ahead
from kpi_core.running import Running, SoFar
from kpi_core.signals import NO_SIGNAL, Point, Signal
from kpi_core.status import Judgement, Status
from kpi_core.target import PeriodTarget, TargetHistory, TargetKind

if TYPE_CHECKING:
    from collections.abc import Mapping

TREND = 24
"""Periods that a card draws."""


class GroupBy(StrEnum):
    """What the board's cards are gathered under."""

    GOAL = "goal"
    PERSPECTIVE = "perspective"
    FUNCTION = "function"
    OWNER = "owner"
    LEVEL = "level"
    NOTHING = "nothing"


@dataclass(frozen=True)
class TrendPoint:
    """One of the last 24 periods, for drawing; `value` None is a gap that breaks the line."""

    period: Period
    value: float | None
    target_low: float | None = None
    target_high: float | None = None
    typed: bool = False
    stretch: float | None = None
    target_kind: TargetKind | None = None
    exception: str = ""
    """The reason of a target for this period only."""


@dataclass(frozen=True)
class KpiHistory:
    """All that one card is made from; the store fills it with key seeks.

    `actuals`: the total ("" segment) of the last TREND periods of the KPI's cadence up to the last complete
    one, by period start; where none of them is fully covered, the newest older one that is, too. A period
    without an entry is not covered. `so_far`: None where nothing of the running period is covered. `since`: the
    day the KPI came onto the board; while nothing has come in, periods that ended before it were never due, and
    without that day only the last complete one is. `baseline`: what the limits of routine variation are made of;
    `goal` and `ahead`: what the outlook is judged on and what it is, None where nothing can be said.
    """

    kpi: Kpi
    targets: TargetHistory
    actuals: Mapping[date, Actual]
    so_far: SoFar | None = None
    since: date | None = None
    baseline: tuple[Point, ...] = ()
    goal: Goal | None = None
    ahead: Ahead | None = None


@dataclass(frozen=True)
class BoardRow:
    """Everything a card shows. Texts ending in `_text` are written for the owner, in the business's number style."""

    kpi: Kpi
    period: Period | None
    period_text: str
    actual: Fraction | None
    actual_text: str
    target: PeriodTarget | None
    target_text: str
    gap_text: str
    judgement: Judgement
    trend: tuple[TrendPoint, ...] = ()
    trend_text: str = ""
    """What the drawn trend shows, for those who cannot see it: from when to when, lowest, highest, newest."""
    running: Running | None = None
    due_text: str = ""
    carried_from: Period | None = None
    """The period whose value is carried forward into this one."""
    greyed: bool = False
    """The value shown is older than it should be."""
    typed: bool = False
    reported: bool = False
    """It has a value for the last complete period."""
    counts: bool = False
    """It is one of "of m"."""
    off_for: int = 0
    """Periods in a row that are off target, the one shown included."""
    misses: Misses | None = None
    """The newest run of misses, which nothing but a period on target ends."""
    shown: Shown | None = None
    """Which period it stands for, and which one is missing."""
    notes: tuple[str, ...] = ()
    to_think: str = ""
    """The note of the checklist; "" where nothing is open."""
    signal: Signal = NO_SIGNAL
    """Whether it is really changing, beside its status, never merged into it."""
    signal_sentence: str = ""
    rebase_text: str = ""
    """Proposes to let the limits start anew; "" where there is no reason to."""
    chance: float | None = None
    """Of meeting the target on its day; None where it is too early to say, or there is none."""
    outlook: str = ""
    """Where it will be, in a sentence; "" without a target."""
    outlook_short: str = ""
    """The same in a few words; "" where there is no chance to tell."""
    goal: Goal | None = None
    ahead: Ahead | None = None
    doing: str = ""
    """The open action that is due first; "" where none is open."""


@dataclass(frozen=True)
class Rollup:
    """Counts and the weakest KPI of a group; its status is the weakest reported. No composite index."""

    on_target: int
    close: int
    off: int
    reported: int
    of: int
    status: Status | None
    weakest: str | None
    sentence: str = ""


@dataclass(frozen=True)
class Group:
    """Cards under one heading."""

    name: str
    rows: tuple[BoardRow, ...]
    rollup: Rollup


class NextStep(StrEnum):
    """What the owner can do about an item; each is a link."""

    LOOK = "look"
    ADD_DATA = "add data"
    FINISH = "finish"
    SEEN = "seen"
    REVIEW = "review"
    CHECK_UP = "check up"


THIS_WEEK: Final = "This week"


@dataclass(frozen=True)
class Attention:
    """One line of "This week": who, what is up in a sentence, and the next step."""

    kpi_id: int
    name: str
    status: Status
    sentence: str
    step: NextStep
    signal: Signal | None = None
    """The real change that the line speaks of, if it speaks of one."""


@dataclass(frozen=True)
class Board:
    """The whole board on a day."""

    as_of: date
    heading: str
    rows: tuple[BoardRow, ...]
    groups: tuple[Group, ...]
    rollup: Rollup
    attention: tuple[Attention, ...] = ()
    drafts: tuple[Kpi, ...] = ()
    health: tuple[BoardRow, ...] = ()
    greys: dict[Status, int] = field(default_factory=dict)
    star: BoardRow | None = None
    """The North Star, shown on top; it counts in its group as any other one."""
    review: str = ""
    """Which review is overdue, in a sentence; "" where none is."""
    week: str = THIS_WEEK
    """What stands above what needs attention; of a past day it names that day."""
    untidy: str = ""
    """What of the check-up is weighty, in a line; "" where nothing is."""
    left_out: str = ""
    """What a filter or a search leaves out: "4 of 9 shown". "" where everything is shown."""

    @property
    def any(self) -> bool:
        """Whether there is something to show at all."""
        return bool(self.rows or self.health or self.drafts)
