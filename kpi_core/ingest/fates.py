"""What becomes of each record of a table: a row to read, or left out by rule with its reason.

The whole table is sieved with vectors; only records that stand out (no date, no figures, a word for total,
the header again) are looked at one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from kpi_core.ingest.kinds import Kind, filled_cells, is_code, is_compact_day, kind_of
from kpi_core.ingest.totals import SPELLED, Claim, claim, is_word, quick_pattern
from kpi_core.ingest.words import BALANCE, says

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

    from kpi_core.ingest.grid import Grid
    from kpi_core.ingest.table import Table

    Mask = npt.NDArray[np.bool_]

USUALLY: Final = 0.6
HALF: Final = 0.5
MOSTLY: Final = 0.8
EDGE: Final = 2
TAIL: Final = 40
MOST_CODES: Final = 12
SPARSE: Final = 0.34
DIGIT: Final = r"\d"
FEW: Final = 20_000
"""So few cells are looked at one by one sooner than the pattern for many is built."""


class Reason(StrEnum):
    """Why a record is left out, in the words of the preview."""

    TITLE = "title line"
    BLANK = "blank line"
    REPEATED_HEADER = "header repeated"
    COMMENT = "comment line"
    TOTAL = "total"
    BALANCE = "balance"
    CONTINUATION = "continues the row above"
    NOTE = "text below the table"
    TEXT_LINE = "text without figures"
    OTHER_TABLE = "belongs to another table"
    OTHER_RECORD = "another kind of record"
    NO_FIGURES = "heading without figures"


@dataclass(frozen=True)
class Body:
    """The records of a table told apart, by their positions in the grid.

    `kept` are to be read; `left_out` gives each other one its reason; `doubtful` are among the kept and may be
    totals; `overlong` have cells beyond the last heading and cannot be trusted.
    """

    kept: npt.NDArray[np.int64]
    left_out: Mapping[int, Reason]
    doubtful: tuple[int, ...]
    overlong: tuple[int, ...]


def body_of(grid: Grid, table: Table) -> Body:
    """Tell the rows of a table from everything else under its header."""
    span = slice(table.first, table.stop)
    left_out = {int(at) + table.first: Reason.BLANK for at in np.flatnonzero(grid.counts[span] == 0)}
    left_out |= dict.fromkeys(table.breaks, Reason.TITLE)
    left_out |= dict.fromkeys(_other_records(grid, table), Reason.OTHER_RECORD)
    doubtful: list[int] = []
    last = _last_row(grid, table)
    for position, row in _standing_out(grid, table):
        if position in left_out:
            continue
        reason, in_doubt = _verdict(row, table, position, last)
        if reason is not None:
            left_out[position] = reason
        elif in_doubt:
            doubtful.append(position)
    doubtful = sorted({*doubtful, *(at for at in _called_total(grid, table) if at not in left_out)})
    everything = np.arange(table.first, table.stop, dtype=np.int64)
    keep = np.ones(len(everything), dtype=bool)
    if left_out:
        keep[np.fromiter(left_out, dtype=np.int64) - table.first] = False
    overlong = [at for at in _overlong(grid, table) if keep[at - table.first]]
    keep[np.array(overlong, dtype=np.int64) - table.first] = False
    # What is refused for its cells is no total beside
    return Body(everything[keep], left_out, tuple(sorted({*doubtful} - {*overlong})), tuple(overlong))


def main_date(table: Table) -> int | None:
    """Return the column of dates that the rows fill most, the first among equals; None where there is none."""
    found = table.profile.where(Kind.DATE) or table.compact
    dates = [index for index in found if table.profile.core[index] >= HALF]
    return max(dates, key=lambda index: (table.profile.core[index], table.profile.fill[index], -index), default=None)


def _standing_out(grid: Grid, table: Table) -> list[tuple[int, tuple[str, ...]]]:
    """Sieve the rows that need a look."""
    profile, span = table.profile, slice(table.first, table.stop)
    size = max(0, table.stop - table.first)
    look = np.zeros(size, dtype=bool)
    look[:EDGE] = True
    look[max(0, size - TAIL) :] = True
    if profile.typed:
        look |= ~np.logical_or.reduce([grid.filled[index][span] for index in profile.typed])
    day = main_date(table)
    undated = np.ones(size, dtype=bool)
    if day is not None:
        undated = ~grid.columns[day].take(span).contains(DIGIT)
    usual = [index for index, share in enumerate(profile.fill) if share >= USUALLY]
    sparse = ~np.logical_and.reduce([grid.filled[index][span] for index in usual]) if usual else look.copy()
    words = profile.where(Kind.TEXT, Kind.BLANK)
    look |= _claimed(grid, table, undated, range(table.width))
    moving = [grid.filled[index][span] for index in _movements(table)]
    still = ~np.logical_or.reduce(moving) if moving else np.zeros(size, dtype=bool)
    look |= _claimed(grid, table, (sparse | still) & ~undated, words)
    for position in table.header_positions[:1]:
        label_at = next((index for index in profile.typed if grid.columns[index].at(position)), None)
        if label_at is not None:
            look |= grid.columns[label_at].take(span).equals(grid.columns[label_at].at(position))
    found = np.flatnonzero(look & (grid.counts[span] > 0)) + table.first
    return list(zip(found.tolist(), grid.rows(found), strict=True))


def _called_total(grid: Grid, table: Table) -> list[int]:
    """List the rows of a dated table that are called total by a word alone, in a column where most are not."""
    span = slice(table.first, table.stop)
    if main_date(table) is None:
        return []
    found: set[int] = set()
    for index in table.profile.where(Kind.TEXT, Kind.BLANK):
        cells = grid.columns[index].take(span)
        said = set(np.flatnonzero(cells.is_one_of(SPELLED)).tolist())
        end = max(0, len(cells) - TAIL)
        said |= {at for at, cell in enumerate(cells.take(slice(end, len(cells))).tolist(), start=end) if is_word(cell)}
        found |= said if len(said) < HALF * len(cells) else set()
    return sorted(at + table.first for at in found)


def _claimed(grid: Grid, table: Table, among: Mask, columns: Sequence[int] | range) -> Mask:
    """Mark the rows among some that hold a word for total or balance in one of the columns."""
    found = np.zeros(len(among), dtype=bool)
    where = np.flatnonzero(among)
    if not len(where):
        return found
    for index in columns:
        cells = grid.columns[index].take(where + table.first)
        if len(where) < FEW:
            found[where] |= [claim(cell) is not Claim.NONE for cell in cells.tolist()]
            continue
        found[where] |= cells.contains(quick_pattern())
    return found


def _verdict(row: tuple[str, ...], table: Table, position: int, last: int) -> tuple[Reason | None, bool]:
    """Decide on one record: the reason to leave it out, else whether it may be a total."""
    profile = table.profile
    if _is_header_again(row, table):
        return Reason.REPEATED_HEADER, False
    filled = filled_cells(row)
    if row[0].startswith("#") and filled == 1:
        return Reason.COMMENT, False
    if filled == 1 and profile.typical > EDGE and not _is_core(row, table):
        return _wordy_verdict(row, table, position, last), False
    dated = _is_dated(row, table)
    figured = any(kind_of(row[index]) is Kind.NUMBER for index in profile.where(Kind.NUMBER))
    reason, in_doubt = _claimed_verdict(row, table, position == table.first or position >= last, dated=dated)
    if reason is not None or in_doubt:
        return reason, in_doubt
    if not dated and not figured:
        return _wordy_verdict(row, table, position, last), False
    unlabelled = position in {table.first, last} and _labels_blank(row, table)
    return None, unlabelled


def _is_dated(row: tuple[str, ...], table: Table) -> bool:
    """Tell whether a record has a day in one of the columns of days."""
    if any(kind_of(row[index]) is Kind.DATE for index in table.profile.where(Kind.DATE)):
        return True
    return any(is_compact_day(row[index]) for index in table.compact)


def _claimed_verdict(row: tuple[str, ...], table: Table, at_edge: bool, *, dated: bool) -> tuple[Reason | None, bool]:  # noqa: FBT001
    """Weigh the words for total and balance in a record against its other cells."""
    claims = {index: found for index, cell in enumerate(row) if (found := claim(cell)) is not Claim.NONE}
    if not claims:
        return None, False
    day = main_date(table)
    sparse = _is_sparse(row, table)
    said = set(claims.values())
    if day is not None and not dated:
        plain = said & {Claim.TOTAL, Claim.BALANCE} or not row[day].strip() or day in claims
        own_row = _is_full(row, table, day, claims) or _has_words(row, table, claims) or _has_number(row, table)
        if said == {Claim.TOTAL_OF} and day not in claims and own_row:
            # Total Tools Ltd bought a mug, and the day is missing: the row is refused for that, not passed over.
            return None, False
        return (_reason(said) if plain else None), False
    if dated:
        stands = Claim.BALANCE in said and (sparse or _moves_nothing(row, table))
        return (Reason.BALANCE, False) if stands else (None, Claim.TOTAL in said and sparse)
    leads = min(claims) == next(index for index, cell in enumerate(row) if cell.strip())
    if said == {Claim.BALANCE} and day is None and not sparse and not (leads and _says_nothing_else(row, table)):
        # A brand may be called New Balance, and nothing but its words tells this row from the others.
        return None, True
    if said & {Claim.TOTAL, Claim.BALANCE} and (leads or sparse or any(":" in row[index] for index in claims)):
        return _reason(said), False
    if said == {Claim.TOTAL_OF} and _has_words(row, table, claims):
        return None, False
    return (_reason(said), False) if sparse and not leads else (None, leads and (sparse or at_edge))


def _says_nothing_else(row: tuple[str, ...], table: Table) -> bool:
    """Tell a record of one label and figures in a table that has further columns of words."""
    wordy = [index for index in table.profile.where(Kind.TEXT) if row[index].strip()]
    return len(table.profile.where(Kind.TEXT)) > 1 and len(wordy) <= 1


def _is_full(row: tuple[str, ...], table: Table, day: int, claims: Collection[int]) -> bool:
    """Tell a record that fills all usual columns but the day, texts beside the one that says total among them."""
    usual = [index for index, share in enumerate(table.profile.fill) if share >= USUALLY and index != day]
    words = [index for index in table.profile.where(Kind.TEXT) if index in usual and index not in claims]
    return bool(words) and all(kind_of(row[index]) is not Kind.BLANK for index in usual)


def _has_words(row: tuple[str, ...], table: Table, claims: Collection[int]) -> bool:
    """Tell a record with words of its own in most usual columns of words, two at least: a total has its label alone."""
    usual = [index for index in table.profile.where(Kind.TEXT) if table.profile.fill[index] >= USUALLY]
    others = [index for index in usual if index not in claims]
    filled = sum(kind_of(row[index]) is not Kind.BLANK for index in others)
    return filled >= EDGE and filled * 2 > len(others)


def _has_number(row: tuple[str, ...], table: Table) -> bool:
    """Tell a record with a number of its own, as every row of the table has one and no total."""
    return any(kind_of(row[index]) is Kind.NUMBER and row[index].strip().isdecimal() for index in table.numbered)


def _moves_nothing(row: tuple[str, ...], table: Table) -> bool:
    """Tell a record without any figure in a table of movements, a balance aside: nothing came in or went out."""
    moving = _movements(table)
    return bool(moving) and all(kind_of(row[index]) is Kind.BLANK for index in moving)


def _movements(table: Table) -> list[int]:
    """List the columns of figures that are no balance."""
    return [index for index in table.profile.where(Kind.NUMBER) if not says(table.names[index], BALANCE)]


def _reason(said: Collection[Claim]) -> Reason:
    return Reason.TOTAL if Claim.TOTAL in said or Claim.TOTAL_OF in said else Reason.BALANCE


def _wordy_verdict(row: tuple[str, ...], table: Table, position: int, last: int) -> Reason | None:
    """Decide on a record without any figure or date of its column's kind."""
    profile = table.profile
    filled = [index for index, cell in enumerate(row) if cell.strip()]
    wordy = all(kind_of(row[index]) is Kind.TEXT for index in filled)
    if _filled_like_a_row(row, table):
        return None
    if position == table.first and wordy and _describes(row, table):
        return Reason.TEXT_LINE
    if position > last and (wordy or len(filled) == 1):
        return Reason.NOTE
    in_typed = [index for index in filled if index < table.width and index in profile.typed]
    if not in_typed and not row[0].strip() and len(filled) * 2 <= max(profile.typical, 2):
        return Reason.CONTINUATION
    if len(filled) <= EDGE and len(filled) < SPARSE * profile.typical:
        return Reason.TEXT_LINE
    return None


