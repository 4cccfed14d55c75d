"""Is it on target? Colours of a complete, covered period, the honest greys, and their one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


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
