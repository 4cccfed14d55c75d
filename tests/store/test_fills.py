from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from kpi_core.errors import NotFound
from kpi_core.kpi import TypedValue
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import Store
from kpi_core.store.definitions.edit import remove_kpi
from kpi_core.store.definitions.kpis import find_kpi
from kpi_core.store.definitions.typed import typed_values
from kpi_core.store.definitions.undo import undo_change
from kpi_core.store.fills import FillCounts, FillUndo, apply_fill, get_fill, list_fills, undo_fill
from tests.store.definitions.shop import shop

BY = By(datetime(2026, 11, 3, 9), "owner", "from a file")
NAME = "Monthly Revenue"
AUGUST, OCTOBER = date(2026, 8, 1), date(2026, 10, 1)


def fill(store: Store, **months: int) -> int | None:
    days = {"august": AUGUST, "october": OCTOBER}
    values = [TypedValue(NAME, days[month], Fraction(value)) for month, value in months.items()]
    return apply_fill(store, "file.csv", values, FillCounts(new=len(values)), BY)


def held(store: Store) -> dict[date, Fraction | None]:
    return {each.period_start: each.value for each in typed_values(store, find_kpi(store, NAME).id)}


def test_a_fill_that_changes_nothing_is_not_recorded() -> None:
    with shop() as store:
        before = held(store)
        number = fill(store, august=5)
        assert fill(store, august=5) is None
        assert [each.id for each in list_fills(store)] == [number]
        undo_fill(store, number or 0, BY)
        assert held(store) == before
        with pytest.raises(NotFound):
            get_fill(store, 99)


def test_a_change_that_was_taken_back_alone_is_not_taken_back_twice() -> None:
    with shop() as store:
        before = held(store)
        number = fill(store, august=5, october=6)
        august = next(each for each in list_changes(store) if AUGUST.isoformat() in each.subject.key)
        undo_change(store, august.id, BY)
        assert undo_fill(store, number or 0, BY) == FillUndo(restored=1, removed=0, kept=1)
        assert held(store) == before


def test_taking_back_the_taking_back_counts_again() -> None:
    with shop() as store:
        first, second = fill(store, august=5), fill(store, august=6)
        newest = list_changes(store, most=1)[0]
        back = undo_change(store, newest.id, BY)
        undo_change(store, back, BY)
        undo_fill(store, first or 0, BY)
        assert held(store)[AUGUST] == 6
        undo_fill(store, second or 0, BY)
        assert AUGUST not in held(store)


def test_a_fill_of_a_kpi_that_was_taken_away_can_be_undone() -> None:
    with shop() as store:
        number = fill(store, august=5)
        remove_kpi(store, find_kpi(store, "Avg Order Value").id, BY)
        away = remove_kpi(store, find_kpi(store, NAME).id, BY)
        undo_fill(store, number or 0, BY)
        undo_change(store, away or 0, BY)
        assert AUGUST not in held(store)
