"""From rows to values: aggregates, formulas, coverage, typed values, segments. Missing is never zero."""

from __future__ import annotations

from kpi_core.actual.coverage import cover_of_rows, coverage_of, measured, merge
from kpi_core.actual.formula import base_of, check_cycle, evaluate, inputs, noun
from kpi_core.actual.segments import BLANK, MixAndRate, RatioParts, fold, label_of, match_segments, mix_and_rate
from kpi_core.actual.typed import of_typed, of_typed_parts, parts_of, typed_over, value_of
from kpi_core.actual.value import Actual, CoverageState, aggregate, last

__all__ = [
    "BLANK",
    "Actual",
    "CoverageState",
    "MixAndRate",
    "RatioParts",
    "aggregate",
    "base_of",
    "check_cycle",
    "cover_of_rows",
    "coverage_of",
    "evaluate",
    "fold",
    "inputs",
    "label_of",
    "last",
    "match_segments",
    "measured",
    "merge",
    "mix_and_rate",
    "noun",
    "of_typed",
    "of_typed_parts",
    "parts_of",
    "typed_over",
    "value_of",
]
