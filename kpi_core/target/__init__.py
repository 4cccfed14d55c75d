"""Targets: dated rows, never overwritten. Past periods keep the target in force at their time."""

from kpi_core.target.force import begin_of, in_force, path_value, place_in_force
from kpi_core.target.kinds import (
    Bound,
    Comparison,
    PeriodTarget,
    SpreadBy,
    Step,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
)
from kpi_core.target.parts import default_comparison, path_parts, typed_limits, value_of, year_parts
from kpi_core.target.valid import adds_up_over_a_year, validate, validate_exception
from kpi_core.target.why import why_none
from kpi_core.target.words import bound_text, range_text, row_text, target_number, target_text

__all__ = [
    "Bound",
    "Comparison",
    "PeriodTarget",
    "SpreadBy",
    "Step",
    "Target",
    "TargetException",
    "TargetHistory",
    "TargetKind",
    "Tolerance",
    "ToleranceKind",
    "adds_up_over_a_year",
    "begin_of",
    "bound_text",
    "default_comparison",
    "in_force",
    "path_parts",
    "path_value",
    "place_in_force",
    "range_text",
    "row_text",
    "target_number",
    "target_text",
    "typed_limits",
    "validate",
    "validate_exception",
    "value_of",
    "why_none",
    "year_parts",
]
