"""Looking into a file without keeping it: how it is read, and the values that its rows make.

The values come the one way that stored rows take: through a store in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core import ingest
from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.picks import named_in
from kpi_core.ingest.report import ReadingChoice
from kpi_core.kpi import Aggregate, Measure, OneColumn
from kpi_core.period import Cadence, Calendar
from kpi_core.source import AMOUNT, HEADING, LINE, ColumnType, RowFilter, RowTest
from kpi_core.store import imports, sources
from kpi_core.store.data_file import open_store
from kpi_core.store.measures import measure_all, values_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.ingest.reading import Reading
    from kpi_core.service.file import File
    from kpi_core.source import RowBatch
    from kpi_core.store.data_file import Store

ALL = "all"
TOTAL = ""
HOUR = 3600


@dataclass(frozen=True)
class Ask:
    """What values are wanted of a file. Columns by header name or `#N`; None: what the reading chose itself.

    `aggregate` None with `over`: a ratio, sum over sum. `by` None: one value over all rows. `line`: the row of a table
    whose columns are periods.
    """

    by: Cadence | None = Cadence.MONTH
    date: str | None = None
    value: str | None = None
    aggregate: Aggregate = Aggregate.SUM
    over: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    segment: str | None = None
    line: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


Values = dict[str, Fraction | None]


@dataclass(frozen=True)
class Answer:
    """Values by period start (ISO) or heading, by segment where one was asked for; None while a question is open."""

    reading: Reading
    values: Values | None
    segments: Mapping[str, Values] = field(default_factory=dict)
    counted_in: Fraction = Fraction(1)
    """What a value is divided by to be shown: durations are exact seconds, people read hours."""


def look(
    file: File,
    today: date,
    answers: Mapping[str, str] | None = None,
    columns: ReadingChoice = ingest.CHOOSE_FOR_ME,
) -> Reading:
    """Read a file and say everything that was decided.

    Raises:
        UnreadableFile: it holds no table.
        RefusedDefinition: a pick for a column that cannot work.
    """
    return ingest.read(file.name, file.data, answers=answers or {}, today=today, columns=columns)


def values(file: File, ask: Ask, today: date) -> Answer:
    """Make the values that are asked for from the rows of a file.

    Raises:
        UnreadableFile: it holds no table.
        RefusedDefinition: a column that is not there, or one that cannot be counted so.
    """
    chosen = ReadingChoice(ask.date, ask.value, ask.line, also=(*ask.where, *filter(None, [ask.over, ask.segment])))
    reading = ingest.read(file.name, file.data, answers=ask.answers, today=today, columns=chosen)
    if reading.questions or reading.batch is None:
        return Answer(reading, None)
    if not reading.rows.used:
        sentence = f"No row of {file.name} can be used: {reading.refused[0].reason}."
        raise RefusedDefinition(sentence, f'Look at column "{reading.refused[0].column}", or name another one.')
    with open_store(None) as store:
        source = sources.add_source(store, "File", reading.draft, datetime.combine(today, time()))
        imports.apply(store, source.id, _every_row(file, reading.batch), datetime.combine(today, time()))
        if ask.line is not None:
            return Answer(reading, _line(store, reading, ask.line, source.name))
        spans = _spans(reading, ask)
        top = _made(store, _measure(reading, ask, source.name), spans, ask)
        if ask.over is not None:
            top = _divided(top, _made(store, _over(reading, ask, source.name), spans, ask))
    segments = {label: made for label, made in top.items() if label != TOTAL}
    return Answer(reading, top.get(TOTAL, {}), segments, _counted_in(reading, ask))


def _counted_in(reading: Reading, ask: Ask) -> Fraction:
    """Tell how many of what is stored make one of what is shown: 3600 seconds an hour."""
    if ask.aggregate in {Aggregate.COUNT, Aggregate.COUNT_DIFFERENT}:
        return Fraction(1)
    top = _seconds(reading, _column(reading, ask.value, reading.value_column))
    return top if ask.over is None else top / _seconds(reading, _column(reading, ask.over, None))


def _seconds(reading: Reading, name: str) -> Fraction:
    column = next(each for each in reading.columns if each.name == name)
    return Fraction(HOUR if column.type is ColumnType.DURATION else 1)


def _every_row(file: File, batch: RowBatch) -> imports.Upload:
    """Make each row count by itself: nothing is stored, so nothing has to be recognised again."""
    return imports.Upload(replace(batch, keys=range(len(batch))), file.name, file.hash)


def _column(reading: Reading, named: str | None, chosen: str | None) -> str:
    """Find a column by header name or `#N`; None is the one that the reading chose."""
    if named is None:
        if chosen is None:
            sentence = "The file does not show which column that is."
            raise RefusedDefinition(sentence, "Name it, by its header or as #N.")
        return chosen
    return named_in([column.name for column in reading.columns], named)


def _measure(reading: Reading, ask: Ask, source: str) -> Measure:
    return Measure(
        source,
        ask.aggregate,
        None if ask.aggregate is Aggregate.COUNT else OneColumn(_column(reading, ask.value, reading.value_column)),
        None if ask.by is None and ask.date is None else _column(reading, ask.date, reading.date_column),
        tuple(
            RowFilter(_column(reading, column, None), RowTest.IS_ONE_OF, texts) for column, texts in ask.where.items()
        ),
        None if ask.segment is None else _column(reading, ask.segment, None),
    )


def _over(reading: Reading, ask: Ask, source: str) -> Measure:
    return replace(_measure(reading, ask, source), value=OneColumn(_column(reading, ask.over, None)))


def _line(store: Store, reading: Reading, line: str, source: str) -> Values:
    """Make the values of one line of a table whose columns are periods: by the period's start, else by heading."""
    batch = reading.batch
    if batch is None or not reading.wide:
        sentence = "The columns of this table are no periods."
        raise RefusedDefinition(sentence, "Name a date column and a value column instead.")
    only = (RowFilter(LINE, RowTest.IS_ONE_OF, (line,)),)
    measure = Measure(source, Aggregate.SUM, OneColumn(AMOUNT), None, only, HEADING)
    made = {label: value for label, value in measure_all(store, measure, split=True).items() if label != TOTAL}
    if not made:
        sentence = f"There is no line {line}."
        lines = dict.fromkeys(str(each) for each in batch.cells[LINE])
        raise RefusedDefinition(sentence, f"There are: {', '.join(lines)}.")
    starts = dict(zip(map(str, batch.cells[HEADING]), batch.dates, strict=True))
    return {starts.get(heading) or heading: value for heading, value in made.items()}


