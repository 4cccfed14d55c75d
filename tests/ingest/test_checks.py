"""What is verified and shown, as the sentences an owner reads."""

from __future__ import annotations

from datetime import date

from kpi_core.ingest import read
from kpi_core.ingest.report import ReadingChoice
from tests.ingest.exports import TODAY


def checks(text: str, today: date = TODAY) -> list[tuple[str, bool, str]]:
    """Read a file and give its checks."""
    return [(check.name, check.ok, check.text) for check in read("x.csv", text.encode(), today=today).checks]


ROWS = "Date,Item,Amount\n2026-10-13,Tea,3.00\n2026-10-14,Mug,4.50\n"


def test_a_total_that_agrees_and_one_that_does_not() -> None:
    assert checks(ROWS + "Total,,7.50\n") == [("total", True, "The total in row 4 equals our own sum of Amount: 7.50.")]
    assert checks(ROWS + "Total,,9.00\n") == [
        ("total", False, "The total in row 4 says 9.00, but the rows of Amount add up to 7.50.")
    ]


def test_a_running_balance() -> None:
    head = "Date,Item,Amount,Balance\n"
    rows = [
        "2026-10-13,a,3.00,103.00",
        "2026-10-14,b,-1.00,102.00",
        "2026-10-15,c,4.00,106.00",
        "2026-10-16,d,1.00,107.00",
    ]
    whole = checks(head + "\n".join(rows))
    assert whole == [("balance", True, "Each Balance follows from the row beside it and Amount.")]
    assert checks(head + "\n".join(reversed(rows))) == whole
    more = [*rows, "2026-10-17,e,2.00,109.00", "2026-10-19,g,1.00,115.00", "2026-10-20,h,1.00,116.00"]
    assert checks(head + "\n".join(more)) == [
        ("balance", False, "Balance in row 7 does not follow from the row beside it and Amount: a row may be missing.")
    ]


def test_several_currencies() -> None:
    text = "Date,Currency,Amount\n2026-10-13,EUR,3.00\n2026-10-14,USD,4.50\n2026-10-15,eur,4.50\n"
    assert checks(text) == [
        (
            "currencies",
            False,
            "Currency holds several currencies: EUR, USD. Money is never added across currencies.",
        )
    ]


def test_days_in_the_future() -> None:
    assert checks(ROWS, date(2026, 10, 14)) == []
    assert checks(ROWS, date(2026, 10, 13)) == [("future", False, "1 row has a day in the future, up to 2026-10-14.")]
    assert checks(ROWS, date(2026, 1, 1)) == [("future", False, "2 rows have days in the future, up to 2026-10-14.")]


def test_cells_that_do_not_fit_their_column() -> None:
    rows = "".join(f"2026-10-{day},x,{day}.00,{day}\n" for day in range(10, 28))
    text = "Date,Item,Amount,Qty\n" + rows + "2026-10-28,x,5.00,many\n"
    assert checks(text) == [("unparsed", False, "Qty: 1 cell that cannot be read as a number, in row 20.")]


def test_a_missing_quote_is_told() -> None:
    text = 'Date,Item,Note,Amount\n2026-10-13,"Tea,x,3.00\n2026-10-14,"Mug",y,4.50\n'
    assert checks(text) == [("quotes", False, "A quote is missing in row 2; the row was read without it.")]


def test_a_close_choice_of_the_amount_is_said_where_it_makes_a_difference() -> None:
    rows = "".join(f"2026-10-{day},{day}.00,{day}.50\n" for day in range(10, 28))
    text = "Date,Gross Sales,Net Sales\n" + rows
    said = (
        '"Net Sales" is taken; "Gross Sales" could be the amount as well. Look which one you mean before you add the '
        "file."
    )
    assert checks(text) == [("choice", False, said)]
    assert checks(text.replace(".50", ".00")) == []
    picked = read("x.csv", text.encode(), today=TODAY, columns=ReadingChoice(value="Gross Sales"))
    assert picked.checks == ()
    assert checks(text.replace("Gross Sales", "Tax")) == []


def test_a_close_choice_of_the_day_is_said_where_it_moves_rows_to_another_month() -> None:
    rows = "".join(f"2026-09-{day},2026-10-{day},{day}.00\n" for day in range(10, 28))
    text = "Order Date,Transaction Date,Amount\n" + rows
    said = (
        '"Order Date" is taken; "Transaction Date" could date the rows as well. Look which one you mean before you add '
        "the file."
    )
    assert checks(text) == [("choice", False, said)]
    assert checks(text.replace("2026-09", "2026-10")) == []


def test_money_in_and_money_out_are_no_close_choice() -> None:
    text = "Date,Text,Debit,Credit\n2026-10-13,Rent,500.00,\n2026-10-14,Sale,,120.00\n2026-10-15,Sale,,1.00\n"
    assert [name for name, _, _ in checks(text)] == []


def test_a_table_without_days_says_that_no_month_gets_a_number() -> None:
    said = "Nothing in this file says which days its rows belong to, so no month can get a number from it."
    way_on = "Export it with a date on each row; numbers by week, quarter or year go to “Fill in or paste numbers”."
    weeks = "Week,Amount\n" + "".join(f"2026-W{week},{week}.50\n" for week in range(10, 20))
    assert checks(weeks) == [("no-days", False, f"{said} {way_on}")]
    assert checks("Report for October 2026\n\nShop,Amount\nA,3.00\nB,4.50\nC,5.50\n") == []


def test_a_blank_column_of_amounts_may_hold_formulas_that_nobody_worked_out() -> None:
    assert checks("Date,Item,Total\n2026-10-13,Tea,\n2026-10-14,Mug,\n2026-10-15,Jug,\n") == [
        (
            "no-amounts",
            False,
            '"Total" is blank in every row. If it holds formulas, open the file, save it, and add it again.',
        )
    ]


def test_a_number_that_a_row_repeats_with_another_amount_is_said() -> None:
    rows = "".join(f"2026-10-{day:02},A{day:03},{day}.50\n" for day in range(1, 31))
    assert checks("Date,Order ID,Amount\n" + rows + "2026-10-05,A005,9.50\n") == [
        (
            "doubled",
            False,
            (
                'Rows 6 and 32 have the same "Order ID" and another Amount: both are counted. If the later one corrects'
                ' the other, choose under Columns that "Order ID" names the row.'
            ),
        )
    ]
    lines = "".join(f"2026-10-{day:02},A{day // 2:03},{day}.50\n" for day in range(1, 31))
    assert checks("Date,Order ID,Amount\n" + lines) == []


def test_doubled_headings_of_amounts_leave_the_choice_to_the_owner() -> None:
    rows = "".join(f"2026-10-{day:02},{day}.50,{day}.25\n" for day in range(1, 31))
    assert [name for name, _, _ in checks("Date,Amount,Amount\n" + rows)] == ["choice"]
