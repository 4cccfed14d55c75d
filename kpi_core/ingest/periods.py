"""Periods that a file names in words: headings such as `Jan 2025`, titles such as `1 May 2026 - 8 May 2026`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kpi_core.ingest import months
from kpi_core.source import Covers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

YEARS: Final = range(1990, 2101)
LONGEST_HEADING: Final = 80
"""A heading longer than that is no period: two days in words and what joins them take half of it."""
LONGEST_TITLE: Final = 1000
"""So much of a title line is looked at."""
SPAN: Final = re.compile(
    r"\s*(?:-|\u2013|—|\bto\b|\bthrough\b|\buntil\b|\bbis\b|\bau\b|\bà\b|\bt/m\b|\btot\b|\btill\b|\btil\b|\ba\b|\bal\b|\bdo\b|/)\s*",
    re.IGNORECASE,
)
"""What joins the two ends of a period."""
STARTS: Final = re.compile(
    r"\b(?:start|from|since|von|ab|beginn|anfang|d[ée]but|du|depuis|från|fra|van|vanaf|desde|inicio|dal|inizio|od|alku)\b",
    re.IGNORECASE,
)
ENDS: Final = re.compile(
    r"\b(?:end|to|until|bis|ende|fin|au|jusqu|till|til|slut|tot|hasta|al|fine|do|loppu)\b", re.IGNORECASE
)

DAY = (
    r"(?P<y{n}>(?:19|20)\d\d)-(?P<m{n}>\d\d)-(?P<d{n}>\d\d)",
    r"(?<!\d)(?P<y{n}>20\d\d)(?P<m{n}>0[1-9]|1[0-2])(?P<d{n}>[0-3]\d)(?!\d)",
    r"(?<![\d/.])(?P<a{n}>\d{{1,2}})[./-](?P<b{n}>\d{{1,2}})[./-](?P<y{n}>(?:19|20)\d\d)",
    r"(?<!\d)(?P<d{n}>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+|of\s+)?(?P<w{n}>[^\W\d_]{{3,20}})\.?,?[\s-]+(?:de\s+)?(?P<y{n}>(?:19|20)\d\d)",
    r"(?P<w{n}>[^\W\d_]{{3,20}})\.?\s+(?P<d{n}>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y{n}>(?:19|20)\d\d)",
)
LONGER = (
    r"(?P<w{n}>[^\W\d_]{{3,20}})\.?[\s,'\u2019-]*(?P<y{n}>(?:19|20)\d\d)",
    r"(?<![\d./-])(?P<y{n}>(?:19|20)\d\d)-(?P<m{n}>0[1-9]|1[0-2])(?![\d-])",
    r"(?<![\d./-])(?P<m{n}>0?[1-9]|1[0-2])[./](?P<y{n}>(?:19|20)\d\d)(?!\d)",
    r"\b(?:Q|T|K|Kv|Kw)(?P<q{n}>[1-4])[\s/-]*(?P<y{n}>(?:19|20)\d\d)",
    r"(?<!\d)(?P<y{n}>(?:19|20)\d\d)[\s/-]*(?:Q|T|K|Kv)(?P<q{n}>[1-4])\b",
    r"(?<![\d./-])(?P<y{n}>(?:19|20)\d\d)(?![\d./-])",
)
YEARLESS = (r"^(?P<w{n}>[^\W\d_]{{3,20}})\.?$", r"^(?P<d{n}>\d{{1,2}})\s+(?P<w{n}>[^\W\d_]{{3,20}})\.?$",
            r"^(?P<w{n}>[^\W\d_]{{3,20}})\.?\s+(?P<d{n}>\d{{1,2}})$")  # fmt: skip

WORD: Final = re.compile(r"[^\W\d_]{3,}")
SHORT_YEAR: Final = re.compile(r"(?:(?P<w>[^\W\d_]{3,})\.?[\s'\u2019/-]*|(?P<m>0[1-9]|1[0-2])[/.-])(?P<yy>\d\d)")


@dataclass(frozen=True)
class Found:
    """A period in a text: the days it means, where it stands, and whether it is a single day."""

    covers: Covers
    start: int
    end: int
    is_day: bool


@lru_cache(maxsize=4096)
def heading_period(text: str) -> Covers | None:
    """Read a heading that is a period and nothing else.

    >>> heading_period("Jan - Dec 2022")
    Covers(start=datetime.date(2022, 1, 1), end=datetime.date(2023, 1, 1))
    >>> heading_period("Q3 2025").start.isoformat(), heading_period("Mai 2025").end.isoformat()
    ('2025-07-01', '2025-06-01')
    >>> heading_period("Previous Year") is None
    True
    """
    stripped = text.strip()
    if len(stripped) > LONGEST_HEADING:
        return None
    whole = _whole(stripped)
    if whole is not None:
        return whole
    for match in SPAN.finditer(stripped):
        right = heading_period(stripped[match.end() :])
        left = _earlier(stripped[: match.start()], right) if right else None
        if left is not None and right is not None and left.start < right.end:
            return Covers(left.start, right.end)
    return None


def heading_periods(texts: Sequence[str]) -> tuple[Covers | None, ...]:
    """Read the headings of a table together, each a period or None.

    One table is written in one language: `lis 2025` is October beside Croatian months and November beside Polish ones.
    `Jun 25` alone may be a day in June; months with years of two digits that follow each other, two at least, are
    months.

    >>> [each.start.isoformat() for each in heading_periods(["Dez-24", "Jan-25"]) if each]
    ['2024-12-01', '2025-01-01']
    >>> heading_periods(["Jun 25"])
    (None,)
    >>> [each.start.month for each in heading_periods(["zář 2025", "říj 2025", "lis 2025"]) if each]
    [9, 10, 11]
    """
    named = months.months({word for text in texts for word in WORD.findall(text)})
    found = [heading_period(text) or _whole(text.strip(), named) for text in texts]
    short = {at: each for at, text in enumerate(texts) if found[at] is None and (each := _short_year(text, named))}
    steps = {_month_count(later) - _month_count(earlier) for earlier, later in pairwise(short.values())}
    if steps in ({1}, {-1}):
        found = [short.get(at, each) for at, each in enumerate(found)]
    return tuple(found)


def unread(texts: Sequence[str], read: Sequence[Covers | None]) -> tuple[str, ...]:
    """List the headings that are written like those that are periods, a word and a year, but are none.

    >>> texts = ("maj 2026", "cze 2026", "lipp 2026", "Total")
    >>> unread(texts, heading_periods(texts))
    ('lipp 2026',)
    """
    forms = [_form(text) for text in texts]
    known = {form for form, covers in zip(forms, read, strict=True) if covers is not None}
    return tuple(
        text for text, form, covers in zip(texts, forms, read, strict=True) if covers is None and form in known
    )


def _form(text: str) -> str:
    """Write words as w and digits as 9."""
    return re.sub(r"\d", "9", WORD.sub("w", text.strip()))


def _whole(text: str, named: Mapping[str, int] | None = None) -> Covers | None:
    """Read a text that is one date, month, quarter or year and nothing else."""
    found = (each for each in _all(text, None, named) if each.start == 0 and each.end == len(text))
    return next((each.covers for each in found), None)


def _short_year(text: str, named: Mapping[str, int]) -> Covers | None:
    """Read a month and a year of two digits."""
    match = SHORT_YEAR.fullmatch(text.strip())
    if match is None:
        return None
    return _covers({**match.groupdict(), "y": f"20{match['yy']}"}, day_first=None, named=named)


def _month_count(covers: Covers) -> int:
    return covers.start.year * 12 + covers.start.month


def stated_period(texts: Sequence[str], *, day_first: bool | None) -> Covers | None:
    """Find the period that title lines state: one span of days, or one month, quarter or year; None if unsure.

    Single days are not taken: they are mostly the day of the export. A start and an end may stand in two cells.

    >>> stated_period(["Report", "July 8, 2025 - July 31, 2025"], day_first=None).end.isoformat()
    '2025-08-01'
    >>> stated_period(["# Start date: 20230101", "# End date: 20231231"], day_first=None).start.isoformat()
    '2023-01-01'
    """
    texts = [text[:LONGEST_TITLE] for text in texts]
    spans = {span for text in texts for span in _spans(text, day_first)}
    if not spans:
        spans = set(_labelled(texts, day_first))
    if not spans:
        spans = {found.covers for text in texts for found in _all(text, day_first) if not found.is_day}
    return spans.pop() if len(spans) == 1 else None


def _spans(text: str, day_first: bool | None) -> Iterator[Covers]:  # noqa: FBT001
    """Find two dates joined by a dash or a word, or a shortened left end such as `Jan - Dec 2022`."""
    found = list(_all(text, day_first))
    for left, right in pairwise(found):
        if SPAN.fullmatch(text[left.end : right.start]) and left.covers.start < right.covers.end:
            yield Covers(left.covers.start, right.covers.end)
    if len(found) == 1:
        head = text[: found[0].start]
        joint = list(SPAN.finditer(head))
        if joint and joint[-1].end() == len(head):
            words = head[: joint[-1].start()].split()
            ends = (_earlier(" ".join(words[-count:]), found[0].covers) for count in (2, 1))
            first = next((end for end in ends if end is not None), None)
            if first is not None and first.start < found[0].covers.start:
                yield Covers(first.start, found[0].covers.end)


def _labelled(texts: Sequence[str], day_first: bool | None) -> Iterator[Covers]:  # noqa: FBT001
    """Find a day called the start and another called the end; label and day may stand in two cells."""
    starts: list[date] = []
    ends: list[date] = []
    for before, text in zip(["", *texts], texts, strict=False):
        for found in _all(text, day_first):
            if not found.is_day:
                continue
            label = text[: found.start] or before
            if ENDS.search(label):
                ends.append(found.covers.end)
            elif STARTS.search(label):
                starts.append(found.covers.start)
    if len(starts) == 1 and len(ends) == 1 and starts[0] < ends[0]:
        yield Covers(starts[0], ends[0])


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.format(n=""), re.IGNORECASE) for pattern in (*DAY, *LONGER))


def _all(text: str, day_first: bool | None, named: Mapping[str, int] | None = None) -> Iterator[Found]:  # noqa: FBT001
    """Find the dates, months, quarters and years in a text, longer expressions first, none inside another."""
    taken: list[Found] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if any(match.start() < found.end and found.start < match.end() for found in taken):
                continue
            covers = _covers(match.groupdict(), day_first, named)
            if covers is not None:
                is_day = covers.end - covers.start == timedelta(days=1)
                taken.append(Found(covers, match.start(), match.end(), is_day))
    yield from sorted(taken, key=lambda found: found.start)


def _covers(
    parts: dict[str, str | None],
    day_first: bool | None,  # noqa: FBT001
    named: Mapping[str, int] | None = None,
) -> Covers | None:
    """Turn the parts of a match into days; None for what is no date, or a day whose order nothing decides.

    Args:
        parts: of the match, by name.
        day_first: the order of days written in numbers.
        named: the months that words mean in the language of the file, where that is known.
    """
    year = int(parts["y"] or 0)
    if year not in YEARS:
        return None
    if parts.get("q"):
        return _months(year, int(parts["q"] or 1) * 3 - 2, 3)
    day = int(parts["d"] or 0) if parts.get("d") else None
    month = _month(parts, named)
    if parts.get("a"):
        first, second = int(parts["a"] or 0), int(parts.get("b") or 0)
        order = day_first if day_first is not None else _only_order(first, second)
        if order is None:
            return None
        day, month = (first, second) if order else (second, first)
    if month is None:
        return None if parts.get("w") else _months(year, 1, 12)
    if not 1 <= month <= 12:  # noqa: PLR2004
        return None
    return _months(year, month, 1) if day is None else _day(year, month, day)


def _only_order(first: int, second: int) -> bool | None:
    """Tell day first (True) or month first from the numbers, equal ones being both; None where they do not tell."""
    if first == second or second > 12:  # noqa: PLR2004
        return first == second
    return True if first > 12 else None  # noqa: PLR2004


def _month(parts: dict[str, str | None], named: Mapping[str, int] | None) -> int | None:
    if parts.get("m"):
        return int(parts["m"] or 0)
    word = parts.get("w")
    return (months.months([word]) if named is None else named).get(word) if word else None


def _earlier(text: str, right: Covers | None) -> Covers | None:
    """Read the left end of a span; a month or a day without a year takes the year of the right end."""
    if right is None:
        return None
    stripped = text.strip()
    last = right.end - timedelta(days=1)
    for pattern in YEARLESS:
        match = re.fullmatch(pattern.format(n=""), stripped)
        if match:
            return _covers({"y": str(last.year), **match.groupdict()}, day_first=None)
    return heading_period(stripped)


def _months(year: int, month: int, count: int) -> Covers:
    """Cover some whole months from the first of one."""
    after = year * 12 + month - 1 + count
    return Covers(date(year, month, 1), date(after // 12, after % 12 + 1, 1))


def _day(year: int, month: int, day: int) -> Covers | None:
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    return Covers(start, start + timedelta(days=1))
