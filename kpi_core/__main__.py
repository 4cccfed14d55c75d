"""`python -m kpi_core COMMAND`: everything the screens do. The clock is read here, and passed down.

Any Python of the machine will do: where it has not the libraries, the one that `start.py` set up takes over.
"""

from __future__ import annotations

import importlib
import io
import os
import subprocess
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = ("click", "sqlite_utils", "pandas", "pyarrow", "clevercsv")
OWN = Path(__file__).parents[1] / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REFUSED = 2


def run() -> int:
    """Run the command, by another Python where this one lacks a library, and give the exit code."""
    if not all(find_spec(name) for name in LIBRARIES):
        if Path(sys.prefix) != OWN.parents[1] and OWN.exists():
            return subprocess.call([str(OWN), "-m", "kpi_core", *sys.argv[1:]])  # noqa: S603 -- the same command again
        sys.stderr.write("The libraries are not installed. Run python3 start.py once, it sets them up.\n")
        return REFUSED
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows is else written in an old code page, and `definitions` must be readable by `define`
            stream.reconfigure(encoding="utf-8")
    stated = os.environ.get("SIGNALBOX_TODAY")
    now = datetime.fromisoformat(stated) if stated else datetime.now()  # noqa: DTZ005 -- this computer's wall clock
    # Not at the top: it needs what was looked for above
    return int(importlib.import_module("kpi_core.cli").main(now))


if __name__ == "__main__":
    sys.exit(run())