def _spans(reading: Reading, ask: Ask) -> list[tuple[str, str]]:
    """List the periods from the file's first to its last day, as `[start, end)` in ISO."""
    days = [] if reading.batch is None else [day for day in reading.batch.dates if day]
    if ask.by is None or not days:
        return []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    periods = Calendar().periods(ask.by, first, last + timedelta(days=1))
    return [(period.start.isoformat(), period.end.isoformat()) for period in periods]


def _made(store: Store, measure: Measure, spans: Sequence[tuple[str, str]], ask: Ask) -> dict[str, Values]:
    """Make the values of a measure by segment ("" is the total) and key; a period without rows is left out."""
    split = ask.segment is not None
    if ask.by is None:
        return {label: {ALL: value} for label, value in measure_all(store, measure, split=split).items()}
    values = values_between(store, measure, spans, split=split)
    labels = {TOTAL: TOTAL, **values.labels}
    made: dict[str, Values] = {label: {} for label in labels.values()}
    for (number, folded), value in sorted(values.found.items()):
        made[labels[folded]][spans[number][0]] = value
    return made


def _divided(top: dict[str, Values], bottom: dict[str, Values]) -> dict[str, Values]:
    """Divide sum by sum; nothing to divide by: no value."""
    return {
        label: {key: _ratio(value, bottom.get(label, {}).get(key)) for key, value in made.items()}
        for label, made in top.items()
    }


def _ratio(top: Fraction | None, bottom: Fraction | None) -> Fraction | None:
    return None if top is None or not bottom else top / bottom
