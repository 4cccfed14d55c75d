"""The sample shop: loaded and removed by one click, the way an owner's own files and definitions go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core import ingest
from kpi_core.definition.document import Document, document_from_text
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import KeyResult, Note, Objective, Tier, TypedValue
from kpi_core.sample import CAMPAIGN_MONTHS_AGO, DROP_MONTHS_AGO, sample_files
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes, store_reading
from kpi_core.store import actuals, sample_marks
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.load import load_document
from kpi_core.store.definitions.typed import set_typed

if TYPE_CHECKING:
    from datetime import datetime

    from kpi_core.store.data_file import Store

DEFINITIONS = Path(__file__).parents[2] / "data" / "sample" / "definitions.json"
DEFAULT_CURRENCY = "USD"
LOADED_WITH = "Sample shop"
"""Why the log says that something of the sample was added."""
REMOVING = (
    "Removing it leaves what you brought yourself as it is. What you wrote on its KPIs, in reviews, actions and notes, "
    "goes with them."
)
"""What is said before it is removed."""
OUT_OF_STOCK = "Out-of-stock share"
REVIEW_IN = timedelta(days=30)
TYPED_PERCENT = ("4.1", "3.8", "4.4", "5.1", "4.7", "5.2", "5.5", "5.0", "5.6", "5.3", "5.9")
"""Typed shares of the periods before the last complete one, the newest last: the last one is still owed."""


def is_loaded(data_file: Path) -> bool:
    """Tell whether the sample shop is there."""
    with open_store(data_file) as store:
        return sample_marks.is_loaded(store)


def load(data_file: Path, now: datetime) -> str:
    """Add the sample shop beside whatever is there, all of it or nothing; a sentence says what came.

    Raises:
        RefusedDefinition: it is there already, or a KPI of the same name is.
    """
    with open_store(data_file) as store, store.writing():
        if sample_marks.is_loaded(store):
            sentence = "The sample shop is loaded already."
            raise RefusedDefinition(sentence, "Remove it first to load it afresh.")
        currency = read_business(store).currency or DEFAULT_CURRENCY
        document = _document(currency, now)
        taken = {kpi.name.casefold() for kpi in kpis(store)} & {kpi.name.casefold() for kpi in document.kpis}
        if taken:
            sentence = f"There is a KPI named {min(taken)} already, and the sample shop has one too."
            raise RefusedDefinition(sentence, "Rename or retire yours, or use a data file of its own for the sample.")
        before = sample_marks.marks(store)
        rows = _add_files(store, currency, now)
        load_document(store, document, By(now, why=LOADED_WITH))
        _type_values(store, now)
        sample_marks.remember_new(store, before)
        actuals.refresh(store)
    return f"The sample shop is loaded: {len(document.kpis)} KPIs and health metrics from {rows:,} rows."


def _document(currency: str, now: datetime) -> Document:
    """Read the sample's definitions, its money in `currency`, its KPIs to be looked at again in a month."""
    document = document_from_text(DEFINITIONS.read_text("utf-8").replace("{currency}", currency))
    again = now.date() + REVIEW_IN
    kpis = (replace(kpi, review_date=again) if kpi.tier is Tier.KPI else kpi for kpi in document.kpis)
    return replace(document, kpis=tuple(kpis), objectives=(_objective(now.date()),), notes=_notes(now.date()))


def _objective(today: date) -> Objective:
    """Make the sample's objective: half a year that began three whole months ago, so that some way is made already."""
    start = _month(today, -3)
    last = _month(today, 3) - timedelta(days=1)
    results = (
        KeyResult("Conversion rate", Fraction("2.2"), Fraction(3), stretch=True),
        KeyResult("Monthly revenue", Fraction(480_000), Fraction(650_000)),
        KeyResult("First reply time", Fraction(8 * 3600), Fraction(4 * 3600)),
        KeyResult(OUT_OF_STOCK, Fraction(6), Fraction(3)),
    )
    return Objective("A shop that people come back to", start, last, results, "shop manager")


def _notes(today: date) -> tuple[Note, ...]:
    """Say what happened in the sample shop and shows in its numbers."""
    return (
        Note(_month(today, -DROP_MONTHS_AGO), "Free shipping from a lower sum", "Average order value"),
        Note(_month(today, -CAMPAIGN_MONTHS_AGO), "Campaign", "Visits"),
    )


def _month(day: date, later: int) -> date:
    """Give the first day of the month that lies so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _add_files(store: Store, currency: str, now: datetime) -> int:
    rows = 0
    for file in sample_files(now.date(), currency):
        reading = ingest.read(file.name, file.data, today=now.date())
        wishes = Wishes(file.source, {"coverage": "yes"})
        rows += store_reading(store, File(file.name, file.data), wishes, reading, now).result.new
    return rows


def _type_values(store: Store, now: datetime) -> None:
    calendar = read_business(store).calendar
    kpi = next(kpi for kpi in kpis(store) if kpi.name == OUT_OF_STOCK)
    period = calendar.last_complete(kpi.cadence, now.date())
    for percent in reversed(TYPED_PERCENT):
        period = calendar.previous(period)
        set_typed(store, TypedValue(kpi.name, period.start, Fraction(percent)), By(now, why=LOADED_WITH))


def remove(data_file: Path) -> str:
    """Take the sample shop away again and leave exactly what the owner brought.

    Raises:
        RefusedDefinition: it is not there.
    """
    with open_store(data_file) as store, store.writing():
        if not sample_marks.is_loaded(store):
            sentence = "The sample shop is not loaded."
            raise RefusedDefinition(sentence)
        sample_marks.remove(store)
        actuals.refresh(store)
    return "The sample shop is removed; what you brought yourself is as it was."
