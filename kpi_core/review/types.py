"""The words of a review: what is on its agenda, what a KPI looked like, what was decided, who does what by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Topic(StrEnum):
    """Why a KPI is where it is on the agenda, in the agenda's order."""

    OPEN_ACTIONS = "open actions"
    REAL_CHANGE = "real change"
    OFF_TARGET = "off target"
    OVERDUE = "overdue"
    AT_RISK = "at risk"
    REST = "the rest"


class Decision(StrEnum):
    """What is decided about a KPI."""

    KEEP = "keep"
    ACT = "act"
    CHANGE_TARGET = "change target"
    CHANGE_KPI = "change KPI"
    ACCEPT = "accept until"
    RETIRE = "retire"


class Progress(StrEnum):
    """How far an action is."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Action:
    """What one person does about a KPI by a day.

    `made`: the day it was agreed; `review`: the number of the review that agreed it, None outside one. Closed on
    `closed` with a `result` where it is done, or a reason in it where it is `dropped`. `id` is 0 until it is stored.
    """

    kpi_id: int
    what: str
    owner: str
    due: date
    made: date
    review: int | None = None
    closed: date | None = None
    result: str = ""
    dropped: bool = False
    id: int = 0


@dataclass(frozen=True)
class AgendaItem:
    """One KPI of the agenda, and the sentence why it is there; the sentence goes on from its name."""

    kpi_id: int
    name: str
    topic: Topic
    why: str


@dataclass(frozen=True)
class Look:
    """What a KPI looked like, in words, frozen. `status` is the word of its badge's kind; `word` is what it says."""

    status: str = ""
    word: str = ""
    actual: str = ""
    period: str = ""
    target: str = ""
    sentence: str = ""
    signal: str = ""
    outlook: str = ""


@dataclass(frozen=True)
class Item:
    """What was said about one KPI in a review. `decision` None: it was only looked at.

    `said`: the decision with its details in words. `change`: the entry of the log that the decision made, by which it
    is taken back; None where it made none.
    """

    kpi_id: int
    name: str
    day: date
    look: Look
    cause: str = ""
    decision: Decision | None = None
    said: str = ""
    change: int | None = None

    @property
    def is_written(self) -> bool:
        """Whether something was said; else it was only looked at."""
        return bool(self.cause or self.decision)


@dataclass(frozen=True)
class Agreed:
    """An action as it stood when the review ended."""

    kpi: str
    what: str
    owner: str
    due: date
    state: str
    """In words: "open, due 12 December" or "done 3 November: it works"."""
    new: bool = False
    """It was agreed in this review."""


@dataclass(frozen=True)
class Review:
    """A review. `finished` None: it still goes on. `agreed`: its actions as they stood at its end.

    `business`: whose numbers these were.
    """

    day: date
    people: str
    agenda: tuple[AgendaItem, ...]
    finished: date | None = None
    agreed: tuple[Agreed, ...] = ()
    business: str = ""
    id: int = 0


@dataclass(frozen=True)
class Addition:
    """A correction of a finished review: an addition with its own day."""

    day: date
    text: str
    who: str = ""
    id: int = 0


@dataclass(frozen=True)
class Plan:
    """When the next review is: a day and a time of that day as `HH:MM`, and for how many minutes."""

    day: date
    time: str = "09:00"
    minutes: int = 30


@dataclass(frozen=True)
class Due:
    """The days `next_from` to `by`, both included, in which values are to be looked at again.

    `last`: when they were; None: never.
    """

    by: date
    next_from: date
    last: date | None = None
