"""What a single cell looks like, for finding the header and the ends of a table; columns are typed later."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kpi_core.ingest import durations, months
from kpi_core.ingest.amount_shapes import template
from kpi_core.ingest.date_shapes import plan
from kpi_core.ingest.number import EMPTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGIT: Final = re.compile(r"\d")
CODE_LENGTH: Final = 3
FULLER: Final = 0.6
COMPACT_DAY: Final = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}"
)
NUMBERED_LABEL: Final = re.compile(r"(?:\D*(?:19|20)\d\d)*\D*")
"""A label may hold years; other long runs of digits are account numbers and the like, never a heading."""


class Kind(StrEnum):
    """What a cell looks like."""

    BLANK = "blank"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Profile:
    """What the columns of a run of records mostly hold, blanks aside, and which share of the records fill them."""

    kinds: tuple[Kind, ...]
    fill: tuple[float, ...]
    core: tuple[float, ...]
    """The same share among the fuller records: headings of groups, subtotals and further lines are sparser."""
    typical: int
    """How many cells a fuller record fills."""

    def where(self, *kinds: Kind) -> tuple[int, ...]:
        """List the columns of some kinds."""
        return tuple(index for index, kind in enumerate(self.kinds) if kind in kinds)

    @property
    def typed(self) -> tuple[int, ...]:
        """List the columns of numbers and dates."""
        return self.where(Kind.NUMBER, Kind.DATE)


@lru_cache(maxsize=65536)
def kind_of(cell: str) -> Kind:
    """Tell what a cell looks like.

    >>> [kind_of(cell).value for cell in ("", " --", "-$3.00", "23-Jan-15", "2024-10-08 16:15:14", "Total", "1:05:09")]
    ['blank', 'blank', 'number', 'date', 'date', 'text', 'number']
    """
    text = cell.strip()
    if not text or text.casefold() in EMPTY_WORDS:
        return Kind.BLANK
    shape = DIGIT.sub("9", text)
    if template(shape) is not None or durations.seconds(text) is not None:
        return Kind.NUMBER
    return Kind.DATE if _is_date(shape) else Kind.TEXT


def profile_of(rows: Sequence[Sequence[str]], width: int) -> Profile:
    """Describe the columns of some records; a column is typed where more than half of its filled cells are.

    The fuller records say what a column holds; the sparser ones are asked only where those leave it blank.
    """
    seen = [[kind_of(cell) for cell in row[:width]] + [Kind.BLANK] * (width - len(row)) for row in rows]
    filled = [width - kinds.count(Kind.BLANK) for kinds in seen]
    most = max(filled, default=0)
    core = [kinds for kinds, count in zip(seen, filled, strict=True) if count >= FULLER * most]
    typical = sorted(filled)[len(filled) * 4 // 5] if filled else 0
    kinds = tuple(_majority(core, index) or _majority(seen, index) or Kind.BLANK for index in range(width))
    return Profile(kinds, _fill(seen, width), _fill(core, width), typical)


def filled_cells(row: Sequence[str]) -> int:
    """Count the cells of a record that hold something."""
    return sum(kind_of(cell) is not Kind.BLANK for cell in row)


def matches(row: Sequence[str], profile: Profile) -> tuple[int, int]:
    """Count the filled cells of a record in typed columns that are of the column's kind, and all filled ones there."""
    kinds = [(kind_of(row[index]), profile.kinds[index]) for index in profile.typed if index < len(row)]
    filled = [(found, wanted) for found, wanted in kinds if found is not Kind.BLANK]
    return sum(found is wanted for found, wanted in filled), len(filled)


def is_label(cell: str) -> bool:
    """Tell whether a cell can stand in a header: words, not a number, a date, or an account number.

    >>> is_label("Betrag (€)"), is_label("DE02120300000000202051"), is_label("Umsatz 2024/2025"), is_label("12,50")
    (True, False, True, False)
    """
    if kind_of(cell) is not Kind.TEXT:
        return False
    return len(DIGIT.findall(cell)) < 5 or NUMBERED_LABEL.fullmatch(cell) is not None  # noqa: PLR2004


def is_code(cell: str) -> bool:
    """Tell a short code of capitals or digits, as lines begin with that say their kind."""
    return 0 < len(cell) <= CODE_LENGTH and cell.isascii() and cell.isalnum() and (cell.isupper() or cell.isdigit())


def is_compact_day(cell: str) -> bool:
    """Tell a day written without separators, maybe with its hour, minute and second.

    >>> [is_compact_day(cell) for cell in ("20261103", "2026110308", "20261303", "20261103.5")]
    [True, True, False, False]
    """
    return COMPACT_DAY.fullmatch(cell.strip()) is not None


def _fill(seen: Sequence[Sequence[Kind]], width: int) -> tuple[float, ...]:
    """Return for each column the share of the records that fill it."""
    size = max(1, len(seen))
    return tuple(sum(kinds[index] is not Kind.BLANK for kinds in seen) / size for index in range(width))


def _majority(seen: Sequence[Sequence[Kind]], index: int) -> Kind | None:
    """Tell what a column mostly holds; None where it is blank."""
    count = Counter(kinds[index] for kinds in seen)
    filled = count.total() - count[Kind.BLANK]
    if not filled:
        return None
    if (count[Kind.NUMBER] + count[Kind.DATE]) * 2 <= filled:
        return Kind.TEXT
    return Kind.NUMBER if count[Kind.NUMBER] > count[Kind.DATE] else Kind.DATE


def _is_date(shape: str) -> bool:
    found = plan(shape)
    if found is None or found.short_month:
        return False
    if not found.month_name:
        return True
    return bool(months.months([found.month_name]))
