"""A recipe as JSON: how one kind of file is read. The shipped recipes and a document's sources have this shape."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kpi_core.definition.fields import Fields, Place, number_to_json, refused
from kpi_core.definition.named import Named, named_from_json
from kpi_core.kpi import Direction
from kpi_core.source import ColumnType, ReadyKpi, Recipe, Recognition
from kpi_core.unit import UnitKind

Json = dict[str, object]

HERE = Place("recipe")


def recipe_from_json(obj: object, place: Place = HERE) -> Recipe:
    """Read a recipe; only its name must be there.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj, place)
    date = fields.column_or_none("date")
    named = named_from_json(fields, date)
    recipe = Recipe(
        name=fields.text("name", None),
        headers=fields.texts("headers"),
        optional=fields.texts("optional"),
        date=date,
        values=fields.texts("values"),
        recognition=fields.choice("recognition", Recognition, Recognition.CONTENT),
        key=fields.texts("key"),
        first_row_of=fields.column_or_none("first_row_of"),
        currency_column=fields.column_or_none("currency_column"),
        currency_columns=_texts_by_name(fields, "currency_columns"),
        currency=fields.text_or_none("currency"),
        segments=fields.texts("segments"),
        personal=fields.texts("personal"),
        hashed=fields.texts("hashed"),
        ignored=fields.texts("ignored"),
        zone=fields.text_or_none("zone"),
        answers=_texts_by_name(fields, "answers"),
        types=_types(fields),
        ready=tuple(_ready(item, at, named) for at, item in fields.items("ready")),
        includes=fields.text("includes"),
        shipped=fields.flag("shipped"),
    )
    if recipe.recognition is Recognition.KEY and not recipe.key:
        raise refused(place, 'rows that are recognised by "key" need "key": the columns that name a row.')
    fields.close()
    return recipe


def _texts_by_name(fields: Fields, key: str) -> dict[str, str]:
    found = {}
    for name, text in fields.pairs(key):
        if not isinstance(text, str):
            raise refused(fields.place.at(key).at(name), "this is not a text in quotes.")
        found[name] = text
    return found


def _types(fields: Fields) -> dict[str, ColumnType]:
    given = dict(fields.pairs("types"))
    inner = Fields(given, fields.place.at("types"))
    return {column: inner.choice(column, ColumnType) for column in given}


def _ready(obj: object, place: Place, named: Named) -> ReadyKpi:
    fields = Fields(obj, place)
    values = named.values(fields.take("values"), place.at("values"))
    if not isinstance(values, dict):
        raise refused(place, '"values" is missing: where this KPI takes its values from.')
    plain = {str(key): _plain(value) for key, value in values.items()}
    ready = ReadyKpi(
        name=fields.text("name", None),
        catalogue_key=fields.text_or_none("catalogue_key"),
        values=plain,
        includes=fields.text("includes"),
        unit=fields.choice_or_none("unit", UnitKind) or "",
        direction=fields.choice_or_none("direction", Direction) or "",
    )
    fields.close()
    return ready


def _plain(found: object) -> object:
    match found:
        case Decimal():
            return number_to_json(Fraction(found))
        case dict():
            return {str(key): _plain(value) for key, value in found.items()}
        case list():
            return [_plain(item) for item in found]
        case _:
            return found


def recipe_to_json(recipe: Recipe) -> Json:
    """Write a recipe, what equals its default left out; `recipe_from_json` reads the same back."""
    given: Json = {
        "headers": list(recipe.headers),
        "optional": list(recipe.optional),
        "date": recipe.date,
        "values": list(recipe.values),
        "recognition": recipe.recognition.value,
        "key": list(recipe.key),
        "first_row_of": recipe.first_row_of,
        "currency_column": recipe.currency_column,
        "currency_columns": dict(recipe.currency_columns),
        "currency": recipe.currency,
        "segments": list(recipe.segments),
        "personal": list(recipe.personal),
        "hashed": list(recipe.hashed),
        "ignored": list(recipe.ignored),
        "zone": recipe.zone,
        "answers": dict(recipe.answers),
        "types": {column: kind.value for column, kind in recipe.types.items()},
        "ready": [_ready_to_json(ready) for ready in recipe.ready],
        "includes": recipe.includes,
        "shipped": recipe.shipped,
    }
    return {"name": recipe.name} | {key: value for key, value in given.items() if value}


def _ready_to_json(ready: ReadyKpi) -> Json:
    given: Json = {
        "catalogue_key": ready.catalogue_key,
        "unit": str(ready.unit),
        "direction": str(ready.direction),
        "values": dict(ready.values),
        "includes": ready.includes,
    }
    return {"name": ready.name} | {key: value for key, value in given.items() if value}
