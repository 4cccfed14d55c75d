"""Objectives: how far each one got, in words and numbers; adding, changing, taking away, taking back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kpi_core import okr
from kpi_core.checklist.readings import possible
from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import KeyResult, Kpi, Objective, State
from kpi_core.okr import ObjectiveScore, Scored
from kpi_core.period import Cadence, Calendar, Period, day_name, period_name
from kpi_core.service.log import LogLine, log_lines
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, Thing
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.goals import goals
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.objectives import get_objective, objectives, put_objective, remove_objective
from kpi_core.store.definitions.undo import undo_change
from kpi_core.store.histories import all_periods
from kpi_core.unit import NumberStyle, Unit, format_exactly, format_value, parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from kpi_core.actual import Actual
    from kpi_core.business import Business
    from kpi_core.store.data_file import Store

CHANGES = 10
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class KeyResultLine:
    """A key result with its score, everything else in words.

    `way`: "from 42 to 55 by 31 December"; `now`: "51 in October", "" without a value.
    """

    result: KeyResult
    kpi_id: int
    scored: Scored
    way: str
    now: str
    score_text: str
    words: str


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective with its score. `when`: from when to when, and how much of it is left; `left_out`: whom and why."""

    objective: Objective
    score: ObjectiveScore
    results: tuple[KeyResultLine, ...]
    when: str
    score_text: str
    words: str
    left_out: str


@dataclass(frozen=True)
class KpiChoice:
    """A KPI that a key result can point at; `newest`: its newest value as an owner would type it, "" without one."""

    name: str
    unit: Unit
    newest: str
    newest_words: str


@dataclass(frozen=True)
class Overview:
    """All objectives as of a day, those that run first; what the form can offer; what was changed lately."""

    lines: tuple[ObjectiveLine, ...]
    choices: tuple[KpiChoice, ...]
    goals: tuple[str, ...]
    changes: tuple[LogLine, ...]
    style: NumberStyle
    quarter: Period
    """The one that runs: an objective is for it unless somebody says otherwise."""


def overview(data_file: Path, as_of: date) -> Overview:
    """Score every objective as of a day, with the values known today of the periods complete by then."""
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        defined = kpis(store)
        known = {key_of(kpi.name): kpi for kpi in defined}
        values: dict[int, list[Actual]] = {}
        lines = [_line(store, each, known, values, business, as_of) for each in objectives(store)]
        pointed_at = {key_of(result.kpi) for line in lines for result in line.objective.key_results}
        choices = tuple(
            _choice(store, kpi, values, business, as_of)
            for kpi in defined
            if kpi.state is not State.RETIRED or key_of(kpi.name) in pointed_at
        )
        changes = log_lines(store, CHANGES, thing=Thing.OBJECTIVE)
        names = tuple(goal.name for goal in goals(store))
    lines.sort(key=lambda line: (line.objective.until < as_of, line.objective.until))
    quarter = business.calendar.period(Cadence.QUARTER, as_of)
    return Overview(tuple(lines), choices, names, changes, business.style, quarter)


def _values(store: Store, kpi: Kpi, values: dict[int, list[Actual]], calendar: Calendar, as_of: date) -> list[Actual]:
    if kpi.id not in values:
        values[kpi.id] = all_periods(store, kpi, calendar, as_of)
    return values[kpi.id]


def _line(
    store: Store,
    objective: Objective,
    known: Mapping[str, Kpi],
    values: dict[int, list[Actual]],
    business: Business,
    as_of: date,
) -> ObjectiveLine:
    lines = []
    for result in objective.key_results:
        kpi = known[key_of(result.kpi)]
        actual = okr.counted(
            _values(store, kpi, values, business.calendar, as_of), objective.start, objective.deadline(result)
        )
        lines.append(_result_line(objective, result, kpi, actual, business, as_of))
    score = okr.objective(line.scored for line in lines)
    stretch = bool(lines) and all(line.result.stretch for line in lines)
    return ObjectiveLine(
        objective,
        score,
        tuple(lines),
        _when(objective, as_of),
        "" if score.mean is None else okr.score_text(score.mean),
        okr.words(score.mean, stretch=stretch),
        okr.left_out_text(score.results),
    )


def _result_line(
    objective: Objective, result: KeyResult, kpi: Kpi, actual: Actual | None, business: Business, as_of: date
) -> KeyResultLine:
    def text(value: Fraction) -> str:
        return format_value(value, kpi.unit, business.style, kpi.decimals)

    scored = okr.score(kpi.name, result.baseline, result.target, actual.value if actual else None)
    deadline = day_name(objective.deadline(result), as_of)
    now = ""
    if actual is not None and actual.value is not None:
        now = f"{text(actual.value)} in {period_name(actual.period, business.calendar, as_of)}"
    return KeyResultLine(
        result,
        kpi.id,
        scored,
        f"from {text(result.baseline)} to {text(result.target)} by {deadline}",
        now,
        "" if scored.score is None else okr.score_text(scored.score),
        okr.with_retired(
            str(scored.why_not) if scored.why_not else okr.words(scored.score, stretch=result.stretch),
            retired=kpi.state is State.RETIRED,
        ),
    )


