"""Typed values: one for each KPI, period and segment; it wins over a computed one until it is removed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.definition import Place, key_of, number_text, refuse_unfit, typed_value_problem
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import TypedValue
from kpi_core.period import day_name
from kpi_core.store.business import read_business
from kpi_core.store.changes import Subject, Thing, to_text
from kpi_core.store.closed import refuse_closed
from kpi_core.store.definitions.kpis import find_kpi, get_kpi
from kpi_core.store.things import change_to, state_of, typed_key
from kpi_core.store.touched import months_between

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi
    from kpi_core.period import Period
    from kpi_core.store.changes import By, Json
    from kpi_core.store.data_file import Store


def typed_values(store: Store, kpi_id: int | None = None) -> tuple[TypedValue, ...]:
    """List the typed values of a KPI (None: of all) by period and segment."""
    rows = store.all(
        """SELECT name, period, value, segment, numerator, denominator, note
        FROM typed_values JOIN kpis ON kpis.id = kpi_id
        WHERE live AND (:kpi IS NULL OR kpi_id = :kpi) ORDER BY kpi_id, period, folded_segment""",
        {"kpi": kpi_id},
    )
    return tuple(_loaded(row) for row in rows)


def _loaded(row: tuple[object, ...]) -> TypedValue:
    name, period, value, segment, numerator, denominator, note = row
    return TypedValue(
        kpi=str(name),
        period_start=date.fromisoformat(str(period)),
        value=_number(value),
        segment=str(segment),
        numerator=_number(numerator),
        denominator=_number(denominator),
        note=str(note),
    )


def _number(cell: object) -> Fraction | None:
    return None if cell is None else Fraction(str(cell))


def set_typed(store: Store, typed: TypedValue, by: By) -> int | None:
    """Enter or change a value for the period that holds the day `period_start`.

    Returns:
        The number of the change in the log, None where the same value is there already.

    Raises:
        NotFound: there is no such KPI.
        RefusedDefinition: neither a value nor a numerator with its denominator.
        ClosedMonths: the period reaches into a closed month.
    """
    problem = typed_value_problem(typed)
    if problem:
        raise RefusedDefinition(problem)
    refuse_unfit(typed, Place(typed.kpi))
    with store.writing():
        kpi = find_kpi(store, typed.kpi)
        period = read_business(store).calendar.period(kpi.cadence, typed.period_start)
        return _change(store, kpi, period, typed.segment, typed_state(typed), by)


def remove_typed(store: Store, kpi_id: int, period_start: date, segment: str, by: By) -> int | None:
    """Remove a typed value; the computed one shows again.

    Raises:
        NotFound: none was typed for that period and segment.
        ClosedMonths: the period reaches into a closed month.
    """
    with store.writing():
        kpi = get_kpi(store, kpi_id)
        period = read_business(store).calendar.period(kpi.cadence, period_start)
        held = ((each.period_start, key_of(each.segment)) for each in typed_values(store, kpi_id))
        if (period.start, key_of(segment)) not in held:
            sentence = f"No value of {kpi.name} was typed for {day_name(period.start, None)}."
            raise NotFound(sentence)
        return _change(store, kpi, period, segment, None, by)


def _change(store: Store, kpi: Kpi, period: Period, segment: str, new: Json | None, by: By) -> int | None:
    subject = Subject(Thing.TYPED_VALUE, typed_key(kpi.id, period.start.isoformat(), segment), kpi.id, kpi.name)
    if to_text(state_of(store, subject)) == to_text(new):
        return None
    refuse_closed(store, months_between(period.start, period.end))
    return change_to(store, by, subject, new)


def typed_state(typed: TypedValue) -> Json:
    """Write a typed value as the log keeps it: its numbers as exact text."""
    numbers = (("value", typed.value), ("numerator", typed.numerator), ("denominator", typed.denominator))
    state: Json = {name: number_text(number) for name, number in numbers if number is not None}
    return state | {"segment": typed.segment.strip(), "note": typed.note.strip()}


def refuse_no_period(store: Store, kpi: Kpi, start: date, *, closed: bool = True) -> None:
    """Refuse a day on which, by now, no period of the KPI starts, and a period in a closed month."""
    period = read_business(store).calendar.period(kpi.cadence, start)
    if period.start != start:
        sentence = f"No {kpi.cadence} of {kpi.name} starts on {day_name(start, None)} any more."
        raise RefusedDefinition(sentence, "Enter it anew for the period that it belongs to.")
    if closed:
        refuse_closed(store, months_between(period.start, period.end))
