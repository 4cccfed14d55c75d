"""Adding a file's rows to a source: say first what would happen, then do all of it or nothing.

An import remembers every row it held, also the ones that were there already, so that any import can be undone in any
order (`undo.py`). The newest live import wins; `held` and `replaced` say what each one brought and took away.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.errors import OpenQuestions, RefusedDefinition
from kpi_core.period import day_name
from kpi_core.source import FINGERPRINTS, LeftOut, Recognition, Refused, RowBatch
from kpi_core.store import compare, questions
from kpi_core.store.columns import plan_columns
from kpi_core.store.compare import Ahead, Comparison, Fate, Missing, MonthCount
from kpi_core.store.duplicates import DuplicateKey, unique
from kpi_core.store.hiding import hide_personal
from kpi_core.store.keep import keep
from kpi_core.store.needs import used_columns
from kpi_core.store.questions import Overlap
from kpi_core.store.rows import RowTable, row_table
from kpi_core.store.sources import Source, get_source
from kpi_core.store.sql import named

if TYPE_CHECKING:
    from kpi_core.source import Question
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class Upload:
    """A file that was read, ready to be stored; `file_hash` is the same for the same bytes only."""

    batch: RowBatch
    file_name: str
    file_hash: str
    left_out: tuple[LeftOut, ...] = ()
    refused: tuple[Refused, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    amounts: str | None = None
    """The column that matters, to say what stored rows come to that the file does not hold."""


@dataclass(frozen=True)
class ImportPlan:
    """What storing a file would do. `question`: the first thing to be answered before it can be done.

    `same_file_as`: the day this very file was added; nothing is to be done then. `months`: `YYYY-MM` whose rows change.
    """

    new: int
    changed: int
    same: int
    gone: int
    left_out: int
    refused: int
    months: tuple[str, ...] = ()
    question: Question | None = None
    same_file_as: date | None = None
    by_month: tuple[MonthCount, ...] = ()
    closed: tuple[Refused, ...] = ()
    """The rows among the refused that would change a closed month."""
    superseded: date | None = None
    """The day this very file was added, where later files came after it and changed rows of it."""
    ahead: Ahead | None = None
    """A file of later days that holds rows which this one would change."""
    missing: Missing | None = None
    """Stored rows of the file's days that it does not hold; they stay."""

    @property
    def sentence(self) -> str:
        """Say in one sentence what would happen."""
        return counted(self)


@dataclass(frozen=True)
class ImportResult:
    """What storing a file did. `import_id` is None where nothing was recorded: cancelled, or the same file again."""

    import_id: int | None
    new: int
    changed: int
    same: int
    gone: int
    left_out: int
    refused: int
    months: tuple[str, ...] = ()
    same_file_as: date | None = None
    superseded: date | None = None
    ahead: Ahead | None = None
    missing: Missing | None = None
    closed: tuple[Refused, ...] = ()
    """The rows among the refused that would have changed a closed month."""

    @property
    def sentence(self) -> str:
        """Say in one sentence what happened."""
        return counted(self)


@dataclass(frozen=True)
class Checked:
    """A file compared with what is stored, ready to be kept unless a question stands in the way."""

    source: Source
    upload: Upload
    comparison: Comparison | None
    question: Question | None = None
    cancelled: bool = False
    same_file_as: date | None = None
    superseded: date | None = None


def counted(counts: ImportPlan | ImportResult) -> str:
    """Count in words: "412 new, 3 changed, 87 the same, 2 refused".

    >>> counted(ImportPlan(new=412, changed=3, same=87, gone=0, left_out=0, refused=2))
    '412 new, 3 changed, 87 the same, 2 refused.'
    >>> counted(ImportPlan(0, 0, 9, 0, 0, 0, same_file_as=date(2025, 11, 3)))
    'Nothing to do: this file was already added on 3 November 2025.'
    """
    if counts.same_file_as is not None:
        return f"Nothing to do: this file was already added on {day_name(counts.same_file_as, None)}."
    parts = [
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.same, "the same"),
        (counts.gone, "gone"),
        (counts.left_out, "left out"),
        (counts.refused, "refused"),
    ]
    shown = [f"{count:,} {word}" for count, word in parts if count] or ["no rows"]
    return ", ".join(shown) + "."


def plan(store: Store, source_id: int, upload: Upload) -> ImportPlan:
    """Say what storing a file would do, without doing it.

    Raises:
        RefusedDefinition: a used column changed its type, an answer is none of its question's choices, or the stored
            rows are fingerprinted in another way.
    """
    with store.reading():
        checked = check(store, source_id, upload)
        found = None if checked.cancelled else checked.comparison
        by_month = () if found is None else compare.by_month(store, checked.upload.batch, found)
        compare.forget(store)
    result = result_of(checked, None)
    return ImportPlan(
        new=result.new,
        changed=result.changed,
        same=result.same,
        gone=result.gone,
        left_out=result.left_out,
        refused=result.refused,
        months=result.months,
        question=checked.question,
        same_file_as=checked.same_file_as,
        by_month=by_month,
        closed=result.closed,
        superseded=result.superseded,
        ahead=result.ahead,
        missing=result.missing,
    )


