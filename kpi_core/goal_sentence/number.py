"""Numbers as owners type them: 8,400, 8.400,50, 350 000, twelve, a dozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kpi_core.goal_sentence.lexicon import exactly, numbers
from kpi_core.goal_sentence.spans import Traced

_GROUPS: Final = (
    r"\d{1,3}(?:[ ]\d{3})+(?:[.,]\d{1,2})?(?![\d.,]*\d)",  # 350 000
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)",  # 8,400.50
    r"\d{1,3}(?:\.\d{3})+,\d+",  # 8.400,50
    r"\d{1,3}(?:\.\d{3}){2,}(?!\d)",  # 1.250.000
    r"\d{1,3}(?:'\d{3})+(?:\.\d+)?(?!\d)",  # 8'400
    r"\d+[.,]\d+",
    r"\d+",
    r"\.\d+",
)
DIGITS: Final = f"(?:{'|'.join(_GROUPS)})"
WORD: Final = exactly(numbers("numbers"))
NUMBER: Final = rf"(?:{DIGITS}|\b{WORD}\b)"
ONE_MARK: Final = re.compile(r"(?<![\d.,])(?P<a>\d{1,3})(?P<mark>[.,])(?P<b>\d{3})(?![\d.,]*\d)")
"""A number whose only mark may part decimals or thousands."""
GROUP: Final = 3
"""How many digits stand between marks of thousands."""


@dataclass(frozen=True)
class Read:
    """A number; `doubtful` where its only mark may part thousands or decimals (1.500)."""

    value: Fraction
    doubtful: bool = False

    @property
    def as_thousands(self) -> Fraction:
        """Give the other reading of a doubtful number: 1.500 as fifteen hundred."""
        return self.value * 1000


def read_number(text: str) -> Read:
    """Read what `NUMBER` finds.

    >>> [str(read_number(text).value) for text in ("8,400", "8.400,50", "350 000", "3,2", "twelve")]
    ['8400', '16801/2', '350000', '16/5', '12']
    >>> read_number("1.500")
    Read(value=Fraction(3, 2), doubtful=True)
    """
    if not re.search(r"\d", text):
        return Read(numbers("numbers")[" ".join(text.lower().split())])
    plain = re.sub(r"[ ']", "", text)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return Read(Fraction(plain))
    parts = re.split(r"[.,]", plain)
    if len(set(marks)) > 1:
        return Read(Fraction("".join(parts[:-1]) + "." + parts[-1]))
    grouped = all(len(part) == GROUP for part in parts[1:]) and parts[0].strip("0") != ""
    if grouped and (marks[0] == "," or len(marks) > 1):
        return Read(Fraction("".join(parts)))
    return Read(Fraction(f"{parts[0] or 0}.{parts[1]}"), doubtful=grouped)


def with_point(said: Traced) -> Traced:
    """Write the numbers of a business that has the comma before its decimals with a point: 3,500 as 3.500.

    >>> with_point(Traced.of("from 3,500 to 1.250 and 12,5")).text
    'from 3.500 to 1250 and 12,5'
    """
    return said.replaced(ONE_MARK, lambda each: each["a"] + ("." if each["mark"] == "," else "") + each["b"])


def small_number(text: str) -> Fraction:
    """Read the number of a span of time: six, a, 1.5, a couple of.

    >>> small_number("a"), small_number("couple of"), small_number("six")
    (Fraction(1, 1), Fraction(2, 1), Fraction(6, 1))
    """
    word = text.strip().lower()
    if word in {"", "a", "an", "the"}:
        return Fraction(1)
    if word.endswith("couple of"):
        return Fraction(2)
    return read_number(word).value
