"""What the owner said about a file, and which of it holds for that file only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.report import ReadingChoice
from kpi_core.service.cover import COVERAGE
from kpi_core.service.currency_change import CURRENCY_CHANGE

if TYPE_CHECKING:
    from kpi_core.ingest.reading import Reading

MARKS: Final = {",": "comma", ".": "point"}
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


def refuse_contradicted(reading: Reading, answers: Mapping[str, str]) -> None:
    """Refuse an answer that the file's own cells contradict.

    Raises:
        RefusedDefinition: the dates or numbers can only be read the other way.
    """
    date = next((column for column in reading.columns if column.name == reading.date_column), None)
    wanted = {"day-first": True, "month-first": False}.get(_said(reading, answers, "date-order"))
    if date is not None and date.day_first is not None and wanted is not None and date.day_first is not wanted:
        first, other = ("day", "month") if date.day_first else ("month", "day")
        sentence = f'"{date.name}" cannot be read {other} first.'
        raise RefusedDefinition(sentence, f"Some of its dates make sense only with the {first} first.")
    choice = _said(reading, answers, "decimal")
    if choice and reading.decimal is not None and MARKS[reading.decimal] != choice:
        sentence = f"These numbers cannot be read with a decimal {choice}."
        raise RefusedDefinition(sentence, f"Some of them make sense only with a decimal {MARKS[reading.decimal]}.")


def _said(reading: Reading, answers: Mapping[str, str], question: str) -> str:
    """Give an answer that decided nothing in a file."""
    return "" if question in reading.decided else answers.get(question, "")
