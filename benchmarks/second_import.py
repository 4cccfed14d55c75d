"""What a further month costs: added to sixty months of orders, against the first month into an empty data file.

    python benchmarks/second_import.py [--orders 5000] [--rounds 5]

Both go through the service, from the bytes to the KPI's values, in turns on fresh copies; medians of the CPU time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.importing.orders import AMERICAN, write
from benchmarks.importing.shop import add, months, open_shop

HISTORY = 60
FIRST = date(2021, 1, 1)
BAR = 1.3


def start_of(number: int) -> date:
    """Give the first day of a month, counted from the first one."""
    return date(FIRST.year + number // 12, number % 12 + 1, 1)


def export(folder: Path, number: int, orders: int) -> Path:
    """Write the orders of one month."""
    first = start_of(number)
    file = folder / f"{first:%Y-%m}.csv"
    write(file, AMERICAN, orders, first, (start_of(number + 1) - first) // timedelta(days=1))
    return file


def taken(database: Path, before: Path, file: Path, expected: int) -> float:
    """Add a month to a copy of a data file and count the CPU seconds."""
    shutil.copy(before, database)
    begun = time.process_time()
    add(database, file)
    spent = time.process_time() - begun
    assert len(months(database)) == expected
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    return spent


def main() -> int:
    """Print both figures and their ratio beside the bar; the exit code tells whether it is missed."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--orders", type=int, default=5_000)
    given.add_argument("--rounds", type=int, default=5)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [export(folder, number, asked.orders) for number in range(HISTORY + 1)]
        empty, full, database = folder / "empty.db", folder / "full.db", folder / "now.db"
        for each in (empty, full):
            open_shop(each)
        for file in files[:HISTORY]:
            add(full, file)
        first, further = [], []
        for _ in range(asked.rounds):
            first.append(taken(database, empty, files[0], 1))
            further.append(taken(database, full, files[HISTORY], HISTORY + 1))
    ratio = median(further) / median(first)
    print(f"the first month of {asked.orders:,} orders: {median(first):.3f} s CPU")
    print(f"a month after {HISTORY} months: {median(further):.3f} s CPU")
    print(f"growth: {ratio:.2f} (bar {BAR}), {'reached' if ratio <= BAR else 'MISSED'}")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main())