def _when(objective: Objective, as_of: date) -> str:
    """Say from when to when, and how much is left."""
    first, last = day_name(objective.start, None), day_name(objective.until, None)
    if as_of < objective.start:
        return f"{first} to {last}, begins in {_days(objective.start - as_of)}"
    left = objective.until - as_of + ONE_DAY
    return f"{first} to {last}, {'over' if left <= timedelta(0) else f'{_days(left)} left'}"


def _days(span: timedelta) -> str:
    return "1 day" if span == ONE_DAY else f"{span.days} days"


def _choice(store: Store, kpi: Kpi, values: dict[int, list[Actual]], business: Business, as_of: date) -> KpiChoice:
    actual = okr.counted(_values(store, kpi, values, business.calendar, as_of), date.min, as_of)
    if actual is None or actual.value is None:
        return KpiChoice(kpi.name, kpi.unit, "", "")
    period = period_name(actual.period, business.calendar, as_of)
    shown = format_value(actual.value, kpi.unit, business.style, kpi.decimals)
    return KpiChoice(kpi.name, kpi.unit, format_exactly(actual.value, kpi.unit, business.style), f"{shown} in {period}")


@dataclass(frozen=True)
class TypedResult:
    """A key result as it is typed; `deadline` None: the objective's last day."""

    kpi: str
    baseline: str
    target: str
    deadline: date | None = None
    stretch: bool = False


def save(data_file: Path, objective: Objective, typed: Sequence[TypedResult], now: datetime) -> int | None:
    """Keep an objective with its key results as they are typed; the number of the change, None where nothing changed.

    Raises:
        RefusedDefinition: a number cannot be read in the KPI's unit or lies where it cannot be, or the objective does
            not fit.
    """
    with open_store(data_file) as store:
        business = read_business(store)
        known = {key_of(kpi.name): kpi for kpi in kpis(store)}
        results = tuple(_read(each, known[key_of(each.kpi)], business.style) for each in typed)
        return put_objective(store, replace(objective, key_results=results), By(now, business.person))


def _read(typed: TypedResult, kpi: Kpi, style: NumberStyle) -> KeyResult:
    baseline, target = (parse_value(text, kpi.unit, style) for text in (typed.baseline, typed.target))
    least, most = possible(kpi)
    for number, text in ((baseline, typed.baseline), (target, typed.target)):
        if (least is not None and number < least) or (most is not None and number > most):
            ends = [f"at {word} {end}" for word, end in (("least", least), ("most", most)) if end is not None]
            sentence = f"{kpi.name} can only be {' and '.join(ends)}; {text} is not."
            raise RefusedDefinition(sentence, "Give a number that it can reach.")
    return KeyResult(typed.kpi, baseline, target, typed.deadline, typed.stretch)


def remark(data_file: Path, typed: Sequence[TypedResult]) -> str:
    """Name the key results that start at their target, which no score can hold; "" where none does."""
    with open_store(data_file) as store:
        style = read_business(store).style
        known = {key_of(kpi.name): kpi for kpi in kpis(store)}
        read = [_read(each, known[key_of(each.kpi)], style) for each in typed]
    return okr.left_out_text(
        [okr.score(each.kpi, each.baseline, each.target, None) for each in read if each.baseline == each.target]
    )


def typed(objective: Objective, choices: Sequence[KpiChoice], style: NumberStyle) -> tuple[TypedResult, ...]:
    """Give the key results of an objective as an owner would type them."""
    units = {key_of(choice.name): choice.unit for choice in choices}
    return tuple(
        TypedResult(
            each.kpi,
            format_exactly(each.baseline, units[key_of(each.kpi)], style),
            format_exactly(each.target, units[key_of(each.kpi)], style),
            each.deadline,
            each.stretch,
        )
        for each in objective.key_results
    )


def find(data_file: Path, objective_id: int) -> Objective:
    """Read one objective.

    Raises:
        NotFound: there is none of that number.
    """
    with open_store(data_file) as store:
        return get_objective(store, objective_id)


def remove(data_file: Path, objective_id: int, now: datetime) -> int | None:
    """Take an objective away; the number of the change, by which it comes back.

    Raises:
        NotFound: there is none of that number.
    """
    with open_store(data_file) as store:
        return remove_objective(store, objective_id, By(now, read_business(store).person))


def undo(data_file: Path, change_id: int, now: datetime) -> None:
    """Take back a change of an objective.

    Raises:
        RefusedDefinition: it was changed again since, or would not fit any more.
    """
    with open_store(data_file) as store:
        undo_change(store, change_id, By(now, read_business(store).person))
