"""Recipes of an owner over a real data file: renamed, edited, exported, imported, deleted, and all of it taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpi_core.actual import inputs
from kpi_core.errors import ClosedMonths, NotFound, OpenQuestions, RefusedDefinition
from kpi_core.kpi import Aggregate, Measure, OneColumn
from kpi_core.service import choose, importing, keeping, recipes
from kpi_core.service import history as past
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.recipe_list import SourceLine, overview
from kpi_core.service.recipes import Edit
from kpi_core.store.changes import By, Thing, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.months import close_month
from kpi_core.store.sources import find_source
from tests.service.shop import NOW, add, at_least, days, dump, filled, orders, revenue

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = "Order,Created at,Paid at,Channel,E-mail,Total"
RECIPE = {"name": "Market stall", "headers": ["Day | Tag", "Amount"], "date": "Day", "values": ["Amount"]}


def sales(rows: Iterable[tuple[str, str, str, str]], name: str = "sales.csv") -> File:
    """Make an export of orders that are created on one day and paid on another."""
    lines = [f"{key},{made},{paid},web,{key}@example.org,{total}" for key, made, paid, total in rows]
    return File(name, "\n".join([HEAD, *lines, ""]).encode())


SEPTEMBER = sales([(f"A-{n}", f"2026-09-{n:02}", f"2026-{9 + (n > 20):02}-{n:02}", "10.00") for n in range(1, 31)])
OCTOBER = sales([(f"B-{n}", f"2026-10-{n:02}", f"2026-10-{n:02}", "20.00") for n in range(1, 31)], "october.csv")


def over(date: str | None, aggregate: Aggregate = Aggregate.SUM) -> Measure:
    """Add up the sales by a date column; None: by the source's own."""
    return Measure("Sales", aggregate, OneColumn("Total"), date)


def sold(data: Path, first: File = SEPTEMBER) -> None:
    add(data, first, "Sales", coverage="yes")


def line(data: Path, name: str = "Sales") -> SourceLine:
    return next(each for each in overview(data).sources if each.name == name)


def rows_and_more(data: Path) -> list[str]:
    """Write everything that a data file holds but the log, and the JSON of recipes, whose members have no order."""
    lines = dump(data, counters=False).splitlines()
    return [text for text in lines if '"changes"' not in text and 'INTO "sources"' not in text]


def history(data: Path, kpi_id: int) -> list[tuple[str, str | None]]:
    with open_store(data) as store:
        return [
            (str(period), None if value is None else str(value))
            for period, value in store.all(
                "SELECT period, value FROM actuals WHERE kpi_id = ? AND segment_id = 0 ORDER BY period", (kpi_id,)
            )
        ]


def test_a_source_is_told_in_words(data: Path) -> None:
    filled(data)
    found = line(data, "Orders")
    assert dict(found.how) == {
        "Known files": "those with the headings Order, Day, Channel, Total",
        "Date": "Day",
        "Amounts": "Total",
        "A row is known again": "by Order",
        "Splits the numbers": "Channel",
        "Answers remembered": "decimal point (1,234.50)",
        "Numbers include": "not said",
    }
    assert dict(found.held) == {
        "Rows": "61 from 1 file",
        "Last file": "orders.csv, added 3 November 2026",
        "Days covered": "1 September 2026 to 31 October 2026",
        "Used by": "Revenue",
    }
    assert len(overview(data).ready) >= 11


def test_kpis_and_values_follow_a_renamed_source_and_follow_it_back(data: Path) -> None:
    kpi = filled(data)
    before = history(data, kpi.id)
    done = recipes.rename(data, "orders", "  Web shop ", NOW)
    assert done.sentence == "Orders is called Web shop now."
    assert (line(data, "Web shop").recipe.name, line(data, "Web shop").feeds) == ("Web shop", ("Revenue",))
    assert history(data, kpi.id) == before
    assert inputs(choose.opened(data, kpi.id)[0].values)[0][0].source == "Web shop"
    assert add(data, orders(days("2026-11-01", "2026-11-02"), name="november.csv"), None).source == "Web shop"
    recipes.take_back(data, done.change or 0, NOW)
    assert line(data, "Orders").feeds == ("Revenue",)


