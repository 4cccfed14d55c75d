"""Alerts without noise: on change only, once, armed again on recovery, by what the owner wants to be told of.

What holds of a KPI now and did not hold when the owner last looked is an alert; what held then and does not now is a
recovery. A condition that ended and began anew in between is told again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import AlertWhen, Tier
from kpi_core.period import day_name, in_period
from kpi_core.signals import SignalState
from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpi_core.board.types import BoardRow
    from kpi_core.period import Calendar


NO_END: Final = frozenset(
    {Status.AMBER, Status.OVERDUE, Status.NO_DATA, Status.PARTLY_COVERED, Status.ACCEPTED, Status.NOT_APPLICABLE}
)
"""Statuses that do not end a miss that was seen: close is not on target, and of the others nobody knows."""


class ChangeKind(StrEnum):
    """What became different since the owner last looked."""

    REAL_CHANGE = "real change"
    OFF_TARGET = "off target"
    BACK_ON_TARGET = "back on target"
    BACK_TO_USUAL = "back to usual"


@dataclass(frozen=True)
class Holds:
    """Something that holds of a KPI since the period that began on a day; `above`: on which side a change lies."""

    kind: ChangeKind
    since: date
    above: bool | None = None


@dataclass(frozen=True)
class Seen:
    """What the owner saw of a KPI: the newest period then, and what held."""

    period: date | None
    holds: tuple[Holds, ...] = ()


@dataclass(frozen=True)
class Change:
    """One line of the digest; the sentence goes on from the KPI's name."""

    kpi_id: int
    name: str
    kind: ChangeKind
    status: Status | None
    sentence: str


@dataclass(frozen=True)
class Digest:
    """What changed since the owner's last visit, in words. `since` None: there was no visit yet."""

    as_of: date
    since: date | None
    sentence: str
    changes: tuple[Change, ...] = ()


def seen_of(rows: Iterable[BoardRow], before: Mapping[int, Seen] | None = None) -> dict[int, Seen]:
    """Note what a board shows, by KPI; `holds` are those of all kinds, whatever the owner wants to be told of.

    What held `before` holds on until it is known to have ended: a value that is missing or close is no recovery.
    """
    return {row.kpi.id: _seen(row, (before or {}).get(row.kpi.id, Seen(None))) for row in rows}


def _seen(row: BoardRow, before: Seen) -> Seen:
    own = tuple(holding(row, AlertWhen.ANY))
    unknown = {ChangeKind.REAL_CHANGE} if row.signal.state is SignalState.NOT_JUDGED else set()
    if row.judgement.status in NO_END:
        unknown.add(ChangeKind.OFF_TARGET)
    carried = tuple(each for each in before.holds if each.kind in unknown)
    if before.period is None and ChangeKind.OFF_TARGET in unknown:
        own = (*own, *_off_before(row))
    if carried and not own:
        return Seen(before.period, carried)
    return Seen(None if row.period is None else row.period.start, own + carried)


def _off_before(row: BoardRow) -> Iterator[Holds]:
    """Tell of a miss that was told at its time and has not ended, though the card is not off target now.

    One that began in a period whose miss is accepted was told to nobody.
    """
    missed = row.misses
    if missed is None or missed.ended or row.period is None:
        return
    if row.judgement.status is not Status.ACCEPTED or missed.first < row.period.start:
        yield Holds(ChangeKind.OFF_TARGET, missed.first)


def holding(row: BoardRow, when: AlertWhen) -> Iterator[Holds]:
    """List what holds of a KPI now, of what the owner wants to be told of.

    Whoever is accepted, late, without a target or a health metric is never off target.
    """
    signal = row.signal
    if signal.real and signal.first_seen is not None:
        yield Holds(ChangeKind.REAL_CHANGE, signal.first_seen.start, signal.above)
    needed = {AlertWhen.ANY: 1, AlertWhen.TWO_IN_A_ROW: 2}.get(when)
    if needed is None or row.misses is None or row.judgement.status is not Status.RED or row.off_for < needed:
        return
    since = row.misses.first if needed == 1 else row.misses.second
    if since is not None:
        yield Holds(ChangeKind.OFF_TARGET, since)


def digest(
    rows: Iterable[BoardRow], before: Mapping[int, Seen], *, since: date | None, as_of: date, calendar: Calendar
) -> Digest:
    """Say what changed since the owner last looked: real changes and misses first, then recoveries.

    Args:
        rows: the board now.
        before: what it showed then, see `seen_of`; a KPI that was not there had nothing that held.
        since: the day then; None: nobody looked yet, and nothing is told.
        as_of: the day now.
        calendar: of the business.
    """
    shown = [row for row in rows if row.kpi.tier is Tier.KPI or row.signal.real or row.kpi.id in before]
    if since is None:
        return Digest(as_of, None, "This is your first look: from now on this says what changed since the last one.")
    changes = [change for row in shown for change in _changes(row, before.get(row.kpi.id, Seen(None)), calendar, as_of)]
    order = list(ChangeKind)
    changes.sort(key=lambda each: (order.index(each.kind), each.name.casefold()))
    told = {each.kpi_id for each in changes}
    others = [_is_quiet(row) for row in shown if row.kpi.id not in told]
    return Digest(as_of, since, _headline(changes, others, since, as_of), tuple(changes))


