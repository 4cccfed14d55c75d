"""Real exports with known answers, where the folder of cases is there: right to the cent, or asked.

The folder is `../shared/csv_cases` beside the project, or what SIGNALBOX_CSV_CASES names.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpi_core.ingest import read
from kpi_core.ingest.report import ReadingChoice
from tests.ingest.exports import TODAY

DEFAULT = Path(__file__).parents[3] / "shared" / "csv_cases"
FOLDER = Path(os.environ.get("SIGNALBOX_CSV_CASES", DEFAULT))
CASES: list[dict[str, Any]] = (
    json.loads((FOLDER / "truth.json").read_text("utf-8")) if (FOLDER / "truth.json").exists() else []
)


def test_the_folder_of_real_exports_is_there() -> None:
    if not CASES:
        pytest.skip(f"no real exports at {FOLDER.name}: set SIGNALBOX_CSV_CASES to run them")
    assert len(CASES) >= 82


def named(column: str | int | None) -> str | None:
    """Name a column as a caller does."""
    return f"#{column + 1}" if isinstance(column, int) else column


def answers(case: dict[str, Any]) -> dict[str, str]:
    """Give the true answers to what a file may leave open."""
    header = "none" if case["columns"] is None else str(case["header_record"] + 1)
    known = {"header": header, "table": "1"}
    if case["day_first"] is not None:
        known["date-order"] = "day-first" if case["day_first"] else "month-first"
    return known


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["shape"] != "wide" and not case["filter"]], ids=lambda case: case["file"]
)
def test_sums_of_real_exports(case: dict[str, Any]) -> None:
    data = (FOLDER / "files" / case["file"]).read_bytes()
    wanted = ReadingChoice(named(case["date_column"]), named(case["value_column"]))
    made = read(case["file"], data, today=TODAY, columns=wanted)
    if made.questions:
        asked = {question.id for question in made.questions}
        assert asked & set(case["ask_ok"])
        made = read(case["file"], data, today=TODAY, columns=wanted, answers={id_: answers(case)[id_] for id_ in asked})
    assert made.batch is not None
    column = next((column for column in made.batch.columns if column.name == made.value_column), None)
    sums: dict[str, Decimal] = {}
    for index, day in enumerate(made.batch.dates):
        month = "all" if case["shape"] == "nodate" else str(day)[:7]
        cell = 1 if case["count_kpi"] or column is None else made.batch.cells[column.name][index]
        scale = 0 if case["count_kpi"] or column is None else column.scale
        if isinstance(cell, int):
            sums[month] = sums.get(month, Decimal(0)) + Decimal(cell).scaleb(-scale) / (3600 if case["duration"] else 1)
    found = {month: float(value) for month, value in sums.items() if abs(value) > Decimal("0.011")}
    possible = [case["kpi"]["answer"], *(case["kpi"].get("also", []) if made.refused else [])]
    assert any(found == pytest.approx({k: v for k, v in answer.items() if v}, abs=0.011) for answer in possible)
