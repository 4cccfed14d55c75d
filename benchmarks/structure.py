"""How much of a polluted file's table is found: headings, records and cells against the clean table, beside peers.

Exports are made by a seed with what real tools do to them; the clean table is known. A record is right where all its
cells are, a cell where it stands in its column. Both are counted two ways: how much of the clean table is found, and
how much of what is found belongs to it. Ours is what the preview shows, once a question that the file leaves open has
its true answer. Any other question stays unanswered.

Peers: Python's `csv` with a sniffed dialect, and DuckDB's `read_csv`, both with their own idea of the header.

    python benchmarks/structure.py [--seeds 1-120]
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.unseen import Case, Shape, made
from benchmarks.unseen_exports import seeds_of
from kpi_core.errors import SignalboxError
from kpi_core.service import looking
from kpi_core.service.file import File
from kpi_core.source import Fate, Question

TODAY = date(2026, 11, 3)
ROWS = 18
"""How many rows a file has at most: the preview shows all of them, with what stands around them."""
SNIFFED = 20_000
Table = list[list[str]]
"""Records of cells, the header first."""


def ours(case: Case, path: Path) -> Table:
    """Read a file as the preview shows it."""
    file = File(case.name, path.read_bytes())
    reading = looking.look(file, TODAY)
    if answers := answers_to(case, reading.questions):
        reading = looking.look(file, TODAY, answers)
    rows = [list(row.cells) for row in reading.preview if row.fate in {Fate.USED, Fate.REFUSED}]
    return [[column.name for column in reading.columns], *rows]


def answers_to(case: Case, questions: Iterable[Question]) -> dict[str, str]:
    """Give the true answers to what the file leaves open."""
    return {each.id: case.truth.answers[each.id] for each in questions if each.id in case.truth.ask_ok}


def sniffed(case: Case, path: Path) -> Table:
    """Read a file by Python's `csv`, its dialect and header sniffed."""
    del case
    data = path.read_bytes()
    text = data.decode("utf-16") if data[:2] == b"\xff\xfe" else data.decode("utf-8-sig", "replace")
    dialect = csv.Sniffer().sniff(text[:SNIFFED])
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), dialect) if row]
    return rows if csv.Sniffer().has_header(text[:SNIFFED]) else [[], *rows]


def duck(case: Case, path: Path) -> Table:
    """Read a file by DuckDB, all its cells as text."""
    del case
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_csv(?, all_varchar = true)", [str(path)])
        names = [each[0] for each in found.description or []]
        rows = [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
    made_up = all(name.startswith("column") for name in names)
    return [[] if made_up else names, *rows]


READERS: dict[str, Callable[[Case, Path], Table]] = {"Signalbox": ours, "csv, sniffed": sniffed, "DuckDB": duck}


@dataclass
class Found:
    """What a reader made of all files, in counts."""

    files: int = 0
    unread: int = 0
    headers: int = 0
    perfect: int = 0
    clean_records: int = 0
    found_records: int = 0
    right_records: int = 0
    clean_cells: int = 0
    found_cells: int = 0
    right_cells: int = 0

    def add(self, clean: Table, table: Table, *, headed: bool) -> bool:
        """Compare a table with the clean one; tell whether they are the same."""
        width = len(clean[0])
        want = [plain(row, width) for row in clean[1:]]
        got = [trimmed(plain(row, width), width) for row in table[1:]]
        records = Counter(want) & Counter(got)
        cells = Counter(cell for row in want for cell in enumerate(row))
        seen = Counter(cell for row in got for cell in enumerate(row) if cell[0] < width or cell[1])
        header = not headed or alike(table[0], clean[0])
        perfect = header and Counter(want) == Counter(got)
        self.headers += header
        self.perfect += perfect
        self.clean_records += len(want)
        self.found_records += len(got)
        self.right_records += records.total()
        self.clean_cells += cells.total()
        self.found_cells += seen.total()
        self.right_cells += (cells & seen).total()
        return perfect

    def line(self, name: str) -> str:
        """Write the shares."""
        shares = (
            (self.perfect, self.files),
            (self.headers, self.files),
            (self.right_records, self.clean_records),
            (self.right_records, self.found_records),
            (self.right_cells, self.clean_cells),
            (self.right_cells, self.found_cells),
        )
        return f"{name:14}{self.unread:>8}" + "".join(f"{part / max(1, whole):>12.2%}" for part, whole in shares)


def trimmed(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Drop empty cells beyond the table's own width."""
    while len(row) > width and not row[-1]:
        row = row[:-1]
    return row


def alike(found: list[str], clean: list[str]) -> bool:
    """Compare headings; a name that is there twice may be told apart, one that is missing may be made up."""
    names = trimmed(plain(found, len(clean)), len(clean))
    if len(names) != len(clean):
        return False
    true = plain(clean, len(clean))
    return all(
        name == want or not want or (want in true[:place] and name.startswith(want))
        for place, (name, want) in enumerate(zip(names, true, strict=True))
    )


def plain(row: list[str] | tuple[str, ...], width: int) -> tuple[str, ...]:
    """Trim cells, take line ends in cells for one, and make a record as wide as its table; a made-up name is none."""
    cells = [" ".join(cell.split()) for cell in row]
    return tuple("" if cell == f"Column {place + 1}" else cell for place, cell in enumerate([*cells, *[""] * width]))[
        : max(width, len(cells))
    ]


def main() -> None:
    """Read the files by each reader, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-120", type=seeds_of)
    every = [made(seed, ROWS) for seed in parser.parse_args().seeds]
    cases = [case for case in every if case.shape is not Shape.WIDE and case.encoding]
    found = {name: Found() for name in READERS}
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            path = Path(folder) / f"{case.seed}.csv"
            path.write_bytes(case.data)
            clean = [list(row) for row in case.clean]
            for name, read in READERS.items():
                found[name].files += 1
                try:
                    table = read(case, path)
                except (csv.Error, duckdb.Error, SignalboxError, UnicodeError, StopIteration):
                    found[name].unread += 1
                    table = [[]]
                same = found[name].add(clean, table, headed=not {"H23", "H24"} & case.hazards)
                if name == "Signalbox" and not same:
                    print(f"{case.seed:>6} {case.layout}: {len(table) - 1} of {len(clean) - 1}, {sorted(case.hazards)}")
    asking = sum(bool(case.truth.ask_ok) for case in cases)
    print(f"\n{next(iter(found.values())).files} text files of {ROWS} rows at most; {asking} leave something open")
    titles = ("perfect", "headings", "records", "of found", "cells", "of found")
    print(f"{'':14}{'unread':>8}" + "".join(f"{title:>12}" for title in titles))
    for name, counts in found.items():
        print(counts.line(name))


if __name__ == "__main__":
    main()
