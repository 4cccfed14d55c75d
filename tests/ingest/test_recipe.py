from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kpi_core.actual import inputs
from kpi_core.definition import values_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.ingest import recipe as recipes
from kpi_core.kpi import Difference, Elapsed, OneColumn, Product
from kpi_core.source import Recipe, Recognition
from tests.ingest.looking import read

SHIPPED = {each.name: each for each in recipes.shipped()}
SHOPIFY = [
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Subtotal", "Shipping", "Taxes",
    "Total", "Created at", "Lineitem quantity", "Lineitem name", "Billing Name", "Refunded Amount", "Id", "Source",
]  # fmt: skip
PAYPAL = [
    "Fecha",
    "Hora",
    "Zona horaria",
    "Descripción",
    "Divisa",
    "Bruto",
    "Comisión",
    "Neto",
    "Saldo",
    "Id. de transacción",
    "Nombre",
]


def columns_of(each: Recipe) -> set[str]:
    """List the columns that the ready-made KPIs of a recipe use."""
    found: set[str] = set()
    for ready in each.ready:
        for measure in inputs(values_from_json(ready.values, source="x"))[0]:
            found |= {row_filter.column for row_filter in measure.where} | ({measure.date} if measure.date else set())
            match measure.value:
                case OneColumn(column):
                    found.add(column)
                case Product(first, second) | Difference(first, second) | Elapsed(first, second):
                    found |= {first, second}
                case None:
                    pass
    return found


@pytest.mark.parametrize("each", recipes.shipped(), ids=lambda each: each.name)
def test_a_shipped_recipe_is_whole(each: Recipe) -> None:
    assert each.shipped
    assert each.values or each.ready
    assert each.includes
    assert all(ready.includes for ready in each.ready)
    assert recipes.from_json(recipes.to_json(each)) == each


@pytest.mark.parametrize("each", recipes.shipped(), ids=lambda each: each.name)
def test_a_shipped_recipe_finds_its_own_header_and_keeps_its_kpis(each: Recipe) -> None:
    header = [name.split("|")[0].strip() for name in each.headers]
    used = columns_of(each)
    found = recipes.match([*header, *(name for name in used if name not in header)], recipes.shipped())
    assert found is not None
    assert found.name == each.name
    assert [ready.name for ready in found.ready] == [ready.name for ready in each.ready]


@pytest.mark.parametrize("each", recipes.shipped(), ids=lambda each: each.name)
def test_a_shipped_recipe_answers_no_question_that_the_file_or_the_owner_must(each: Recipe) -> None:
    assert each.answers == {}


def test_every_recipe_file_is_shipped() -> None:
    folder = Path(recipes.__file__).parents[2] / "data" / "recipes"
    names = {json.loads(path.read_text("utf-8"))["name"] for path in folder.glob("*.json")}
    assert names == set(SHIPPED)
    assert {"Shopify orders", "Stripe payments", "PayPal activity", "Square items", "Etsy sold orders"} <= names
    assert "WooCommerce orders" in names


def test_case_marks_and_order_of_the_header_do_not_matter() -> None:
    header = [f"\ufeff{SHOPIFY[0].upper()} ", *reversed(SHOPIFY[1:])]
    found = recipes.match(header, recipes.shipped())
    assert found is not None
    assert found.key == (header[0],)


def test_an_export_in_another_language_gets_its_own_names() -> None:
    found = recipes.match(PAYPAL, recipes.shipped())
    assert found is not None
    assert (found.name, found.date, found.values) == ("PayPal statement", "Fecha", ("Bruto", "Comisión", "Neto"))
    assert found.key == ("Id. de transacción",)
    assert columns_of(found) == {"Fecha", "Bruto", "Neto", "Descripción"}


def test_a_missing_header_is_no_match() -> None:
    assert recipes.match([name for name in SHOPIFY if name != "Refunded Amount"], recipes.shipped()) is None
    assert recipes.match([], recipes.shipped()) is None
    assert recipes.match(["Date"], [Recipe("empty", ())]) is None


def test_most_headers_win_then_the_owners_own() -> None:
    small, large = Recipe("small", ("a",), shipped=True), Recipe("large", ("a", "b"), shipped=True)
    own = Recipe("own", ("a", "b"))
    found = [recipes.match(["A", "B"], these) for these in ((small, large), (large, own), (own, large))]
    assert [each and each.name for each in found] == ["large", "own", "own"]


