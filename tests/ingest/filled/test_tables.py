from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from kpi_core.business import Business
from kpi_core.errors import EmptyFile, RefusedDefinition, TooLarge, TooManyColumns
from kpi_core.ingest.filled import Filled, read_filled
from kpi_core.ingest.filled.cells import pages_of, pasted
from kpi_core.kpi import Aggregate, Direction, Kpi, State, Typed
from kpi_core.period import Cadence
from kpi_core.unit import Unit, UnitKind
from tests.ingest.containers import open_document

TODAY = date(2026, 11, 3)
SEK = Unit(UnitKind.CURRENCY, "SEK")
KPIS = (
    Kpi("Revenue", SEK, Direction.UP, Cadence.MONTH, Typed(), id=1),
    Kpi("Conversion", Unit(UnitKind.PERCENT), Direction.UP, Cadence.MONTH, Typed(Aggregate.AVERAGE), id=2),
    Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.WEEK, Typed(), id=3),
    Kpi("Old", SEK, Direction.UP, Cadence.MONTH, Typed(), id=4, state=State.RETIRED),
)


def read(text: str, locale: str = "en_US", **answers: str) -> Filled:
    return read_filled(
        pasted(text), KPIS, Business(locale=locale), TODAY, {k.replace("_", "-"): v for k, v in answers.items()}
    )


def values(found: Filled) -> list[tuple[str, str, str]]:
    def text(number: object) -> str:
        return "" if number is None else str(number)

    return [(each.kpi.name, each.period.start.isoformat(), text(each.value)) for each in found.values]


def reasons(found: Filled) -> list[tuple[int, str]]:
    return [(each.row, each.reason) for each in found.refused]


LONG = "KPI\tPeriod\tValue\nRevenue\tOct 2026\t480000\nvisits\tweek 41 2026\t12\n"
WIDE = "KPI\tUnit\tSep 2026\tOct 2026\nRevenue\tSEK\t470000\t480000\nConversion\t%\t\t3.2\n"
DOWN = "Month\tRevenue\tConversion\n2026-09-01\t470000\t\n2026-10-01\t480000\t3.2\n"
EACH = "Revenue\nMonth\tActual\nSep 2026\t470000\n\nConversion\nMonth\tNumerator\tDenominator\nOct 2026\t32\t1000\n"


def test_the_long_form() -> None:
    found = read(LONG)
    assert values(found) == [("Revenue", "2026-10-01", "480000"), ("Visits", "2026-10-05", "12")]
    assert (found.is_template, found.refused, found.left_out) == (True, (), ())


def test_the_wide_form() -> None:
    found = read(WIDE)
    assert values(found) == [
        ("Revenue", "2026-09-01", "470000"),
        ("Revenue", "2026-10-01", "480000"),
        ("Conversion", "2026-10-01", "16/5"),
    ]
    assert found.is_template


def test_periods_downwards_and_kpis_as_headings_are_read_but_are_no_template() -> None:
    found = read(DOWN)
    assert len(values(found)) == 3
    assert not found.is_template, "any export of orders by day may have a column of a KPI's name"


def test_a_table_a_kpi() -> None:
    found = read(EACH)
    assert values(found) == [("Revenue", "2026-09-01", "470000"), ("Conversion", "2026-10-01", "")]
    assert found.values[1].numerator == 32
    assert found.values[1].denominator == 1000
    assert {each.text for each in found.left_out} == {"Revenue", "Conversion"}


def test_a_sheet_a_kpi() -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, number in (("Revenue", 480000.5), ("Visits", 12)):
        sheet = book.create_sheet(name)
        sheet.append(["Period", "Value"])
        sheet.append([date(2026, 10, 1) if name == "Revenue" else date(2026, 10, 5), number])
    data = io.BytesIO()
    book.save(data)
    found = read_filled(pages_of("k.xlsx", data.getvalue(), {}), KPIS, Business(), TODAY, {})
    assert values(found) == [("Revenue", "2026-10-01", "960001/2"), ("Visits", "2026-10-05", "12")]
    assert found.values[0].column == "Revenue: Value"


@pytest.mark.parametrize("block", ["Revenue\tOct 2026\t480000", "Revenue\tSep 2026\t470000\nRevenue\tOct 2026\t480000"])
def test_a_pasted_block_without_headings(block: str) -> None:
    assert values(read(block))[-1] == ("Revenue", "2026-10-01", "480000")


def test_numbers_of_no_named_kpi_are_a_question() -> None:
    block = "Sep 2026\t470000\nOct 2026\t480000"
    asked = read(block)
    assert ([each.id for each in asked.questions], asked.values) == (["kpi"], ())
    assert asked.questions[0].choices == ("Revenue", "Conversion", "Visits")
    assert len(values(read(block, kpi="revenue"))) == 2
    with pytest.raises(RefusedDefinition):
        read(block, kpi="Nobody")


