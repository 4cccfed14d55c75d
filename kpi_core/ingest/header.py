"""Which record of a file is the header, and where the rows under it begin.

A header is a record of labels over columns of numbers and dates: words stand where the rows below hold
figures. Title lines and `key; value` lines above it cover only a few columns or hold figures themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kpi_core.ingest.kinds import FULLER, Kind, Profile, filled_cells, is_code, is_label, kind_of, matches, profile_of
from kpi_core.ingest.periods import heading_period
from kpi_core.ingest.words import MONEY, names_a_day, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[str]

SEARCHED: Final = 150
"""No export seen has more lines above its header."""
BELOW: Final = 60
FEW_LABELS: Final = 2
"""So few labels over a single record are lines of `key; value`."""
AHEAD: Final = 4
"""Second header rows and headings of groups may stand between a header and its first full row."""
COVERED: Final = 0.5
SURELY_COVERED: Final = 0.9


class Certainty(StrEnum):
    """How sure a header is."""

    SURE = "sure"
    NONE = "none"
    """The rows begin at once: there is no header."""
    OPEN = "open"
    """Nothing tells labels from rows: only words in every column."""


@dataclass(frozen=True)
class Header:
    """Where a header stands among some rows: positions are indices into them.

    `position` is None where there is none; `seconds` are further header rows right under it; the rows begin
    at `first`.
    """

    position: int | None
    seconds: tuple[int, ...]
    first: int
    certainty: Certainty


def find_header(rows: Sequence[Row], width: int) -> Header | None:
    """Find the header among the first rows of a file or of a block; None where no row lies under any label.

    Args:
        rows: the records from the top, blank ones too.
        width: columns of the widest.
    """
    full = [index for index, row in enumerate(rows) if filled_cells(row)]
    for at, index in enumerate(full[:SEARCHED]):
        below = [other for other in full[at + 1 : at + 1 + BELOW] if rows[other] != rows[index]]
        profile = profile_of([rows[other] for other in below], width)
        header = header_at(rows, index, below, profile) or _of_block(rows, index, below, width)
        if header is not None:
            return header
        if is_surely_a_row(rows[index], profile) and not _is_other_record(rows, index, below):
            return Header(None, (), _first_like(rows, index, profile), Certainty.NONE)
    return _open(rows, full)


def header_at(rows: Sequence[Row], index: int, below: Sequence[int], profile: Profile) -> Header | None:
    """Take the record at `index` as the header if the rows below bear it out, else None."""
    row = rows[index]
    if not below or not _has_labels(_without_code(rows, index, below), profile):
        return None
    if _names_better(rows[below[0]], row, profile):
        return None
    seconds: list[int] = []
    covered = _coverage(row, [rows[other] for other in below], profile)
    if covered < COVERED:
        return None
    for other in below[:AHEAD]:
        right, filled = matches(rows[other], profile)
        if right and right * 2 >= filled:
            return Header(index, tuple(seconds), seconds[-1] + 1 if seconds else index + 1, Certainty.SURE)
        if other == index + len(seconds) + 1 and _is_second(rows[other], row):
            seconds.append(other)
        elif filled_cells(rows[other]) > 1 and covered < SURELY_COVERED:
            return None
    return None


def _of_block(rows: Sequence[Row], index: int, below: Sequence[int], width: int) -> Header | None:
    """Try the record as the header of its own block only: a wider table may follow after a gap."""
    block = [other for place, other in enumerate(below) if other == index + 1 + place]
    if len(block) == len(below) or (len(block) == 1 and filled_cells(rows[index]) <= FEW_LABELS):
        return None
    return header_at(rows, index, block, profile_of([rows[other] for other in block], width))


def is_surely_a_row(row: Row, profile: Profile) -> bool:
    """Tell a record of figures where the records below hold figures of the same kinds, as full as they are."""
    right, filled = matches(row, profile)
    return right > 0 and right == filled and filled_cells(row) >= FULLER * profile.typical


def _first_like(rows: Sequence[Row], index: int, profile: Profile) -> int:
    """Find the first of the rows right above one that are as full and mostly alike: a day of another form, say."""
    while index:
        right, filled = matches(rows[index - 1], profile)
        if not right or right * 2 < filled or filled_cells(rows[index - 1]) < FULLER * profile.typical:
            break
        index -= 1
    return index


def _is_other_record(rows: Sequence[Row], index: int, below: Sequence[int]) -> bool:
    """Tell a line of another kind where all lines begin with a code of their kind."""
    code, codes = rows[index][0], [rows[other][0] for other in below]
    alike = all(is_code(each) and len(each) == len(code) for each in (code, *codes))
    return alike and code not in codes and len(set(codes)) < len(codes)


def names_of(rows: Sequence[Row], header: Header, width: int) -> tuple[str, ...]:
    """Name the columns, each once: two header rows are joined, blanks are numbered, doubles are told apart.

    >>> rows = [("Date", "Travel", "", "Date"), ("", "Air", "Rail", "")]
    >>> names_of(rows, Header(0, (1,), 2, Certainty.SURE), 5)
    ('Date', 'Travel Air', 'Travel Rail', 'Date (2)', 'Column 5')
    """
    if header.position is None:
        return tuple(f"Column {index + 1}" for index in range(width))
    labels = _padded(rows[header.position], width)
    for position in header.seconds:
        labels = _joined(labels, _padded(rows[position], width))
    found: list[str] = []
    taken: set[str] = set()
    for index, label in enumerate(labels):
        shown = "".join(char for char in " ".join(label.split()) if char.isprintable())
        name = shown or f"Column {index + 1}"
        unique, count = name, 1
        while unique in taken:
            count += 1
            unique = f"{name} ({count})"
        taken.add(unique)
        found.append(unique)
    return tuple(found)


def _without_code(rows: Sequence[Row], index: int, below: Sequence[int]) -> Row:
    """Blank the number that says the kind of a line, where all lines, above and below, begin with others like it."""
    row = rows[index]
    above = [rows[at][0] for at in range(index) if filled_cells(rows[at])]
    others = [*above, *(rows[at][0] for at in below)]
    typed = above and row[0].isdigit() and all(is_code(code) and len(code) == len(row[0]) for code in others)
    return ["", *row[1:]] if typed and row[0] not in others and len(set(others)) < len(others) else row


def _names_better(lower: Row, upper: Row, profile: Profile) -> bool:
    """Tell that the record below has the headings: it names the days and amounts under it, this one none of them."""
    full = filled_cells(lower) >= filled_cells(upper) and all(is_label(cell) for cell in lower if cell.strip())
    return full and _names_its_columns(lower, profile) and not _names_its_columns(upper, profile)


def _names_its_columns(row: Row, profile: Profile) -> bool:
    """Tell whether a label names a day over days or money over figures."""
    return any(
        (profile.kinds[index] is Kind.DATE and names_a_day(row[index]))
        or (profile.kinds[index] is Kind.NUMBER and says(row[index], MONEY))
        for index in profile.typed
        if index < len(row)
    )


def _has_labels(row: Row, profile: Profile) -> bool:
    """Tell whether a record holds only labels (or periods over figures), at least one of them over figures."""
    over_figures = 0
    for index, cell in enumerate(row):
        kind = kind_of(cell)
        if kind is Kind.BLANK:
            continue
        wanted = profile.kinds[index] if index < len(profile.kinds) else Kind.BLANK
        if kind is not Kind.TEXT:
            if wanted is not Kind.NUMBER or heading_period(cell) is None:
                return False
            over_figures += 1
        elif is_label(cell) or heading_period(cell) is not None:
            over_figures += wanted in {Kind.NUMBER, Kind.DATE}
        else:
            return False
    return over_figures > 0


def _coverage(row: Row, below: Sequence[Row], profile: Profile) -> float:
    """Return the share of the columns in use below that the record labels."""
    conforming = [other for other in below if (found := matches(other, profile))[0] and found[0] * 2 >= found[1]]
    fill = profile_of(conforming, len(profile.kinds)).fill
    used = [index for index, share in enumerate(fill) if share >= 0.3]  # noqa: PLR2004
    labelled = [index for index in used if index < len(row) and row[index].strip()]
    return len(labelled) / len(used) if used else 0.0


def _is_second(row: Row, header: Row) -> bool:
    """Tell a second header row: labels only, fewer than above, none under the first column."""
    filled = [cell for cell in row if cell.strip()]
    if not filled or not all(is_label(cell) for cell in filled) or row[0].strip():
        return False
    return len(filled) < sum(1 for cell in header if cell.strip()) or len(filled) > 1


def _open(rows: Sequence[Row], full: Sequence[int]) -> Header | None:
    """Take the first record as wide as the others where there are only words: the owner must say."""
    if len(full) < 2:  # noqa: PLR2004
        return None
    counts = sorted(filled_cells(rows[index]) for index in full[: SEARCHED + BELOW])
    usual = counts[len(counts) // 2]
    position = next((index for index in full if filled_cells(rows[index]) * 2 > usual), full[0])
    if position == full[-1] or profile_of([rows[index] for index in full if index > position], len(rows[0])).typed:
        return None
    return Header(position, (), position + 1, Certainty.OPEN)


def _padded(row: Row, width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Set a group's label before the labels under it; it reaches right until the next label."""
    group = ""
    joined = []
    for above, under in zip(upper, lower, strict=True):
        group = above or group
        joined.append(f"{group} {under}".strip() if under else above)
    return joined
