"""A reading as the JSON that `read` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.cli.printed import Json, question_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.ingest.reading import Reading
    from kpi_core.source import Check


def reading_json(reading: Reading) -> Json:
    """Write everything that was decided about a file."""
    return {
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "quote": reading.quote,
        "decimal": reading.decimal,
        "thousands": reading.thousands,
        "header_row": reading.header_row,
        "columns": [
            {
                "name": column.name,
                "type": column.type.value,
                "role": column.role.value,
                "date_format": column.date_format,
                "day_first": column.day_first,
                "unparsed": column.unparsed,
            }
            for column in reading.columns
        ],
        "date_column": reading.date_column,
        "value_column": reading.value_column,
        "recipe": reading.recipe.name if reading.recipe else None,
        "rows": rows_json(reading),
        "left_out": [{"row": each.row, "reason": each.reason, "text": each.text} for each in reading.left_out],
        "refused": [
            {"row": each.row, "column": each.column, "text": each.text, "reason": each.reason}
            for each in reading.refused
        ],
        "questions": [question_json(each) for each in reading.questions],
        "checks": checks_json(reading.checks),
    }


def checks_json(checks: Iterable[Check]) -> list[Json]:
    """Write what was verified about a file."""
    return [{"name": each.name, "ok": each.ok, "text": each.text} for each in checks]


def rows_json(reading: Reading) -> Json:
    """Write what became of the records; used, left out and refused add up to the total."""
    rows = reading.rows
    return {"total": rows.total, "used": rows.used, "left_out": rows.left_out, "refused": rows.refused}
