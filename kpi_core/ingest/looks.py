"""What a column looks like: its distinct texts seen as numbers, dates and durations, and the type that fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.ingest import dates, durations, number, shapes, words
from kpi_core.ingest.amount_shapes import template
from kpi_core.ingest.coded import Coded
from kpi_core.ingest.date_shapes import plan
from kpi_core.ingest.texts import PlainTexts, changed
from kpi_core.source import ColumnType
from kpi_core.vector import Vector

if TYPE_CHECKING:
    import numpy.typing as npt

    from kpi_core.ingest.shapes import Codes
    from kpi_core.ingest.texts import Texts

MOST = 0.8
"""Share of the filled cells that makes a column what most of it is."""
HALF = 0.5
"""The same where the header says so too, or the owner."""
SAMPLE = 1000
TRUTH_WORDS = (
    words.lexicon("true false"), words.lexicon("yes no"), words.lexicon("ja nein"),
    words.lexicon("ja nej"), words.lexicon("ja nee"), words.lexicon("oui non"),
    words.lexicon("si no"), words.lexicon("y n"), words.lexicon("t f"), words.lexicon("sim nao"),
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One column: `codes[row]` is the place of its text in `texts`, -1 for a blank cell; `rows` counts each text."""

    name: str
    vector: Texts
    codes: Codes
    texts: pa.Array
    rows: Codes
    plain: bool
    """Surely text, known from a sample; codes and texts are then left empty, as they would cost time for nothing."""
    typed: npt.NDArray[np.bool_] | None = None
    """Per distinct text, as `Numbers.typed`; None: none is."""

    @cached_property
    def numbers(self) -> number.Numbers:
        """The texts as numbers."""
        return number.look(self.texts, self.rows, self.typed)

    @cached_property
    def dates(self) -> dates.Dates:
        """The texts as dates."""
        return dates.look(self.texts, self.rows, self.numbers.empty)

    @cached_property
    def durations(self) -> durations.Durations:
        """The texts as durations."""
        return durations.look(self.texts, self.rows, self.numbers.empty)

    @property
    def blank(self) -> bool:
        """Tell whether no cell holds anything."""
        return not self.plain and len(self.texts) == 0

    @property
    def filled(self) -> float:
        """Tell the share of cells that hold something."""
        return 1.0 if self.plain or not len(self.codes) else float((self.codes >= 0).mean())

    @property
    def unique(self) -> bool:
        """Tell whether every cell is filled and differs from all others."""
        return not self.plain and len(self.codes) == len(self.texts) > 0 and int(self.rows.max()) == 1


def see(name: str, vector: Texts, *, needed: bool, points: npt.NDArray[np.bool_] | None = None) -> Seen:
    """Look at a column; one that is not `needed` and whose sample is all different words stays plain.

    Args:
        name: Its header.
        vector: Its texts.
        needed: Whether it is in use.
        points: The rows whose cell is a number of a sheet written with a point; None: none is.
    """
    if not needed and len(vector) > 4 * SAMPLE and _wordy(vector):
        return Seen(
            name, vector, np.zeros(0, dtype=np.int32), shapes.texts_of([]), np.zeros(0, dtype=np.int64), plain=True
        )
    codes, texts = shapes.distinct(vector)
    if points is None or not points.any():
        return Seen(name, vector, codes, texts, shapes.weights(codes, len(texts)), plain=False)
    codes, texts, typed = shapes.apart(codes, texts, points)
    return Seen(name, vector, codes, texts, shapes.weights(codes, len(texts)), plain=False, typed=typed)


