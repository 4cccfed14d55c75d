"""Reading files: any export of a business, unedited, as rows that can be stored.

`read` is the whole of it. The way of a file: bytes (`text`, `workbook`) -> records (`dialect`, `bulk`,
`grid`) -> a table (`header`, `table`, `fates`, `wide`, chosen in `frame`) -> typed columns (`columns` and
what it uses) -> rows and what is said about them (`assemble`, `batch`, `checks`, `outcome`, `facts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.errors import NoRows
from kpi_core.ingest import recipe as recipes_of
from kpi_core.ingest.assemble import Asked, assemble
from kpi_core.ingest.filename import spoken
from kpi_core.ingest.frame import check_answers, file_text, frame_of
from kpi_core.ingest.report import ReadingChoice
from kpi_core.unit import NumberStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kpi_core.ingest.reading import Reading
    from kpi_core.source import Recipe

CHOOSE_FOR_ME = ReadingChoice()
PLAIN = NumberStyle()


def read(  # noqa: PLR0913 -- the file and its day come first, all else by name
    name: str,
    data: bytes,
    *,
    recipes: Sequence[Recipe] | None = None,
    answers: Mapping[str, str] | None = None,
    today: date,
    progress: Callable[[float, str], None] | None = None,
    columns: ReadingChoice = CHOOSE_FOR_ME,
    keep: bool = False,
    style: NumberStyle = PLAIN,
) -> Reading:
    """Read a file: what it holds, what was left out and refused, and what only the owner can decide.

    Args:
        name: the file's name; it decides nothing, sentences use it.
        data: its bytes.
        recipes: to recognise it by; the shipped ones where None.
        answers: to questions, by question id.
        today: days after it are reported.
        progress: told the share done (0 to 1) and what is being done.
        columns: the columns that the caller names.
        keep: every record of the file stays at hand, to be looked at.
        style: how the business writes numbers, for the sentences about them.

    Raises:
        UnreadableFile: the file holds no table that can be read; the sentence says why.
        NotFound: a column that the table does not have.
        RefusedDefinition: an answer that answers no question, or a pick for a column that cannot work.
    """
    name = spoken(name)
    given = dict(answers or {})
    check_answers(given)
    tell = progress or _silent
    tell(0.0, "Reading the file")
    file = file_text(name, data, given)
    tell(0.3, "Finding the table")
    known = recipes_of.shipped() if recipes is None else tuple(recipes)
    frame = frame_of(name, file, known, given, columns)
    reading = assemble(name, frame, Asked(given, columns, today, known, keep, style), tell)
    if not reading.rows.used and not reading.rows.refused:
        raise NoRows(name)
    return reading


def _silent(share: float, doing: str) -> None:
    """Tell nobody."""
    del share, doing
