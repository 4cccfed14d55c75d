"""The shape of one number: sign, currency, percent, and what may part its thousands and its decimals.

A shape is a text with every digit written as 9. A body like `9,999` can be read with a decimal point (thousands
by comma) and with a decimal comma; a body like `9,99` only with a decimal comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

POINT, COMMA = ".", ","
LONGEST = 60
"""Longer texts are no amounts; the pattern is not tried on them."""
CODE_LETTERS = 3
"""Letters of an ISO 4217 code."""

ISO_OF_SIGN = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₫": "VND", "฿": "THB",
    "₴": "UAH", "₦": "NGN", "₱": "PHP", "zł": "PLN", "kč": "CZK", "ft": "HUF", "r$": "BRL", "us$": "USD",
    "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "fr.": "CHF",
    "sfr.": "CHF", "sfr": "CHF", "rs": "INR", "rs.": "INR",
}  # fmt: skip
"""Signs that mean one currency; `$`, `kr` and `¥` mean several and stay as they are."""

_SPACE = " \u00a0\u202f\u2009"
MINUS = "\u2212\u2013\u2012-"
"""Minus sign, dashes, hyphen; the hyphen last, as these stand inside a character class."""
_QUOTE = "'\u2019"
_CURRENCY = r"(?:[A-Za-z]{0,3}[$€£¥₹₽₩₺₪₫฿₴₦₱]|[A-Za-z]{3}|kr\.?|Kr\.?|zł|Kč|Ft|lei|S?Fr\.?|Rs\.?|R)"
_BODY = rf"[9.,{_QUOTE}{_SPACE}]*[9.,]"
_CELL = re.compile(
    rf"""(?P<paren>\()?\s*(?P<sign>[+{MINUS}]?)\s*(?P<before>{_CURRENCY})?\s*(?P<inner>\()?(?P<second>[+{MINUS}]?)\s*
    (?P<body>{_BODY})(?P<tiny>[Ee]-9+)?\s*(?P<percent>%)?\s*(?P<after>{_CURRENCY})?\s*(?P<close>\)*)\s*(?P<tail>[+{MINUS}]?)\s*
    (?P<outer>{_CURRENCY})?""",
    re.VERBOSE,
)
_WHOLE = re.compile(
    rf"9*|9{{1,3}}(?P<sign>[.,{_QUOTE}{_SPACE}])9{{3}}(?:(?P=sign)9{{3}})*"
    # Indian grouping: the last three digits, then pairs.
    r"|9{1,2}(?:,99)+,999"
)


@dataclass(frozen=True)
class Template:
    """How the cells of one shape are read. `point`, `comma`: decimals under that mark, None where impossible."""

    negative: bool
    percent: bool
    currency: str
    point: int | None
    comma: int | None
    digits: int
    marked: bool
    """Whether the body holds a point or a comma."""
    tiny: bool
    """Written as 9.1E-13, what computing leaves of a zero. A positive power is a number that was rounded: refused."""
    accounting: bool
    """Negative by parentheses."""
    thousands: str
    """What parts the thousands where the shape has but one reading."""

    @property
    def open(self) -> bool:
        """Tell whether both marks are possible and make different numbers."""
        return self.point is not None and self.comma is not None and self.point != self.comma

    def decimals(self, mark: str) -> int | None:
        """Tell the decimals under a mark."""
        return self.point if mark == POINT else self.comma


@lru_cache(maxsize=4096)
def template(shape: str) -> Template | None:
    """Take one shape apart; None where it is no number under any mark.

    >>> template("-$9,999.99").point, template("-$9,999.99").comma
    (2, None)
    >>> template("9,999").point, template("9,999").comma
    (0, 3)
    >>> template("9.9.9999") is None
    True
    """
    match = _CELL.fullmatch(shape) if len(shape) <= LONGEST else None
    if match is None:
        return None
    opened = (match["paren"] or "") + (match["inner"] or "")
    signs = match["sign"] + match["second"] + match["tail"]
    if len(opened) != len(match["close"]) or len(opened) > 1 or len(signs) + len(opened) > 1:
        return None
    currency = _currency(match["before"], match["after"] or match["outer"])
    if currency is None:
        return None
    body = match["body"]
    point, comma = _decimals(body, POINT), _decimals(body, COMMA)
    if point is None and comma is None:
        return None
    return Template(
        negative=bool(opened) or signs in set(MINUS),
        percent=match["percent"] is not None,
        currency=currency,
        point=point,
        comma=comma,
        digits=body.count("9"),
        tiny=match["tiny"] is not None,
        accounting=bool(opened),
        marked=any(mark in body for mark in (POINT, COMMA)),
        thousands=_thousands(body, point, comma),
    )


def _thousands(body: str, point: int | None, comma: int | None) -> str:
    """Tell what parts the thousands of a body that has one reading; "" where nothing does."""
    if point is not None and comma is not None and point != comma:
        return ""
    marks = [char for char in body if char != "9"]
    if point or comma:
        marks = marks[:-1]
    return marks[0] if marks else ""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """List the ISO codes of currencies."""
    return frozenset(Locale.parse("en").currencies)


def currency_of(text: str) -> str | None:
    """Name the currency that a code or a sign by itself means, a sign of several as it stands; None for all else.

    >>> currency_of("eur"), currency_of("\u20ac"), currency_of("kr"), currency_of("new")
    ('EUR', 'EUR', 'kr', None)
    """
    written = text.strip()
    return (_currency(written, None) or None) if re.fullmatch(_CURRENCY, written) else None


def _currency(before: str | None, after: str | None) -> str | None:
    """Name the currency of a cell: "" where none is written, None where the letters are no currency."""
    if before and after and before.casefold() != after.casefold():
        return None
    written = (before or after or "").strip()
    code = written.removesuffix("$").upper()
    if len(code) == CODE_LETTERS and code.isalpha() and code.isascii() and written.casefold() not in ISO_OF_SIGN:
        return code if code in _codes() else None
    return ISO_OF_SIGN.get(written.casefold(), written.rstrip(".").casefold())


def _decimals(body: str, mark: str) -> int | None:
    """Count the decimals of a body of nines under a decimal mark; None where it is no number then.

    >>> _decimals("99.999,9", ","), _decimals("99.99", ","), _decimals("9'999.99", "."), _decimals("9,99,999", ".")
    (1, None, 2, 0)
    """
    whole, _, part = body.partition(mark)
    fits = part.strip("9") == "" and (whole or part) and _WHOLE.fullmatch(whole)
    return len(part) if fits else None
