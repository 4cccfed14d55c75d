"""Numbers as the business writes them: its unit, its number style, half-up, as many digits as honesty needs.

A number is rounded to a *step*: 10**-digits, or for a duration a day's hour, a minute, a second and parts of one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.unit.kind import NumberStyle, Unit, UnitKind
from kpi_core.unit.marks import NO_BREAK_SPACE, NumberMarks, marks_of
from kpi_core.unit.rounding import MOST_DIGITS, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

MINUTE, HOUR, DAY = 60, 3600, 86400
"""Seconds in each."""

_DIGIT_STEPS = tuple(Fraction(1, 10**digits) for digits in range(MOST_DIGITS + 1))
_DURATION_STEPS = (Fraction(HOUR), Fraction(MINUTE), Fraction(1), *_DIGIT_STEPS[1:])
_DAYS_FROM = 3 * DAY
"""Up to three days people count hours: 30 h rather than 1 day 6 h."""
_WHOLE_MONEY_FROM = 100
_TENS = 10
"""Round sums of money lose their empty decimals from here: 480,000 but 12.00."""
_NO_MINOR_FROM = 10_000
"""Sums of money from here on are read without cents."""
_SHORT = ((10**9, "bn"), (10**6, "M"), (10**3, "k"))
_SHORT_FROM = 10_000
_ROUNDS_UP_FROM = Fraction(9995, 10000)
"""Three figures make 999,500 a million."""


def format_value(value: Fraction, unit: Unit, style: NumberStyle, decimals: int | None = None) -> str:
    """Write a value for reading, rounded half-up.

    Without `decimals` the unit decides: percent and score up to one, ratio up to two, count none unless it has some,
    money its minor units while it is small, a duration its two largest parts (a duration never takes `decimals`).

    >>> format_value(Fraction(480000), Unit(UnitKind.CURRENCY, "USD"), NumberStyle("en_US"))
    '$480,000'
    >>> format_value(Fraction(8100), Unit(UnitKind.DURATION), NumberStyle("en_US")).replace(NO_BREAK_SPACE, " ")
    '2 h 15 min'
    """
    return _write(value, _steps(value, unit, style, decimals)[0], unit, style, trim=decimals is None)


def format_exactly(value: Fraction, unit: Unit, style: NumberStyle, decimals: int | None = None) -> str:
    """Write a number that was typed or agreed (a target, a limit) with all digits it has, six decimals at most.

    Whole money has no cents, however little it is. A number without an end within six decimals is rounded as
    `format_value` does.

    >>> format_exactly(Fraction("51.25"), Unit(UnitKind.SCORE), NumberStyle("en_US"))
    '51.25'
    """
    whole_money = unit.kind is UnitKind.CURRENCY and decimals is None and value.denominator == 1
    steps = _steps(value, unit, style, 0 if whole_money else decimals)
    exact = next((step for step in steps if steps_of(value, step) * step == value), steps[0])
    return _write(value, exact, unit, style, trim=decimals is None)


def shown(
    value: Fraction,
    side: Callable[[Fraction], object],
    unit: Unit,
    style: NumberStyle,
    decimals: int | None = None,
) -> str:
    """Write a value with as many digits as needed for the rounded one to be on the same side of every border.

    `side` names the side that a number is on (its colour, say). Where six decimals cannot tell, all six are written.
    """
    steps = _steps(value, unit, style, decimals)
    wanted = side(value)
    fit = next((step for step in steps if side(steps_of(value, step) * step) == wanted), steps[-1])
    return _write(value, fit, unit, style, trim=decimals is None)


def percent_text(percent: Decimal, style: NumberStyle) -> str:
    """Write a rounded percentage, empty decimals dropped: 6.3 % and 4 %."""
    digits = max(-int(percent.as_tuple().exponent), 0)
    return _write(Fraction(percent), Fraction(1, 10**digits), Unit(UnitKind.PERCENT), style, trim=True)


def axis_value(value: Fraction, unit: Unit, style: NumberStyle) -> str:
    """Write a value shortly, for an axis or a tight place: three figures and k, M or bn.

    >>> axis_value(Fraction(1_200_000), Unit(UnitKind.CURRENCY, "USD"), NumberStyle("en_US"))
    '$1.2M'
    """
    size = abs(value)
    if unit.kind is UnitKind.DURATION or size < _SHORT_FROM:
        return format_value(value, unit, style)
    marks = marks_of(unit, style)
    gap = NO_BREAK_SPACE if marks.after[0].startswith(NO_BREAK_SPACE) else ""
    whole, sign = next((whole, sign) for whole, sign in _SHORT if size >= whole * _ROUNDS_UP_FROM)
    part = size / whole
    digits = next(digits for digits, least in enumerate((100, 10, 0)) if part >= least)
    return _affixed(_number(part, _DIGIT_STEPS[digits], marks, trim=True) + gap + sign, marks, value < 0)


def _steps(value: Fraction, unit: Unit, style: NumberStyle, decimals: int | None) -> tuple[Fraction, ...]:
    """List the steps that a value may be rounded to, the usual one first, then ever finer."""
    if unit.kind is UnitKind.DURATION:
        size = abs(value)
        return _DURATION_STEPS[0 if size >= _DAYS_FROM else 1 if size >= HOUR else 2 if size >= MINUTE else 3 :]
    digits = _usual_digits(value, unit, style) if decimals is None else decimals
    if unit.kind is UnitKind.CURRENCY and decimals is None and not digits:
        # Money is written whole or with its minor units, never with a part of them
        return (_DIGIT_STEPS[0], *_DIGIT_STEPS[marks_of(unit, style).minor_digits or 1 :])
    return _DIGIT_STEPS[digits:] or (Fraction(1, 10**digits),)


def _ratio_digits(size: Fraction) -> int:
    """Two digits, and for a small ratio as many as show two that count: 0.0020, not 0.00."""
    digits = 2
    while 0 < size * 10**digits < _TENS and digits < MOST_DIGITS:
        digits += 1
    return digits


def _usual_digits(value: Fraction, unit: Unit, style: NumberStyle) -> int:
    match unit.kind:
        case UnitKind.CURRENCY:
            size = abs(value)
            whole = value.denominator == 1 and (size >= _WHOLE_MONEY_FROM or not size)
            return 0 if whole or size >= _NO_MINOR_FROM else marks_of(unit, style).minor_digits
        case UnitKind.RATIO:
            return _ratio_digits(abs(value))
        case UnitKind.PERCENT | UnitKind.SCORE | UnitKind.COUNT | UnitKind.DURATION:
            return 1


def _write(value: Fraction, step: Fraction, unit: Unit, style: NumberStyle, *, trim: bool) -> str:
    if unit.kind is UnitKind.DURATION:
        return _duration(value, step, style)
    marks = marks_of(unit, style)
    number = _number(value, step, marks, trim=trim and unit.kind is not UnitKind.CURRENCY)
    return _affixed(number, marks, negative=steps_of(value, step) < 0)


def _affixed(number: str, marks: NumberMarks, negative: bool) -> str:  # noqa: FBT001 (an index, like the marks)
    return f"{marks.before[negative]}{number}{marks.after[negative]}"


def _number(value: Fraction, step: Fraction, marks: NumberMarks, *, trim: bool) -> str:
    """Write the size of a value, without its sign, rounded to a decimal step."""
    whole, rest = divmod(abs(steps_of(value, step)), step.denominator)
    decimals = str(step.denominator + rest)[1:]
    if trim:
        decimals = decimals.rstrip("0")
    text = _grouped(whole, marks)
    return f"{text}{marks.decimal}{decimals}" if decimals else text


def _grouped(whole: int, marks: NumberMarks) -> str:
    if marks.last_group == marks.other_groups == 3:  # noqa: PLR2004 (thousands, which Python groups itself)
        return f"{whole:,}".replace(",", marks.group)
    digits = str(whole)
    head, groups = digits[: -marks.last_group], [digits[-marks.last_group :]]
    while head:
        groups.insert(0, head[-marks.other_groups :])
        head = head[: -marks.other_groups]
    return marks.group.join(groups)


def _duration(value: Fraction, step: Fraction, style: NumberStyle) -> str:
    """Write seconds in days (from three on), hours, minutes, seconds; parts that are 0 are left out."""
    seconds = steps_of(value, step) * step
    rest = abs(seconds)
    marks = marks_of(Unit(UnitKind.COUNT), style)
    parts = []
    for size, name, least in ((DAY, "days", _DAYS_FROM), (HOUR, "h", HOUR), (MINUTE, "min", MINUTE)):
        if rest >= least:
            count, rest = divmod(rest, size)
            parts.append(f"{_grouped(int(count), marks)}{NO_BREAK_SPACE}{name}")
    if rest or not parts:
        last = "s" if step <= 1 else "min" if step == MINUTE else "h"
        smaller = _number(rest, min(step, Fraction(1)), marks, trim=True)
        parts.append(f"{smaller}{NO_BREAK_SPACE}{last}")
    return _affixed(NO_BREAK_SPACE.join(parts), marks, seconds < 0)


def many(count: int, noun: str) -> str:
    """Write how many there are.

    >>> many(1, "row"), many(0, "row"), many(2400, "row")
    ('1 row', '0 rows', '2,400 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def capital(text: str) -> str:
    """Begin a sentence with a capital, and leave the rest as it is.

    >>> capital("october has no value"), capital("")
    ('October has no value', '')
    """
    return text[:1].upper() + text[1:]
