"""Delimiters, quotes and escapes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_core.ingest.dialect import detect_dialect, told_delimiter
from tests.ingest.exports import DateStyle, NumberStyle, german, sales


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote_all", [True, False])
def test_the_delimiter_is_found(delimiter: str, quote_all: bool) -> None:  # noqa: FBT001
    export = replace(sales(), delimiter=delimiter, quote_all=quote_all)
    found = detect_dialect(export.data())
    assert (found.delimiter, found.quote, found.width) == (delimiter, '"', 3)


def test_decimal_commas_do_not_part_cells() -> None:
    assert detect_dialect(german(sales()).data()).delimiter == ";"


def test_commas_in_dates_do_not_part_cells() -> None:
    export = replace(sales(), delimiter="\t", dates=DateStyle.LONG, numbers=NumberStyle.FRENCH)
    assert detect_dialect(export.data()).delimiter == "\t"


def test_a_quoted_decimal_comma_stands_beside_a_comma_as_delimiter() -> None:
    assert detect_dialect(replace(german(sales()), delimiter=",").data()).delimiter == ","


def test_title_lines_do_not_mislead() -> None:
    export = replace(sales(4), delimiter=";", above=(("Report, of all, our sales",), ()))
    assert detect_dialect(export.data()).delimiter == ";"


def test_a_backslash_before_a_closing_quote_is_a_backslash() -> None:
    data = b'"Text","Amount"\n"ends with \\\\\\","1.00"\n"plain","2.00"\n'
    assert detect_dialect(data).escape is None


def test_a_backslash_before_a_closing_quote_below_lines_of_other_widths_is_a_backslash() -> None:
    titles = [f'"Line {count}","C:\\notes\\","x"' if count == 1 else f'"Line {count}"' for count in range(1, 7)]
    rows = [f'"{count}","note","","1.50"' for count in range(6)]
    data = "\n".join([*titles, '"Day","Text","No","Amount"', *rows, '"9","C:\\notes\\","","1.50"', ""]).encode()
    assert detect_dialect(data).escape is None


def test_a_backslash_escapes_a_quote_where_the_cells_only_fit_so() -> None:
    data = b"Text,Amount\n" + b'"he said \\"no, never\\"",1.00\n' * 5
    assert detect_dialect(data).escape == "\\"


def test_apostrophes_in_words_are_no_quotes() -> None:
    assert detect_dialect(b"Shop,Amount\nL'Olilo,1\nRock 'n' Roll,2\n").quote == '"'
    assert detect_dialect(b"'Shop','Amount'\n'A, B','1'\n'C','2'\n").quote == "'"


def test_a_line_for_excel_names_the_delimiter() -> None:
    assert told_delimiter(b'"sep=|"\r\na|b') == ("|", b"a|b")
    assert told_delimiter(b"separate,b\n1,2") == (None, b"separate,b\n1,2")
