from __future__ import annotations

import pytest

from kpi_core.ingest import looks, roles
from kpi_core.source import ColumnRole, ColumnType
from tests.ingest.looking import read, vector

DAYS = ["2026-01-02", "2026-01-03", "2026-01-14"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["created", "available_on"], "created"),
        (["Paid at", "Created at"], "Created at"),
        (["Due Date", "Invoice Date"], "Invoice Date"),
        (["Posted Date", "Transaction Date"], "Transaction Date"),
        (["Wertstellung", "Buchungstag"], "Buchungstag"),
        (["Bokföringsdag", "Transaktionsdag", "Valutadag"], "Bokföringsdag"),
        (["Start Date (UTC)", "Submit Date (UTC)"], "Submit Date (UTC)"),
        (["Start date", "End date"], "Start date"),
        (["Create Date", "Close Date"], "Close Date"),
        (["Date Issued", "Date Paid"], "Date Issued"),
    ],
)
def test_the_day_of_the_business_event(names: list[str], expected: str) -> None:
    assert read(dict.fromkeys(names, DAYS)).date_column == expected


def test_a_day_that_never_changes_is_that_of_the_report() -> None:
    found = read({"Date": ["2026-01-31"] * 8, "Booked": [f"2026-01-0{day}" for day in range(1, 9)]})
    assert found.date_column == "Booked"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"Quantity": ["1", "2"], "Amount": ["5", "6"]}, "Amount"),
        ({"Menge": ["1", "2"], "Einzelpreis": ["5,50", "6,25"]}, "Menge"),
        ({"Quantity": ["1", "2"], "Unit price": ["£5.50", "£6.25"]}, "Quantity"),
        ({"Visits": ["1", "2"], "Unit price": ["5.50", "6.25"]}, "Visits"),
        ({"Unit price": ["5.50", "6.25"]}, "Unit price"),
        ({"Typ": ["101", "201", "101"], "Antal": ["5", "-2", "7"]}, "Antal"),
        ({"Type": ["1.50", "2.25"], "Rating": ["5", "6"]}, "Type"),
        (
            {"": ["0", "1", "2"], "How likely are you to recommend us?": ["9", "7", "9"]},
            "How likely are you to recommend us?",
        ),
        ({"": ["1", "3", "2"], "Balance": ["9.5", "7.5", "9.5"]}, "#1"),
        ({"Bilagsnr.": ["881", "17", "350"], "Ut av konto": ["5.50", "", "7.25"]}, "Ut av konto"),
        ({"Balance": ["100.50", "99.50"], "Amount": ["5.50", "-1.00"]}, "Amount"),
        ({"Kontostand": ["1.234,50"], "Betrag": ["-98,76"]}, "Betrag"),
        ({"Fee": ["0.50"], "Net": ["9.50"]}, "Net"),
        ({"Price": ["9.99"], "Total": ["19.98"]}, "Total"),
        ({"Order ID": ["1", "2"], "Score": ["5", "6"]}, "Score"),
        ({"Users": ["10", "20"], "Sessions": ["12", "25"]}, "Sessions"),
        ({"Amount": ["", ""], "Total": ["5.00", "6.00"]}, "Total"),
        ({"Order ID": ["7", "8"], "Balance": ["5.00", "6.00"]}, None),
        ({"Status": ["paid", "void"]}, None),
    ],
)
def test_the_amount(table: dict[str, list[str]], expected: str | None) -> None:
    assert read(table).value_column == expected


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("E-mail", "redacted"),
        ("Customer Name", "Ada Example"),
        ("First Name", "Ada"),
        ("Name", "Ada Example"),
        ("Billing Address1", "1 Lane"),
        ("Handynummer", "+49 151 23456789"),
        ("Contact", "ada@example.com"),
        ("Method", "**** 1234"),
        ("Origin", "192.168.0.17"),
        ("IBAN", "DE02120300000000202051"),
        ("Correo electrónico", "ada@example.com"),
        ("PAN Suffix", "0001"),
        ("Kund", "Eva Exempel"),
        ("Customer", "Jean-Luc d'Exemple"),
        ("Klant", "Ö. van Voorbeeld"),
        ("Auftraggeberkonto", "DE02 1203"),
    ],
)
def test_what_is_personal(name: str, cell: str) -> None:
    seen = looks.see(name, vector([cell]), needed=False)
    assert roles.personal(seen, looks.type_of(seen))


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Name", "#1001"),
        ("Product Name", "Mug"),
        ("Campaign", "Autumn"),
        ("Card Brand", "Visa"),
        ("Card", "$31.16"),
        ("Description", "Card payment"),
        ("Accepts Email", "yes"),
        ("Ship Country", "Norway"),
        ("Address Status", "Confirmed"),
        ("Amount", "12.50"),
        ("Kund", "K0042"),
        ("Customer", "Example Ltd"),
        ("Client", "Muster GmbH"),
        ("Customer no", "Forty Two"),
        ("Member", "gold"),
        ("Topic", "Late Delivery"),
    ],
)
def test_what_is_not_personal(name: str, cell: str) -> None:
    seen = looks.see(name, vector([cell]), needed=False)
    assert not roles.personal(seen, looks.type_of(seen))


