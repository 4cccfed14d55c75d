"""Two KPIs that are the same number: by what they are made of and by their values, never by their names."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from statistics import correlation
from typing import TYPE_CHECKING, Final

from kpi_core.actual.formula import inputs
from kpi_core.checklist import Verdict
from kpi_core.checklist.readings import counted
from kpi_core.definition import key_of
from kpi_core.definition.made_of import made_of
from kpi_core.hygiene import cures
from kpi_core.hygiene.types import Rule, Untidy
from kpi_core.kpi import Difference, Elapsed, Formula, KpiRef, Measure, OneColumn, Product, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from kpi_core.hygiene.types import Looked
    from kpi_core.kpi import Kpi, ValuesFrom

ENOUGH: Final = 12
"""Common periods below which nothing is said: over a few, any two numbers can go together."""
ALIKE: Final = 0.95
"""From this correlation on, nine tenths of one number's ups and downs are the other's (0.95 squared is 0.9)."""
DIFFERENT: Final = 3
"""So many different values at least: a row of noughts equals any other."""
HINT: Final = "Two lights for one number: keep the one that you would act on."
SAME_WAY: Final = "Both are worked out in the same way from the same columns."


def columns_of(kpi: Kpi, everyone: Iterable[Kpi]) -> frozenset[tuple[str, str]]:
    """List the columns that a KPI is made of, each with its source, through the KPIs that it refers to.

    Counted rows are the column "" of their source. A typed KPI is made of none.
    """
    return frozenset(
        (key_of(measure.source), column)
        for each in made_of(kpi, everyone)
        for measure in inputs(each.values)[0]
        for column in _columns(measure)
    )


def _columns(measure: Measure) -> tuple[str, ...]:
    match measure.value:
        case OneColumn(column=column):
            return (key_of(column),)
        case Product(first=first, second=second) | Difference(first=first, second=second):
            return (key_of(first), key_of(second))
        case Elapsed(start=start, end=end):
            return (key_of(start), key_of(end))
        case None:
            return ("",)


def twins(kpis: Sequence[Looked]) -> Iterator[Untidy]:
    """Find pairs of one cadence that are made the same way, that are always equal, or that go together."""
    values = {each.kpi.id: {read.period.start: value for read, value in counted(each.facts)} for each in kpis}
    for first, second in combinations(sorted(kpis, key=lambda each: each.kpi.id), 2):
        if first.kpi.cadence is not second.kpi.cadence or first.kpi.unit.kind is not second.kpi.unit.kind:
            continue
        ours, theirs = values[first.kpi.id], values[second.kpi.id]
        # Most pairs differ at once, and only pairs of the same columns have to be laid side by side then
        equal = all(value == theirs[start] for start, value in ours.items() if start in theirs)
        if equal or (first.columns and first.columns == second.columns):
            common = [(value, theirs[start]) for start, value in ours.items() if start in theirs]
            yield from _same(first, second, common, equal=equal and bool(common))


def _same(first: Looked, second: Looked, common: list[tuple[Fraction, Fraction]], *, equal: bool) -> Iterator[Untidy]:
    many = f"{len(common)} {first.kpi.cadence.value}{'' if len(common) == 1 else 's'}"
    evidence = [("Common", many)]
    together = None if equal else _together(common)
    if equal:
        evidence.append(("Equal", f"in every one of {many}"))
    elif together is not None:
        evidence.append(("Correlation", _written(together)))
    if not isinstance(first.kpi.values, Typed) and _whole(first.kpi.values) == _whole(second.kpi.values):
        yield _untidy(first, second, Verdict.FAIL, SAME_WAY, evidence)
    elif len(common) < ENOUGH or len({ours for ours, _ in common}) < DIFFERENT:
        return
    elif equal:
        yield _untidy(first, second, Verdict.FAIL, f"They were equal in every one of {many}.", evidence)
    elif together is not None and abs(together) >= ALIKE and first.columns:
        how = "together" if together > 0 else "against each other"
        sentence = f"Both come from the same columns and move {how}: correlation {_written(together)} over {many}."
        yield _untidy(first, second, Verdict.WARN, sentence, evidence)


def _whole(values: ValuesFrom | KpiRef) -> object:
    """Give what the total is made of: by which column it is split makes no other number of it."""
    match values:
        case Measure():
            return replace(values, segment=None)
        case Formula():
            return (replace(values, parts=()), *(_whole(part) for part in values.parts))
        case KpiRef() | Typed():
            return values


def _together(common: Sequence[tuple[Fraction, Fraction]]) -> float | None:
    """Correlate what two KPIs were in the same periods; None where one of them never moved."""
    ours, theirs = [float(one) for one, _ in common], [float(other) for _, other in common]
    if len(set(ours)) < 2 or len(set(theirs)) < 2:  # noqa: PLR2004 -- two points make a line
        return None
    return correlation(ours, theirs)


def _written(together: float) -> str:
    """Write a correlation so that rounding does not make one of it.

    >>> [_written(each) for each in (0.954, -0.9, 0.9994, 0.99999, -0.99999)]
    ['0.95', '-0.90', '0.999', 'over 0.999', 'under -0.999']
    """
    for digits in (2, 3):
        text = f"{together:.{digits}f}"
        if abs(float(text)) < 1:
            return text
    return "over 0.999" if together > 0 else "under -0.999"


def _untidy(first: Looked, second: Looked, verdict: Verdict, sentence: str, evidence: list[tuple[str, str]]) -> Untidy:
    pair = (first.kpi, second.kpi)
    # The one that came later is the likelier to go, unless it is the North Star
    later, earlier = (first.kpi, second.kpi) if second.kpi.north_star else (second.kpi, first.kpi)
    helps = (
        cures.health(later, named=True),
        cures.retire(later, named=True, words=f"The same number as {earlier.name}"),
        cures.health(earlier, named=True),
        cures.retire(earlier, named=True, words=f"The same number as {later.name}"),
    )
    ids, names = tuple(kpi.id for kpi in pair), tuple(kpi.name for kpi in pair)
    return Untidy(Rule.TWIN, verdict, sentence, HINT, ids, names, tuple(evidence), helps)
