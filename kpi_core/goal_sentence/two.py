"""Two numbers of a goal that follow each other, and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_core.goal_sentence.quantity import Quantity
    from kpi_core.goal_sentence.related import Stretch
    from kpi_core.goal_sentence.spans import Span


@dataclass(frozen=True)
class Two:
    """Two numbers that follow each other, and the words around them in small letters."""

    low: str
    one: Span[Quantity]
    two: Span[Quantity]
    verb: str
    values: tuple[Quantity, Quantity]

    @property
    def before(self) -> str:
        """Give the words before both."""
        return self.low[: self.one.start].rstrip()

    @property
    def between(self) -> str:
        """Give the words between them; what stands in parentheses, or per so many, is blank."""
        return re.sub(
            r"\([^()]*\)|\bper\s+[\d,.]*\d",
            lambda match: " " * len(match.group()),
            self.low[self.one.end : self.two.start],
        )

    @property
    def behind(self) -> str:
        """Give the words behind both."""
        return self.low[self.two.end :]

    @property
    def first(self) -> Stretch:
        """Give the place of the first."""
        return self.one.start, self.one.end

    @property
    def second(self) -> Stretch:
        """Give the place of the second."""
        return self.two.start, self.two.end
