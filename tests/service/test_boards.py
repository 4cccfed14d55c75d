from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.board import GroupBy, Sort
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Level, Measure, Perspective, State, Tier
from kpi_core.service import boards, choose, kpi_page
from kpi_core.service.boards import STATUSES, View
from tests.service.shop import NOW, TODAY, add, at_least, days, filled, orders, revenue

NEXT_YEAR = datetime(2027, 1, 5, 9)
COUNT = Measure("Orders", Aggregate.COUNT, None, "Day")


def two(data: Path) -> None:
    """Add a second KPI of another owner and goal, off its target."""
    filled(data)
    other = replace(revenue(COUNT, "Orders a month"), owner="counter staff", goal="More visitors")
    choose.save(data, other, at_least(500, date(2026, 1, 1)), NOW)


def names(data: Path, view: View) -> list[str]:
    return [row.kpi.name for row in boards.board(data, TODAY, view).rows]


def test_an_empty_board(data: Path) -> None:
    assert boards.filter_choices(data, TODAY) == boards.FilterChoices(any=False, owners=(), goals=(), statuses=STATUSES)
    assert boards.board(data, TODAY, View(TODAY)).rows == ()


def test_the_choices_are_those_in_use(data: Path) -> None:
    two(data)
    found = boards.filter_choices(data, TODAY)
    assert (found.any, found.owners) == (True, ("counter staff", "shop manager"))
    assert set(found.goals) == {"Bring in more money", "More visitors"}
    retired = next(kpi for kpi in choose.options(data).kpis if kpi.owner == "counter staff")
    choose.retire(data, retired.id, "Too many", NOW)
    assert boards.filter_choices(data, TODAY).owners == ("shop manager",)
    assert boards.filter_choices(data, TODAY).goals == ("Bring in more money",)


def test_filters_narrow_the_board(data: Path) -> None:
    two(data)
    assert sorted(names(data, View(TODAY))) == ["Orders a month", "Revenue"]
    assert names(data, View(TODAY, owner="counter staff")) == ["Orders a month"]
    assert names(data, View(TODAY, goal="Bring in more money")) == ["Revenue"]
    assert names(data, View(TODAY, goal="Bring in more money", owner="counter staff")) == []


def test_every_row_passes_exactly_one_status_filter(data: Path) -> None:
    two(data)
    kept = choose.save(data, revenue(COUNT, "Not held to anything"), None, NOW)
    assert kept.id
    found = {status: names(data, View(TODAY, status=status)) for status in STATUSES}
    assert found["On target"] == ["Revenue"]
    assert found["Off target"] == ["Orders a month"]
    assert sorted(name for some in found.values() for name in some) == sorted(names(data, View(TODAY)))


def test_the_counts_of_a_filtered_board_are_those_of_its_rows(data: Path) -> None:
    two(data)
    found = boards.board(data, TODAY, View(TODAY, status="On target"))
    assert (found.rollup.on_target, found.rollup.off, found.rollup.of) == (1, 0, 1)


def test_groups_hold_all_rows(data: Path) -> None:
    two(data)
    for by in GroupBy:
        found = boards.board(data, TODAY, View(TODAY, group_by=by))
        assert sorted(row.kpi.name for group in found.groups for row in group.rows) == ["Orders a month", "Revenue"]


def test_as_of_uses_the_definition_and_target_of_then(data: Path) -> None:
    kpi = filled(data)
    later = datetime(2026, 12, 3, 9)
    add(data, orders(days("2026-11-01", "2026-11-30"), name="november.csv"), now=later)
    choose.save(data, replace(kpi, owner="counter staff", values=COUNT), at_least(9000), later, "We count orders now")
    today = NEXT_YEAR.date()
    add(data, orders(days("2026-12-01", "2026-12-31"), name="december.csv"), now=NEXT_YEAR)
    then = boards.board(data, today, View(TODAY)).rows[0]
    assert (then.kpi.owner, then.actual, then.judgement.word) == ("shop manager", Fraction(310), "On target")
    now = boards.board(data, today, View(today)).rows[0]
    assert (now.kpi.owner, now.actual, now.judgement.word) == ("counter staff", Fraction(31), "Off target")


def test_a_health_metric_is_shown_and_never_counted(data: Path) -> None:
    filled(data)
    choose.save(data, replace(revenue(COUNT, "Orders a month"), tier=Tier.HEALTH_METRIC), at_least(500), NOW)
    found = boards.board(data, TODAY, View(TODAY))
    assert [row.kpi.name for row in found.health] == ["Orders a month"]
    assert found.health[0].judgement.word == ""
    assert found.rollup.of == 1


def test_what_somebody_else_writes_meanwhile_is_seen_at_once(data: Path) -> None:
    two(data)
    before = boards.board(data, TODAY, View(TODAY)).rows
    assert boards.board(data, TODAY, View(TODAY)).rows == before
    kpi = next(row.kpi for row in before if row.kpi.name == "Revenue")
    kpi_page.type_values(data, kpi.id, {date(2026, 10, 1): "1"}, "recounted", NOW)
    assert next(row.actual for row in boards.board(data, TODAY, View(TODAY)).rows if row.kpi.id == kpi.id) == 1


