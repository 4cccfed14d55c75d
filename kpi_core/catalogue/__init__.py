"""The catalogue: KPIs and goals that small businesses use, found by name, alias or everyday words.

Facts live in `data/catalogue/*.tsv`; a new KPI or goal is a new line there.
"""

from __future__ import annotations

from kpi_core.catalogue.entries import (
    TYPED_AGGREGATE,
    AddsUp,
    CatalogueGoal,
    CatalogueKpi,
    Fault,
    NotAKpi,
    Vanity,
    by_key,
    catalogue,
    function_names,
    goal_names,
    goals,
    name_of,
    not_kpis,
)
from kpi_core.catalogue.search import find, find_not_kpis, fold, one_slip

__all__ = [
    "TYPED_AGGREGATE",
    "AddsUp",
    "CatalogueGoal",
    "CatalogueKpi",
    "Fault",
    "NotAKpi",
    "Vanity",
    "by_key",
    "catalogue",
    "find",
    "find_not_kpis",
    "fold",
    "function_names",
    "goal_names",
    "goals",
    "name_of",
    "not_kpis",
    "one_slip",
]