@pytest.mark.parametrize("name", ["", "   ", "x" * 300, "two\nlines", "a\u202eb", "\x00"])
def test_a_name_that_is_none_is_refused(data: Path, name: str) -> None:
    filled(data)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="name"):
        recipes.rename(data, "Orders", name, NOW)
    assert dump(data) == before


def test_a_name_is_taken_whatever_its_letter_case(data: Path) -> None:
    filled(data)
    sold(data)
    with pytest.raises(RefusedDefinition, match="There is already a source named SALES"):
        recipes.rename(data, "Orders", " SALES ", NOW)
    with pytest.raises(RefusedDefinition, match="shopify ORDERS is the name of another recipe"):
        recipes.rename(data, "Orders", "shopify ORDERS", NOW)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "../../etc/passwd", "=1+1", "a'; DROP TABLE sources"])
def test_an_odd_name_is_a_name_and_its_file_stays_where_it_belongs(data: Path, name: str) -> None:
    filled(data)
    recipes.rename(data, "Orders", name, NOW)
    assert [each.name for each in overview(data).sources] == [name]
    file_name, _ = recipes.written_out(data, name)
    assert file_name == Path(file_name).name
    assert file_name.replace("_", "").removesuffix(".json").isalnum()


def test_the_next_file_and_the_stored_rows_count_by_the_new_date(data: Path) -> None:
    sold(data)
    kpi = choose.save(data, revenue(over(None), "Cash"), at_least(100), NOW)
    booked = choose.save(data, revenue(over("Created at"), "Booked"), at_least(100), NOW)
    assert dict(history(data, kpi.id))["2026-09-01"] == "300"
    done = recipes.edit(data, "Sales", Edit(date="paid AT"), NOW)
    assert line(data).recipe.date == "Paid at"
    # Ten of September's orders were paid in October
    assert dict(history(data, kpi.id))["2026-09-01"] == "200"
    added = add(data, OCTOBER, None, coverage="yes")
    assert (added.source, added.result.new) == ("Sales", 30)
    with open_store(data) as store:
        stored = find_source(store, "Sales")
        assert store.all(f"SELECT DISTINCT _day FROM rows_{stored.id} WHERE \"Order\" = 'B-7'") == [("2026-10-07",)]
    assert dict(history(data, kpi.id))["2026-10-01"] == "700"
    assert dict(history(data, booked.id)) == {"2026-09-01": "300", "2026-10-01": "600"}
    assert keeping.check(data)[0].ok
    recipes.take_back(data, done.change or 0, NOW)
    assert dict(history(data, kpi.id)) == {"2026-09-01": "300", "2026-10-01": "600"}
    assert all(finding.ok for finding in keeping.check(data))


def test_the_days_that_a_file_covers_follow_the_new_date_and_come_back_exactly(data: Path) -> None:
    paid = sales([(f"A-{n}", f"2026-09-{min(n, 30):02}", f"2026-10-{n:02}", "10.00") for n in range(1, 32)])
    sold(data, paid)
    kpi = choose.save(data, revenue(over(None), "Cash"), at_least(100), NOW)
    booked = choose.save(data, revenue(over("Created at"), "Booked"), at_least(100), NOW)
    before = rows_and_more(data)
    done = recipes.edit(data, "Sales", Edit(date="Paid at"), NOW)
    assert dict(line(data).held)["Days covered"] == "1 October 2026 to 31 October 2026"
    assert dict(history(data, kpi.id)) == {"2026-10-01": "310"}
    assert dict(history(data, booked.id)) == {"2026-09-01": "310"}
    november = sales([(f"B-{n}", "2026-10-31", f"2026-11-{n:02}", "10.00") for n in range(1, 3)], "november.csv")
    seen = importing.preview(data, november, Wishes(), NOW)
    assert (seen.question, [check.text for check in seen.checks if not check.ok]) == (None, [])
    recipes.take_back(data, done.change or 0, NOW)
    assert [text for text in rows_and_more(data) if "covers_by_date" not in text] == [
        text for text in before if "covers_by_date" not in text
    ]
    assert dict(history(data, kpi.id)) == {"2026-09-01": "310"}


def test_days_that_leave_a_doubt_are_not_covered_by_the_new_date(data: Path) -> None:
    sold(data, sales([("A-1", "2026-09-01", "2026-09-12", "1.00"), ("A-2", "2026-09-30", "2026-10-02", "2.00")]))
    recipes.edit(data, "Sales", Edit(date="Paid at"), NOW)
    assert dict(line(data).held)["Days covered"] == "12 September 2026 to 2 October 2026"


