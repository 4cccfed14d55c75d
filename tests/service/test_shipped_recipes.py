"""Every shipped recipe against small exports, through the import and the store to its ready-made KPIs.

A case is a folder entry: `tests/recipes/RECIPE/NAME.csv` is an export as the tool writes it, `NAME.json` beside it says
what must come out: the recipe that knows it, the columns that are not stored and those kept as a keyed hash, texts that
must stand nowhere in the data file (or `"nobody": true`: the export speaks of nobody), and the values by month of each
ready-made KPI, exact (`1/3` is a third). What is in `tests/recipes/near_misses` looks like an export that a recipe
knows and is none: the answer to every question is left to the owner.
"""

from __future__ import annotations

import json
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpi_core import ingest
from kpi_core.ingest import recipe as recipes
from kpi_core.ingest.reading import Reading
from kpi_core.kpi import Kpi
from kpi_core.service import choose, importing, kpi_page
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.service.shop import dump, revenue

FOLDER = Path(__file__).parents[1] / "recipes"
NEAR_MISSES = FOLDER / "near_misses"
CASES = sorted(path for path in FOLDER.glob("*/*.json") if path.parent != NEAR_MISSES)
LATER = datetime(2027, 1, 5, 9)
ANSWERS = {"coverage": "yes"}
"""Only whether the file's last month is complete may be asked: no export says so."""


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def export(path: Path) -> File:
    """Give the export beside an expectation."""
    (found,) = (each for each in path.parent.glob(f"{path.stem}.*") if each.suffix != ".json")
    return File(found.name, found.read_bytes())


@cache
def read(path: Path) -> Reading:
    file = export(path)
    return ingest.read(file.name, file.data, today=LATER.date())


def added(data: Path, path: Path) -> str:
    """Add an export; what else is asked is an error. Give its source."""
    return importing.add(data, export(path), Wishes(answers=ANSWERS), LATER, read(path)).source


def by_month(data: Path, kpi: Kpi) -> dict[str, Fraction]:
    kept = choose.save(data, kpi, None, LATER)
    lines = kpi_page.page(data, kept.id, LATER.date()).lines
    return {f"{line.period.start:%Y-%m}": line.actual.value for line in lines if line.actual.value is not None}


def test_every_shipped_recipe_has_an_export_and_every_export_a_recipe() -> None:
    shipped = {path.stem for path in recipes.FOLDER.glob("*.json")}
    assert {path.parent.name for path in CASES} == shipped


@pytest.mark.parametrize("path", CASES, ids=named)
def test_an_export_is_known_and_its_ready_made_kpis_are_exact(data: Path, path: Path) -> None:
    wanted: dict[str, Any] = json.loads(path.read_text("utf-8"))
    found = read(path)
    assert (found.recipe and found.recipe.name, found.questions, found.refused) == (wanted["recipe"], (), ())
    source = added(data, path)
    offered = [each for each in choose.options(data).ready if each.source == source]
    values = {each.ready.name: by_month(data, choose.from_ready(each, revenue())) for each in offered}
    assert values == {
        name: {month: Fraction(str(value)) for month, value in months.items()}
        for name, months in wanted["ready"].items()
    }


@pytest.mark.parametrize("path", CASES, ids=named)
def test_personal_columns_of_an_export_are_not_kept(data: Path, path: Path) -> None:
    wanted: dict[str, Any] = json.loads(path.read_text("utf-8"))
    gone, hashed = set(wanted.get("not_stored", ())), set(wanted.get("hashed", ()))
    batch, recipe = read(path).batch, read(path).recipe
    assert batch is not None
    assert recipe is not None
    columns = {column.name for column in batch.columns}
    assert columns & {*gone, *recipe.personal} == set()
    assert hashed <= columns
    told = dict(read(path).facts).get("Not stored", "")
    assert [name for name in gone | hashed if name not in told] == []
    # An export that speaks of nobody says so itself; every other one names texts to look for
    assert bool(wanted.get("nowhere")) is not wanted.get("nobody", False)
    assert not (wanted.get("nobody") and {*gone, *hashed, *recipe.personal})
    added(data, path)
    everything = dump(data)
    assert [text for text in wanted.get("nowhere", ()) if text in everything] == []


@pytest.mark.parametrize("path", CASES, ids=named)
def test_one_recipe_alone_claims_a_header(path: Path) -> None:
    found = read(path)
    header = [*(column.name for column in found.columns), *found.lines]
    fitting = [each for each in recipes.shipped() if recipes.match(header, [each])]
    most = max(len(each.headers) for each in fitting)
    assert [each.name for each in fitting if len(each.headers) == most] == [found.recipe and found.recipe.name]


@pytest.mark.parametrize("path", sorted(NEAR_MISSES.glob("*.json")), ids=lambda path: path.stem)
def test_a_file_that_only_looks_like_an_export_is_not_claimed(path: Path) -> None:
    wanted: dict[str, Any] = json.loads(path.read_text("utf-8"))
    found = read(path)
    assert (found.recipe and found.recipe.name) == wanted["recipe"]
    assert [question.id for question in found.questions] == wanted["questions"]