def test_an_unknown_kpi_is_refused_with_the_nearest_name_and_never_made() -> None:
    found = read(
        "KPI\tPeriod\tValue\nRevenu\tOct 2026\t1\nProfit margin of cats\tOct 2026\t2\nOld\tOct 2026\t3\n\tOct 2026\t4\n"
    )
    assert reasons(found) == [
        (2, 'there is no KPI "Revenu"; did you mean "Revenue"?'),
        (3, 'there is no KPI "Profit margin of cats"'),
        (4, "Old is retired"),
        (5, "the line names no KPI"),
    ]
    assert values(found) == []


def test_two_numbers_for_one_period_are_both_refused_and_the_same_one_twice_counts_once() -> None:
    found = read("KPI\tPeriod\tValue\nRevenue\tOct 2026\t1\nRevenue\t2026-10-31\t2\n")
    assert reasons(found) == [
        (2, "the file has two numbers for October 2026"),
        (3, "the file has two numbers for October 2026"),
    ]
    again = read("KPI\tPeriod\tValue\nRevenue\tOct 2026\t1\nRevenue\t2026-10\t1.0\n")
    assert values(again) == [("Revenue", "2026-10-01", "1")]
    assert [each.row for each in again.left_out] == [3]


def test_a_daily_table_never_becomes_the_number_of_a_month() -> None:
    rows = "".join(f"Revenue\t2026-10-{day:02}\t{day}\n" for day in range(1, 32))
    assert values(read(f"KPI\tDay\tValue\n{rows}")) == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("a lot", "cannot be read as an amount in SEK"),
        ("=SUM(A1:A3)", "cannot be read as an amount in SEK"),
        ("#REF!", "cannot be read as an amount in SEK"),
        ("€500", "cannot be read as an amount in SEK"),
        ("12 34", "cannot be read"),
        ("2026-10-01", "cannot be read"),
    ],
)
def test_what_is_no_number_is_refused_cell_by_cell(cell: str, reason: str) -> None:
    found = read(f"KPI\tSep 2026\tOct 2026\nRevenue\t{cell}\t480000\n")
    assert values(found) == [("Revenue", "2026-10-01", "480000")]
    assert (found.refused[0].row, found.refused[0].column, found.refused[0].text) == (2, "Sep 2026", cell)
    assert reason in found.refused[0].reason


def test_another_unit_than_the_kpis_is_refused() -> None:
    found = read("KPI\tUnit\tOct 2026\nRevenue\tEUR\t1\nConversion\tshare\t1\n")
    assert [reason for _, reason in reasons(found)] == [
        "the file says EUR, but Revenue is in SEK",
        "the file says share, but Conversion is in %",
    ]


def test_a_heading_that_is_no_period_refuses_its_numbers_and_a_total_is_left_alone() -> None:
    found = read("KPI\tOct 2026\tJan\tTotal\tOwner\nRevenue\t1\t2\t3\tshop manager\n")
    assert values(found) == [("Revenue", "2026-10-01", "1")]
    assert reasons(found) == [(2, "Revenue: “Jan” says no year")]


def test_a_period_that_has_not_begun_has_no_number() -> None:
    assert reasons(read("Revenue\tDec 2026\t5")) == [(1, "Revenue: December 2026 has not begun")]


def test_cells_beyond_the_last_heading_refuse_their_row() -> None:
    found = read_filled(
        pages_of("a.csv", b"KPI,Period,Value\nRevenue,Oct 2026,1\nRevenue,Sep 2026,1,5\n", {}),
        KPIS,
        Business(),
        TODAY,
        {},
    )
    assert values(found) == [("Revenue", "2026-10-01", "1")]
    assert reasons(found) == [(3, "it has cells beyond the last heading")]


@pytest.mark.parametrize(
    ("locale", "cells", "expected"),
    [
        ("en_US", ["1,234", "1,234.50", "(5)"], ["1234", "2469/2", "-5"]),
        ("sv_SE", ["1 234", "1234,5", "−5 kr"], ["1234", "2469/2", "-5"]),
        ("de_DE", ["1.234", "1.234,50", "12k"], ["1234", "2469/2", "12000"]),
    ],
)
def test_numbers_are_read_as_the_business_writes_them(locale: str, cells: list[str], expected: list[str]) -> None:
    months = ("Aug 2026", "Sep 2026", "Oct 2026")
    found = read("KPI\t" + "\t".join(months) + "\nRevenue\t" + "\t".join(cells), locale)
    assert [value for _, _, value in values(found)] == expected


@pytest.mark.parametrize(
    ("locale", "cells"),
    [("en_US", ["1.234", "5"]), ("en_US", ["1,234", "2,5"]), ("sv_SE", ["1.234", "5"]), ("de_DE", ["1.234", "2.5"])],
)
def test_a_number_that_can_be_read_two_ways_is_asked_about(locale: str, cells: list[str]) -> None:
    block = f"KPI\tSep 2026\tOct 2026\nRevenue\t{cells[0]}\t{cells[1]}\n"
    asked = read(block, locale)
    assert ([each.id for each in asked.questions], asked.values) == (["decimal"], ())
    grouping = "comma" if "." in cells[0] else "point"
    assert values(read(block, locale, decimal=grouping))[0][2] == "1234"


