"""The deadline in a goal sentence: a day, a month, the end of a calendar or fiscal period, a count from today."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.sentence import Deadline
from kpi_core.goal_sentence.spans import Span
from kpi_core.goal_sentence.words import NUMBER_WORD, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                 "november", "december")  # fmt: skip
MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR: Final = r"(?P<year>(?:19|20)\d\d)\b"
SHORT_YEAR: Final = r"(?:fy|')\s?(?P<short>\d\d)\b"
LAST: Final = r"(?:the\s+)?(?:very\s+)?(?:end|close|finish|last day|eo)\s*(?:of\s+)?(?:the\s+)?"
BY: Final = (
    r"(?:(?:by|before|until|till|til|through|throughout|during|in|for|this|over|within|up to|no later than|not later than|"
    r"latest|on|at|come|from now (?:to|until)|between now and|as of|effective|due|deadline:?|prior to|ahead of|of)\s+)"
)
QUARTER_MONTHS: Final = 3
YEAR_MONTHS: Final = 12

Maker = "Callable[[re.Match[str], date], date | None]"


def find_deadline(text: str, today: date) -> Span[Deadline] | None:
    """Find the deadline of a sentence.

    Args:
        text: as `tidy` leaves it.
        today: a day without a year is its next occurrence; a count starts here.

    >>> from datetime import date
    >>> find_deadline("NPS to 55 by end of Q2", date(2026, 11, 21)).meaning.date.isoformat()
    '2027-06-30'
    """
    found = list(_all(text, today))
    return max(found, key=lambda span: (span.meaning.date is not None, span.end - span.start), default=None)


def _all(text: str, today: date) -> Iterator[Span[Deadline]]:
    low = text.lower()
    for pattern, make in PATTERNS:
        for match in pattern.finditer(low):
            made = make(match, today)
            if made is NO_DEADLINE:
                continue
            words = text[match.start() : match.end()].strip(" ,()")
            yield Span(match.start(), match.end(), Deadline(words, made if isinstance(made, date) else None))


NO_DEADLINE: Final = object()
"""What a pattern says of words that are no deadline after all."""


def _year(match: re.Match[str], today: date) -> int | None:
    parts = match.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    if parts.get("short"):
        return today.year // 100 * 100 + int(parts["short"])
    return None


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month_number(match: re.Match[str]) -> int:
    name = match["month"][:3]
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name))


def _next(month: int, day: int | None, today: date) -> date | None:
    """Give the next such day, or the next end of such a month."""
    for year in range(today.year, today.year + 5):
        last = monthrange(year, month)[1]
        if day is not None and day > last:
            continue
        found = date(year, month, day or last)
        if found >= today:
            return found
    return None


def _day_of_month(match: re.Match[str], today: date) -> object:
    day, month, year = int(match["day"]), _month_number(match), _year(match, today)
    if year is None:
        return _next(month, day, today) or NO_DEADLINE
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else NO_DEADLINE


def _month(match: re.Match[str], today: date) -> object:
    month, year = _month_number(match), _year(match, today)
    part = match.groupdict().get("part") or ""
    if year is None and match.groupdict().get("which"):
        found = _next(month, None, today)
        year = found.year if found else today.year
    end = _next(month, None, today) if year is None else _end_of_month(year, month)
    if end is None:
        return NO_DEADLINE
    if part.startswith(("start", "begin", "early")):
        return _next(month, 1, today) if year is None else date(year, month, 1)
    if part.startswith("mid"):
        return _next(month, 15, today) if year is None else date(year, month, 15)
    return end


def _iso(match: re.Match[str], today: date) -> object:
    del today
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return NO_DEADLINE


def _slashed(match: re.Match[str], today: date) -> object:
    """Read 31/12/2026 or 12/31/26; where both orders are days, the deadline is left open."""
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"]) if match["y"] else None
    if year is not None and year < 100:  # noqa: PLR2004 -- two digits
        year += today.year // 100 * 100
    if first > 12 and second <= 12:  # noqa: PLR2004 -- months
        day, month = first, second
    elif (second > 12 and first <= 12) or first == second:  # noqa: PLR2004 -- months
        day, month = second, first
    else:
        return None if first <= 12 else NO_DEADLINE  # noqa: PLR2004 -- months
    if not 1 <= month <= YEAR_MONTHS:
        return NO_DEADLINE
    if year is None:
        return _next(month, day, today) or NO_DEADLINE
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else NO_DEADLINE


def _quarter(match: re.Match[str], today: date) -> object:
    year, month = _year(match, today), int(match["q"]) * QUARTER_MONTHS
    if match.groupdict().get("next_year"):
        year = today.year + 1
    return _next(month, None, today) if year is None else _end_of_month(year, month)


def _half(match: re.Match[str], today: date) -> object:
    first = match["h"] == "1" or match["half"] == "first"
    month, year = (6 if first else 12), _year(match, today)
    return _next(month, None, today) if year is None else _end_of_month(year, month)


def _whole_year(match: re.Match[str], today: date) -> object:
    year = _year(match, today)
    return NO_DEADLINE if year is None else date(year, 12, 31)


def _calendar(match: re.Match[str], today: date) -> object:
    """Give the last day of this or the next week, month, quarter or year."""
    ahead = 1 if (match["which"] or "").strip() in {"next", "coming", "following", "upcoming", "the next", "new"} else 0
    match match["period"]:
        case "week":
            return today + timedelta(days=6 - today.weekday() + 7 * ahead)
        case "month":
            return _shifted_end(today, 1, ahead)
        case "quarter":
            return _shifted_end(today, QUARTER_MONTHS, ahead)
        case _:
            return date(today.year + ahead, 12, 31)


def _shifted_end(today: date, months: int, ahead: int) -> date:
    last = ((today.month - 1) // months + 1 + ahead) * months - 1
    return _end_of_month(today.year + last // YEAR_MONTHS, last % YEAR_MONTHS + 1)


def _count(match: re.Match[str], today: date) -> object:
    """Count units from today; only the words of a span of time, never "within 2 hours"."""
    number = number_of(match["n"]) if match["n"] else 1
    if number is None:
        return NO_DEADLINE
    unit = match["unit"]
    if unit.startswith("day"):
        return _later(today, days=float(number))
    if unit.startswith("week"):
        return _later(today, days=7 * float(number))
    months = number * {"month": 1, "quarter": 3, "year": 12}[unit.rstrip("s")]
    whole = int(months)
    last = today.year * YEAR_MONTHS + today.month - 1 + whole
    year, month = last // YEAR_MONTHS, last % YEAR_MONTHS + 1
    if year > date.max.year - 1:
        return NO_DEADLINE
    return date(year, month, min(today.day, monthrange(year, month)[1])) + timedelta(days=int((months - whole) * 30))


def _later(today: date, days: float) -> object:
    try:
        return today + timedelta(days=int(days))
    except OverflowError:
        return NO_DEADLINE


def _holiday(match: re.Match[str], today: date) -> object:
    name, year = match["holiday"], _year(match, today)
    for each in [year] if year else range(today.year, today.year + 2):
        found = _easter(each) if name == "easter" else date(each, *FIXED[name])
        if year or found >= today:
            return found
    return NO_DEADLINE


FIXED: Final = {
    "christmas": (12, 25), "christmas eve": (12, 24), "new year": (12, 31), "new year's": (12, 31),
    "new year's eve": (12, 31), "new years": (12, 31), "new years eve": (12, 31), "valentine's day": (2, 14),
    "valentine's": (2, 14), "valentines": (2, 14), "valentines day": (2, 14), "halloween": (10, 31),
}  # fmt: skip


def _easter(year: int) -> date:
    """Compute Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991).

    >>> _easter(2027).isoformat()
    '2027-03-28'
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _undated(match: re.Match[str], today: date) -> None:
    """Keep the words of a deadline that nobody can date: a season, an event."""
    del match, today


