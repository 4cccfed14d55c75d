"""The worked cases of counts and the weakest KPI."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_core.board import BoardRow, counts_in, roll_up
from kpi_core.kpi import Direction, Kpi, State, Tier, Typed
from kpi_core.period import Cadence
from kpi_core.status import Judgement, Status
from kpi_core.unit import Unit, UnitKind
from tests.rules.cases import Given, RuleCase, rule_cases

WITH_A_VALUE = {Status.GREEN, Status.AMBER, Status.RED, Status.ACCEPTED}


def row(given: Given) -> BoardRow:
    tier = Tier(given.text("tier"))
    told = given.raw("status")
    status = Status.NO_TARGET if told is None else Status(told)
    kpi = Kpi(
        given.text("name"), Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), tier=tier, state=State.ACTIVE
    )
    return BoardRow(
        kpi=kpi,
        period=None,
        period_text="",
        actual=None,
        actual_text="",
        target=None,
        target_text="",
        gap_text="",
        judgement=Judgement(status, "", ""),
        reported=status in WITH_A_VALUE,
        counts=counts_in(kpi, status),
    )


def answer(given: Given) -> Mapping[str, object]:
    rollup = roll_up([row(part) for part in given.parts("kpis")])
    return {
        "on_target": rollup.on_target,
        "close": rollup.close,
        "off": rollup.off,
        "reported": rollup.reported,
        "of": rollup.of,
        "status": rollup.status,
        "weakest": rollup.weakest,
    }


@rule_cases("rollup")
def test_rollup(case: RuleCase) -> None:
    case.check(answer)
