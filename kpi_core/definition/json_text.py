"""The text of a JSON file as an object, read exactly; what would be silently dropped or rounded is refused."""

from __future__ import annotations

import json
from decimal import Decimal

from kpi_core.errors import RefusedDefinition

Json = dict[str, object]


def json_from_text(text: str) -> object:
    """Read JSON, its numbers exactly as they are written.

    Raises:
        RefusedDefinition: naming the line where it is no JSON, a member that is given twice, or half a letter.
    """
    try:
        found: object = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        sentence = f"This is no JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        raise RefusedDefinition(sentence, "A comma or quote too many or too few is the usual cause.") from error
    except (RecursionError, ValueError) as error:
        sentence = "This JSON cannot be read: a number is too long or it is nested too deeply."
        raise RefusedDefinition(sentence) from error
    try:
        json.dumps(found, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        sentence = f"The text holds half a letter (\\u{ord(half):04x}), which no file can keep."
        raise RefusedDefinition(sentence, "Type that text anew.") from error
    return found


def _no_constant(name: str) -> None:
    sentence = f"{name} is not a number that can be used."
    raise RefusedDefinition(sentence)


def _once_each(pairs: list[tuple[str, object]]) -> Json:
    """Refuse a member that is given twice: JSON would keep the last one and say nothing."""
    found: Json = {}
    for key, value in pairs:
        if key in found:
            sentence = f'"{key}" is given twice in the same object.'
            raise RefusedDefinition(sentence, "Keep one of them.")
        found[key] = value
    return found
