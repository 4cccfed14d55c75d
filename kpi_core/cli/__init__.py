"""The command line: everything the screens do, for scripts and scheduled imports.

Each module holds a few commands and is loaded only when one of them runs: the board must not wait for what reads
files. `group` knows which command is where.
"""

from __future__ import annotations

from kpi_core.cli.group import main

__all__ = ["main"]
