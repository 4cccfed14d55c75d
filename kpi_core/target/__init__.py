"""Targets: dated rows, never overwritten. Past periods keep the target in force at their time."""

from kpi_core.target.force import in_force, path_value
from kpi_core.target.kinds import (
    Bound,
    Comparison,
    PeriodTarget,
    Step,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
)
from kpi_core.target.parts import default_comparison, path_parts, typed_limits
from kpi_core.target.valid import validate, validate_exception
from kpi_core.target.words import bound_text, range_text, target_text

__all__ = [
    "Bound",
    "Comparison",
    "PeriodTarget",
    "Step",
    "Target",
    "TargetException",
    "TargetHistory",
    "TargetKind",
    "Tolerance",
    "ToleranceKind",
    "bound_text",
    "default_comparison",
    "in_force",
    "path_parts",
    "path_value",
    "range_text",
    "target_text",
    "typed_limits",
    "validate",
    "validate_exception",
]
