"""Do the parts of a document fit together? Names, references, circles, targets: the first misfit is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.actual import check_cycle, inputs
from kpi_core.definition.fields import Place, key_of, refused
from kpi_core.definition.fit import FIRST_DAY, refuse_unfit
from kpi_core.definition.objectives import check_key_results
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Formula, FormulaKind, KpiRef, Measure, State, Typed
from kpi_core.target import TargetKind, validate, validate_exception

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from kpi_core.definition.document import Document
    from kpi_core.kpi import Kpi, ValuesFrom
    from kpi_core.target import Target
    from kpi_core.unit import NumberStyle


def check_document(document: Document) -> None:
    """Refuse a document whose parts do not fit together.

    Names are compared without regard to case. Goals, sources and KPIs that something refers to must be in the
    document; a formula must not lead back to itself; at most one KPI in use is the North Star; each target must
    hold against its KPI's direction and unit; a period has one typed value per segment.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    _names("goals", (goal.name for goal in document.goals))
    _names("sources", (source.name for source in document.sources))
    names = _names("kpis", (kpi.name for kpi in document.kpis))
    for at, kpi in enumerate(document.kpis):
        check_kpi(document, kpi, Place("", f"kpis[{at}]").named(kpi.name))
    _check_objectives(document)
    _check_typed_values(document, names)
    for at, note in enumerate(document.notes):
        if note.kpi and key_of(note.kpi) not in names:
            raise refused(Place("", f"notes[{at}]"), f"there is no KPI '{note.kpi}'.", "Define the KPI first.")


def check_kpi(document: Document, kpi: Kpi, place: Place | None = None) -> None:
    """Refuse a KPI that does not fit to the document that it is part of; see `check_document`.

    A draft may name a counter-measure that is not there yet.

    Raises:
        RefusedDefinition: naming the KPI, or the place where one is given, and what is wrong there.
    """
    place = place or Place(kpi.name)
    if kpi.goal and key_of(kpi.goal) not in _keys(goal.name for goal in document.goals):
        raise refused(place, f"there is no goal '{kpi.goal}'.", "Add the goal first.")
    _check_inputs(document, kpi, place)
    _check_counter_measure(document, kpi, place)
    _check_targets(document, kpi, place)
    _check_circle(kpi, document.kpis, place)
    _check_north_star(document.kpis)


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(name) for name in names)


def _names(kind: str, names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for at, name in enumerate(names):
        if key_of(name) in found:
            raise refused(Place("", f"{kind}[{at}]").named(name), "another one has this name already.")
        found.add(key_of(name))
    return frozenset(found)


def _check_inputs(document: Document, kpi: Kpi, place: Place) -> None:
    measures, others = inputs(kpi.values)
    for measure in measures:
        if key_of(measure.source) not in _keys(source.name for source in document.sources):
            hint = "Add the source, or a file for it, first."
            raise refused(place.at("values"), f"there is no source '{measure.source}'.", hint)
    for other in others:
        if key_of(other) not in _keys(each.name for each in document.kpis):
            hint = "Define it too, as a health metric perhaps."
            raise refused(place.at("values"), f"there is no KPI '{other}'.", hint)


def _check_counter_measure(document: Document, kpi: Kpi, place: Place) -> None:
    counter = key_of(kpi.counter_measure)
    if counter and counter == key_of(kpi.name):
        raise refused(place, "a KPI cannot be its own counter-measure.", "Choose one that would show gaming.")
    known = kpi.state is State.DRAFT or counter in _keys(each.name for each in document.kpis)
    if counter and not known:
        hint = "Define it too, as a health metric perhaps."
        raise refused(place.at("counter_measure"), f"there is no KPI '{kpi.counter_measure}'.", hint)


def check_target(kpi: Kpi, row: Target, style: NumberStyle | None = None) -> None:
    """Refuse a target row that contradicts itself or its KPI; a year's total needs a number that adds up.

    Raises:
        RefusedDefinition: see `validate`; or a year's total of an average, a last value or a ratio.
    """
    validate(row, kpi.direction, kpi.unit, style)
    refuse_unfit(replace(row, starts=FIRST_DAY), Place("The target"))
    if row.kind is TargetKind.YEAR_TOTAL and not may_add_up(kpi.values):
        sentence = f"{kpi.name or 'This number'} does not add up over a year, so a year's total means nothing."
        raise RefusedDefinition(sentence, "Give the number that each period has to reach.")


def may_add_up(values: ValuesFrom) -> bool:
    """Tell whether a KPI's periods may add up to its year; another KPI in a formula is not looked into."""
    match values:
        case Typed(aggregate=how) | Measure(aggregate=how):
            return how in {Aggregate.SUM, Aggregate.COUNT}
        case Formula(kind=kind, parts=parts):
            sums = kind in {FormulaKind.SUM, FormulaKind.DIFFERENCE}
            return sums and all(isinstance(part, KpiRef) or may_add_up(part) for part in parts)


def _check_targets(document: Document, kpi: Kpi, place: Place) -> None:
    history = document.history(kpi.name)
    row = history.rows[-1] if history.rows else None
    try:
        for each in history.rows:
            check_target(kpi, each)
        for exception in history.exceptions:
            validate_exception(exception, row, kpi.direction, kpi.unit)
    except RefusedDefinition as error:
        raise refused(place.at("target"), error.sentence, error.hint) from error


def _check_circle(kpi: Kpi, kpis: Iterable[Kpi], place: Place) -> None:
    try:
        check_cycle(kpi.name, kpi.values, {other.name: other.values for other in kpis})
    except RefusedDefinition as error:
        raise refused(place.at("values"), error.sentence, error.hint) from error


def _check_north_star(kpis: Iterable[Kpi]) -> None:
    stars = [kpi.name for kpi in kpis if kpi.north_star and kpi.state is not State.RETIRED]
    if len(stars) > 1:
        sentence = f"Only one KPI can be the North Star, not {' and '.join(stars)}."
        raise RefusedDefinition(sentence, "Choose the one number that all others serve.")


def _check_objectives(document: Document) -> None:
    seen = set()
    for at, objective in enumerate(document.objectives):
        place = Place("", f"objectives[{at}]").named(objective.name)
        check_key_results(objective, (kpi.name for kpi in document.kpis), place)
        key = (key_of(objective.name), objective.start)
        if key in seen:
            raise refused(place, "another one of this name begins on the same day.")
        seen.add(key)


def _check_typed_values(document: Document, names: AbstractSet[str]) -> None:
    seen = set()
    for at, typed in enumerate(document.typed_values):
        place = Place("", f"typed_values[{at}]")
        if key_of(typed.kpi) not in names:
            raise refused(place, f"there is no KPI '{typed.kpi}'.")
        key = (key_of(typed.kpi), typed.period_start, key_of(typed.segment))
        if key in seen:
            raise refused(place, f"'{typed.kpi}' has another value for {typed.period_start.isoformat()} already.")
        seen.add(key)