def test_a_file_is_dated_by_the_edited_recipe_alone(data: Path) -> None:
    sold(data)
    recipes.edit(data, "Sales", Edit(date="Paid at"), NOW)
    late = sales([("C-1", "2026-09-30", "2026-10-02", "5.00"), ("C-2", "2026-09-30", "2026-10-31", "5.00")], "late.csv")
    seen = importing.preview(data, late, Wishes(), NOW)
    assert seen.reading.batch is not None
    assert list(seen.reading.batch.dates) == ["2026-10-02", "2026-10-31"]
    assert ("Dates", "Paid at: the first row is of 2 October 2026") in seen.reading.facts


def test_rows_without_the_new_date_are_counted_out_loud(data: Path) -> None:
    sold(data, sales([("A-1", "2026-09-01", "2026-09-02", "1.00"), ("A-2", "2026-09-30", "", "2.00")]))
    assert "Without Created at" not in dict(line(data).held)
    recipes.edit(data, "Sales", Edit(date="Paid at"), NOW)
    assert dict(line(data).held)["Without Paid at"] == "1 of them, counted on no day"


def test_rows_do_not_leave_a_closed_month(data: Path) -> None:
    sold(data)
    with open_store(data) as store:
        close_month(store, "2026-09", By(NOW))
    before = dump(data)
    with pytest.raises(ClosedMonths, match="September 2026 is closed"):
        recipes.edit(data, "Sales", Edit(date="Paid at"), NOW)
    assert dump(data) == before


def test_a_date_that_the_stored_rows_do_not_have_is_refused(data: Path) -> None:
    sold(data)
    with pytest.raises(RefusedDefinition, match='cannot count by "Channel": the rows stored so far hold no such dates'):
        recipes.edit(data, "Sales", Edit(date="Channel"), NOW)
    with pytest.raises(NotFound, match='The files of Sales have no column "Nope"'):
        recipes.edit(data, "Sales", Edit(date="Nope"), NOW)
    with pytest.raises(RefusedDefinition, match='"Channel" cannot be an amount'):
        recipes.edit(data, "Sales", Edit(values=("Total", "Channel")), NOW)


def test_a_forgotten_answer_is_asked_for_again(data: Path) -> None:
    doubtful = File("open.csv", b"Day,Amount\n03/04/2026,10.00\n05/06/2026,20.00\n")
    add(data, doubtful, "Till", date_order="day-first", coverage="no")
    following = File("next.csv", b"Day,Amount\n07/08/2026,10.00\n09/10/2026,20.00\n")
    assert importing.preview(data, following, Wishes(), NOW).reading.questions == ()
    assert ("date-order", "day first (31/12)") in line(data, "Till").answers
    done = recipes.edit(data, "Till", Edit(forget=("date-order",)), NOW)
    asked = importing.preview(data, following, Wishes(), NOW)
    assert [question.id for question in asked.reading.questions] == ["date-order"]
    with pytest.raises(OpenQuestions):
        add(data, following, "Till")
    with pytest.raises(NotFound, match='No answer to "date-order" is remembered'):
        recipes.edit(data, "Till", Edit(forget=("date-order",)), NOW)
    recipes.take_back(data, done.change or 0, NOW)
    assert importing.preview(data, following, Wishes(), NOW).reading.questions == ()


def test_what_a_recipe_leaves_out_and_hides_stays_in_one_form(data: Path) -> None:
    sold(data)
    assert "E-mail" in line(data).recipe.personal
    with pytest.raises(RefusedDefinition, match='The rows stored so far do not hold "E-mail"'):
        recipes.edit(data, "Sales", Edit(personal=(), hashed=("E-mail",)), NOW)
    with pytest.raises(RefusedDefinition, match='"Channel" cannot change between shown and hidden'):
        recipes.edit(data, "Sales", Edit(segments=(), hashed=("Channel",)), NOW)
    with pytest.raises(RefusedDefinition, match='"Channel" is a personal column, so it cannot be'):
        recipes.edit(data, "Sales", Edit(hashed=("Channel",)), NOW)
    with pytest.raises(RefusedDefinition, match='"Order" is a personal column, so it cannot be what a row is known by'):
        recipes.edit(data, "Sales", Edit(personal=("E-mail", "Order")), NOW)
    split = Measure("Sales", Aggregate.SUM, OneColumn("Total"), "Created at", segment="Channel")
    choose.save(data, revenue(split), at_least(100), NOW)
    with pytest.raises(RefusedDefinition, match='"Channel" cannot be left out: Revenue reads it'):
        recipes.edit(data, "Sales", Edit(segments=(), personal=("E-mail", "Channel")), NOW)


