"""A data file with a KPI over order exports, filled through the service."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kpi_core.kpi import Aggregate, Direction, Kpi, Measure, OneColumn
from kpi_core.period import Cadence
from kpi_core.service import importing
from kpi_core.service.importing import Added, File, Wishes
from kpi_core.source import Recipe
from kpi_core.store import sources
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2030, 1, 5, 9)
SOURCE = "Orders"
REVENUE = Measure(SOURCE, Aggregate.SUM, OneColumn("Total"), "Order Date")


def open_shop(database: Path) -> None:
    """Make a data file with a monthly KPI over a source that has no file yet."""
    with open_store(database) as store, store.writing():
        sources.add_source(store, SOURCE, Recipe(SOURCE, ()), NOW)
        unit = Unit(UnitKind.COUNT)
        add_kpi(store, Kpi("Revenue", unit, Direction.UP, Cadence.MONTH, REVENUE), By(NOW))


def add(database: Path, file: Path, **answers: str) -> Added:
    """Add an export: from its bytes to the values of the KPI."""
    given = {identity.replace("_", "-"): answer for identity, answer in answers.items()}
    return importing.add(database, File(file.name, file.read_bytes()), Wishes(SOURCE, given), NOW)


def months(database: Path) -> list[tuple[object, ...]]:
    """Read the values that the board would show: month and value, oldest first."""
    with open_store(database) as store:
        return store.all("SELECT period, value FROM actuals WHERE segment_id = 0 ORDER BY period")
