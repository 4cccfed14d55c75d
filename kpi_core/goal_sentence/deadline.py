"""The deadline in a goal sentence: a day, a month, the end of a calendar or fiscal period, a count from today."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence import dating
from kpi_core.goal_sentence.lexicon import either, entries, fixed_days, numbers
from kpi_core.goal_sentence.sentence import Deadline
from kpi_core.goal_sentence.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# --- pieces of the patterns
MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY: Final = (
    r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thurs?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
)
YEAR: Final = r"(?:(?P<year>(?:19|20)\d\d)\b|(?:fy\s?|')(?P<short>\d\d)\b)"
ORDINAL: Final = r"(?P<nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)"
DAY: Final = r"(?:the\s+)?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
END: Final = r"(?:the\s+)?(?:very\s+)?(?:end|close|finish|last\s+day|eo)\s*(?:of\s+)?(?:the\s+)?"
START: Final = r"(?P<part>(?:the\s+)?(?:start|beginning|early|mid(?:dle)?)(?:\s+of|\s+in)?[\s-]+)"
BY: Final = rf"(?:{either(entries('until'))}\s+(?:the\s+)?)"
FISCAL: Final = r"(?:(?:calendar|fiscal|financial|trading|tax)\s+)?"
NEXT: Final = r"(?P<which>this|next|current|coming|following|upcoming)\s+"
PERIOD: Final = r"(?P<period>week|month|quarter|half|year)\b"
_COUNTED: Final = r"(?:business|calendar|working|full)\s+"
_SMALL: Final = rf"\d+(?:\.\d+)?|{either(numbers('numbers'))}|an?|(?:a\s+)?couple\s+of"
COUNT: Final = (
    rf"(?:{_COUNTED})?(?P<n>{_SMALL})\s*-?\s*(?:{_COUNTED})?(?P<unit>day|week|month|quarter|year)s?\b(?:\s+time)?"
)
EVENT_AFTER: Final = (
    r"\s+(?:of|after|from)\s+(?:launch|open|start|join|sign|order|purchas|the\b|a\b|our\b|receiv|being|deliver|invoic)"
)
NOT_COUNTED: Final = r"(?!\s*(?:[%k\u2192]|,\d|\.\d|\s+to\s+\d|\s+(?:customers|orders|clients|units)))"
SEASON: Final = (
    r"(?:(?:spring|summer|autumn|fall|winter)(?!\s+(?:show|fair|market|event|party|ball|concert|edition|menu)s?\b)|(?:\d{4}\s+)?(?:[\w-]+\s+)?seasons?|black\s+friday|launch|opening(?!\s+(?:\d|an?\b|another|our|new|more|two|three))|harvest|term|"
    r"school\s+year|half[\s-]term|christmas\s+rush|mother'?s\s+day|father'?s\s+day|thanksgiving|rush|medium\s+term|"
    r"(?:the\s+)?start\s+of(?:\s+the)?\s+\w+\s+(?:term|season)|long\s+(?:term|run)|year\s+(?:1|one|2|two|3|three))"
)


def find_deadline(text: str, today: date) -> Span[Deadline] | None:
    """Find the deadline of a sentence; of several readings the one that can be dated and holds most words.

    Args:
        text: as `tidy` leaves it.
        today: a day without a year is its next occurrence; a count starts here.

    >>> for words in ("by end of Q2", "within 90 days", "by 3/4/2027", "by the spring"):
    ...     print(find_deadline(f"NPS to 55 {words}", date(2026, 11, 21)).meaning.date)
    2027-06-30
    2027-02-19
    None
    None
    """
    found = list(_all(text.lower(), today))
    impossible = [span for span in found if span.meaning.impossible]
    if impossible:
        return max(impossible, key=lambda span: span.end - span.start)
    return max(found, key=lambda span: (span.meaning.date is not None, span.end - span.start, span.start), default=None)


def _all(low: str, today: date) -> Iterator[Span[Deadline]]:
    for pattern, make in PATTERNS:
        for match in pattern.finditer(low):
            try:
                made, impossible = make(match, today), False
            except dating.NoSuchDay:
                made, impossible = None, True
            except dating.NoDeadline:
                continue
            start = match.start() + len(match.group()) - len(match.group().lstrip(" ,("))
            yield Span(
                start, match.end(), Deadline(low[start : match.end()].strip(" ,()"), made, impossible=impossible)
            )


def _patterns(*parts: tuple[str, dating.Make]) -> tuple[tuple[re.Pattern[str], dating.Make], ...]:
    return tuple((re.compile(pattern), make) for pattern, make in parts)


_LATEST: Final = r"(?:by|before|until|till|due|due\s+on|on|no\s+later\s+than)\s+(?:the\s+)?"
_NUMERIC: Final = r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?:(?P=mark)(?P<y>(?:20)?\d\d)\b)?"
_THIS: Final = r"(?:this\s+|next\s+|coming\s+)?"
_OF_YEAR: Final = rf"(?:\s*(?:of\s+)?(?:{YEAR}|(?P<next_year>next\s+year)))?"
_NO_PLAN: Final = r"(?!\s+(?:[\w-]+\s+)?(?:season|plan|budget|levels?|figures?|numbers|prices))"
_AHEAD: Final = r"(?:next|coming|following|space\s+of|course\s+of)"
_OWN_DAY: Final = r"(?:anniversary|birthday|agm|conference|fair|festival|inspection|audit|holidays?)"
_MONEY: Final = r"(?:[$\u00a3\u20ac]\s?)?"
_HOLIDAY: Final = rf"(?P<holiday>{either([*fixed_days(), 'easter'])})\b(?:\s+(?:day\s+)?{YEAR})?"
_TOWARDS: Final = r"(?:by|before|until|in|within|come|this|next|for|during|through|over|ahead\s+of)\s+(?:the\s+)?"
_WHICH_SEASON: Final = r"(?:(?:early|late|next|this|low|high|peak|summer|winter|holiday)\s+)*"
_EDGE: Final = r"(?:(?:end|start|beginning)\s+of\s+(?:the\s+)?)?"
_YEAR_NAMED: Final = (
    rf"{FISCAL}(?:year(?:[\s-]end)?\s+)?{YEAR}(?!/\d|-\d)(?:[\s-]end|\s+(?:calendar|fiscal|financial)\s+year)?"
)

PATTERNS: Final = _patterns(
    # by mid 2027: nobody has said which day
    (r"\b(?:by|in|until|before)\s+(?:early|mid|late)[\s-]20\d\d\b", dating.date_undated),
    # FY2027
    (rf"\b{BY}?fy\s?(?P<year>20\d\d)\b(?!/)", dating.date_whole_year),
    # before our 10th anniversary
    (
        rf"\b(?:by|before|until|ahead\s+of)\s+(?:our|the|my)\s+(?:[\w-]+\s+){{0,2}}?{_OWN_DAY}\b",
        dating.date_undated,
    ),
    # by 2027-03-31
    (rf"\b(?:{BY}|from\s+)?(?P<y>\d\d\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", dating.date_iso),
    # by tomorrow
    (r"\b(?:by|before|until|till)\s+(?P<near>yesterday|today|tonight|tomorrow)\b(?!')", dating.date_near),
    # by 31/12/2026, on 1.3.
    (rf"\b{_LATEST}{_NUMERIC}(?![\d%]|\s*(?:%|points?|stars?|of))", dating.date_numeric),
    # 15 jan, by the 15th of January 2027
    (rf"\b{BY}?{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?", dating.date_month_day),
    # by the 15th
    (r"\b(?:by|before|until)\s+the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s+[a-z])", dating.date_day_only),
    # by March 15th, 2027
    (rf"\b{BY}?{MONTH}\s+{DAY}\b{NOT_COUNTED}(?:,?\s+{YEAR})?", dating.date_month_day),
    # by the end of June 2027, mid June 2027
    (rf"\b{BY}?(?:{END}|{START})?{_THIS}{MONTH},?\s+(?:of\s+)?{YEAR}(?:[\s-]end)?", dating.date_named_month),
    # end of feb 27
    (rf"\b{BY}?{END}{MONTH},?\s+(?P<short>[23]\d)\b{NOT_COUNTED}", dating.date_named_month),
    # by June, end of June, next June
    (rf"\b(?:{BY}(?:{END}|{START})?|{END}|next\s+){_THIS}{MONTH}(?:[\s-]end)?(?!\s+\d)", dating.date_named_month),
    # 5 days to 3 days, dec
    (rf"[,(]\s*(?P<part>mid[\s-]|early\s)?{MONTH}\)?\s*$", dating.date_named_month),
    # q3, by the end of Q3 2027
    (rf"\b{BY}?(?:{END})?{FISCAL}q(?:uarter\s*)?(?P<q>[1-4])\b{_OF_YEAR}", dating.date_part_of_year),
    # by 2027 Q3
    (rf"\b{BY}?(?:{END})?(?:fy)?(?P<year>20\d\d)\s*[-/]?\s*q(?P<q>[1-4])\b", dating.date_part_of_year),
    # by H1 2027
    (rf"\b{BY}(?:{END})?h(?P<h>[12])\b{_OF_YEAR}", dating.date_part_of_year),
    # in the first half of 2027, by the end of the second quarter
    (
        rf"\b{BY}(?:{END})?{ORDINAL}\s+(?:quarter|(?P<half>half))(?:\s+of\s+the\s+year|{_OF_YEAR})",
        dating.date_part_of_year,
    ),
    # by 2027, in the 2027 calendar year, by the close of FY27
    (rf"\b(?:{BY}(?:{END})?|{END}){_YEAR_NAMED}{_NO_PLAN}{NOT_COUNTED}", dating.date_whole_year),
    # 2028 turnover goal: 1.2m
    (r"^(?P<year>20\d\d)(?=\s+[a-z])(?!\s+[a-z]+s\s*$)", dating.date_whole_year),
    # revenue 2027 600k
    (rf"(?<=[a-z]\s)(?<!to\s)(?<!of\s)(?P<year>20\d\d)\b(?=\s*:?\s+{_MONEY}\d)", dating.date_whole_year),
    # EBITDA margin 12-14 % FY27
    (r"\bfy\s?(?P<short>\d\d)\b(?!/)", dating.date_whole_year),
    # financial year end 2027
    (rf"\b{FISCAL}year[\s-]end\s+{YEAR}", dating.date_whole_year),
    # fy26/27: which day it ends is the owner's
    (rf"\b{BY}?(?:{END})?(?:fy\s?)?(?:20)?(?P<one>\d\d)/(?:20)?(?P<two>\d\d)\b(?!/)", dating.date_two_years),
    # by year end
    (
        rf"\b{BY}?(?:our\s+)?{FISCAL}(?<![-\w]){PERIOD}(?:'s)?[\s-]end\b(?!\s+(?:close|report|20\d\d))",
        dating.date_period,
    ),
    # by the end of next quarter
    (rf"\b{BY}?{END}(?:{NEXT}|the\s+)?{FISCAL}{PERIOD}", dating.date_period),
    # this quarter, during the next fiscal year
    (rf"\b{BY}?{NEXT}{FISCAL}{PERIOD}(?!\s+(?:to|by)\s+(?:week|month|year))", dating.date_period),
    # within 90 days
    (rf"\b(?:with)?in(?:side)?\s+(?:the\s+)?(?:{_AHEAD}\s+)?{COUNT}(?!{EVENT_AFTER})", dating.date_span),
    # over the next six months
    (rf"\b(?:over|during|for|in)\s+(?:the\s+)?{_AHEAD}\s+{COUNT}", dating.date_span),
    # over two years, next 3 months
    (rf"\b(?:over|next)\s+(?:the\s+)?{COUNT}", dating.date_span),
    # over the coming year
    (r"\b(?:over|during|in)\s+the\s+coming\s+(?P<n>)(?P<unit>month|year|quarter|week)\b", dating.date_span),
    # six weeks from now
    (rf"\b{COUNT}\s+from\s+(?:now|today)\b", dating.date_span),
    # within the year
    (r"\bwithin\s+(?:the\s+)?(?P<n>)(?P<unit>week|month|quarter|year)\b", dating.date_span),
    # before Christmas
    (rf"\b{BY}{_THIS}{_HOLIDAY}", dating.date_holiday),
    # by Friday
    (rf"\b(?!on\b){_LATEST}{_THIS}{WEEKDAY}(?!\s*(?:and|to|-|night))", dating.date_weekday),
    # by week 12
    (r"\b(?:by|before|until|in)\s+(?:end\s+of\s+)?(?:week|wk|kw|w)\s?(?P<number>\d\d?)\b", dating.date_week),
    # by the spring, before the summer rush
    (
        rf"\b{_TOWARDS}{_EDGE}{_WHICH_SEASON}{SEASON}\b(?!\s+(?:survey|menu|sale|range|collection))(?:\s+20\d\d)?",
        dating.date_undated,
    ),
    # within 3 months of launch
    (rf"\bwithin\s+(?:{_SMALL})\s+(?:days?|weeks?|months?|years?)\s+of\s+[\w ]+$", dating.date_undated),
)
"""What a deadline looks like, and how it is dated."""