def apply(store: Store, source_id: int, upload: Upload, now: datetime) -> ImportResult:
    """Store a file: all of it, or nothing.

    Raises:
        OpenQuestions: something only the owner can decide; nothing was changed.
        RefusedDefinition: a used column changed its type, an answer is none of its question's choices, or the stored
            rows are fingerprinted in another way.
    """
    with store.writing():
        checked = check(store, source_id, upload)
        if checked.question is not None:
            raise OpenQuestions([checked.question])
        import_id = None
        if checked.comparison is not None and not checked.cancelled and checked.same_file_as is None:
            import_id = keep(store, checked.source, checked.upload, checked.comparison, now)
        compare.forget(store)
    if import_id is not None:
        store.checkpoint()
    return result_of(checked, import_id)


def check(store: Store, source_id: int, upload: Upload) -> Checked:
    """Compare a file with what is stored and find the first open question."""
    source = get_source(store, source_id)
    table = row_table(store, source_id)
    refuse_other_fingerprints(store, source, table)
    used = used_columns(store, source)
    upload = dataclasses.replace(upload, batch=hide_personal(store, upload.batch))
    plan_columns(table, upload.batch, used)
    vanished = questions.vanished(table, upload.batch, used)
    if vanished is not None and (answer := questions.answered(vanished, upload.answers)) != questions.GO_ON:
        return Checked(source, upload, None, vanished if answer is None else None, cancelled=answer is not None)
    doubled = questions.chosen(DuplicateKey, {**source.recipe.answers, **upload.answers}, "duplicate-key")
    alone = unique(upload.batch, doubled)
    if alone.question is not None or doubled is DuplicateKey.CANCEL:
        return Checked(source, upload, None, alone.question, cancelled=alone.question is None)
    upload = Upload(
        alone.batch,
        upload.file_name,
        upload.file_hash,
        (*upload.left_out, *alone.left_out),
        upload.refused,
        upload.answers,
        upload.amounts,
    )
    return compared(store, source, upload)


def refuse_other_fingerprints(store: Store, source: Source, table: RowTable) -> None:
    """Refuse a file where the stored rows are fingerprinted in another way: none would be known again, all count twice.

    Raises:
        RefusedDefinition: with what to do.
    """
    way = store.one("SELECT fingerprints FROM sources WHERE id = ?", (source.id,))
    if way == (FINGERPRINTS,) or store.one(named("SELECT 1 FROM {rows} LIMIT 1", rows=table.name)) is None:
        return
    raise other_fingerprints(source.name)


def other_fingerprints(name: str) -> RefusedDefinition:
    """Say that stored rows would not be known again."""
    return RefusedDefinition(
        f'The rows of "{name}" were stored by an earlier version of Signalbox: beside them a row could count twice.',
        "Undo all files of this source and add them again.",
    )


def compared(store: Store, source: Source, upload: Upload) -> Checked:
    """Compare a file whose keys stand once each with what is stored."""
    table = row_table(store, source.id)
    recognition = source.recipe.recognition
    overlap = questions.chosen(Overlap, upload.answers, "overlap")
    replace = recognition is Recognition.WHOLE_TRUTH or overlap is Overlap.REPLACE
    comparison = compare.compare(store, table, upload.batch, recognition, replace=replace, amounts=upload.amounts)
    added_on, is_newest = last_added(store, source.id, upload.file_hash)
    changes = comparison.counts.get(Fate.CHANGED, 0) > 0
    checked = Checked(source, upload, comparison, superseded=added_on if changes and not is_newest else None)
    if is_newest and added_on is not None and comparison.counts.get(Fate.SAME, 0) == len(upload.batch):
        return Checked(source, upload, comparison, same_file_as=added_on)
    if comparison.differing and overlap is None:
        return Checked(source, upload, comparison, questions.overlap(comparison.differing))
    if comparison.differing and overlap is Overlap.CANCEL:
        return Checked(source, upload, comparison, cancelled=True)
    return checked


def last_added(store: Store, source_id: int, file_hash: str) -> tuple[date | None, bool]:
    """Tell when this very file was added last, and whether it is the newest live import of its source."""
    live = store.all(
        "SELECT file_hash, added_at FROM imports WHERE source_id = ? AND undone_at IS NULL ORDER BY id DESC",
        (source_id,),
    )
    for place, (known, added_at) in enumerate(live):
        if known == file_hash:
            return datetime.fromisoformat(str(added_at)).date(), place == 0
    return None, False


def result_of(checked: Checked, import_id: int | None) -> ImportResult:
    """Count what a file does or did."""
    comparison, upload = checked.comparison, checked.upload
    if comparison is None or checked.cancelled:
        return ImportResult(None, 0, 0, 0, 0, len(upload.left_out), len(upload.refused))
    counts = comparison.counts
    is_same = checked.same_file_as is not None
    return ImportResult(
        import_id,
        new=counts.get(Fate.NEW, 0),
        changed=counts.get(Fate.CHANGED, 0),
        same=counts.get(Fate.SAME, 0),
        gone=0 if is_same else comparison.gone,
        left_out=len(upload.left_out),
        refused=len(upload.refused) + len(comparison.refused),
        months=() if is_same else tuple(sorted(comparison.months)),
        same_file_as=checked.same_file_as,
        superseded=checked.superseded,
        ahead=comparison.ahead,
        missing=None if is_same else comparison.missing,
        closed=comparison.refused,
    )
