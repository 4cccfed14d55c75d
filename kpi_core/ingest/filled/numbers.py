"""Numbers in cells: exact where a workbook holds one, else read as owners type them, by one decimal mark a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.errors import RefusedDefinition
from kpi_core.unit import NumberStyle, Unit, UnitKind, parse_value
from kpi_core.unit.marks import marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.ingest.filled.cells import Cell

POINT: Final = "."
COMMA: Final = ","
_DIGITS: Final = re.compile(r"\d[\d.,'\u2019 \u00a0\u202f]*\d|\d|[.,]\d+")
_OPEN: Final = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_STYLE_OF: Final = {POINT: NumberStyle("en_US"), COMMA: NumberStyle("de_DE")}
"""A style in which this mark begins the decimals and the other one parts thousands."""


@dataclass(frozen=True)
class Marks:
    """What a file tells about its numbers: the style that reads them, and a text that even this leaves open.

    `decimal`: the owner said which mark begins the decimals; it holds for every number of the file.
    """

    style: NumberStyle
    open: str = ""
    decimal: str | None = None


def marks_in(cells: Iterable[tuple[Cell, Unit]], style: NumberStyle, answer: str | None) -> Marks:
    """Find the decimal mark of a file.

    The owner's answer decides; else the business's own style, unless cells of the file show another mark or the
    style leaves a text open (1.234 where thousands are parted by blanks).
    """
    if answer is not None:
        said = COMMA if answer == "comma" else POINT
        return Marks(_STYLE_OF[said], decimal=said)
    own = marks_of(Unit(UnitKind.RATIO), style)
    shown: set[str] = set()
    doubtful: dict[str, Unit] = {}
    for cell, unit in cells:
        if cell.number is not None:
            continue
        found = _DIGITS.search(cell.text)
        text = "" if found is None else found[0]
        if _OPEN.fullmatch(text):
            doubtful.setdefault(cell.text, unit)
        elif mark := _shown_by(text):
            shown.add(mark)
    against = shown - {own.decimal}
    open_ = next((text for text, unit in doubtful.items() if against or _is_open(text, unit, style)), "")
    return Marks(style, open_)


def number_of(cell: Cell, unit: Unit, marks: Marks) -> Fraction:
    """Read the number of a cell in a KPI's unit; `marks` as `marks_in` found them.

    Raises:
        RefusedDefinition: no number, another unit, or one that can be read two ways.
    """
    if cell.number is not None and unit.kind is not UnitKind.DURATION:
        return cell.number
    return parse_value(cell.text, unit, marks.style, marks.decimal)


def _is_open(text: str, unit: Unit, style: NumberStyle) -> bool:
    """Tell whether the style itself cannot read a text that groups and decimals are written alike in."""
    try:
        parse_value(text, unit, style)
    except RefusedDefinition as error:
        return "can be read as" in error.sentence
    return False


def _shown_by(text: str) -> str | None:
    """Tell which mark begins the decimals where the text alone says it."""
    dots, commas = text.count(POINT), text.count(COMMA)
    if dots and commas:
        return POINT if text.rindex(POINT) > text.rindex(COMMA) else COMMA
    if dots + commas == 1:
        return POINT if dots else COMMA
    if dots > 1:
        return COMMA
    return POINT if commas > 1 else None