def _is_quiet(row: BoardRow) -> bool:
    """Tell whether there is nothing to explain: only routine variation, and nothing that goes on, seen or not."""
    return row.signal.state is SignalState.ROUTINE and not any(holding(row, AlertWhen.ANY))


def _changes(row: BoardRow, before: Seen, calendar: Calendar, as_of: date) -> Iterator[Change]:
    """Compare what holds with what held; a recovery is told where the condition would be told too."""
    wanted, then = list(holding(row, row.kpi.alert)), list(before.holds)

    def change(kind: ChangeKind, sentence: str) -> Change:
        return Change(row.kpi.id, row.kpi.name, kind, row.judgement.status, sentence)

    for now in wanted:
        if not any(_same(now, each, before.period) for each in then):
            yield change(now.kind, _told(row, now))
    when = "" if row.period is None else f" {in_period(row.period, calendar, as_of)}"
    judged = row.signal.state is SignalState.ROUTINE
    if judged and any(each.kind is ChangeKind.REAL_CHANGE for each in then):
        yield change(ChangeKind.BACK_TO_USUAL, f"is back to routine variation{when}.")
    kinds = {each.kind for each in holding(row, AlertWhen.ANY)}
    missed = [each for each in then if each.kind is ChangeKind.OFF_TARGET and _was_told(row, before)]
    if missed and ChangeKind.OFF_TARGET not in kinds and row.judgement.status is Status.GREEN:
        yield change(ChangeKind.BACK_ON_TARGET, f"is back on target{when}.")


def _same(now: Holds, then: Holds, period: date | None) -> bool:
    """Tell whether a condition is the one that was seen: of the same kind and side, and not begun after it was seen."""
    if (now.kind, now.above) != (then.kind, then.above):
        return False
    return period is None or now.since <= period


def _was_told(row: BoardRow, before: Seen) -> bool:
    """Tell whether a miss that was seen was one that the owner wants to be told of."""
    match row.kpi.alert:
        case AlertWhen.ANY:
            return True
        case AlertWhen.TWO_IN_A_ROW:
            second = None if row.misses is None else row.misses.second
            return before.period is not None and second is not None and second <= before.period
        case AlertWhen.REAL_CHANGES:
            return False


def _told(row: BoardRow, now: Holds) -> str:
    match now.kind:
        case ChangeKind.REAL_CHANGE:
            return shows(row.signal_sentence)
        case ChangeKind.OFF_TARGET:
            miss = f": {row.gap_text}." if row.gap_text else "."
            running = "" if row.off_for <= 1 else f" for {row.off_for} {row.kpi.cadence}s running"
            return f"is off target{running}{miss}"
        case ChangeKind.BACK_ON_TARGET | ChangeKind.BACK_TO_USUAL:
            return ""


def shows(sentence: str) -> str:
    """Let the sentence of a real change go on from the KPI's name.

    >>> shows("A real drop in October: further below the usual level than routine variation goes.")
    'shows a real drop in October: further below the usual level than routine variation goes.'
    """
    return f"shows {sentence[:1].lower()}{sentence[1:]}"


COUNTED = {
    ChangeKind.REAL_CHANGE: ("real change", "real changes"),
    ChangeKind.OFF_TARGET: ("turned off target", "turned off target"),
    ChangeKind.BACK_ON_TARGET: ("back on target", "back on target"),
    ChangeKind.BACK_TO_USUAL: ("back to usual", "back to usual"),
}


def _headline(changes: list[Change], others: list[bool], since: date, as_of: date) -> str:
    """Count what changed: "Since 3 November: 1 real change, 1 back on target; nothing to explain in 4 others.".

    `others`: of each KPI without a change, whether it is quiet; only those are said to have nothing to explain.
    """
    counts = Counter(each.kind for each in changes)
    said = [f"{counts[kind]} {COUNTED[kind][counts[kind] > 1]}" for kind in ChangeKind if counts[kind]]
    day = f"Since {day_name(since, as_of)}"
    if not said:
        return (
            f"{day}: nothing changed but routine ups and downs." if others and all(others) else f"{day}: nothing new."
        )
    quiet = sum(others)
    rest = f"; nothing to explain in {quiet} other{'' if quiet == 1 else 's'}" if quiet else ""
    return f"{day}: {', '.join(said)}{rest}."
