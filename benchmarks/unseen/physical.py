"""Records as bytes: delimiters, quotes, line ends and code pages, and how real exports get them wrong."""

from __future__ import annotations

import codecs

from benchmarks.unseen.draft import Draft, Record, Role
from benchmarks.unseen.drawing import happens
from benchmarks.unseen.hazard import hazard
from benchmarks.unseen.oddities import memo

LEGACY = {"H3": "cp1252", "H4": "cp1250", "H5": "mac_roman"}
ENDS = {"H6": "\r", "H7": "\r\r\n"}


@hazard("H1", "bytes")
def utf16(draft: Draft) -> bool:
    """UTF-16 with tabs, as spreadsheets save "Unicode text"."""
    draft.physical.encoding, draft.physical.bom, draft.physical.delimiter = "utf-16-le", True, "\t"
    return True


@hazard("H2", "bytes")
def byte_order_mark(draft: Draft) -> bool:
    """A byte order mark stands first."""
    draft.physical.encoding, draft.physical.bom = "utf-8", True
    return True


def legacy(draft: Draft, code: str) -> bool:
    """Write in an old code page, where it has every letter and there are letters to tell it by."""
    text = "".join(cell for record in draft.records for cell in record.cells)
    letters = sum(letter.isalpha() and not letter.isascii() for letter in text)
    if not encodable(text, LEGACY[code]) or not letters:
        return False
    draft.physical.encoding = LEGACY[code]
    return True


@hazard("H3", "bytes")
def windows(draft: Draft) -> bool:
    """Written on an old Windows of the West."""
    return legacy(draft, "H3")


@hazard("H4", "bytes")
def windows_east(draft: Draft) -> bool:
    """Written on an old Windows of Central Europe."""
    return draft.locale.language in {"cs", "pl", "hu"} and legacy(draft, "H4")


@hazard("H5", "bytes")
def mac(draft: Draft) -> bool:
    """Written on an old Mac."""
    return legacy(draft, "H5")


@hazard("H6", "ends")
def carriage_returns(draft: Draft) -> bool:
    """Lines end in CR alone."""
    draft.physical.line_end = ENDS["H6"]
    return True


@hazard("H7", "ends")
def doubled_returns(draft: Draft) -> bool:
    """Lines end in CR CR LF."""
    draft.physical.line_end = ENDS["H7"]
    return "H14" not in draft.hazards


@hazard("H8")
def unfinished(draft: Draft) -> bool:
    """The last line does not end."""
    draft.physical.final_end = False
    return True


@hazard("H9")
def misnamed(draft: Draft) -> bool:
    """The file is named as something else."""
    draft.physical.suffix = draft.rng.choice((".xls", ".CSV", ".dat", ".xlsx"))
    return True


@hazard("all quoted", "quotes")
def all_quoted(draft: Draft) -> bool:
    """Every cell stands in quotes."""
    draft.physical.quote_all = True
    return True


@hazard("H12", "quotes")
def quote_missing(draft: Draft) -> bool:
    """One opening quote is missing."""
    place = memo(draft)
    if place is None or draft.date is None:
        return False
    plain = [
        each
        for each in draft.of(Role.DATA)
        if each.cells[place] and all(x.isalnum() or x == " " for x in each.cells[place])
    ]
    if not plain:
        return False
    record = draft.rng.choice(plain)
    record.cells[place] = f"{MISSING}{record.cells[place]}"
    draft.physical.quote_all = True
    return True


@hazard("H15", "ragged")
def ragged(draft: Draft) -> bool:
    """Rows are longer than the header, or some shorter where nothing follows."""
    longer = happens(draft.rng, 0.5)
    for record in draft.of(Role.DATA):
        if longer:
            record.cells += [""] * draft.rng.choice((1, 1, 2))
            continue
        while len(record.cells) > 2 and not record.cells[-1]:  # noqa: PLR2004
            record.cells.pop()
    return True


@hazard("H16", "ragged")
def stray_delimiter(draft: Draft) -> bool:
    """The header has a delimiter too many at its end."""
    if "header" in draft.groups:
        return False
    draft.of(Role.HEADER)[0].cells.append("")
    return True


@hazard("sep line")
def separator_line(draft: Draft) -> bool:
    """A first line tells spreadsheets the delimiter."""
    if draft.physical.bom and draft.physical.encoding != "utf-8":
        return False
    draft.physical.first_line = f"sep={draft.physical.delimiter}"
    return "tables" not in draft.groups


MISSING = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Marks a cell whose opening quote is not written."""


def encodable(text: str, encoding: str) -> bool:
    """Tell whether a code page has every letter of a text."""
    try:
        text.replace(MISSING, "").encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def line(record: Record, draft: Draft) -> str:
    """Write a record, without its end."""
    delimiter, every = draft.physical.delimiter, draft.physical.quote_all and record.role is not Role.ABOVE
    written = []
    for cell in record.cells:
        if cell.startswith(MISSING):
            written.append(cell[1:] + '"')
            continue
        quoted = any(letter in cell for letter in (delimiter, '"', "\n", "\r")) or (every and bool(record.cells[1:]))
        written.append(f'"{cell.replace(chr(34), chr(34) * 2)}"' if quoted else cell)
    return delimiter.join(written)


def as_bytes(draft: Draft) -> bytes:
    """Write all records."""
    how = draft.physical
    lines = [*([how.first_line] if how.first_line else []), *(line(record, draft) for record in draft.records)]
    text = how.line_end.join(lines) + (how.line_end if how.final_end else "")
    if not encodable(text, how.encoding):
        how.encoding, how.bom = "utf-8", False
    mark = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE}.get(how.encoding, b"") if how.bom else b""
    return mark + text.encode(how.encoding)