def _compiled(
    *parts: tuple[str, Callable[[re.Match[str], date], object]],
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], object]], ...]:
    return tuple((re.compile(pattern), make) for pattern, make in parts)


_COUNT = rf"(?P<n>{NUMBER_WORD})\s*-?\s*(?P<unit>days?|weeks?|months?|quarters?|years?)\b(?:\s+time)?"
_COUNT_WORDS = r"(?:business\s+|calendar\s+|working\s+|full\s+)?"

PATTERNS: Final = _compiled(
    (r"\b(?:by|before|until|on|from|due|)\s*(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
    (
        r"\b(?:by|before|until|due|on)\s+(?:the\s+)?(?P<a>\d{1,2})[/.](?P<b>\d{1,2})(?:[/.](?P<y>(?:20)?\d\d))?\b(?!\s*%|\s*(?:points?|stars?))",
        _slashed,
    ),
    (
        rf"\b{BY}?(?:the\s+)?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}(?:,?\s+(?:{YEAR}|{SHORT_YEAR}))?",
        _day_of_month,
    ),
    (
        rf"\b{BY}?{MONTH}\s+(?:the\s+)?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d|,\d|\.\d|\s*%|k\b)(?:,?\s+{YEAR})?",
        _day_of_month,
    ),
    (
        (
            rf"\b(?:{BY})?(?:{LAST}|(?P<part>(?:the\s+)?(?:start|beginning|early|mid(?:dle)?)(?:\s+of|\s+in)?[\s-]+))?"
            rf"(?P<which>this\s+|next\s+|coming\s+)?{MONTH}(?:,?\s+(?:of\s+)?(?:{YEAR}|{SHORT_YEAR}))"
            r"(?:[\s-]end)?"
        ),
        _month,
    ),
    (
        (
            rf"\b(?:{BY}(?:the\s+)?(?:{LAST}|(?P<part>(?:start|beginning|early|mid(?:dle)?)(?:\s+of|\s+in)?[\s-]+))?|{LAST})"
            rf"(?P<which>this\s+|next\s+|coming\s+)?{MONTH}(?:[\s-]end)?"
        ),
        _month,
    ),
    (rf"[,(]\s*(?P<part>mid[\s-]|early\s)?{MONTH}\)?\s*$", _month),
    (
        (
            rf"\b(?:{BY})?(?:the\s+)?(?:{LAST})?(?:fiscal\s+)?q(?:uarter\s*)?(?P<q>[1-4])\b"
            rf"(?:\s*(?:of\s+)?(?:{YEAR}|{SHORT_YEAR}|(?P<next_year>next year)))?"
        ),
        _quarter,
    ),
    (rf"\b(?:{BY})?(?:{LAST})?{YEAR}\s*[-/]?\s*q(?P<q>[1-4])\b", _quarter),
    (
        rf"\b(?:{BY})(?:the\s+)?(?:{LAST})?(?:h(?P<h>[12])\b|(?P<half>first|second)\s+half(?:\s+of(?:\s+the\s+year)?)?)(?:\s*(?:of\s+)?(?:{YEAR}|{SHORT_YEAR}))?",
        _half,
    ),
    (
        (
            rf"\b(?:{BY}(?:the\s+)?(?:{LAST})?|{LAST})(?:fiscal\s+(?:year\s+)?|financial\s+year\s+|calendar\s+(?:year\s+)?|year\s+)?"
            rf"(?:{YEAR}|{SHORT_YEAR})(?!\s+(?:\w+\s+)?season)(?:[\s-]end)?(?!\s*[%\u2192]|\s+(?:to|customers|orders))"
        ),
        _whole_year,
    ),
    (rf"\b(?:fiscal\s+|financial\s+)?year[\s-]end\s+{YEAR}", _whole_year),
    (
        rf"\b(?:{BY})?(?:the\s+|our\s+)?(?:calendar\s+|fiscal\s+|financial\s+)?(?P<which>)(?P<period>week|month|quarter|year)(?:'s)?[\s-]end\b",
        _calendar,
    ),
    (
        (
            rf"\b(?:{BY})?{LAST}(?:(?P<which>this|next|current|coming|following|the next|the)\s+)?(?:calendar\s+|fiscal\s+|financial\s+)?"
            r"(?P<period>week|month|quarter|year)\b"
        ),
        _calendar,
    ),
    (
        (
            rf"\b(?:{BY})?(?:the\s+)?(?P<which>this|next|current|coming|following|upcoming)\s+(?:calendar\s+|fiscal\s+|financial\s+|trading\s+)?"
            r"(?P<period>week|month|quarter|year)\b(?!\s+(?:to|by)\s+(?:week|month|year))"
        ),
        _calendar,
    ),
    (
        rf"\b(?:with)?in(?:side)?\s+(?:the\s+)?(?:next\s+|coming\s+|space of\s+)?{_COUNT_WORDS}{_COUNT}(?!\s+of\s+(?:launch|open|start|join|sign|order|purchase|the|receiv|being))",
        _count,
    ),
    (rf"\b(?:over|during|for|in)\s+(?:the\s+)?(?:next|coming|following|course of)\s+{_COUNT_WORDS}{_COUNT}", _count),
    (rf"\bover\s+(?:the\s+)?{_COUNT_WORDS}{_COUNT}", _count),
    (rf"\bnext\s+{_COUNT_WORDS}{_COUNT}", _count),
    (
        rf"\b(?P<n>{NUMBER_WORD})\s*-?\s*(?P<unit>days?|weeks?|months?|quarters?|years?)\s+from\s+(?:now|today)\b",
        _count,
    ),
    (r"\bwithin\s+(?:the\s+)?(?P<n>)(?P<unit>week|month|quarter|year)\b", _count),
    (
        (
            rf"\b{BY}(?:the\s+|this\s+|next\s+)?(?P<holiday>christmas eve|christmas|new years? eve|new year's eve|new year's|"
            rf"new years|new year|easter|valentine'?s(?: day)?|halloween)\b(?:\s+(?:day\s+)?{YEAR})?"
        ),
        _holiday,
    ),
    (
        (
            r"\b(?:by|before|until|in|within|come|this|next|for)\s+(?:the\s+)?(?:(?:end|start|beginning) of\s+(?:the\s+)?)?(?:early\s+|late\s+|next\s+|this\s+)?"
            r"(?:spring|summer|autumn|fall|winter|(?:\d{4}\s+)?(?:\w+\s+)?season|high season|black friday|launch|opening|"
            r"harvest|term|school year|half[\s-]term)\b(?!\s+(?:survey|menu|sale))(?:\s+20\d\d)?"
        ),
        _undated,
    ),
    (rf"\bwithin\s+{NUMBER_WORD}\s+(?:days?|weeks?|months?|years?)\s+of\s+[\w ]+$", _undated),
    (r"\b(?:in|during)\s+(?:year\s+(?:1|one|2|two)|the\s+medium\s+term|the\s+long\s+(?:term|run))\b", _undated),
)
