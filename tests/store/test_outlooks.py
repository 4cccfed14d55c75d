"""What the board is told beside the newest values: kept, gone with any change of a value, as if worked out anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.kpi import Baseline, Direction, Kpi, Rebase, State, Typed, TypedValue
from kpi_core.period import WEEKDAYS, Cadence, Calendar
from kpi_core.projection import ProjectionGrade
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.edit import add_kpi, edit_kpi
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.definitions.targets import add_target
from kpi_core.store.definitions.typed import set_typed
from kpi_core.store.histories import histories
from kpi_core.store.outlooks import Outlook, Outlooks, keep_outlooks
from kpi_core.target import SpreadBy, Target, TargetKind
from kpi_core.unit import Unit, UnitKind

NOW = datetime(2026, 11, 3, 9)
TODAY = NOW.date()
ME = By(NOW)
CALENDAR = Calendar()
ORDERS = Kpi("Orders", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), state=State.ACTIVE)
CHANCE = random.Random(1)
NOISE = [100 + CHANCE.randint(-9, 9) for _ in range(48)]
"""A stable business."""


def months(count: int) -> list[date]:
    """List the first days of the months up to October 2026."""
    return [date(year, month, 1) for year in range(2020, 2027) for month in range(1, 13) if (year, month) < (2026, 11)][
        -count:
    ]


def typed(store: Store, kpi: Kpi, values: Sequence[int | None]) -> None:
    """Type values for the months up to October; None leaves one out."""
    for start, value in zip(months(len(values)), values, strict=True):
        if value is not None:
            set_typed(store, TypedValue(kpi.name, start, Fraction(value)), ME)
    actuals.refresh(store)


def made(store: Store, values: Sequence[int | None] = NOISE, kpi: Kpi = ORDERS) -> Kpi:
    """Make a KPI with values."""
    added = add_kpi(store, kpi, ME)
    typed(store, added, values)
    return added


def look(store: Store, *, keep: bool = True, as_of: date = TODAY, calendar: Calendar = CALENDAR) -> Outlook:
    """Look at the only KPI, and keep what was worked out."""
    outlooks = Outlooks(store, calendar, as_of)
    (found,) = histories(store, [get_kpi(store, 1)], calendar, as_of, outlooks)
    if keep:
        keep_outlooks(store, outlooks)
    return Outlook(found.baseline, found.goal, found.ahead)


def kept(store: Store) -> int:
    return len(store.all("SELECT * FROM outlooks"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "shop.db")


def test_what_is_kept_is_what_was_worked_out(store: Store) -> None:
    kpi = made(store)
    add_target(store, kpi.id, Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(105)), ME)
    first = look(store)
    assert kept(store) == 1
    again = Outlooks(store, CALENDAR, TODAY)
    (found,) = histories(store, [kpi], CALENDAR, TODAY, again)
    assert again.fresh == {}
    assert (found.baseline, found.ahead) == (first.baseline, first.ahead)
    assert first.ahead is not None
    assert first.ahead.chance is not None
    assert 0 < first.ahead.chance < 1


def test_a_changed_value_takes_it_away(store: Store) -> None:
    made(store)
    before = look(store)
    set_typed(store, TypedValue("Orders", date(2026, 10, 1), Fraction(500)), ME)
    actuals.refresh(store)
    assert kept(store) == 0
    assert look(store).ahead != before.ahead


def test_rebuilding_the_values_takes_all_of_it_away(store: Store) -> None:
    made(store)
    look(store)
    actuals.rebuild(store)
    assert kept(store) == 0


def test_another_target_asks_anew(store: Store) -> None:
    kpi = made(store)
    add_target(store, kpi.id, Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(90)), ME)
    easy = look(store)
    add_target(store, kpi.id, Target(TargetKind.CONSTANT, TODAY, Fraction(130), reason="more"), ME)
    hard = look(store)
    assert easy.ahead is not None
    assert hard.ahead is not None
    assert (easy.ahead.chance or 0) > 0.8
    assert (hard.ahead.chance or 0) < 0.2


def test_nothing_is_kept_of_what_somebody_changed_meanwhile(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store, open_store(tmp_path / "shop.db") as other:
        made(store)
        outlooks = Outlooks(store, CALENDAR, TODAY)
        histories(store, [get_kpi(store, 1)], CALENDAR, TODAY, outlooks)
        set_typed(other, TypedValue("Orders", date(2026, 10, 1), Fraction(500)), ME)
        keep_outlooks(store, outlooks)
        assert kept(store) == 0


def test_a_busy_file_is_left_alone_at_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store, open_store(tmp_path / "shop.db") as other:
        made(store)
        outlooks = Outlooks(store, CALENDAR, TODAY)
        histories(store, [get_kpi(store, 1)], CALENDAR, TODAY, outlooks)
        with other.writing():
            other.run("DELETE FROM outlooks")
            keep_outlooks(store, outlooks)
        assert kept(store) == 0
        assert store.one("PRAGMA busy_timeout") == (30_000,)


@pytest.mark.parametrize(("count", "expected"), [(5, 5), (23, 23), (24, 24), (25, 24), (48, 24)])
def test_limits_come_from_the_first_twenty_four(store: Store, count: int, expected: int) -> None:
    made(store, NOISE[:count])
    points = look(store).baseline
    assert [each.value for each in points] == NOISE[:expected]
    assert points[0].period.start == months(count)[0]


def test_gaps_do_not_count_and_stay_gaps(store: Store) -> None:
    made(store, [*NOISE[:10], None, *NOISE[10:40]])
    points = look(store).baseline
    assert [each.value for each in points] == [*NOISE[:10], None, *NOISE[10:24]]


def test_a_rebase_starts_them_anew(store: Store) -> None:
    kpi = made(store)
    edit_kpi(store, replace(kpi, rebases=(Rebase(date(2026, 3, 20), "second shop"),)), ME)
    assert [each.period.start.month for each in look(store).baseline] == list(range(3, 11))
    edit_kpi(store, kpi, ME)
    assert look(store).baseline[0].period.start == months(48)[0]


@pytest.mark.parametrize(
    ("baseline", "first", "count"),
    [
        (Baseline(date(2025, 12, 31), date(2025, 1, 1)), date(2025, 1, 1), 12),
        # Only whole periods count
        (Baseline(date(2025, 12, 30), date(2025, 1, 2)), date(2025, 2, 1), 10),
        (Baseline(date(2023, 12, 31)), date(2022, 11, 1), 14),
        (Baseline(date(2030, 1, 1), date(2023, 1, 1)), date(2023, 1, 1), 46),
    ],
)
def test_the_owner_moves_them(store: Store, baseline: Baseline, first: date, count: int) -> None:
    made(store, kpi=replace(ORDERS, baseline=baseline))
    points = look(store).baseline
    assert (points[0].period.start, len(points)) == (first, count)


def test_a_baseline_of_before_a_rebase_counts_no_more(store: Store) -> None:
    moved = Baseline(date(2025, 12, 31), date(2025, 1, 1))
    made(store, kpi=replace(ORDERS, baseline=moved, rebases=(Rebase(date(2026, 1, 1), "new prices"),)))
    assert look(store).baseline[0].period.start == date(2026, 1, 1)


def test_a_year_s_total_is_judged_by_what_is_still_to_come(store: Store) -> None:
    kpi = made(store, [100] * 12 + [100, 101] * 12 + [100] * 10)
    row = Target(TargetKind.YEAR_TOTAL, date(2026, 1, 1), Fraction(1190), year=date(2026, 1, 1), spread=SpreadBy.EVEN)
    add_target(store, kpi.id, row, ME)
    found = look(store)
    assert found.goal is not None
    assert (found.goal.steps, found.goal.total) == (2, Fraction(1190))
    assert found.ahead is not None
    assert found.ahead.middle == pytest.approx(200, abs=2)
    assert (found.ahead.chance or 0) > 0.9
    set_typed(store, TypedValue("Orders", date(2026, 3, 1), Fraction(60)), ME)
    actuals.refresh(store)
    less = look(store).ahead
    assert less is not None
    assert (less.chance or 0) < 0.2


def test_a_year_with_a_gap_has_no_chance(store: Store) -> None:
    kpi = made(store, [*NOISE[:40], None, *NOISE[41:48]])
    row = Target(TargetKind.YEAR_TOTAL, date(2026, 1, 1), Fraction(1200), year=date(2026, 1, 1), spread=SpreadBy.EVEN)
    add_target(store, kpi.id, row, ME)
    found = look(store).ahead
    assert found is not None
    assert (found.chance, found.grade, found.count) == (None, ProjectionGrade.ROUGH, 7)


def test_as_of_a_past_day_knows_nothing_of_later(store: Store) -> None:
    made(store, [*NOISE[:40], *([500] * 8)])
    then = look(store, keep=False, as_of=date(2026, 3, 4))
    assert then.ahead is not None
    assert then.ahead.count == 40
    assert then.ahead.coming is not None
    assert then.ahead.coming.middle < 120


def test_seasons_are_judged_by_surprise(store: Store) -> None:
    season = [100, 105, 110, 140, 150, 160, 170, 180, 150, 130, 120, 200]
    noise = random.Random(3)
    made(store, [value * (1 + at // 12) // 2 + noise.randint(-2, 2) for at, value in enumerate(season * 4)][:46])
    found = look(store).ahead
    assert found is not None
    assert found.surprise is not None
    assert found.surprise.count == 45


def test_noise_is_judged_by_the_plain_chart(store: Store) -> None:
    made(store, NOISE[:23])
    found = look(store).ahead
    assert found is not None
    assert found.surprise is None


WEEKDAYS_ONLY = Calendar(open_weekdays=frozenset(WEEKDAYS[:5]))


def year_total(value: int, starts: date = date(2026, 1, 1)) -> Target:
    return Target(TargetKind.YEAR_TOTAL, starts, Fraction(value), year=starts, spread=SpreadBy.EVEN)


def daily(store: Store, first: date, by_weekday: Sequence[int | None]) -> tuple[Kpi, int]:
    """Type a value a day up to yesterday, up to two more or less than its weekday's; with their sum."""
    kpi, noise, whole = add_kpi(store, replace(ORDERS, cadence=Cadence.DAY), ME), random.Random(2), 0
    for back in range((TODAY - first).days):
        day = first + timedelta(days=back)
        usual = by_weekday[day.weekday()]
        if usual is not None:
            value = usual and usual + noise.randint(-2, 2)
            whole += value
            set_typed(store, TypedValue(kpi.name, day, Fraction(value)), ME)
    actuals.refresh(store)
    return kpi, whole


