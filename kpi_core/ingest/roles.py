"""What each column is for: the date of the business event, the amount, the key, segments, and what is personal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.ingest import keys, words
from kpi_core.ingest.keys import ISSUED
from kpi_core.source import ColumnRole, ColumnType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.ingest.looks import Seen
    from kpi_core.source import Recipe

MOST_SEGMENTS = 50
LEAST_COUNTED = 3
"""Rows from which numbers that rise by one are a count of the rows."""
LEAST = -3.0
"""A number column under this score is no amount: an id or a balance. A rate or a score is the last resort."""
CLOSE = 1.0
"""Scores that differ by less than one sign of a header or of the cells leave the choice open."""
MANY_LINES = 3
"""Lines of one order on which an equal amount is no accident."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CARD = re.compile(r"[*xX•]{2,}(?:[\s-][*xX•]{2,}){0,3}[\s-]?\d{2,4}|(?:\d{4}[\s-]){3}\d{4}")
_PHONE = re.compile(r"\+\d[\d\s().-]{7,}\d")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){5,7}", re.IGNORECASE)
_FULL_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*\.?(?:[ '\u2019-]\.?[^\W\d_]+\.?){1,3}")
"""Ada Example, Jean-Luc d'Exemple, Ö. Exempel."""
_DOUBLED = re.compile(r" \(\d+\)$")
"""The count that a doubled heading carries: it is the same heading for all that."""
_STRONG_PERSONAL = words.lexicon("email mail emails phone mobile telephone telefon iban pan address street adresse")
_CARD_KIND = words.lexicon("brand funding network method methods entry cash discount discounts check fee fees")


def day_score(seen: Seen) -> float:
    """Score a date column as the day of the business event."""
    found = words.words(seen.name)
    score = 2.0 * bool(found & words.MAIN_DATE) + 1.0 * words.names_a_day(seen.name)
    score += 1.0 * (words.fold(seen.name) in words.DATE)
    score -= 3.0 * bool(words.says(seen.name, words.SIDE_DATE))
    score -= 2.0 * (seen.filled < 0.5)  # noqa: PLR2004
    score -= 2.5 * (len(seen.texts) == 1 and len(seen.codes) > 5)  # noqa: PLR2004
    return score


def pick_date(columns: Sequence[Seen], types: Mapping[str, ColumnType]) -> str | None:
    """Choose the date column: the best score, the first among equals."""
    found = [seen for seen in columns if types[seen.name] is ColumnType.DATE and not seen.blank]
    return max(found, key=day_score).name if found else None


def amount_score(seen: Seen, kind: ColumnType) -> float:
    """Score a column of numbers as the amount that matters."""
    found = words.words(seen.name)
    name = words.fold(_DOUBLED.sub("", seen.name))
    score = 3.0 * words.says(seen.name, words.AMOUNT) + 1.0 * (name in words.AMOUNT) + 0.5 * ("net" in name.split())
    if kind is ColumnType.DURATION:
        score += 2.0
    else:
        score += 2.0 * bool(seen.numbers.currencies) + 1.0 * _fractions(seen)
        score -= 2.0 * seen.numbers.percent
    score += 1.0 * bool(found & words.ADDS_UP) - 2.0 * bool(found & words.COUNT_OF)
    score -= 6.0 * words.says(seen.name, words.BALANCE) + 4.0 * bool(found & words.FEE_OR_TAX)
    score -= 3.0 * bool(found & words.PRICE_OR_RATE)
    # An invoice total is an amount, an amount code is none: what a thing is stands last.
    named = bool(found & words.IDENTIFIER) and name.rpartition(" ")[2] not in words.AMOUNT
    # Numbers of things have no decimals: out of account is a payment, account is none.
    score -= 4.0 * ((named or keys.says(seen.name) > keys.Says.NOTHING) and not _fractions(seen))
    score -= 6.0 * ((bool(found & words.A_KIND) and not _fractions(seen)) or _counts_rows(seen))
    score -= 1.0 * bool(found & words.BESIDE) + 2.0 * (seen.filled < 0.2) + 3.0 * _all_zero(seen)  # noqa: PLR2004
    return score


def _fractions(seen: Seen) -> bool:
    """Tell whether numbers of a column may have decimals."""
    return any(entry.point != 0 or entry.comma != 0 for entry in seen.numbers.templates if entry)


def _counts_rows(seen: Seen) -> bool:
    """Tell whether whole numbers only count the rows: each one more than the one before, from 0 or 1."""
    if not seen.unique or len(seen.texts) < LEAST_COUNTED or words.says(seen.name, words.AMOUNT):
        return False
    whole = keys.whole_numbers(seen.texts)
    return whole is not None and int(whole[seen.codes[0]]) in (0, 1) and bool((np.diff(whole[seen.codes]) == 1).all())


def _all_zero(seen: Seen) -> bool:
    return not any(set(text) & set("123456789") for text in seen.texts[:50].to_pylist())


def pick_value(columns: Sequence[Seen], types: Mapping[str, ColumnType], orders: Sequence[Seen] = ()) -> str | None:
    """Choose the value column; None where no number is an amount.

    An amount of its own line goes before that of a whole order which each line repeats; a quantity before the price
    of one.

    Args:
        columns: Those that may be it.
        types: Of all columns.
        orders: All columns, to find the one that tells which lines belong together.
    """
    kinds = (ColumnType.NUMBER, ColumnType.DURATION)
    scored = [(amount_score(seen, types[seen.name]), seen) for seen in columns if types[seen.name] in kinds]
    good = [(score, seen) for score, seen in scored if score >= LEAST]
    if not good:
        return None
    chosen = max(good, key=lambda entry: entry[0])[1]
    own = [(score, seen) for score, seen in good if is_amount(seen, types[seen.name]) and seen is not chosen]
    for order in orders:
        if keys.names_an_order(order.name) and _repeats(order, chosen):
            lines = [(score, seen) for score, seen in own if not _repeats(order, seen)]
            return max(lines, key=lambda entry: entry[0])[1].name if lines else chosen.name
    if _is_price_of_one(chosen):
        counts = (seen for _, seen in good if words.words(seen.name) & words.QUANTITY)
        chosen = next(counts, chosen)
    return chosen.name


def _repeats(order: Seen, amount: Seen) -> bool:
    """Tell whether an amount is the same on all lines of each order: of several orders, or of one of many lines."""
    if order.plain or order.blank or amount.plain or len(order.codes) == len(order.texts):
        return False
    filled = order.codes >= 0
    # Codes are the smallest whole numbers that number a column's texts: no product of two fits into them
    together = order.codes[filled].astype(np.int64) * (len(amount.texts) + 1) + amount.codes[filled] + 1
    several = int((order.rows > 1).sum()) > 1 or int(order.rows.max()) >= MANY_LINES
    return several and len(amount.texts) > 1 and len(np.unique(together)) == len(order.texts)


def _is_price_of_one(seen: Seen) -> bool:
    """Tell a price of one piece."""
    found = words.words(seen.name)
    return bool(found & words.PRICE_OR_RATE) or any(word.endswith(words.PRICE_ENDS) for word in found)


def rivals(columns: Sequence[Seen], types: Mapping[str, ColumnType], day: str | None, value: str | None) -> list[str]:
    """Name the columns that score nearly as well as the chosen date or amount: the choice is close."""
    found: list[str] = []
    for chosen in (each for each in columns if each.name in (day, value)):
        kinds = {ColumnType.DATE} if chosen.name == day else {ColumnType.NUMBER, ColumnType.DURATION}
        best = _score(chosen, types)
        others = (each for each in columns if types[each.name] in kinds and each.name not in (day, value))
        found += [each.name for each in others if not each.blank and best - _score(each, types) < CLOSE]
    return found


def _score(seen: Seen, types: Mapping[str, ColumnType]) -> float:
    kind = types[seen.name]
    return day_score(seen) if kind is ColumnType.DATE else amount_score(seen, kind)


def personal(seen: Seen, kind: ColumnType) -> bool:
    """Tell whether a column holds what belongs to a person: by its header, else by the look of its cells."""
    if kind in (ColumnType.DATE, ColumnType.BOOLEAN, ColumnType.DURATION):
        return False
    found = words.words(seen.name)
    if kind is ColumnType.NUMBER:
        amount = bool(seen.numbers.currencies) or words.says(seen.name, words.AMOUNT)
        return bool(found & words.PERSONAL) and not amount and not found & (_CARD_KIND | words.NOT_PERSON)
    if found & words.PERSONAL and not found & (words.NOT_PERSON | _CARD_KIND) - _STRONG_PERSONAL:
        return True
    owned = bool(found & words.PERSON_OWNERS) or len(found) == 1
    if ((found & words.NAME and owned) or _glued_name(found)) and not found & words.NOT_PERSON:
        return _letters(seen)
    if found & words.PERSON_OWNERS and not found & (words.NOT_PERSON | words.IDENTIFIER) and _names_people(seen):
        return True
    return _looks_personal(seen)


def _glued_name(found: frozenset[str]) -> bool:
    """Tell whose name it is in one word.

    >>> _glued_name(frozenset({"kundnamn"})), _glued_name(frozenset({"produktname"})), _glued_name(frozenset({"name"}))
    (True, False, False)
    """
    stems = (word.removesuffix(name) for word in found for name in words.NAME if word.endswith(name) and word != name)
    return any(stem in words.PERSON_OWNERS or stem.removesuffix("s") in words.PERSON_OWNERS for stem in stems)


def _sample(seen: Seen) -> list[str]:
    cells = seen.vector.take(slice(200)).tolist() if seen.plain else seen.texts[:200].to_pylist()
    return [cell for cell in cells if cell.strip()]


def _letters(seen: Seen) -> bool:
    """Tell whether the cells are words, not numbers of orders (Shopify's `Name` is `#1001`)."""
    cells = _sample(seen)
    return not cells or sum(any(char.isdigit() for char in cell) for cell in cells) < len(cells) / 2


def _names_people(seen: Seen) -> bool:
    """Tell whether most cells read like a person's name: two to four capitalised words, none that a company bears."""
    cells = _sample(seen)
    hits = sum(bool(_FULL_NAME.fullmatch(cell)) and not _company(cell) for cell in cells)
    return hits > len(cells) / 2


def _company(cell: str) -> bool:
    return any(word.strip(".,").casefold() in words.COMPANY for word in cell.split())


def _looks_personal(seen: Seen) -> bool:
    """Tell whether most cells look like an e-mail, card, phone or network address."""
    cells = _sample(seen)
    hits = sum(
        bool(_EMAIL.fullmatch(cell) or _CARD.fullmatch(cell) or _PHONE.fullmatch(cell) or _ADDRESS.fullmatch(cell))
        for cell in cells
    )
    return hits > len(cells) / 2


def segment(seen: Seen, kind: ColumnType) -> bool:
    """Tell whether a column splits the rows into a few groups."""
    if seen.plain or seen.blank or kind not in (ColumnType.TEXT, ColumnType.BOOLEAN):
        return False
    if words.words(seen.name) & words.IDENTIFIER & ISSUED or seen.numbers.identifier:
        return False
    return len(seen.texts) <= MOST_SEGMENTS and len(seen.texts) <= max(2, int(np.sum(seen.rows)) // 2)


def assign(
    columns: Sequence[Seen],
    types: Mapping[str, ColumnType],
    recipe: Recipe | None,
    day: str | None,
    value: str | None,
    key: str | None,
) -> dict[str, ColumnRole]:
    """Give every column its role; what the recipe says comes first, then what is in use."""
    named = set(recipe.key) if recipe else {key}
    hidden = {*recipe.personal, *recipe.hashed} if recipe else set()
    split = set(recipe.segments) if recipe else set()
    beside = set(recipe.ignored) if recipe else set()
    amounts = set(recipe.values) if recipe else set()
    roles: dict[str, ColumnRole] = {}
    for seen in columns:
        name, kind = seen.name, types[seen.name]
        if name == day:
            roles[name] = ColumnRole.DATE
        elif name == value or (name in amounts and kind in (ColumnType.NUMBER, ColumnType.DURATION)):
            roles[name] = ColumnRole.VALUE
        elif name in hidden:
            roles[name] = ColumnRole.PERSONAL
        elif name in named:
            roles[name] = ColumnRole.KEY
        elif name in split:
            roles[name] = ColumnRole.SEGMENT
        elif name in beside:
            roles[name] = ColumnRole.IGNORE
        elif personal(seen, kind):
            roles[name] = ColumnRole.PERSONAL
        else:
            roles[name] = _rest(seen, kind)
    return roles


def is_amount(seen: Seen, kind: ColumnType) -> bool:
    """Tell whether a column is an amount by what it looks like, not only the best there is."""
    return kind in (ColumnType.NUMBER, ColumnType.DURATION) and amount_score(seen, kind) >= 3.0  # noqa: PLR2004


def _rest(seen: Seen, kind: ColumnType) -> ColumnRole:
    """Give a column that nobody named its role by what it looks like."""
    match kind:
        case ColumnType.NUMBER | ColumnType.DURATION:
            return ColumnRole.VALUE if is_amount(seen, kind) else ColumnRole.IGNORE
        case ColumnType.TEXT | ColumnType.BOOLEAN:
            return ColumnRole.SEGMENT if segment(seen, kind) else ColumnRole.IGNORE
        case ColumnType.DATE:
            return ColumnRole.IGNORE
