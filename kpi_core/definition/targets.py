"""Targets as JSON: dated rows and one-period exceptions, with generous defaults for a row written by hand.

The kind is read from what is given (`low`/`high`: range, `deadline`: path, `steps`: steps, `year`: year total,
`change_percent`: relative, else constant; a `delta` in place of its value). The
comparison follows the direction: `>=` where up is better, `<=` where down is. A row without `from` is in force from
the first value on (`EARLIEST`), a path from its start, steps from the first one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from kpi_core.definition.fields import Fields, Place, number_from_json, number_to_json, refused
from kpi_core.errors import RefusedDefinition
from kpi_core.target import (
    Bound,
    Comparison,
    SpreadBy,
    Step,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
    default_comparison,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from kpi_core.kpi import Direction

Json = dict[str, object]

EARLIEST = date(1900, 1, 1)
"""A target without a day of its own is in force from here: before every value that a business can have."""

HERE = Place("target")

EXCEPTION = Place("exception")


def target_from_json(obj: object, direction: Direction, place: Place = HERE) -> Target:
    """Read one target row.

    Args:
        obj: the parsed JSON; a bare number is a constant target of it.
        direction: of the KPI, for the comparison where none is given.
        place: where it stands, for refusals.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj if isinstance(obj, dict) else {"value": obj}, place)
    kind = fields.choice("kind", TargetKind, _kind_of(fields))
    starts = fields.day("from")
    match kind:
        case TargetKind.CONSTANT:
            target = _constant(fields, starts, direction)
        case TargetKind.STEPS:
            target = _steps(fields, starts, direction)
        case TargetKind.PATH:
            target = _path(fields, starts, direction)
        case TargetKind.RANGE:
            low, high = _bound(fields, "low", Comparison.AT_LEAST), _bound(fields, "high", Comparison.AT_MOST)
            target = Target(kind, starts or EARLIEST, low=low, high=high)
        case TargetKind.YEAR_TOTAL:
            target = _year_total(fields, starts, direction)
        case TargetKind.RELATIVE:
            change, comparison = _needed(fields, "change_percent"), _comparison(fields, direction)
            target = Target(kind, starts or EARLIEST, comparison=comparison, change_percent=change)
    target = replace(
        target,
        tolerance=_tolerance(fields),
        stretch=fields.number("stretch"),
        typed_on=fields.day("typed_on"),
        backdated=fields.flag("backdated"),
        reason=fields.text("reason"),
    )
    fields.close()
    return target


def _kind_of(fields: Fields) -> TargetKind:
    if fields.has("low") or fields.has("high"):
        return TargetKind.RANGE
    if fields.has("deadline"):
        return TargetKind.PATH
    if fields.has("year"):
        return TargetKind.YEAR_TOTAL
    if fields.has("change_percent"):
        return TargetKind.RELATIVE
    return TargetKind.STEPS if fields.has("steps") else TargetKind.CONSTANT


def _constant(fields: Fields, starts: date | None, direction: Direction) -> Target:
    delta = fields.number("delta")
    if delta is not None and fields.has("value"):
        raise refused(fields.place, 'give "value" or "delta", not both.')
    value = _needed(fields, "value") if delta is None else None
    comparison = _comparison(fields, direction)
    return Target(TargetKind.CONSTANT, starts or EARLIEST, value=value, comparison=comparison, delta=delta)


def _year_total(fields: Fields, starts: date | None, direction: Direction) -> Target:
    year = fields.day("year")
    if year is None:
        raise refused(fields.place, '"year" is missing: a day of the year that the total is for.')
    percentages = tuple(number_from_json(item, place) for place, item in fields.items("percentages"))
    spread_by = fields.choice("spread", SpreadBy, SpreadBy.TYPED if percentages else SpreadBy.LAST_YEAR)
    if bool(percentages) is not (spread_by is SpreadBy.TYPED):
        raise refused(fields.place, '"percentages" belong to the spread "typed percentages", and to no other.')
    return Target(
        TargetKind.YEAR_TOTAL,
        starts or EARLIEST,
        value=_needed(fields, "value"),
        comparison=_comparison(fields, direction),
        year=year,
        spread=spread_by,
        percentages=percentages,
    )


