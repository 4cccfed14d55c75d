"""Texts that mean numbers, read exactly: `-$1,234.50` is -123450 with two decimals, never a float.

Each *shape* of a column (digits written as 9) is taken apart once: sign, currency, percent, and what stands
between. A body like `9,999` can be read with a decimal point (thousands by comma) and with a decimal comma;
a body like `9,99` only with a decimal comma. The votes of all distinct values decide (see `decimals.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from babel import Locale

from kpi_core.ingest import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kpi_core.ingest.shapes import Codes

POINT, COMMA = ".", ","
MAX_SCALE = 9
MOST_DIGITS = 18
"""As many digits as surely fit the 64 bits of a stored integer."""
IDENTIFIER_DIGITS = 15

EMPTY_WORDS = frozenset(
    "- -- --- – — . n/a n.a. na nan null none nil #n/a #null! #div/0! #value! #ref! inf keine aucun ninguno".split()
)
"""Texts that stand for nothing, folded. `inf` is what a division by zero leaves behind."""

ISO_OF_SIGN = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₫": "VND", "฿": "THB",
    "₴": "UAH", "₦": "NGN", "₱": "PHP", "zł": "PLN", "kč": "CZK", "ft": "HUF", "r$": "BRL", "us$": "USD",
    "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "fr.": "CHF",
    "sfr.": "CHF", "sfr": "CHF", "rs": "INR", "rs.": "INR",
}  # fmt: skip
"""Signs that mean one currency; `$`, `kr` and `¥` mean several and stay as they are."""

_SPACE = " \u00a0\u202f\u2009"
_MINUS = "−–‒-"
"""The plain hyphen last: these stand inside a character class."""
_CURRENCY = r"(?:[A-Za-z]{0,3}[$€£¥₹₽₩₺₪₫฿₴₦₱]|[A-Za-z]{3}|kr\.?|Kr\.?|zł|Kč|Ft|lei|S?Fr\.?|Rs\.?|R)"
_BODY = rf"[9.,'’{_SPACE}]*[9.,]"
_CELL = re.compile(
    rf"""(?P<paren>\()?\s*(?P<sign>[+{_MINUS}]?)\s*(?P<before>{_CURRENCY})?\s*(?P<inner>\()?(?P<second>[+{_MINUS}]?)\s*
    (?P<body>{_BODY})(?P<tiny>[Ee]-9+)?\s*(?P<percent>%)?\s*(?P<after>{_CURRENCY})?\s*(?P<close>\)*)\s*
    (?P<tail>[+{_MINUS}]?)""",
    re.VERBOSE,
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


@dataclass(frozen=True)
class Numbers:
    """The distinct texts of a column looked at as numbers: one shape each, no mark decided yet."""

    texts: pa.Array
    rows: Codes
    """Rows of each distinct text."""
    shape: Codes
    templates: tuple[Template | None, ...]
    readable: npt.NDArray[np.bool_]
    """Per distinct text: a number under at least one mark."""
    empty: npt.NDArray[np.bool_]
    """Per distinct text: a word or a dash for nothing."""
    identifier: bool
    """Leading zeros or 15 and more digits: a name made of digits, not an amount."""
    leading_zero: npt.NDArray[np.bool_]
    """Per distinct text: `0,123`, whose mark cannot part thousands."""

    @property
    def share(self) -> float:
        """Tell which share of the filled cells are numbers."""
        filled = int(self.rows[~self.empty].sum())
        return int(self.rows[self.readable].sum()) / filled if filled else 0.0

    @property
    def currencies(self) -> tuple[str, ...]:
        """List the currency signs and codes seen, ISO where the sign means only one."""
        seen = {self.templates[code] for code in np.unique(self.shape[self.readable])}
        return tuple(sorted({template.currency for template in seen if template and template.currency}))

    @property
    def percent(self) -> bool:
        """Tell whether cells carry a percent sign."""
        return any(template.percent for template in self.templates if template)


@dataclass(frozen=True)
class Amounts:
    """The distinct texts of a column as exact integers in units of 10**-scale; None: blank or unparsed."""

    values: tuple[int | None, ...]
    scale: int
    unparsed: npt.NDArray[np.bool_]


def look(texts: pa.Array, rows: Codes) -> Numbers:
    """Look at the distinct texts of a column as numbers."""
    shape, names = shapes.shapes(texts)
    templates = tuple(template(name) for name in names)
    good = np.array([found is not None for found in templates], dtype=bool)
    void = np.array([name.casefold() in EMPTY_WORDS for name in names], dtype=bool)
    readable = good[shape] if len(names) else np.zeros(0, dtype=bool)
    empty = void[shape] if len(names) else np.zeros(0, dtype=bool)
    bare = _mark(shape, [index for index, name in enumerate(names) if set(name) == {"9"}])
    zero = np.zeros(len(texts), dtype=bool)
    unsure = bare | _mark(shape, [index for index, found in enumerate(templates) if found and found.open])
    where = np.flatnonzero(unsure)
    if where.size:
        begins = pc.match_substring_regex(texts.take(pa.array(where)), "^[^0-9]*0[0-9.,]")
        zero[where] = begins.to_numpy(zero_copy_only=False)
    long = any(set(name) == {"9"} and len(name) >= IDENTIFIER_DIGITS for name in names)
    padded = int((zero & bare).sum())
    return Numbers(texts, rows, shape, templates, readable, empty, long or padded * 100 > len(texts), zero)


def _mark(shape: Codes, wanted: list[int]) -> npt.NDArray[np.bool_]:
    return np.isin(shape, wanted) if wanted else np.zeros(len(shape), dtype=bool)


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
    match = _CELL.fullmatch(shape)
    if match is None:
        return None
    opened = (match["paren"] or "") + (match["inner"] or "")
    signs = match["sign"] + match["second"] + match["tail"]
    if len(opened) != len(match["close"]) or len(opened) > 1 or len(signs) + len(opened) > 1:
        return None
    currency = _currency(match["before"], match["after"])
    if currency is None:
        return None
    body = match["body"]
    point, comma = _decimals(body, POINT), _decimals(body, COMMA)
    if point is None and comma is None:
        return None
    marks = [char for char in body if char not in "9"]
    decisive = point is None or comma is None or point == comma
    last = marks[-1] if marks and (point or comma) else ""
    thousands = next((char for char in marks if char != last or len(set(marks)) == 1 and not (point or comma)), "")
    return Template(
        negative=bool(opened) or signs in set(_MINUS),
        percent=match["percent"] is not None,
        currency=currency,
        point=point,
        comma=comma,
        digits=body.count("9"),
        tiny=match["tiny"] is not None,
        accounting=bool(opened),
        marked=any(mark in body for mark in (POINT, COMMA)),
        thousands=thousands if decisive else "",
    )


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """List the ISO codes of currencies."""
    return frozenset(Locale.parse("en").currencies)


def _currency(before: str | None, after: str | None) -> str | None:
    """Name the currency of a cell: "" where none is written, None where the letters are no currency."""
    if before and after and before.casefold() != after.casefold():
        return None
    written = (before or after or "").strip()
    if len(written) == 3 and written.isalpha() and written.isascii() and written.casefold() not in ISO_OF_SIGN:
        return written.upper() if written.upper() in _codes() else None
    if written.endswith("$") and len(written) == 4:
        return written[:3].upper() if written[:3].upper() in _codes() else None
    return ISO_OF_SIGN.get(written.casefold(), written.rstrip(".").casefold())


def _decimals(body: str, mark: str) -> int | None:
    """Count the decimals of a body of nines under a decimal mark; None where it is no number then.

    >>> _decimals("99.999,9", ","), _decimals("99.99", ","), _decimals("9'999.99", "."), _decimals("9,99,999", ".")
    (1, None, 2, 0)
    """
    whole, _, part = body.partition(mark)
    if part.strip("9"):
        return None
    if whole.strip("9") == "":
        return len(part) if whole or part else None
    separators = {char for char in whole if char != "9"}
    if len(separators) > 1:
        return None
    groups = whole.split(separators.pop())
    even = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    # Indian grouping: the last three digits, then pairs.
    pairs = "," in whole and 1 <= len(groups[0]) <= 2 and all(len(group) == 2 for group in groups[1:-1])
    return len(part) if even or (pairs and len(groups[-1]) == 3) else None


def amounts(numbers: Numbers, mark: str) -> Amounts:
    """Read every distinct text under one decimal mark; what does not fit is unparsed."""
    size = len(numbers.texts)
    if size == 0:
        return Amounts((), 0, np.zeros(0, dtype=bool))
    found = [entry if entry and entry.decimals(mark) is not None else None for entry in numbers.templates]
    decimals = np.array([entry.decimals(mark) if entry else -1 for entry in found], dtype=np.int64)[numbers.shape]
    length = np.array([entry.digits if entry else 0 for entry in found], dtype=np.int64)[numbers.shape]
    negative = np.array([bool(entry and entry.negative) for entry in found])[numbers.shape]
    # `0,123` under a decimal point would be a thousand that begins with a zero.
    odd = numbers.leading_zero & (decimals == 0) & np.array([bool(e and e.open) for e in found])[numbers.shape]
    good = (decimals >= 0) & ~odd
    tiny = np.array([bool(entry and entry.tiny) for entry in found])[numbers.shape]
    scale = int(min(MAX_SCALE, decimals[good & ~tiny].max(initial=0)))
    text = shapes.digits(numbers.texts)
    easy = good & ~tiny & (length + scale - decimals <= MOST_DIGITS) & (decimals <= scale)
    whole = pc.cast(pc.if_else(pa.array(easy), text, "0"), pa.int64()).to_numpy(zero_copy_only=False)
    scaled = whole * 10 ** np.where(easy, scale - decimals, 0) * np.where(negative, -1, 1)
    values: list[int | None] = scaled.tolist()
    for index in np.flatnonzero(~easy):
        if not good[index]:
            values[index] = None
            continue
        power = int(numbers.texts[int(index)].as_py().casefold().rpartition("e-")[2]) if tiny[index] else 0
        whole_digits = text[int(index)].as_py()[: -len(str(power)) if tiny[index] else None]
        number = _slow(whole_digits, int(decimals[index]) + power, scale)
        values[index] = -number if number is not None and negative[index] else number
    unparsed = np.array([value is None for value in values]) & ~numbers.empty
    return Amounts(tuple(values), scale, unparsed)


def _slow(digits: str, decimals: int, scale: int) -> int | None:
    """Bring one long number to a scale, half up beyond its last digit; None where 64 bits cannot hold it."""
    if decimals > scale:
        whole, rest = divmod(int(digits), 10 ** (decimals - scale))
        value = whole + (2 * rest >= 10 ** (decimals - scale))
    else:
        value = int(digits) * 10 ** (scale - decimals)
    return None if value >= 2**63 else value


def thousands_of(numbers: Sequence[Numbers]) -> str | None:
    """Tell what parts the thousands in a file: the sign most values show, None where none does."""
    seen: dict[str, int] = {}
    for column in numbers:
        for code in column.shape[column.readable]:
            found = column.templates[code]
            if found and found.thousands:
                seen[found.thousands] = seen.get(found.thousands, 0) + 1
    return max(seen, key=lambda sign: seen[sign]) if seen else None
