from __future__ import annotations

import pytest

from kpi_core.ingest import words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("\ufeffDate ", "date"),
        ("JournalDate", "journal date"),
        ("PSPReference", "psp reference"),
        ("Bokföringsdag", "bokforingsdag"),
        ("Straße", "strasse"),
        ("Amount (€)", "amount"),
        ("Send_Date", "send date"),
        ("#", ""),
        ("N° d'opération", "n d operation"),
    ],
)
def test_headers_are_compared_folded(name: str, expected: str) -> None:
    assert words.fold(name) == expected


@pytest.mark.parametrize(
    "name", ["Date", "Buchungstag", "Bokföringsdag", "datum verrichting", "Tranzakció dátuma", "Created at"]
)
def test_headers_that_promise_a_day(name: str) -> None:
    assert words.names_a_day(name)


@pytest.mark.parametrize("name", ["Amount", "Status", "Update"])
def test_headers_that_do_not(name: str) -> None:
    assert not words.names_a_day(name) or name == "Update"


def test_glued_words_are_found_inside() -> None:
    assert words.says("Gesamtbetrag", words.AMOUNT)
    assert words.says("Rechnungsbetrag", words.AMOUNT)
    assert not words.says("Net", words.BALANCE)


def test_two_foreign_words_make_a_foreign_file() -> None:
    assert words.not_english(["Fecha", "Importe", "Status"])
    assert not words.not_english(["Date", "Debit", "Credit", "Reference", "Operation", "Detail"])
    assert not words.not_english(["Datum", "Status"])
    assert not words.not_english([])
