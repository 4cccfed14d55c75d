"""Ways to bring an order export into a SQLite file, each run as a process of its own.

    python benchmarks/importing/ways.py WAY FILE DATABASE

Prints JSON: the CPU seconds of the work (all threads; starting Python and importing libraries left aside, as an app
that runs has done both) and the peak memory of the whole process in megabytes. Before the clock starts each way
imports a tiny file once, so that what is loaded on first use is there for all of them.
"""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.importing.orders import AMERICAN, EUROPEAN, HEADERS, Style, write

if TYPE_CHECKING:
    from collections.abc import Callable

PERSONAL = "E-mail"
KEPT = tuple(name for name in HEADERS if name != PERSONAL)
CHUNK = 20_000
TINY = 60


def style_of(file: Path) -> Style:
    """Tell by the name that the benchmark gave it how a file is written."""
    return AMERICAN if file.name.startswith(AMERICAN.name) else EUROPEAN


def ours() -> Callable[[Path, Path], None]:
    """Import by the service: bytes, reading, stored rows, values of a KPI over them."""
    from benchmarks.importing.shop import add, open_shop  # noqa: PLC0415 -- each process imports its own way only

    def run(file: Path, database: Path) -> None:
        open_shop(database)
        add(database, file)

    return run


def duckdb_direct() -> Callable[[Path, Path], None]:
    """Read with DuckDB as it stands, then `executemany` of the same columns (without the personal one)."""
    import duckdb  # noqa: PLC0415

    def run(file: Path, database: Path) -> None:
        source = in_utf8(file, database)
        columns = ", ".join(f'"{name}"' for name in KEPT)
        with duckdb.connect() as reader, closing(sqlite3.connect(database)) as writer:
            writer.execute(f"CREATE TABLE orders ({columns})")
            found = reader.execute(f"SELECT {columns} FROM read_csv('{source}', all_varchar = true)")  # noqa: S608
            marks = ", ".join("?" * len(KEPT))
            while rows := found.fetchmany(CHUNK):
                writer.executemany(f"INSERT INTO orders VALUES ({marks})", rows)  # noqa: S608
            writer.commit()

    return run


def in_utf8(file: Path, beside: Path) -> Path:
    """Write a file in another code page anew as UTF-8: DuckDB reads no other."""
    if style_of(file).encoding == "utf-8":
        return file
    made = beside.with_suffix(".utf8.csv")
    made.write_bytes(file.read_bytes().decode(style_of(file).encoding).encode())
    return made


def pandas_to_sql() -> Callable[[Path, Path], None]:
    """Read with pandas, told how the file is written, and write with `to_sql`."""
    import pandas as pd  # noqa: PLC0415

    def run(file: Path, database: Path) -> None:
        style = style_of(file)
        frame = pd.read_csv(
            file, sep=style.delimiter, decimal=style.decimal, thousands=style.thousands, encoding=style.encoding
        )
        with closing(sqlite3.connect(database)) as writer:
            frame.to_sql("orders", writer, index=False)

    return run


def sqlite_utils_insert() -> Callable[[Path, Path], None]:
    """Run `sqlite-utils insert --csv`."""
    from sqlite_utils.cli import cli  # noqa: PLC0415

    def run(file: Path, database: Path) -> None:
        style = style_of(file)
        told = ["--csv", "--delimiter", style.delimiter, "--encoding", style.encoding, "--silent"]
        cli.main(["insert", str(database), "orders", str(file), *told], standalone_mode=False)

    return run


def csvsql() -> Callable[[Path, Path], None]:
    """Run `csvsql --insert` of csvkit, as it is found on the path."""

    def run(file: Path, database: Path) -> None:
        style = style_of(file)
        told = ["-d", style.delimiter, "-e", style.encoding, "--tables", "orders"]
        subprocess.run(["csvsql", "--db", f"sqlite:///{database}", "--insert", *told, str(file)], check=True)

    return run


WAYS: dict[str, Callable[[], Callable[[Path, Path], None]]] = {
    "Signalbox": ours,
    "DuckDB + executemany": duckdb_direct,
    "pandas to_sql": pandas_to_sql,
    "sqlite-utils insert": sqlite_utils_insert,
    "csvsql": csvsql,
}


def cpu() -> float:
    """Count the CPU seconds of this process and of those it started."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def peak_mb() -> float:
    """Tell the largest memory that this process, or one it started, has had."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def main() -> None:
    """Run one way and print what it took."""
    way, file, database = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    run = WAYS[way]()
    folder = Path(tempfile.mkdtemp())
    tiny = folder / f"{style_of(file).name}.csv"
    write(tiny, style_of(file), TINY)
    run(tiny, folder / "tiny.db")
    shutil.rmtree(folder)
    start, begun = cpu(), time.perf_counter()
    run(file, database)
    taken = cpu() - start
    print(json.dumps({"cpu": taken, "wall": time.perf_counter() - begun, "peak": peak_mb()}))


if __name__ == "__main__":
    main()
