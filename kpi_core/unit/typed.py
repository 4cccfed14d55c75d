"""Numbers as owners type them: 500 000, 1.234,56 kr, 3,2 %, $1.2M, 2 h 15 min. What can be read two ways is refused."""

from __future__ import annotations

import re
from fractions import Fraction

from kpi_core.errors import RefusedDefinition
from kpi_core.unit.kind import NumberStyle, Unit, UnitKind
from kpi_core.unit.marks import NumberMarks, marks_of, signs_of_money
from kpi_core.unit.written import DAY, HOUR, MINUTE, format_value

LONGEST = 60
"""More characters than any number needs."""

_THOUSAND = 1000
_THOUSANDTHS = 3
"""Decimals of a thousandth."""
_MULTIPLIERS = {"": 1, "k": _THOUSAND, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9}
_SECONDS = {
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u200a\u202f\t"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\u2014"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u02bc`\u00b4"), "'")
_DIRECTION_SIGNS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"), "")

_AMOUNT = re.compile(r"(?P<head>[^\d.,]*)(?P<number>[.,]?\d(?:[\d.,' ]*\d)?)(?P<tail>\D*)", re.ASCII)
"""What stands before a number, the number, what stands after it: "-$ ", "1,234.50", " M"."""
_NO_CENTS = re.compile(r"[.,:]-+$")
"""A dash for no cents: 500,- and 500:-"""
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))? ?h?", re.ASCII)
"""2:15 and 2:15:30, hours first."""
_TIMED = re.compile(r"(\d[\d.,' ]*|[.,]\d+) ?([a-z]+) ?", re.ASCII)
"""A number with its unit of time: "2 h", "15min"."""


def parse_value(text: str, unit: Unit, style: NumberStyle, decimal: str | None = None) -> Fraction:
    """Read a number that an owner typed, in the KPI's unit; durations come out in seconds.

    The way the digits are grouped decides which mark is the decimal one; only where it leaves that open
    (1,234) does the number style decide, and for money and counts, which have no thousandths, not even that
    lets 1,234 be a little over one. `decimal`: the owner said which mark begins the decimals, and that decides it.

    >>> american = NumberStyle("en_US")
    >>> str(parse_value("1.234,56 kr", Unit(UnitKind.CURRENCY, "SEK"), american))
    '30864/25'
    >>> int(parse_value("2:15", Unit(UnitKind.DURATION), american))
    8100

    Raises:
        RefusedDefinition: no number, another unit, two possible readings, or a duration without h or min.
    """
    cleaned = text.translate(_SPACES | _DASHES | _APOSTROPHES | _DIRECTION_SIGNS).strip()
    if not cleaned:
        sentence = "There is no number."
        raise RefusedDefinition(sentence, _like(unit, style))
    if len(cleaned) > LONGEST:
        sentence = f'"{text[:LONGEST]}..." is too long for a number.'
        raise RefusedDefinition(sentence, _like(unit, style))
    if unit.kind is UnitKind.DURATION:
        return _parse_duration(cleaned, unit, style, decimal)
    if unit.kind is UnitKind.CURRENCY:
        cleaned = _NO_CENTS.sub("", cleaned)
    found = _AMOUNT.fullmatch(cleaned)
    if not found:
        raise _no_number(text, unit, style)
    head, tail = found["head"], found["tail"]
    brackets = "(" in head and ")" in tail
    multiplier = _multiplier(re.sub(r"[-+( ]", "", head), re.sub(r"[) ]", "", tail), unit, style)
    if multiplier is None or head.count("-") + brackets > 1 or ("(" in head) != (")" in tail):
        raise _no_number(text, unit, style)
    size = _parse_digits(found["number"], unit, style, decimal) * multiplier
    return -size if brackets or "-" in head else size


def _multiplier(head: str, tail: str, unit: Unit, style: NumberStyle) -> int | None:
    """Read k, M or bn; None where something stands beside the number that does not belong to its unit."""
    signs = {""}
    match unit.kind:
        case UnitKind.CURRENCY:
            signs |= signs_of_money(unit.currency or "", style)
        case UnitKind.PERCENT:
            signs |= {"%", "percent"}
        case UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO | UnitKind.DURATION:
            pass
    head, tail = head.casefold(), tail.casefold()
    if head not in signs:
        return None
    after = {""} if head else signs
    fits = [_MULTIPLIERS.get(tail.removesuffix(sign)) for sign in after if tail.endswith(sign)]
    return next((fit for fit in fits if fit is not None), None)


def _parse_digits(text: str, unit: Unit, style: NumberStyle, said: str | None) -> Fraction:
    """Read digits with marks: the last of two different marks is the decimal one, a repeated mark groups.

    Where the owner `said` which one is the decimal mark, the other one only groups.
    """
    dots, commas = text.count("."), text.count(",")
    if said is not None:
        decimal = said
    elif dots and commas:
        decimal = "." if text.rindex(".") > text.rindex(",") else ","
    elif dots + commas == 1:
        decimal = _single_mark("." if dots else ",", text, unit, style)
    else:
        decimal = ""
    whole, _, decimals = text.partition(decimal) if decimal else (text, "", "")
    if not _well_grouped(whole) or not (decimals.isdigit() or not decimals):
        raise _no_number(text, unit, style)
    digits = re.sub(r"\D", "", whole)
    return Fraction(int(digits + decimals), 10 ** len(decimals))


def _single_mark(mark: str, text: str, unit: Unit, style: NumberStyle) -> str:
    """Decide what the only dot or comma of a number is: itself where it is the decimal mark, "" where it groups."""
    whole, _, rest = text.partition(mark)
    if not re.fullmatch(r"[1-9]\d{0,2}", whole) or not re.fullmatch(r"\d{3}", rest):
        return mark
    marks = marks_of(unit, style)
    if mark == marks.group:
        return ""
    if mark == marks.decimal and _has_thousandths(unit, marks):
        return mark
    sentence = f'"{text}" can be read as {whole}{rest} or as a little over {whole}.'
    raise RefusedDefinition(sentence, f"Write {whole}{rest} or {whole}{marks.decimal}{rest}0.")


def _has_thousandths(unit: Unit, marks: NumberMarks) -> bool:
    match unit.kind:
        case UnitKind.CURRENCY:
            return marks.minor_digits >= _THOUSANDTHS
        case UnitKind.COUNT:
            return False
        case UnitKind.PERCENT | UnitKind.SCORE | UnitKind.RATIO | UnitKind.DURATION:
            return True


def _well_grouped(whole: str) -> bool:
    """Accept digits alone, groups of three by one mark, or the Indian way (12,34,567)."""
    return re.fullmatch(r"\d*|\d{1,3}([.,' ])\d{3}(\1\d{3})*|\d{1,2}(,\d\d)+,\d{3}", whole) is not None


def _parse_duration(text: str, unit: Unit, style: NumberStyle, said: str | None) -> Fraction:
    size = text.casefold().removeprefix("-").strip()
    clock = _CLOCK.fullmatch(size)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        total = Fraction(hours * HOUR + minutes * MINUTE + seconds)
    else:
        total = _timed(size, text, unit, style, said)
    return -total if text.startswith("-") else total


def _timed(size: str, text: str, unit: Unit, style: NumberStyle, said: str | None) -> Fraction:
    """Add up numbers with their units of time, the larger before the smaller."""
    total, last, at = Fraction(0), DAY + 1, 0
    while found := _TIMED.match(size, at):
        seconds = _SECONDS.get(found[2])
        if seconds is None or seconds >= last:
            break
        total += _parse_digits(found[1].strip(), unit, style, said) * seconds
        last, at = seconds, found.end()
    if at == len(size) and at:
        return total
    if re.fullmatch(r"[\d.,' ]+", size, re.ASCII):
        sentence = f'"{text}" says no unit of time.'
        raise RefusedDefinition(sentence, f"Say h or min: {text} h or {text} min.")
    raise _no_number(text, unit, style)


def _no_number(text: str, unit: Unit, style: NumberStyle) -> RefusedDefinition:
    return RefusedDefinition(f'"{text}" cannot be read as {_in_words(unit)}.', _like(unit, style))


def _in_words(unit: Unit) -> str:
    match unit.kind:
        case UnitKind.CURRENCY:
            return f"an amount in {unit.currency}"
        case UnitKind.PERCENT:
            return "a percentage"
        case UnitKind.DURATION:
            return "a length of time"
        case UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO:
            return "a number"


def _like(unit: Unit, style: NumberStyle) -> str:
    """Give an example of the unit in the business's own style."""
    return f"Write it like {format_value(_example(unit), unit, style)}."


def _example(unit: Unit) -> Fraction:
    match unit.kind:
        case UnitKind.CURRENCY | UnitKind.COUNT:
            return Fraction(12500)
        case UnitKind.DURATION:
            return Fraction(2 * HOUR + 15 * MINUTE)
        case UnitKind.PERCENT | UnitKind.SCORE | UnitKind.RATIO:
            return Fraction(16, 5)
