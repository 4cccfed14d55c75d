"""Text of the owner's, where Streamlit takes markdown: shown as it stands, never as a formula, a link or a heading."""

from __future__ import annotations

MARKS = frozenset(r"\`*_{}[]()#+-.!|<>~$:&@")


def as_it_stands(text: str) -> str:
    r"""Write a text so that markdown shows it as it is, in one line.

    >>> print(as_it_stands("a*b* for $5"))
    a\*b\* for \$5
    """
    return "".join(f"\\{mark}" if mark in MARKS else mark for mark in " ".join(text.split()))
