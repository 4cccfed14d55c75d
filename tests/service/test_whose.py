"""Two sources of one layout: each file is read by the recipe of its own source, and goes there or is asked about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_core.errors import OpenQuestions, RefusedDefinition
from kpi_core.service import history, importing, recipes, several
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.recipe_list import overview
from kpi_core.service.recipes import Edit
from kpi_core.service.several import Waiting
from tests.service.shop import NOW, add, days, orders

SEPTEMBER, OCTOBER = days("2026-09-01", "2026-09-30"), days("2026-10-01", "2026-10-31")


def doubtful(*lines: str, name: str = "till.csv") -> File:
    """Make an export whose days can be read two ways."""
    return File(name, "\n".join(["Date,Item,Amount", *lines, ""]).encode())


def dates(shown: importing.Preview) -> list[str | None]:
    assert shown.reading.batch is not None
    return list(shown.reading.batch.dates)


def two_tills(data: Path) -> None:
    add(data, doubtful("03/04/2026,tea,1.00", "05/06/2026,tea,2.00"), "A", date_order="day-first", coverage="no")
    add(data, doubtful("03/04/2026,mug,1.00", "05/06/2026,mug,2.00"), "B", date_order="month-first", coverage="no")


NEXT = doubtful("07/08/2026,mug,1.00", "09/10/2026,mug,2.00", name="next.csv")


@pytest.mark.parametrize(
    ("source", "days_"), [("A", ["2026-08-07", "2026-10-09"]), ("B", ["2026-07-08", "2026-09-10"])]
)
def test_a_file_of_a_named_source_is_read_by_its_recipe_alone(data: Path, source: str, days_: list[str]) -> None:
    two_tills(data)
    shown = importing.preview(data, NEXT, Wishes(source, {"coverage": "no"}), NOW)
    assert (shown.question, dates(shown)) == (None, days_)
    importing.add(data, NEXT, shown.wishes, NOW)
    by_source = {line.name: dict(line.recipe.answers) for line in overview(data).sources}
    assert (by_source["A"]["date-order"], by_source["B"]["date-order"]) == ("day-first", "month-first")


def test_what_one_source_learned_is_no_answer_for_a_new_one(data: Path) -> None:
    add(data, doubtful("03/04/2026,tea,1.00", "05/06/2026,tea,2.00"), "A", date_order="day-first", coverage="no")
    shown = importing.preview(data, NEXT, Wishes("C"), NOW)
    assert shown.question is not None
    assert shown.question.id == "date-order"


def test_a_file_that_two_sources_could_have_is_asked_about(data: Path) -> None:
    two_tills(data)
    shown = importing.preview(data, NEXT, Wishes(), NOW)
    assert (shown.known, shown.plan) == (False, None)
    assert shown.question is not None
    assert (shown.question.id, shown.question.labels) == ("source", ("A", "B", "A new one"))
    with pytest.raises(OpenQuestions, match="Which one is this file of"):
        importing.add(data, NEXT, Wishes(), NOW, shown.reading)
    outcome = several.take_in(data, [Waiting(NEXT, Wishes())], NOW)[0]
    assert outcome.added is None
    assert len(history.history(data)) == 2


def test_the_answer_holds_for_that_file_only(data: Path) -> None:
    two_tills(data)
    shown = importing.preview(data, NEXT, Wishes(), NOW)
    assert shown.question is not None
    second = dict(zip(shown.question.labels, shown.question.choices, strict=True))["B"]
    wishes = Wishes(None, {"source": second, "coverage": "no"})
    said = importing.preview(data, NEXT, wishes, NOW)
    assert (said.source, said.known, said.question, dates(said)) == ("B", True, None, ["2026-07-08", "2026-09-10"])
    assert importing.add(data, NEXT, wishes, NOW, said.reading).source == "B"
    assert all("source" not in line.recipe.answers for line in overview(data).sources)
    later = importing.preview(data, doubtful("01/02/2027,mug,1.00", name="later.csv"), Wishes(), NOW)
    assert later.question is not None
    assert later.question.id == "source"


def test_a_new_one_is_named_by_its_file_and_asked_anew(data: Path) -> None:
    two_tills(data)
    said = importing.preview(data, NEXT, Wishes(None, {"source": "new"}), NOW)
    assert (said.source, said.known) == ("next", False)
    assert said.question is not None
    assert said.question.id == "date-order"
    added = importing.add(data, NEXT, Wishes(None, {"source": "new", "date-order": "day-first", "coverage": "no"}), NOW)
    assert added.source == "next"


def test_no_source_of_that_number_is_refused(data: Path) -> None:
    two_tills(data)
    with pytest.raises(RefusedDefinition, match='"77" is no answer to the question "source"'):
        importing.preview(data, NEXT, Wishes(None, {"source": "77"}), NOW)


def test_a_source_that_lacks_a_column_but_is_read_alike_could_be_meant_too(data: Path) -> None:
    add(data, orders(SEPTEMBER), "Shop A")
    wider = orders(SEPTEMBER).data.replace(b"Channel", b"Channel,Country").replace(b",web", b",web,SE")
    add(data, File("b.csv", wider.replace(b",shop", b",shop,SE")), "Shop B")
    october = orders(OCTOBER).data.replace(b"Channel", b"Channel,Country").replace(b",web", b",web,SE")
    shown = importing.preview(data, File("october.csv", october.replace(b",shop", b",shop,SE")), Wishes(), NOW)
    assert shown.question is not None
    assert shown.question.labels == ("Shop A", "Shop B", "A new one")


def test_a_reading_of_before_the_recipe_changed_is_read_again(data: Path) -> None:
    header = "Order,Created at,Paid at,Channel,Total"

    def sales(month: int) -> File:
        rows = (f"{month}-{n},2026-{month:02}-{n:02},2026-{month + 1:02}-{n:02},web,{n}.00" for n in range(1, 31))
        return File(f"{month}.csv", "\n".join([header, *rows, ""]).encode())

    wishes = Wishes("Sales", {"coverage": "yes"})
    importing.add(data, sales(8), wishes, NOW)
    unasked = replace(wishes, source=None)
    shown = importing.preview(data, sales(9), unasked, NOW)
    recipes.edit(data, "Sales", Edit(date="Paid at"), NOW)
    recipes.rename(data, "Sales", "Shop", NOW)
    added = importing.add(data, sales(9), unasked, NOW, shown.reading)
    assert added.source == "Shop"
    assert added.result.months == ("2026-10",)
    assert [line.name for line in overview(data).sources] == ["Shop"]
