"""What the owner said about a file, and which of it holds for that file only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kpi_core.ingest.report import ReadingChoice
from kpi_core.service.cover import COVERAGE
from kpi_core.service.currency_change import CURRENCY_CHANGE

SOURCE: Final = "source"
"""The question to which of several sources of one layout a file belongs."""
ONE_FILE: Final = (SOURCE, COVERAGE, "overlap", "vanished-column", "table", CURRENCY_CHANGE)
"""Questions whose answer holds for one file only."""
OF_STORING: Final = (SOURCE, COVERAGE, "duplicate-key", "overlap", "vanished-column", CURRENCY_CHANGE)
"""Questions that storing a file asks; reading it knows nothing of them."""


@dataclass(frozen=True)
class Wishes:
    """What the owner said about a file: the source it belongs to, answers by question id, columns picked."""

    source: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    columns: ReadingChoice = field(default_factory=ReadingChoice)

    def shared(self, source: str) -> Wishes:
        """Give what holds for other files of the kind as well, which go to the same source."""
        kept = {question: answer for question, answer in self.answers.items() if question not in ONE_FILE}
        return replace(self, source=source, answers=kept)