def test_a_ready_made_kpi_whose_column_is_missing_is_left_out() -> None:
    header = [name.split("|")[0].strip() for name in SHIPPED["Stripe payments"].headers]
    found = recipes.match(header, recipes.shipped())
    assert found is not None
    assert "Customer Email" not in found.hashed
    without = recipes.resolve(SHIPPED["Square items"], ["Date", "Net Sales"])
    assert [ready.name for ready in without.ready] == ["Net sales"]


def test_a_key_that_is_not_whole_is_no_key() -> None:
    each = Recipe("two keys", ("a",), recognition=Recognition.KEY, key=("a", "b"))
    found = recipes.resolve(each, ["A", "C"])
    assert (found.recognition, found.key) == (Recognition.CONTENT, ())


def test_confirming_saves_what_was_understood() -> None:
    reading = read(
        {
            "Date": ["05/03/2026", "16/03/2026"],
            "Order ID": ["a", "b"],
            "Channel": ["web", "web"],
            "E-mail": ["a@example.com", "b@example.com"],
            "Total": ["1,50", "2,50"],
            "Note": ["", ""],
        }
    )
    made = recipes.draft("Shop orders", reading, {})
    assert made.headers == ("date", "order id", "channel", "e mail", "total", "note")
    assert (made.date, made.values, made.key, made.recognition) == ("Date", ("Total",), ("Order ID",), Recognition.KEY)
    assert (made.segments, made.personal) == (("Channel",), ("E-mail",))
    assert made.answers == {"date-order": "day-first", "decimal": "comma"}
    assert "Note" not in made.types
    assert recipes.from_json(recipes.to_json(made)) == made


def test_next_month_needs_no_clicks() -> None:
    first = read({"Date": ["05/03/2026", "16/03/2026"], "Total": ["1.50", "2.50"]})
    made = recipes.draft("Shop", first, {})
    header = ["Date", "Total"]
    later = read({"Date": ["05/04/2026"], "Total": ["3.50"]}, recipe=recipes.match(header, [made]))
    assert (later.questions, later.dates) == ((), ["2026-04-05"])


def test_the_rules_of_the_recipe_that_was_followed_are_kept() -> None:
    before = recipes.match(SHOPIFY, recipes.shipped())
    assert before is not None
    table = {name: ["x"] for name in SHOPIFY} | {"Created at": ["2026-09-03 10:15:00 -0400"], "Total": ["5.00"]}
    made = recipes.draft("My shop", read(table, recipe=before), {}, before)
    assert (made.name, made.shipped, made.first_row_of, len(made.ready)) == (
        "My shop",
        False,
        "Name",
        len(before.ready),
    )


def test_a_ready_made_kpi_has_its_unit_from_the_catalogue_or_says_it() -> None:
    for each in recipes.shipped():
        for ready in each.ready:
            assert bool(ready.catalogue_key) != bool(ready.unit), (each.name, ready.name)


def test_ready_made_revenue_says_whether_tax_is_in() -> None:
    said = {
        (each.name, ready.name): ready.includes
        for each in recipes.shipped()
        for ready in each.ready
        if ready.catalogue_key == "revenue"
    }
    assert len(said) >= 20
    assert [name for name, text in said.items() if not re.search(r"\b(VAT|GST|tax|taxes)\b", text)] == []


def test_the_guide_lists_every_recipe_with_its_kpis_and_its_example_is_one() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text("utf-8")
    for each in recipes.shipped():
        row = next(line for line in guide.splitlines() if line.startswith(f"| {each.name} |"))
        assert row.split("|")[3].strip() == ", ".join(ready.name for ready in each.ready)
    example = recipes.from_json(guide.split("```json")[1].split("```")[0])
    found = recipes.match(["Datum", "Receipt", "Article", "State", "Betrag", "Kunde"], [example])
    assert found is not None
    assert columns_of(found) == {"Datum", "Betrag", "State", "Kunde"}
    assert found.hashed == ("Kunde",)
    without = recipes.match(["Date", "Receipt", "Article", "State", "Amount"], [example])
    assert without is not None
    assert [ready.name for ready in without.ready] == ["Takings", "Average sale"]


def test_a_member_that_is_given_twice_is_refused_and_not_dropped() -> None:
    with pytest.raises(RefusedDefinition, match='"date" is given twice'):
        recipes.from_json('{"name": "Stall", "headers": ["Day", "Paid"], "date": "Day", "date": "Paid"}')
