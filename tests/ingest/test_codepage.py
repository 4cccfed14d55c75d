"""Which code page old bytes are in."""

from __future__ import annotations

import pytest

from kpi_core.ingest.codepage import likely_code_page

TEXTS = {
    "cp1252": ["Größe;Straße\nMüller;Köln", "Numéro;Libellé\nCafé crème;Où ça", "Beløb;Køb\nSmørrebrød", "Total €;5"],
    "cp1250": ["Datum;Částka\nPřevod;Žižkov", "Kwota;Źródło\nŁódź;żółć", "Összeg;Könyvelés dátuma\nŐr utca;Győr"],
    "cp1251": ["Дата;Сумма\nОплата;Москва"],
    "cp1253": ["Ημερομηνία;Ποσό\nΑθήνα;τιμή"],
    "cp1257": ["Suma;Gavėjas\nŽirmūnų;šeši"],
    "cp850": ["Größe;Straße\nMüller", "Café;été"],
    "mac_roman": ["Größe;Straße\nMüller;Köln", "Numéro;Libellé\nCafé crème", "We need your help…\nNew clicks…"],
}


@pytest.mark.parametrize(("page", "text"), [(page, text) for page, texts in TEXTS.items() for text in texts])
def test_the_letters_tell_the_code_page(page: str, text: str) -> None:
    data = text.encode(page)
    assert data.decode(likely_code_page(data)) == text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("cp1252", "Day,Net\n8/2,-£894.38\n9/2,£12.00\n"),
        ("mac_roman", "Nº asiento;Importe\n1;46508,62\xa0€\nPanadería El Niño;571,63\xa0€\n"),
        ("cp1252", "Dag;Bedrag\n1;€ 5\n2;€12,50\n"),
    ],
)
def test_signs_of_money_at_numbers_are_no_letters(page: str, text: str) -> None:
    data = text.encode(page)
    assert data.decode(likely_code_page(data)) == text


def test_a_no_break_space_between_digits_is_no_letter() -> None:
    data = "Montant\n597\xa0000,00\n".encode("cp1252")
    assert data.decode(likely_code_page(data)) == "Montant\n597\xa0000,00\n"


def test_a_long_line_without_special_letters_takes_no_time() -> None:
    assert likely_code_page(b"x" * 1_000_000 + b"\ncaf\xe9\n") == "cp1252"
