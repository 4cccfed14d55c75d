"""Typed values as the text that a tool writes: numbers and days the way of a place, or the tool's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime

from benchmarks.unseen.drawing import Cell, Column

MONEY = frozenset({"money", "signed", "share", "plus", "minus", "times", "in", "out", "size", "balance"})
COUNTS = frozenset({"whole", "whole_signed", "small", "minor"})
NUMBERS = MONEY | COUNTS | {"precise", "fine", "hours", "percent"}
DAYS = frozenset({"day", "later", "earlier"})
STAMPS = frozenset({"stamp", "stamp_later"})
PLACES = {"precise": 3, "fine": 8}
OFFSETS = (-10, -7, -4, 0, 1, 2, 5)
NEGATIVE = {
    "lead": "-{}",
    "trail": "{}-",
    "parens": "({})",
    "true minus": "\N{MINUS SIGN}{}",
    "spaced": "- {}",
    "after sign": "-{}",
}


@dataclass(frozen=True)
class Style:
    """How one export writes its cells.

    `minus`: a key of NEGATIVE. `sign`: a currency sign at each amount, before or after it. `blank`: what stands for a
    missing amount. `zero`: what stands for none, "" where it is written in digits. `trim`: 12.50 is written 12.5.
    """

    day: str
    stamp: str
    locale: str = "en_US"
    decimal: str = "."
    group: str = ""
    lakh: bool = False
    minus: str = "lead"
    sign: str = ""
    suffix: bool = False
    space: str = ""
    plus: bool = False
    blank: str = ""
    zero: str = ""
    trim: bool = False
    percent: str = "%"
    hours_padded: bool = True
    offset: int = 0
    month: str = "yyyy-MM"


def grouped(whole: str, mark: str, *, lakh: bool) -> str:
    """Put marks between thousands, or between lakhs.

    >>> grouped("1234567", ",", lakh=False), grouped("1234567", ",", lakh=True), grouped("123", ",", lakh=True)
    ('1,234,567', '12,34,567', '123')
    """
    size, head, tail = 2 if lakh else 3, whole[:-3], whole[-3:]
    parts = []
    while head:
        parts.append(head[-size:])
        head = head[:-size]
    return mark.join([*reversed(parts), tail])


def number(value: Decimal, places: int, style: Style, *, money: bool = False) -> str:
    """Write a number."""
    whole, _, part = f"{abs(value):.{places}f}".partition(".")
    if style.trim and money:
        part = part.rstrip("0")
    text = grouped(whole, style.group, lakh=style.lakh) if style.group else whole
    text += f"{style.decimal}{part}" if part else ""
    if money and not value and style.zero:
        return style.zero
    if money and style.sign and not style.suffix:
        inner = style.minus == "after sign" and value < 0
        text = f"{style.sign}{style.space}{'-' if inner else ''}{text}"
        if inner:
            return text
    if value < 0:
        text = NEGATIVE[style.minus].format(text)
    elif money and style.plus and value:
        text = f"+{text}"
    return f"{text}{style.space}{style.sign}" if money and style.sign and style.suffix else text


@lru_cache(maxsize=20_000)
def _day(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


def day(value: date, style: Style) -> str:
    """Write a day."""
    return _day(value, style.day, style.locale)


def stamp(value: datetime, style: Style) -> str:
    """Write a day with its time, at the offset of its own wall clock."""
    if "Z" in style.stamp.replace("'Z'", "") or "xxx" in style.stamp:
        value = value.replace(tzinfo=timezone(timedelta(hours=style.offset)))
    return format_datetime(value, style.stamp, locale=style.locale)


def clock(value: timedelta, style: Style) -> str:
    """Write how long something took."""
    seconds = int(value.total_seconds())
    hours = f"{seconds // 3600:02}" if style.hours_padded else f"{seconds // 3600}"
    return f"{hours}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def text(column: Column, cell: Cell, style: Style) -> str:
    """Write one cell of a column."""
    if cell is None:
        return style.blank if column.kind in MONEY and column.kind != "balance" else ""
    if isinstance(cell, datetime):
        return stamp(cell, style)
    if isinstance(cell, date):
        return _day(cell, style.month, style.locale) if column.kind == "month" else day(cell, style)
    if isinstance(cell, timedelta):
        return clock(cell, style)
    if isinstance(cell, str):
        return cell
    if column.kind == "minor":
        return str(cell)
    if column.kind in COUNTS:
        return number(Decimal(cell), 0, style)
    if column.kind == "percent":
        return number(Decimal(cell), 2, style) + style.percent
    return number(Decimal(cell), PLACES.get(column.kind, 2), style, money=column.kind in MONEY)


def ambiguous_mark(texts: list[str]) -> bool:
    """Tell whether none of these numbers shows which of its marks is the decimal one.

    `1,234` may be a thousand or one and a bit; `1,23`, `1,234.5`, `1,234,567`, `0,123` and `12345,678` show it.

    >>> ambiguous_mark(["1,234", "12", "-8,500"]), ambiguous_mark(["1,234", "0,5"])
    (True, False)
    """
    marked, thousand = False, 3
    for each in texts:
        core = "".join(letter for letter in each if letter.isdigit() or letter in ".,")
        marks = [letter for letter in core if letter in ".,"]
        if not marks:
            continue
        head, _, last = core.rpartition(marks[-1])
        if len(marks) > 1 or len(last) != thousand or not 0 < len(head) <= thousand or head == "0":
            return False
        marked = True
    return marked
