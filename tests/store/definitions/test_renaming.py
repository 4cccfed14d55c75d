"""A source under another name takes the KPIs that use its rows along."""

from __future__ import annotations

import pytest

from kpi_core.definition import describe
from kpi_core.errors import RefusedDefinition
from kpi_core.source import Recipe
from kpi_core.store.changes import list_changes
from kpi_core.store.definitions import dump_document, get_kpi, undo_change
from kpi_core.store.sources import add_source, find_source
from tests.store.definitions.shop import NEXT_MONTH, ORDERS, TUESDAY, renamed, shop


def test_kpis_follow_a_renamed_source_and_follow_it_back() -> None:
    with shop() as store:
        before = dump_document(store)
        source = find_source(store, "Orders")
        number = renamed(store, "Orders", " Shop orders ", TUESDAY) or 0
        assert describe(get_kpi(store, ORDERS).values) == "count the rows by Created at from Shop orders"
        assert find_source(store, "shop orders").id == source.id
        assert list_changes(store)[0].part_of == number
        undo_change(store, number, NEXT_MONTH)
        assert dump_document(store) == before


def test_the_name_it_has_is_no_change() -> None:
    with shop() as store:
        assert renamed(store, "Orders", "Orders", TUESDAY) is None


def test_a_name_that_is_taken_or_blank_is_refused() -> None:
    with shop() as store:
        add_source(store, "Visits", Recipe("Visits", ()), TUESDAY.now)
        with pytest.raises(RefusedDefinition, match="There is already a source named ORDERS"):
            renamed(store, "Visits", "ORDERS", TUESDAY)
        with pytest.raises(RefusedDefinition, match="A source needs a name"):
            renamed(store, "Visits", " ", TUESDAY)


def test_a_name_taken_meanwhile_does_not_come_back() -> None:
    with shop() as store:
        number = renamed(store, "Orders", "Sales", TUESDAY) or 0
        add_source(store, "Orders", Recipe("Orders", ()), TUESDAY.now)
        with pytest.raises(RefusedDefinition, match="There is already a source named Orders"):
            undo_change(store, number, NEXT_MONTH)
