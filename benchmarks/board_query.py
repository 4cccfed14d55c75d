"""How long the board's query takes: 50 KPIs of 500, their last 24 periods, with a short and with a long history.

Run it with `python benchmarks/board_query.py`. It prints milliseconds (median of many reads) and how much more the
long history costs: for the values alone, and with what the board says about change and outlook, which is kept and only
worked out anew for a KPI whose values changed. How long that takes once is printed too.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kpi_core.actual import Actual, CoverageState
from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import Cadence, Calendar
from kpi_core.store.actuals import INSERT, SegmentIds, line
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.edit import save
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.histories import history
from kpi_core.store.outlooks import Outlooks, keep_outlooks
from kpi_core.target import Target, TargetHistory, TargetKind
from kpi_core.unit import Unit, UnitKind

KPIS, SHOWN, PERIODS, READS = 500, 50, 24, 120
SHORT, LONG = 60, 5_200
BAR_MS, BAR_GROWTH = 3.0, 1.2
NOW = datetime(2026, 1, 5, 9)
CALENDAR = Calendar()
HELD_TO = TargetHistory((Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(100)),))


def fill(path: Path, periods: int) -> None:
    """Make a data file of KPIs with so many days of values each."""
    newest = CALENDAR.last_complete(Cadence.DAY, NOW.date())
    days = [date.fromordinal(newest.start.toordinal() - back) for back in reversed(range(periods))]
    with open_store(path) as store, store.writing():
        by = By(NOW)
        for number in range(1, KPIS + 1):
            name = f"KPI {number}"
            store.run(
                "INSERT INTO kpis (id, name, folded, state, tier, cadence, definition, live) "
                "VALUES (?, ?, ?, 'active', 'KPI', 'day', '', 0)",
                (number, name, name.casefold()),
            )
            kpi = Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.DAY, Typed(), id=number, state=State.ACTIVE)
            save(store, kpi, by)
        segments = SegmentIds(store)
        covered = CoverageState.FULL
        for kpi in kpis(store):
            rows = (
                Actual(CALENDAR.period(Cadence.DAY, day), Fraction(700 + day.toordinal() * 37 % 101, 7), covered)
                for day in days
            )
            store.many(INSERT, (line(kpi, actual, segments) for actual in rows))
    with open_store(path) as store:
        store.checkpoint()


def read(store: Store, shown: list[Kpi], *, judged: bool) -> float:
    """Read the board's values once, in milliseconds; `judged`: with baseline and outlook."""
    start = time.perf_counter()
    found = history(store, shown, CALENDAR, NOW.date(), PERIODS)
    if judged:
        outlooks = Outlooks(store, CALENDAR, NOW.date())
        for kpi in shown:
            outlooks.outlook(kpi, HELD_TO, found[kpi.id])
        assert not outlooks.fresh
    taken = (time.perf_counter() - start) * 1000
    assert sum(len(each) for each in found.values()) == SHOWN * PERIODS
    return taken


def work_out(store: Store, shown: list[Kpi]) -> float:
    """Work every outlook out and keep it, in milliseconds a KPI."""
    start = time.perf_counter()
    outlooks = Outlooks(store, CALENDAR, NOW.date())
    found = history(store, shown, CALENDAR, NOW.date(), PERIODS)
    for kpi in shown:
        outlooks.outlook(kpi, HELD_TO, found[kpi.id])
    keep_outlooks(store, outlooks)
    return (time.perf_counter() - start) * 1000 / len(shown)


def measure(paths: dict[int, Path], *, judged: bool) -> dict[int, float]:
    """Take the median of many reads of each file, in turns, so that whatever else the machine does hits both alike."""
    stores = {periods: open_store(path) for periods, path in paths.items()}
    shown = {periods: list(kpis(store))[:: KPIS // SHOWN] for periods, store in stores.items()}
    if judged:
        for periods, store in stores.items():
            print(f"worked out once, {periods} days: {work_out(store, shown[periods]):.0f} ms a KPI")
    times: dict[int, list[float]] = {periods: [] for periods in paths}
    for _ in range(READS):
        for periods, store in stores.items():
            times[periods].append(read(store, shown[periods], judged=judged))
    for store in stores.values():
        store.close()
    return {periods: statistics.median(found[READS // 6 :]) for periods, found in times.items()}


def main() -> None:
    """Print the figures and their ratios beside the bars."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {periods: Path(folder) / f"{periods}.db" for periods in (SHORT, LONG)}
        for periods, path in paths.items():
            fill(path, periods)
        for what, judged in (("values", False), ("values, limits and outlook", True)):
            taken = measure(paths, judged=judged)
            for periods, milliseconds in taken.items():
                print(f"{SHOWN} KPIs of {KPIS}, {PERIODS} periods of {periods}, {what}: {milliseconds:.2f} ms"
                      f" (bar {BAR_MS} ms)")  # fmt: skip
            print(f"growth: {taken[LONG] / taken[SHORT]:.2f} (bar {BAR_GROWTH})")


if __name__ == "__main__":
    main()
