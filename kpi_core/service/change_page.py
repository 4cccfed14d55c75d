"""What a KPI's page shows of change and outlook: its stretches with limits and flags, the fan, what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.board import BoardRow, board_row
from kpi_core.board.answers import Answer, arriving, changing
from kpi_core.board.stretches import Stretch, rebased_on, stretches_of
from kpi_core.board.surprise import SurprisePoint, surprise_points
from kpi_core.board.why import Why, why
from kpi_core.horizon import goal_of, next_that_applies, standing_period, steps_between
from kpi_core.kpi import Kpi
from kpi_core.period import Period, period_name
from kpi_core.projection import ProjectionGrade, expected_of, project
from kpi_core.projection.policy import pattern_of
from kpi_core.projection.words import pattern_words
from kpi_core.service.known_history import known_of
from kpi_core.service.notes import NoteLine, note_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kpi_core.actual import Actual
    from kpi_core.board import KpiHistory
    from kpi_core.business import Business
    from kpi_core.checklist.known import Known
    from kpi_core.period import Calendar
    from kpi_core.store.data_file import Store

MOST_STEPS = 60
"""Steps of a fan, at most."""


@dataclass(frozen=True)
class FanStep:
    """A period to come: the middle, and the ends of the 80 % and 95 % bands, of the period itself, never of a sum."""

    period: Period
    middle: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class ChangePage:
    """What the page shows.

    `row`: the card, with signal, chance and their sentences. `fan`: up to the target's period, as far as a standing
    target is looked at without one; empty where it is too early. `rough`: the bands are rough. `changing`,
    `arriving`: answers to "Really changing?" and "Will we get there?", the former explained by `why`. `rebase_name`:
    since when a new usual range is proposed; "" where none is. `notes`: what happened on which day, new usual ranges
    too.
    """

    kpi: Kpi
    row: BoardRow
    stretches: tuple[Stretch, ...]
    fan: tuple[FanStep, ...]
    rough: bool
    changing: Answer
    arriving: Answer
    why: Why
    notes: tuple[NoteLine, ...] = ()
    rebase_name: str = ""
    fan_words: str = ""
    """What of last year the fan repeats while nobody can tell a season yet; "" where it repeats nothing."""


def change_of(
    store: Store, history: KpiHistory, everything: Sequence[Actual], business: Business, today: date
) -> ChangePage:
    """Make the page of what was read of a KPI: what its card is made from, and all its complete periods."""
    kpi, calendar = history.kpi, business.calendar
    row = board_row(history, calendar=calendar, style=business.style, today=today)
    stretches = stretches_of(kpi, everything, calendar)
    last = stretches[-1] if stretches else None
    rebase = row.signal.rebase_from
    known = known_of(store, kpi, calendar, today)
    fan, rough = _fan(known, history, calendar, today)
    return ChangePage(
        kpi=kpi,
        row=row,
        stretches=stretches,
        fan=fan,
        rough=rough,
        changing=changing(row),
        arriving=arriving(row, business.style),
        why=why(kpi, row.signal, last, calendar, business.style, _surprises(known, row, calendar)),
        notes=note_lines(store, kpi, today),
        fan_words=pattern_words(pattern_of(known.history)) if fan else "",
        rebase_name="" if rebase is None else period_name(rebase, calendar, today),
    )


def _surprises(known: Known, row: BoardRow, calendar: Calendar) -> tuple[SurprisePoint, ...]:
    """Lay the values since the last rebase beside what was expected of them, where the newest is judged by that."""
    if not row.signal.by_surprise or not known.stretch:
        return ()
    since = rebased_on(row.kpi, known.newest, calendar)
    judged = sum(1 for each in known.stretch if since is None or each.period.start >= since)
    expected = expected_of(known.history, min(judged, len(known.history.values)))
    return surprise_points(known.stretch, expected)


def _fan(known: Known, history: KpiHistory, calendar: Calendar, today: date) -> tuple[tuple[FanStep, ...], bool]:
    """Look ahead step by step, and say whether the bands are rough."""
    kpi = history.kpi
    if not known.stretch:
        return (), False
    goal = goal_of(kpi, history.targets, known.newest, calendar, today)
    without = steps_between(kpi, known.newest, standing_period(kpi, calendar, today), calendar)
    made = project(known.history, min(MOST_STEPS, max(1, without if goal is None else goal.steps)))
    fan: list[FanStep] = []
    period = known.newest
    bands = zip(made.mean, made.low80, made.high80, made.low95, made.high95, strict=True)
    for middle, *ends in bands:
        period = next_that_applies(kpi, period, calendar)
        fan.append(FanStep(period, middle, *ends))
    return tuple(fan), made.grade is ProjectionGrade.ROUGH
