"""What is worked out of a KPI's whole history for the board, its baseline and its outlook, kept to be read by key.

The table `outlooks` can be made again at any time. A row holds for one question, `asked`, and goes with the next change
of any value of its KPI (triggers see to that), so a kept answer is the one that would be worked out now.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.board.stretches import baseline_days, points_of, rebased_on
from kpi_core.errors import StoreError
from kpi_core.horizon import (
    LOOKED_BACK,
    applies,
    ends_of,
    goal_of,
    held_to,
    known_of_year,
    outside,
    season_of,
    steps_between,
)
from kpi_core.kpi import State
from kpi_core.period import WEEKDAYS, Cadence
from kpi_core.projection import Ahead, History, ProjectionGrade, ProjectionKind, Question, Spread, look_ahead
from kpi_core.signals import Newest, Point, SignalRule, Surprise
from kpi_core.store.data_file import BUSY_SECONDS
from kpi_core.store.sql import composed
from kpi_core.store.totals import exact, loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpi_core.actual import Actual
    from kpi_core.horizon import Goal
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store
    from kpi_core.target import TargetHistory

FULL = """SELECT period, period_end, value, coverage, data_until, reason, typed, label, '' FROM actuals
    WHERE kpi_id = ? AND segment_id = 0 AND coverage = 'full' AND value IS NOT NULL AND {days}"""
FIRST = composed(FULL, days="period >= ? AND period < ? ORDER BY period LIMIT ?")
LAST = composed(FULL, days="period < ? ORDER BY period DESC LIMIT ?")

EVERY = frozenset(WEEKDAYS)

WAY = 3
"""To be raised with every change of how an outlook is worked out, so that none that was kept before is taken."""

_answered = lru_cache(maxsize=4096)(look_ahead)


@dataclass(frozen=True)
class Outlook:
    """What the board is told of a KPI beside its newest values."""

    baseline: tuple[Point, ...] = ()
    goal: Goal | None = None
    ahead: Ahead | None = None


NO_OUTLOOK = Outlook()


class Outlooks:
    """Reads outlooks at one state of the data file; what had to be worked out can be kept afterwards."""

    def __init__(self, store: Store, calendar: Calendar, as_of: date) -> None:
        """Read what is kept."""
        self.store, self.calendar, self.as_of = store, calendar, as_of
        self.kept = {int(str(kpi_id)): (asked, answer) for kpi_id, asked, answer in store.all("SELECT * FROM outlooks")}
        self.version = _version(store)
        self.fresh: dict[int, tuple[str, str]] = {}
        self._running: dict[Cadence, Period] = {}

    def outlook(
        self,
        kpi: Kpi,
        targets: TargetHistory,
        actuals: Sequence[Actual],
        worked_out: Callable[[], Sequence[Actual]] | None = None,
    ) -> Outlook:
        """Tell baseline and outlook of a KPI, seen from the newest of the values that the board has read.

        `worked_out` gives the values of a definition that is not the stored one, oldest first; None: they are stored.
        """
        known = next((each for each in reversed(actuals) if self._counts(kpi, each)), None)
        if known is None or kpi.state is not State.ACTIVE:
            return NO_OUTLOOK
        newest = known.period
        goal = goal_of(kpi, targets, newest, self.calendar, self.as_of)
        since = rebased_on(kpi, newest, self.calendar)
        running = self.running(kpi.cadence)
        wanted = "" if goal is None else f"{goal.period.start} {goal.steps} {ends_of(goal, kpi.direction)}"
        chosen = f"{since} {kpi.baseline} {sorted(kpi.not_applicable)} {sorted(self.calendar.open_weekdays)}"
        asked = f"{WAY} {newest.start} {running.start} {wanted} {chosen}"
        held = self.kept.get(kpi.id)
        if held is not None and held[0] == asked and worked_out is None:
            baseline, ahead = _read(str(held[1]), kpi.cadence, self.calendar)
            return Outlook(baseline, goal, ahead)
        made = worked_out() if worked_out is not None else None
        baseline = self.baseline(kpi, newest, since, made)
        ahead = self.ahead(kpi, newest, since, goal, made)
        if worked_out is None:
            self.fresh[kpi.id] = (asked, _written(baseline, ahead))
        return Outlook(baseline, goal, ahead)

    def running(self, cadence: Cadence) -> Period:
        """Find the running period of a cadence; many KPIs share it."""
        if cadence not in self._running:
            self._running[cadence] = self.calendar.period(cadence, self.as_of)
        return self._running[cadence]

    def baseline(
        self, kpi: Kpi, newest: Period, since: date | None, made: Sequence[Actual] | None
    ) -> tuple[Point, ...]:
        """Take the first periods since the last rebase, or those that the owner chose after it."""
        start, end, most = baseline_days(kpi, since or date.min, newest.end, self.calendar)
        if made is None:
            # Of rows that do not apply there may be any number between
            whole = not kpi.not_applicable and (kpi.cadence is not Cadence.DAY or self.calendar.open_weekdays == EVERY)
            rows = self.store.all(FIRST, (kpi.id, start.isoformat(), end.isoformat(), most if whole else -1))
            found = [loaded(row, kpi.cadence) for row in rows]
        else:
            found = [each for each in made if start <= each.period.start < end]
        counted = [each for each in found if self._counts(kpi, each)]
        return points_of(kpi, counted[:most], self.calendar)

    def _counts(self, kpi: Kpi, actual: Actual) -> bool:
        return _has_value(actual) and applies(kpi, actual.period, self.calendar)

    def ahead(
        self, kpi: Kpi, newest: Period, since: date | None, goal: Goal | None, made: Sequence[Actual] | None
    ) -> Ahead:
        """Work out the outlook from the newest unbroken stretch of values."""
        most = LOOKED_BACK[kpi.cadence]
        if made is None:
            rows = self.store.all(LAST, (kpi.id, newest.end.isoformat(), most))
            found = [loaded(row, kpi.cadence) for row in reversed(rows)]
        else:
            found = [each for each in made if each.period.start <= newest.start and _has_value(each)][-most:]
        stretch: list[Point] = []
        for point in reversed(points_of(kpi, found, self.calendar)):
            if point.value is None:
                break
            stretch.insert(0, point)
        numbers = tuple(float(each.value) for each in stretch if each.value is not None)
        season = season_of(kpi, stretch[0].period, self.calendar)
        history = held_to(History(numbers, kpi.cadence, season=season), kpi, None if goal is None else goal.target)
        judged = sum(1 for each in stretch if since is None or each.period.start >= since)
        running = self.running(kpi.cadence)
        step = steps_between(kpi, newest, running, self.calendar) if applies(kpi, running, self.calendar) else 0
        question = Question(0, next_step=step, judged=judged)
        return _answered(history, question if goal is None else self.with_goal(question, kpi, goal, found, history))

    def with_goal(
        self, question: Question, kpi: Kpi, goal: Goal, found: Sequence[Actual], history: History
    ) -> Question:
        """Ask for a goal too; of a year's total for what is still to come, where all of the year so far is known."""
        low, high = ends_of(goal, kpi.direction)
        done, off, kind = Fraction(0), 0.0, ProjectionKind.LEVEL
        if goal.target is None:
            kind, newest = ProjectionKind.SUM, found[-1].period
            known = {each.period.start: each.value for each in found}
            past = known_of_year(kpi, known, newest, goal.period, self.calendar)
            if past is None:
                return question
            done, off = past, outside(kpi, history, newest, goal.period, self.calendar)
        least, most = (None if each is None else float(each.value - done) + off for each in (low, high))
        strict = low is not None and low.is_strict, high is not None and high.is_strict
        return replace(question, horizon=goal.steps, kind=kind, low=least, high=most, strict=strict)


