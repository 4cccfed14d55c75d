"""What a KPI is and where its values come from. Data only: definitions are never evaluated text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.period import Cadence
from kpi_core.source import RowFilter
from kpi_core.unit import Unit


class Tier(StrEnum):
    """A KPI has a target and a colour; a health metric is shown and trended, never coloured or counted."""

    KPI = "KPI"
    HEALTH_METRIC = "health metric"


class Perspective(StrEnum):
    """The four sides of a business."""

    FINANCIAL = "financial"
    OPERATIONAL = "operational"
    CUSTOMER = "customer"
    PEOPLE = "people"


class Level(StrEnum):
    """Whose number it is."""

    COMPANY = "company"
    DEPARTMENT = "department"
    INDIVIDUAL = "individual"


class LeadLag(StrEnum):
    """A leading number moves before the result, a lagging one tells it afterwards."""

    LEADING = "leading"
    LAGGING = "lagging"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    RANGE = "range"


class State(StrEnum):
    """Where a KPI stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Control(StrEnum):
    """How much of a number is in the owner's hands."""

    MOSTLY_US = "mostly us"
    PARTLY = "partly"
    MOSTLY_OTHERS = "mostly others"


class Aggregate(StrEnum):
    """How rows become one value, and how a longer period is made: from its rows again."""

    SUM = "sum"
    COUNT = "count"
    COUNT_DIFFERENT = "count different"
    AVERAGE = "average"
    MEDIAN = "median"
    MIN = "min"
    MAX = "max"
    LAST = "last"
    NET_PROMOTER_SCORE = "net promoter score"


class FormulaKind(StrEnum):
    """How inputs become one value, after each is aggregated over the period by itself."""

    RATIO = "ratio"
    DIFFERENCE = "difference"
    SUM = "sum"
    SHARE = "share"
    GROWTH = "growth"


class GrowthOn(StrEnum):
    """What growth compares with."""

    PERIOD_BEFORE = "period before"
    LAST_YEAR = "same period last year"


@dataclass(frozen=True)
class OneColumn:
    """The number that stands in a column."""

    column: str


@dataclass(frozen=True)
class Product:
    """Two columns multiplied, row by row (price x quantity)."""

    first: str
    second: str


@dataclass(frozen=True)
class Difference:
    """Two columns subtracted, row by row (total - refunded); a blank second counts as 0."""

    first: str
    second: str


@dataclass(frozen=True)
class Elapsed:
    """Seconds from one date column to another, row by row (created -> solved); a blank end gives no value."""

    start: str
    end: str


RowValue = OneColumn | Product | Difference | Elapsed


@dataclass(frozen=True)
class Measure:
    """An aggregate of a row value over a source, by a date column, over the rows that pass every filter.

    `value` is None only for COUNT. COUNT_DIFFERENT takes a OneColumn of any type. `date` None: a source
    without dates. `segment`: the column that splits it.
    """

    source: str
    aggregate: Aggregate
    value: RowValue | None = None
    date: str | None = None
    where: tuple[RowFilter, ...] = ()
    segment: str | None = None


@dataclass(frozen=True)
class KpiRef:
    """Another KPI, by name, as input of a formula."""

    kpi: str


@dataclass(frozen=True)
class Formula:
    """Inputs combined after aggregation. RATIO, DIFFERENCE, SHARE have two parts, SUM two or more, GROWTH one.

    `times` scales a ratio (100 makes a percent). SHARE is ratio x 100. GROWTH is in percent.
    """

    kind: FormulaKind
    parts: tuple[Measure | KpiRef | Formula, ...]
    times: Fraction = Fraction(1)
    growth_on: GrowthOn | None = None


@dataclass(frozen=True)
class Typed:
    """Values typed, pasted or filled in; `aggregate` says how they add up to a longer period."""

    aggregate: Aggregate = Aggregate.SUM


ValuesFrom = Typed | Measure | Formula


