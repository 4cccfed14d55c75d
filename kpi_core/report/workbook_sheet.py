"""The sheet of one KPI: what it is, and each of its periods with value, target, status and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.kpi import Tier
from kpi_core.report import words
from kpi_core.report.workbook_looks import Looks, holds, number_format
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    from kpi_core.board.past import PastPeriod
    from kpi_core.report.value import ReportRow

HEAD_ROW = 6
COLUMNS = (
    ("Period start", 13),
    ("Value", 15),
    ("Target from", 15),
    ("Target up to", 15),
    ("Status", 20),
    ("Period", 18),
    ("Against the target", 48),
    ("Typed", 9),
    ("Comes from", 48),
)
START, VALUE, LOW, HIGH, STATUS, NAME, SENTENCE, TYPED, FROM = range(9)
CHARTED = 2
"""A line needs two points."""


def write_kpi(book: xlsxwriter.Workbook, page: Worksheet, row: ReportRow, looks: Looks) -> None:
    """Write the sheet: facts on top, the table below, and a chart of values and targets beside the facts."""
    kpi = row.card.kpi
    looks.write(page, (0, 0), kpi.name, bold=True, font_size=14)
    facts = (
        ("Definition", kpi.definition),
        ("Owner", kpi.owner),
        ("Comes from", row.comes_from),
        ("Unit", _unit(row)),
    )
    for at, (label, text) in enumerate(facts, start=1):
        if text:
            looks.write(page, (at, 0), label, bold=True)
            looks.write(page, (at, 1), text)
    for at, (name, width) in enumerate(COLUMNS):
        page.set_column(at, at, width)
        looks.head(page, (HEAD_ROW, at), name, right=at in {VALUE, LOW, HIGH})
    bounds = [bound.value for line in row.past if line.target is not None for bound in line.target.bounds]
    values = [line.actual.value for line in row.past]
    formats = tuple(number_format(kpi.unit, row.style, some, kpi.decimals) for some in (values, bounds))
    for at, line in enumerate(row.past, start=HEAD_ROW + 1):
        _line(page, at, row, line, formats, looks)
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.set_landscape()
    page.set_paper(words.paper_number(row.style.locale))
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    if sum(holds(value, kpi.unit) for value in values) >= CHARTED:
        _chart(book, page, row)


def _unit(row: ReportRow) -> str:
    match row.card.kpi.unit.kind:
        case UnitKind.PERCENT:
            return "percent; a cell holds 0.032 and shows it as 3.2 %"
        case UnitKind.DURATION:
            return "hours, minutes and seconds; a cell holds days"
        case UnitKind.CURRENCY:
            return row.card.kpi.unit.currency or ""
        case UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO:
            return row.card.kpi.unit.kind.value


def _line(page: Worksheet, at: int, row: ReportRow, line: PastPeriod, formats: tuple[str, ...], looks: Looks) -> None:
    kpi, actual, target = row.card.kpi, line.actual, line.target
    looks.day(page, (at, START), line.period.start)
    looks.number(page, (at, VALUE), actual.value, kpi.unit, line.value_text, num_format=formats[0])
    low, high = (None, None) if target is None else (target.low, target.high)
    for column, bound in ((LOW, low), (HIGH, high)):
        if bound is not None:
            looks.number(page, (at, column), bound.value, kpi.unit, line.target_number, num_format=formats[1])
    if kpi.tier is Tier.KPI:
        looks.status(page, (at, STATUS), line.judgement.status, line.judgement.word)
        looks.write(page, (at, SENTENCE), line.judgement.sentence)
    looks.write(page, (at, NAME), line.name)
    looks.write(page, (at, TYPED), "typed" if actual.typed else "")
    how = actual.label or actual.reason
    looks.write(page, (at, FROM), "typed by hand" if actual.typed else how or row.comes_from)


def _chart(book: xlsxwriter.Workbook, page: Worksheet, row: ReportRow) -> None:
    """Draw values and targets to the right of the table."""
    sheet, first, last = page.get_name(), HEAD_ROW + 1, HEAD_ROW + len(row.past)
    chart = book.add_chart({"type": "line"})
    looks = {
        VALUE: {"color": Looks.ink, "width": 2},
        LOW: {"color": Looks.ink, "width": 1.25, "dash_type": "dash"},
        HIGH: {"color": Looks.ink, "width": 1.25, "dash_type": "dash"},
    }
    held = {VALUE: True, LOW: any(line.target and line.target.low for line in row.past)}
    held[HIGH] = any(line.target and line.target.high for line in row.past)
    for column, line in looks.items():
        if held[column]:
            chart.add_series(
                {
                    "name": COLUMNS[column][0],
                    "categories": [sheet, first, START, last, START],
                    "values": [sheet, first, column, last, column],
                    "line": line,
                }
            )
    chart.show_blanks_as("gap")
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"date_axis": True, "num_format": "mmm yyyy"})
    chart.set_size({"width": 640, "height": 300})
    page.insert_chart(HEAD_ROW, len(COLUMNS) + 1, chart)
