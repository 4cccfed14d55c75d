"""What an answer teaches a source: only what the file really left open, and only as it was really read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.service import importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.recipe_list import overview
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
