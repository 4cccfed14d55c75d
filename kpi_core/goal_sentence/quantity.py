"""The numbers in a goal sentence, each with what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.spans import Span
from kpi_core.goal_sentence.words import CARDINALS, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALES: Final = {
    "k": 10**3, "thousand": 10**3, "tsd": 10**3, "grand": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6,
    "millions": 10**6, "mil": 10**6, "bn": 10**9, "billion": 10**9, "lakh": 10**5,
}  # fmt: skip
SIGNS: Final = {
    "$": "USD",
    "\u00a3": "GBP",
    "\u20ac": "EUR",
    "us$": "USD",
    "\u20b9": "INR",
    "\u00a5": "JPY",
    "a$": "AUD",
    "c$": "CAD",
}
CURRENCIES: Final = {
    "kr": "KR", "kronor": "KR", "kroner": "KR", "crowns": "KR", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "usd": "USD",
    "dollars": "USD", "dollar": "USD", "bucks": "USD", "eur": "EUR", "euros": "EUR", "euro": "EUR", "gbp": "GBP",
    "pounds": "GBP", "quid": "GBP", "chf": "CHF", "francs": "CHF", "pln": "PLN", "zloty": "PLN", "czk": "CZK",
    "aud": "AUD", "cad": "CAD", "nzd": "NZD", "inr": "INR", "rupees": "INR", "huf": "HUF", "zar": "ZAR", "rand": "ZAR",
    "pence": "GBP", "\u20ac": "EUR", "$": "USD", "\u00a3": "GBP",
}  # fmt: skip
DURATIONS: Final = {
    "ms": "ms", "milliseconds": "ms", "s": "s", "sec": "s", "seconds": "s", "second": "s", "min": "min", "minutes": "min",
    "minute": "min", "h": "h", "hours": "h", "hour": "h", "d": "d", "days": "d", "day": "d", "weeks": "w", "week": "w",
    "months": "mo", "month": "mo", "years": "y", "year": "y",
}  # fmt: skip
NAMED: Final = re.compile(
    r"(?:\biso|\bbs|\bdin|\bversion|\blevel|\btier|\bphase|\bline|\broom|\bbay|\broute|\bbranch|\bgate|\bzone|\bstep|#|\bno\.|\bnr\.|"
    r"\boffice|\bwindows|\bweb|\bform|\bcovid|\barticle|\bscope|\bpoint of)\s*-?$"
)
_NUMBER: Final = (
    r"(?:\d{1,3}(?:[ ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|"
    r"\d{1,3}(?:'\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+,\d+|\d+[.,]\d+|\d+|\.\d+)"
)
_WORDS: Final = "|".join(sorted((re.escape(word) for word in CARDINALS), key=len, reverse=True))
_ANY: Final = rf"(?:{_NUMBER}|\b(?:{_WORDS})\b)"
_FRACTION: Final = r"\b(?:(?P<part>(?:a|one|two|three)[\s-]+(?:third|thirds|quarter|quarters|fifth|fifths|tenth)|half|a half)\b(?!\s+(?:of\s+)?(?:year|time|term|day|hour)))"
_SHARE: Final = rf"(?P<top>{_ANY})\s+(?:in|out\s+of|of\s+every|in\s+every)\s+(?:every\s+)?(?P<bottom>{_ANY})(?!\s*(?:%|days?|weeks?|months?|hours?|years?))"
_RATIO: Final = rf"(?P<left>{_NUMBER})\s*:\s*(?P<right>\d+)\b"
_AMOUNT: Final = re.compile(
    rf"""(?P<plus>(?<![\w\d])[+-]\s?)?(?P<sign>us\$|a\$|c\$|[$\u00a3\u20ac\u20b9\u00a5])?\s?(?P<number>{_ANY})
    (?:\s?(?P<scale>k|thousand|tsd\.?|grand|mn|mio\.?|millions?|mil|m|bn|billion|lakh)\b)?
    (?:\s?(?P<percent>%)|\s?(?P<points>(?:percentage\s+)?(?:points?|pts?|pp|ppts?)\b)|\s?(?P<times>x\b|times\b(?!\s+(?:a|per)))|
       \s?(?P<stars>stars?\b(?!\s+\w+))|
       \s?(?P<currency>kr\b|kronor\b|kroner\b|crowns\b|sek\b|nok\b|dkk\b|usd\b|dollars?\b|bucks\b|eur\b|euros?\b|gbp\b|pounds\b(?!\s+of)|quid\b|
           chf\b|francs\b|pln\b|zloty\b|czk\b|aud\b|cad\b|nzd\b|inr\b|rupees\b|huf\b|zar\b|rand\b|pence\b|[$\u20ac\u00a3])|
       \s?(?P<duration>ms\b|milliseconds\b|s\b|sec\b|seconds?\b|min\b(?!imum)|minutes?\b|h\b|hours?\b|d\b|days?\b|weeks?\b|months?\b|years?\b))?
    (?P<more>\s?\+(?!\s*\w))?""",
    re.VERBOSE,
)
_OUT_OF: Final = re.compile(
    r"\s*(?:/|out\s+of)\s*(?P<most>5|10|100)\b(?!\s*(?:%|calls|orders|customers|jobs|times|people|clients))"
)
LEAST_YEAR, MOST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Quantity:
    """A number and its unit as said: `percent`, `currency:EUR`, `duration:h`, `points`, `times`, `ratio`, `score`; or None.

    `signed`: a plus or minus stood before it. `more`: a plus stood behind it. `open`: it can be read two ways (1.500).
    """

    value: Fraction
    unit: str | None = None
    signed: str = ""
    more: bool = False
    open: bool = False
    fraction: bool = False
    """Said as a part: a third, half."""


def find_quantities(text: str) -> list[Span[Quantity]]:
    """Find the numbers of a sentence, in their order.

    Args:
        text: as `tidy` leaves it, deadlines blanked out.

    >>> [(str(each.meaning.value), each.meaning.unit) for each in find_quantities("from £8,400 to 9.5k, 1 in 4, 3,2 mio kr")]
    [('8400', 'currency:GBP'), ('9500', None), ('25', 'percent'), ('3200000', 'currency:KR')]
    """
    low = text.lower()
    found: list[Span[Quantity]] = []
    for finder in (_shares, _ratios, _fractions, _amounts):
        for span in finder(low):
            if not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _value(text: str) -> tuple[Fraction | None, bool]:
    """Read digits or a word; the second is True where a mark may part thousands or decimals."""
    if not re.search(r"\d", text):
        return number_of(text), False
    plain = text.replace(" ", "").replace("'", "")
    if "," in plain and "." in plain:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return Fraction(re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :]), False
    mark = "," if "," in plain else "." if "." in plain else ""
    if not mark:
        return Fraction(plain), False
    parts = plain.split(mark)
    thousands = all(len(part) == 3 for part in parts[1:]) and parts[0] not in {"", "0"}  # noqa: PLR2004 -- digits of a group
    if thousands and (mark == "," or len(parts) > 2):  # noqa: PLR2004 -- two marks are no decimal marks
        return Fraction("".join(parts)), False
    return Fraction((parts[0] or "0") + "." + parts[1]), thousands and len(parts[0]) <= 3  # noqa: PLR2004


def _shares(low: str) -> Iterator[Span[Quantity]]:
    """Find 1 in 4, nine out of ten, one in every three; a score such as 8.2 out of 10 is none."""
    for match in re.finditer(_SHARE, low):
        top, _ = _value(match["top"])
        bottom, _ = _value(match["bottom"])
        score = match["bottom"] in {"5", "10", "100"} and "." in match["top"]
        noted = re.search(r"\b(?:score|rating|rated|satisfaction|engagement|grade|stars?)\b", low[: match.start()])
        if top is None or not bottom or top > bottom or score or noted:
            continue
        yield Span(match.start(), match.end(), Quantity(top / bottom * 100, "percent"))


def _ratios(low: str) -> Iterator[Span[Quantity]]:
    for match in re.finditer(_RATIO, low):
        left, _ = _value(match["left"])
        right = Fraction(match["right"])
        if left is not None and right and not re.match(r"\d{2}$", match["right"]):
            yield Span(match.start(), match.end(), Quantity(left / right, "ratio"))


def _fractions(low: str) -> Iterator[Span[Quantity]]:
    parts = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
    for match in re.finditer(_FRACTION, low):
        words = match["part"].replace("-", " ").split()
        if words[-1] == "half":
            value = Fraction(50)
        else:
            count = number_of(words[0]) or Fraction(1)
            value = count / parts[words[-1].rstrip("s")] * 100
        yield Span(match.start(), match.end(), Quantity(round(value, 2), "percent", fraction=True))


def _amounts(low: str) -> Iterator[Span[Quantity]]:
    for match in _AMOUNT.finditer(low):
        span = _amount(low, match)
        if span is not None:
            yield span


def _amount(low: str, match: re.Match[str]) -> Span[Quantity] | None:
    end = match.end()
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    before = low[:start]
    if _is_a_name(low, before, match):
        return None
    value, is_open = _value(match["number"])
    if value is None:
        return None
    scale = (match["scale"] or "").rstrip(".")
    value *= SCALES.get(scale, 1)
    unit, is_open = _unit(match), is_open and not scale
    if match["currency"] == "pence":
        value /= 100
    out = _OUT_OF.match(low, match.end("number")) if unit is None and not scale else None
    if out is not None:
        unit, end = "score", out.end()
    if unit is None and LEAST_YEAR <= value <= MOST_YEAR and re.fullmatch(r"(?:19|20)\d\d", match["number"]):
        named = re.search(r"(?:\bin|\bby|\bfor|\bof|\bsince|\bvs\.?|\bthan|\bfrom|\bon)\s*$", before)
        if named and not re.search(r"\bfrom\s*$", before):
            return None
    signed = (match["plus"] or "").strip()
    return Span(start, end, Quantity(value, unit, signed, bool(match["more"]), is_open))


def _unit(match: re.Match[str]) -> str | None:
    if match["sign"]:
        return f"currency:{SIGNS[match['sign']]}"
    if match["currency"]:
        return f"currency:{CURRENCIES[match['currency']]}"
    if match["percent"]:
        return "percent"
    if match["points"]:
        return "points"
    if match["times"]:
        return "times"
    if match["stars"]:
        return "score"
    if match["duration"]:
        return f"duration:{DURATIONS[match['duration']]}"
    return None


def _is_a_name(low: str, before: str, match: re.Match[str]) -> bool:
    """Tell a number that is part of a name or a word: tier-1, P95, ISO 9001, 5-star, 1st, 24/7, one-off."""
    after = low[match.end() :]
    if not match["sign"] and not match["plus"] and re.search(r"(?:[a-z&][-/.]?|\d[/.]?)$", before):
        return True
    if NAMED.search(before.rstrip()) and not match["percent"]:
        return True
    bare = not any(match[name] for name in ("sign", "percent", "currency", "duration", "points", "times", "scale"))
    if bare and re.match(r"(?:st|nd|rd|th)\b|-[a-z]|[a-z]|/\d{1,2}\b(?!\d)(?!\s*(?:star|point))|\s+star\s+\w", after):
        return not _OUT_OF.match(low, match.end("number"))
    word = match["number"]
    if (
        bare
        and re.search(r"\b(?:all|both|these|those|our|the\s+last|the\s+first)\s*$", before)
        and re.match(r"\s+[a-z]", after)
    ):
        return True
    if word.isalpha() and word in {"one", "two"} and bare:
        return bool(re.match(r"\s+(?:of|place|another|else|on|north)\b|-", after)) or bool(
            re.search(r"\b(?:number|the|no|any|every|each|day)\s*$", before)
        )
    return False


def same_unit(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Let a number without unit or scale share that of its partner: 5 to 3 days, 1,2 to 1,5 mio. DKK."""
    if one.unit is None and other.unit is not None:
        one = replace(one, unit=other.unit)
    if other.unit is None and one.unit is not None:
        other = replace(other, unit=one.unit)
    if one.unit == other.unit and one.value and other.value / one.value >= 500 and one.value < 1000:  # noqa: PLR2004 -- 18 to 25k
        one = replace(one, value=one.value * 1000) if other.value < 10**6 else one
    return one, other
