"""A file read to the end: what an owner is told, what is asked, and that every record ends in one place."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import NoRows, NotFound, RefusedDefinition, SignalboxError, TooManyColumns
from kpi_core.ingest import read
from kpi_core.ingest.reading import Reading
from kpi_core.ingest.report import ReadingChoice
from kpi_core.source import ColumnType, Fate
from tests.ingest.exports import TODAY, DateStyle, Export, NumberStyle, german, sales

TOTALS = ("Total", "Grand Total", "Summe", "Total général", "Summa", "Totaal", "Suma", "Totale", "I alt", "Yhteensä")
NOTE = ("This report is for information only.",)


def reading(data: bytes | str, **extra: object) -> Reading:
    """Read a file and hold it to the promise: used, left out and refused make all records."""
    made = read("x.csv", data.encode() if isinstance(data, str) else data, today=TODAY, **extra)  # type: ignore[arg-type]
    rows = made.rows
    assert rows.used + rows.left_out + rows.refused == rows.total
    assert (len(made.left_out), len({each.row for each in made.refused})) == (rows.left_out, rows.refused)
    if made.batch is not None and not made.wide:
        assert len(made.batch) == rows.used
    return made


def by_month(made: Reading) -> dict[str, Decimal]:
    """Add up the value column by month."""
    assert made.batch is not None
    assert made.value_column is not None
    scale = {column.name: column.scale for column in made.batch.columns}[made.value_column]
    sums: dict[str, Decimal] = {}
    for day, cell in zip(made.batch.dates, made.batch.cells[made.value_column], strict=True):
        assert day is not None
        assert isinstance(cell, int)
        sums[day[:7]] = sums.get(day[:7], Decimal(0)) + Decimal(cell).scaleb(-scale)
    return sums


HAZARDS = {
    "plain": sales(),
    "utf-16": replace(sales(), encoding="utf-16", delimiter="\t"),
    "byte order mark": replace(sales(), encoding="utf-8-sig"),
    "German bank": replace(german(sales()), encoding="cp1252", above=(("Umsätze Girokonto",), ())),
    "comma and decimal comma": replace(german(sales()), delimiter=",", quote_all=True),
    "CR only": replace(sales(), line_end="\r", final_line_end=False),
    "CR CR LF": replace(sales(), line_end="\r\r\n"),
    "day first": replace(sales(), dates=DateStyle.BRITISH),
    "month first": replace(sales(), dates=DateStyle.AMERICAN, numbers=NumberStyle.DOLLARS),
    "month names": replace(sales(), dates=DateStyle.NAMED, numbers=NumberStyle.ACCOUNTING),
    "long dates": replace(sales(), dates=DateStyle.LONG, numbers=NumberStyle.ENGLISH),
    "two-digit years": replace(german(sales()), dates=DateStyle.SHORT),
    "time stamps": replace(sales(), dates=DateStyle.ISO_TIME),
    "Swiss thousands": replace(sales(), numbers=NumberStyle.SWISS, delimiter=";"),
    "no-break spaces": replace(german(sales()), numbers=NumberStyle.FRENCH),
    "title lines": replace(sales(), above=(("Sales report",), ("1 March 2026 - 31 May 2026",), ())),
    "comment lines": replace(sales(), above=(("# ----",), ("# Account: Shop",), ())),
    "key and value lines": replace(
        sales(), above=(("Account:", "DE02120300000000202051"), ("Balance:", "1.234,50"), ())
    ),
    "total": replace(sales(), total="Total"),
    "blank lines and legal text": replace(sales(), blanks=5, below=(NOTE, (), ("Page 1 of 1",))),
    "header again": replace(sales(), header_again=True),
    "single row": sales(1),
}


@pytest.mark.parametrize("hazard", HAZARDS)
def test_every_month_is_right_whatever_the_hazard(hazard: str) -> None:
    export = HAZARDS[hazard]
    made = reading(export.data())
    assert made.questions == ()
    assert (made.date_column, made.value_column) == (export.header[0], export.header[2])
    assert made.header_row == len(export.above) + 1
    assert made.refused == ()
    assert by_month(made) == export.by_month()


def sentence_of(data: bytes) -> str:
    """Read a file, whatever it is: the sentence of its refusal, or one that it was read."""
    try:
        reading(data)
    except SignalboxError as error:
        return error.sentence
    return "Read."


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """Draw an export with any mixture of hazards that belong together."""
    count = draw(st.sampled_from([1, 2, 3, 12, 40]))
    start = date(2026, draw(st.integers(1, 8)), draw(st.integers(1, 28)))
    step = timedelta(days=draw(st.sampled_from([0, 1, 3, 9])))
    cents = st.one_of(st.integers(-50_000, 500_000), st.integers(1, 99).map(lambda each: each * 100))
    text = st.sampled_from(["Coffee", "Müller, Köln", 'Tea "best"', "Total Wine", "Refund", "Line\nbreak", "Café 12"])
    rows = tuple((start + step * index, draw(text), draw(cents)) for index in range(count))
    dates = draw(st.sampled_from([style for style in DateStyle if style is not DateStyle.AMERICAN]))
    above: tuple[tuple[str, ...], ...] = draw(
        st.sampled_from([(), (("Report",),), (("# Shop",), ()), (("Shop", "Berlin"), ())])
    )
    return Export(
        rows,
        header=draw(
            st.sampled_from(
                [("Date", "Item", "Amount"), ("Buchungstag", "Text", "Betrag"), ("Datum", "Text", "Belopp")]
            )
        ),
        dates=dates,
        numbers=draw(st.sampled_from(list(NumberStyle))),
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        quote_all=draw(st.booleans()),
        above=above,
        below=draw(st.sampled_from([(), (NOTE,)])),
        total=draw(st.sampled_from([None, *TOTALS])),
        blanks=draw(st.sampled_from([0, 3])),
        header_again=draw(st.booleans()),
    )


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(exports())
def test_a_number_is_right_or_there_is_a_question(export: Export) -> None:
    made = reading(export.data())
    if not made.questions and not made.refused and made.value_column == export.header[2]:
        assert by_month(made) == export.by_month()


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_reading_or_in_a_sentence(data: bytes) -> None:
    assert sentence_of(data).endswith(".")


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(HAZARDS)),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_a_damaged_export_ends_in_a_reading_or_in_a_sentence(
    hazard: str, damages: list[tuple[int, int, bytes]]
) -> None:
    data = HAZARDS[hazard].data()
    for at, cut, put in damages:
        data = data[:at] + put + data[at + cut :]
    assert sentence_of(data).endswith(".")


def test_nothing_decides_an_order_so_it_is_asked_and_nothing_is_stored() -> None:
    made = reading("Date,Amount\n06/12/2021,3.00\n")
    assert [(question.id, question.choices) for question in made.questions] == [
        ("date-order", ("day-first", "month-first"))
    ]
    assert made.batch is None
    answered = reading("Date,Amount\n06/12/2021,3.00\n", answers={"date-order": "day-first"})
    assert by_month(answered) == {"2021-12": Decimal("3.00")}


def test_no_header_is_a_question_with_both_answers() -> None:
    data = "2026-01-03;Tea;4,50\n2026-02-04;Mug;12,00\n"
    asked = reading(data).questions
    assert [(question.id, question.choices) for question in asked] == [("header", ("first-row", "none"))]
    assert asked[0].text.startswith("Row 1 holds “2026-01-03”, “Tea”, “4,50”. Is it the line of headings")
    none = reading(data, answers={"header": "none"}, columns=ReadingChoice(date="#1", value="#3"))
    assert (none.header_row, none.rows.used, by_month(none)) == (
        None, 2, {"2026-01": Decimal("4.50"), "2026-02": Decimal("12.00")},
    )  # fmt: skip
    first = reading(data, answers={"header": "first-row"})
    assert (first.header_row, first.rows.used) == (1, 1)
    assert reading("x\n" + data, answers={"header": "2"}).header_row == 2


def test_a_decimal_comma_does_not_put_the_day_first() -> None:
    data = "Date;Item;Amount\n03/02/2026;Tea;1,50\n04/02/2026;Mug;2,50\n"
    asked = reading(data)
    assert [question.id for question in asked.questions] == ["date-order"]
    assert dict(asked.facts)["Dates"] == "Date"
    assert reading(data.replace("Item;Amount", "Artikel;Betrag")).questions != ()
    assert reading(data.replace("Date;Item;Amount", "Datum;Artikel;Betrag")).questions == ()


def test_several_tables_are_a_question_unless_the_wanted_columns_tell() -> None:
    data = "City,Users\nParis,12\nRome,10\nOslo,8\nBonn,7\nGraz,5\n\nCity,Visits,Pages,Sales\nParis,3,4,5\nRome,1,2,3\n"
    (question,) = reading(data).questions
    assert (question.id, question.choices) == ("table", ("1", "2"))
    assert question.labels == ("City, Users (5 rows)", "City, Visits, Pages, Sales (2 rows)")
    second = reading(data, answers={"table": "2"})
    assert (second.header_row, second.rows.used) == (8, 2)
    assert reading(data, columns=ReadingChoice(value="Users")).questions == ()


def test_rows_longer_than_the_header_are_a_question() -> None:
    data = "Date,Text,Amount\n2026-01-03,abc,1,50\n2026-01-14,def,2,75\n2026-02-14,def,3,25\n"
    (question,) = reading(data).questions
    assert question.text.startswith(
        "The rows have 4 cells, but there are only 3 headings. Which cells have no heading?"
    )
    assert reading(data, answers={"extra-cells": "last"}).columns[3].name == "Column 4"


def test_a_row_with_a_stray_delimiter_is_refused_and_masked() -> None:
    data = "Date,E-mail,Text,Amount\n" + "2026-01-03,a@x.com,abc,1.50\n" * 3 + "2026-01-14,b@x.com,Smith, John,2.75\n"
    (refused,) = reading(data).refused
    assert (refused.row, refused.text, refused.cells) == (5, "2.75", ("2026-01-14", "•••", "•••", "John", "2.75"))
    assert refused.reason == "it has cells beyond the last heading: a delimiter stands inside a text without quotes"


def test_a_stray_delimiter_moves_personal_text_into_no_refused_row() -> None:
    rows = "2026-01-03,abc,1.50,Ann Miller\n" * 3
    (refused,) = reading("Date,Text,Amount,Customer name\n" + rows + "2026-01-14,a,b,2.75,Smith, John\n").refused
    assert refused.cells == ("2026-01-14", "a", "b", "•••", "•••", "•••")
    assert refused.text == "•••, •••"


def test_personal_text_of_rows_that_are_left_out_is_masked() -> None:
    head = "Report for ann@shop.example\n\nDate,E-mail,Amount\n"
    rows = "".join(f"2026-01-{day},a{day}@x.com,1.00\n" for day in range(10, 14))
    made = reading(head + rows + "Date,E-mail,Amount\nTotal,b@x.com,4.00\n")
    assert [each.text for each in made.left_out if each.text] == [
        "Report for ann@shop.example",
        "Date | E-mail | Amount",
        "Total | ••• | 4.00",
    ]
    assert made.preview[-1].cells == ("Total", "b@x.com", "4.00")


def test_a_row_that_may_be_a_total_is_settled_by_our_sum_or_asked() -> None:
    data = "Item,Qty\nTea,12\nMug,10\n"
    assert reading(data + "Total sales,22\n").rows.used == 2
    made = reading(data + "Total Gym,7\n")
    assert [question.text for question in made.questions] == ["Row 4 may be a total: “Total Gym, 7”. Leave out?"]
    assert reading(data + "Total Gym,7\n", answers={"totals": "keep"}).rows.used == 3
    assert reading(data + "Total Gym,7\n", answers={"totals": "leave-out"}).rows.used == 2


def test_a_total_without_a_label_is_known_by_its_figures() -> None:
    data = "Campaign,Day,Clicks,Cost\n,2026-01-01,30,300.50\nSummer,2026-01-01,10,100.25\nWinter,2026-01-01,20,200.25\n"
    assert [(each.row, each.reason) for each in reading(data).left_out] == [(2, "total")]


def test_further_lines_of_an_order_are_left_out_not_refused() -> None:
    data = "Order,Created at,Total,Item\n#1,2026-01-03 10:00:00,9.00,Tea\n#1,,,Mug\n#2,2026-02-03 10:00:00,4.00,Cup\n"
    made = reading(data)
    assert [(each.row, each.reason) for each in made.left_out] == [(3, "continues the row above")]
    lonely = reading(data.replace("#1,,,Mug", "#9,,5.00,Mug"))
    assert [(each.row, each.column) for each in lonely.refused] == [(3, "Created at")]


def test_a_profit_and_loss_becomes_lines() -> None:
    data = ",Jan 2025,Feb 2025,Total\nIncome,,,\n  Sales,100.00,110.00,210.00\nTotal Income,100.00,110.00,210.00\n"
    made = reading(data)
    assert (made.wide, made.lines) == (True, ("Sales", "Total Income"))
    assert made.batch is not None
    assert made.batch.covers is not None
    assert (made.batch.covers.start, made.batch.covers.end) == (date(2025, 1, 1), date(2025, 3, 1))
    assert list(zip(made.batch.cells["Line"], made.batch.dates, made.batch.cells["Amount"], strict=True))[2:] == [
        ("Total Income", "2025-01-01", 10000),
        ("Total Income", "2025-02-01", 11000),
    ]


def test_a_confirmed_wide_table_is_known_again_next_month() -> None:
    first = reading(",Jan 2025,Feb 2025\nSales,100.00,110.00\nRent,10.00,11.00\n")
    later = reading(",Mar 2025,Apr 2025\nSales,1.00,2.00\nRent,3.00,4.00\nTax,1.00,1.00\n", recipes=[first.draft])
    assert later.recipe is not None
    assert reading(",Mar 2025,Apr 2025\nSeats,1.00,2.00\n", recipes=[first.draft]).recipe is None


def test_a_confirmed_file_asks_nothing_again() -> None:
    data = "Date,Amount\n06/12/2021,3.00\n"
    confirmed = reading(data, answers={"date-order": "day-first"}).draft
    assert by_month(reading("Date,Amount\n07/12/2021,4.00\n", recipes=[confirmed])) == {"2021-12": Decimal("4.00")}


def test_a_table_without_days_takes_them_from_a_title_of_one_month() -> None:
    data = "Report\n1 October 2026 - 31 October 2026\n\nCity,Users,Sales\nParis,12,3.50\nRome,10,4.50\n"
    within = reading(data).batch
    assert within is not None
    assert within.dates == ["2026-10-01", "2026-10-01"]
    longer = reading(data.replace("31 October", "30 November")).batch
    assert longer is not None
    assert (longer.dates, longer.stated_cover) == ([None, None], True)


def test_a_workbook_reads_as_its_csv() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for record in (("Sales",), (), ("Date", "Item", "Amount")):
        sheet.append(record)
    for day, text, cents in sales().rows:
        sheet.append((day, text, cents / 100))
    stream = io.BytesIO()
    book.save(stream)
    made = reading(stream.getvalue())
    assert (made.encoding, made.delimiter, made.header_row) == ("workbook", "", 3)
    assert by_month(made) == sales().by_month()


def test_sheets_with_tables_are_a_question() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Orders"
    for title in ("Orders", "Refunds"):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        sheet.append(("Date", "Amount"))
        sheet.append((date(2026, 10, 3), 4.5))
    stream = io.BytesIO()
    book.save(stream)
    (question,) = reading(stream.getvalue()).questions
    assert question.labels == ("Orders: Date, Amount (1 row)", "Refunds: Date, Amount (1 row)")


def test_what_an_owner_is_told() -> None:
    export = replace(sales(3), above=(("Sales report",), ()), total="Total", header=("Date", "Customer name", "Amount"))
    made = reading(export.data())
    assert dict(made.facts) == {
        "Headings": "row 3",
        "Dates": "Date: the first row is of 14 March 2026",
        "Value": "Amount, decimal point",
        "Days": "14 March 2026 to 20 March 2026, its first to its last row",
        "Left out": "1 title line, 1 blank line, 1 total (equals our own sum)",
        "Not stored": "Customer name (personal)",
    }


def test_the_preview_shows_the_fate_of_the_first_and_last_records() -> None:
    made = reading(replace(sales(60), above=(("Sales report",), ()), total="Total").data())
    assert [row.fate for row in made.preview[:4]] == [Fate.TITLE, Fate.LEFT_OUT, Fate.HEADER, Fate.USED]
    assert [row.row for row in made.preview[-2:]] == [63, 64]
    assert (made.preview[-1].fate, made.preview[-1].reason) == (Fate.LEFT_OUT, "total")
    assert Counter(row.fate for row in made.preview)[Fate.USED] == 41


def test_progress_is_told_from_start_to_end() -> None:
    told: list[tuple[float, str]] = []
    read("x.csv", sales().data(), today=TODAY, progress=lambda share, doing: told.append((share, doing)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert (told[0], told[-1]) == ((0.0, "Reading the file"), (1.0, "Read"))


@pytest.mark.parametrize("data", ["Date,Amount,Customer\n", "Report\n\nDate,Amount\n", "Item,Qty\nTotal,\n"])
def test_a_header_without_rows_says_so(data: str) -> None:
    with pytest.raises(NoRows) as caught:
        reading(data)
    assert caught.value.sentence == "x.csv has a header but no rows under it."


def test_four_hundred_columns_are_too_many() -> None:
    head = ",".join(f"Column {chr(65 + index % 26)}{index // 26}" for index in range(400))
    row = ",".join("1.50" for _ in range(400))
    with pytest.raises(TooManyColumns) as caught:
        reading(f"{head}\n{row}\n{row}\n")
    assert caught.value.sentence == "x.csv has 400 columns; 300 is the most that is read."


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"colour": "red"}, 'No question is called "colour".'),
        ({"date-order": "sideways"}, '"sideways" is no answer to the question "date-order".'),
        ({"header": "99"}, '"99" is no answer to the question "header".'),
        ({"table": "2"}, '"2" is no answer to the question "table".'),
    ],
)
def test_an_answer_to_nothing_is_refused(answers: dict[str, str], sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as caught:
        reading(sales().data(), answers=answers)
    assert caught.value.sentence == sentence


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match='no column "Profit"'):
        reading(sales().data(), columns=ReadingChoice(value="Profit"))


def test_durations_are_seconds() -> None:
    made = reading("Start date,Task,Duration\n2026-01-03,a,01:30:00\n2026-01-04,b,00:45:30\n")
    assert made.batch is not None
    assert (made.value_column, made.batch.cells["Duration"]) == ("Duration", [5400, 2730])
    assert {column.type for column in made.columns if column.name == "Duration"} == {ColumnType.DURATION}


@pytest.mark.parametrize("written", ["{month:02}/{year}", "{year}{month:02}", "{year}/{month:02}", "{month}-{year}"])
@pytest.mark.parametrize("header", ["Period", "Período", "Periode", "Month"])
def test_months_without_days_date_the_rows_where_the_heading_says_so(header: str, written: str) -> None:
    rows = "".join(
        f"{written.format(year=2025 + at // 12, month=at % 12 + 1)};Shop {at % 3};{10 + at}.50\n" for at in range(18)
    )
    made = reading(f"{header};Shop;Amount\n{rows}".encode())
    assert made.date_column == header
    assert by_month(made)["2026-02"] == Decimal("23.50")


@pytest.mark.parametrize("written", ["{month:02}/{year}", "{year}{month:02}"])
def test_numbers_of_invoices_that_look_like_months_are_no_dates(written: str) -> None:
    rows = "".join(f"{written.format(year=2026, month=at + 1)};2026-03-{at + 1:02};{10 + at}.50\n" for at in range(12))
    made = reading(f"Invoice no;Day;Amount\n{rows}".encode())
    assert made.date_column == "Day"
    assert next(each.type for each in made.columns if each.name == "Invoice no") is not ColumnType.DATE


SHOPS = "".join(f"2026-09-{day:02},Shop {day},{day}.00\n" for day in range(1, 29))


def payees(*more: str) -> Reading:
    return read("bank.csv", ("Date,Payee,Amount\n" + SHOPS + "\n".join([*more, ""])).encode(), today=TODAY)


@pytest.mark.parametrize("word", ["Total", "SUMMA", "Yhteensä"])
def test_a_dated_row_that_is_called_total_and_equals_the_sum_above_is_left_out(word: str) -> None:
    made = payees(f"2026-09-30,{word},406.00")
    assert (made.rows.used, made.rows.left_out, made.questions) == (28, 1, ())
    assert [(check.name, check.ok) for check in made.checks] == [("total", True)]


def test_a_dated_row_that_is_called_total_and_equals_nothing_is_asked_about() -> None:
    made = payees("2026-09-30,Total,380.00", "2026-09-30,Shop 30,1.00")
    assert [question.id for question in made.questions] == ["totals"]
    assert "Row 30 may be a total" in made.questions[0].text
    kept = read(
        "bank.csv", f"Date,Payee,Amount\n{SHOPS}2026-09-30,Total,380.00\n".encode(), today=TODAY,
        answers={"totals": "keep"},
    )  # fmt: skip
    assert (kept.rows.used, kept.questions, kept.decided) == (29, (), frozenset({"totals"}))


def test_a_shop_whose_name_begins_with_total_is_a_row() -> None:
    made = payees("2026-09-30,Total Tools Ltd,406.00")
    assert (made.rows.used, made.rows.left_out, made.questions) == (29, 0, ())
