"""A KPI in words: where its values come from, to be checked against the export, and what its kind brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.kpi import (
    Aggregate,
    AlertWhen,
    Difference,
    Elapsed,
    Formula,
    FormulaKind,
    GrowthOn,
    KpiRef,
    Measure,
    OneColumn,
    Product,
    Tier,
    Typed,
)
from kpi_core.source import RowFilter, RowTest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.kpi import RowValue, ValuesFrom

TIER_WORDS = {
    Tier.KPI: "It has a target, a colour and an owner, and it counts in the board's sums. Three to five are enough.",
    Tier.HEALTH_METRIC: (
        "It is shown with its trend to watch beside the KPIs: no target, no colour, no reminder, and it counts in no "
        "sum. Targets that it had stay in its history and hold again when it becomes a KPI again."
    ),
}
"""What choosing the kind of a number brings along."""
ALERT_WORDS = {
    AlertWhen.REAL_CHANGES: "only real changes",
    AlertWhen.TWO_IN_A_ROW: "also off target for two periods running",
    AlertWhen.ANY: "also every turn off target",
}
"""What an owner wants to be told of."""
NORTH_STAR_WORDS = "The one number that all others serve. It stands on top of the board."


def describe(values: ValuesFrom | KpiRef) -> str:
    """Say where values come from: names of columns, sources and KPIs as they stand.

    >>> describe(Measure("Orders", Aggregate.SUM, OneColumn("Total"), "Created at"))
    'add up Total by Created at from Orders'
    >>> describe(Typed(Aggregate.LAST))
    'typed by hand; a longer period shows the last one'
    """
    match values:
        case Typed():
            return f"typed by hand; {longer_period_words(values.aggregate)}"
        case KpiRef():
            return f"the KPI {values.kpi}"
        case Measure():
            return _measure(values)
        case Formula():
            return _formula(values)


def longer_period_words(aggregate: Aggregate) -> str:
    """Say how typed values make a longer period."""
    match aggregate:
        case Aggregate.SUM | Aggregate.COUNT:
            return "a longer period adds them up"
        case Aggregate.AVERAGE:
            return "a longer period averages them"
        case Aggregate.MIN:
            return "a longer period shows the smallest one"
        case Aggregate.MAX:
            return "a longer period shows the largest one"
        case Aggregate.LAST:
            return "a longer period shows the last one"
        case Aggregate.MEDIAN | Aggregate.COUNT_DIFFERENT | Aggregate.NET_PROMOTER_SCORE:
            return "a longer period cannot be made of them"


def _measure(measure: Measure) -> str:
    words = f"{aggregate_words(measure.aggregate)} {_row_value(measure.value)}"
    if measure.date is not None:
        words += f" by {measure.date}"
    words += f" from {measure.source}"
    if measure.where:
        words += f", where {', and '.join(_filter(row_filter) for row_filter in measure.where)}"
    if measure.segment is not None:
        words += f", split by {measure.segment}"
    return words


def aggregate_words(aggregate: Aggregate) -> str:
    """Say what an aggregate does, before the name of a column."""
    match aggregate:
        case Aggregate.SUM:
            return "add up"
        case Aggregate.COUNT:
            return "count"
        case Aggregate.COUNT_DIFFERENT:
            return "count the different"
        case Aggregate.AVERAGE:
            return "average"
        case Aggregate.MEDIAN:
            return "take the middle (median) of"
        case Aggregate.MIN:
            return "take the smallest"
        case Aggregate.MAX:
            return "take the largest"
        case Aggregate.LAST:
            return "take the last"
        case Aggregate.NET_PROMOTER_SCORE:
            return "take the net promoter score of"


def _row_value(value: RowValue | None) -> str:
    match value:
        case None:
            return "the rows"
        case OneColumn(column):
            return f"{column}"
        case Product(first, second):
            return f"{first} times {second}"
        case Difference(first, second):
            return f"{first} minus {second}"
        case Elapsed(start, end):
            return f"the time from {start} to {end}"


def _filter(row_filter: RowFilter) -> str:
    column, values = f"{row_filter.column}", row_filter.values
    match row_filter.test:
        case RowTest.IS_ONE_OF:
            return f"{column} is {_listed(values)}"
        case RowTest.IS_NOT:
            return f"{column} is not {_listed(values)}"
        case RowTest.IS_EMPTY:
            return f"{column} is empty"
        case RowTest.IS_NOT_EMPTY:
            return f"{column} is not empty"
        case RowTest.ABOVE:
            return f"{column} is above {_listed(values)}"
        case RowTest.BELOW:
            return f"{column} is below {_listed(values)}"
        case RowTest.FIRST_SEEN:
            return f"{column} is seen for the first time"
        case RowTest.SEEN_BEFORE:
            return f"{column} was seen before"


def _formula(formula: Formula) -> str:
    # braces of words: without them "a divided by b minus c" could be read two ways
    parts = [f"({describe(part)})" for part in formula.parts]
    match formula.kind:
        case FormulaKind.RATIO:
            times = "" if formula.times == 1 else f", times {formula.times}"
            return f"{' divided by '.join(parts)}{times}"
        case FormulaKind.DIFFERENCE:
            return " minus ".join(parts)
        case FormulaKind.SUM:
            return " plus ".join(parts)
        case FormulaKind.SHARE:
            return f"{' as percent of '.join(parts)}"
        case FormulaKind.GROWTH:
            return f"growth of {' '.join(parts)} {_growth_on(formula.growth_on)}, in percent"


def _growth_on(growth_on: GrowthOn | None) -> str:
    match growth_on:
        case GrowthOn.LAST_YEAR:
            return "on the same period last year"
        case GrowthOn.PERIOD_BEFORE | None:
            return "on the period before"


def _listed(items: Sequence[str], word: str = "or") -> str:
    """Join as people do.

    >>> _listed(["a", "b", "c"])
    'a, b or c'
    """
    return " ".join((", ".join(items[:-1]), word, items[-1])) if len(items) > 1 else "".join(items)


UNTOUCHED = "Give it a name, or say it in a sentence: 26 questions answer as you type, and say what is missing."
"""What stands beside a form in which nothing was said yet."""
