"""What the checklist asks with and answers in: facts in, findings out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.catalogue import CatalogueKpi
from kpi_core.kpi import Kpi
from kpi_core.target import Target


class Verdict(StrEnum):
    """What a question comes to."""

    PASS = "pass"  # noqa: S105 -- a verdict, no password
    WARN = "warn"
    FAIL = "fail"


class Topic(StrEnum):
    """What the questions are gathered under; the A of SMART has both its meanings."""

    SPECIFIC = "Specific"
    MEASURABLE = "Measurable"
    ATTAINABLE = "Attainable"
    ACTIONABLE = "Actionable"
    RELEVANT = "Relevant"
    TIME_BOUND = "Time-bound"
    OWNER = "Owner"
    HARD_TO_GAME = "Hard to game"
    BOARD = "The whole board"


@dataclass(frozen=True)
class Remedy:
    """What one click would set: a field of the KPI and its new value."""

    label: str
    field: str
    value: object


@dataclass(frozen=True)
class Finding:
    """One question's answer, with its evidence in a sentence."""

    id: str
    topic: Topic
    verdict: Verdict
    sentence: str
    remedy: Remedy | None = None


@dataclass(frozen=True)
class Facts:
    """What the checklist may know besides the KPI itself. No history is needed for any of it.

    `source_rows`: rows of the sources its values come from, or typed values, so far; None: the source is not there.
    `source_currencies`: of the money that is added up, as far as the files say.
    """

    today: date
    target: Target | None = None
    latest: Fraction | None = None
    source_rows: int | None = 0
    source_currencies: tuple[str, ...] = ()
    beside: tuple[Kpi, ...] = ()
    """The other KPIs and health metrics that are not retired."""
    catalogue: CatalogueKpi | None = None
