"""Point or comma: which mark begins the decimals of a file.

Every distinct value that can be read in one way only votes. A column's own votes come first, then the whole
file's, then what the column promises (money has no three decimals). What stays open is a question, as a
thousandfold error is the worst a number can have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.ingest import words
from kpi_core.ingest.number import COMMA, POINT, Numbers
from kpi_core.source import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTION = "decimal"
CHOICES = ("comma", "point")
MINORITY = 0.05
"""A column in which more than this share of the votes disagrees is mixed: no mark is right for it."""
ENOUGH_MONEY = 5
"""Distinct amounts of money, each with one mark and three digits, that prove thousands."""
ENOUGH_WHOLE = 30
"""The same beside whole numbers under a thousand, where nothing promises money."""
THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies of a thousand small units (ISO 4217)."""


@dataclass(frozen=True)
class Votes:
    """Distinct values that can only be read with a point, only with a comma, or both ways (by their mark)."""

    point: int
    comma: int
    open_point: int
    """`1.234`: 1.234 with a decimal point, 1234 with a decimal comma."""
    open_comma: int
    small: int
    """Whole numbers under 1000 without a mark."""
    large: int
    """Whole numbers from 1000 without a mark: thousands are not parted here."""
    example: str | None

    @property
    def mark(self) -> str | None:
        """Tell the mark that the votes agree on; None without votes, or when they disagree too much."""
        most, least = max(self.point, self.comma), min(self.point, self.comma)
        if most == 0 or least > MINORITY * (most + least):
            return None
        return POINT if self.point > self.comma else COMMA

    @property
    def mixed(self) -> bool:
        """Tell whether both marks have votes that cannot be a typing error."""
        return self.mark is None and self.point + self.comma > 0

    @property
    def open(self) -> int:
        """Count the values that can be read both ways."""
        return self.open_point + self.open_comma


def count(numbers: Numbers) -> Votes:
    """Count the votes of a column, each distinct value once; numbers of a sheet say nothing about texts."""
    tally = dict.fromkeys(("point", "comma", "open_point", "open_comma", "small", "large"), 0)
    example: str | None = None
    per_shape = np.bincount(numbers.shape[~numbers.typed], minlength=len(numbers.templates))
    plain = ~numbers.leading_zero & ~numbers.typed
    zeros = np.bincount(numbers.shape[numbers.leading_zero & ~numbers.typed], minlength=len(numbers.templates))
    for code, found in enumerate(numbers.templates):
        if found is None:
            continue
        size, zero = int(per_shape[code]), int(zeros[code])
        if found.point is None or found.comma is None:
            # An apostrophe or space with a mark votes as well: only one reading is left.
            tally["comma" if found.point is None else "point"] += size
        elif found.open:
            mark = "point" if found.point else "comma"
            tally[mark] += zero
            tally[f"open_{mark}"] += size - zero
            if size > zero and example is None:
                example = numbers.texts[int(np.argmax((numbers.shape == code) & plain))].as_py()
        elif not found.marked:
            tally["small" if found.digits <= 3 else "large"] += size  # noqa: PLR2004
    return Votes(**tally, example=example)


def of_file(columns: Sequence[Votes]) -> str | None:
    """Tell the one mark of a file; None where no column votes or the columns disagree."""
    marks = {votes.mark for votes in columns if votes.mark}
    return marks.pop() if len(marks) == 1 else None


def of_column(votes: Votes, numbers: Numbers, name: str, elsewhere: str | None) -> str | None:
    """Tell the mark of a column; None where only the owner can tell. A column without marks takes the file's.

    Args:
        votes: The column's own votes.
        numbers: The column, for its currencies.
        name: Its header, which may promise money.
        elsewhere: The mark that the other columns of the file agree on.
    """
    if votes.mark:
        return votes.mark
    if votes.mixed or (votes.open_point and votes.open_comma):
        return None
    if not votes.open:
        return elsewhere or POINT
    thousands = COMMA if votes.open_point else POINT
    money = _is_money(numbers, name)
    if elsewhere:
        # A mark of the file that would give money three decimals contradicts the column: neither is evidence then.
        return None if money and elsewhere != thousands else elsewhere
    return thousands if _must_be_thousands(votes, numbers, money=money) else None


def _is_money(numbers: Numbers, name: str) -> bool:
    """Tell whether a column promises money of two decimals at most."""
    if words.says(name, words.PRICE_OR_RATE) or THREE_DECIMALS & set(numbers.currencies):
        return False
    accounting = any(entry.accounting for entry in numbers.templates if entry)
    return words.says(name, words.MONEY) or bool(numbers.currencies) or accounting


def _must_be_thousands(votes: Votes, numbers: Numbers, *, money: bool) -> bool:
    """Tell whether the marks of a column, each before exactly three digits, must part thousands."""
    if votes.large or THREE_DECIMALS & set(numbers.currencies):
        return False
    return votes.open >= ENOUGH_MONEY if money else votes.small > 0 and votes.open >= ENOUGH_WHOLE


def question(name: str, votes: Votes) -> Question:
    """Ask for the mark of a column, with one of its own values as the example."""
    if votes.example is None or votes.mixed:
        text = f'Some numbers in "{name}" have a decimal point, some a decimal comma. Which is right for the file?'
        return Question(QUESTION, text, CHOICES, name, ("decimal comma: 1.234,50", "decimal point: 1,234.50"))
    digits = "".join(char for char in votes.example if char.isdigit())
    whole, parted = f"{int(digits)}", f"{int(digits[:-3])}{{}}{digits[-3:]}"
    comma = parted.format(",") if votes.open_comma else whole
    point = parted.format(".") if votes.open_point else whole
    text = f'Does {votes.example} in "{name}" mean {comma} or {point}?'
    return Question(QUESTION, text, CHOICES, name, (f"decimal comma: {comma}", f"decimal point: {point}"))
