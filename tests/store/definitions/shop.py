"""A small set of definitions to change and take back."""

from __future__ import annotations

from datetime import datetime

from kpi_core.definition import document_from_json
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions import change_source, load_document
from kpi_core.store.sources import find_source

MONDAY = By(datetime(2026, 11, 2, 9, 0), "shop manager", "first set")
TUESDAY = By(datetime(2026, 11, 3, 9, 0), "shop manager", "better known now")
NEXT_MONTH = By(datetime(2026, 12, 7, 9, 0), "bookkeeper", "corrected")

SHOP = document_from_json(
    {
        "goals": ["Grow"],
        "sources": [{"name": "Orders"}],
        "kpis": [
            {
                "name": "Monthly Revenue",
                "unit": "currency:SEK",
                "direction": "up",
                "goal": "grow",
                "target": 500000,
            },
            {
                "name": "Orders",
                "unit": "count",
                "direction": "up",
                "tier": "health metric",
                "values": {"kind": "measure", "source": "orders", "aggregate": "count", "date": "Created at"},
            },
            {
                "name": "Avg Order Value",
                "unit": "currency:SEK",
                "direction": "up",
                "counter_measure": "orders",
                "values": {
                    "kind": "formula",
                    "formula": "ratio",
                    "parts": [{"kind": "kpi", "name": "monthly revenue"}, {"kind": "kpi", "name": "Orders"}],
                },
                "target": 800,
            },
        ],
        "typed_values": [{"kpi": "Monthly Revenue", "period": "2026-10", "value": 480000}],
    }
)

REVENUE, ORDERS, ORDER_VALUE = 1, 2, 3


def shop() -> Store:
    """Open a data file in memory that holds the set."""
    store = open_store(None)
    load_document(store, SHOP, MONDAY)
    return store


def renamed(store: Store, name: str, new: str, by: By) -> int | None:
    """Give a source another name."""
    source = find_source(store, name)
    return change_source(store, source.id, new, source.recipe, by)
