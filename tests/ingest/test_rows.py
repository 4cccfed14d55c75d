from __future__ import annotations

from kpi_core.ingest.report import ReadingChoice
from kpi_core.ingest.rows import MASK
from tests.ingest.looking import read


def test_a_bad_day_is_named_before_a_bad_value() -> None:
    found = read({"Date": ["soon", "2026-03-05"], "Amount": ["much", "1"]}, wanted=ReadingChoice("Date", "Amount"))
    assert [(each.column, each.text) for each in found.refused] == [("Date", "soon")]


def test_a_word_for_nothing_in_the_date_column_is_a_missing_date() -> None:
    found = read({"Date": ["--", "2026-03-05", "2026-03-06"], "Amount": ["1", "2", "3"]})
    assert [each.reason for each in found.refused] == ["the date is missing"]


def test_the_text_of_a_personal_value_is_masked() -> None:
    table = {"Date": ["2026-03-05"] * 2, "Name": ["Ada Example", ""], "Amount": ["x", "1"]}
    found = read(table, wanted=ReadingChoice(value="Amount"))
    assert [each.cells[1] for each in found.refused] == [MASK]


def test_a_blank_personal_cell_needs_no_mask() -> None:
    table = {"Date": ["2026-03-05"] * 3, "E-mail": ["", "a@example.com", "b@example.com"], "Amount": ["x", "1", "2"]}
    found = read(table, wanted=ReadingChoice(value="Amount"))
    assert found.refused[0].cells == ("2026-03-05", "", "x")
