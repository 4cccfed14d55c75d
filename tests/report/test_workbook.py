from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from kpi_core.report import Report
from kpi_core.report.workbook import BOARD, to_workbook
from kpi_core.report.workbook_looks import number_format
from kpi_core.report.workbook_names import sheet_names
from kpi_core.report.workbook_sheet import HEAD_ROW
from kpi_core.unit import NumberStyle, Unit, UnitKind, parse_unit
from tests.report.made import with_actions

FIRST = 6
"""The board's first KPI, counted from 1 as spreadsheets do."""


def opened(report: Report) -> Any:  # noqa: ANN401 (openpyxl has no types)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it drops sparklines
        return openpyxl.load_workbook(io.BytesIO(to_workbook(report)))


def test_no_cell_is_a_formula_whatever_a_name_begins_with(awkward: Report) -> None:
    book = opened(with_actions(awkward))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None}
    assert "f" not in kinds
    dangerous = [cell for row in book[BOARD] for cell in row if str(cell.value).startswith(("=", "-2", "@"))]
    assert len(dangerous) >= 4
    assert all(cell.quotePrefix for cell in dangerous)


def test_every_kpi_has_a_sheet_whose_name_is_allowed_and_its_own(awkward: Report) -> None:
    book = opened(awkward)
    names = book.sheetnames
    assert len(names) == len(awkward.rows) + 1
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name.encode("utf-16-le")) // 2 <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    titles = [sheet.cell(1, 1).value for sheet in book.worksheets[1:]]
    assert titles == [row.card.kpi.name for row in awkward.rows]
    assert CalamineWorkbook.from_filelike(io.BytesIO(to_workbook(awkward))).sheet_names == names


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ([BOARD, "board", "BOARD"], [BOARD, "board (2)", "BOARD (3)"]),
        (["History", "'", "", "a/b"], ["History (2)", "KPI", "KPI (2)", "a-b"]),
        (["x" * 31, "x" * 31 + "y"], ["x" * 31, "x" * 27 + " (2)"]),
        (["😀" * 20], ["😀" * 15]),
    ],
)
def test_names_of_sheets(wanted: list[str], made: list[str]) -> None:
    assert sheet_names(wanted) == made


def test_the_board_has_real_numbers_in_the_unit_of_each_kpi(awkward: Report) -> None:
    board = opened(awkward)[BOARD]
    for at, row in enumerate(awkward.rows, start=FIRST):
        cell, value, kind = board.cell(at, 4), row.card.actual, row.card.kpi.unit.kind
        assert value is not None
        assert board.cell(at, 2).value == row.card.kpi.name
        match kind:
            case UnitKind.PERCENT:
                assert Fraction(str(cell.value)) * 100 == value
                assert cell.number_format.endswith("%")
            case UnitKind.DURATION:
                assert cell.value == timedelta(seconds=float(value))
            case _:
                assert Fraction(str(cell.value)) == value


@pytest.mark.parametrize(
    ("unit", "locale", "values", "made"),
    [
        ("currency:JPY", "sv_SE", ["120000"], '#,##0"\N{NO-BREAK SPACE}JPY";-#,##0"\N{NO-BREAK SPACE}JPY"'),
        ("currency:SEK", "sv_SE", ["12.5"], '#,##0.00"\N{NO-BREAK SPACE}kr";-#,##0.00"\N{NO-BREAK SPACE}kr"'),
        ("currency:EUR", "de_DE", ["12"], '#,##0"\N{NO-BREAK SPACE}€";-#,##0"\N{NO-BREAK SPACE}€"'),
        ("currency:USD", "en_US", ["-12.5"], '"$"#,##0.00;-"$"#,##0.00'),
        ("percent", "en_US", ["3.2", "3"], "0.0%"),
        ("percent", "de_DE", ["1/3"], '0.0" "%'),
        ("count", "en_US", ["23860"], "#,##0"),
        ("ratio", "en_US", ["1/3"], "#,##0.00"),
        ("duration", "en_US", ["5400"], "[h]:mm"),
        ("duration", "en_US", ["5401"], "[h]:mm:ss"),
    ],
)
def test_formats_of_numbers(unit: str, locale: str, values: list[str], made: str) -> None:
    assert number_format(parse_unit(unit), NumberStyle(locale), [Fraction(each) for each in values], None) == made


