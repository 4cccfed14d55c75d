"""What the preview says of a file beside what is stored, and that such a file waits for a click."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi_core.service import history, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Preview, Wishes
from tests.service.shop import NOW, add, days, orders

SEPTEMBER = days("2026-09-01", "2026-09-30")
HEAD = "Order,Day,Channel,Total"


def preview(data: Path, file: File, **answers: str) -> Preview:
    return importing.preview(data, file, Wishes(None, answers), NOW)


def said(shown: Preview) -> list[tuple[str, bool, str]]:
    return [(check.name, check.ok, check.text) for check in shown.checks]


def renamed(file: File, before: str, after: str) -> File:
    return File(f"other {file.name}", file.data.replace(before.encode(), after.encode()))


@pytest.fixture
def shop(data: Path) -> Path:
    """Give a data file that holds the orders of September."""
    add(data, orders(SEPTEMBER, total="12.50"))
    return data


def test_the_next_month_has_nothing_to_say_and_goes_in_by_itself(shop: Path) -> None:
    shown = preview(shop, orders(days("2026-10-01", "2026-10-31"), total="13.50"))
    assert (said(shown), shown.known, shown.needs_no_click) == ([], True, True)
    assert importing.add(shop, shown.file, shown.wishes, NOW, shown.reading).checks == ()


def test_a_month_that_nobody_speaks_for_is_said(shop: Path) -> None:
    shown = preview(shop, orders(days("2026-10-15", "2026-10-31"), total="12.50"), coverage="no")
    hole = ("hole", False, "Nothing for 1 to 14 October 2026 between what is stored and this file.")
    assert (said(shown), shown.needs_no_click) == ([hole], False)
    asked = preview(shop, shown.file)
    assert (asked.question is not None and asked.question.id, said(asked)) == ("coverage", [])
    answered = preview(shop, shown.file, coverage="yes")
    assert (said(answered), answered.needs_no_click) == ([], True)
    added = importing.add(shop, shown.file, shown.wishes, NOW, shown.reading)
    assert [(check.name, check.ok, check.text) for check in added.checks] == [hole]


def test_a_stretch_without_rows_is_said_until_it_is_stored(data: Path) -> None:
    found = [day for day in days("2026-09-01", "2026-10-31") if not 5 <= day.day <= 20 or day.month == 9]
    shown = preview(data, orders(found))
    gap = (
        "gap",
        False,
        (
            "No rows for 5 to 20 October 2026, while every other day has some: if the export left them out, that time "
            "would count as 0."
        ),
    )
    assert said(shown) == [gap]
    add(data, shown.file)
    again = preview(data, orders([*found, date(2026, 11, 1)]))
    assert [check.name for check in again.checks] == ["overlap"]


def test_days_that_are_stored_already_are_counted_with_what_became_of_their_rows(shop: Path) -> None:
    file = orders(days("2026-09-17", "2026-10-31"), total="12.50")
    changed = File(
        file.name, file.data.replace(b"A-20260918,2026-09-18,shop,12.50", b"A-20260918,2026-09-18,shop,9.00")
    )
    shown = preview(shop, changed)
    overlap = ("overlap", True, "14 days of this file are stored already: 13 rows the same, 1 changed.")
    assert (said(shown), shown.needs_no_click) == ([overlap], True)
    added = importing.add(shop, changed, shown.wishes, NOW, shown.reading)
    assert [check.text for check in added.checks] == [overlap[2]]
    assert said(preview(shop, changed)) == []


def test_known_days_under_other_keys_would_count_twice(shop: Path) -> None:
    file = renamed(orders(days("2026-09-28", "2026-10-31"), total="12.50"), "A-", "B")
    shown = preview(shop, file)
    assert said(shown) == [
        (
            "overlap",
            False,
            (
                "3 days of this file are stored already, but none of its rows is: the same ones under other keys would "
                "count twice."
            ),
        )
    ]
    assert not shown.needs_no_click
    continued = renamed(orders(days("2026-09-29", "2026-10-31"), total="12.50"), "A-", "B")
    assert said(preview(shop, continued)) == []


def test_cents_where_whole_amounts_are_stored_wait_for_a_click(shop: Path) -> None:
    shown = preview(shop, orders(days("2026-10-01", "2026-10-31"), total="1250"))
    assert said(shown) == [
        (
            "jump",
            False,
            (
                '"Total" is about 100 times what is stored, typically 1250 instead of 12.5: is this file in cents, '
                "what is stored not?"
            ),
        )
    ]
    assert not shown.needs_no_click
    assert said(preview(shop, orders(days("2026-10-01", "2026-10-31"), total="125.00"))) == []


def test_a_sign_that_turned_waits_for_a_click(shop: Path) -> None:
    shown = preview(shop, orders(days("2026-10-01", "2026-10-31"), total="-12.50"))
    assert [name for name, _, _ in said(shown)] == ["sign"]
    assert not shown.needs_no_click


def test_a_unit_that_changes_inside_a_new_file_is_said(data: Path) -> None:
    cents = orders(days("2026-10-01", "2026-10-31"), total="1250").data.split(b"\n", 1)[1]
    shown = preview(data, File("till.csv", orders(SEPTEMBER, total="12.50").data + cents))
    assert [text for _, _, text in said(shown)] == [
        (
            '"Total" is about 100 times what it was before from October 2026 on, typically 1250 instead of 12.5: did '
            "its unit change?"
        )
    ]


def test_rows_of_an_undone_import_are_no_measure(shop: Path) -> None:
    history.take_back(shop, 1, NOW)
    assert said(preview(shop, orders(days("2026-11-01", "2026-11-02"), total="1250"), coverage="no")) == []
