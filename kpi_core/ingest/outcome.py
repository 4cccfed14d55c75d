"""What became of every record of a file: counted, listed, and shown on the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kpi_core.ingest.fates import Reason
from kpi_core.ingest.lines import Lines
from kpi_core.ingest.reading import RowCounts
from kpi_core.ingest.rows import masked
from kpi_core.source import LeftOut, PreviewRow, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kpi_core.ingest.frame import Frame

PREVIEW_HEAD: Final = 40
PREVIEW_TAIL: Final = 5
SHOWN_TEXT: Final = 100


def around(frame: Frame) -> dict[int, Reason]:
    """Give the records outside the table their reason: title lines, other tables, blank lines."""
    table, filled = frame.table, frame.grid.counts
    outside = [*range(table.top), *range(table.stop, len(frame.grid))]
    found = {at: Reason.OTHER_TABLE if filled[at] else Reason.BLANK for at in outside}
    own = set(table.header_positions)
    above = [at for at in range(table.top, table.first) if at not in own]
    return found | {at: Reason.TITLE if filled[at] else Reason.BLANK for at in above}


def counts(frame: Frame, left_out: Mapping[int, Reason], refused: Sequence[Refused]) -> RowCounts:
    """Count the records; a line of a wide table counts as refused when any of its cells was."""
    total = len(frame.grid) - len(frame.table.header_positions)
    bad = len({each.row for each in refused})
    return RowCounts(total, total - len(left_out) - bad, len(left_out), bad)


def listed(frame: Frame, left_out: Mapping[int, Reason], personal: Collection[str]) -> tuple[LeftOut, ...]:
    """List what was left out, in the order of the file; inside the table personal cells are masked."""
    table, found = frame.table, []
    order = sorted(left_out)
    texts = frame.grid.rows(np.array(order, dtype=np.int64)) if order else []
    for at, cells in zip(order, texts, strict=True):
        inside = table.first <= at < table.stop and left_out[at] is not Reason.REPEATED_HEADER
        shown = masked(frame.own(at, cells), table.names, personal) if inside and personal else cells
        found.append(LeftOut(at + 1, left_out[at].value, " | ".join(cell for cell in shown if cell)[:SHOWN_TEXT]))
    return tuple(found)


def lines_of(frame: Frame, left_out: Mapping[int, Reason], refused: Sequence[Refused]) -> Lines:
    """Say of every record what became of it."""
    bad: dict[int, Refused] = {}
    for each in refused:
        bad.setdefault(each.row - 1, each)
    return Lines(frame.grid, frame.table.names, frozenset(frame.table.header_positions), left_out, bad)


def preview(lines: Lines) -> tuple[PreviewRow, ...]:
    """Show the first and the last records with what became of them."""
    size = len(lines)
    return lines.at([*range(min(PREVIEW_HEAD, size)), *range(max(PREVIEW_HEAD, size - PREVIEW_TAIL), size)])