def test_the_sheet_of_a_kpi_has_its_periods_targets_and_statuses(shop: Report) -> None:
    book = opened(shop)
    for row, sheet in zip(shop.rows, book.worksheets[1:], strict=True):
        assert len(row.past) >= 9
        for at, line in enumerate(row.past, start=HEAD_ROW + 2):
            assert sheet.cell(at, 1).value == datetime.combine(line.period.start, datetime.min.time())
            known = line.actual.value is not None
            assert (sheet.cell(at, 2).value is not None) == known
            if line.target is not None and line.target.low is not None and row.card.kpi.unit.kind is UnitKind.CURRENCY:
                assert Fraction(str(sheet.cell(at, 3).value)) == line.target.low.value
            if row.status is not None:
                assert str(sheet.cell(at, 5).value).endswith(line.judgement.word)
            assert (sheet.cell(at, 8).value == "typed") == line.actual.typed


def test_the_board_draws_a_sparkline_of_each_kpi_from_its_sheet(awkward: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(to_workbook(awkward))) as book:
        board = book.read("xl/worksheets/sheet1.xml").decode()
        drawn = re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", board)
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert sorted(place for _, place in drawn) == sorted(f"H{FIRST + at}" for at in range(len(awkward.rows)))
    assert len({cells for cells, _ in drawn}) == len(awkward.rows)
    assert all(cells.endswith("!B8:B31") for cells, _ in drawn)
    assert len(charts) == len(awkward.rows)


def test_a_negative_duration_is_a_text_and_a_negative_number_a_number(awkward: Report) -> None:
    rows = []
    for row in awkward.groups[0].rows[:4]:
        value = -Fraction(60)
        rows.append(replace(row, card=replace(row.card, actual=value, actual_text="-1 min")))
    board = opened(replace(awkward, groups=(replace(awkward.groups[0], rows=tuple(rows)),)))[BOARD]
    for at, row in enumerate(rows, start=FIRST):
        cell = board.cell(at, 4)
        if row.card.kpi.unit == Unit(UnitKind.DURATION):
            assert cell.value == "-1 min"
        else:
            assert cell.value < 0


def test_actions_have_real_days_and_it_prints_on_one_page_across(awkward: Report) -> None:
    board = opened(with_actions(awkward))[BOARD]
    days = [cell.value for row in board for cell in row if isinstance(cell.value, datetime)]
    assert days == [datetime(2026, 11, 20)]
    assert board.freeze_panes == "C6"
    assert board.page_setup.fitToHeight in {0, "0"}
    assert board.print_title_rows in {"$5:$5", "5:5"}


def test_a_report_without_kpis_is_a_workbook_that_says_so(awkward: Report) -> None:
    book = opened(replace(awkward, business="", groups=(), tally=(), counts="", changes=(), unknown=()))
    assert book.sheetnames == [BOARD]
    assert "Nothing to report yet" in str(book[BOARD].cell(FIRST, 1).value)


def test_a_board_of_a_long_gone_business_does_not_break_a_spreadsheet(awkward: Report) -> None:
    line = awkward.rows[0].past[0]
    old = replace(line, period=replace(line.period, start=date(1850, 1, 1), end=date(1850, 2, 1)))
    row = replace(awkward.rows[0], past=(old,))
    sheet = opened(replace(awkward, groups=(replace(awkward.groups[0], rows=(row,)),))).worksheets[1]
    assert sheet.cell(HEAD_ROW + 2, 1).value == "1850-01-01"
