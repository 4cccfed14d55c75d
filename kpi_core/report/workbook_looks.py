"""Cells of the workbook: texts that never run, exact numbers, days, statuses, and the formats of each unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.definition.guarded import is_dangerous
from kpi_core.palette import LIGHT
from kpi_core.report import words
from kpi_core.report.workbook_names import in_formula
from kpi_core.status import Shape, Status, shape
from kpi_core.unit import Unit, UnitKind, sheet_number
from kpi_core.unit.marks import marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kpi_core.unit import NumberStyle

Place = tuple[int, int]
DAY_SECONDS: Final = 86400
LONGEST_TEXT: Final = 32_767
"""Letters that a cell holds."""
COLOURS: Final = {
    Shape.CIRCLE: (LIGHT.green, LIGHT.green_bg),
    Shape.TRIANGLE: (LIGHT.amber, LIGHT.amber_bg),
    Shape.SQUARE: (LIGHT.red, LIGHT.red_bg),
    Shape.RING: (LIGHT.grey, LIGHT.grey_bg),
}
USUAL: Final = {UnitKind.PERCENT: 1, UnitKind.SCORE: 1, UnitKind.RATIO: 2, UnitKind.COUNT: 1}
"""Decimals that numbers without an end are read with, where the KPI says nothing."""
MOST: Final = {UnitKind.PERCENT: 2, UnitKind.SCORE: 2, UnitKind.RATIO: 4, UnitKind.COUNT: 2}
"""Decimals that are shown where numbers have no more of them."""


class Looks:
    """Formats by what they say, each made once, and the cells that are written with them."""

    ink = LIGHT.ink

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Begin without formats."""
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **look: object) -> Format:
        """Give a format."""
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_color": LIGHT.ink, **look})
        return self.made[key]

    def write(self, page: Worksheet, at: Place, text: str, **look: object) -> None:
        """Write a text as a text; one that a spreadsheet would run stays a text when it is edited, too."""
        if text:
            guard = {"quote_prefix": True} if is_dangerous(text) else {}
            page.write_string(*at, text[:LONGEST_TEXT], self.of(**look, **guard))

    def head(self, page: Worksheet, at: Place, text: str, *, right: bool = False) -> None:
        """Write a heading."""
        side = {"align": "right"} if right else {}
        self.write(page, at, text, bold=True, bg_color=LIGHT.band, bottom=1, bottom_color=LIGHT.ink_3, **side)

    def link(self, page: Worksheet, at: Place, text: str, sheet: str) -> None:
        """Write a name that leads to its sheet."""
        look = {"bold": True, "font_color": LIGHT.accent, "valign": "top", "text_wrap": True}
        guard = {"quote_prefix": True} if is_dangerous(text) else {}
        target = f"internal:{in_formula(sheet)}!A1"
        page.write_url(*at, target, self.of(**look, **guard), string=text[:LONGEST_TEXT])

    def status(self, page: Worksheet, at: Place, status: Status, word: str) -> None:
        """Write a status: its shape, its word and its colour."""
        ink, ground = COLOURS[shape(status)]
        look = {"bold": True, "font_color": ink, "bg_color": ground, "valign": "top", "text_wrap": True}
        self.write(page, at, f"{words.sign_of(status)} {word}", **look)

    def number(self, page: Worksheet, at: Place, value: Fraction | None, unit: Unit, text: str, **look: object) -> None:
        """Write a number as a number where a spreadsheet keeps it exactly, else as the text that is given."""
        if value is None:
            return
        if holds(value, unit):
            page.write_number(*at, _in_sheet(value, unit), self.of(align="right", **look))
        else:
            plain = {name: each for name, each in look.items() if name != "num_format"}
            self.write(page, at, text, align="right", **plain)

    def day(self, page: Worksheet, at: Place, day: date | None, **look: object) -> None:
        """Write a real day; one before 1900, which no spreadsheet has, as a text."""
        if day is None:
            return
        if day.year < 1900:  # noqa: PLR2004 (the first year of a spreadsheet)
            self.write(page, at, day.isoformat(), **look)
        else:
            page.write_datetime(*at, day, self.of(num_format="yyyy-mm-dd", align="left", **look))


def holds(value: Fraction | None, unit: Unit) -> bool:
    """Tell whether a spreadsheet holds a value as a number: up to 15 digits before its point, no negative clock.

    >>> holds(Fraction(-60), Unit(UnitKind.DURATION)), holds(Fraction("-3.2"), Unit(UnitKind.PERCENT))
    (False, True)
    """
    if value is None or abs(value) >= 10**15:
        return False
    return unit.kind is not UnitKind.DURATION or value >= 0


def _in_sheet(value: Fraction, unit: Unit) -> float:
    """Give the number as spreadsheets count: a percentage as a share of one, a duration in days."""
    match unit.kind:
        case UnitKind.PERCENT:
            return float(sheet_number(value / 100))
        case UnitKind.DURATION:
            return float(value / DAY_SECONDS)
        case UnitKind.CURRENCY | UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO:
            return float(sheet_number(value))


def number_format(unit: Unit, style: NumberStyle, values: Iterable[Fraction | None], decimals: int | None) -> str:
    """Write the format of numbers of a unit, with the signs of the business's style where they stand in it.

    The decimals are those of the KPI, else as many as its values need, within what the unit is read with.

    >>> from kpi_core.unit import NumberStyle
    >>> number_format(Unit(UnitKind.CURRENCY, "JPY"), NumberStyle("en_US"), [Fraction(1200)], None)
    '"¥"#,##0;-"¥"#,##0'
    """
    if unit.kind is UnitKind.DURATION:
        whole = all(value is None or value % 60 == 0 for value in values)
        return "[h]:mm" if whole else "[h]:mm:ss"
    digits = _digits(unit, style, [value for value in values if value is not None]) if decimals is None else decimals
    body = f"#,##0.{'0' * digits}" if digits else "#,##0"
    if unit.kind is UnitKind.PERCENT:
        gap = '" "' if marks_of(unit, style).after[0].strip("%") else ""
        return f"{body.replace('#,##0', '0')}{gap}%"
    marks = marks_of(unit, style)
    if unit.kind is not UnitKind.CURRENCY:
        return body
    positive = f"{_quoted(marks.before[0])}{body}{_quoted(marks.after[0])}"
    return f"{positive};-{positive}"


def _digits(unit: Unit, style: NumberStyle, values: list[Fraction]) -> int:
    if unit.kind is UnitKind.CURRENCY:
        return 0 if all(value.denominator == 1 for value in values) else marks_of(unit, style).minor_digits
    exact = [
        next((d for d in range(MOST[unit.kind] + 1) if (value * 10**d).denominator == 1), None) for value in values
    ]
    known = [each for each in exact if each is not None]
    return max([*known, 0]) if len(known) == len(exact) else USUAL[unit.kind]


def _quoted(affix: str) -> str:
    """Put a sign between quotes, so that a spreadsheet takes it as it stands."""
    return f'"{affix.replace(chr(34), "")}"' if affix else ""


def shown_in(text: str) -> str:
    """Write a text for a header or footer, where & has a meaning of its own; it holds 255 letters at most.

    >>> shown_in("Salt & Pepper")
    'Salt && Pepper'
    """
    return text[:80].replace("&", "&&")
