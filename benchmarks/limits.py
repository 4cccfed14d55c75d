"""How far one data file on one computer goes: rows brought in a million at a time, and what that costs and weighs.

Each file is a year of a made-up shop's orders in twelve columns (`importing/orders.py`), added by a process of its own.
Printed for each: its size, the seconds and the memory that adding it took, how large the data file is afterwards, how
long the board of its KPI takes to be read, and at the end a backup and a check of the whole.

    python benchmarks/limits.py [--millions 5]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.importing.orders import AMERICAN, write
from benchmarks.importing.shop import NOW, add, open_shop
from kpi_core.service import boards, keeping

ROWS, DAYS, FIRST_YEAR = 1_000_000, 365, 2021
READS = 20
MB = 1 << 20


def add_one(database: Path, file: Path) -> None:
    """Add one file and print what it took, as JSON; runs in a process of its own."""
    start = time.perf_counter()
    added = add(database, file, coverage="yes")
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": took, "peak": peak, "new": added.result.new}))


def board_ms(database: Path) -> float:
    """Time the board from the data file, in milliseconds: the median of reads as of different days, none kept."""
    taken = []
    for back in range(READS):
        start = time.perf_counter()
        boards.board(database, NOW.date(), boards.View(NOW.date() - timedelta(days=back)))
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def measure(millions: int, folder: Path) -> None:
    """Bring in so many files and print a line for each."""
    database = folder / "limits.db"
    open_shop(database)
    print(f"{'rows':>6}{'file MB':>9}{'added in s':>12}{'memory MB':>11}{'data file MB':>14}{'board ms':>10}")
    for number in range(millions):
        file = folder / f"{AMERICAN.name} {FIRST_YEAR + number}.csv"
        write(file, AMERICAN, ROWS, date(FIRST_YEAR + number, 1, 1), DAYS)
        command = [sys.executable, __file__, "--add", str(database), str(file)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        took = json.loads(done.stdout.splitlines()[-1])
        assert took["new"] == ROWS
        sizes = file.stat().st_size / MB, database.stat().st_size / MB
        print(
            f"{number + 1:4} M{sizes[0]:9.0f}{took['wall']:12.1f}{took['peak']:11.0f}{sizes[1]:14.0f}"
            f"{board_ms(database):10.1f}",
            flush=True,
        )
        file.unlink()
    start = time.perf_counter()
    keeping.backup(database, folder / "backup.db")
    print(f"backup of the whole {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    keeping.check(database)
    print(f"check of the whole {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--millions", type=int, default=5)
    options.add_argument("--add", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.add:
        add_one(*asked.add)
    else:
        with tempfile.TemporaryDirectory() as where:
            measure(asked.millions, Path(where))
