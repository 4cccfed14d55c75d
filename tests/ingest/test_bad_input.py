"""What an owner is told about a file that cannot be read, or only in part: one sentence, and never a wrong number."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from kpi_core.errors import SignalboxError
from kpi_core.ingest import read
from kpi_core.ingest.reading import Reading
from kpi_core.source import ColumnType
from tests.ingest.containers import archive, biff, compound, forged, open_document
from tests.ingest.exports import TODAY
from tests.ingest.test_reading import by_month, reading

HEAD = "Date,Item,Amount\n"
ROWS = "".join(f"2026-01-{day:02d},Tea,{day}.50\n" for day in range(1, 20))


def workbook(*cells: tuple[str, object], charts: bool = False, hidden: bool = False) -> bytes:
    """Write a workbook with some cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in cells:
        sheet[place] = value
    if charts or hidden:
        book.create_chartsheet("Chart")
        sheet.sheet_state = "hidden"
    if charts:
        book.remove(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SALES = (("A1", "Date"), ("B1", "Amount"), ("A2", date(2026, 1, 2)), ("B2", 1.5))
WHOLE = workbook(*SALES)
EMPTY = "x.csv is empty."
NO_ROWS = "x.csv has a header but no rows under it."
PROTECTED = "x.csv is protected by a password, so it cannot be read."
WIDE = b",".join(b"c%d" % number for number in range(100_000)) + b"\n" + b",".join([b"1"] * 100_000)

REFUSED: dict[str, tuple[bytes, str]] = {
    "no bytes": (b"", EMPTY),
    "white space": (b" \r\n\t\n", EMPTY),
    "a byte order mark": (b"\xef\xbb\xbf", EMPTY),
    "only delimiters": (b",,,\n,,,\n", EMPTY),
    "a lone quote": (b'"', EMPTY),
    "a header": (HEAD.encode(), NO_ROWS),
    "one word": (b"hello", NO_ROWS),
    "one line of a megabyte": (b"x" * 1_000_000, NO_ROWS),
    "half a million cells in a line": (b"1," * 500_000, "x.csv has 500001 columns; 300 is the most that is read."),
    "a hundred thousand columns": (WIDE, "x.csv has 100000 columns; 300 is the most that is read."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "x.csv is not a table: it looks like a picture."),
    "a photo": (b"\0\0\0\x18ftypheic" + bytes(50), "x.csv is not a table: it looks like a picture or film."),
    "a drawing": (b"<svg><path/></svg>", "x.csv is not a table: it looks like a picture."),
    "a bitmap": (b"BM" + bytes(60), "x.csv is not a table: it looks like a picture."),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "x.csv is not a table: it looks like a PDF document."),
    "JSON": (b'[{"a": 1}]', "x.csv is not a table: it looks like a data file for programs (JSON)."),
    "a calendar": (b"BEGIN:VCALENDAR\n", "x.csv is not a table: it looks like a calendar or an address book."),
    "NUL bytes": (bytes(1000), "x.csv is not a table: it looks like bytes of a program."),
    "an archive": (archive({"a.csv": HEAD + ROWS}), "x.csv is not a table: it looks like a compressed archive."),
    "half a workbook": (WHOLE[: len(WHOLE) // 2], "x.csv is not a table: it looks like a damaged archive."),
    "a workbook without its end": (WHOLE[:-30], "x.csv is not a table: it looks like a damaged archive."),
    "a workbook without cells": (workbook(), EMPTY),
    "a workbook with a header": (workbook(("A1", "Date"), ("B1", "Amount")), NO_ROWS),
    "a workbook of charts": (
        workbook(charts=True),
        "x.csv is not a table: it looks like a workbook of charts only.",
    ),
    "hidden sheets": (
        workbook(*SALES, hidden=True),
        "x.csv is not a table: it looks like a workbook whose sheets are all hidden.",
    ),
    "a workbook without sheets": (
        archive({"xl/workbook.xml": "<workbook><sheets/></workbook>", "[Content_Types].xml": "<a/>"}),
        "x.csv is not a table: it looks like a damaged workbook.",
    ),
    "an encrypted workbook": (
        compound(
            {"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>", "EncryptedPackage": bytes(range(256)) * 20}
        ),
        PROTECTED,
    ),
    "an old workbook with a password": (
        compound({"Workbook": biff((0x809, bytes([0, 6, 5, 0]) + bytes(12)), (0x2F, b"\1" + bytes(53)), (0x0A, b""))}),
        PROTECTED,
    ),
    "an encrypted OpenDocument": (
        open_document((), manifest="<manifest:encryption-data/>"),
        PROTECTED,
    ),
    "an old workbook without sheets": (
        compound({"Workbook": biff((0x809, bytes([0, 6, 5, 0]) + bytes(12)), (0x0A, b""))}),
        "x.csv is not a table: it looks like a damaged workbook.",
    ),
    "a compound file of nothing": (compound({"Note": b""}), "x.csv is not a table: it looks like a damaged workbook."),
    "a bomb": (
        archive({"xl/workbook.xml": b"0", **dict.fromkeys(("a", "b", "c", "d"), bytes(1 << 25))}),
        "x.csv is larger than any real workbook once it is unpacked.",
    ),
    "a bomb that lies": (
        forged(archive({"xl/workbook.xml": b"0", "a": bytes(1 << 24)}), 1000),
        "x.csv is not a table: it looks like a damaged archive.",
    ),
    "a stray cell far right": (
        workbook(*SALES, ("XFD1048576", "x")),
        "x.csv has 16384 columns; 300 is the most that is read.",
    ),
    "a stray cell far down": (
        workbook(*SALES, ("AZ1048576", "x")),
        "x.csv is larger than a sheet of 30 million cells, counted up to its last row and column.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_says_what_it_is_and_what_to_do(case: str) -> None:
    data, sentence = REFUSED[case]
    with pytest.raises(SignalboxError) as caught:
        reading(data)
    assert caught.value.sentence == sentence
    assert caught.value.hint.endswith(".")


def last_row(cell: str, day: str = "2026-01-25") -> Reading:
    """Read an ordinary export with one more row."""
    return reading(f"{HEAD}{ROWS}{day},Mug,{cell}\n")


@pytest.mark.parametrize(
    ("day", "cell", "reason"),
    [
        ("0000-00-00", "1.00", "there is no such day"),
        ("2026-02-31", "1.00", "there is no such day"),
        ("0001-01-01", "1.00", "there is no such day"),
        ("9999-12-31", "1.00", "this is not a date"),
        ("-2026-01-01", "1.00", "this is not a date"),
        ("2026-01-25", "1e308", "this is not a number"),
        ("2026-01-25", "-inf", "this is not a number"),
        ("2026-01-25", "9" * 400, "this is not a number"),
        ("2026-01-25", f"1.{'3' * 400}", "this is not a number"),
        ("2026-01-25", "=1+1", "this is not a number"),
        ("2026-01-25", "１２．５０", "this is not a number"),
        ("25 Jnauary 2026", "12;50", "this is not a date"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_never_left_out_unseen(day: str, cell: str, reason: str) -> None:
    made = last_row(cell, day)
    assert (made.rows.used, made.rows.left_out, made.questions) == (19, 0, ())
    assert [(each.row, each.reason) for each in made.refused] == [(21, reason)]
    assert made.value_column == "Amount"


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202a", "\u200b", "\u2060", "\u2066", "\ufeff"])
def test_marks_that_nobody_sees_make_no_difference(mark: str) -> None:
    made = last_row(f"{mark}12.50{mark}", f"{mark}2026-01-25")
    assert by_month(made) == by_month(last_row("12.50"))
    sheet = workbook(*SALES, ("A3", f"{mark}2026-01-25"), ("B3", 2.5))
    assert reading(sheet).rows.used == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_read_half_a_letter_at_the_end_aside(encoding: str) -> None:
    data = (HEAD + ROWS).encode(encoding)
    assert reading(data).rows.used == 19
    if encoding != "utf-32":
        assert reading(data + b"\n").rows.used == 19


def test_half_of_a_pair_of_letters_spoils_no_file() -> None:
    text = (HEAD + ROWS).replace("Tea", "T\ud800")
    assert reading(text.encode("utf-8", "surrogatepass")).rows.used == 19
    assert reading(text.encode("utf-16", "surrogatepass")).rows.used == 19


def test_nul_bytes_between_letters_are_dropped() -> None:
    assert by_month(reading((HEAD + ROWS).encode().replace(b"Tea", b"T\0ea"))) == by_month(reading(HEAD + ROWS))


def test_cells_that_begin_like_a_formula_are_data() -> None:
    items = ("=cmd|' /C calc'!A0", "+1", "-x", "@SUM(A1)")
    made = reading(HEAD + "".join(f'2026-01-0{at},"{item}",{at}.50\n' for at, item in enumerate(items, start=1)))
    assert made.batch is not None
    assert made.batch.cells["Item"] == list(items)


def test_script_stays_text_and_control_signs_stay_out_of_names() -> None:
    made = reading(
        "Date,<script>alert(1)</script>,Am\x01ount\x1b[31m\n2026-01-01,<img src=x>,1.50\n2026-01-02,b,2.50\n"
    )
    assert [column.name for column in made.columns] == ["Date", "<script>alert(1)</script>", "Amount[31m"]
    assert {column.type for column in made.columns} == {ColumnType.DATE, ColumnType.TEXT, ColumnType.NUMBER}


@pytest.mark.parametrize(
    ("name", "spoken", "title"),
    [
        ("../../etc/orders.csv", "orders.csv", "orders"),
        ("C:\\Shop\\orders.csv", "orders.csv", "orders"),
        ("a\nb\x1b[0m.csv", "ab[0m.csv", "ab[0m"),
        ("", "The file", "The file"),
        ("..", "The file", "The file"),
        (f"{'x' * 300}.csv", f"{'x' * 79}…", f"{'x' * 79}…"),
    ],
)
def test_tricks_in_names_reach_no_sentence(name: str, spoken: str, title: str) -> None:
    made = read(name, (HEAD + ROWS).encode(), today=TODAY)
    assert (made.name, made.draft.name) == (spoken, title)
    with pytest.raises(SignalboxError) as caught:
        read(name, b"", today=TODAY)
    assert caught.value.sentence == f"{spoken} is empty."


def test_a_currency_that_changes_half_way_is_asked_about() -> None:
    rows = "".join(f"2026-01-{day:02d},Tea,{'$' if day < 10 else '€'}{day}.50\n" for day in range(1, 20))
    (question,) = reading(HEAD + rows).questions
    assert question.text == '"Amount" holds $ and EUR. Which of them shall count? Rows in another currency are refused.'


def test_an_open_document_sheet_reads_as_its_csv() -> None:
    rows = tuple((("date", f"2026-01-{day:02d}"), ("string", "Tea"), ("float", f"{day}.5")) for day in range(1, 20))
    head = (("string", "Date"), ("string", "Item"), ("string", "Amount"))
    assert by_month(reading(open_document((head, *rows)))) == by_month(reading(HEAD + ROWS))