def _wordy(vector: Texts) -> bool:
    """Tell whether a sample of a column holds mostly different texts, none of them a number or a date."""
    step = max(1, len(vector) // SAMPLE)
    sample = [text for where in (slice(SAMPLE), slice(None, None, step)) for text in vector.take(where).tolist()]
    found = {text for text in sample if text.strip()}
    if len(found) < HALF * len(sample):
        return False
    forms = {re.sub(r"\d", "9", text.strip()) for text in found}
    return not any(template(form) or plan(form) or durations.seconds(form) is not None for form in forms)


def type_of(seen: Seen, known: ColumnType | None = None, *, amount: bool = False) -> ColumnType:
    """Tell the type of a column.

    Args:
        seen: The column.
        known: The type it has had before, which it keeps.
        amount: Its numbers are wanted, so half of its cells are enough.
    """
    if known:
        return known
    if seen.plain or seen.blank:
        return ColumnType.TEXT
    if _is_date(seen):
        return ColumnType.DATE
    if _is_duration(seen, amount=amount):
        return ColumnType.DURATION
    if _is_number(seen, amount=amount):
        return ColumnType.NUMBER
    if len(seen.texts) <= 2 and frozenset(text.casefold() for text in seen.texts.to_pylist()) in _TRUTHS:  # noqa: PLR2004
        return ColumnType.BOOLEAN
    return ColumnType.TEXT


_TRUTHS = {frozenset(part) for pair in TRUTH_WORDS for part in (pair, *([word] for word in pair))}


def _is_date(seen: Seen) -> bool:
    """Tell whether a column holds dates; five digits alone are day numbers only where the header says so."""
    share = seen.dates.share
    if not seen.dates.groups or share < HALF:
        return False
    if seen.dates.only_serials:
        return words.names_a_day(seen.name) and share == 1.0 and not seen.numbers.currencies
    if any(group.plan.short_month for group in seen.dates.groups):
        return share >= MOST and words.names_a_month(seen.name) and seen.dates.follow_each_other
    if any(group.plan.month_only for group in seen.dates.groups):
        return share >= MOST and (words.names_a_day(seen.name) or words.names_a_month(seen.name))
    compact = all(not group.plan.separator and not group.plan.month_name for group in seen.dates.groups)
    bare = compact and all(set(group.shape) == {"9"} for group in seen.dates.groups)
    if bare:
        named = words.names_a_day(seen.name)
        # 2026053122 may be an hour of 31 May, and order number 22 of that day just as well.
        numbered = not named and bool(words.words(seen.name) & words.IDENTIFIER)
        return (share > 0.95 and not numbered) or (named and share >= MOST)  # noqa: PLR2004
    return share >= MOST or words.names_a_day(seen.name)


def _is_duration(seen: Seen, *, amount: bool) -> bool:
    """Tell whether a column holds durations; a clock under 24 hours is a time of day unless the header says so."""
    found = seen.durations
    if found.share < MOST:
        return False
    named = words.says(seen.name, words.DURATION)
    if not found.clock:
        return True
    if found.two_parts and not words.words(seen.name) & words.HOURS:
        # 12:30 may be minutes and seconds, sixty times less: no number is made of it.
        return False
    if amount or found.beyond_a_day:
        return True
    return named and not (words.words(seen.name) & words.TIME_OF_DAY and not words.words(seen.name) & words.LASTING)


def _is_number(seen: Seen, *, amount: bool) -> bool:
    """Tell whether a column holds numbers; digits that name a thing are text."""
    found = seen.numbers
    if amount:
        return found.share >= HALF
    if found.identifier and not (words.says(seen.name, words.MONEY) and found.few_long):
        return False
    return found.share >= MOST or (found.share >= HALF and words.says(seen.name, words.AMOUNT))


def as_text(seen: Seen) -> Vector[str | None]:
    """Give the cells of a column as trimmed texts; None for blanks."""
    if not seen.plain or seen.vector.flat is None:
        codes, texts = shapes.distinct(seen.vector) if seen.plain else (seen.codes, seen.texts)
        return Coded(texts.to_pylist(), codes)
    trimmed = changed(seen.vector.flat, pc.utf8_trim_whitespace)
    blank = pc.equal(pc.binary_length(trimmed), 0)
    return PlainTexts(pc.if_else(blank, pa.scalar(None, trimmed.type), trimmed) if pc.any(blank).as_py() else trimmed)