def test_a_workbooks_own_numbers_need_no_mark() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["KPI", "Oct 2026"])
    sheet.append(["Revenue", 1.234])
    data = io.BytesIO()
    book.save(data)
    found = read_filled(pages_of("k.xlsx", data.getvalue(), {}), KPIS, Business(locale="sv_SE"), TODAY, {})
    assert values(found) == [("Revenue", "2026-10-01", "617/500")]


def test_a_date_that_can_be_read_two_ways_is_asked_about() -> None:
    daily = (Kpi("Calls", Unit(UnitKind.COUNT), Direction.UP, Cadence.DAY, Typed(), id=9),)
    pages = pasted("Calls\t03/04/2026\t5\n")
    asked = read_filled(pages, daily, Business(), TODAY, {})
    assert [each.id for each in asked.questions] == ["date-order"]
    found = read_filled(pages, daily, Business(), TODAY, {"date-order": "day-first"})
    assert values(found) == [("Calls", "2026-04-03", "5")]


def test_parts_of_a_ratio_on_lines_of_their_own() -> None:
    found = read("KPI\tPart\tOct 2026\nConversion\tnumerator\t32\nConversion\tDenominator\t1000\n")
    assert [each.value for each in found.values] == [None]
    assert [each.numerator for each in found.values] == [32]
    assert [each.denominator for each in found.values] == [1000]
    odd = read("KPI\tPart\tOct 2026\nConversion\tremainder\t32\nConversion\tvalue\t3.2\n")
    assert (reasons(odd), len(odd.values)) == ([(2, "“remainder” is no part of a value")], 1)


def test_files_that_hold_nothing_or_too_much() -> None:
    with pytest.raises(EmptyFile):
        pasted(" \n\t\n")
    with pytest.raises(TooManyColumns):
        pasted("KPI\t" + "\t".join(["Oct 2026"] * 400) + "\nRevenue" + "\t1" * 400)
    with pytest.raises(TooLarge):
        pasted("Revenue\tOct 2026\t1\n" * 300_000)


def test_every_filled_cell_is_read_left_out_or_refused() -> None:
    found = read("My numbers\nKPI\tSep 2026\tOct 2026\n\nRevenue\t1\tx\nGhost\t2\t3\n\nSales\nConversion\t\t3.2\n")
    assert (len(found.values), len(found.refused), [each.row for each in found.left_out]) == (2, 3, [1, 7])


SPLIT = "KPI\tMonth\tChannel\tValue\nRevenue\tSep 2026\tweb\t5\nRevenue\tOct 2026\tweb\t6\n"


@pytest.mark.parametrize("block", [SPLIT, "KPI\tChannel\tSep 2026\tOct 2026\nRevenue\tweb\t5\t6\n"])
def test_a_column_that_may_split_the_numbers_is_asked_about(block: str) -> None:
    asked = read(block)
    assert ([each.id for each in asked.questions], asked.values) == (["column-channel"], ())
    assert [each.segment for each in read(block, column_channel="segment").values] == ["web", "web"]
    assert [each.segment for each in read(block, column_channel="leave-out").values] == ["", ""]
    with pytest.raises(RefusedDefinition):
        read(block, column_channel="perhaps")


def test_a_table_whose_title_is_no_kpi_is_asked_about_and_several_are_refused() -> None:
    one = "Report of the year\nMonth\tValue\nOct 2026\t5\n"
    assert [each.id for each in read(one).questions] == ["kpi"]
    assert values(read(one, kpi="Revenue")) == [("Revenue", "2026-10-01", "5")]
    two = f"{one}\nAnother report\nMonth\tValue\nOct 2026\t6\n"
    assert [reason for _, reason in reasons(read(two))] == ["the table names no KPI"] * 2
    slip = "Revenu\nMonth\tValue\nOct 2026\t5\n"
    assert "did you mean" in read(slip).refused[0].reason


def test_an_open_document_is_read() -> None:
    rows = (
        (("string", "KPI"), ("date", "2026-10-01")),
        (("string", "Revenue"), ("float", "480000.5")),
    )
    found = read_filled(pages_of("k.ods", open_document(rows), {}), KPIS, Business(), TODAY, {})
    assert values(found) == [("Revenue", "2026-10-01", "960001/2")]


def test_a_remark_beside_a_line_is_no_number() -> None:
    found = read("KPI\tOct 2026\tNote\nRevenue\t5\tlate invoice\nVisits\t\tno counter\n")
    assert (values(found), found.refused) == ([("Revenue", "2026-10-01", "5")], ())
    assert [each.row for each in found.left_out] == [3]
