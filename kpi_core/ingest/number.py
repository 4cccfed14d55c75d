"""Texts that mean numbers, read exactly: `-$1,234.50` is -123450 with two decimals, never a float.

Each *shape* of a column is taken apart once (`amount_shapes.py`); the votes of all distinct values decide which
mark begins the decimals (`decimals.py`); then all texts of a shape are read in one go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.ingest import shapes, words
from kpi_core.ingest.amount_shapes import COMMA, POINT, Template, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kpi_core.ingest.shapes import Codes

__all__ = [
    "COMMA",
    "EMPTY_WORDS",
    "POINT",
    "Amounts",
    "Numbers",
    "Template",
    "amounts",
    "look",
    "template",
    "thousands_of",
]

MAX_SCALE = 9
MOST_DIGITS = 18
"""As many digits as surely fit the 64 bits of a stored integer."""
IDENTIFIER_DIGITS = 15
MISFIT = -1

EMPTY_WORDS = words.lexicon(
    "- -- --- \u2013 \u2014 . n/a n.a. na nan null none nil #n/a #null! #div/0! #value! #ref! inf keine aucun ninguno"
)
"""Texts that stand for nothing, folded. `inf` is what a division by zero leaves behind."""

_EMPTY_SHAPES = frozenset(word.replace("0", "9") for word in EMPTY_WORDS)


@dataclass(frozen=True)
class Numbers:
    """The distinct texts of a column looked at as numbers: one shape each, no mark decided yet."""

    texts: pa.Array
    rows: Codes
    """Rows of each distinct text."""
    shape: Codes
    templates: tuple[Template | None, ...]
    readable: npt.NDArray[np.bool_]
    """Per distinct text: a number under at least one mark."""
    empty: npt.NDArray[np.bool_]
    """Per distinct text: a word or a dash for nothing."""
    identifier: bool
    """Leading zeros or 15 and more digits: a name made of digits, not an amount."""
    leading_zero: npt.NDArray[np.bool_]
    """Per distinct text: `0,123`, whose mark cannot part thousands."""
    typed: npt.NDArray[np.bool_]
    """Per distinct text: a number of a sheet, written with a decimal point whatever the mark of the texts."""
    few_long: bool = False
    """Whether only a few rows make it an identifier, by their length: slips of the hand in a column of amounts."""

    @property
    def share(self) -> float:
        """Tell which share of the filled cells are numbers."""
        filled = int(self.rows[~self.empty].sum())
        return int(self.rows[self.readable].sum()) / filled if filled else 0.0

    @property
    def currencies(self) -> tuple[str, ...]:
        """List the currency signs and codes seen, ISO where the sign means only one."""
        return tuple(sorted({entry.currency for entry in self.templates if entry and entry.currency}))

    def of_currency(self, currency: str) -> npt.NDArray[np.bool_]:
        """Mark the distinct texts of one currency, those without any sign among them."""
        return shapes.pick(
            [entry is not None and entry.currency in ("", currency) for entry in self.templates], self.shape
        )

    @property
    def percent(self) -> bool:
        """Tell whether cells carry a percent sign."""
        return any(entry.percent for entry in self.templates if entry)


@dataclass(frozen=True)
class Amounts:
    """The distinct texts of a column as exact integers in units of 10**-scale; None: blank or unparsed."""

    values: npt.NDArray[np.object_]
    scale: int
    unparsed: npt.NDArray[np.bool_]


def look(texts: pa.Array, rows: Codes, typed: npt.NDArray[np.bool_] | None = None) -> Numbers:
    """Look at the distinct texts of a column as numbers; `typed` as `Numbers.typed`, None: none is."""
    shape, names = shapes.shapes(texts)
    templates = tuple(template(name) for name in names)
    bare = shapes.pick([set(name) == {"9"} for name in names], shape)
    unsure = bare | shapes.pick([entry is not None and entry.open for entry in templates], shape)
    zero = np.zeros(len(texts), dtype=bool)
    where = np.flatnonzero(unsure)
    if where.size:
        begins = pc.match_substring_regex(texts.take(pa.array(where)), "^[^0-9]*0[0-9.,]")
        zero[where] = begins.to_numpy(zero_copy_only=False)
    long = shapes.pick([set(name) == {"9"} and len(name) >= IDENTIFIER_DIGITS for name in names], shape)
    padded = int((zero & bare).sum())
    return Numbers(
        texts=texts,
        rows=rows,
        shape=shape,
        templates=templates,
        readable=shapes.pick([entry is not None for entry in templates], shape),
        empty=shapes.pick([name.casefold() in _EMPTY_SHAPES for name in names], shape),
        identifier=bool(long.any()) or padded * 100 > len(texts),
        leading_zero=zero,
        typed=np.zeros(len(texts), dtype=bool) if typed is None else typed,
        few_long=padded * 100 <= len(texts) and int(rows[long].sum()) * 10 <= int(rows.sum()),
    )


def amounts(numbers: Numbers, mark: str) -> Amounts:
    """Read every distinct text under one decimal mark; what does not fit is unparsed."""
    every = numbers.templates
    decimals = np.where(numbers.typed, _decimals(numbers, POINT), _decimals(numbers, mark))
    length = shapes.spread([entry.digits if entry else 0 for entry in every], numbers.shape)
    negative = shapes.pick([entry is not None and entry.negative for entry in every], numbers.shape)
    tiny = shapes.pick([entry is not None and entry.tiny for entry in every], numbers.shape)
    # `0,123` under a decimal point would be a thousand that begins with a zero.
    parted = shapes.pick([entry is not None and entry.open for entry in every], numbers.shape) & (decimals == 0)
    good = (decimals != MISFIT) & ~(numbers.leading_zero & parted)
    scale = int(min(MAX_SCALE, decimals[good & ~tiny].max(initial=0)))
    easy = good & ~tiny & (length + scale - decimals <= MOST_DIGITS) & (decimals <= scale)
    digits = shapes.digits(numbers.texts)
    whole = pc.cast(pc.if_else(pa.array(easy), digits, "0"), pa.int64()).to_numpy(zero_copy_only=False)
    scaled = whole * 10 ** np.where(easy, scale - decimals, 0) * np.where(negative, -1, 1)
    values = scaled.astype(object)
    values[~good] = None
    for index in np.flatnonzero(good & ~easy):
        found = _long(numbers.texts[int(index)].as_py(), int(decimals[index]), scale)
        values[index] = -found if found is not None and negative[index] else found
    return Amounts(values, scale, shapes.missing(values) & ~numbers.empty)


def _decimals(numbers: Numbers, mark: str) -> Codes:
    """Count the decimals of each distinct text under a mark; `MISFIT` where it is no number then."""
    found = [entry.decimals(mark) if entry else None for entry in numbers.templates]
    return shapes.spread([MISFIT if count is None else count for count in found], numbers.shape)


def _long(text: str, decimals: int, scale: int) -> int | None:
    """Bring one long or tiny number to a scale, half up beyond its last digit; None where 64 bits cannot hold it."""
    body, _, power = text.casefold().partition("e-")
    digits = "".join(char for char in body if char.isdigit())
    down = decimals + int(power or 0) - scale
    if down > len(digits):
        return 0
    if down > 0:
        whole, rest = divmod(int(digits), 10**down)
        value = whole + (2 * rest >= 10**down)
    else:
        value = int(digits) * 10**-down
    return None if value >= 2**63 else value


def thousands_of(columns: Sequence[Numbers]) -> str | None:
    """Tell what parts the thousands in a file: the sign most values show, None where none does."""
    seen: dict[str, int] = {}
    for column in columns:
        sizes = np.bincount(column.shape, minlength=len(column.templates))
        for entry, size in zip(column.templates, sizes, strict=True):
            if entry and entry.thousands:
                seen[entry.thousands] = seen.get(entry.thousands, 0) + int(size)
    return max(seen, key=lambda sign: seen[sign]) if seen else None
