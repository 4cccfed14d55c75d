"""Which layouts and places a hazard can be met in, and how it is written there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.unseen.drawing import Layout, happens
from benchmarks.unseen.locales import LOCALES, NARROW, NBSP, Locale
from benchmarks.unseen.writing import DAYS, MONEY, Style

ENGLISH = frozenset(code for code in LOCALES if code.startswith("en"))
COMMA = frozenset(code for code, each in LOCALES.items() if each.decimal == ",")
DOTTED = frozenset(code for code, each in LOCALES.items() if each.groups == ".")
SPACED = frozenset(code for code, each in LOCALES.items() if NBSP in each.groups)
AMBIGUOUS = ("MM/dd/yyyy", "dd/MM/yyyy", "M/d/yyyy", "d/M/yyyy", "MM/dd/yy", "dd/MM/yy", "M/d/yy")


def has(*kinds: str) -> Callable[[Layout], bool]:
    """Make a test for columns of these kinds."""
    return lambda layout: bool(layout.kinds() & set(kinds))


def by_day(layout: Layout) -> bool:
    """Tell whether its rows are dated by a day without a time, in the way of a place."""
    dated = [each for each in layout.columns if each.startswith(f"{layout.date} | ")]
    return bool(layout.date) and dated[0].split(" | ")[1].split(" ")[0] in DAYS and "locale" in layout.dates


def prose(layout: Layout) -> bool:
    """Tell whether it has free text."""
    return has("memo", "product")(layout)


LAYOUTS: dict[str, Callable[[Layout], bool]] = {
    **dict.fromkeys(("H12", "H13", "H14", "H17", "H37"), lambda layout: prose(layout) and by_day(layout)),
    **dict.fromkeys(
        ("H43", "H44", "H45", "H46", "H47", "H48", "H51", "H52", "H53", "H54", "no day", "no such day"), by_day
    ),
    **dict.fromkeys(("H58", "H60", "H61", "H62", "H59"), lambda layout: not layout.point and has(*MONEY)(layout)),
    "H11": lambda layout: layout.comma and not layout.point,
    "H20": lambda layout: layout.kind in {"web", "ads"},
    "H21": lambda layout: layout.kind == "shop",
    "H25": lambda layout: len(layout.columns) > 6,  # noqa: PLR2004
    "H30": lambda layout: layout.kind in {"bank", "shop"},
    "H31": lambda layout: bool(layout.value),
    "H32": lambda layout: layout.kind == "bank" and has("signed", "size")(layout) and prose(layout) and by_day(layout),
    "H38": lambda layout: bool(layout.lines),
    "H39": lambda layout: bool(layout.repeats),
    "H40": lambda layout: bool(layout.where),
    "H41": lambda layout: layout.mixed,
    "H42": lambda layout: layout.mixed,
    "H49": lambda layout: any("xxx" in each or each.endswith(" Z") for each in layout.stamps),
    "H50": has("hourkey"),
    "H55": lambda layout: len([each for each in layout.columns if each.split(" | ")[1].split(" ")[0] in DAYS]) > 1,
    "H56": lambda layout: not layout.date and not layout.wide,
    "H57": lambda layout: bool(layout.wide),
    "H63": has("signed", "minus"),
    "H64": lambda layout: has("money")(layout) and bool(layout.date),
    "H65": has("percent"),
    "H66": has("clock"),
    "H67": has("minor"),
    "H68": has("in"),
    "H69": has("letter"),
    "H70": has("zeros", "long"),
    "account groups": lambda layout: layout.groups,
    "decimals of three": has("precise"),
    "average": lambda layout: bool(layout.average),
    "trailing minus": has("signed"),
    "true minus": has("signed"),
    "spaced minus": has("signed"),
    "a shop named Total": has("who", "memo"),
    "weekday with the day": by_day,
    "day on its first row only": by_day,
    "months as days": has("month"),
    **dict.fromkeys(
        ("currency code in cells", "minus after the sign"),
        lambda layout: not layout.point and not layout.mixed and has("signed", "money")(layout),
    ),
    "dash for nothing": has("money"),
}
PLACES: dict[str, frozenset[str]] = {
    "H4": frozenset({"cs-CZ", "pl-PL", "hu-HU"}),
    "H5": COMMA,
    "H3": COMMA,
    "H10": COMMA,
    "H11": COMMA,
    "H43": frozenset({"en-GB", "en-AU", "en-IN"}),
    "H44": frozenset({"en-GB", "en-US", "en-AU"}),
    "H45": frozenset({"en-US"}),
    "H46": frozenset({"de-DE", "nb-NO"}),
    "H47": frozenset({"hu-HU"}),
    "H48": frozenset({"en-US", "en-GB", "it-IT", "en-IN", "en-AU"}),
    "H54": ENGLISH,
    "H59": ENGLISH,
    "H60": DOTTED,
    "H61": frozenset({"de-CH"}),
    "H62": SPACED | {"de-DE", "es-ES"},
    "minus after the sign": frozenset({"en-US", "en-GB", "nl-NL", "de-CH", "en-AU", "en-IN"}),
    "weekday with the day": frozenset({"en-US", "en-GB", "de-DE", "en-AU", "fr-FR", "it-IT"}),
}
PATTERNS: dict[str, Callable[[str], bool]] = {
    "H43": lambda pattern: pattern[0] == "d" and "MMM" not in pattern,
    "H44": lambda pattern: pattern in AMBIGUOUS,
    "H45": lambda pattern: pattern == "M/d/yy",
    "H46": lambda pattern: pattern == "dd.MM.yy",
    "H48": lambda pattern: "MMM" in pattern,
}
MONTHS = ("yyyy-MM", "MM/yyyy", "LLL y", "LLLL y", "yyyyMM", "LLL yy")
MINUS = {
    "minus after the sign": "after sign",
    "H63": "parens",
    "trailing minus": "trail",
    "true minus": "true minus",
    "spaced minus": "spaced",
}
OTHERS = (
    "subtotals",
    "sums below",
    "workbook: typed",
    "workbook: text",
    "workbook: cover sheet",
    "workbook: sheet of notes",
    "workbook: set in",
    "all quoted",
    "sep line",
    "blank lines between",
    "spaces around cells",
    "tabs",
    "bars",
    "padded lines",
    "shuffled",
)
CODES = (
    *(f"H{number}" for number in range(1, 71)),
    *(code for code in LAYOUTS if code[1:].isdigit() is False),
    *OTHERS,
)


def places(layout: Layout) -> list[str]:
    """Give the places that a layout is exported for."""
    return list(LOCALES) if layout.locales == "all" else list(layout.locales)


def pairs(wish: str, every: dict[str, Layout]) -> list[tuple[Layout, list[str]]]:
    """Give the layouts in which a wish can be met, with the places for it."""
    found = []
    for layout in every.values():
        codes = [code for code in places(layout) if code in PLACES.get(wish, frozenset(LOCALES))]
        if codes and (wish not in LAYOUTS or LAYOUTS[wish](layout)):
            found.append((layout, codes))
    return found


def style(layout: Layout, locale: Locale, wished: set[str], rng: Random) -> Style:
    """Choose how an export writes its cells."""
    day, day_locale = _day(layout, locale, wished, rng)
    stamps = [each for each in layout.stamps if "H49" not in wished or "xxx" in each or each.endswith(" Z")]
    stamp, stamp_locale = rng.choice(stamps or layout.stamps), "en_US"
    if stamp.startswith("locale"):
        stamp, stamp_locale = stamp.replace("locale", day), day_locale
    decimal = "." if layout.point else "," if "H45" in wished else locale.decimal
    made = Style(
        day,
        stamp,
        stamp_locale if layout.date and "stamp" in layout.kinds() else day_locale,
        decimal=decimal,
        group=_group(layout, locale, wished, rng),
        lakh=locale.lakh and happens(rng, 0.7),
        minus=next((MINUS[each] for each in sorted(wished) if each in MINUS), "lead"),
        trim=happens(rng, 0.12),
        percent=rng.choice(("%", "%", "", " %")),
        hours_padded=happens(rng, 0.6),
        month=rng.choice(MONTHS),
        zero=rng.choice(("-", "--")) if "dash for nothing" in wished else "",
        offset=rng.choice((-10, -7, -4, 0, 1, 2, 5)),
        blank=rng.choice(("--", " --", "-", "n/a")) if "H64" in wished else "",
    )
    signed = bool({"H58", "currency code in cells", "minus after the sign"} & wished) or (
        happens(rng, 0.08) and not layout.point and not layout.mixed
    )
    if not signed or layout.point:
        return made
    if happens(rng, 0.25) and not {"currency code in cells", "minus after the sign"} & wished:
        return replace(made, plus=True)
    if "currency code in cells" in wished:
        return replace(made, sign=locale.currency, suffix=happens(rng, 0.5), space=" ")
    space = NBSP if locale.suffix else " " if len(locale.sign) > 1 else ""
    return replace(made, sign=locale.sign, suffix=locale.suffix, space=space, plus=happens(rng, 0.2))


def _day(layout: Layout, locale: Locale, wished: set[str], rng: Random) -> tuple[str, str]:
    own = rng.choice(layout.dates)
    if own != "locale" and not set(PATTERNS) & wished:
        return own, "en_US"
    patterns = list(locale.days)
    for each in sorted(set(PATTERNS) & wished):
        patterns = [pattern for pattern in patterns if PATTERNS[each](pattern)] or patterns
    pattern = rng.choice(patterns)
    if "weekday with the day" in wished and by_day(layout):
        pattern = f"EEE {pattern}"
    return pattern, locale.babel


def _group(layout: Layout, locale: Locale, wished: set[str], rng: Random) -> str:
    if layout.point:
        return "," if "H59" in wished else ""
    if "H45" in wished:
        return ""
    if "H62" in wished:
        return next((each for each in locale.groups if each in NBSP + NARROW), "")
    if {"H59", "H60", "H61"} & wished or happens(rng, 0.5):
        return rng.choice(locale.groups)
    return ""
