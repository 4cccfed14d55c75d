"""Which rows can be used: those with a day that can be read, and a value that can be read or is blank."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.source import ColumnRole, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

    from kpi_core.ingest.coded import Coded
    from kpi_core.ingest.looks import Seen
    from kpi_core.ingest.settle import Settled

NO_DATE = "the date is missing"
NOT_A_DATE = "this is not a date"
NO_SUCH_DAY = "there is no such day"
NOT_A_NUMBER = "this is not a number"
OTHER_CURRENCY = "this is another currency"
MASK = "•••"


@dataclass(frozen=True)
class InUse:
    """The date and value columns, the ISO date of each row, and the rows whose value cannot be read."""

    day: str | None
    value: str | None
    days: Coded[object] | None
    no_value: npt.NDArray[np.bool_]


def mark(marked: npt.NDArray[np.bool_], seen: Seen) -> npt.NDArray[np.bool_]:
    """Bring a mark of distinct texts to the rows that hold them."""
    spread: npt.NDArray[np.bool_] = np.append(marked, np.array([False]))[seen.codes]
    return spread


def sort(
    columns: Sequence[Settled], records: Sequence[int], in_use: InUse, assigned: Mapping[str, ColumnRole]
) -> tuple[Sequence[int], list[Refused]]:
    """Sort the rows: the places of the used ones, and the refused ones with column, text and reason."""
    nothing = np.zeros(len(records), dtype=bool)
    no_day = nothing if in_use.days is None else in_use.days.missing()
    no_value = in_use.no_value if in_use.no_value.size else nothing
    bad = np.flatnonzero(no_day | no_value)
    if not bad.size:
        return range(len(records)), []
    by_name = {each.seen.name: each for each in columns}
    hidden = {name for name, role in assigned.items() if role is ColumnRole.PERSONAL}
    raw = {each.seen.name: each.seen.vector.take(bad).tolist() for each in columns}
    refused = []
    for turn, row in enumerate(bad):
        name = (in_use.day if no_day[row] else in_use.value) or ""
        shown = {column: _shown(texts[turn], masked=column in hidden) for column, texts in raw.items()}
        reason = _no_day(by_name[name].seen, int(row)) if no_day[row] else _no_value(by_name[name], int(row))
        refused.append(Refused(records[int(row)], name, shown[name].strip(), reason, tuple(shown.values())))
    return array("q", np.flatnonzero(~(no_day | no_value)).tobytes()), refused


def _shown(text: str, *, masked: bool) -> str:
    """Give a cell as it stood, or its mask; a blank cell stays blank."""
    return MASK if masked and text.strip() else text


def masked(cells: Sequence[str], names: Sequence[str], personal: Collection[str]) -> tuple[str, ...]:
    """Mask the personal cells of a record.

    A record of more cells than names has stray delimiters somewhere: what belongs under a name may stand as many
    places further right, so those places are masked too.

    >>> masked(("3", "a@b.c", "", "x"), ("Day", "E-mail", "Note"), {"E-mail"})
    ('3', '•••', '', 'x')
    """
    beyond = max(0, len(cells) - len(names))
    hidden = {at + by for at, name in enumerate(names) if name in personal for by in range(beyond + 1)}
    return tuple(_shown(cell, masked=at in hidden) for at, cell in enumerate(cells))


def _no_day(seen: Seen, row: int) -> str:
    """Say why a date could not be read."""
    code = int(seen.codes[row]) if len(seen.codes) else -1
    if code < 0 or seen.numbers.empty[code]:
        return NO_DATE
    return NO_SUCH_DAY if seen.dates.readable[code] else NOT_A_DATE


def _no_value(column: Settled, row: int) -> str:
    """Say why a value could not be read."""
    numbers = column.seen.numbers
    code = int(column.seen.codes[row])
    if column.currency and numbers.readable[code] and not numbers.of_currency(column.currency)[code]:
        return OTHER_CURRENCY
    return NOT_A_NUMBER
