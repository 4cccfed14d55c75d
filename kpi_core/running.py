"""The running period's own line, "so far": never coloured, never counted.

Every interval is half-open, `[start, end)`. A day is complete once it is over *and* the data speaks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.period import Period
from kpi_core.source import Covers

if TYPE_CHECKING:
    from collections.abc import Mapping

PROFILE_DAYS = 56
"""Days before the running period that its weekday profile is made from: eight of each weekday."""


@dataclass(frozen=True)
class DailyValues:
    """What each day added; a covered day without an entry added nothing, another day is missing."""

    values: Mapping[date, Fraction] = field(default_factory=dict)
    covers: tuple[Covers, ...] = ()


@dataclass(frozen=True)
class SoFar:
    """What is known of a KPI's running period, each value by the KPI's own aggregate.

    `value` over the complete days `[period.start, until)`; `last_period` and `last_year` over the ranges that
    `same_days` names. `daily` only for sums with daily rows: the running period and the PROFILE_DAYS before it.
    """

    period: Period
    until: date
    value: Fraction | None
    last_period: Fraction | None = None
    last_year: Fraction | None = None
    adds_up: bool = False
    """Whether days add up to the period (sum, count): only then is there a pace."""
    daily: DailyValues | None = None


@dataclass(frozen=True)
class Running:
    """The running period's own line; never coloured."""

    period: Period
    so_far: Fraction | None
    elapsed_share: Fraction
    too_early: bool
    expected_by_now: Fraction | None = None
    needed_per_day: Fraction | None = None
    same_days_last_period: Fraction | None = None
    same_days_last_year: Fraction | None = None
    at_risk: bool | None = None
    data_until: date | None = None
    sentence: str = ""
