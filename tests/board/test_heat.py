"""The last twelve periods: the values of the trend, the colours of their own time, and no colour where none is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.board import HEAT, KpiHistory, cards_of, gather, heat_cells, heat_tables
from kpi_core.board.heat import HeatCell
from kpi_core.kpi import Tier
from kpi_core.period import Cadence
from kpi_core.status import Status
from kpi_core.target import Comparison, TargetHistory
from kpi_core.unit import format_value
from tests.board.test_build import CALENDAR, ENGLISH, TODAY, card, constant, history, kpi


def cells(made_of: KpiHistory) -> tuple[HeatCell, ...]:
    return heat_cells(made_of, card(made_of), calendar=CALENDAR, style=ENGLISH, today=TODAY)


def colours(made_of: KpiHistory) -> list[Status | None]:
    return [None if cell.judgement is None else cell.judgement.status for cell in cells(made_of)]


VALUES = [str(100 + 7 * number % 40 - 15) for number in range(20)]


def test_the_cells_are_the_newest_points_of_the_trend() -> None:
    made_of = history(kpi("Visits"), ">=100", *VALUES)
    row = card(made_of)
    found = cells(made_of)
    points = row.trend[-HEAT:]
    assert len(found) == HEAT
    assert [cell.value_text for cell in found] == [
        format_value(Fraction(point.value or 0), row.kpi.unit, ENGLISH) for point in points
    ]
    assert found[-1].judgement == row.judgement
    assert found[-1].name == "October"


def test_each_period_is_held_to_the_target_of_its_time() -> None:
    made_of = history(kpi("Visits"), None, *["100"] * HEAT)
    targets = (constant("90", Comparison.AT_LEAST), constant("105", Comparison.AT_LEAST, date(2026, 6, 1)))
    made_of = replace(made_of, targets=TargetHistory(targets))
    assert colours(made_of) == [Status.GREEN] * 7 + [Status.AMBER] * 5


def test_a_hole_before_the_newest_data_has_no_colour_and_a_late_month_is_overdue() -> None:
    made_of = history(kpi("Visits"), ">=100", None, "120", None, "80")
    assert colours(made_of)[-4:] == [Status.RED, None, Status.GREEN, Status.OVERDUE]
    assert [cell.value_text for cell in cells(made_of)][-3:] == ["", "120", ""]
    assert colours(made_of)[:-4] == [None] * 8


def test_a_health_metric_has_values_and_no_colour() -> None:
    made_of = history(replace(kpi("Visits"), tier=Tier.HEALTH_METRIC), ">=100", "120", "80")
    assert colours(made_of) == [None] * HEAT
    assert [cell.value_text for cell in cells(made_of)][-2:] == ["80", "120"]


def test_each_cadence_has_its_table_under_the_boards_headings() -> None:
    quarterly = replace(kpi("Profit", goal="Keep more"), cadence=Cadence.QUARTER, id=2)
    monthly = [replace(kpi(name), id=number) for number, name in ((3, "Visits"), (4, "Orders"))]
    star = replace(monthly[1], north_star=True)
    some = [history(each, ">=100", "120") for each in (quarterly, monthly[0], star)]
    rows = cards_of(some, calendar=CALENDAR, style=ENGLISH, as_of=TODAY)
    board = gather(rows, (), calendar=CALENDAR, as_of=TODAY, order=("Bring in more money", "Keep more"))
    made = {
        each.kpi.id: heat_cells(each, row, calendar=CALENDAR, style=ENGLISH, today=TODAY)
        for each, row in zip(some, rows, strict=True)
    }
    tables = heat_tables(board, made, calendar=CALENDAR)
    assert [table.title for table in tables] == ["Last 12 months", "Last 12 quarters"]
    months, quarters = tables
    assert [(name, [each.row.kpi.name for each in rows]) for name, _, rows in months.groups] == [
        ("★ North Star", ["Orders"]),
        ("Bring in more money", ["Visits"]),
    ]
    assert [head.short for head in months.heads][:2] == ["Nov", "Dec"]
    assert (months.heads[0].year, months.heads[2].year, months.heads[-1].full) == ("2025", "2026", "October 2026")
    assert [head.short for head in quarters.heads][-2:] == ["2nd", "3rd"]
    assert [name for name, *_ in quarters.groups] == ["Keep more"]
