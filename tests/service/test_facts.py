"""What the checklist is told of a KPI's data, and the notes that go on the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.checklist import Facts, Verdict, check_kpi
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import (
    Aggregate,
    Formula,
    FormulaKind,
    Kpi,
    KpiRef,
    Measure,
    OneColumn,
    State,
    Tier,
    Typed,
    TypedValue,
)
from kpi_core.service import boards, choose, kpi_page
from kpi_core.service.facts import facts_of
from kpi_core.service.file import File
from kpi_core.service.watch import watch_beside
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.typed import set_typed
from kpi_core.unit import Unit, UnitKind
from tests.service.shop import NOW, REVENUE, TODAY, add, again, at_least, days, filled, orders, revenue

ORDERS = Measure("Orders", Aggregate.COUNT, None, "Day")
TYPED = again(revenue(Typed(Aggregate.AVERAGE), "Share of happy guests"), unit=Unit(UnitKind.PERCENT))


def told(data: Path, kpi: Kpi) -> Facts:
    with open_store(data) as store:
        return facts_of(store, kpi, None, TODAY)


def numbers(facts: Facts) -> dict[date, object]:
    return {each.period.start: each.value for each in facts.readings}


def type_in(data: Path, kpi: Kpi, values: dict[date, Fraction | tuple[int, int]]) -> None:
    with open_store(data) as store, store.writing():
        for start, value in values.items():
            parts = [Fraction(each) for each in value] if isinstance(value, tuple) else [None, None]
            whole = None if isinstance(value, tuple) else value
            set_typed(
                store,
                TypedValue(kpi.name, start, whole, numerator=parts[0], denominator=parts[1]),
                By(NOW, "", ""),
            )
        actuals.refresh(store)


def test_a_stored_kpi_and_the_same_one_being_defined_have_the_same_readings(data: Path) -> None:
    kpi = filled(data)
    stored, defined = told(data, kpi), told(data, again(kpi, id=0, name="Another"))
    assert numbers(stored) == {date(2026, 9, 1): 300, date(2026, 10, 1): 310}
    assert numbers(defined) == numbers(stored)
    assert (stored.source_rows, stored.answers) == (61, None)


def test_a_missing_month_stands_among_the_readings_and_the_time_before_and_after_does_not(data: Path) -> None:
    kept = choose.save(data, TYPED, None, NOW)
    type_in(data, kept, {date(2026, 5, 1): Fraction(80), date(2026, 8, 1): Fraction(82)})
    assert numbers(told(data, kept)) == {
        date(2026, 5, 1): 80,
        date(2026, 6, 1): None,
        date(2026, 7, 1): None,
        date(2026, 8, 1): 82,
    }


def test_typed_parts_say_how_many_answered(data: Path) -> None:
    kept = choose.save(data, TYPED, None, NOW)
    type_in(data, kept, {date(2026, 8, 1): (16, 20), date(2026, 9, 1): (30, 40), date(2026, 10, 1): (8, 10)})
    facts = told(data, kept)
    assert (facts.answers, facts.typed_parts) == (Fraction(20), True)
    type_in(data, kept, {date(2026, 7, 1): Fraction(80)})
    facts = told(data, kept)
    assert (facts.answers, facts.typed_parts) == (None, False)


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        (REVENUE, UnitKind.COUNT, None),
        (replace(REVENUE, aggregate=Aggregate.AVERAGE), UnitKind.COUNT, Fraction(61, 2)),
        (Formula(FormulaKind.RATIO, (REVENUE, ORDERS)), UnitKind.RATIO, Fraction(61, 2)),
        (Formula(FormulaKind.RATIO, (ORDERS, REVENUE)), UnitKind.RATIO, None),
        (Formula(FormulaKind.RATIO, (ORDERS, REVENUE)), UnitKind.PERCENT, 305),
        (Formula(FormulaKind.RATIO, (ORDERS, KpiRef("Orders a month"))), UnitKind.PERCENT, Fraction(61, 2)),
        (Formula(FormulaKind.RATIO, (ORDERS, KpiRef("Revenue"))), UnitKind.PERCENT, None),
    ],
)
def test_the_answers_behind_a_reading_are_the_rows_or_the_number_that_it_is_divided_by(
    data: Path, values: Measure | Formula, unit: UnitKind, expected: Fraction | None
) -> None:
    filled(data)
    choose.save(data, revenue(ORDERS, "Orders a month"), None, NOW)
    assert told(data, again(revenue(values, "Mine"), unit=Unit(unit))).answers == expected


def test_empty_cells_are_no_answers(data: Path) -> None:
    rows = "\n".join(
        f"A-{day:%m%d},{day},web,{'9' if day.day <= 5 else ''}" for day in days("2026-10-01", "2026-10-31")
    )
    add(data, File("scores.csv", f"Order,Day,Channel,Score\n{rows}\n".encode()), "Scores")
    score = Measure("Scores", Aggregate.NET_PROMOTER_SCORE, OneColumn("Score"), "Day")
    facts = told(data, again(revenue(score, "NPS"), unit=Unit(UnitKind.SCORE)))
    assert facts.answers == 5


def test_a_review_that_cannot_be_worked_out_still_answers(data: Path) -> None:
    filled(data)
    circle = Formula(FormulaKind.SUM, (KpiRef("Mine"), KpiRef("Mine")))
    found = choose.review(data, revenue(circle, "Mine"), None, TODAY)
    assert found.refusal
    assert len(found.findings) == 23


def test_what_there_is_to_think_about_goes_on_the_board_and_a_past_board_has_none(data: Path) -> None:
    filled(data)
    row = boards.board(data, TODAY, boards.View(TODAY)).rows[0]
    assert row.to_think == "To think about: Where are you now?"
    assert boards.board(data, TODAY, boards.View(date(2026, 11, 2))).rows[0].to_think == ""


def test_the_note_on_the_board_is_of_what_stands_on_the_page(data: Path) -> None:
    kpi = filled(data)
    note = boards.board(data, TODAY, boards.View(TODAY)).rows[0].to_think
    page = [each for each in kpi_page.page(data, kpi.id, TODAY).findings if each.verdict is not Verdict.PASS]
    assert any(each.question in note for each in page)


def test_one_click_puts_the_counter_measure_beside_it_as_a_health_metric(data: Path) -> None:
    kpi = again(filled(data), catalogue_key="revenue")
    before = next(each for each in check_kpi(kpi, told(data, kpi)) if each.id == "G1")
    assert before.remedy is not None
    assert before.remedy.label == "Watch Gross margin beside it"
    name = watch_beside(data, str(before.remedy.value), NOW)
    added = next(each for each in choose.options(data).kpis if each.name == name)
    assert (name, added.tier, added.state, added.values) == (
        "Gross margin",
        Tier.HEALTH_METRIC,
        State.ACTIVE,
        Typed(Aggregate.AVERAGE),
    )
    after = next(each for each in check_kpi(kpi, told(data, kpi)) if each.id == "G1")
    assert after.verdict is Verdict.PASS
    assert choose.save(data, again(kpi, counter_measure=name), at_least(300), NOW).counter_measure == name


def test_a_counter_measure_that_is_tracked_already_is_not_added_again(data: Path) -> None:
    filled(data)
    own = choose.save(data, again(revenue(name="Margin of the shop"), catalogue_key="gross_margin"), None, NOW)
    assert watch_beside(data, "gross_margin", NOW) == own.name
    assert len(choose.options(data).kpis) == 2


def test_a_name_that_a_retired_kpi_has_is_refused_and_an_unknown_key_is_not_found(data: Path) -> None:
    filled(data)
    old = choose.save(data, revenue(name="Gross margin"), None, NOW)
    choose.retire(data, old.id, "Nobody looked", NOW)
    with pytest.raises(RefusedDefinition):
        watch_beside(data, "gross_margin", NOW)
    with pytest.raises(NotFound):
        watch_beside(data, "zebra", NOW)


def test_more_days_of_a_file_answer_more(data: Path) -> None:
    kpi = filled(data)
    add(data, orders(days("2026-06-01", "2026-08-31"), name="earlier.csv"))
    found = {each.id: each for each in check_kpi(kpi, told(data, kpi))}
    assert found["A1"].sentence == "You are at SEK\xa0310: the median of your last three months."
    assert found["M4"].sentence == "5 readings, none missing."
