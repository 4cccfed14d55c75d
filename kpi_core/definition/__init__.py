"""Definitions as one JSON document: goals, sources with recipes, KPIs, targets, typed values, settings.

`docs/definitions.md` tells it in prose, `docs/definitions.schema.json` as a schema; a test holds both to this
package. Reading never guesses a number and never drops a member that it does not know; writing and reading again
gives exactly the same.
"""

from __future__ import annotations

from kpi_core.definition.fields import Place, key_of, number_from_json, number_text, number_to_json
from kpi_core.definition.recipes import recipe_from_json, recipe_to_json
from kpi_core.definition.values import values_from_json, values_to_json

__all__ = [
    "Place",
    "key_of",
    "number_from_json",
    "number_text",
    "number_to_json",
    "recipe_from_json",
    "recipe_to_json",
    "values_from_json",
    "values_to_json",
]
