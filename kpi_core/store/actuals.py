"""The table `actuals`: the value of every KPI, period and segment, made ahead so that the board reads by key.

It is a projection: `refresh` makes again what imports, undos and changed definitions touched, `rebuild` makes all of it
from nothing, and both give the same table. A segment stands in a period only where it has rows or a typed value there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.store.affected import affected, horizon, touched
from kpi_core.store.business import read_business
from kpi_core.store.definitions.fixed import fix_judged, fix_parts
from kpi_core.store.evaluation import Evaluation, fold_segment
from kpi_core.store.held import rows_nobody_holds
from kpi_core.store.histories import all_periods, histories, history, segments_of, worked_out
from kpi_core.store.measures import TOTAL
from kpi_core.store.things import mark_fresh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Period
    from kpi_core.store.data_file import Store

__all__ = [
    "all_periods",
    "differing",
    "histories",
    "history",
    "rebuild",
    "refresh",
    "rows_nobody_holds",
    "segments_of",
    "worked_out",
]

INSERT = """INSERT INTO actuals (kpi_id, segment_id, period, period_end, value, approx, coverage, data_until, reason,
    typed, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def refresh(store: Store) -> int:
    """Make again what changed since the last time and count the KPIs that had something to make.

    Everything that changes rows, definitions or typed values leaves a mark in its own transaction, so nothing is
    forgotten when a program ends in between. What targets took from the old values is kept first.
    """
    with store.writing():
        marks = touched(store)
        if not marks:
            return 0
        fix_judged(store)
        evaluation = Evaluation(store, read_business(store).calendar)
        wanted = [(kpi, affected(evaluation, kpi, marks)) for kpi in evaluation.kpis.values()]
        made = [(kpi, periods) for kpi, periods in wanted if periods is None or periods]
        for kpi, periods in made:
            clear(store, kpi, periods)
        write(
            store,
            evaluation,
            [(kpi, horizon(evaluation, kpi) if periods is None else periods) for kpi, periods in made],
        )
        forget_marks(store)
        fix_parts(store)
    return len(made)


def rebuild(store: Store) -> None:
    """Make the whole table again from rows, definitions and typed values."""
    with store.writing():
        store.run("DELETE FROM actuals")
        evaluation = Evaluation(store, read_business(store).calendar)
        write(store, evaluation, [(kpi, horizon(evaluation, kpi)) for kpi in evaluation.kpis.values()])
        forget_marks(store)


def differing(store: Store) -> tuple[str, ...]:
    """Name the KPIs whose stored values are not what their rows make; nothing is changed but what was due anyway."""
    select = "SELECT name, a.* FROM actuals a JOIN kpis ON kpis.id = kpi_id"
    with store.writing():
        refresh(store)
        before = set(store.all(select))
        store.run("SAVEPOINT compared")
        rebuild(store)
        after = store.all(select)
        store.run("ROLLBACK TO compared")
        store.run("RELEASE compared")
        return tuple(sorted({str(row[0]) for row in before.symmetric_difference(after)}))


def forget_marks(store: Store) -> None:
    """Forget what was touched; it was made again in the same transaction."""
    store.run("DELETE FROM touched")
    mark_fresh(store)


def clear(store: Store, kpi: Kpi, periods: Sequence[Period] | None) -> None:
    """Take values away that are about to be made again; None: all of a KPI."""
    if periods is None:
        store.run("DELETE FROM actuals WHERE kpi_id = ?", (kpi.id,))
        return
    starts = [(kpi.id, period.start.isoformat(), period.end.isoformat()) for period in periods]
    # Segment by segment, because the key begins with it; a period of another calendar may lie across these days
    segments = store.all("SELECT DISTINCT segment_id FROM actuals WHERE kpi_id = ?", (kpi.id,))
    for (segment,) in segments:
        statement = "DELETE FROM actuals WHERE kpi_id = ? AND segment_id = ? AND period >= ? AND period < ?"
        store.many(statement, ((kpi_id, segment, start, end) for kpi_id, start, end in starts))


def write(store: Store, evaluation: Evaluation, wanted: Sequence[tuple[Kpi, Sequence[Period]]]) -> None:
    """Make and write values; a period of which nothing is known leaves no entry."""
    evaluation.load((kpi, period) for kpi, periods in wanted for period in periods)
    segments = SegmentIds(store)
    for kpi, periods in wanted:
        store.many(
            INSERT, (line(kpi, actual, segments) for period in periods for actual in values(evaluation, kpi, period))
        )


def values(evaluation: Evaluation, kpi: Kpi, period: Period) -> Iterator[Actual]:
    """Make the total of a period and the value of each segment that it has."""
    total = evaluation.actual(kpi, period, TOTAL)
    if total.coverage is not CoverageState.NONE:
        yield total
    for label in evaluation.segments(kpi, period).values():
        actual = evaluation.actual(kpi, period, label)
        if actual.coverage is not CoverageState.NONE:
            yield actual


class SegmentIds:
    """The numbers of segments by folded label; a new one gets the next number and keeps its first spelling."""

    def __init__(self, store: Store) -> None:
        """Read the known ones."""
        self.store = store
        self.known = {str(folded): int(str(number)) for number, folded in store.all("SELECT id, folded FROM segments")}

    def number(self, label: str) -> int:
        """Give the number of a segment; the total is 0."""
        folded = fold_segment(label)
        if folded not in self.known:
            self.known[folded] = self.store.insert(
                "INSERT INTO segments (folded, label) VALUES (?, ?)", (folded, label)
            )
        return self.known[folded]


def line(kpi: Kpi, actual: Actual, segments: SegmentIds) -> tuple[object, ...]:
    """Write a value as its row: exact as text, and near enough for drawing."""
    return (
        kpi.id,
        segments.number(actual.segment),
        actual.period.start.isoformat(),
        actual.period.end.isoformat(),
        None if actual.value is None else str(actual.value),
        None if actual.value is None else float(actual.value),
        actual.coverage,
        None if actual.data_until is None else actual.data_until.isoformat(),
        actual.reason,
        int(actual.typed),
        actual.label,
    )
