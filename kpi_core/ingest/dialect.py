"""How a text file separates and quotes its cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import clevercsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD: Final = 20_000
TAIL: Final = 8_000
DELIMITERS: Final = (",", ";", "\t", "|")
TOLD: Final = re.compile(rb"\"?sep=([,;\t|])\"?\r?\n", re.IGNORECASE)
LINE: Final = 4_000
"""A longer line is no record that could tell delimiters apart, only slow to look at."""

csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class Dialect:
    """The delimiter, the quote and the escape of a file, and how many cells most of its records have."""

    delimiter: str
    quote: str
    escape: str | None
    width: int
    padded: bool = False
    """Whether a blank may stand between a delimiter and a quote that still wraps the cell."""


def told_delimiter(data: bytes) -> tuple[str | None, bytes]:
    r"""Read a first line such as `sep=;`, by which Excel is told the delimiter, and return the rest.

    Excel does not show that line, so it is no record.

    >>> told_delimiter(b"sep=;\nDatum;Betrag"), told_delimiter(b"a,b")
    ((';', b'Datum;Betrag'), (None, b'a,b'))
    """
    match = TOLD.match(data)
    return (match[1].decode(), data[match.end() :]) if match else (None, data)


def detect_dialect(data: bytes, told: str | None = None) -> Dialect:
    """Decide the dialect from the first 20 kB and the end of a file.

    Args:
        data: UTF-8 as `text.decode` leaves it.
        told: the delimiter, where the file names it.
    """
    sample = _sample(data)
    lines = sample.split("\n")
    delimiter = told or _delimiter(sample, lines)
    quote = "'" if '"' not in sample and _wrapped(lines, delimiter) else '"'
    plain = _widths(lines, Dialect(delimiter, quote, None, 0))
    escape = None
    if f"\\{quote}" in sample:
        escaped = _widths(lines, Dialect(delimiter, quote, "\\", 0))
        # A text that ends with a backslash would glue records: fewer odd lines then, but fewer of the usual ones too.
        better = escaped[_usual(escaped)] >= plain[_usual(plain)] and _irregular(escaped) < _irregular(plain)
        escape = "\\" if better else None
        plain = escaped if escape else plain
    padded = False
    if f"{delimiter} {quote}" in sample:
        wrapped = _widths(lines, Dialect(delimiter, quote, escape, 0, padded=True))
        # A lone inch mark after a blank would swallow the lines up to the next one.
        padded = _irregular(wrapped) <= _irregular(plain) and wrapped.total() == plain.total()
        plain = wrapped if padded else plain
    return Dialect(delimiter, quote, escape, _usual(plain), padded)


def records(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """Split lines into records, each a list of cells."""
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        doublequote=True,
        skipinitialspace=dialect.padded,
    )


def _sample(data: bytes) -> str:
    """Cut head and tail at line ends and leave out lines too long to be records."""
    head = data[:HEAD]
    if len(data) > HEAD + TAIL:
        head = head[: head.rfind(b"\n") + 1] or head
        tail = data[-TAIL:]
        head += tail[tail.find(b"\n") + 1 :]
    text = head.decode("utf-8", "ignore").replace("\r", "")
    return "\n".join(line[:LINE] for line in text.split("\n"))


def _delimiter(sample: str, lines: list[str]) -> str:
    """Ask clevercsv, which weighs regular widths and typed cells together; count where it has no answer."""
    present = [delimiter for delimiter in DELIMITERS if delimiter in sample]
    if not present or present == present[:1]:
        return (present or list(DELIMITERS))[0]
    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=present)
    except clevercsv.Error:
        found = None
    if found is not None and found.delimiter in present:
        return _over_comma(str(found.delimiter), lines, present)
    return max(present, key=lambda delimiter: _evenness(lines, delimiter))


def _over_comma(found: str, lines: list[str], present: list[str]) -> str:
    """Prefer a rarer delimiter that parts more lines evenly than a comma, which stands in dates and decimals too."""
    if found != ",":
        return found
    even = {delimiter: _even_lines(lines, delimiter) for delimiter in present}
    best = max((delimiter for delimiter in present if delimiter != ","), key=lambda delimiter: even[delimiter])
    if even[best] > even[","] or (best == "\t" and even[best] == even[","]):
        return best
    return found


def _even_lines(lines: list[str], delimiter: str) -> int:
    """Count the records of the usual width; none where the usual record is not parted at all."""
    widths = _widths(lines, Dialect(delimiter, '"', None, 0))
    del widths[1]
    return max(widths.values(), default=0)


def _evenness(lines: list[str], delimiter: str) -> float:
    """Weigh a delimiter by how many records have the same number of cells, more cells counting more."""
    widths = _widths(lines, Dialect(delimiter, '"', None, 0))
    usual = _usual(widths)
    return widths[usual] / max(1, sum(widths.values())) * min(usual - 1, 5)


def _widths(lines: list[str], dialect: Dialect) -> Counter[int]:
    """Count records by their number of cells, without blank ones."""
    kept = (f"{line}\n" for line in lines)
    return Counter(len(record) for record in islice(records(kept, dialect), 2_000) if any(record))


def _usual(widths: Counter[int]) -> int:
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _irregular(widths: Counter[int]) -> int:
    return sum(widths.values()) - max(widths.values(), default=0)


def _wrapped(lines: list[str], delimiter: str) -> bool:
    """Tell whether apostrophes wrap cells in most lines, rather than standing in words."""
    full = [line for line in lines if line.strip()]
    wrapped = [line for line in full if f"'{delimiter}'" in line or (line.startswith("'") and line.endswith("'"))]
    return len(wrapped) * 2 > len(full)
