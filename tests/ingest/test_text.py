"""Bytes to text: kinds of files, encodings, line ends."""

from __future__ import annotations

import pytest

from kpi_core.errors import EmptyFile, NotATable, RefusedDefinition, TooLarge
from kpi_core.ingest import read, text
from kpi_core.ingest.text import FileKind, LineEnd, decode, file_kind
from tests.ingest.exports import TODAY


@pytest.mark.parametrize(
    ("head", "looks_like"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"\xff\xd8\xff\xe0\x00", "a picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a program"),
        (b"\x1f\x8b\x08\x00", "a compressed archive"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"SQLite format 3\x00", "a database"),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_looks_like(head: bytes, looks_like: str) -> None:
    with pytest.raises(NotATable) as caught:
        file_kind("orders.csv", head + b"\x00" * 40)
    assert caught.value.sentence == f"orders.csv is not a table: it looks like {looks_like}."


def test_a_text_that_begins_like_a_program_stays_a_text() -> None:
    assert file_kind("x", b"MZ,Amount\n1,2\n") is FileKind.TEXT


def test_workbooks_are_told_by_content_not_by_name() -> None:
    assert file_kind("orders.csv", b"PK\x03\x04rest") is FileKind.WORKBOOK
    assert file_kind("orders.xls", b"Date,Amount\n") is FileKind.TEXT


@pytest.mark.parametrize("data", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf \n"])
def test_an_empty_file_says_so(data: bytes) -> None:
    with pytest.raises(EmptyFile) as caught:
        read("a.csv", data, today=TODAY)
    assert caught.value.sentence == "a.csv is empty."


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LIMIT_BYTES", 10)
    assert file_kind("a", b"0123456789") is FileKind.TEXT
    with pytest.raises(TooLarge, match="larger than 200 MB"):
        file_kind("a", b"0123456789a")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings_are_told_by_the_bytes(encoding: str, named: str) -> None:
    written = "Datum;Empfänger;Betrag\n03.10.2026;Müller Größe;1,50\n14.10.2026;Café;2,00\n"
    read = decode("a", written.encode(encoding))
    assert (read.encoding, read.data.decode()) == (named, written)


@pytest.mark.parametrize(
    ("line_end", "named", "kept"),
    [
        ("\n", LineEnd.LF, "\n"),
        ("\r\n", LineEnd.CRLF, "\r\n"),
        ("\r", LineEnd.CR, "\n"),
        ("\r\r\n", LineEnd.CRCRLF, "\n"),
    ],
)
def test_line_ends(line_end: str, named: LineEnd, kept: str) -> None:
    read = decode("a", line_end.join(["a,b", "1,2", "3,4"]).encode())
    assert (read.line_end, read.data.decode()) == (named, kept.join(["a,b", "1,2", "3,4"]))


def test_a_line_feed_inside_a_cell_does_not_end_a_record_of_a_cr_file() -> None:
    assert decode("a", b'a,b\r"one\ntwo",2\r3,4\r').data == b'a,b\n"one two",2\n3,4\n'


def test_nul_bytes_are_dropped() -> None:
    assert decode("a", b"a,b\n1\x00,2\n" + b"3,4\n" * 20).data.startswith(b"a,b\n1,2\n")


def test_an_encoding_that_cannot_be_is_refused() -> None:
    with pytest.raises(RefusedDefinition, match="cannot be read with the encoding utf-8"):
        decode("a", "Größe;1\n".encode("cp1252"), "utf-8")


def test_bytes_of_a_program_without_a_known_beginning_are_no_table() -> None:
    with pytest.raises(NotATable):
        decode("a", bytes(range(1, 9)) * 50)
