"""What a caller picks for columns wins over every choice, is remembered, and is refused where it cannot work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kpi_core import ingest
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.ingest.reading import Reading
from kpi_core.ingest.report import ReadingChoice
from kpi_core.source import ColumnRole, ColumnType, Recipe, Recognition

TODAY = date(2026, 11, 3)
HEADER = "Created,Paid,Order,Shop,Note,Empty,Total,Fee"
LINES = [
    f"2026-10-{day:02},2026-11-{day:02},A{day},{day % 2 + 1},text {day},,{day}.50,0.{day:02}" for day in range(1, 29)
]
FILE = "\n".join([HEADER, *LINES, ""]).encode()


def read(data: bytes = FILE, recipes: tuple[Recipe, ...] = (), **picked: Any) -> Reading:  # noqa: ANN401 -- the fields of a choice
    return ingest.read("f.csv", data, recipes=recipes, today=TODAY, columns=ReadingChoice(**picked))


def role(reading: Reading, name: str) -> ColumnRole:
    return next(column.role for column in reading.columns if column.name == name)


def kind(reading: Reading, name: str) -> ColumnType:
    return next(column.type for column in reading.columns if column.name == name)


def test_the_reading_chooses_for_itself_where_nothing_is_picked() -> None:
    found = read()
    assert (found.date_column, found.value_column, found.draft.key) == ("Created", "Total", ("Order",))


def test_another_date_moves_the_rows() -> None:
    found = read(roles={"Paid": ColumnRole.DATE})
    assert found.date_column == "Paid"
    assert found.batch is not None
    assert set(found.batch.dates) == {f"2026-11-{day:02}" for day in range(1, 29)}
    assert role(found, "Created") is ColumnRole.IGNORE
    assert read(date="#2").batch == found.batch


def test_a_second_amount_stands_beside_the_first_and_may_take_its_place() -> None:
    beside = read(roles={"Fee": ColumnRole.VALUE})
    assert (beside.value_column, beside.draft.values) == ("Total", ("Total", "Fee"))
    instead = read(value="Fee", roles={"Fee": ColumnRole.VALUE})
    assert (instead.value_column, instead.draft.values) == ("Fee", ("Fee", "Total"))
    without = read(roles={"Total": ColumnRole.IGNORE, "Fee": ColumnRole.VALUE})
    assert (without.value_column, without.draft.values, without.draft.ignored) == ("Fee", ("Fee",), ("Total",))


def test_a_personal_column_is_not_kept_and_a_plain_one_is() -> None:
    assert read().batch.columns[4].name == "Note"  # type: ignore[union-attr]
    found = read(roles={"Note": ColumnRole.PERSONAL})
    assert found.batch is not None
    assert "Note" not in found.batch.cells
    assert found.draft.personal == ("Note",)
    assert ("Not stored", "Note (personal)") in found.facts


def test_groups_that_are_numbers_stay_texts() -> None:
    found = read(roles={"Shop": ColumnRole.SEGMENT})
    assert (kind(found, "Shop"), role(found, "Shop")) == (ColumnType.TEXT, ColumnRole.SEGMENT)
    assert found.batch is not None
    assert set(found.batch.cells["Shop"]) == {"1", "2"}


def test_other_columns_name_the_row_or_none_does() -> None:
    both = read(roles={"Order": ColumnRole.KEY, "Shop": ColumnRole.KEY})
    assert (both.draft.key, both.draft.recognition) == (("Order", "Shop"), Recognition.KEY)
    none = read(roles={"Order": ColumnRole.IGNORE})
    assert (none.draft.key, none.draft.recognition) == ((), Recognition.CONTENT)


def test_a_number_may_be_read_as_text() -> None:
    found = read(types={"Total": ColumnType.TEXT})
    assert (kind(found, "Total"), role(found, "Total")) == (ColumnType.TEXT, ColumnRole.IGNORE)
    assert found.value_column != "Total"


def test_rows_that_a_pick_does_not_fit_are_refused_one_by_one() -> None:
    data = FILE.replace(b"text 3,", b"3,").replace(b"text 4,", b"4,")
    found = read(data, roles={"Note": ColumnRole.VALUE}, value="Note")
    assert (found.rows.used, found.rows.refused) == (2, 26)


@pytest.mark.parametrize(
    ("picked", "sentence"),
    [
        ({"roles": {"Note": ColumnRole.DATE}}, '"Note" holds no dates.'),
        ({"roles": {"Note": ColumnRole.VALUE}}, '"Note" holds no numbers.'),
        ({"roles": {"Empty": ColumnRole.DATE}}, '"Empty" is empty.'),
        ({"types": {"Note": ColumnType.NUMBER}}, '"Note" holds no numbers.'),
        (
            {"roles": {"Created": ColumnRole.DATE, "Paid": ColumnRole.DATE}},
            'A row counts on one day, and "Created" and "Paid" cannot both be it.',
        ),
        (
            {"roles": {"Total": ColumnRole.VALUE}, "types": {"Total": ColumnType.TEXT}},
            '"Total" cannot be both an amount and a text.',
        ),
    ],
    ids=str,
)
def test_a_pick_that_cannot_work_is_refused_in_a_sentence(picked: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        read(**picked)
    assert refused.value.sentence == sentence
    assert refused.value.hint


def test_a_pick_for_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound, match='no column "Umsatz"'):
        read(roles={"Umsatz": ColumnRole.VALUE})


def test_a_table_of_periods_has_nothing_to_pick() -> None:
    wide = b",Jan 2026,Feb 2026,Mar 2026\nIncome,1000,1100,1200\nCosts,400,500,600\n"
    with pytest.raises(RefusedDefinition, match="are periods"):
        read(wide, roles={"Line": ColumnRole.IGNORE})


def test_the_next_file_is_read_as_the_last_one_was_picked() -> None:
    picked = {
        "Paid": ColumnRole.DATE,
        "Shop": ColumnRole.SEGMENT,
        "Note": ColumnRole.PERSONAL,
        "Total": ColumnRole.IGNORE,
    }
    first = read(roles=picked, value="Fee")
    later = read(FILE.replace(b"-10-", b"-11-"), recipes=(first.draft,))
    assert (later.date_column, later.value_column) == ("Paid", "Fee")
    assert {name: role(later, name) for name in picked} == picked
    assert later.draft == first.draft


def test_a_pick_changes_what_a_recipe_says() -> None:
    before = read().draft
    found = read(recipes=(before,), roles={"Created": ColumnRole.IGNORE, "Paid": ColumnRole.DATE})
    assert (found.draft.date, found.draft.ignored, found.draft.values) == ("Paid", ("Created",), before.values)


def test_a_picked_row_of_headings_is_found_again() -> None:
    odd = b"Day,Amount\nDatum,Belopp\n2026-10-01,1.00\n2026-10-31,2.00\n"
    first = ingest.read("f.csv", odd, recipes=(), answers={"header": "2"}, today=TODAY)
    assert [column.name for column in first.columns] == ["Datum", "Belopp"]
    later = ingest.read("g.csv", odd.replace(b"-10-", b"-12-"), recipes=(first.draft,), today=TODAY)
    assert (later.header_row, later.recipe is not None, later.questions) == (2, True, ())
