"""The errors of Signalbox: one small class each, its sentence written here.

Bad *data* is never an exception: readers return refused rows and questions. An exception is a whole
operation that could not be done; nothing was changed. `sentence` says what happened and where, `hint`
what to do about it.

    SignalboxError
    |-- UnreadableFile       a file that holds no table we can read
    |   |-- EmptyFile
    |   |-- NoKpiTable
    |   |-- NoRows
    |   |-- NotATable
    |   |-- ProtectedWorkbook
    |   |-- TooLarge
    |   `-- TooManyColumns
    |-- OpenQuestions        the file leaves something open that only the owner can decide
    |-- RefusedDefinition    a KPI, target or setting that contradicts itself
    |-- ClosedMonths         a month that was closed refuses every change until it is reopened
    |-- NotFound             a name or number that nothing has
    `-- StoreError           the data file
        |-- DataFileBusy
        |-- DataFileDamaged
        |-- DataFileReadOnly
        |-- DiskFull
        `-- NewerDataFile
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.source import Question


class SignalboxError(Exception):
    """An operation that could not be done; nothing was changed."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        """Keep the sentence for the owner and what to do about it."""
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class UnreadableFile(SignalboxError):
    """A file that holds no table we can read."""


class EmptyFile(UnreadableFile):
    """A file of no bytes, or of white space only."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"{name} is empty.", "Export it again and look that it holds rows before you add it.")


class NoRows(UnreadableFile):
    """A header and nothing under it."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"{name} has a header but no rows under it.",
            "Choose a longer time span in the export, then add it again.",
        )


class NoKpiTable(UnreadableFile):
    """A file or a pasted block in which no values of KPIs are found."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"There is no table of KPIs and periods in {name}.",
            "Name KPIs in the first column and periods in the first row, or use the columns KPI, Period and Value.",
        )


class NotATable(UnreadableFile):
    """A picture, a PDF, a program: bytes that are no text table and no workbook."""

    def __init__(self, name: str, looks_like: str) -> None:
        """Name the file and what it looks like, such as "a picture"."""
        super().__init__(
            f"{name} is not a table: it looks like {looks_like}.",
            "Export the numbers as CSV or Excel and add that file.",
        )


class ProtectedWorkbook(UnreadableFile):
    """A workbook with a password."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"{name} is protected by a password, so it cannot be read.",
            "Open it, save a copy without the password, and add the copy.",
        )


class TooLarge(UnreadableFile):
    """A file over the promised size, also once it is unpacked."""

    def __init__(self, name: str, limit: str) -> None:
        """Name the file and the limit in words."""
        super().__init__(f"{name} is larger than {limit}.", "Export a shorter time span and add the parts one by one.")


class TooManyColumns(UnreadableFile):
    """A table wider than any export is."""

    def __init__(self, name: str, columns: int, limit: int) -> None:
        """Name the file, its width and the limit."""
        super().__init__(
            f"{name} has {columns} columns; {limit} is the most that is read.",
            "Export only the columns that your KPIs need.",
        )


class OpenQuestions(SignalboxError):
    """The file leaves something open that only the owner can decide."""

    def __init__(self, questions: Sequence[Question]) -> None:
        """Keep the questions; the sentence is the first one's."""
        super().__init__(questions[0].text, "Answer it, then nothing else is needed.")
        self.questions = tuple(questions)


class RefusedDefinition(SignalboxError):
    """A KPI, target or setting that contradicts itself."""


class NotFound(SignalboxError):
    """A name or number that nothing has."""


class ClosedMonths(SignalboxError):
    """A change would reach into closed months; nothing was changed."""

    def __init__(self, months: Sequence[str], names: Sequence[str], kpi: str = "") -> None:
        """Keep the months as `YYYY-MM`; `names` are the same in words. `kpi`: whose value would change there."""
        verb = "is" if len(names) == 1 else "are"
        said = f"{' and '.join(names)} {verb} closed"
        if kpi:
            where = names[0] if len(names) == 1 else f"{len(names)} months, {names[0]} to {names[-1]}"
            said = f"{kpi} would change in {where}, which {verb} closed"
        super().__init__(
            f"{said}, so nothing was changed.",
            "Reopen it with a reason, then try again.",
        )
        self.months = tuple(months)


class StoreError(SignalboxError):
    """The data file could not be read or written."""


class DataFileBusy(StoreError):
    """Another program held the data file for too long."""

    def __init__(self, path: str) -> None:
        """Name the data file."""
        super().__init__(
            f"{path} is in use by another program.", "Close other windows of Signalbox, wait a moment and try again."
        )


class DataFileDamaged(StoreError):
    """The data file is no SQLite file any more, or its pages contradict each other."""

    def __init__(self, path: str, what: str) -> None:
        """Name the data file and what is wrong with it."""
        super().__init__(
            f"{path} is damaged: {what}.",
            "Restore the newest backup (Settings, Backups and safety); the damaged file is kept beside it.",
        )


class DataFileReadOnly(StoreError):
    """The folder or the file does not let us write."""

    def __init__(self, path: str) -> None:
        """Name the data file."""
        super().__init__(
            f"{path} cannot be written.", "Move Signalbox to a folder of your own, or free the file for writing."
        )


class DiskFull(StoreError):
    """No room left; the change was taken back."""

    def __init__(self, path: str) -> None:
        """Name the data file."""
        super().__init__(f"The disk that holds {path} is full; nothing was saved.", "Free some space and try again.")


class NewerDataFile(StoreError):
    """The data file was written by a newer Signalbox."""

    def __init__(self, path: str) -> None:
        """Name the data file."""
        super().__init__(f"{path} was written by a newer Signalbox.", "Update Signalbox, then open it again.")
