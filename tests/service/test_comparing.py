"""A KPI beside last year, as its page shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kpi_core.actual.compared import ComparedLine, Stretch
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Kpi, Measure, OneColumn, State, Typed
from kpi_core.period import Cadence
from kpi_core.service import choose, comparing, explaining, keeping, kpi_page
from kpi_core.service.explaining import ExplainAsk
from kpi_core.service.file import File
from tests.service.shop import NOW, REVENUE, TODAY, add, days, orders, revenue

COUNT = Measure("Orders", Aggregate.COUNT, None, "Day")
ORDER_VALUE = Formula(FormulaKind.RATIO, (REVENUE, COUNT))


def two_years(data: Path, values: object = REVENUE, cadence: Cadence = Cadence.MONTH) -> Kpi:
    """Keep a KPI over two years of orders, of 10 kr a day last year and 20 kr this year, up to yesterday."""
    add(data, orders(days("2024-11-01", "2025-12-31")), coverage="yes")
    add(data, orders(days("2026-01-01", "2026-11-02"), "20.00", "this_year.csv"), coverage="yes")
    return choose.save(data, replace(revenue(values, "Number"), cadence=cadence), None, NOW)  # type: ignore[arg-type]


def lines(data: Path, kpi: Kpi, today: date = TODAY) -> dict[Stretch, ComparedLine]:
    return {line.stretch: line for line in comparing.compared(data, kpi.id, today).lines}


def values(line: ComparedLine) -> tuple[object, object]:
    return line.now.value, line.then.value


def test_a_sum_is_compared_over_four_stretches(data: Path) -> None:
    found = lines(data, two_years(data))
    assert {stretch: values(line) for stretch, line in found.items()} == {
        Stretch.PERIOD: (31 * 20, 31 * 10),
        Stretch.SO_FAR: (2 * 20, 2 * 10),
        Stretch.YEAR_TO_DATE: (304 * 20, 304 * 10),
        Stretch.TWELVE_MONTHS: (304 * 20 + 61 * 10, 365 * 10),
    }
    assert [line.name for line in found.values()] == ["October", "November so far", "Year to date", "Last 12 months"]
    assert found[Stretch.YEAR_TO_DATE].change == "+100%"
    assert found[Stretch.SO_FAR].then_days == "1 to 2 November 2025"


def test_a_ratio_is_its_sums_over_the_stretch_not_a_mean_of_months(data: Path) -> None:
    found = lines(data, two_years(data, ORDER_VALUE))
    assert values(found[Stretch.YEAR_TO_DATE]) == (20, 10)
    assert values(found[Stretch.TWELVE_MONTHS])[0] == pytest.approx((304 * 20 + 61 * 10) / 365)


def test_a_fiscal_year_from_6_april_begins_there(data: Path) -> None:
    kpi = two_years(data)
    keeping.save_settings(data, replace(keeping.settings(data), fiscal_month=4, fiscal_day=6), NOW)
    line = lines(data, kpi)[Stretch.YEAR_TO_DATE]
    assert (line.days, line.then_days) == ("6 April to 31 October", "6 April to 31 October 2025")
    assert values(line) == (209 * 20, 209 * 10)


def test_weeks_meet_their_partners_of_52_weeks_before(data: Path) -> None:
    found = lines(data, two_years(data, cadence=Cadence.WEEK))
    assert (found[Stretch.PERIOD].name, values(found[Stretch.PERIOD])) == ("Week 44", (7 * 20, 7 * 10))
    year = found[Stretch.YEAR_TO_DATE]
    assert (year.now.days.end - year.now.days.start) == (year.then.days.end - year.then.days.start)
    assert year.then.days.start == date(2025, 1, 2)
    assert found[Stretch.TWELVE_MONTHS].name == "Last 52 weeks"


def test_a_yearly_number_has_no_longer_stretch(data: Path) -> None:
    kpi = two_years(data, cadence=Cadence.YEAR)
    found = lines(data, kpi, date(2027, 1, 20))
    assert set(found) == {Stretch.PERIOD}


def test_what_last_year_does_not_cover_is_a_reason_and_no_number(data: Path) -> None:
    add(data, orders(days("2025-10-05", "2026-10-31")), coverage="no")
    kpi = choose.save(data, revenue(), None, NOW)
    found = lines(data, kpi)
    assert found[Stretch.PERIOD].then.value is None
    assert found[Stretch.PERIOD].change == ""
    assert found[Stretch.PERIOD].reason == "October 2025: not all days are in"
    assert found[Stretch.YEAR_TO_DATE].reason == "January to October 2025: not all days are in"
    assert Stretch.SO_FAR not in found, "no day of November is in"


def test_typed_ratios_roll_up_as_an_average_of_months_and_say_so(data: Path) -> None:
    kpi = choose.save(data, replace(revenue(Typed(Aggregate.AVERAGE), "Rate"), cadence=Cadence.MONTH), None, NOW)
    months = {date(year, month, 1): str(year - 2020) for year in (2025, 2026) for month in range(1, 11)}
    kpi_page.type_values(data, kpi.id, months, "", NOW)
    line = lines(data, kpi)[Stretch.YEAR_TO_DATE]
    assert (values(line), line.label) == ((6, 5), "average of months")


def test_before_the_first_complete_period_there_is_nothing_to_compare(data: Path) -> None:
    kpi = choose.save(data, revenue(Typed(), "Rent"), None, NOW)
    assert comparing.compared(data, kpi.id, TODAY).lines == ()


def test_a_comparison_follows_what_is_added(data: Path) -> None:
    kpi = two_years(data)
    assert values(lines(data, kpi)[Stretch.PERIOD])[0] == 620
    kpi_page.type_values(data, kpi.id, {date(2026, 10, 1): "1000"}, "", datetime(2026, 11, 3, 10))
    found = lines(data, kpi)
    assert values(found[Stretch.PERIOD])[0] == 1000
    assert values(found[Stretch.YEAR_TO_DATE])[0] == 273 * 20 + 1000
    assert found[Stretch.YEAR_TO_DATE].label == "with typed values"


def test_money_of_two_currencies_is_never_one_number_not_even_in_a_draft(data: Path) -> None:
    rows = [
        "Order,Day,Currency,Total",
        *(f"A-{n},2026-10-{n:02},{'EUR' if n % 2 else 'SEK'},5.00" for n in range(1, 31)),
    ]
    add(data, File("two.csv", "\n".join([*rows, ""]).encode()), coverage="yes", currency="both")
    measure = Measure("Orders", Aggregate.SUM, OneColumn("Total"), "Day")
    kpi = choose.save(data, replace(revenue(measure), owner="", state=State.DRAFT), None, NOW)
    with pytest.raises(RefusedDefinition, match="never added across currencies"):
        comparing.compared(data, kpi.id, TODAY)
    with pytest.raises(RefusedDefinition, match="never added across currencies"):
        explaining.explain(data, kpi.id, ExplainAsk(), TODAY)
