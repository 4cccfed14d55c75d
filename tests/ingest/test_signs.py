"""Money in and money out: two columns, or a column of letters beside amounts without signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.actual import inputs
from kpi_core.definition import values_from_json
from kpi_core.ingest import recipe as recipes
from kpi_core.ingest import signs
from kpi_core.kpi import OneColumn
from kpi_core.source import ColumnRole, RowFilter, RowTest
from tests.ingest.looking import read
from tests.ingest.test_reading import reading

if TYPE_CHECKING:
    from kpi_core.ingest.report import ColumnsReading

DAYS = ["2026-03-05", "2026-03-06", "2026-03-17"]


def bank(debits: list[str]) -> ColumnsReading:
    """Read a statement with a column for each direction."""
    return read({"Date": DAYS, "Debit": debits, "Credit": ["", "7.00", ""], "Balance": ["9.00", "8.00", "7.00"]})


def lettered(name: str, letters: list[str], amounts: list[str] | None = None) -> ColumnsReading:
    """Read a statement whose amounts have no signs."""
    return read({"Date": DAYS, name: letters, "Amount": amounts or ["5.00", "7.00", "3.00"]})


def test_money_in_and_out_is_offered_for_two_columns() -> None:
    found = bank(["5.00", "", "3.00"])
    made = recipes.draft("Bank", found, {})
    assert [ready.name for ready in made.ready] == ["Money in minus money out"]
    measures = inputs(values_from_json(made.ready[0].values, source="Bank"))[0]
    assert [measure.value for measure in measures] == [OneColumn("Credit"), OneColumn("Debit")]
    assert {each.role for each in found.columns if each.name in ("Debit", "Credit")} == {ColumnRole.VALUE}
    assert signs.ready_net(read({"Date": DAYS, "Amount": ["5.00", "7.00", "8.00"]})) == ()


@pytest.mark.parametrize(
    ("debits", "formula", "fact"),
    [
        (
            ["5.00", "", "3.00"],
            "difference",
            "Credit is what came in, Debit what went out; “Money in minus money out” takes both",
        ),
        (
            ["-5.00", "", "-3.00"],
            "sum",
            "Credit is what came in, Debit what went out, with a minus; “Money in minus money out” takes both",
        ),
    ],
)
def test_the_signs_of_the_cells_tell_how_money_out_counts(debits: list[str], formula: str, fact: str) -> None:
    found = bank(debits)
    assert [ready.values["formula"] for ready in signs.ready_net(found)] == [formula]
    assert signs.signs_fact(found) == ("Signs", fact)
    assert signs.check_signs(found) == ()


def test_money_out_with_both_signs_is_offered_to_nobody_and_said() -> None:
    found = bank(["-5.00", "", "3.00"])
    assert (signs.ready_net(found), signs.signs_fact(found)) == ((), None)
    assert [(check.ok, check.text) for check in signs.check_signs(found)] == [
        (
            False,
            (
                "Debit holds amounts with and without a minus, so what came in less what went out cannot be told "
                "for sure: look at its rows before you add Credit and Debit up."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("D/K", ["K", "D", "K"]),
        ("DR/CR", ["CR", "DR", "CR"]),
        ("Transaction Type", ["credit", "debit", "credit"]),
        ("Soll/Haben", ["H", "S", "H"]),
        ("S/H", ["Haben", "Soll", "Haben"]),
        ("Af Bij", ["Bij", "Af", "Bij"]),
        ("Type", ["Deposit", "Withdrawal", "Deposit"]),
        ("+/-", ["+", "-", "+"]),
    ],
)
def test_letters_say_which_amounts_went_out(name: str, letters: list[str]) -> None:
    found = lettered(name, letters)
    measures = inputs(values_from_json(signs.ready_net(found)[0].values, source="Bank"))[0]
    assert [(measure.value, measure.where) for measure in measures] == [
        (OneColumn("Amount"), (RowFilter(name, RowTest.IS_ONE_OF, (letters[0],)),)),
        (OneColumn("Amount"), (RowFilter(name, RowTest.IS_ONE_OF, (letters[1],)),)),
    ]
    assert [(check.ok, check.text) for check in signs.check_signs(found)] == [
        (
            False,
            (
                f"Amount has no minus signs: {name} says what came in (“{letters[0]}”) and what went out "
                f"(“{letters[1]}”). A sum of Amount adds both up; “Money in minus money out” does not."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("name", "letters", "amounts"),
    [
        ("Card type", ["credit", "debit", "credit"], None),
        ("Payment type", ["credit", "debit", "credit"], None),
        ("Note", ["credit", "debit", "credit"], None),
        ("Type", ["credit", "debit", "other"], None),
        ("Type", ["credit", "credit", "credit"], None),
        ("Type", ["credit", "debit", "credit"], ["5.00", "-7.00", "3.00"]),
    ],
)
def test_what_says_no_direction(name: str, letters: list[str], amounts: list[str] | None) -> None:
    found = lettered(name, letters, amounts)
    assert (signs.ready_net(found), signs.check_signs(found)) == ((), ())


def test_rows_that_say_neither_are_told() -> None:
    found = lettered("D/K", ["K", "D", ""])
    assert signs.ready_net(found) == ()
    (check,) = signs.check_signs(found)
    assert check.text.endswith("A sum of Amount adds both up; some rows say neither, so filter by D/K.")
    assert len(signs.ready_net(lettered("D/K", ["K", "D", ""], ["5.00", "7.00", "0.00"]))) == 1


def test_of_two_columns_of_letters_the_nearest_counts() -> None:
    table = {"Date": DAYS, "Gross D/K": ["K", "D", "K"], "Gross amount": ["5.00", "7.00", "3.00"], "Text": ["a"] * 3}
    found = read(table | {"Fee D/K": ["D", "K", "D"], "Fee": ["0.50", "0.70", "0.30"]})
    letters = signs.letters_of(found)
    assert letters is not None
    assert (letters.column, found.value_column) == ("Gross D/K", "Gross amount")


def test_an_owner_is_told_about_both() -> None:
    one = reading("Date,D/K,Amount\n2026-03-05,D,5.00\n2026-03-06,K,7.00\n")
    assert [check.name for check in one.checks] == ["signs"]
    two = reading("Date,Debit,Credit\n2026-03-05,5.00,\n2026-03-06,,7.00\n")
    assert "Signs" in dict(two.facts)
