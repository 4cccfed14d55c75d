"""Counts, the weakest KPI, and the headings that cards stand under."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.board import BoardRow, GroupBy, counts_in, group, roll_up
from kpi_core.kpi import Direction, Kpi, Level, Perspective, State, Tier, Typed
from kpi_core.period import Cadence
from kpi_core.status import Judgement, Status
from kpi_core.unit import Unit, UnitKind


def row(  # noqa: PLR0913 (one argument for each thing that a test varies)
    name: str,
    status: Status,
    percent: str | None = None,
    *,
    goal: str = "",
    owner: str = "",
    perspective: Perspective | None = None,
    level: Level = Level.COMPANY,
    reported: bool = True,
    gap: int = 1,
) -> BoardRow:
    kpi = Kpi(
        name,
        Unit(UnitKind.COUNT),
        Direction.UP,
        Cadence.MONTH,
        Typed(),
        goal=goal,
        owner=owner,
        perspective=perspective,
        level=level,
        state=State.ACTIVE,
    )
    share = None if percent is None else Fraction(percent)
    return BoardRow(
        kpi=kpi,
        period=None,
        period_text="",
        actual=None,
        actual_text="",
        target=None,
        target_text="",
        gap_text="",
        judgement=Judgement(status, "", "", gap=Fraction(gap), gap_percent=share),
        reported=reported,
        counts=counts_in(kpi, status),
    )


G, A, R = Status.GREEN, Status.AMBER, Status.RED


def test_the_weakest_has_the_worst_colour_then_the_larger_gap_then_the_first_name() -> None:
    assert roll_up([row("A", G, "90"), row("B", A, "9"), row("C", A, "3")]).weakest == "B"
    assert roll_up([row("A", A, "9"), row("B", R, "4")]).weakest == "B"
    assert roll_up([row("b", R, "4"), row("A", R, "4")]).weakest == "A"


def test_a_gap_to_a_target_of_zero_is_endless() -> None:
    assert roll_up([row("A", R, "90"), row("B", R)]).weakest == "B"
    assert roll_up([row("A", G, "90"), row("B", G)]).weakest == "A"
    assert roll_up([row("A", G, "90"), row("B", G, gap=0)]).weakest == "B"


def test_when_all_are_green_the_data_holds_the_smallest_margin_but_the_words_name_none() -> None:
    rollup = roll_up([row("Wide", G, "20"), row("Narrow", G, "2")])
    assert (rollup.weakest, rollup.sentence) == ("Narrow", "2 on target")


@pytest.mark.parametrize(
    ("statuses", "reported", "sentence"),
    [
        ("GAA", 3, "1 on target, 2 close · weakest: K1"),
        ("GARO", 3, "1 on target, 1 close, 1 off; 3 of 4 reported · weakest: K2"),
        ("OO", 0, "0 of 2 reported"),
        ("R", 0, "1 off; 0 of 1 reported · weakest: K0"),
        ("", 0, "nothing to judge"),
    ],
)
def test_a_heading_in_words(statuses: str, reported: int, sentence: str) -> None:
    kinds = {"G": G, "A": A, "R": R, "O": Status.OVERDUE}
    rows = [row(f"K{i}", kinds[kind], "5", reported=i < reported) for i, kind in enumerate(statuses)]
    assert roll_up(rows).sentence == sentence


@pytest.mark.parametrize("status", list(Status))
def test_what_counts_is_active_has_a_target_and_applies(status: Status) -> None:
    kpi = row("A", status).kpi
    assert counts_in(kpi, status) == (status not in {Status.NO_TARGET, Status.NOT_APPLICABLE})


@pytest.mark.parametrize(("tier", "state"), [(Tier.HEALTH_METRIC, State.ACTIVE), (Tier.KPI, State.DRAFT)])
def test_health_metrics_and_drafts_never_count(tier: Tier, state: State) -> None:
    kpi = Kpi("A", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), tier=tier, state=state)
    assert not counts_in(kpi, G)


def test_an_accepted_miss_counts_without_a_colour() -> None:
    rollup = roll_up([row("A", Status.ACCEPTED), row("B", G, "1")])
    assert (rollup.of, rollup.reported, rollup.on_target, rollup.status) == (2, 2, 1, G)


def names(by: GroupBy, *rows: BoardRow, order: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    return [(each.name, [inside.kpi.name for inside in each.rows]) for each in group(rows, by, order)]


def test_goals_stand_in_their_order_and_those_without_one_last() -> None:
    rows = (row("A", G), row("B", G, goal="Grow"), row("C", G, goal="Save"), row("D", G, goal="New"))
    assert names(GroupBy.GOAL, *rows, order=("Save", "Grow")) == [
        ("Save", ["C"]),
        ("Grow", ["B"]),
        ("New", ["D"]),
        ("Without a goal", ["A"]),
    ]


def test_other_headings() -> None:
    rows = (
        row("A", G, owner="web lead", perspective=Perspective.PEOPLE, level=Level.INDIVIDUAL),
        row("B", G, owner="buyer", perspective=Perspective.FINANCIAL),
        row("C", G),
    )
    assert names(GroupBy.OWNER, *rows) == [("buyer", ["B"]), ("web lead", ["A"]), ("Without an owner", ["C"])]
    assert names(GroupBy.PERSPECTIVE, *rows) == [
        ("Financial", ["B"]),
        ("People", ["A"]),
        ("Without a perspective", ["C"]),
    ]
    assert names(GroupBy.LEVEL, *rows) == [("Company", ["B", "C"]), ("Individual", ["A"])]


@given(st.lists(st.sampled_from(list(Status)), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_cards_does_not_matter_to_a_rollup(statuses: list[Status], random: object) -> None:
    rows = [row(f"K{i:02}", status, "5") for i, status in enumerate(statuses)]
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    rollup = roll_up(rows)
    assert roll_up(shuffled) == rollup
    assert rollup.on_target + rollup.close + rollup.off <= rollup.of <= len(rows)


def test_functions_go_by_name_and_each_group_names_its_weakest() -> None:
    rows = [
        replace(each, kpi=replace(each.kpi, function=function))
        for each, function in ((row("A", R, "4"), "Sales"), (row("B", A, "3"), "Marketing"), (row("C", G, "1"), ""))
    ]
    groups = group(rows, GroupBy.FUNCTION)
    assert [(each.name, each.rollup.weakest) for each in groups] == [
        ("Marketing", "B"),
        ("Sales", "A"),
        ("Without a function", "C"),
    ]
    assert groups[1].rollup.sentence == "1 off · weakest: A"
