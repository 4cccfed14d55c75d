from __future__ import annotations

import pytest

from kpi_core.ingest import looks
from kpi_core.source import ColumnType
from tests.ingest.looking import vector


def kind(name: str, cells: list[str], *, amount: bool = False) -> ColumnType:
    """Tell the type of a column."""
    return looks.type_of(looks.see(name, vector(cells), needed=False), amount=amount)


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("Amount", ["1.50", "2"], ColumnType.NUMBER),
        ("Zip", ["01234", "10115"], ColumnType.TEXT),
        ("Account", ["2520018000000073144"], ColumnType.TEXT),
        ("Created", ["2026-01-02"], ColumnType.DATE),
        ("Day", ["20260102", "20260103"], ColumnType.DATE),
        ("Number", ["35910", "36465"], ColumnType.NUMBER),
        ("Paid date", ["42178", "42179"], ColumnType.DATE),
        ("Duration", ["00:11:35"], ColumnType.DURATION),
        ("Start time", ["10:23:52"], ColumnType.TEXT),
        ("Time", ["10:23:52"], ColumnType.TEXT),
        ("Handle time", ["00:11:35"], ColumnType.DURATION),
        ("Elapsed", ["30:11:35"], ColumnType.DURATION),
        ("Duration", ["12:30"], ColumnType.TEXT),
        ("Duration (hh:mm)", ["12:30"], ColumnType.DURATION),
        ("Hours", ["7:30", "40:15"], ColumnType.DURATION),
        ("Worked", ["2h 15m"], ColumnType.DURATION),
        ("Captured", ["true", "false"], ColumnType.BOOLEAN),
        ("Billable", ["Yes"], ColumnType.BOOLEAN),
        ("Status", ["paid", "void"], ColumnType.TEXT),
        ("Note", ["", " "], ColumnType.TEXT),
        ("VAT", ["Nil", "1.20"], ColumnType.NUMBER),
    ],
)
def test_types(name: str, cells: list[str], expected: ColumnType) -> None:
    assert kind(name, cells) is expected


def test_the_header_tips_a_column_that_is_half_numbers() -> None:
    assert kind("Amount", ["1", "2", "x"]) is ColumnType.NUMBER
    assert kind("Size", ["1", "2", "x"]) is ColumnType.TEXT
    assert kind("Size", ["1", "2", "x"], amount=True) is ColumnType.NUMBER


def test_the_header_tips_a_column_that_is_half_dates() -> None:
    assert kind("Date", ["2026-01-02", "2026-01-03", "Pending"]) is ColumnType.DATE
    assert kind("Note", ["2026-01-02", "2026-01-03", "Pending"]) is ColumnType.TEXT


def test_a_type_that_is_known_stays() -> None:
    seen = looks.see("Order", vector(["1001"]), needed=False)
    assert looks.type_of(seen, ColumnType.TEXT) is ColumnType.TEXT


def test_a_long_column_of_different_words_is_not_taken_apart() -> None:
    mails = [f"user{number}@example.com" for number in range(5000)]
    assert looks.see("E-mail", vector(mails), needed=False).plain
    assert not looks.see("E-mail", vector(mails), needed=True).plain
    assert not looks.see("Status", vector(["paid", "void"] * 2500), needed=False).plain
    assert not looks.see("Total", vector([f"{number}.50" for number in range(5000)]), needed=False).plain
    assert looks.as_text(looks.see("E-mail", vector([*mails, " "]), needed=False))[-2:] == [
        "user4999@example.com",
        None,
    ]


def test_one_number_in_the_sample_keeps_a_column_open() -> None:
    cells = [f"word {chr(97 + number % 26)}{number}x" for number in range(5000)]
    assert not looks.see("Amount", vector(["12.50", *cells]), needed=False).plain


def test_unique_means_filled_and_never_repeated() -> None:
    assert looks.see("Id", vector(["a", "b"]), needed=False).unique
    assert not looks.see("Id", vector(["a", "a"]), needed=False).unique
    assert not looks.see("Id", vector(["a", ""]), needed=False).unique
    assert not looks.see("Id", vector([]), needed=False).unique