def _describes(row: tuple[str, ...], table: Table) -> bool:
    """Tell a line under the header that says in words what each column holds: words where all figures and days are."""
    core = [index for index in table.profile.typed if table.profile.core[index] >= HALF]
    return len(core) > 1 and all(row[index].strip() and not any(map(str.isdigit, row[index])) for index in core)


def _filled_like_a_row(row: tuple[str, ...], table: Table) -> bool:
    """Tell a row whose day and figures cannot be read from a line of words: it is refused, not left out unseen."""
    core = [index for index in table.profile.typed if table.profile.core[index] >= HALF]
    return len(core) > 1 and all(any(char.isdigit() for char in row[index]) for index in core)


def _is_core(row: tuple[str, ...], table: Table) -> bool:
    """Tell whether a record fills one of the columns of figures or dates that fuller records fill."""
    return any(
        table.profile.core[index] >= HALF and kind_of(row[index]) is not Kind.BLANK for index in table.profile.typed
    )


def _is_header_again(row: tuple[str, ...], table: Table) -> bool:
    if table.header.position is None:
        return False
    labels = [(index, name) for index, name in enumerate(table.names) if row[index].strip()]
    same = sum(" ".join(row[index].split()) == name for index, name in labels)
    return (same > 1 and same >= MOSTLY * len(labels)) or (same == len(labels) == 1 and table.width == 1)


