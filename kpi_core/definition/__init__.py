"""Definitions as one JSON document: goals, sources with recipes, KPIs, targets, typed values, settings.

`docs/definitions.md` tells it in prose, `docs/definitions.schema.json` as a schema; a test holds both to this
package. Reading never guesses a number and never drops a member that it does not know; writing and reading again
gives exactly the same.
"""

from __future__ import annotations

from kpi_core.definition.check import check_document, check_kpi
from kpi_core.definition.document import (
    Document,
    SourceDefinition,
    document_from_json,
    document_from_text,
    document_to_json,
    document_to_text,
    goal_from_json,
    goal_to_json,
    typed_value_problem,
)
from kpi_core.definition.fields import Place, key_of, number_from_json, number_text, number_to_json
from kpi_core.definition.fit import refuse_unfit, refuse_unfit_document
from kpi_core.definition.kpis import kpi_from_json, kpi_to_json
from kpi_core.definition.names import (
    objective_spelled,
    objective_with_kpi_renamed,
    spelled,
    with_kpi_renamed,
    with_source_renamed,
)
from kpi_core.definition.notes import note_from_json, note_to_json
from kpi_core.definition.objectives import (
    check_key_results,
    check_objective,
    objective_from_json,
    objective_to_json,
)
from kpi_core.definition.recipes import recipe_from_json, recipe_to_json
from kpi_core.definition.settings import business_from_json, business_to_json
from kpi_core.definition.targets import (
    EARLIEST,
    exception_from_json,
    exception_to_json,
    target_from_json,
    target_to_json,
)
from kpi_core.definition.values import values_from_json, values_to_json
from kpi_core.definition.words import describe

__all__ = [
    "EARLIEST",
    "Document",
    "Place",
    "SourceDefinition",
    "business_from_json",
    "business_to_json",
    "check_document",
    "check_key_results",
    "check_kpi",
    "check_objective",
    "describe",
    "document_from_json",
    "document_from_text",
    "document_to_json",
    "document_to_text",
    "exception_from_json",
    "exception_to_json",
    "goal_from_json",
    "goal_to_json",
    "key_of",
    "kpi_from_json",
    "kpi_to_json",
    "note_from_json",
    "note_to_json",
    "number_from_json",
    "number_text",
    "number_to_json",
    "objective_from_json",
    "objective_spelled",
    "objective_to_json",
    "objective_with_kpi_renamed",
    "recipe_from_json",
    "recipe_to_json",
    "refuse_unfit",
    "refuse_unfit_document",
    "spelled",
    "target_from_json",
    "target_to_json",
    "typed_value_problem",
    "values_from_json",
    "values_to_json",
    "with_kpi_renamed",
    "with_source_renamed",
]
