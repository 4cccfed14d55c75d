"""Tables whose columns are periods."""

from __future__ import annotations

from kpi_core.ingest.fates import Reason
from kpi_core.ingest.grid import grid_of
from kpi_core.ingest.table import find_tables
from kpi_core.ingest.wide import check_spans, unpivot, wide_columns

MONTHS = [
    ["", "Jan 2025", "Feb 2025", "Total"],
    ["Income", "", "", ""],
    ["  Sales", "100.00", "110.00", "210.00"],
    ["  Other", "10.00", "", "10.00"],
    ["Total Income", "110.00", "110.00", "220.00"],
    ["", "", "", ""],
    ["Accrual Basis", "", "", ""],
]
STATEMENT = [
    ["Account", "Amount", "Previous Year"],
    ["Revenue", "", ""],
    ["  Sales", "125", "98"],
    ["Total Revenue", "125", "98"],
    ["Net Profit", "(54)", "31"],
]


def test_headings_that_are_periods_make_a_table_wide() -> None:
    grid = grid_of(MONTHS)
    (table,) = find_tables(grid)
    columns = wide_columns(grid, table, wanted=False)
    assert [column.heading for column in columns] == ["Jan 2025", "Feb 2025"]
    made = unpivot(grid, table, columns)
    assert made.names == ("Line", "Period", "Heading", "Amount")
    assert list(zip(*(vector.tolist() for vector in made.vectors), strict=True))[:3] == [
        ("Sales", "2025-01-01", "Jan 2025", "100.00"),
        ("Sales", "2025-02-01", "Feb 2025", "110.00"),
        ("Other", "2025-01-01", "Jan 2025", "10.00"),
    ]
    assert made.left_out == {1: Reason.NO_FIGURES, 5: Reason.BLANK, 6: Reason.NOTE}
    assert (made.lines, made.lines_named) == (3, ("Sales", "Other", "Total Income"))


def test_lines_that_build_up_to_totals_make_a_table_wide() -> None:
    grid = grid_of(STATEMENT)
    (table,) = find_tables(grid)
    columns = wide_columns(grid, table, wanted=False)
    assert [(column.heading, column.covers) for column in columns] == [("Amount", None), ("Previous Year", None)]
    assert unpivot(grid, table, columns).names == ("Line", "Heading", "Amount")


def test_an_ordinary_table_is_wide_only_for_a_caller_who_names_a_line() -> None:
    grid = grid_of([["City", "Users", "Visits"], ["Paris", "12", "20"], ["Rome", "10", "15"]])
    (table,) = find_tables(grid)
    assert wide_columns(grid, table, wanted=False) == ()
    assert [column.heading for column in wide_columns(grid, table, wanted=True)] == ["Users", "Visits"]


def test_lines_of_the_same_name_are_told_apart() -> None:
    rows = [*MONTHS[:3], ["  Sales", "1.00", "2.00", "3.00"]]
    grid = grid_of(rows)
    (table,) = find_tables(grid)
    assert unpivot(grid, table, wide_columns(grid, table, wanted=False)).lines_named == ("Sales", "Sales (2)")


def test_months_with_short_years_that_follow_each_other_are_periods() -> None:
    heads = ["Konto", "Nov-24", "Dez-24", "Jan-25"]
    grid = grid_of([heads, ["Nord", "1.00", "2.00", "3.00"], ["Ost", "4.00", "5.00", "6.00"]])
    (table,) = find_tables(grid)
    columns = wide_columns(grid, table, wanted=False)
    assert [column.covers.start.isoformat() for column in columns if column.covers] == [
        "2024-11-01",
        "2024-12-01",
        "2025-01-01",
    ]


def test_days_of_one_month_are_no_months_of_short_years() -> None:
    grid = grid_of([["Shop", "Jun 25", "Jun 26"], ["Nord", "1.00", "2.00"], ["Ost", "4.00", "5.00"]])
    (table,) = find_tables(grid)
    assert not any(column.covers for column in wide_columns(grid, table, wanted=True))


def test_columns_longer_than_a_month_are_warned_of() -> None:
    grid = grid_of(
        [["", "Jan - Dec 2024", "Jan - Dec 2025"], ["Income", "80.00", "90.00"], ["Costs", "50.00", "60.00"]]
    )
    (table,) = find_tables(grid)
    (warning,) = check_spans(wide_columns(grid, table, wanted=False))
    assert not warning.ok
    assert warning.text == (
        "A column covers up to 366 days and counts on the first of them, so months within it would show zero: "
        "export the report by month, or make its KPIs by quarter or year."
    )
    grid = grid_of(MONTHS)
    (table,) = find_tables(grid)
    assert check_spans(wide_columns(grid, table, wanted=False)) == ()
