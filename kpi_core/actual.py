"""From rows to values: aggregates, formulas, coverage, typed values. Missing is never zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.period import Period
from kpi_core.source import Covers


class CoverageState(StrEnum):
    """How much of a period the data speaks for."""

    FULL = "full"
    PARTLY = "partly"
    NONE = "none"


@dataclass(frozen=True)
class Actual:
    """The value of a KPI in one period and one segment ("" is the total).

    `value` None: missing, with the `reason` where the period is covered ("no visits to divide by").
    `data_until`: last covered day where only partly covered. `typed`: a typed value wins here.
    `label` says how it was made where that matters ("average of months").
    """

    period: Period
    value: Fraction | None
    coverage: CoverageState
    segment: str = ""
    data_until: date | None = None
    reason: str = ""
    typed: bool = False
    label: str = ""
