"""What a period can show: three colours, six honest greys, each with its shape and word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kpi_core.target import Bound


class Status(StrEnum):
    """What a KPI shows for a period; the greys in their order of precedence."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_APPLICABLE = "not applicable"
    ACCEPTED = "accepted"
    NO_TARGET = "no target"
    PARTLY_COVERED = "partly covered"
    OVERDUE = "overdue"
    NO_DATA = "no data"


class Shape(StrEnum):
    """Status is never colour alone."""

    CIRCLE = "circle"
    TRIANGLE = "triangle"
    SQUARE = "square"
    RING = "ring"


@dataclass(frozen=True)
class Judgement:
    """A status with its sentence, the words on its badge, and the gap to the target.

    `gap` is |actual - violated or nearest bound|; `gap_percent` of |bound| (None for a bound of 0).
    `amber_limit`: the last amber value (or the first red one where `limit_is_red`).
    """

    status: Status
    sentence: str
    word: str
    gap: Fraction | None = None
    gap_side: str = ""
    gap_percent: Fraction | None = None
    amber_limit: Fraction | None = None
    limit_is_red: bool = False


class Side(StrEnum):
    """Where a value lies, seen from the bound it is compared with."""

    UNDER = "under"
    AT = "at"
    OVER = "over"


@dataclass(frozen=True)
class Verdict:
    """The colour of a value with the figures of its sentence, all exact.

    `bound`: the violated bound of a range, else its nearest, or the only one. The other fields are those of
    `Judgement`.
    """

    status: Status
    bound: Bound
    gap: Fraction
    gap_side: Side
    gap_percent: Fraction | None
    amber_limit: Fraction
    limit_is_red: bool
