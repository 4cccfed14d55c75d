"""What needs attention, the worst first: one line a KPI, a sentence that goes on from its name, and the next step."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.board.alerts import shows
from kpi_core.board.shown import Shown, Standing
from kpi_core.board.types import THIS_WEEK, TREND, Attention, BoardRow, NextStep
from kpi_core.kpi import Tier
from kpi_core.period import day_name, period_name
from kpi_core.signals import SignalState
from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period

ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
NEW_DROP, RED, OVERDUE, PARTLY, NO_VALUE, WARNING, AT_RISK, NEW_GAIN, DRAFT = range(9)
BY_SIGNAL = frozenset({NEW_DROP, WARNING, NEW_GAIN})
"""The lines that speak of a real change."""
LEFT_IN_PEACE = frozenset({Status.NOT_APPLICABLE, Status.ACCEPTED})
ZERO = Fraction(0)


def week_of(as_of: date, today: date) -> str:
    """Head what needs attention: this week's, or that of the past day which the board shows.

    >>> from datetime import date
    >>> week_of(date(2026, 11, 28), date(2026, 11, 28)), week_of(date(2026, 11, 3), date(2026, 11, 28))
    ('This week', 'In the week of 3 November')
    >>> week_of(date(2025, 11, 3), date(2026, 11, 28))
    'In the week of 3 November 2025'
    """
    return THIS_WEEK if as_of >= today else f"In the week of {day_name(as_of, today)}"


def attention(
    rows: Iterable[BoardRow], drafts: Iterable[Kpi], *, calendar: Calendar, today: date
) -> tuple[Attention, ...]:
    """List what needs attention, the worst first.

    New real changes that are not good, off target, overdue, partly covered, no value, on target but really getting
    worse, running at risk, new changes for the better, drafts.
    Off target goes by the gap in percent, overdue by its days, equals by name; one line a KPI. Whoever is accepted
    or does not apply is left in peace; without a target only real changes count, and an
    overdue value.
    """
    lines = [line for row in rows if (line := _line(row, calendar, today)) is not None]
    lines.sort(key=lambda line: (line[0], line[1], line[2].name.casefold()))
    finish = "is a draft: finish it to put it on the board."
    waiting = [Attention(kpi.id, kpi.name, Status.NO_TARGET, finish, NextStep.FINISH) for kpi in drafts]
    return (*(line[2] for line in lines), *waiting)


Ranked = tuple[int, tuple[bool, Fraction], Attention]
"""A line with its rank, and how bad it is within the rank: smaller is worse."""


def _line(row: BoardRow, calendar: Calendar, today: date) -> Ranked | None:
    """Make the line of a row, if it has one."""
    status, card = row.judgement.status, row.shown

    def name(period: Period | None) -> str:
        return "" if period is None else period_name(period, calendar, today)

    if row.signal.new and row.signal.state is not SignalState.BETTER and status not in LEFT_IN_PEACE:
        off = f" It {_off_target(row)}" if status is Status.RED else ""
        return _ranked(row, NEW_DROP, f"{shows(row.signal_sentence)}{off}", bad=row.judgement.gap_percent)
    match status:
        case Status.RED:
            # A miss of a process that is what it was is none of one that really got worse
            worse = f" {row.signal_sentence}" if row.signal.state is SignalState.WORSE else ""
            return _ranked(row, RED, f"{_off_target(row)}{worse}", bad=row.judgement.gap_percent)
        case Status.OVERDUE | Status.NO_TARGET if card is not None and _is_overdue(row, card):
            days = f"{card.overdue_days} {'day' if card.overdue_days == 1 else 'days'}"
            sentence = f"has no {name(card.missing)} value: {days} overdue."
            return _ranked(row, OVERDUE, sentence, NextStep.ADD_DATA, Fraction(card.overdue_days))
        case Status.PARTLY_COVERED if card is not None and card.partly is not None:
            until = card.partly.data_until
            part = "only in part" if until is None else f"until {day_name(until, today)} only"
            sentence = f"has {name(card.partly.period)} data {part}."
            return _ranked(row, PARTLY, sentence, NextStep.ADD_DATA, Fraction(card.overdue_days))
        case Status.NO_DATA if card is not None and card.actual is None:
            return _ranked(row, NO_VALUE, "has no values yet.", NextStep.ADD_DATA)
        case Status.NO_DATA if card is not None and card.standing is not Standing.CARRIED and card.actual is not None:
            because = f": {card.actual.reason}." if card.actual.reason else "."
            return _ranked(row, NO_VALUE, f"has no {name(card.period)} value{because}")
        case Status.GREEN | Status.AMBER | Status.NO_DATA | Status.OVERDUE | Status.PARTLY_COVERED:
            return _coming(row)
        case Status.NO_TARGET:
            return _gain(row)
        case Status.NOT_APPLICABLE | Status.ACCEPTED:
            return None


def _is_overdue(row: BoardRow, card: Shown) -> bool:
    return card.standing is Standing.OVERDUE and row.kpi.tier is not Tier.HEALTH_METRIC


def _coming(row: BoardRow) -> Ranked | None:
    """Warn of what is not off target yet: getting really worse, or a running period at risk."""
    now = row.running
    if row.signal.state is SignalState.WORSE:
        return _ranked(row, WARNING, shows(row.signal_sentence))
    if now is not None and now.risk and not now.too_early:
        return _ranked(row, AT_RISK, now.risk)
    return _gain(row)


def _gain(row: BoardRow) -> Ranked | None:
    """Tell of a new real change for the better: worth knowing why."""
    return _ranked(row, NEW_GAIN, shows(row.signal_sentence)) if row.signal.new else None


def _ranked(
    row: BoardRow, rank: int, sentence: str, step: NextStep = NextStep.LOOK, bad: Fraction | None = ZERO
) -> Ranked:
    worse = (bad is not None, ZERO if bad is None else -bad)
    signal = row.signal if rank in BY_SIGNAL else None
    return rank, worse, Attention(row.kpi.id, row.kpi.name, row.judgement.status, sentence, step, signal)


def _off_target(row: BoardRow) -> str:
    """Say since when it is off target, and by how much."""
    miss = f": {row.gap_text}." if row.gap_text else "."
    period = row.kpi.cadence.value
    if row.off_for <= 1:
        return f"is off target{miss}"
    if row.off_for >= TREND:
        return f"has been off target for {TREND} {period}s or more{miss}"
    return f"is off target for the {_ordinal(row.off_for)} {period} in a row{miss}"


def _ordinal(number: int) -> str:
    """Write an ordinal, in letters up to twelfth.

    >>> [_ordinal(number) for number in (2, 12, 13, 21, 22, 23)]
    ['second', 'twelfth', '13th', '21st', '22nd', '23rd']
    """
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"
