"""A KPI as JSON. Name, unit and direction must be said; the rest has defaults an owner would expect.

Defaults: cadence month, values typed, tier KPI, state active, level company. Typed values add up to longer periods
by sum for money and counts; percent, scores, ratios and durations are averaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition.fields import Fields, Place, day_from_json, refused
from kpi_core.definition.values import values_from_json, values_to_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import (
    Acceptance,
    Aggregate,
    AlertWhen,
    Baseline,
    Control,
    Direction,
    Kpi,
    LeadLag,
    Level,
    Perspective,
    Rebase,
    State,
    Tier,
    Typed,
)
from kpi_core.period import Cadence
from kpi_core.unit import Unit, UnitKind, parse_unit

if TYPE_CHECKING:
    from kpi_core.kpi import ValuesFrom

Json = dict[str, object]

HERE = Place("KPI")

MOST_DECIMALS = 6
"""More digits than this are never shown."""


def kpi_from_json(obj: object, place: Place = HERE) -> Kpi:
    """Read one KPI without its targets. Its `id` is 0: the data file gives it one.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj, place)
    kpi = kpi_from_fields(fields)
    fields.close()
    return kpi


def kpi_from_fields(fields: Fields) -> Kpi:
    """Take the members of a KPI, leaving those of its targets."""
    name = fields.text("name", None)
    unit = _unit(fields)
    retired_reason = fields.text("retired_reason")
    state = fields.choice("state", State, State.ACTIVE)
    if state is State.RETIRED and not retired_reason:
        raise refused(fields.place, 'a retired KPI needs its reason: "retired_reason".')
    return Kpi(
        name=name,
        unit=unit,
        direction=fields.choice("direction", Direction),
        cadence=fields.choice("cadence", Cadence, Cadence.MONTH),
        values=_values(fields, unit),
        definition=fields.text("definition"),
        goal=fields.text("goal"),
        catalogue_key=fields.text_or_none("catalogue_key"),
        tier=fields.choice("tier", Tier, Tier.KPI),
        north_star=fields.flag("north_star"),
        perspective=fields.choice_or_none("perspective", Perspective),
        function=fields.text("function"),
        level=fields.choice("level", Level, Level.COMPANY),
        scope=fields.text("scope"),
        owner=fields.text("owner"),
        lead_lag=fields.choice_or_none("lead_lag", LeadLag),
        decimals=_decimals(fields),
        counter_measure=fields.text("counter_measure"),
        change=fields.text("change"),
        when_red=fields.text("when_red"),
        control=fields.choice_or_none("control", Control),
        pay_tied=fields.flag_or_none("pay_tied"),
        review_date=fields.day("review_date"),
        state=state,
        retired_reason=retired_reason,
        accepted=_acceptance(fields),
        not_applicable=frozenset(day_from_json(item, at) for at, item in fields.items("not_applicable")),
        carry_forward=fields.flag("carry_forward"),
        includes=fields.text("includes"),
        baseline=_baseline(fields),
        rebases=_rebases(fields),
        alert=fields.choice("alert", AlertWhen, AlertWhen.REAL_CHANGES),
        review_every=fields.choice_or_none("review_every", Cadence),
    )


def _unit(fields: Fields) -> Unit:
    text = fields.text("unit", None)
    try:
        return parse_unit(text)
    except RefusedDefinition as error:
        raise refused(fields.place.at("unit"), error.sentence, error.hint) from error


def _values(fields: Fields, unit: Unit) -> ValuesFrom:
    typed = typed_aggregate(unit)
    found = fields.take("values")
    return Typed(typed) if found is None else values_from_json(found, fields.place.at("values"), typed=typed)


def typed_aggregate(unit: Unit) -> Aggregate:
    """Tell how typed values of a unit add up to a longer period where nobody said it."""
    match unit.kind:
        case UnitKind.CURRENCY | UnitKind.COUNT:
            return Aggregate.SUM
        case UnitKind.PERCENT | UnitKind.DURATION | UnitKind.SCORE | UnitKind.RATIO:
            return Aggregate.AVERAGE