@dataclass(frozen=True)
class TypedValue:
    """A value typed for one period; it wins over a computed one until it is removed.

    `value` is None only when numerator and denominator are given. `note` says why it was typed.
    """

    kpi: str
    period_start: date
    value: Fraction | None
    segment: str = ""
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    note: str = ""


@dataclass(frozen=True)
class Goal:
    """What the owner wants, in plain words."""

    name: str
    catalogue_key: str | None = None


@dataclass(frozen=True)
class Note:
    """What happened on a day, in the owner's words, beside the trend of a KPI (by name), or of every one ("").

    `id` is 0 until it is stored; a day may have several.
    """

    day: date
    text: str
    kpi: str = ""
    id: int = 0


@dataclass(frozen=True)
class KeyResult:
    """How far a KPI, by name, is to come within an objective.

    `deadline`: the last day that counts; None: the objective's. `stretch`: more is aimed at than is expected.
    """

    kpi: str
    baseline: Fraction
    target: Fraction
    deadline: date | None = None
    stretch: bool = False


@dataclass(frozen=True)
class Objective:
    """A goal with a period and the key results that tell how far it got; `until` is its last day.

    `id` is 0 until it is stored; the name and the first day together are unique.
    """

    name: str
    start: date
    until: date
    key_results: tuple[KeyResult, ...] = ()
    owner: str = ""
    id: int = 0

    def deadline(self, result: KeyResult) -> date:
        """Give the last day that counts for a key result."""
        return result.deadline or self.until


@dataclass(frozen=True)
class Acceptance:
    """A miss accepted with a reason, up to and including `until`; it reverts by itself."""

    until: date
    reason: str


class AlertWhen(StrEnum):
    """What the owner wants to be told of."""

    ANY = "any"
    """Every period that turns off target, and every real change."""
    TWO_IN_A_ROW = "two in a row"
    """Off target for two periods running, and every real change."""
    REAL_CHANGES = "only real changes"
    """What routine variation does not explain."""


@dataclass(frozen=True)
class Baseline:
    """The periods that the limits of routine variation are made of, as the owner chose them.

    Whole periods that lie in the days from `start` (None: from the first value on) to `until`, both included.
    """

    until: date
    start: date | None = None


@dataclass(frozen=True)
class Rebase:
    """Things are different since the period that holds a day, for a reason: limits and rules start anew with it."""

    day: date
    reason: str


@dataclass(frozen=True)
class Kpi:
    """One number that the business watches. `id` is 0 until it is stored; names are unique, case-folded."""

    name: str
    unit: Unit
    direction: Direction
    cadence: Cadence
    values: ValuesFrom
    id: int = 0
    definition: str = ""
    goal: str = ""
    catalogue_key: str | None = None
    tier: Tier = Tier.KPI
    north_star: bool = False
    perspective: Perspective | None = None
    function: str = ""
    level: Level = Level.COMPANY
    scope: str = ""
    owner: str = ""
    lead_lag: LeadLag | None = None
    decimals: int | None = None
    """None: the unit's own (money's minor units where small, one for percent ...)."""
    counter_measure: str = ""
    """Name of the KPI or health metric that would show gaming."""
    change: str = ""
    """What the owner will do differently."""
    when_red: str = ""
    """What will be decided when it is red."""
    control: Control | None = None
    pay_tied: bool | None = None
    review_date: date | None = None
    state: State = State.DRAFT
    retired_reason: str = ""
    accepted: Acceptance | None = None
    not_applicable: frozenset[date] = field(default_factory=frozenset)
    """Period starts that do not apply."""
    carry_forward: bool = False
    includes: str = ""
    """What the number holds (VAT, shipping, refunds), shown beside it."""
    baseline: Baseline | None = None
    """None: the first 24 periods since the last rebase."""
    rebases: tuple[Rebase, ...] = ()
    """In the order of their days."""
    alert: AlertWhen = AlertWhen.REAL_CHANGES
    review_every: Cadence | None = None
    """How often its values are looked at in a review; None: as often as the portfolio's."""
