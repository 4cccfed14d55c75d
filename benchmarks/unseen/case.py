"""What a made export is: its bytes, what is asked of it, and the true answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

Values = dict[str, Fraction]
"""By month (`2024-03`), by `all`, or by the heading's month for a table whose columns are periods."""


class Shape(StrEnum):
    """How the numbers of a file lie in time."""

    LONG = "long"
    NO_DATE = "no date"
    WIDE = "wide"


@dataclass(frozen=True)
class Truth:
    """The right answer, and what the file leaves open.

    `also`: right too if the reader lists a row as refused (a mistyped date). `used`: how few and how many records can
    be used, None where the layout leaves that open. `ask_ok`: questions that a careful reader of this file may ask.
    `must_ask`: nothing in the file decides. `answers`: the true answers.
    """

    want: Values
    also: tuple[Values, ...] = ()
    used: tuple[int, int] | None = None
    ask_ok: frozenset[str] = frozenset()
    must_ask: bool = False
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A made export. `args` are those of the command `values`, without the path.

    `columns`: the date columns and the value columns that a reader may pick unasked; None where that is not counted.
    `clean`: the table as pure records, header first, as text, without what real exports add.
    """

    seed: int
    name: str
    data: bytes
    kind: str
    layout: str
    locale: str
    shape: Shape
    hazards: frozenset[str]
    args: tuple[str, ...]
    truth: Truth
    columns: tuple[tuple[str, ...], tuple[str, ...]] | None
    clean: tuple[tuple[str, ...], ...]
    encoding: str = ""
    delimiter: str = ""