def test_a_year_that_begins_within_a_month_counts_that_month_by_its_days(store: Store) -> None:
    kpi = made(store, [100, 101] * 15)
    # April 2026 to April 2027 are 13 months of about 100, of which the year has 12: 1,206 and not 1,306
    add_target(store, kpi.id, year_total(1260, date(2026, 4, 6)), ME)
    found = look(store, calendar=Calendar(fiscal_month=4, fiscal_day=6))
    assert found.goal is not None
    assert found.goal.steps == 6
    assert found.ahead is not None
    assert (found.ahead.chance or 0) < 0.2
    add_target(store, kpi.id, replace(year_total(1150, date(2026, 4, 6)), reason="less"), ME)
    easy = look(store, calendar=Calendar(fiscal_month=4, fiscal_day=6)).ahead
    assert easy is not None
    assert (easy.chance or 0) > 0.8


def test_closed_weekdays_are_no_steps_to_the_end_of_the_year(store: Store) -> None:
    kpi, done = daily(store, date(2026, 1, 1), [100, 100, 100, 100, 100, 0, 0])
    left = WEEKDAYS_ONLY.open_days(TODAY, date(2027, 1, 1))
    add_target(store, kpi.id, year_total(done + left * 100 + 600), ME)
    found = look(store, calendar=WEEKDAYS_ONLY)
    assert found.goal is not None
    assert found.goal.steps == left
    assert found.ahead is not None
    assert found.ahead.middle == pytest.approx(left * 100, rel=0.02)
    assert found.ahead.chance is not None
    assert found.ahead.chance < 0.3