def _is_sparse(row: tuple[str, ...], table: Table) -> bool:
    """Tell a record that leaves blank what most rows fill."""
    fill = table.profile.fill
    return any(share >= USUALLY and kind_of(row[index]) is Kind.BLANK for index, share in enumerate(fill))


def _labels_blank(row: tuple[str, ...], table: Table) -> bool:
    """Tell a record that is blank in every column of words that the rows always fill."""
    words = [index for index in table.profile.where(Kind.TEXT) if table.profile.fill[index] >= USUALLY]
    return bool(words) and all(not row[index].strip() for index in words)


def _last_row(grid: Grid, table: Table) -> int:
    """Find the last record with figures that is no total: what stands below is a footer."""
    profile = table.profile
    day = main_date(table)
    for position in range(table.stop - 1, table.first - 1, -1):
        if not grid.counts[position]:
            continue
        row = grid.row(position)
        figured = any(kind_of(row[index]) is profile.kinds[index] for index in profile.typed)
        dated = day is None or _is_dated(row, table)
        if figured and dated and all(claim(cell) is Claim.NONE for cell in row):
            return position
        if table.stop - position > 10 * TAIL:
            break
    return table.stop - 1


def _overlong(grid: Grid, table: Table) -> list[int]:
    """Find records with filled cells beyond the last column of the table."""
    span = slice(table.first, table.stop)
    candidates = np.flatnonzero(grid.lengths[span] > table.width) + table.first
    return [at for at, row in zip(candidates.tolist(), grid.rows(candidates), strict=True) if any(row[table.width :])]


def _other_records(grid: Grid, table: Table) -> list[int]:
    """Find records of another kind where each line of the file says its kind in a code at its start.

    The header and the lines above it carry such a code too, so it cannot be an ordinary column.
    """
    header = table.header.position
    if header is None or header == 0 or table.first >= table.stop:
        return []
    codes = grid.columns[0]
    above = [codes.at(at) for at in range(table.top, header + 1) if grid.counts[at]]
    length = len(above[-1])
    own = codes.at(table.first)
    if not all(is_code(code) and len(code) == length for code in (*above, own)) or own in above:
        return []
    below = codes.take(slice(table.first, table.stop))
    kinds = below.coded()[1].to_pylist()
    if len(kinds) > MOST_CODES or not all(not code or (is_code(code) and len(code) == length) for code in kinds):
        return []
    other = np.flatnonzero(~below.equals(own) & below.filled())
    return (other + table.first).tolist()