def test_the_column_of_currencies_stays_where_money_is_added(data: Path) -> None:
    rows = [f"A-{day},2026-09-{day:02},{'EUR' if day % 2 else 'SEK'},{day}.00" for day in range(1, 31)]
    file = File("mixed.csv", "\n".join(["Order,Day,Currency,Total", *rows, ""]).encode())
    add(data, file, "Mixed")
    for wanted in (Edit(personal=("Currency",)), Edit(personal=("Currency",), currency_column="", segments=())):
        with pytest.raises(RefusedDefinition, match='"Currency" is a personal column, so it cannot be'):
            recipes.edit(data, "Mixed", wanted, NOW)


def test_a_column_is_left_out_of_the_next_file(data: Path) -> None:
    sold(data)
    recipes.edit(data, "Sales", Edit(segments=(), personal=("E-mail", "Channel")), NOW)
    seen = importing.preview(data, OCTOBER, Wishes(), NOW)
    assert seen.reading.batch is not None
    assert "Channel" not in {column.name for column in seen.reading.batch.columns}


def test_every_edit_is_in_the_log_with_old_and_new(data: Path) -> None:
    sold(data)
    recipes.edit(data, "Sales", Edit(includes=" VAT  included. ", date="Paid at", forget=("decimal",)), NOW)
    newest = overview(data).changes[0]
    assert (newest.about, newest.at) == ("source: Sales", NOW)
    assert newest.did == (
        "Answers remembered: decimal point (1,234.50), now nothing; date: Created at, now Paid at; "
        "numbers include: nothing, now VAT included."
    )
    assert recipes.edit(data, "Sales", Edit(date="Paid at"), NOW).change is None


def test_an_exported_recipe_reads_the_same_files_elsewhere(data: Path, tmp_path: Path) -> None:
    sold(data)
    recipes.edit(data, "Sales", Edit(includes="VAT included."), NOW)
    recipes.rename(data, "Sales", "Web sales", NOW)
    name, exported = recipes.written_out(data, "Web sales")
    assert name == "web_sales_recipe.json"
    other = tmp_path / "other.db"
    done = recipes.read_in(other, File(name, exported), NOW)
    assert done.sentence == "Web sales is added and waits for its first file."
    assert line(other, "Web sales").recipe == line(data, "Web sales").recipe
    assert recipes.written_out(other, "Web sales") == (name, exported)
    first = importing.preview(other, OCTOBER, Wishes(), NOW)
    # Nobody has seen yet what it makes of a file
    assert (first.source, first.needs_no_click) == ("Web sales", False)
    assert recipes.read_in(other, File(name, exported), NOW).change is None
    recipes.take_back(other, done.change or 0, NOW)
    assert overview(other).sources == ()


def test_a_ready_made_recipe_can_be_exported_and_grown(data: Path) -> None:
    _, exported = recipes.written_out(data, "shopify orders")
    assert "shipped" not in json.loads(exported)
    assert recipes.read_in(data, File("r.json", exported), NOW).change is not None
    with pytest.raises(RefusedDefinition, match="Etsy sold orders is the name of another recipe"):
        recipes.read_in(data, File("r.json", json.dumps({**RECIPE, "name": "Etsy sold orders"}).encode()), NOW)


