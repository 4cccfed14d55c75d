"""A KPI that is added to the tables of the catalogue is found, opened and defined, without a line of Python."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core import catalogue
from kpi_core.catalogue import entries, search
from kpi_core.kpi import Aggregate, Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service import catalogue as pages
from kpi_core.service import choose
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 3, 9)
BLANK = Kpi("", Unit(UnitKind.CURRENCY, "SEK"), Direction.UP, Cadence.MONTH, Typed(Aggregate.SUM))
ROW = {
    "key": "tips_per_shift",
    "name": "Tips per shift",
    "aliases": "gratuities",
    "everyday": "what guests leave for the waiters, tips",
    "definition": "What guests give on top of the bill in a shift.",
    "numerator": "tips counted at the end of the shift",
    "denominator": "shifts",
    "unit": "currency",
    "good_direction": "up",
    "cadence": "week",
    "least": "0",
    "aggregation": "ratio_of_sums",
    "lead_lag": "lagging",
    "perspective": "people",
    "function": "people",
    "sectors": "restaurant",
    "goals": "happy_team",
    "csv_source": "daily report of the till",
    "gamed_by": "Asking guests for tips",
    "counter_metric": "review_rating",
    "vanity": "no",
}


def forget() -> None:
    for thing in (*vars(entries).values(), *vars(search).values()):
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "catalogue"
    shutil.copytree(entries.FOLDER, folder)
    table = folder / "kpis.tsv"
    head = table.read_text("utf-8").splitlines()[0].split("\t")
    with table.open("a", encoding="utf-8") as lines:
        lines.write("\t".join(ROW.get(column, "") for column in head) + "\n")
    monkeypatch.setattr(entries, "FOLDER", folder)
    forget()
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.usefixtures("added")
def test_a_new_line_is_found_opened_and_defined(tmp_path: Path) -> None:
    data_file = tmp_path / "d.db"
    assert [catalogue.find(text)[0].key for text in ("Tips per shift", "gratuities", "tips of guests")] == [
        "tips_per_shift"
    ] * 3
    options = choose.options(data_file)
    page = pages.page(data_file, "tips_per_shift", options)
    assert page.entry.name == "Tips per shift"
    assert page.counter is not None
    assert page.counter.key == "review_rating"
    begun = pages.start(data_file, "tips_per_shift", None, options, BLANK).kpi
    assert (begun.name, begun.definition) == (ROW["name"], ROW["definition"])
    kept = choose.save(data_file, begun, None, NOW)
    assert choose.opened(data_file, kept.id)[0].catalogue_key == "tips_per_shift"


def test_without_the_line_it_is_not_there() -> None:
    assert catalogue.by_key("tips_per_shift") is None
    assert catalogue.find("gratuities") == ()