def test_a_week_of_five_open_days_has_five_places(store: Store) -> None:
    kpi, _ = daily(store, date(2026, 7, 1), [100, 60, 60, 60, 20, None, None])
    add_target(store, kpi.id, Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(50)), ME)
    # The target is looked at 13 weeks ahead, on the same weekday: 2 February 2027, a Tuesday
    found = look(store, calendar=WEEKDAYS_ONLY)
    assert found.goal is not None
    assert found.ahead is not None
    assert found.goal.period.start.weekday() == 1
    assert found.ahead.middle == pytest.approx(60, abs=5)


def test_another_choice_of_open_weekdays_asks_anew(store: Store) -> None:
    daily(store, date(2026, 7, 1), [100, 100, 100, 100, 100, 0, 0])
    assert look(store).baseline != look(store, calendar=WEEKDAYS_ONLY).baseline


def test_limits_come_from_twenty_four_open_days(store: Store) -> None:
    daily(store, date(2026, 7, 1), [100, 100, 100, 100, 100, 0, 0])
    assert len(look(store, calendar=WEEKDAYS_ONLY).baseline) == 24


def test_months_that_do_not_apply_are_neither_missing_nor_steps(store: Store) -> None:
    closed = frozenset(day for day in months(36) if day.month == 7)
    kpi = made(store, [None if day.month == 7 else 100 + day.month % 3 for day in months(36)],
               replace(ORDERS, not_applicable=closed | {date(2026, 12, 1)}))  # fmt: skip
    add_target(store, kpi.id, year_total(1000), ME)
    found = look(store)
    assert found.goal is not None
    # November alone is left: nine months that apply are over, and December does not
    assert found.goal.steps == 1
    assert found.ahead is not None
    assert found.ahead.count == 33
    assert found.ahead.middle == pytest.approx(101, abs=2)
    assert found.ahead.chance is not None
