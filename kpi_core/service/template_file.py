"""A template as a workbook or as text: real numbers and dates, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING

import xlsxwriter

from kpi_core.definition.guarded import guarded, is_dangerous
from kpi_core.period import Cadence, Period, period_name
from kpi_core.service.template import HOW_TO, Amount
from kpi_core.unit import Unit, UnitKind, decimal_of, sheet_number
from kpi_core.unit.marks import marks_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kpi_core.period import Calendar
    from kpi_core.service.template import Field, Sheet, Template
    from kpi_core.unit import NumberStyle

DAY_SECONDS = 86400
LONGEST_CLOCK = 9999 * 3600
OPEN = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""A number whose decimals look like thousands; one more zero makes it plain."""
INK, LINE, BAND, TINT = "#1f2933", "#c9d1d9", "#eef2f6", "#e8f1fb"


def to_csv(template: Template) -> bytes:
    """Write the first table as text, in the way that the business's own spreadsheet opens it."""
    business = template.business
    sheet = template.sheets[0]
    decimal = marks_of(Unit(UnitKind.RATIO), business.style).decimal
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    calendar = business.calendar
    for row in (sheet.header, *sheet.rows):
        writer.writerow([_text(each, calendar, business.style) for each in row])
    return text.getvalue().encode("utf-8-sig")


def _text(field: Field, calendar: Calendar, style: NumberStyle) -> str:
    match field:
        case Period():
            return field.start.isoformat() if field.cadence is Cadence.DAY else period_name(field, calendar, None)
        case Amount():
            return "" if field.value is None else _amount_text(field.value, field.unit, style)
        case str():
            return guarded(field)


def _amount_text(value: Fraction, unit: Unit, style: NumberStyle) -> str:
    """Write a number so that it can be read in one way only."""
    held = sheet_number(value)
    if unit.kind is UnitKind.DURATION and _is_clock(abs(held)):
        minutes, seconds = divmod(int(abs(held)), 60)
        return f"{'-' if held < 0 else ''}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    text = f"{decimal_of(value):f}"
    if OPEN.fullmatch(text):
        text += "0"
    text = text.replace(".", marks_of(Unit(UnitKind.RATIO), style).decimal)
    return f"{text} s" if unit.kind is UnitKind.DURATION else text


def _is_clock(seconds: Fraction) -> bool:
    return seconds.denominator == 1 and seconds <= LONGEST_CLOCK


def to_workbook(template: Template) -> bytes:
    """Write all tables as a workbook: a sheet a cadence, and how to fill it in."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(template.made_on, time())})
    looks = _Looks(book)
    for sheet in template.sheets:
        _write_sheet(book.add_worksheet(sheet.title), sheet, template, looks)
    how_to = book.add_worksheet("How to")
    how_to.set_column(0, 0, 110)
    how_to.hide_gridlines(2)
    for at, line in enumerate(HOW_TO):
        how_to.write_string(at, 0, line, looks.of(bold=True, font_size=14) if not at else looks.of(text_wrap=True))
    book.close()
    return data.getvalue()


class _Looks:
    """Formats by what they say, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_color": INK, "valign": "vcenter", **look})
        return self.made[key]


def _write_sheet(page: Worksheet, sheet: Sheet, template: Template, looks: _Looks) -> None:
    calendar, style = template.business.calendar, template.business.style
    header = {"bold": True, "bg_color": BAND, "bottom": 1, "bottom_color": LINE}
    for column, heading in enumerate(sheet.header):
        right = {"align": "right"} if column >= sheet.fixed else {}
        _write(page, (0, column), heading, calendar, looks, **header, **right)
    for at, row in enumerate(sheet.rows, start=1):
        for column, field in enumerate(row):
            if isinstance(field, Amount):
                _write_amount(page, (at, column), field, style, looks)
            else:
                _write(page, (at, column), field, calendar, looks)
    page.freeze_panes(1, min(sheet.fixed, 2))
    for column in range(len(sheet.header)):
        page.set_column(column, column, _width(sheet, column, template))
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _width(sheet: Sheet, column: int, template: Template) -> float:
    fields = (sheet.header[column], *(row[column] for row in sheet.rows))
    longest = max(len(_text(field, template.business.calendar, template.business.style)) for field in fields)
    return min(max(longest + 2, 12 if column >= sheet.fixed else 8), 44)


def _write(
    page: Worksheet, at: tuple[int, int], field: str | Period, calendar: Calendar, looks: _Looks, **look: object
) -> None:
    """Write a text or a period; a period of days, weeks or months is a real date."""
    match field:
        case Period(cadence=Cadence.DAY | Cadence.WEEK | Cadence.MONTH):
            numbers = {Cadence.DAY: "yyyy-mm-dd", Cadence.WEEK: '"week of "yyyy-mm-dd', Cadence.MONTH: "mmm yyyy"}
            shown = {"align": "left", "num_format": numbers[field.cadence], **look}
            page.write_datetime(*at, field.start, looks.of(**shown))
        case Period():
            page.write_string(*at, period_name(field, calendar, None), looks.of(**look))
        case str():
            guard = {"quote_prefix": True} if is_dangerous(field) else {}
            page.write_string(*at, field, looks.of(**look, **guard))


def _write_amount(page: Worksheet, at: tuple[int, int], amount: Amount, style: NumberStyle, looks: _Looks) -> None:
    """Write a number as a number where a spreadsheet keeps it exactly, else as text."""
    if amount.value is None:
        page.write_blank(*at, None, looks.of(align="right", **_format(amount.unit)))
        return
    value = sheet_number(amount.value)
    look = looks.of(align="right", bg_color=TINT, **_format(amount.unit))
    if amount.unit.kind is not UnitKind.DURATION:
        page.write_number(*at, float(value), look)
    elif value >= 0 and _is_clock(value):
        page.write_number(*at, float(value / DAY_SECONDS), look)
    else:
        text = _amount_text(amount.value, amount.unit, style)
        page.write_string(*at, text, looks.of(align="right", bg_color=TINT))


def _format(unit: Unit) -> dict[str, str]:
    match unit.kind:
        case UnitKind.CURRENCY:
            return {"num_format": "#,##0.00"}
        case UnitKind.DURATION:
            return {"num_format": "[h]:mm:ss"}
        case UnitKind.PERCENT | UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO:
            return {}
