"""The signs that a number style writes numbers with, from the Unicode CLDR as Babel ships it, looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, get_currency_precision, get_currency_symbol

from kpi_core.errors import RefusedDefinition
from kpi_core.unit.kind import NumberStyle, Unit, UnitKind

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
"""Stands before what is negative in every style: a value, a change and a chart's axis look alike."""
_MONEY_SIGN = "\u00a4"
"""Stands for the currency in CLDR's patterns."""


@dataclass(frozen=True)
class NumberMarks:
    """The decimal and group mark, the size of the last and the other groups, and what stands before and after.

    `before` and `after`: of a number that is not negative, then of a negative one, its minus sign included.
    `minor_digits`: of money, the decimals that its currency has; else 0.
    """

    decimal: str
    group: str
    last_group: int
    other_groups: int
    before: tuple[str, str]
    after: tuple[str, str]
    minor_digits: int = 0


@lru_cache(maxsize=256)
def marks_of(unit: Unit, style: NumberStyle) -> NumberMarks:
    """Look up how a unit is written in a style.

    Raises:
        RefusedDefinition: a style that does not exist.
    """
    locale = _locale(style)
    symbol = ""
    pattern: NumberPattern
    match unit.kind:
        case UnitKind.CURRENCY:
            pattern = locale.currency_formats["standard"]
            symbol = get_currency_symbol(unit.currency or "", locale)
        case UnitKind.PERCENT:
            pattern = locale.percent_formats[None]
        case UnitKind.COUNT | UnitKind.DURATION | UnitKind.SCORE | UnitKind.RATIO:
            pattern = locale.decimal_formats[None]
    symbols = locale.number_symbols["latn"]
    last_group, other_groups = pattern.grouping
    return NumberMarks(
        decimal=symbols["decimal"],
        group=symbols["group"],
        last_group=last_group,
        other_groups=other_groups,
        before=(_before(pattern.prefix[0], symbol), _before(pattern.prefix[1], symbol)),
        after=(pattern.suffix[0].replace(_MONEY_SIGN, symbol), pattern.suffix[1].replace(_MONEY_SIGN, symbol)),
        minor_digits=get_currency_precision(unit.currency) if unit.currency else 0,
    )


def has_decimal_comma(style: NumberStyle) -> bool:
    """Tell whether a style writes three and a half as 3,5.

    >>> has_decimal_comma(NumberStyle("sv_SE")), has_decimal_comma(NumberStyle("en_US"))
    (True, False)
    """
    return marks_of(Unit(UnitKind.COUNT), style).decimal == ","


def minor_digits(unit: Unit) -> int:
    """Give the decimals of the smallest amount of a unit: 2 for most money, 0 for yen and for what is counted.

    >>> minor_digits(Unit(UnitKind.CURRENCY, "EUR")), minor_digits(Unit(UnitKind.COUNT))
    (2, 0)
    """
    return marks_of(unit, NumberStyle()).minor_digits


def stands_for(sign: str, currency: str) -> bool:
    """Tell whether what a file writes beside its money may mean a currency: its code, or a sign it is written with.

    >>> stands_for("$", "USD"), stands_for("$", "SEK"), stands_for("kr", "SEK")
    (True, False, True)
    """
    return sign.casefold() in signs_of_money(currency, NumberStyle())


@lru_cache(maxsize=256)
def signs_of_money(currency: str, style: NumberStyle) -> frozenset[str]:
    """List what an owner may write for a currency: its code, its own sign, and its sign in this style; case-folded."""
    signs = {currency, get_currency_symbol(currency, _locale(style)), get_currency_symbol(currency, "en")}
    signs |= _HOME_SIGNS.get(currency, set())
    return frozenset(sign.casefold() for sign in signs)


_HOME_SIGNS = {
    "SEK": {"kr", "kr.", ":-"},
    "NOK": {"kr", "kr.", ",-"},
    "DKK": {"kr", "kr.", ",-"},
    "ISK": {"kr", "kr."},
    "CZK": {"kč"},
    "PLN": {"zł"},
    "HUF": {"ft"},
    "CHF": {"fr", "fr.", "sfr", "sfr."},
    "ZAR": {"r"},
    "INR": {"rs", "rs."},
    "CAD": {"$", "c$"},
    "AUD": {"$", "a$"},
    "NZD": {"$", "nz$"},
    "SGD": {"$", "s$"},
    "HKD": {"$", "hk$"},
    "MXN": {"$", "mx$"},
    "USD": {"us$"},
    "BRL": {"r$"},
}
"""What people write at home where CLDR's English and local signs do not say it."""


def _locale(style: NumberStyle) -> Locale:
    try:
        return Locale.parse(style.locale)
    except (UnknownLocaleError, ValueError, TypeError):
        sentence = f'There is no number style "{style.locale}".'
        raise RefusedDefinition(sentence, "Choose one such as en_US, en_GB, sv_SE or de_DE.") from None


def _before(affix: str, symbol: str) -> str:
    """Put the currency's sign and the minus in; letters keep a space from the digits (SEK 480,000)."""
    if affix.endswith(_MONEY_SIGN) and symbol[-1:].isalpha():
        affix += NO_BREAK_SPACE
    return affix.replace("-", MINUS).replace(_MONEY_SIGN, symbol)