@pytest.mark.parametrize(
    ("data_of_file", "sentence"),
    [
        (b"", "This is no JSON: line 1, column 1"),
        (b"[1, 2", "This is no JSON: line 1, column 6"),
        (b"\xff\xfe\x00", "r.json is not text in UTF-8."),
        (b"[]", "recipe: a list stands where an object in braces is needed."),
        (b"[" * 100_000, "This JSON cannot be read"),
        (b" " * 1_000_001, "r.json is too large for a recipe."),
        ({"name": ""}, 'recipe: "name" is empty.'),
        ({"headers": []}, 'recipe: "headers" is missing'),
        ({"headers": ["Day", "|"]}, 'recipe, headers[1]: "|" is no name of a column.'),
        ({"recognition": "key"}, 'recipe: rows that are recognised by "key" need "key"'),
        ({"reads": "x"}, 'recipe: "reads" is not known here'),
        ({"answers": {"decimal": "dot"}}, 'recipe, answers: "dot" is no answer to the question "decimal".'),
        ({"answers": {"header": "top"}}, 'recipe, answers.header: "top" is neither first-row, none nor a number.'),
        ({"answers": {"duplicate-key": "cancel"}}, 'recipe, answers.duplicate-key: "cancel" is not known'),
        ({"personal": ["day"]}, 'recipe, date: "Day" is a personal column, so it cannot be the day'),
        ({"personal": ["Order"], "first_row_of": "Order"}, 'recipe, first_row_of: "Order" is a personal column'),
        ({"hashed": ["Amount"], "currency_columns": {"X": "Amount"}}, 'recipe, values: "Amount" is a personal column'),
        ({"personal": ["Code"], "currency_column": "Code"}, 'recipe, currency_column: "Code" is a personal column'),
        ({"ready": [{"name": "R", "values": {"kind": "sum"}}]}, 'recipe, ready[0].values.kind: "sum" is not known'),
        ({"name": "x" * 300}, "A source's name is one line of at most 120 characters."),
    ],
)
def test_a_wrong_recipe_is_refused_with_its_place(data: Path, data_of_file: object, sentence: str) -> None:
    given = data_of_file if isinstance(data_of_file, bytes) else json.dumps({**RECIPE, **dict(data_of_file)}).encode()  # type: ignore[call-overload]
    with pytest.raises(RefusedDefinition) as refused:
        recipes.read_in(data, File("r.json", given), NOW)
    assert refused.value.sentence.startswith(sentence)
    assert overview(data).sources == ()


def test_a_deeply_nested_recipe_is_refused(data: Path) -> None:
    nested: dict[str, object] = {"kind": "formula"}
    for _ in range(300):
        nested = {"kind": "formula", "formula": "sum", "parts": [nested]}
    given = json.dumps({**RECIPE, "ready": [{"name": "R", "values": nested}]}).encode()
    with pytest.raises(RefusedDefinition, match="nested"):
        recipes.read_in(data, File("r.json", given), NOW)


def test_a_recipe_takes_the_place_of_another_where_the_rows_allow_it(data: Path) -> None:
    sold(data)
    held = json.loads(recipes.written_out(data, "Sales")[1])
    changed = File("r.json", json.dumps({**held, "name": "Mine", "includes": "No VAT."}).encode())
    done = recipes.read_in(data, changed, NOW, over="sales")
    assert done.sentence == "Sales has the recipe of r.json now."
    assert (line(data).recipe.name, line(data).recipe.includes) == ("Sales", "No VAT.")
    known_by_content = File("r.json", json.dumps({**held, "recognition": "content", "key": []}).encode())
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="so how a row is known again stays as it is") as refused:
        recipes.read_in(data, known_by_content, NOW, over="Sales")
    assert refused.value.hint == "Undo its imports, change the recipe, then add the files again."
    assert dump(data) == before
    past.take_back(data, 1, NOW)
    assert recipes.read_in(data, known_by_content, NOW, over="Sales").change is not None


def test_a_source_in_use_is_not_deleted(data: Path) -> None:
    kpi = filled(data)
    choose.save(data, revenue(name="Also revenue"), at_least(1), NOW)
    with pytest.raises(RefusedDefinition, match="Orders stays: Revenue, Also revenue use its rows"):
        recipes.delete(data, "Orders", NOW)
    assert history(data, kpi.id)


def test_a_deleted_source_is_forgotten_and_comes_back_whole(data: Path) -> None:
    sold(data)
    filled(data)
    kept, recipe = rows_and_more(data), line(data).recipe
    done = recipes.delete(data, "Sales", NOW)
    assert done.sentence == "Sales is hidden with its files and rows. Undo brings it back."
    assert [(each.name, each.rows) for each in overview(data).hidden] == [("Sales", 30)]
    assert [each.name for each in overview(data).sources] == ["Orders"]
    assert {each.source for each in past.history(data)} == {"Orders"}
    with pytest.raises(NotFound, match="There is no source number 1"):
        past.take_back(data, 1, NOW)
    # A file of its kind is a new one again, under a name that is free
    assert importing.preview(data, OCTOBER, Wishes(), NOW).known is False
    assert '"Sales"' not in keeping.definitions(data)
    assert all(finding.ok for finding in keeping.check(data))
    recipes.take_back(data, done.change or 0, NOW)
    assert rows_and_more(data) == kept
    assert line(data).recipe == recipe
    assert add(data, OCTOBER, None, coverage="yes").source == "Sales"


