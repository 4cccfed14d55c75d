"""Settings, definitions as a document, and the data file itself: check, back up, restore."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.business import Business
from kpi_core.definition.document import document_to_text
from kpi_core.service import taking_over
from kpi_core.service.log import LogLine, log_lines
from kpi_core.store import actuals, soundness, upkeep
from kpi_core.store.business import read_business, write_business
from kpi_core.store.changes import By
from kpi_core.store.closed_values import closed_months_kept
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.dump import dump_document
from kpi_core.store.definitions.load import Loaded

if TYPE_CHECKING:
    from datetime import date, datetime

    from kpi_core.service.file import File
    from kpi_core.store.soundness import Finding

LOG_LINES = 50
EXAMPLE = Fraction("1234567.5")
"""The number that shows how a number style writes."""


def settings(data_file: Path) -> Business:
    """Read the settings of the business."""
    with open_store(data_file) as store:
        return read_business(store)


def save_settings(data_file: Path, business: Business, now: datetime) -> None:
    """Keep the settings; another calendar makes every value again.

    Raises:
        RefusedDefinition: a typed value would belong to no period of the new calendar.
    """
    with open_store(data_file) as store, closed_months_kept(store):
        write_business(store, business, By(now, business.person))
        actuals.refresh(store)


def log(data_file: Path) -> tuple[LogLine, ...]:
    """Read the newest entries of the change log."""
    with open_store(data_file) as store:
        return log_lines(store, LOG_LINES)


def define(data_file: Path, file: File, now: datetime) -> Loaded:
    """Load a document of definitions: all of it or nothing.

    Raises:
        RefusedDefinition: naming the place in the document and what is wrong there, or a KPI that would add money
            of several currencies up.
    """
    return taking_over.take_over(data_file, file, (), now)[0]


def definitions(data_file: Path) -> str:
    """Write all definitions as one JSON document."""
    with open_store(data_file) as store:
        return document_to_text(dump_document(store))


def check(data_file: Path, today: date | None = None) -> tuple[Finding, ...]:
    """Look whether the data file is sound; with a day, whether the outlooks of its board are too."""
    with open_store(data_file) as store:
        return soundness.check(store, today)


def mend(data_file: Path, today: date | None = None) -> tuple[Finding, ...]:
    """Make again what follows from the rest of the file, and look again."""
    with open_store(data_file) as store:
        soundness.mend(store)
        return soundness.check(store, today)


def backup(data_file: Path, target: Path) -> None:
    """Copy the data file to one file, also while others write."""
    with open_store(data_file) as store:
        upkeep.backup(store, target)


def restore(data_file: Path, source: Path, now: datetime) -> Path | None:
    """Put a checked backup in place; the replaced file is kept beside it, and its path is given."""
    return upkeep.restore(data_file, source, now)


def restore_bytes(data_file: Path, data: bytes, now: datetime) -> Path | None:
    """Put a backup that was uploaded in place, checked first."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "backup.db"
        source.write_bytes(data)
        return restore(data_file, source, now)
