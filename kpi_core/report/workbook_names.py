"""Names of sheets: what a spreadsheet allows, and no two alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 31
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")
RESERVED: Final = frozenset({"history"})
"""Excel keeps it for itself."""


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Make a name for each sheet, as near to the wanted one as is allowed; letter case tells no two apart.

    >>> sheet_names(["Board", "Revenue / week", "board", "A" * 40, "A" * 41])[1:]
    ['Revenue - week', 'board (2)', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA (2)']
    """
    taken: set[str] = set(RESERVED)
    names = []
    for each in wanted:
        plain = FORBIDDEN.sub("-", each).strip("' \t") or "KPI"
        name, number = _cut(plain, LONGEST), 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = _cut(plain, LONGEST - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, most: int) -> str:
    """Cut a text to so many units of UTF-16, as spreadsheets count: an emoji is two."""
    kept, used = [], 0
    for letter in text:
        used += len(letter.encode("utf-16-le", "surrogatepass")) // 2
        if used > most:
            break
        kept.append(letter)
    return "".join(kept).rstrip("' ")


def in_formula(name: str) -> str:
    """Write a sheet's name as references and links want it.

    >>> in_formula("Owner's pay")
    "'Owner''s pay'"
    """
    doubled = name.replace("'", "''")
    return f"'{doubled}'"
