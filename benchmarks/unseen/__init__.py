"""Exports that nobody has seen, made by a seed, with the truth known because the rows came first.

A case is drawn in steps, each with its own module: a layout (`layouts.toml`) and a locale (`locales`), rows of typed
values (`drawing`), their text (`writing`), what real exports do to a table (`frames`, `tails`, `rows`, `oddities`), and
the bytes (`physical`, `book`). `made` puts them together; `judge` asks the reader and compares.
"""

from __future__ import annotations

from benchmarks.unseen.case import Case, Shape
from benchmarks.unseen.make import made

__all__ = ["Case", "Shape", "made"]
