"""Sources: renamed, changed, brought in and deleted on the screen, each with its way back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import choose, importing, recipes
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.store.data_file import open_store
from kpi_core.store.sources import find_source
from tests.service.shop import add, at_least, days, orders, revenue
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

ODD = "<script>alert(1)</script> *till*"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    visit = RunningApp(tmp_path / "shop.db", monkeypatch)
    add(visit.data_file, orders(days("2026-09-01", "2026-10-31")))
    visit.go("sources")
    return visit


def field(page: AppTest, label: str) -> object:
    """Find a field by its label."""
    fields = [*page.text_input, *page.selectbox, *page.multiselect]
    return next(each for each in fields if each.label == label)


def set_to(page: AppTest, label: str, value: object) -> None:
    field(page, label).set_value(value)  # type: ignore[attr-defined]


def done(page: AppTest) -> str:
    return page.text[0].value


def test_a_source_is_renamed_and_an_odd_name_is_text(app: RunningApp) -> None:
    set_to(app.test, "Name", ODD)
    app.press("Rename")
    assert done(app.test) == f"Orders is called {ODD} now."
    shown = app.html()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *till*" in shown
    set_to(app.test, "Name", "  ")
    app.press("Rename")
    assert "A source needs a name." in app.html()
    app.press("Undo")
    assert done(app.test) == "Orders is as it was before."


def test_a_recipe_is_changed_and_changed_back(app: RunningApp) -> None:
    set_to(app.test, "Numbers include", "VAT included.")
    set_to(app.test, "Splits the numbers", [])
    set_to(app.test, "Answers to forget", ["decimal"])
    app.press("Keep the changes")
    assert done(app.test) == "Orders: the next file is read the new way."
    assert "<dd>VAT included.</dd>" in app.html()
    assert "Answers remembered" not in app.html()
    app.press("Undo")
    assert "<dd>decimal point (1,234.50)</dd>" in app.html()


def test_what_would_make_stored_rows_wrong_is_said_where_it_was_asked(app: RunningApp) -> None:
    set_to(app.test, "Date: the day a row counts on", "Channel")
    app.press("Keep the changes")
    assert "The rows of Orders cannot count by &quot;Channel&quot;" in app.html()
    assert "Undo its imports, change the recipe, then add the files again." in app.html()


def test_a_source_is_deleted_where_no_kpi_uses_it_and_comes_back(app: RunningApp) -> None:
    app.press("Delete")
    assert done(app.test) == "Orders is hidden with its files and rows. Undo brings it back."
    assert "No sources yet" in app.html()
    app.press("Undo")
    assert "<dd>61 from 1 file</dd>" in app.html()
    choose.save(app.data_file, revenue(), at_least(1), NOW)
    app.press("Delete")
    assert "Orders stays: Revenue uses its rows." in app.html()


def test_a_deleted_source_is_removed_for_good_by_a_step_of_its_own(app: RunningApp) -> None:
    app.press("Delete")
    app.press("Remove for good")
    assert "Orders is removed for good." in done(app.test)
    assert "Remove for good" not in [each.label for each in app.test.button]
    assert len(list(app.data_file.parent.glob("*-before-removal-*.db"))) == 1


def test_a_recipe_is_brought_in_from_a_file(app: RunningApp) -> None:
    recipe = {"name": "Market stall", "headers": ["Day | Tag", "Amount"], "date": "Day", "values": ["Amount"]}
    for given, said in (({**recipe, "dates": "Day"}, "is not known here"), (recipe, "Market stall is added")):
        app.test.file_uploader[0].set_value(("stall.json", json.dumps(given).encode(), "application/json"))
        app.run()
        app.press("Use this recipe")
        assert said in app.html() + done(app.test)
    assert "those with the headings Day, Amount" in app.html()
    assert app.test.text[-1].value.endswith("source: Market stall. Added.")


def test_a_form_finds_columns_that_the_files_spell_otherwise_and_changes_nothing_unasked(app: RunningApp) -> None:
    recipe = {
        "name": "Stall",
        "headers": ["Day | Tag", "Betrag | Amount", "Fee"],
        "date": "Day",
        "values": ["Betrag", "Fee"],
    }
    recipes.read_in(app.data_file, File("r.json", json.dumps(recipe).encode()), NOW)
    rows = "".join(f"2026-09-{day:02},{day}.00,1.00\n" for day in range(1, 31))
    importing.add(app.data_file, File("x.csv", f"TAG,AMOUNT,fee\n{rows}".encode()), Wishes(), NOW)
    app.go("sources")
    places = [at for at, each in enumerate(app.test.multiselect) if each.label == "Amounts"]
    assert app.test.multiselect[places[-1]].value == ["AMOUNT", "fee"]
    assert app.test.multiselect[places[-1]].options == ["TAG", "AMOUNT", "fee"]
    next(each for each in reversed(app.test.text_input) if each.label == "Numbers include").set_value("VAT")
    next(each for each in reversed(app.test.button) if each.label == "Keep the changes").click()
    app.run()
    with open_store(app.data_file) as store:
        kept = find_source(store, "Stall").recipe
    assert (kept.date, kept.values, kept.includes) == ("Day", ("Betrag", "Fee"), "VAT")
