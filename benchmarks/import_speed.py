"""What an order export costs from its bytes to stored rows and a KPI's values, against other ways in the same run.

    python benchmarks/import_speed.py [--rows 10000 100000 1000000] [--rounds 3]

An American export (comma, 1,234.50, 12/31/2025) and a European one (semicolon, 1.234,50, 31.12.2025, cp1252) are made
up, twelve columns each (`importing/orders.py`). Each way runs in a process of its own (`importing/ways.py`), the ways
in turns; medians are compared. The others store texts as they stand, under no key and in no order; only ours finds the
table, reads amounts and days, recognises rows again, and makes the values. csvsql needs csvkit, which is no part of the
project: install it into an environment of its own and put that on the path (`python -m venv /tmp/csvkit`, then
`/tmp/csvkit/bin/pip install csvkit` and `PATH=$PATH:/tmp/csvkit/bin`).

Last, the preview of 10,000 rows with a data file: what an owner waits for after dropping a file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.importing.orders import AMERICAN, STYLES, write
from benchmarks.importing.shop import NOW, SOURCE, open_shop
from kpi_core.service import importing
from kpi_core.service.importing import File, Wishes

ROOT = Path(__file__).parents[1]
OURS, PEER, SLOW = "Signalbox", "DuckDB + executemany", "sqlite-utils insert"
WAYS = (OURS, PEER, "pandas to_sql", SLOW, "csvsql")
LARGE = 1_000_000
BAR_PEER, BAR_SLOW, BAR_PEAK, BAR_PREVIEW = 1.5, 0.5, 600, 1.0
PREVIEWED, LOOKS = 10_000, 5
CSVSQL_MOST = 100_000
"""csvsql guesses types cell by cell: a million rows take it many minutes."""

Taken = dict[str, float]


def once(way: str, file: Path, folder: Path) -> Taken:
    """Run one way in a process of its own."""
    database = folder / "once.db"
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/importing/ways.py"), way, str(file), str(database)],
        check=True,
        capture_output=True,
        text=True,
    )
    for left in folder.glob("once*"):
        left.unlink()
    taken: Taken = json.loads(done.stdout.splitlines()[-1])
    return taken


def measured(file: Path, rows: int, rounds: int, folder: Path) -> dict[str, Taken]:
    """Run all ways in turns and take the medians."""
    ways = [way for way in WAYS if way != "csvsql" or (rows <= CSVSQL_MOST and shutil.which("csvsql"))]
    found: dict[str, list[Taken]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            found[way].append(once(way, file, folder))
    return {way: {key: median(each[key] for each in taken) for key in taken[0]} for way, taken in found.items()}


def show(title: str, found: dict[str, Taken]) -> None:
    """Print one file's table."""
    print(f"\n{title}\n  {'way':24}{'CPU s':>8}{'wall s':>8}{'ours / it':>11}{'peak MB':>9}")
    for way, taken in found.items():
        ratio = found[OURS]["cpu"] / taken["cpu"]
        print(f"  {way:24}{taken['cpu']:8.2f}{taken['wall']:8.2f}{ratio:11.2f}{taken['peak']:9.0f}")


def preview_seconds(folder: Path) -> float:
    """Time the preview of an export with a data file, from its bytes; the median of a few."""
    file, database = folder / "preview.csv", folder / "preview.db"
    write(file, AMERICAN, PREVIEWED)
    open_shop(database)
    looks = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        seen = importing.preview(database, File(file.name, file.read_bytes()), Wishes(SOURCE), NOW)
        looks.append(time.perf_counter() - begun)
        assert seen.plan is not None
        assert seen.plan.new == PREVIEWED
    print(
        f"\n{PREVIEWED:,} rows on screen: {median(looks):.2f} s, the first time {looks[0]:.2f} s (bar {BAR_PREVIEW} s)"
    )
    return max(median(looks), looks[0])


def verdict(name: str, value: float, bar: float) -> bool:
    """Print whether a bar is reached."""
    reached = value <= bar
    print(f"  {'reached' if reached else 'MISSED '}  {name}: {value:.2f} (bar {bar})")
    return reached


def main() -> int:
    """Print a table for each file, then which bars are reached; the exit code counts those that are not."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, LARGE])
    given.add_argument("--rounds", type=int, default=3)
    asked = given.parse_args()
    if not shutil.which("csvsql"):
        print("csvsql is absent (see above how to bring it)")
    largest: dict[str, dict[str, Taken]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in asked.rows:
            for style in STYLES:
                file = folder / f"{style.name} {rows}.csv"
                write(file, style, rows)
                found = measured(file, rows, asked.rounds, folder)
                show(f"{style.name}, {rows:,} rows, {file.stat().st_size / 1e6:.0f} MB", found)
                largest[style.name] = found
                file.unlink()
        seconds = preview_seconds(folder)
    print(f"\nBars, by the largest files ({max(asked.rows):,} rows):")
    reached = [verdict("seconds to preview 10,000 rows", seconds, BAR_PREVIEW)]
    for style_name, found in largest.items():
        ours = found[OURS]
        reached += [
            verdict(f"{style_name}: CPU / ({PEER})", ours["cpu"] / found[PEER]["cpu"], BAR_PEER),
            verdict(f"{style_name}: CPU / ({SLOW})", ours["cpu"] / found[SLOW]["cpu"], BAR_SLOW),
            verdict(f"{style_name}: peak MB", ours["peak"], BAR_PEAK),
        ]
    return reached.count(False)


if __name__ == "__main__":
    sys.exit(main())
