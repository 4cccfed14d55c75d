"""Ways of making columns that the tests of reading cells share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.ingest import columns, dates, number, shapes
from kpi_core.ingest.report import ColumnsReading, FileContext, ReadingChoice
from kpi_core.ingest.texts import Texts, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.source import Recipe

TODAY = date(2026, 11, 3)


def vector(cells: Sequence[str]) -> Texts:
    """Make a column of raw texts."""
    return texts_of(list(cells))


def numbers(cells: Sequence[str]) -> number.Numbers:
    """Look at cells as numbers."""
    codes, texts = shapes.distinct(vector(cells))
    return number.look(texts, shapes.weights(codes, len(texts)))


def days(cells: Sequence[str]) -> tuple[dates.Dates, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Look at cells as dates; the second part says which text each row holds."""
    codes, texts = shapes.distinct(vector(cells))
    found = dates.look(texts, shapes.weights(codes, len(texts)), np.zeros(len(texts), dtype=bool))
    return found, codes


def moments(cells: Sequence[str], order: dates.Order | None = dates.Order.DAY_FIRST) -> Sequence[object]:
    """Read cells as dates with their times of day."""
    found, codes = days(cells)
    return shapes.gather(dates.days(found, order, TODAY).moments, codes)


def read(
    table: Mapping[str, Sequence[str]],
    *,
    wanted: ReadingChoice | None = None,
    answers: Mapping[str, str] | None = None,
    recipe: Recipe | None = None,
    titles: tuple[str, ...] = (),
    delimiter: str = ",",
) -> ColumnsReading:
    """Read a table given by its columns; its header stands on record 1."""
    size = max((len(cells) for cells in table.values()), default=0)
    return columns.read_columns(
        list(table),
        [vector(cells) for cells in table.values()],
        range(2, size + 2),
        recipe=recipe,
        answers=answers or {},
        wanted=wanted or ReadingChoice(),
        context=FileContext(titles, TODAY, delimiter, "utf-8"),
    )
