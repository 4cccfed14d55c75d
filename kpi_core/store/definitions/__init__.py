"""What the owner defined, kept: goals, KPIs, targets and typed values, as one document or one by one.

Every write is one transaction with its entry in the log, and every one can be taken back by `undo_change`.
"""

from __future__ import annotations

from kpi_core.store.definitions.dump import dump_definitions, dump_document
from kpi_core.store.definitions.edit import add_kpi, edit_kpi, remove_kpi, reopen_kpi, retire_kpi
from kpi_core.store.definitions.goals import add_goal, goals, remove_goal
from kpi_core.store.definitions.kpis import find_kpi, get_kpi, kpis
from kpi_core.store.definitions.load import Loaded, load_document
from kpi_core.store.definitions.objectives import get_objective, objectives, put_objective, remove_objective
from kpi_core.store.definitions.renaming import add_recipe, change_source, forget_source
from kpi_core.store.definitions.targets import (
    StoredTarget,
    add_exception,
    add_target,
    all_targets,
    stored_targets,
    take_back_exception,
    take_back_target,
    targets,
)
from kpi_core.store.definitions.typed import remove_typed, set_typed, typed_values
from kpi_core.store.definitions.undo import undo_change

__all__ = [
    "Loaded",
    "StoredTarget",
    "add_exception",
    "add_goal",
    "add_kpi",
    "add_recipe",
    "add_target",
    "all_targets",
    "change_source",
    "dump_definitions",
    "dump_document",
    "edit_kpi",
    "find_kpi",
    "forget_source",
    "get_kpi",
    "get_objective",
    "goals",
    "kpis",
    "load_document",
    "objectives",
    "put_objective",
    "remove_goal",
    "remove_kpi",
    "remove_objective",
    "remove_typed",
    "reopen_kpi",
    "retire_kpi",
    "set_typed",
    "stored_targets",
    "take_back_exception",
    "take_back_target",
    "targets",
    "typed_values",
    "undo_change",
]
