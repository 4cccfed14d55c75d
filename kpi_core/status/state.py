"""Which state a period is in: a colour, or the first grey that applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kpi_core.actual import CoverageState
from kpi_core.kpi import Acceptance
from kpi_core.status.colour import judge
from kpi_core.status.kinds import Status
from kpi_core.target import PeriodTarget


@dataclass(frozen=True)
class Situation:
    """All that decides what a KPI shows for one period on a day.

    `actual`: the value, computed or typed; None is missing. `due`: by when the value should be in; past it a period
    without data is overdue. `period`: its name, for the sentences. `data_until`: last covered day of a period that is
    only partly covered. `reason`: why there is no value, no target, or why the period does not apply, as the end of a
    sentence without its full stop ("no visits to divide by").
    """

    today: date
    target: PeriodTarget | None
    coverage: CoverageState
    actual: Fraction | None = None
    not_applicable: bool = False
    accepted: Acceptance | None = None
    data_until: date | None = None
    due: date | None = None
    period: str = ""
    reason: str = ""

    @property
    def overdue_days(self) -> int:
        """Days since the due date; 0 up to and including it."""
        return 0 if self.due is None else max((self.today - self.due).days, 0)

    @property
    def is_accepted(self) -> bool:
        """Whether an accepted miss still runs, its last day included."""
        return self.accepted is not None and self.today <= self.accepted.until


def state_of(situation: Situation) -> Status:
    """Decide the state, in the order of precedence.

    Not applicable; accepted (it replaces red, amber and every grey after it, green shows green); no target; partly
    covered; the colour where there is a value; no data where the period is covered but no value can be made; overdue;
    no data.
    """
    if situation.not_applicable:
        return Status.NOT_APPLICABLE
    judged = _judged(situation)
    if situation.is_accepted and judged is not Status.GREEN:
        return Status.ACCEPTED
    return judged


def _judged(situation: Situation) -> Status:
    """Decide as if nothing were accepted."""
    if situation.target is None:
        return Status.NO_TARGET
    match situation.coverage:
        case CoverageState.PARTLY:
            return Status.PARTLY_COVERED
        case CoverageState.FULL | CoverageState.NONE:
            if situation.actual is not None:
                return judge(situation.actual, situation.target).status
    if situation.coverage is CoverageState.NONE and situation.overdue_days:
        return Status.OVERDUE
    return Status.NO_DATA