def _needed(fields: Fields, key: str) -> Fraction:
    found = fields.number(key)
    if found is None:
        raise refused(fields.place, f'"{key}" is missing.')
    return found


def _comparison(fields: Fields, direction: Direction) -> Comparison:
    given = fields.choice_or_none("comparison", Comparison)
    if given is not None:
        return given
    try:
        return default_comparison(direction)
    except RefusedDefinition as error:
        raise refused(fields.place, error.sentence, error.hint) from error


def _steps(fields: Fields, starts: date | None, direction: Direction) -> Target:
    steps = []
    for place, item in fields.items("steps"):
        step = Fields(item, place)
        start = step.day("from")
        if start is None:
            raise refused(place, '"from" is missing: the day from which this step counts.')
        steps.append(Step(start, _needed(step, "value")))
        step.close()
    if not steps:
        raise refused(fields.place, '"steps" is empty: give at least one {"from": day, "value": number}.')
    if any(one.start >= two.start for one, two in pairwise(steps)):
        raise refused(fields.place.at("steps"), "the steps must follow each other in time.")
    comparison = _comparison(fields, direction)
    return Target(TargetKind.STEPS, starts or steps[0].start, comparison=comparison, steps=tuple(steps))


def _path(fields: Fields, starts: date | None, direction: Direction) -> Target:
    path_start = fields.day("path_start") or starts
    deadline = fields.day("deadline")
    if path_start is None:
        raise refused(fields.place, 'the path has no start: give "from", the day on which it is at its baseline.')
    if deadline is None:
        raise refused(fields.place, '"deadline" is missing: the day on which the path ends.')
    return Target(
        TargetKind.PATH,
        starts or path_start,
        value=_needed(fields, "value"),
        comparison=_comparison(fields, direction),
        baseline=_needed(fields, "baseline"),
        path_start=path_start,
        deadline=deadline,
    )


def _bound(fields: Fields, key: str, usual: Comparison) -> Bound:
    found, place = fields.take(key), fields.place.at(key)
    if found is None:
        raise refused(fields.place, f'"{key}" is missing: a range needs both ends.')
    if not isinstance(found, dict):
        return Bound(number_from_json(found, place), usual)
    inner = Fields(found, place)
    bound = Bound(_needed(inner, "value"), inner.choice("comparison", Comparison, usual))
    inner.close()
    return bound


def _tolerance(fields: Fields) -> Tolerance:
    found = fields.take("tolerance")
    if found is None:
        return Tolerance()
    inner = Fields(found, fields.place.at("tolerance"))
    percent, absolute = inner.number("percent"), inner.number("absolute")
    green_from, red_from = inner.number("green_from"), inner.number("red_from")
    inner.close()
    match percent, absolute, green_from, red_from:
        case value, None, None, None if value is not None:
            tolerance = Tolerance(ToleranceKind.PERCENT, value)
        case None, value, None, None if value is not None:
            tolerance = Tolerance(ToleranceKind.ABSOLUTE, value)
        case None, None, green, red if green is not None and red is not None:
            tolerance = Tolerance(ToleranceKind.TYPED, green_from=green, red_from=red)
        case _:
            raise refused(inner.place, 'give "percent", or "absolute", or both "green_from" and "red_from".')
    if tolerance.value < 0:
        raise refused(inner.place, "a tolerance cannot be below 0.")
    return tolerance


def target_to_json(target: Target) -> Json:
    """Write one target row, the day left out where it is the usual one; `target_from_json` reads the same back."""
    out: Json = {"kind": target.kind.value}
    if target.starts != _usual_start(target):
        out["from"] = target.starts.isoformat()
    match target.kind:
        case TargetKind.CONSTANT | TargetKind.STEPS | TargetKind.PATH | TargetKind.YEAR_TOTAL | TargetKind.RELATIVE:
            out |= _level_to_json(target)
        case TargetKind.RANGE:
            out |= {"low": _bound_to_json(target.low), "high": _bound_to_json(target.high)}
    if target.tolerance != Tolerance():
        out["tolerance"] = _tolerance_to_json(target.tolerance)
    if target.stretch is not None:
        out["stretch"] = number_to_json(target.stretch)
    if target.typed_on is not None:
        out["typed_on"] = target.typed_on.isoformat()
    if target.backdated:
        out["backdated"] = True
    if target.reason:
        out["reason"] = target.reason
    return out


