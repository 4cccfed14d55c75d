"""A KPI as JSON: little must be said, and nothing is lost."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.definition import kpi_from_json, kpi_to_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Acceptance, Aggregate, AlertWhen, Baseline, Direction, Kpi, Level, State, Tier, Typed
from kpi_core.period import Cadence, Calendar
from kpi_core.unit import Unit, UnitKind
from tests.definition import made

LEAST = {"name": "Monthly Revenue", "unit": "currency:SEK", "direction": "up"}


@settings(max_examples=30)
@given(made.kpis("Revenue", ("Orders",), ("Grow",), Calendar()))
def test_a_kpi_written_is_read_back_the_same(kpi: Kpi) -> None:
    assert kpi_from_json(json.loads(json.dumps(kpi_to_json(kpi)))) == kpi


def test_name_unit_and_direction_are_enough() -> None:
    read = kpi_from_json(LEAST)
    assert read == Kpi(
        name="Monthly Revenue",
        unit=Unit(UnitKind.CURRENCY, "SEK"),
        direction=Direction.UP,
        cadence=Cadence.MONTH,
        values=Typed(Aggregate.SUM),
        state=State.ACTIVE,
    )
    assert (read.tier, read.level, read.id) == (Tier.KPI, Level.COMPANY, 0)


@pytest.mark.parametrize(
    ("unit", "aggregate"),
    [
        ("currency:USD", Aggregate.SUM),
        ("count", Aggregate.SUM),
        ("percent", Aggregate.AVERAGE),
        ("score", Aggregate.AVERAGE),
        ("ratio", Aggregate.AVERAGE),
        ("duration", Aggregate.AVERAGE),
    ],
)
@pytest.mark.parametrize("values", [None, {"kind": "typed"}])
def test_typed_values_add_up_as_their_unit_does(unit: str, aggregate: Aggregate, values: object) -> None:
    assert kpi_from_json({**LEAST, "unit": unit, "values": values}).values == Typed(aggregate)


@pytest.mark.parametrize("missing", ["name", "unit", "direction"])
def test_what_would_be_a_guess_must_be_said(missing: str) -> None:
    with pytest.raises(RefusedDefinition, match=f'^KPI: "{missing}" is missing'):
        kpi_from_json({key: value for key, value in LEAST.items() if key != missing})


def test_answers_that_look_like_blanks_are_kept() -> None:
    written = kpi_to_json(kpi_from_json({**LEAST, "decimals": 0, "pay_tied": False}))
    assert written["decimals"] == 0
    assert written["pay_tied"] is False
    assert "pay_tied" not in kpi_to_json(kpi_from_json(LEAST))


def test_a_miss_is_accepted_until_a_day_with_a_reason() -> None:
    read = kpi_from_json({**LEAST, "accepted": {"until": "2026-12-31", "reason": "shop is rebuilt"}})
    assert read.accepted == Acceptance(date(2026, 12, 31), "shop is rebuilt")


def test_the_owner_chooses_the_limits_and_says_when_they_start_anew() -> None:
    asked = {
        "baseline": {"from": "2025-01", "until": "2025-12-31"},
        "rebases": [{"from": "2026-03-01", "reason": "second shop"}, {"from": "2025-06-01", "reason": "new prices"}],
        "alert": "two in a row",
    }
    read = kpi_from_json({**LEAST, **asked})
    assert read.baseline == Baseline(date(2025, 12, 31), date(2025, 1, 1))
    assert [each.reason for each in read.rebases] == ["new prices", "second shop"]
    assert read.alert is AlertWhen.TWO_IN_A_ROW
    plain = kpi_from_json(LEAST)
    assert (plain.baseline, plain.rebases, plain.alert) == (None, (), AlertWhen.REAL_CHANGES)
    assert not {"baseline", "rebases", "alert"} & set(kpi_to_json(plain))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"unit": "currency"}, "KPI, unit: "),
        ({"unit": "apples"}, 'KPI, unit: "apples" is no unit.'),
        ({"state": "retired"}, 'KPI: a retired KPI needs its reason: "retired_reason".'),
        ({"decimals": 7}, "KPI, decimals: 7 is not between 0 and 6."),
        ({"decimals": 1.5}, "KPI, decimals: 1.5 is not a whole number."),
        ({"accepted": {"reason": "x"}}, 'KPI, accepted: "until" is missing: the last day for which the miss is'),
        ({"accepted": {"until": "2026-12-31"}}, 'KPI, accepted: "reason" is missing.'),
        ({"baseline": {"from": "2026-01-01"}}, 'KPI, baseline: "until" is missing: the last day of the periods'),
        (
            {"baseline": {"from": "2026-02-01", "until": "2026-01-01"}},
            "KPI, baseline: it begins on 2026-02-01, after its last day 2026-01-01.",
        ),
        ({"rebases": [{"from": "2026-01-01"}]}, 'KPI, rebases[0]: "reason" is missing.'),
        (
            {"rebases": [{"reason": "x"}]},
            'KPI, rebases[0]: "from" is missing: the day since when things',
        ),
        ({"not_applicable": ["July"]}, 'KPI, not_applicable[0]: "July" is not a day; write it like 2026-10-31.'),
        ({"values": {"kind": "guess"}}, 'KPI, values.kind: "guess" is not known'),
        ({"taget": 5}, 'KPI: "taget" is not known here'),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(more: dict[str, object], sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        kpi_from_json({**LEAST, **more})
    assert refused.value.sentence.startswith(sentence)


@given(st.sampled_from(["tier", "level", "perspective", "cadence", "state", "lead_lag", "control"]))
def test_a_choice_that_does_not_exist_is_refused(member: str) -> None:
    with pytest.raises(RefusedDefinition, match=f"^KPI, {member}: .* choose one of "):
        kpi_from_json({**LEAST, member: "nonsense"})
