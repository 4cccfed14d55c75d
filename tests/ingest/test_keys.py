"""Which column names each row: by its header and by cells that a program gave out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core import sample
from kpi_core.ingest import keys, looks, read
from kpi_core.source import ColumnRole, ColumnType, Recognition
from tests.ingest import looking
from tests.ingest.exports import TODAY


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Order ID|OrderID|order_id|Order No.|Order Number|Transaction ID|Receipt Number|id|UUID|Booking ref", "BOTH"),
        ("Bestellnummer|Bestell-Nr.|Ordernr|Rechnungsnr|Rechnungs-Nr.|Auftragsnummer|Belegnummer|Angebotsnr", "BOTH"),
        ("N\u00b0 facture|Num\u00e9ro de commande|N\u00ba pedido|N\u00famero de factura|Numero ordine", "BOTH"),
        ("factuurnummer|Ordrenummer|Fakturanr|Verifikationsnummer|Tilausnumero|Nr zam\u00f3wienia", "BOTH"),
        ("\u010d\u00edslo objedn\u00e1vky|Rendel\u00e9s sz\u00e1m|Id. de transacci\u00f3n", "BOTH"),
        ("Order|Order #|Invoice|Ticket|Receipt|Facture|Rechnung|Faktura|Bon", "THING"),
        ("Reference|Ref|No.|Nr|Number|Payment reference|Transaction Ref", "NUMBER"),
        ("Customer ID|Customer no|Product ID|Orders|Number of orders|Order total|Reference Txn ID", "NOTHING"),
        ("Balance|Sale|Payment|Note|Session ID|Kundenreferenz|Konto-Nr|Original order ID|Order line no", "NOTHING"),
    ],
)
def test_what_a_header_says(names: str, expected: str) -> None:
    assert {name: keys.says(name).name for name in names.split("|")} == dict.fromkeys(names.split("|"), expected)


def key_of(name: str, cells: list[str]) -> bool:
    """Tell whether a column by itself is a key."""
    seen = looks.see(name, looking.vector(cells), needed=False)
    return keys.pick_key([seen], {name: looks.type_of(seen)}) == name


RISING = [str(number) for number in range(1001, 1008)]
MIXED = ["1004", "1001", "1007", "1002", "1009"]


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("Order ID", ["7", "8", "9"], True),
        ("Order ID", ["a", "b", "c"], True),
        ("Order ID", ["7", "7", "9"], False),
        ("Order ID", ["7", "", "9"], False),
        ("Order ID", ["7"], False),
        ("Order ID", ["1", "2", "3"], False),
        ("Order ID", ["3", "2", "1"], False),
        ("Order ID", ["0", "1", "2"], False),
        ("Order ID", ["#1", "#2", "#3"], False),
        ("Order ID", ["$7", "$8", "$9"], False),
        ("Customer ID", ["a", "b", "c"], False),
        ("Order", ["#1004", "#1001"], True),
        ("Order", ["A-7", "A-12"], True),
        ("Order", RISING, True),
        ("Order", RISING[::-1], True),
        ("Order", RISING[:4], False),
        ("Order", MIXED, True),
        ("Order", ["12", "9", "31", "8", "17"], False),
        ("Order", ["12.50", "13.50", "14.50", "15.50", "16.50"], False),
        ("Order", ["two mugs 1", "one tea 2"], False),
        ("Order", ["A7", "7-A", "x1y2", "12b"], False),
        ("Receipt", ["yes", "no"], False),
        ("Ref", RISING, True),
        ("Ref", MIXED, False),
        ("Ref", ["RENT 1", "RENT 2", "RENT 3", "RENT 4", "RENT 5"], False),
        ("Ref", [f"R-{number}" for number in RISING], True),
        ("No.", ["31", "32", "33", "34", "35"], True),
        ("No.", ["1", "2", "3", "4", "5"], False),
        ("Invoice date", ["2026-01-01", "2026-01-02"], False),
    ],
)
def test_the_less_a_header_says_the_more_the_cells_must(name: str, cells: list[str], *, expected: bool) -> None:
    assert key_of(name, cells) is expected


def test_a_long_column_of_codes_is_looked_at_whole() -> None:
    codes = [f"ORD-{number}x" for number in range(5000)]
    seen = looks.see("Order", looking.vector(codes), needed=False)
    assert seen.plain
    assert keys.pick_key([seen], {"Order": ColumnType.TEXT}) == "Order"
    assert not key_of("Order", [*codes, codes[0]])
    assert not key_of("Order", [*codes, ""])


def test_the_plainest_header_wins_and_the_first_among_equals() -> None:
    codes = ["#7", "#9"]
    table = {"Invoice": codes, "Order ID": codes, "Receipt no": codes}
    seen = [looks.see(name, looking.vector(cells), needed=False) for name, cells in table.items()]
    assert keys.pick_key(seen, dict.fromkeys(table, ColumnType.TEXT)) == "Order ID"


@pytest.mark.parametrize(
    ("name", "kinds", "expected"),
    [
        ("Order ID", ["Order", "Refund"], False),
        ("Order ID", ["Order", "Order"], True),
        ("Transaction ID", ["Order", "Refund"], True),
        ("id", ["charge", "refund"], True),
    ],
)
def test_an_order_that_is_paid_and_refunded_in_two_rows_is_no_key(
    name: str, kinds: list[str], *, expected: bool
) -> None:
    table = {"Date": ["2026-01-02", "2026-01-03"], name: ["a7", "a8"], "Type": kinds, "Amount": ["3.50", "-4.50"]}
    assert (looking.read(table).columns[1].role is ColumnRole.KEY) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Refund,Order,Amount", "Refund"),
        ("Order ID,Refund ID,Amount", "Refund ID"),
        ("Bestellung,Gutschrift Nr.,Betrag", "Gutschrift Nr."),
        ("Payment ID,Order,Amount", "Payment ID"),
    ],
)
def test_a_refund_is_recognised_by_its_own_number_for_an_order_may_have_several(header: str, expected: str) -> None:
    first, second, _ = header.split(",")
    table = {first: [f"A{n}" for n in range(1001, 1008)], second: [f"B{n}" for n in range(2001, 2008)]}
    dated = {"Date": [f"2026-01-0{n}" for n in range(1, 8)], **table, "Amount": [f"{n}.50" for n in range(1, 8)]}
    assert [each.name for each in looking.read(dated).columns if each.role is ColumnRole.KEY] == [expected]


@pytest.mark.parametrize("cells", [["1200", "1500", "1750", "2100", "3999"], ["1.50", "2.50", "3.50", "4.50", "5.50"]])
def test_an_amount_below_refund_leaves_the_order_its_key(cells: list[str]) -> None:
    orders = [f"A{1000 + n}" for n in range(len(cells))]
    table = {"Date": ["2026-01-01"] * len(cells), "Order": orders, "Refund": cells}
    assert {each.name: each.role for each in looking.read(table).columns}["Order"] is ColumnRole.KEY


def test_a_key_is_no_amount() -> None:
    found = looking.read(
        {"Date": ["2026-01-02", "2026-01-03"] * 3, "Ticket": ["1004", "1009", "1013", "1021", "1022", "1030"]}
    )
    assert found.value_column is None
    assert {each.name: each.role for each in found.columns}["Ticket"] is ColumnRole.KEY


def test_a_key_with_letters_is_no_amount_of_a_currency() -> None:
    table = {"Date": ["2026-01-02", "2026-01-03"], "Rechnungsnr": ["R1001", "R1002"], "Betrag": ["3.50", "4.50"]}
    made = {each.name: each for each in looking.read(table).types}["Rechnungsnr"]
    assert (made.type, made.role, made.currency) == (ColumnType.TEXT, ColumnRole.KEY, None)


@pytest.mark.parametrize(
    ("source", "key"),
    [("Sample orders", "Order"), ("Sample tickets", "Ticket"), ("Sample costs", "Invoice"), ("Sample visits", None)],
)
def test_the_sample_shop_is_recognised_by_its_numbers(source: str, key: str | None) -> None:
    for file in sample.sample_files(TODAY, "SEK"):
        if file.source == source:
            made = read(file.name, file.data, today=TODAY).draft
            assert made.key == ((key,) if key else ())
            assert made.recognition is (Recognition.KEY if key else Recognition.CONTENT)


def test_a_row_without_its_key_is_recognised_by_all_it_holds() -> None:
    head = "Date,Order ID,Amount\n2026-01-02,a7,3.00\n2026-01-03,a8,4.00\n"
    recipe = read("x.csv", head.encode(), today=TODAY).draft
    later = "Date,Order ID,Amount\n2026-02-02,,3.00\n2026-02-03,,4.00\n2026-02-03,,4.00\n2026-02-03,a7,9.00\n"
    first, second = (read("x.csv", text.encode(), today=TODAY, recipes=[recipe]).batch for text in (head, later))
    assert first is not None
    assert second is not None
    assert len(set(second.keys)) == 4
    assert second.keys[3] == first.keys[0]


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=40))
def test_a_repeated_number_is_never_a_key(numbers: list[int]) -> None:
    texts = [str(number) for number in numbers]
    assert not key_of("Order ID", [*texts, texts[0]])


def test_the_days_of_the_sample_do_not_matter() -> None:
    for day in (date(2026, 1, 1), date(2028, 2, 29)):
        drafts = [read(file.name, file.data, today=day).draft.key for file in sample.sample_files(day, "USD")]
        assert drafts == [("Order",)] * 2 + [()] * 2 + [("Ticket",)] * 2 + [("Invoice",)] * 2
