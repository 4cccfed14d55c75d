"""The second month of a source, when its export is not what it was: said, never taken in unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.service import importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.service.shop import NOW, add, dump

if TYPE_CHECKING:
    from pathlib import Path

SEPTEMBER = 9
HEAD = "Order ID,Created at,Status,Shop,Total"


def month(number: int, head: str = HEAD, bad: str = "", more: str = "") -> File:
    """Make the orders of a month, one a day."""
    days = range(1, 31 if number == SEPTEMBER else 32)
    rows = [f"S{number}{day:02},2026-{number:02}-{day:02},paid,N,{100 + day}.50{more}" for day in days]
    return File(f"orders_2026-{number:02}.csv", "\n".join([head, *rows, bad]).strip().encode())


def warned(shown: importing.Preview) -> list[str]:
    """List what failed."""
    return [check.name for check in shown.checks if not check.ok]


@pytest.mark.parametrize(
    ("head", "missing"),
    [(HEAD.replace("Total", "Total amount"), "Total"), (HEAD.replace("Created at", "Created"), "Created at")],
)
def test_a_renamed_heading_is_said_to_be_missing_from_the_source_that_it_is_like(
    data: Path, head: str, missing: str
) -> None:
    add(data, month(9), None)
    shown = importing.preview(data, month(10, head), Wishes(), NOW)
    (kin,) = [check.text for check in shown.checks if check.name == "kin"]
    assert kin == (
        f'This looks like a file of orders, but "{missing}" is not in it. Is it the next one of orders? Then export it'
        " as before, or write orders under “Keep it as”."
    )
    assert not shown.needs_no_click


def test_one_column_more_changes_nothing(data: Path) -> None:
    add(data, month(9), None)
    shown = importing.preview(data, month(10, f"{HEAD},Coupon", more=",C1"), Wishes(), NOW)
    assert (shown.source, shown.known, warned(shown), shown.needs_no_click) == ("orders", True, [], True)


def test_a_file_of_another_kind_is_like_no_source(data: Path) -> None:
    add(data, month(9), None)
    hours = File("hours.csv", b"Date,Project,Status,Hours\n2026-10-01,Site,done,3.5\n2026-10-31,Site,done,2.5\n")
    assert "kin" not in warned(importing.preview(data, hours, Wishes(), NOW))


def test_rows_that_cannot_be_read_wait_for_a_look_in_a_known_source_too(data: Path) -> None:
    add(data, month(9), None)
    assert importing.preview(data, month(10), Wishes(), NOW).needs_no_click
    shown = importing.preview(data, month(10, bad="S999,2026-10-30,paid,N,a lot"), Wishes(), NOW)
    assert (shown.known, len(shown.refused), shown.needs_no_click) == (True, 1, False)


def test_a_cancelled_file_teaches_nothing(data: Path) -> None:
    def till(cents: str) -> File:
        rows = "".join(f"2026-10-{day:02},tea,{day}.{cents}\n" for day in range(1, 32))
        return File("till.csv", f"Day,Item,Sales\n{rows}".encode())

    add(data, till("50"), "Till")
    before = dump(data)
    wishes = Wishes("Till", {"decimal": "comma", "overlap": "cancel", "coverage": "yes"})
    assert importing.add(data, till("250"), wishes, NOW).result.import_id is None
    assert dump(data) == before
