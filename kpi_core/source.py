"""What a file turns into: the boundary between reading files and keeping rows.

A *source* is one kind of file (say, shop orders) with a recipe. `ingest` makes a `RowBatch` from a
file, `store` keeps it; neither knows the other, both know this module.

Exactness: a number column is a list of integers in units of 10**-scale (`12.50` with scale 2 is 1250),
never a float. Dates are ISO text `YYYY-MM-DD` (the file's own wall date), times of day follow it as
`YYYY-MM-DD HH:MM:SS` in timestamp columns. Missing is `None`, never zero and never "".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


LINE, PERIOD, HEADING, AMOUNT = "Line", "Period", "Heading", "Amount"
"""The columns of a statement kept as rows: one for each filled cell of its table of lines by periods."""

LINES_DO_NOT_ADD_UP = "Lines of a statement do not add up: the totals among them would count twice."
"""What holds of every table of lines by periods."""


class ColumnType(StrEnum):
    """What the cells of a column are."""

    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    DURATION = "duration"
    BOOLEAN = "boolean"


class ColumnRole(StrEnum):
    """What a column is for."""

    DATE = "date"
    VALUE = "value"
    KEY = "key"
    SEGMENT = "segment"
    PERSONAL = "personal"
    IGNORE = "ignore"


class Recognition(StrEnum):
    """How a row is recognised again when a later file holds it too."""

    KEY = "key"
    CONTENT = "content"
    WHOLE_TRUTH = "whole truth"


class RowTest(StrEnum):
    """How a filter looks at a cell; text is compared trimmed and case-folded."""

    IS_ONE_OF = "is one of"
    IS_NOT = "is not"
    IS_EMPTY = "is empty"
    IS_NOT_EMPTY = "is not empty"
    ABOVE = "above"
    BELOW = "below"
    FIRST_SEEN = "first time seen"
    SEEN_BEFORE = "seen before"


@dataclass(frozen=True)
class RowFilter:
    """Keep the rows whose cell in `column` passes; several filters hold together.

    `values`: the texts of IS_ONE_OF and IS_NOT, one decimal number for ABOVE and BELOW (strict), empty
    for the others. FIRST_SEEN and SEEN_BEFORE look at all live rows of the source by their date.
    """

    column: str
    test: RowTest
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing that only the owner can decide: `id` and `choices` are for programs, `text` for people."""

    id: str
    text: str
    choices: tuple[str, ...]
    column: str | None = None
    labels: tuple[str, ...] = ()
    """What each choice means in words, in the order of `choices`; empty: the choices speak for themselves."""


@dataclass(frozen=True)
class LeftOut:
    """A record left out by rule: its 1-based number as a spreadsheet shows it, the reason in words, its text."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True)
class Refused:
    """A record that could not be used: where, which text, why. Personal cells are masked in `text`."""

    row: int
    column: str
    text: str
    reason: str
    cells: tuple[str, ...] = ()
    """The whole record as it stood, personal cells masked, for the download."""


class Fate(StrEnum):
    """What became of a record of a file."""

    TITLE = "title line"
    HEADER = "header"
    USED = "used"
    LEFT_OUT = "left out"
    REFUSED = "refused"


@dataclass(frozen=True)
class PreviewRow:
    """A record as the file has it, for the preview: its number as a spreadsheet shows it, its fate and the reason."""

    row: int
    cells: tuple[str, ...]
    fate: Fate
    reason: str = ""
    cell: int | None = None
    """The place (0-based) of the cell that the reason is about."""


@dataclass(frozen=True)
class Check:
    """Something we verified and show: a total that equals our own sum (a tick) or does not (a warning)."""

    name: str
    ok: bool
    text: str


@dataclass(frozen=True)
class ReadyKpi:
    """A KPI that a recipe can offer ready-made: a catalogue key and where its values come from.

    `source_json` is the `values` part of a definition (see `docs/definitions.md`) with `"source"` left
    to be filled in; `includes` says what the number holds (VAT, shipping, refunds).
    """

    name: str
    catalogue_key: str | None
    values: Mapping[str, object]
    includes: str = ""
    unit: str = ""
    """The kind of its unit as definitions write it (currency, count ...); "": the catalogue's, else the form's."""
    direction: str = ""
    """Which way is better (up, down); "": the catalogue's, else the form's."""


@dataclass(frozen=True)
class Recipe:
    """How one kind of file is read: found by its header, never by its name. Written as a small JSON file."""

    name: str
    headers: tuple[str, ...]
    """Normalised header names that must all be there for the recipe to match."""
    optional: tuple[str, ...] = ()
    """Further columns by their several names, which a file may lack."""
    date: str | None = None
    values: tuple[str, ...] = ()
    recognition: Recognition = Recognition.CONTENT
    key: tuple[str, ...] = ()
    first_row_of: str | None = None
    """One row an order: of the rows with the same value here only the first counts."""
    currency_column: str | None = None
    currency_columns: Mapping[str, str] = field(default_factory=dict)
    """Amounts whose currency stands in another column than `currency_column`, by their column."""
    currency: str | None = None
    segments: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    hashed: tuple[str, ...] = ()
    """Personal columns kept as a keyed hash, to count customers."""
    ignored: tuple[str, ...] = ()
    """Columns that are neither amounts nor segments nor personal, whatever they look like."""
    zone: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """Answers that the owner gave once, by question id (date-order, decimal ...)."""
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    ready: tuple[ReadyKpi, ...] = ()
    includes: str = ""
    shipped: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a source: its name as the header has it, its type, and the scale of its numbers."""

    name: str
    type: ColumnType
    role: ColumnRole = ColumnRole.IGNORE
    scale: int = 0
    """Numbers are integers in units of 10**-scale; durations are whole seconds times 10**scale."""
    currency: str | None = None
    """What its cells say: an ISO code, or a sign that several currencies share (`$`, `kr`)."""


@dataclass(frozen=True)
class Covers:
    """The days `[start, end)` that a file speaks for."""

    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last of the days."""
        return date.fromordinal(self.end.toordinal() - 1)


FINGERPRINTS: Final = 3
"""The way in which `keys` and `contents` are made. Whoever changes it counts on: no way knows rows of another again."""


@dataclass(frozen=True)
class RowBatch:
    """The used rows of one file as vectors: `cells[column.name][i]` belongs to `keys[i]` and `rows[i]`.

    `keys`: what recognises a row again (a fingerprint of the key columns' text, or of the whole raw row,
    personal cells included, plus its count among equals). `contents`: a fingerprint of what is stored, so
    that a changed row is seen. Both are whole numbers of 64 bits with a sign. Among a million rows two contents are
    alike once in 37 million files; two keys, of which 56 bits are evenly spread, once in 140,000 files at worst.
    """

    columns: tuple[Column, ...]
    cells: Mapping[str, Sequence[object]]
    keys: Sequence[int]
    contents: Sequence[int]
    rows: Sequence[int]
    dates: Sequence[str | None]
    """ISO date of each row by the recipe's date column; None only where a source has no date column."""
    covers: Covers | None
    stated_cover: bool = False
    """Whether the file itself states what it covers (title, preamble) rather than its first and last row."""

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.keys)
