"""What a spreadsheet would run as a formula, made harmless on the way out and itself again on the way in."""

from __future__ import annotations

import re
from typing import Final

DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run, or what was made harmless already."""


def is_dangerous(text: str) -> bool:
    """Tell a text that a spreadsheet would run, or that looks like one made harmless.

    >>> is_dangerous("=1+1"), is_dangerous("'=1+1"), is_dangerous("total")
    (True, True, False)
    """
    return DANGEROUS.match(text) is not None


def guarded(text: str) -> str:
    """Put an apostrophe before a dangerous text; `unguarded` takes it away again.

    >>> guarded("=1+1"), unguarded(guarded("'=1+1")), guarded("total")
    ("'=1+1", "'=1+1", 'total')
    """
    return f"'{text}" if is_dangerous(text) else text


def unguarded(text: str) -> str:
    """Give a text as it was before it was made harmless."""
    return text[1:] if text.startswith("'") and is_dangerous(text) else text