def _decimals(fields: Fields) -> int | None:
    found = fields.whole("decimals")
    if found is not None and not 0 <= found <= MOST_DECIMALS:
        raise refused(fields.place.at("decimals"), f"{found} is not between 0 and {MOST_DECIMALS}.")
    return found


def _acceptance(fields: Fields) -> Acceptance | None:
    found = fields.take("accepted")
    if found is None:
        return None
    inner = Fields(found, fields.place.at("accepted"))
    until = inner.day("until")
    if until is None:
        raise refused(inner.place, '"until" is missing: the last day for which the miss is accepted.')
    acceptance = Acceptance(until, inner.text("reason", None))
    inner.close()
    return acceptance


def _baseline(fields: Fields) -> Baseline | None:
    found = fields.take("baseline")
    if found is None:
        return None
    inner = Fields(found, fields.place.at("baseline"))
    start, until = inner.day("from"), inner.day("until")
    if until is None:
        raise refused(inner.place, '"until" is missing: the last day of the periods that make the limits.')
    if start is not None and start > until:
        raise refused(inner.place, f"it begins on {start}, after its last day {until}.")
    inner.close()
    return Baseline(until, start)


def _rebases(fields: Fields) -> tuple[Rebase, ...]:
    found = []
    for place, item in fields.items("rebases"):
        inner = Fields(item, place)
        day = inner.day("from")
        if day is None:
            raise refused(place, '"from" is missing: the day since when things are different.')
        found.append(Rebase(day, inner.text("reason", None)))
        inner.close()
    return tuple(sorted(found, key=lambda each: each.day))


def kpi_to_json(kpi: Kpi) -> Json:
    """Write one KPI without its targets, what equals its default left out; `kpi_from_json` reads the same back."""
    out: Json = {
        "name": kpi.name,
        "unit": str(kpi.unit),
        "direction": kpi.direction.value,
        "cadence": kpi.cadence.value,
        "values": values_to_json(kpi.values),
        "state": kpi.state.value,
    }
    given: Json = {
        "definition": kpi.definition,
        "goal": kpi.goal,
        "catalogue_key": kpi.catalogue_key,
        "tier": None if kpi.tier is Tier.KPI else kpi.tier.value,
        "north_star": kpi.north_star,
        "perspective": kpi.perspective and kpi.perspective.value,
        "function": kpi.function,
        "level": None if kpi.level is Level.COMPANY else kpi.level.value,
        "scope": kpi.scope,
        "owner": kpi.owner,
        "lead_lag": kpi.lead_lag and kpi.lead_lag.value,
        "counter_measure": kpi.counter_measure,
        "change": kpi.change,
        "when_red": kpi.when_red,
        "control": kpi.control and kpi.control.value,
        "review_date": kpi.review_date and kpi.review_date.isoformat(),
        "retired_reason": kpi.retired_reason,
        "accepted": kpi.accepted and {"until": kpi.accepted.until.isoformat(), "reason": kpi.accepted.reason},
        "not_applicable": sorted(day.isoformat() for day in kpi.not_applicable),
        "carry_forward": kpi.carry_forward,
        "includes": kpi.includes,
        "baseline": kpi.baseline and _baseline_to_json(kpi.baseline),
        "rebases": [{"from": each.day.isoformat(), "reason": each.reason} for each in kpi.rebases],
        "alert": None if kpi.alert is AlertWhen.REAL_CHANGES else kpi.alert.value,
        "review_every": kpi.review_every and kpi.review_every.value,
    }
    out |= {key: value for key, value in given.items() if value}
    # 0 decimals and "not tied to pay" are answers, not blanks
    out |= {key: value for key, value in (("decimals", kpi.decimals), ("pay_tied", kpi.pay_tied)) if value is not None}
    return out


def _baseline_to_json(baseline: Baseline) -> Json:
    start = {} if baseline.start is None else {"from": baseline.start.isoformat()}
    return {**start, "until": baseline.until.isoformat()}
