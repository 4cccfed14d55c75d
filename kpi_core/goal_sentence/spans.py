"""Places in a sentence: a stretch and what it means, and a text that remembers what it was made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Span(Generic[Meaning]):
    """A stretch `[start, end)` of the sentence, and what it means."""

    start: int
    end: int
    meaning: Meaning


def blanked(text: str, *spans: tuple[int, int]) -> str:
    """Replace stretches by blanks, so that all other places stay where they are.

    >>> blanked("by June 2027", (3, 7))
    'by      2027'
    """
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@dataclass(frozen=True)
class Traced:
    """A text made from an original one; `origin` holds for each of its letters the place it came from.

    >>> made = Traced.of("sell 9 b4 noon").replaced(r"b4", lambda match: "before")
    >>> made.text, made.said(7, 13)
    ('sell 9 before noon', 'b4')
    """

    original: str
    text: str
    origin: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, original: str) -> Traced:
        """Trace a text that nothing was done to yet."""
        return cls(original, original, tuple((place, place + 1) for place in range(len(original))))

    def replaced(self, pattern: str | re.Pattern[str], by: Callable[[re.Match[str]], str]) -> Traced:
        """Replace what a pattern finds."""
        text, done = "", 0
        origin: list[tuple[int, int]] = []
        for match in re.finditer(pattern, self.text):
            new = by(match)
            if new == match.group():
                continue
            text += self.text[done : match.start()] + new
            origin += self.origin[done : match.start()]
            if match.start() < match.end():
                whole = self.origin[match.start()][0], self.origin[match.end() - 1][1]
                origin += [whole] * len(new)
            else:
                new = ""
            done = match.end()
        return Traced(self.original, text + self.text[done:], (*origin, *self.origin[done:]))

    def part(self, start: int, end: int) -> Traced:
        """Take the stretch `[start, end)`, without white space around it."""
        inner = self.text[start:end]
        start += len(inner) - len(inner.lstrip())
        end = max(start, end - len(inner) + len(inner.rstrip()))
        return Traced(self.original, self.text[start:end], self.origin[start:end])

    def said(self, start: int, end: int) -> str:
        """Give the words of the original that the stretch `[start, end)` was made from."""
        pieces = self.origin[start:end]
        if not pieces:
            return ""
        return self.original[min(piece[0] for piece in pieces) : max(piece[1] for piece in pieces)].strip()
