from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.report import Table
from kpi_core.report.csv_zip import number_text, to_csv, to_zip
from kpi_core.service.everything import everything
from tests.report.made import AWKWARD, TODAY

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("begins", TRIGGERS)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(begins: str) -> None:
    (_, (cell,)) = rows(to_csv(Table("t", ("Name",), [(f"{begins}cmd",)])))
    assert cell == f"'{begins}cmd"


@given(st.fractions())
def test_a_number_stays_a_number(value: Fraction) -> None:
    text = number_text(value)
    assert not text.startswith("'")
    assert abs(Fraction(text) - value) <= abs(value) * Fraction(1, 10**14)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_that_ends_is_written_exactly(value: object) -> None:
    assert Fraction(number_text(Fraction(str(value)))) == Fraction(str(value))


def test_days_moments_and_nothing_are_written_for_machines() -> None:
    row = (date(2026, 11, 3), datetime(2026, 11, 3, 9), None, True, False, 7, Fraction("-3.20"))
    data = to_csv(Table("t", tuple("abcdefg"), [row]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows(data)[1] == ["2026-11-03", "2026-11-03 09:00:00", "", "yes", "no", "7", "-3.2"]


def test_everything_of_a_business_comes_back(awkward_file: Path) -> None:
    tables = everything(awkward_file, TODAY, TODAY)
    with zipfile.ZipFile(io.BytesIO(to_zip(tables, TODAY))) as archive:
        names = archive.namelist()
        found = {name: pd.read_csv(archive.open(name), keep_default_na=False) for name in names}
    assert names == [
        "kpis.csv",
        "values.csv",
        "targets.csv",
        "notes.csv",
        "goals.csv",
        "objectives.csv",
        "closed_months.csv",
        "reviews.csv",
        "decisions.csv",
        "actions.csv",
        "imports.csv",
        "log.csv",
    ]
    kpis, values = found["kpis.csv"], found["values.csv"]
    plain = [name.removeprefix("'") if name.startswith(("'=", "'-")) else name for name in kpis["KPI"]]
    assert plain == [name.strip() for name in AWKWARD]
    assert len(values) == 24 * len(AWKWARD)
    assert set(values["Typed"]) == {"yes"}
    assert set(values["Status"]) <= {"green", "amber", "red"}
    assert values["Value"].map(float).min() > 0
    assert list(values["Period start"].map(date.fromisoformat).sort_values())[-1] == date(2026, 10, 1)
    assert len(found["targets.csv"]) == len(AWKWARD)
    assert len(found["log.csv"]) >= len(AWKWARD)


def test_the_same_tables_give_the_same_bytes(awkward_file: Path) -> None:
    made = [to_zip(everything(awkward_file, TODAY, TODAY), TODAY) for _ in range(2)]
    assert made[0] == made[1]
