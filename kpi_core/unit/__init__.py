"""Units and how numbers are written: exact inside, rounded half-up only where they are shown."""

from kpi_core.unit.kind import NumberStyle, Unit, UnitKind, parse_unit
from kpi_core.unit.marks import MINUS, has_decimal_comma, minor_digits, stands_for
from kpi_core.unit.rounding import MOST_DIGITS, decimal_of, half_up, sheet_number
from kpi_core.unit.typed import parse_value
from kpi_core.unit.written import axis_value, capital, format_exactly, format_value, many, percent_text, shown

__all__ = [
    "MINUS",
    "MOST_DIGITS",
    "NumberStyle",
    "Unit",
    "UnitKind",
    "axis_value",
    "capital",
    "decimal_of",
    "format_exactly",
    "format_value",
    "half_up",
    "has_decimal_comma",
    "many",
    "minor_digits",
    "parse_unit",
    "parse_value",
    "percent_text",
    "sheet_number",
    "shown",
    "stands_for",
]
