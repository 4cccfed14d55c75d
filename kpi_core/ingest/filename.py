"""The name of a file as sentences and new sources use it; it decides nothing about how the file is read."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 80
NAMELESS: Final = "The file"
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def spoken(name: str) -> str:
    r"""Name a file in a sentence: without folders and control signs, and not endless.

    >>> spoken("../../etc/orders.csv"), spoken("C:\\Shop\\orders.csv"), spoken("\x1b[31ma\nb.csv"), spoken("..")
    ('orders.csv', 'orders.csv', '[31mab.csv', 'The file')
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip()
    if not shown.strip("."):
        return NAMELESS
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def title(name: str) -> str:
    """Name the kind of file after it, without its ending.

    >>> title("orders 2026.csv"), title(".csv"), title("notes")
    ('orders 2026', 'The file', 'notes')
    """
    return _ENDING.sub("", spoken(name)).strip(" .") or NAMELESS