def test_side_function_level_and_kind_narrow_the_board_too(data: Path) -> None:
    filled(data)
    other = replace(
        revenue(COUNT, "Orders a month"),
        perspective=Perspective.CUSTOMER,
        function="Sales",
        level=Level.DEPARTMENT,
        tier=Tier.HEALTH_METRIC,
    )
    choose.save(data, other, None, NOW)

    def shown(view: View) -> list[str]:
        board = boards.board(data, TODAY, view)
        return [row.kpi.name for row in (*board.rows, *board.health)]

    for view in (
        View(TODAY, perspective="customer"),
        View(TODAY, function="Sales"),
        View(TODAY, level="department"),
        View(TODAY, tier="health metric"),
    ):
        assert shown(view) == ["Orders a month"]
    assert shown(View(TODAY, level="company", tier="KPI")) == ["Revenue"]
    found = boards.filter_choices(data, TODAY)
    assert (found.perspectives, found.functions) == (("financial", "customer"), ("Sales",))
    assert (found.levels, found.tiers) == (("company", "department"), ("KPI", "health metric"))


def test_the_north_star_is_pinned_and_goes_where_the_owner_says(data: Path) -> None:
    first = filled(data)
    first = choose.save(data, replace(first, north_star=True), None, NOW)
    second = replace(revenue(COUNT, "Orders a month"), north_star=True)
    with pytest.raises(RefusedDefinition, match="Only one KPI can be the North Star"):
        choose.save(data, second, None, NOW)
    second = choose.save(data, second, None, NOW, takes_star=True)
    star = boards.board(data, TODAY, View(TODAY)).star
    assert star is not None
    assert star.kpi.name == "Orders a month"
    assert not choose.opened(data, first.id)[0].north_star
    assert choose.star_beside(choose.options(data).kpis, second.id) is None


def test_search_and_sort_narrow_and_order_the_board_and_it_says_what_is_left_out(data: Path) -> None:
    two(data)
    assert names(data, View(TODAY, search="counter")) == ["Orders a month"]
    assert names(data, View(TODAY, search="more money rev")) == ["Revenue"]
    assert names(data, View(TODAY, sort=Sort.WORST)) == ["Orders a month", "Revenue"]
    assert names(data, View(TODAY, sort=Sort.NAME, group_by=GroupBy.NOTHING)) == ["Orders a month", "Revenue"]
    assert boards.board(data, TODAY, View(TODAY)).left_out == ""
    assert boards.board(data, TODAY, View(TODAY, owner="counter staff")).left_out == "1 of 2 shown"
    nothing = boards.board(data, TODAY, View(TODAY, search="qwertz"))
    assert (nothing.left_out, nothing.any) == ("0 of 2 shown", False)


def test_drafts_are_in_the_order_of_names_where_that_is_asked(data: Path) -> None:
    filled(data)
    for name in ("banana", "Apple"):
        choose.save(data, replace(revenue(COUNT, name), owner="", state=State.DRAFT), None, NOW)
    named = boards.board(data, TODAY, View(TODAY, sort=Sort.NAME)).drafts
    assert [kpi.name for kpi in named] == ["Apple", "banana"]
    assert [kpi.name for kpi in boards.board(data, TODAY, View(TODAY)).drafts] == ["banana", "Apple"]


def test_one_group_holds_everything_where_nothing_gathers(data: Path) -> None:
    two(data)
    (group,) = boards.board(data, TODAY, View(TODAY, group_by=GroupBy.NOTHING)).groups
    assert (group.name, len(group.rows)) == ("All KPIs", 2)


def test_the_last_periods_are_those_of_what_the_board_shows(data: Path) -> None:
    two(data)
    (table,) = boards.heat(data, TODAY, View(TODAY, owner="counter staff"))
    ((name, _, rows),) = table.groups
    board = boards.board(data, TODAY, View(TODAY, owner="counter staff"))
    assert (name, [each.row for each in rows]) == ("More visitors", list(board.rows))
    assert rows[0].cells[-1].judgement == board.rows[0].judgement
    assert rows[0].cells[-1].value_text == board.rows[0].actual_text


def test_a_typed_value_changes_the_last_periods_at_once(data: Path) -> None:
    filled(data)
    kpi = boards.board(data, TODAY, View(TODAY)).rows[0].kpi
    before = boards.heat(data, TODAY, View(TODAY))
    kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): "7"}, "recounted", NOW)
    after = boards.heat(data, TODAY, View(TODAY))
    cells = [tables[0].groups[0][2][0].cells[-2].value_text for tables in (before, after)]
    assert cells[0] != cells[1]
    assert "7" in cells[1]


def test_what_needed_attention_on_a_past_day_is_not_said_to_be_this_weeks(data: Path) -> None:
    two(data)
    assert boards.board(data, TODAY, View(TODAY)).week == "This week"
    assert boards.board(data, TODAY, View(date(2026, 11, 2))).week == "In the week of 2 November"
    assert boards.board(data, TODAY, View(date(2025, 11, 3))).week == "In the week of 3 November 2025"
