"""What the steps of reading a file tell each other and the screen: small frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_core.source import ColumnRole, ColumnType

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kpi_core.source import Column, Question, Refused


@dataclass(frozen=True)
class ReadingChoice:
    """Columns that a caller names, as a header name or `#N` (1-based), and a line of a wide table by its text.

    None means that the reading chooses for itself. `also` names further columns whose numbers must be
    readable (filters, denominators). `roles` and `types` say of some columns what they are for and how they are read;
    `hashed` are those of the personal ones of which a fingerprint is kept, to count by.
    """

    date: str | None = None
    value: str | None = None
    line: str | None = None
    also: tuple[str, ...] = ()
    roles: Mapping[str, ColumnRole] = field(default_factory=dict)
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    hashed: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileContext:
    """What the file says outside its cells, for votes that the cells cannot decide."""

    title_texts: tuple[str, ...]
    """The cells of the lines above the header."""
    today: date
    delimiter: str
    encoding: str


@dataclass(frozen=True)
class ColumnReading:
    """How one column was understood; `unparsed` counts its non-empty cells that are not of its type."""

    name: str
    type: ColumnType
    role: ColumnRole
    date_format: str | None = None
    day_first: bool | None = None
    unparsed: int = 0
    unparsed_rows: tuple[int, ...] = ()
    """Record numbers of the first few unparsed cells."""
    bared: bool = False
    """It looks personal, and is stored as it is because it was picked for something else."""


@dataclass(frozen=True)
class ColumnsReading:
    """All columns of one table, read: what they are, their cells, and which rows could be used.

    `cells[name][i]` belongs to the i-th entry of `used`, which holds positions in the given vectors;
    `dates` runs beside it. `decimal`, `thousands` and `day_first` are the file's own, None where nothing showed.
    """

    columns: tuple[ColumnReading, ...]
    types: tuple[Column, ...]
    cells: Mapping[str, Sequence[object]]
    refused: tuple[Refused, ...]
    used: Sequence[int]
    questions: tuple[Question, ...]
    decimal: str | None
    thousands: str | None
    day_first: bool | None
    date_column: str | None
    value_column: str | None
    dates: Sequence[str | None]
    rivals: tuple[str, ...] = ()
    """Other columns that could date the rows or be their amount nearly as well, where the reading chose by itself."""
    decided: frozenset[str] = frozenset()
    """Questions that the cells leave open and an answer decided."""
