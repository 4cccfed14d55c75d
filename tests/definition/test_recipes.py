"""Recipes as JSON: exact round trips, refusals with their place."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given

from kpi_core.definition import recipe_from_json, recipe_to_json
from kpi_core.errors import RefusedDefinition
from kpi_core.source import ColumnType, Recipe, Recognition
from tests.definition import made


@given(made.RECIPES)
def test_a_recipe_written_is_read_back_the_same(recipe: Recipe) -> None:
    assert recipe_from_json(json.loads(json.dumps(recipe_to_json(recipe)))) == recipe


def test_a_name_is_enough() -> None:
    assert recipe_from_json({"name": "Orders"}) == Recipe("Orders", ())


def test_a_ready_kpi_keeps_its_values_as_they_are_written() -> None:
    values = {"kind": "formula", "formula": "ratio", "parts": [], "times": Decimal("2.5")}
    recipe = recipe_from_json({"name": "Orders", "ready": [{"name": "Rate", "values": values}]})
    assert recipe.ready[0].values == {**values, "times": 2.5}
    assert json.loads(json.dumps(recipe_to_json(recipe)))["ready"] == [
        {"name": "Rate", "values": {**values, "times": 2.5}}
    ]


PAID = {"column": "Status", "test": "is one of", "values": ["paid"]}
FIRST = {"column": "Buyer", "test": "first time seen"}


def test_filters_and_measures_are_named_once_and_written_out() -> None:
    recipe = recipe_from_json(
        {
            "name": "Orders",
            "date": "Day",
            "filters": {"paid": [PAID]},
            "measures": {
                "sales": {"aggregate": "sum", "value": "Total", "where": "paid"},
                "new": {"aggregate": "count", "date": "Paid at", "where": ["paid", FIRST]},
            },
            "ready": [
                {"name": "Sales", "values": "sales"},
                {"name": "Each", "values": {"kind": "formula", "formula": "ratio", "parts": ["sales", "new"]}},
                {"name": "All", "values": {"kind": "measure", "aggregate": "count"}},
            ],
        }
    )
    sales = {"kind": "measure", "aggregate": "sum", "value": "Total", "date": "Day", "where": [PAID]}
    new = {"kind": "measure", "aggregate": "count", "date": "Paid at", "where": [PAID, FIRST]}
    assert [ready.values for ready in recipe.ready] == [
        sales,
        {"kind": "formula", "formula": "ratio", "parts": [sales, new]},
        {"kind": "measure", "aggregate": "count", "date": "Day"},
    ]
    assert recipe_from_json(recipe_to_json(recipe)) == recipe


def test_types_and_recognition_are_choices() -> None:
    recipe = recipe_from_json({"name": "O", "recognition": "key", "key": ["Id"], "types": {"Id": "text"}})
    assert recipe.recognition is Recognition.KEY
    assert recipe.types == {"Id": ColumnType.TEXT}


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({}, 'recipe: "name" is missing.'),
        (
            {"name": "O", "recognition": "key"},
            'recipe: rows that are recognised by "key" need "key": the columns that name a row.',
        ),
        ({"name": "O", "types": {"Id": "word"}}, 'recipe, types.Id: "word" is not known; choose one of date, number'),
        ({"name": "O", "answers": {"decimal": 1}}, "recipe, answers.decimal: this is not a text in quotes."),
        ({"name": "O", "ready": [{"name": "R"}]}, 'recipe, ready[0]: "values" is missing: where this KPI takes'),
        (
            {
                "name": "O",
                "filters": {"paid": []},
                "measures": {"sales": {"aggregate": "count", "where": "payd"}},
                "ready": [{"name": "R", "values": "sales"}],
            },
            'recipe, ready[0].values.where: no set of filters is called "payd"; known are paid.',
        ),
        (
            {"name": "O", "ready": [{"name": "R", "values": {"kind": "formula", "parts": ["sales"]}}]},
            'recipe, ready[0].values.parts[0]: no measure is called "sales"; the recipe names none.',
        ),
        (
            {"name": "O", "measures": {"a": {"kind": "formula"}}, "ready": [{"name": "R", "values": "a"}]},
            "recipe, ready[0].values: what a recipe names under measures is one measure",
        ),
        ({"name": "O", "header": []}, 'recipe: "header" is not known here; did you mean "headers"?'),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(obj: object, sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        recipe_from_json(obj)
    assert refused.value.sentence.startswith(sentence)
