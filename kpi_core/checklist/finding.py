"""What the checklist asks with and answers in: facts in, findings out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.actual import Actual
from kpi_core.catalogue import CatalogueKpi
from kpi_core.checklist.questions import QUESTIONS, Topic
from kpi_core.kpi import Kpi
from kpi_core.period import Calendar
from kpi_core.target import Target
from kpi_core.unit import NumberStyle


class Verdict(StrEnum):
    """What a question comes to."""

    PASS = "pass"  # noqa: S105 -- a verdict, no password
    WARN = "warn"
    FAIL = "fail"


class RemedyField(StrEnum):
    """What one click can set: a field of the KPI, a number of its target, or a health metric beside it."""

    NAME = "name"
    DEFINITION = "definition"
    GOAL = "goal"
    TIER = "tier"
    SCOPE = "scope"
    CADENCE = "cadence"
    CURRENCY = "currency"
    UNIT = "unit"
    TYPED = "typed"
    """How typed values make a longer period."""
    PAY_TIED = "pay_tied"
    REVIEW_DATE = "review_date"
    BASELINE = "baseline"
    TARGET = "target"
    DEADLINE = "deadline"
    WATCH_BESIDE = "watch beside"
    """Adds the health metric of a catalogue key and names it as counter-measure."""


@dataclass(frozen=True)
class Remedy:
    """What one click would set: a field and its new value."""

    label: str
    field: RemedyField
    value: object


@dataclass(frozen=True)
class Finding:
    """One question's answer, with its evidence in a sentence.

    `quote`: the owner's own text, where words of it are the evidence, and `marked` these words. `confirm`: what the
    owner says yes to before it is kept. `echo`: another finding says the same of the same cause, so that this one
    is counted and not shown.
    """

    id: str
    verdict: Verdict
    sentence: str
    remedy: Remedy | None = None
    quote: str = ""
    marked: tuple[str, ...] = ()
    confirm: str = ""
    echo: bool = False

    @property
    def topic(self) -> Topic:
        """What the question is gathered under."""
        return QUESTIONS[self.id].topic

    @property
    def question(self) -> str:
        """The question itself."""
        return QUESTIONS[self.id].text

    @property
    def hint(self) -> str:
        """What to do about it, in a word."""
        return QUESTIONS[self.id].hint


@dataclass(frozen=True)
class Facts:
    """What the checklist may know besides the KPI itself.

    `readings`: complete periods, oldest first, from the first to the newest that has a value; a missing one stands
    among them without. `answers`: how many a reading rests on (the median of the last year's denominators); None
    where it divides nothing, or nobody knows. `typed_parts`: every typed value has its numerator and denominator.
    `source_rows`: rows of the sources its values come from, or typed values, so far; None: the source is not there.
    `source_currencies`: of the money that is added up, as far as the files say.
    """

    today: date
    target: Target | None = None
    readings: tuple[Actual, ...] = ()
    answers: Fraction | None = None
    typed_parts: bool = False
    source_rows: int | None = 0
    source_currencies: tuple[str, ...] = ()
    open_lines: tuple[str, ...] = ()
    """Lines of a statement that are added up although no line is chosen."""
    beside: tuple[Kpi, ...] = ()
    """The other KPIs and health metrics that are not retired."""
    catalogue: CatalogueKpi | None = None
    calendar: Calendar = field(default_factory=Calendar)
    style: NumberStyle = field(default_factory=NumberStyle)