def keep_outlooks(store: Store, outlooks: Outlooks) -> None:
    """Keep what had to be worked out, where nobody wrote since it was read and nobody writes now.

    Nothing is lost where it cannot be kept: it is worked out again at the next look.
    """
    if not outlooks.fresh:
        return
    with suppress(StoreError):
        store.run("PRAGMA busy_timeout = 0")
        try:
            with store.writing():
                if _version(store) == outlooks.version:
                    rows = ((kpi_id, *found) for kpi_id, found in outlooks.fresh.items())
                    store.many("INSERT OR REPLACE INTO outlooks (kpi_id, asked, answer) VALUES (?, ?, ?)", rows)
        finally:
            store.run(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _version(store: Store) -> object:
    """Tell one state of the file from another as this connection sees them: changes when another one wrote."""
    return store.one("PRAGMA data_version")


def _has_value(actual: Actual) -> bool:
    return actual.coverage is CoverageState.FULL and actual.value is not None


def _written(baseline: Sequence[Point], ahead: Ahead) -> str:
    points = [[each.period.start.isoformat(), None if each.value is None else str(each.value)] for each in baseline]
    return json.dumps({"baseline": points, "ahead": asdict(ahead)})


@lru_cache(maxsize=4096)
def _read(text: str, cadence: Cadence, calendar: Calendar) -> tuple[tuple[Point, ...], Ahead]:
    """Read a kept row; the same text always gives the same frozen things."""
    found = json.loads(text)
    points = tuple(
        Point(calendar.period(cadence, date.fromisoformat(day)), None if value is None else exact(value))
        for day, value in found["baseline"]
    )
    ahead = found["ahead"]
    coming, surprise = ahead.pop("coming"), ahead.pop("surprise")
    return points, Ahead(
        **{**ahead, "grade": ProjectionGrade(ahead["grade"])},
        coming=None if coming is None else Spread(**coming),
        surprise=None if surprise is None else _surprise(surprise),
    )


def _surprise(found: dict[str, object]) -> Surprise:
    newest = found["newest"]
    if not isinstance(newest, dict):
        return Surprise(int(str(found["count"])), None)
    return Surprise(int(str(found["count"])), Newest(**{**newest, "rule": SignalRule(newest["rule"])}))
