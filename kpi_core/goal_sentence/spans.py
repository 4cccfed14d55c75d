"""A piece of a sentence and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

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
