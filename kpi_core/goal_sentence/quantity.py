"""The numbers in a goal sentence, each with what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.lexicon import either, exactly, named, numbers, table, words
from kpi_core.goal_sentence.number import DIGITS, NUMBER, WORD, read_number
from kpi_core.goal_sentence.spans import Span
from kpi_core.goal_sentence.time_units import clock_times, compound_times

if TYPE_CHECKING:
    from collections.abc import Iterator

PERCENT: Final = "percent"
POINTS: Final = "points"
PERCENT_POINTS: Final = "percent points"
TIMES: Final = "times"
RATIO: Final = "ratio"
SCORE: Final = "score"
RANK: Final = "rank"
CLOCK: Final = "clock"
"""1:30, whose unit only the owner knows."""

_SIGN: Final = (
    rf"(?P<sign>{exactly(table('currency_signs'))}|\b{exactly(c for c in table('currencies') if len(c) < 4)}\s)"  # noqa: PLR2004
)
_SCALE: Final = rf"\s?(?P<scale>{exactly(numbers('scales'))})\b\.?"
_UNITS: Final = "|".join(
    (
        r"\s?(?P<percent>%)",
        r"\s?(?P<pp>percentage\s+points?\b|pp\b|ppts?\b|%\s?pts?\b)",
        r"\s?(?P<points>points?\b|pts?\b)",
        r"\s?(?P<times>x\b|times\b(?!\s+(?:a|per)\b))",
        r"\s?(?P<stars>stars?\b(?!\s+(?!on\b|in\b|at\b|from\b|or\b|out\b|rating)\w+))",
        rf"\s?(?P<currency>{exactly(table('currencies'))}\b(?!\s+of\s+(?!sales|revenue))|{exactly(table('currency_signs'))})",
        r"\s?(?P<pence>p\b(?![/.])|pence\b|cents?\b)",
        rf"(?:\s?|\s+(?:working|business|calendar|full|more|fewer)\s+)(?P<duration>{exactly(table('durations'))})\b(?:'(?!\w)|(?!'))",
        rf"\s?(?P<measure>{exactly(table('measures'))})\b",
    )
)
AMOUNT: Final = re.compile(
    rf"(?P<plus>(?<![\w.)])(?:\+\s?|-))?(?:{_SIGN}\s?)?(?P<number>{NUMBER})(?:{_SCALE})?(?:{_UNITS})?(?P<more>\+(?!\w)(?!\s*\d)|\s\+(?!\s*\w))?"
)
_PART: Final = either(("third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths"))
FRACTION: Final = re.compile(
    rf"\b(?:(?P<top>an?|one|two|three)[\s-]+(?P<part>{_PART})|(?P<half>a\s+half|half)|(?P<over>[1-9])/(?P<under>[2-9]|10)(?=\s+of\b|(?<=\bby\s...)\s*$))\b"
    r"(?!\s+(?:of\s+)?(?:the\s+)?(?:of\s+20\d\d|year|time|term|day|hour)|\s+an?\s+(?:million|dozen|hundred|thousand)\b|[\s-](?:hour|day|year|time|term|price)\b)"
)
SHARE: Final = re.compile(
    rf"(?<![\w.,])(?P<top>{NUMBER})\s+(?:in|out\s+of|of\s+every|in\s+every|of)\s+(?:every\s+)?(?P<bottom>{NUMBER})"
    r"(?!\s*(?:%|days?|weeks?|months?|hours?|minutes?|years?|k\b))(?![\d.])"
)
SHARE_OF_THINGS: Final = re.compile(
    r"(?<![\w.,])(?P<top>\d)\s+[a-z]+s\s+(?:in|out\s+of)\s+(?:every\s+)?"
    r"(?P<bottom>[3-9]|10|100)(?=\s*(?:$|[,;.)]))"
)
"""7 nights in 10."""
PROPORTION: Final = re.compile(rf"(?<![\d:])(?P<left>{DIGITS})\s*:\s*(?P<right>\d(?:\.\d+)?)\b(?![:\d])")
ONE_TIME: Final = re.compile(
    r"\b(?:under|within|below|than|over|most|least)\s+(?P<one>an?\s+(?P<unit>minute|hour|day|week|month))\b(?!\s+(?:of|after|before)\b)"
)
OUT_OF: Final = re.compile(
    r"\s*(?:/|out\s+of)\s*(?:5|10|100)\b(?!\s*(?:%|calls|orders|customers|jobs|times|people|clients|visits|guests))"
)
SCORED: Final = re.compile(r"\b(?:scores?|ratings?|rated|satisfaction|engagement|grade|stars?|csat|nps)\b")
NAMED: Final = re.compile(rf"(?:\b{either(words('named'))}|\bno\.)\s*-?$")
DETERMINED: Final = re.compile(rf"\b(?:{either(words('bodies'))}|the\s+last)\s*$")
PER: Final = re.compile(r"\b(?:per|every)\s*$")
BY_END: Final = re.compile(r"\bby\s*$")
YEARS: Final = range(1990, 2101)


@dataclass(frozen=True)
class Quantity:
    """A number and its unit as it was said.

    `unit`: `percent`, `percent points`, `points`, `times`, `ratio`, `score`, `rank`, `currency:EUR`, `duration:h`,
    `other:litre`, `clock`, or None for a bare number. `signed`: the plus or minus before it. `more`: a plus stood
    behind it. `doubtful`: it can be read as decimal or as thousands (1.500). `part`: said as a part: a third, half.
    `scaled`: with a k or the like, which no percentage has.
    """

    value: Fraction
    unit: str | None = None
    signed: str = ""
    more: bool = False
    doubtful: bool = False
    part: bool = False
    scaled: bool = False


def find_quantities(text: str) -> list[Span[Quantity]]:
    """Find the numbers of a sentence, in their order.

    Args:
        text: as `tidy` leaves it, deadlines blanked out.

    >>> found = find_quantities("from £8,400 to 9.5k, 1 in 4, 3,2 mio kr, CHF 400")
    >>> [(str(each.meaning.value), each.meaning.unit) for each in found]
    [('8400', 'currency:GBP'), ('9500', None), ('25', 'percent'), ('3200000', 'currency:KR'), ('400', 'currency:CHF')]
    >>> find_quantities("ISO 9001 at tier-1 branches, complaints per 100 orders, the 1998 oven")
    []
    """
    low = text.lower()
    found: list[Span[Quantity]] = []
    for finder in (_shares, _one_times, _compounds, _clocks, _proportions, _fractions, _amounts):
        for span in finder(low):
            if not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _shares(low: str) -> Iterator[Span[Quantity]]:
    """Find 1 in 4, nine out of ten, 6 of 8; a score such as 8.2 out of 10 is none."""
    for match in (*SHARE.finditer(low), *SHARE_OF_THINGS.finditer(low)):
        top, bottom = read_number(match["top"]).value, read_number(match["bottom"]).value
        scored = "." in match["top"] or SCORED.search(low[: match.start()]) or SCORED.match(low, match.end() + 1)
        if 0 < top <= bottom and not scored and not PER.search(low[: match.start()]):
            yield Span(match.start(), match.end(), Quantity(top / bottom * 100, PERCENT, part=True))


def _one_times(low: str) -> Iterator[Span[Quantity]]:
    """Find "an hour" where it is a bound: in under an hour, more than a week."""
    for match in ONE_TIME.finditer(low):
        yield Span(
            match.start("one"), match.end(), Quantity(Fraction(1), f"duration:{table('durations')[match['unit']]}")
        )


def _compounds(low: str) -> Iterator[Span[Quantity]]:
    for start, end, value, unit in compound_times(low):
        yield Span(start, end, Quantity(value, unit))


def _clocks(low: str) -> Iterator[Span[Quantity]]:
    if named("duration", "timed").search(low):
        for start, end in clock_times(low):
            yield Span(start, end, Quantity(Fraction(0), CLOCK))


def _proportions(low: str) -> Iterator[Span[Quantity]]:
    """Find 3:1; 18:30 is a time of day."""
    for match in PROPORTION.finditer(low):
        right = Fraction(match["right"])
        if right:
            yield Span(match.start(), match.end(), Quantity(read_number(match["left"]).value / right, RATIO))


def _fractions(low: str) -> Iterator[Span[Quantity]]:
    """Find a third, two thirds, half, 1/3 of."""
    for match in FRACTION.finditer(low):
        if match["half"]:
            value = Fraction(1, 2)
        elif match["over"]:
            value = Fraction(int(match["over"]), int(match["under"]))
        else:
            top = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}[match["top"]]
            value = Fraction(top, int(numbers("parts")[match["part"]]))
        if value <= 1:
            yield Span(match.start(), match.end(), Quantity(round(value * 100, 2), PERCENT, part=True))


def _amounts(low: str) -> Iterator[Span[Quantity]]:
    for match in AMOUNT.finditer(low):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        if not _is_a_name(low, start, match):
            yield _amount(low, start, match)


def _amount(low: str, start: int, match: re.Match[str]) -> Span[Quantity]:
    """Read a number with its scale and unit."""
    number, unit, end = read_number(match["number"]), _unit(match), match.end()
    value, doubtful = number.value, number.doubtful and not match["scale"]
    if doubtful and (unit or "").startswith("currency"):
        value, doubtful = number.as_thousands, False  # money has no thousandths
    if match["scale"] == "m" and unit is None and named("duration", "timed").search(low):
        unit = "duration:min"  # a response time of 15m
    elif match["scale"]:
        value *= numbers("scales")[match["scale"]]
    if match["pence"]:
        value /= 100
    out_of = OUT_OF.match(low, match.end("number"))
    if unit is None and not match["scale"] and out_of and not BY_END.search(low[:start]):
        unit, end = SCORE, out_of.end()
    if unit is None and low[:start].endswith("#"):
        unit = RANK
    return Span(
        start,
        end,
        Quantity(
            value, unit, (match["plus"] or "").strip(), bool(match["more"]), doubtful, scaled=bool(match["scale"])
        ),
    )


def _unit(match: re.Match[str]) -> str | None:
    """Name the unit that an amount was given; pence are a part of a currency that is not said."""
    if match["sign"]:
        sign = match["sign"].strip()
        return f"currency:{table('currency_signs').get(sign) or table('currencies')[sign]}"
    if match["currency"]:
        said = match["currency"]
        return f"currency:{table('currencies').get(said) or table('currency_signs')[said]}"
    if match["duration"]:
        return f"duration:{table('durations')[match['duration']]}"
    if match["measure"]:
        return f"other:{table('measures')[' '.join(match['measure'].split())]}"
    plain = {
        "percent": PERCENT,
        "pp": PERCENT_POINTS,
        "points": POINTS,
        "times": TIMES,
        "stars": SCORE,
        "pence": "currency",
    }
    return next((unit for group, unit in plain.items() if match[group]), None)


def _is_a_name(low: str, start: int, match: re.Match[str]) -> bool:
    """Tell a number that is part of a name or a word: tier-1, P95, ISO 9001, 5-star, 1st, 24/7, per 100 orders."""
    before, after = low[:start], low[match.end() :]
    unitless = match["number"] and not any(match[group] for group in ("sign", "percent", "currency", "scale"))
    if not match["sign"] and not match["plus"] and re.search(r"(?:[a-z&_][-/.]?|\d[/.:]?)$", before):
        return True
    if PER.search(before) or (re.search(r"\b(?:the|a|an)\s+(?:\S+\s+)?$", before) and re.match(r"-[a-z]", after)):
        return True
    if re.search(r"\b(?:the|a|an)\s*$", before) and unitless and _is_year(match) and re.match(r"\s+[a-z]", after):
        return True
    if not unitless:
        return False
    if NAMED.search(before) and not re.search(r"\b(?:in|for|to|at|by)\s+$", before) and _is_bare(match):
        return True
    if _is_year(match) and before.endswith("(") and after.startswith(")"):
        return True
    if _is_year(match) and re.match(r"\s+(?:levels?|figures?|numbers|prices|rates?)\b", after):
        return True
    if _is_year(match) and re.search(r"\b(?:in|by|for|of|since|vs\.?|than|on|during|make)\s*$", before):
        return True
    return _is_bare(match) and _names_a_thing(low, before, after, match)


def _is_bare(match: re.Match[str]) -> bool:
    groups = ("sign", "percent", "pp", "currency", "duration", "points", "times", "scale", "measure", "stars", "pence")
    return not any(match[group] for group in groups)


def _is_year(match: re.Match[str]) -> bool:
    return _is_bare(match) and bool(re.fullmatch(r"\d{4}", match["number"])) and int(match["number"]) in YEARS


def _names_a_thing(low: str, before: str, after: str, match: re.Match[str]) -> bool:
    """Tell a bare number that counts nothing: a 4-day week, 5 star reviews, all three sites, number one."""
    glued = re.match(
        r"\s+figures?\b|(?:st|nd|rd|th)\b|-[a-z]|[a-z]|/\d{1,2}\b(?!\d)(?!\s*(?:star|point))|\s+star\s+\w", after
    )
    if glued and (BY_END.search(before) or not OUT_OF.match(low, match.end("number"))):
        return True
    if DETERMINED.search(before) and re.match(r"\s+[a-z]", after):
        return not re.search(r"\bthe\s+last\s*$", before)
    if re.fullmatch(WORD, match["number"]) and match["number"] in {"one", "two"}:
        other = re.match(r"\s+(?:of|place|another|else|on|north|big)\b|-", after)
        return bool(other or re.search(r"\b(?:number|the|no|any|every|each|day)\s*$", before))
    return False


def same_unit(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Let a number without unit or scale share that of its partner: 5 to 3 days, 18 to 25k, 1,2 to 1,5 mio. DKK.

    >>> one, other = same_unit(Quantity(Fraction(18)), Quantity(Fraction(25000), "currency:EUR"))
    >>> str(one.value), one.unit
    ('18000', 'currency:EUR')
    """
    one = replace(one, unit=one.unit or other.unit)
    other = replace(other, unit=other.unit or one.unit)
    far_apart = one.unit == other.unit and one.value and other.value / one.value >= 500 and one.value < 1000  # noqa: PLR2004
    if far_apart and 10**4 <= other.value < 10**6:
        one = replace(one, value=one.value * 1000)
    return one, other


def has_rank_words(low: str) -> bool:
    """Tell whether a sentence speaks of a rank.

    >>> has_rank_words("google pos #3"), has_rank_words("5 places sold")
    (True, False)
    """
    return bool(
        named("rank").search(low)
        or re.search(r"\btop\s+(?:\d+|three|five|ten)\b|#\d|\bnumber\s+\d+\s+(?:on|in|for)\b", low)
    )