def test_few_texts_make_segments_many_do_not() -> None:
    few = looks.see("Channel", vector(["shop", "web"] * 10), needed=False)
    many = looks.see("Comment", vector([f"comment {number}" for number in range(20)]), needed=False)
    assert roles.segment(few, ColumnType.TEXT)
    assert not roles.segment(many, ColumnType.TEXT)


def test_every_column_has_a_role() -> None:
    found = read(
        {
            "Order ID": ["a", "b", "c", "d"],
            "Date": [*DAYS, "2026-01-20"],
            "Channel": ["web", "web", "shop", "shop"],
            "E-mail": ["a@example.com", "b@example.com", "c@example.com", "d@example.com"],
            "Total": ["5.00", "6.00", "7.00", "8.00"],
            "Comment": ["one", "two", "three", "four"],
        }
    )
    assert {each.name: each.role for each in found.columns} == {
        "Order ID": ColumnRole.KEY,
        "Date": ColumnRole.DATE,
        "Channel": ColumnRole.SEGMENT,
        "E-mail": ColumnRole.PERSONAL,
        "Total": ColumnRole.VALUE,
        "Comment": ColumnRole.IGNORE,
    }


@pytest.mark.parametrize("text", ["x" * 5_000, "*" * 5_000 + " ", "1234 " * 2_000 + "x", "a:" * 4_000, "A b " * 2_000])
def test_a_long_text_that_almost_looks_personal_takes_no_time(text: str) -> None:
    assert read({"Date": DAYS, "Note": [text] * 3, "Amount": ["1", "2", "3"]}).columns[1].type is ColumnType.TEXT


@pytest.mark.parametrize("card", ["XXXX-XXXX-XXXX-1234", "**** **** **** 1234", "xxxxxxxxxxxx1234", "••••1234", "**99"])
def test_a_masked_card_is_personal(card: str) -> None:
    found = read({"Date": DAYS, "Paid with": [card] * 3, "Amount": ["1", "2", "3"]})
    assert found.columns[1].role is ColumnRole.PERSONAL


LINES = {
    "Invoice No": ["A1", "A1", "A2", "A2", "A3"],
    "Invoice Total": ["9.50", "9.50", "7.25", "7.25", "2.50"],
}


def test_an_amount_of_the_line_goes_before_that_of_the_whole_invoice() -> None:
    assert read({**LINES, "Line Total": ["4.50", "5.00", "3.00", "4.25", "2.50"]}).value_column == "Line Total"


def test_no_other_amount_or_a_total_on_its_first_line_only_leaves_the_invoice_total() -> None:
    assert read({**LINES, "Quantity": ["1", "2", "3", "4", "5"]}).value_column == "Invoice Total"
    once = {**LINES, "Invoice Total": ["9.50", "", "7.25", "", "2.50"]}
    assert read({**once, "Line Total": ["4.50", "5.00", "3.00", "4.25", "2.50"]}).value_column == "Invoice Total"


def test_a_column_of_order_numbers_without_any_is_no_order() -> None:
    assert read({"Transaction ID": ["", ""], "Gross": ["9.50", "8.25"]}).value_column == "Gross"


@pytest.mark.parametrize("orders", [3, 100, 130, 200, 40_000])
def test_the_amount_of_the_line_goes_before_that_of_its_order_however_many_orders_there_are(orders: int) -> None:
    table = {
        "Invoice No": [f"INV-{number // 2}" for number in range(2 * orders)],
        "Invoice Date": [f"2026-01-{number // 2 % 28 + 1:02}" for number in range(2 * orders)],
        "Line Amount": [f"{number % 250 + 1}.50" for number in range(2 * orders)],
        "Invoice Total": [f"{number // 2 % 199 + 300}.00" for number in range(2 * orders)],
    }
    assert read(table).value_column == "Line Amount"