def _usual_start(target: Target) -> date:
    match target.kind:
        case TargetKind.CONSTANT | TargetKind.RANGE | TargetKind.YEAR_TOTAL | TargetKind.RELATIVE:
            return EARLIEST
        case TargetKind.STEPS:
            return min((step.start for step in target.steps), default=EARLIEST)
        case TargetKind.PATH:
            return target.path_start or EARLIEST


def _level_to_json(target: Target) -> Json:
    out: Json = {}
    if target.baseline is not None:
        out["baseline"] = number_to_json(target.baseline)
    if target.path_start is not None:
        out["path_start"] = target.path_start.isoformat()
    if target.value is not None:
        out["value"] = number_to_json(target.value)
    if target.delta is not None:
        out["delta"] = number_to_json(target.delta)
    if target.change_percent is not None:
        out["change_percent"] = number_to_json(target.change_percent)
    if target.year is not None:
        out["year"] = target.year.isoformat()
    if target.spread is not None:
        out["spread"] = target.spread.value
    if target.percentages:
        out["percentages"] = [number_to_json(share) for share in target.percentages]
    if target.comparison is not None:
        out["comparison"] = target.comparison.value
    if target.deadline is not None:
        out["deadline"] = target.deadline.isoformat()
    if target.steps:
        out["steps"] = [{"from": step.start.isoformat(), "value": number_to_json(step.value)} for step in target.steps]
    return out


def _bound_to_json(bound: Bound | None) -> Json | None:
    if bound is None:
        return None
    return {"value": number_to_json(bound.value), "comparison": bound.comparison.value}


def _tolerance_to_json(tolerance: Tolerance) -> Json:
    match tolerance.kind:
        case ToleranceKind.PERCENT:
            return {"percent": number_to_json(tolerance.value)}
        case ToleranceKind.ABSOLUTE:
            return {"absolute": number_to_json(tolerance.value)}
        case ToleranceKind.TYPED:
            ends = {"green_from": tolerance.green_from, "red_from": tolerance.red_from}
            return {key: number_to_json(end) for key, end in ends.items() if end is not None}


def exception_from_json(obj: object, place: Place = EXCEPTION) -> TargetException:
    """Read another target for one period only; `period` is a day of it, `reason` must be given."""
    fields = Fields(obj, place)
    period = fields.day("period")
    if period is None:
        raise refused(place, '"period" is missing: a day of the period that this is for.')
    exception = TargetException(period, _needed(fields, "value"), fields.text("reason", None))
    fields.close()
    return exception


def exception_to_json(exception: TargetException) -> Json:
    """Write an exception; `exception_from_json` reads the same back."""
    period, value = exception.period_start.isoformat(), number_to_json(exception.value)
    return {"period": period, "value": value, "reason": exception.reason}


def history_from_fields(fields: Fields, direction: Direction) -> TargetHistory:
    """Take `target` (one row) or `targets` (rows in the order they were entered) and `exceptions` of a KPI."""
    place = fields.place
    rows: list[Target] = []
    if fields.has("target") and fields.has("targets"):
        raise refused(place, 'give "target" or "targets", not both.')
    single = fields.take("target")
    if single is not None:
        rows.append(target_from_json(single, direction, place.at("target")))
    rows.extend(target_from_json(item, direction, at) for at, item in fields.items("targets"))
    exceptions = tuple(exception_from_json(item, at) for at, item in fields.items("exceptions"))
    return TargetHistory(tuple(rows), exceptions)


def history_to_json(history: TargetHistory) -> Json:
    """Write the members `target` or `targets` and `exceptions` of a KPI; nothing where there is no target."""
    out: Json = {}
    rows = [target_to_json(row) for row in history.rows]
    if len(rows) == 1:
        out["target"] = rows[0]
    elif rows:
        out["targets"] = rows
    if history.exceptions:
        out["exceptions"] = [exception_to_json(exception) for exception in history.exceptions]
    return out
