"""A command as a script runs it: the same entrance, its exit code, what it printed where."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 3, 9, 0)

ORDERS = """\
Order,Created at,Status,Channel,Total,Items
A-1,2026-09-01,paid,web,100.50,2
A-2,2026-09-30,void,web,40.00,1
A-3,2026-10-01,paid,shop,250.00,5
A-4,2026-10-15,paid,,9.50,1
A-5,2026-10-31,paid,Web,100.00,4
Total,,,,500.00,13
"""
OPEN = "Day,Amount\n03/04/2026,10.00\n05/06/2026,20.00\n"
WIDE = ",Jan 2026,Feb 2026,Mar 2026\nIncome,1000,1100,1200\nCosts,400,500,600\n"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Read the one JSON object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Ran]


def dump(data_file: Path, *, counters: bool = True) -> str:
    """Write everything that a data file holds, to see whether anything changed.

    `counters`: with the highest number that each table ever gave, which never goes back.
    """
    with closing(sqlite3.connect(data_file)) as conn:
        return "\n".join(line for line in conn.iterdump() if counters or "sqlite_sequence" not in line)
