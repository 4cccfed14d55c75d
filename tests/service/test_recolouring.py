"""The log holds the old and the new colour of every past period that a change of the data moves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Formula, FormulaKind, KpiRef
from kpi_core.service import choose, history, keeping, kpi_page, log, taking_over
from kpi_core.service.file import File
from kpi_core.service.log import Filter
from kpi_core.source import RowFilter, RowTest
from kpi_core.store.changes import Thing
from tests.service.shop import NOW, REVENUE, TODAY, add, at_least, days, filled, orders, revenue

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.service.log import LogLine

SEPTEMBER = date(2026, 9, 1)


def told(data: Path, thing: Thing | None = Thing.IMPORT) -> list[str]:
    """Read what the log says, the newest first."""
    return [each.did for each in log.log_page(data, Filter(thing=thing)).lines]


def line_of(data: Path) -> LogLine:
    """Give the newest entry about an import."""
    return log.log_page(data, Filter(thing=Thing.IMPORT)).lines[0]


def doubled(data: Path) -> int:
    """Add September once more under other numbers, for half as much; give the number of the import."""
    again = orders(days("2026-09-01", "2026-09-30"), "-5.00", "wrong.csv")
    text = again.data.replace(b"A-", b"B-")
    added = add(data, replace(again, data=text), overlap="add")
    assert added.result.import_id is not None
    return added.result.import_id


def test_a_file_that_moves_no_colour_leaves_no_entry(data: Path) -> None:
    filled(data)
    add(data, orders(days("2026-11-01", "2026-11-30"), name="november.csv"), now=datetime(2026, 12, 3, 9))
    assert told(data) == []


def test_a_wrong_file_and_its_undo_stand_in_the_log_with_both_colours(data: Path) -> None:
    kpi = filled(data)
    wrong = doubled(data)
    assert told(data) == ["Added. September: Off target, was On target."]
    assert line_of(data).about == "import: wrong.csv"
    history.take_back(data, wrong, NOW)
    assert told(data) == [
        "Undone. September: On target, was Off target.",
        "Added. September: Off target, was On target.",
    ]
    assert [each.did for each in log.log_page(data, Filter(kpi_id=kpi.id)).lines][:2] == told(data)
    assert all(each.ok for each in keeping.check(data, TODAY))


def test_an_undo_that_leaves_nothing_says_so(data: Path) -> None:
    filled(data)
    history.take_back(data, 1, NOW)
    assert told(data) == ["Undone. October: No data, was On target; September: No data, was On target."]
    assert all(each.ok for each in keeping.check(data, TODAY))


def test_an_undone_file_that_was_no_entry_is_none_of_the_checks_matter(data: Path) -> None:
    filled(data)
    wrong = doubled(data)
    add(data, orders(days("2026-09-01", "2026-09-30"), "20.00", "right.csv"))
    history.take_back(data, wrong, NOW)
    assert told(data)[0] == "Added. September: On target, was Off target."
    assert all(each.ok for each in keeping.check(data, TODAY))


def test_such_an_entry_cannot_be_taken_back_from_the_log(data: Path) -> None:
    filled(data)
    doubled(data)
    entry = line_of(data)
    assert not entry.standing
    with pytest.raises(RefusedDefinition, match=r"wrong\.csv is a file of rows"):
        log.take_back(data, entry.id, "", NOW)


def test_a_typed_value_says_what_it_recoloured_and_so_does_taking_it_back(data: Path) -> None:
    kpi = filled(data)
    kpi_page.type_values(data, kpi.id, {SEPTEMBER: "280"}, "till roll", NOW)
    (first,) = told(data, Thing.TYPED_VALUE)
    assert first.endswith("September: Close, was On target.")
    log.take_back(data, log.log_page(data, Filter(thing=Thing.TYPED_VALUE)).lines[0].id, "", NOW)
    assert told(data, Thing.TYPED_VALUE)[0].endswith("September: On target, was Close.")


def test_a_kpi_made_of_another_is_named_where_it_moves_along(data: Path) -> None:
    kpi = filled(data)
    choose.save(data, revenue(Formula(FormulaKind.SUM, (KpiRef(kpi.name),) * 3), "Thrice"), at_least(5), NOW)
    other = choose.save(data, revenue(Formula(FormulaKind.SUM, (KpiRef(kpi.name),) * 2), "Twice"), at_least(600), NOW)
    kpi_page.type_values(data, kpi.id, {SEPTEMBER: "280"}, "till roll", NOW)
    (first,) = told(data, Thing.TYPED_VALUE)
    assert "September: Close, was On target." in first
    assert f"{other.name}: September: Close, was On target." in first
    assert "Thrice" not in first


def test_a_changed_definition_says_what_it_recoloured(data: Path) -> None:
    kpi = filled(data)
    only_web = replace(REVENUE, where=(RowFilter("Channel", RowTest.IS_ONE_OF, ("web",)),))
    choose.save(data, replace(kpi, values=only_web), None, NOW)
    assert told(data, Thing.KPI)[0].endswith(
        "October: Off target, was On target; September: Off target, was On target."
    )


def test_a_backdated_target_of_a_document_and_taking_it_back_say_what_they_recoloured(
    data: Path,
) -> None:
    filled(data)
    entry = {"kpis": [{**document(data)["kpis"][0], "target": {"value": 400, "from": "2026-09-01"}}]}
    keeping.define(data, File("set.json", json.dumps(entry).encode()), NOW)
    assert told(data, Thing.TARGET)[0].endswith(
        "October: Off target, was On target; September: Off target, was On target."
    )
    last = taking_over.last(data)
    assert last is not None
    taking_over.take_back(data, last.id, NOW)
    assert told(data, Thing.TARGET)[0].endswith(
        "October: On target, was Off target; September: On target, was Off target."
    )


def document(data: Path) -> dict[str, Any]:
    """Read the definitions as they are given away."""
    found: dict[str, Any] = json.loads(keeping.definitions(data))
    return found
