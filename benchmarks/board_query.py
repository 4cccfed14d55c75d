"""How long the board's query takes: 50 KPIs of 500, their last 24 periods, with a short and with a long history.

Run it with `python benchmarks/board_query.py`. It prints milliseconds (median of many reads) and how much more the
long history costs.
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
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence, Calendar
from kpi_core.store.actuals import INSERT, SegmentIds, line
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.histories import history
from kpi_core.unit import Unit, UnitKind

KPIS, SHOWN, PERIODS, READS = 500, 50, 24, 120
SHORT, LONG = 60, 5_200
BAR_MS, BAR_GROWTH = 3.0, 1.2
NOW = datetime(2026, 1, 5, 9)
CALENDAR = Calendar()


def fill(path: Path, periods: int) -> None:
    """Make a data file of KPIs with so many days of values each."""
    newest = CALENDAR.last_complete(Cadence.DAY, NOW.date())
    days = [date.fromordinal(newest.start.toordinal() - back) for back in reversed(range(periods))]
    with open_store(path) as store, store.writing():
        by = By(NOW)
        for number in range(KPIS):
            add_kpi(store, Kpi(f"KPI {number}", Unit(UnitKind.COUNT), Direction.UP, Cadence.DAY, Typed()), by)
        segments = SegmentIds(store)
        covered = CoverageState.FULL
        for kpi in kpis(store):
            rows = (Actual(CALENDAR.period(Cadence.DAY, day), Fraction(day.toordinal(), 7), covered) for day in days)
            store.many(INSERT, (line(kpi, actual, segments) for actual in rows))
    with open_store(path) as store:
        store.checkpoint()


def read(store: Store, shown: list[Kpi]) -> float:
    """Read the board's values once, in milliseconds."""
    start = time.perf_counter()
    found = history(store, shown, CALENDAR, NOW.date(), PERIODS)
    taken = (time.perf_counter() - start) * 1000
    assert sum(len(each) for each in found.values()) == SHOWN * PERIODS
    return taken


def measure(paths: dict[int, Path]) -> dict[int, float]:
    """Take the median of many reads of each file, in turns, so that whatever else the machine does hits both alike."""
    stores = {periods: open_store(path) for periods, path in paths.items()}
    shown = {periods: list(kpis(store))[:: KPIS // SHOWN] for periods, store in stores.items()}
    times: dict[int, list[float]] = {periods: [] for periods in paths}
    for _ in range(READS):
        for periods, store in stores.items():
            times[periods].append(read(store, shown[periods]))
    for store in stores.values():
        store.close()
    return {periods: statistics.median(found[READS // 6 :]) for periods, found in times.items()}


def main() -> None:
    """Print both figures and their ratio beside the bars."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {periods: Path(folder) / f"{periods}.db" for periods in (SHORT, LONG)}
        for periods, path in paths.items():
            fill(path, periods)
        taken = measure(paths)
    for periods, milliseconds in taken.items():
        print(f"{SHOWN} KPIs of {KPIS}, {PERIODS} periods of {periods}: {milliseconds:.2f} ms (bar {BAR_MS} ms)")
    print(f"growth: {taken[LONG] / taken[SHORT]:.2f} (bar {BAR_GROWTH})")


if __name__ == "__main__":
    main()
