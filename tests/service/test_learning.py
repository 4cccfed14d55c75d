"""What an answer teaches a source: only what the file really left open, and only as it was really read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.report import ReadingChoice
from kpi_core.service import history, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.recipe_list import overview
from kpi_core.source import ColumnRole
from tests.service.shop import NOW, add, days

AUGUST = days("2026-08-01", "2026-08-31")


def export(dated: list[date], form: str = "%d/%m/%Y", more: str = "") -> File:
    rows = "".join(f"{day:{form}},{day.day}.50\n" for day in dated)
    return File("till.csv", f"Date,Amount\n{rows}{more}".encode())


def remembered(data: Path) -> dict[str, str]:
    return dict(overview(data).sources[0].recipe.answers)


@pytest.mark.parametrize(("question", "choice"), [("date-order", "month-first"), ("decimal", "comma")])
def test_an_answer_that_the_cells_contradict_is_refused(data: Path, question: str, choice: str) -> None:
    with pytest.raises(RefusedDefinition, match="cannot be read"):
        importing.add(data, export(AUGUST), Wishes("Till", {question: choice}), NOW)
    assert overview(data).sources == ()
    importing.add(data, export(AUGUST), Wishes("Till"), NOW)
    assert remembered(data) == {"date-order": "day-first", "decimal": "point"}


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        ("date-order", "day-first"),
        ("totals", "keep"),
        ("totals", "leave-out"),
        ("extra-cells", "first"),
        ("currency", "EUR"),
        ("duplicate-key", "each"),
        ("table", "1"),
    ],
)
def test_an_answer_to_what_nobody_asked_is_not_remembered(data: Path, question: str, choice: str) -> None:
    importing.add(data, export(AUGUST, "%Y-%m-%d"), Wishes("Till", {question: choice}), NOW)
    assert remembered(data) == {"decimal": "point"}


def test_an_answer_to_what_the_file_left_open_is_remembered(data: Path) -> None:
    open_ = File("till.csv", b"Order,Date,Amount\nA,03/04/2026,1.00\nA,05/06/2026,2.00\nB,05/06/2026,2.00\n")
    add(data, open_, "Till", date_order="day-first", duplicate_key="each", coverage="no")
    assert remembered(data)["date-order"] == "day-first"


def fees(month: int) -> File:
    head = "Order,Day,Channel,Fee,Total"
    rows = (f"{month}-{n},2026-{month:02}-{n:02},web,1.00,10.00" for n in range(1, 31))
    return File(f"{month}.csv", "\n".join([head, *rows, ""]).encode())


COMPLETE = {"coverage": "yes"}
FEE = Wishes("Orders", COMPLETE, ReadingChoice(roles={"Fee": ColumnRole.VALUE, "Total": ColumnRole.IGNORE}))


def test_undoing_a_file_takes_back_what_it_taught(data: Path) -> None:
    importing.add(data, fees(6), Wishes("Orders", COMPLETE), NOW)
    before = overview(data).sources[0].recipe
    taught = importing.add(data, fees(7), FEE, NOW)
    assert overview(data).sources[0].recipe != before
    newest = history.history(data)[0]
    told = history.would_undo(data, newest, NOW)
    assert told is not None
    assert told.forecast.endswith("What it taught the recipe is taken back too.")
    done = history.take_back(data, taught.result.import_id or 0, NOW)
    assert done.sentence == "Undone: 30 rows removed. What it taught the recipe is taken back too."
    assert overview(data).sources[0].recipe == before


def test_what_a_later_file_was_read_by_stays_until_that_is_undone_too(data: Path) -> None:
    importing.add(data, fees(6), Wishes("Orders", COMPLETE), NOW)
    before = overview(data).sources[0].recipe
    importing.add(data, fees(7), FEE, NOW)
    importing.add(data, fees(8), Wishes("Orders", COMPLETE), NOW)
    learned = overview(data).sources[0].recipe
    done = history.take_back(data, 2, NOW)
    assert done.sentence.endswith("What it taught the recipe stays: later files or changes build on it.")
    assert overview(data).sources[0].recipe == learned
    assert history.take_back(data, 3, NOW).sentence == "Undone: 30 rows removed."
    assert overview(data).sources[0].recipe == before
