"""The command line: everything the screens do, for scripts and scheduled imports."""

from __future__ import annotations

from kpi_core.cli.commands import main

__all__ = ["main"]