def test_a_deleted_source_is_removed_for_good_and_a_backup_holds_it(data: Path) -> None:
    sold(data)
    filled(data)
    with pytest.raises(NotFound, match="There is no deleted source number 1"):
        recipes.purge(data, 1, NOW)
    done = recipes.delete(data, "Sales", NOW)
    gone = recipes.purge(data, 1, NOW)
    kept = data.with_name("signalbox-before-removal-20261103-090000.db")
    assert gone.sentence == (
        f"Sales is removed for good. The backup {kept.name} beside the data file holds it still: "
        "remove that file too once you are sure."
    )
    assert (overview(data).hidden, gone.change) == ((), None)
    assert b"A-17" not in data.read_bytes()
    assert "A-17" not in dump(data)
    with pytest.raises(NotFound, match="Sales was removed for good"):
        recipes.take_back(data, done.change or 0, NOW)
    assert all(finding.ok for finding in keeping.check(data))
    keeping.restore(data, kept, NOW)
    recipes.take_back(data, done.change or 0, NOW)
    assert line(data).rows == 30


def test_a_recipe_that_was_brought_in_is_not_taken_back_with_files(data: Path) -> None:
    done = recipes.read_in(data, File("r.json", json.dumps(RECIPE).encode()), NOW)
    rows = "".join(f"{day},{day.day}.00\n" for day in days("2026-09-01", "2026-09-30"))
    added = add(data, File("x.csv", f"Day,Amount\n{rows}".encode()), None)
    with pytest.raises(RefusedDefinition, match="holds files by now"):
        recipes.take_back(data, done.change or 0, NOW)
    assert line(data, added.source).rows == 30
    past.take_back(data, added.result.import_id or 0, NOW)
    recipes.take_back(data, done.change or 0, NOW)
    assert overview(data).sources == ()


def test_only_a_change_of_a_source_is_taken_back_here(data: Path) -> None:
    filled(data)
    with open_store(data) as store:
        change = next(each for each in list_changes(store) if each.subject.thing is Thing.TARGET)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match=r"is one of .* \(target\), not of a source"):
        recipes.take_back(data, change.id, NOW)
    assert dump(data) == before


def test_a_deleted_source_does_not_come_back_over_a_new_one(data: Path) -> None:
    sold(data)
    done = recipes.delete(data, "Sales", NOW)
    sold(data, OCTOBER)
    with pytest.raises(RefusedDefinition, match="There is already a source named Sales"):
        recipes.take_back(data, done.change or 0, NOW)
    assert line(data).rows == 30


def test_definitions_do_not_change_how_stored_rows_are_known(data: Path) -> None:
    filled(data)
    document = json.loads(keeping.definitions(data))
    document["sources"][0]["recipe"] |= {"recognition": "content", "key": []}
    with pytest.raises(RefusedDefinition, match="how a row is known again stays as it is"):
        keeping.define(data, File("d.json", json.dumps(document).encode()), NOW)
    assert line(data, "Orders").recipe.key == ("Order",)


def test_a_source_that_waits_for_its_first_file_keeps_waiting_under_another_name(data: Path) -> None:
    keeping.define(data, File("d.json", json.dumps({"sources": [{"name": "Till"}]}).encode()), NOW)
    assert dict(line(data, "Till").how)["Known files"] == "none yet: the first file will say how they are read"
    with pytest.raises(RefusedDefinition, match="Till waits for its first file"):
        recipes.edit(data, "Till", Edit(includes="VAT"), NOW)
    recipes.read_in(data, File("r.json", json.dumps({**RECIPE, "name": "TILL"}).encode()), NOW)
    assert line(data, "Till").recipe.headers == ("Day | Tag", "Amount")
    assert line(data, "Till").columns == ("Day", "Amount")
