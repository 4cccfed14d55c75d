"""What changed is told until the owner has seen it; the first look and quiet days are noted by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core.board import ChangeKind
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import AlertWhen
from kpi_core.service import boards, choose, digest, kpi_page
from kpi_core.service.boards import View
from kpi_core.status import Status
from tests.service.shop import NOW, TODAY, filled

if TYPE_CHECKING:
    from pathlib import Path

TOMORROW = datetime(TODAY.year, TODAY.month, TODAY.day + 1, 9)


def off_target(data: Path) -> None:
    """Let the newest value of the shop's KPI be far too low, and want to be told of it."""
    kpi = boards.board(data, TODAY, View(TODAY)).rows[0].kpi
    choose.save(data, replace(kpi, alert=AlertWhen.ANY), None, NOW)
    digest.mark_seen(data, TODAY, NOW)
    kpi_page.type_values(data, kpi.id, {date(2026, 10, 1): "0"}, "recounted", NOW)


def test_the_first_look_tells_nothing_and_is_noted(data: Path) -> None:
    filled(data)
    assert digest.news(data, TODAY, NOW) is None
    assert digest.digest(data, TODAY).since == NOW.date()


def test_what_changed_is_told_until_it_was_seen(data: Path) -> None:
    filled(data)
    off_target(data)
    for _ in range(2):
        told = digest.news(data, TODAY, NOW)
        assert told is not None
        assert [each.kind for each in told.changes] == [ChangeKind.OFF_TARGET]
    digest.mark_seen(data, TODAY, NOW)
    assert digest.news(data, TODAY, NOW) is None


def test_a_later_day_on_which_nothing_changed_is_noted(data: Path) -> None:
    filled(data)
    digest.mark_seen(data, TODAY, NOW)
    assert digest.news(data, TOMORROW.date(), TOMORROW) is None
    assert digest.digest(data, TOMORROW.date()).since == TOMORROW.date()


def test_a_quiet_day_on_which_a_value_is_overdue_arms_no_alert_again(data: Path) -> None:
    filled(data)
    off_target(data)
    digest.mark_seen(data, TODAY, NOW)
    overdue = datetime(2026, 12, 20, 9)
    assert digest.news(data, overdue.date(), overdue) is None
    (row,) = [each for each in boards.board(data, overdue.date(), View(overdue.date())).rows if each.period]
    assert row.judgement.status is Status.OVERDUE
    kpi_page.type_values(data, row.kpi.id, {date(2026, 11, 1): "0"}, "recounted", overdue)
    assert digest.news(data, overdue.date(), overdue) is None


def test_a_past_day_that_was_seen_is_noted_as_that_day(data: Path) -> None:
    filled(data)
    kpi = boards.board(data, TODAY, View(TODAY)).rows[0].kpi
    choose.save(data, replace(kpi, alert=AlertWhen.ANY), None, NOW)
    kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): "400", date(2026, 10, 1): "0"}, "recounted", NOW)
    seen = date(2026, 10, 20)
    digest.mark_seen(data, TODAY, NOW, seen)
    # On that day October was still to come, so its miss is news
    told = digest.digest(data, TODAY)
    assert told.since == seen
    assert [each.kind for each in told.changes] == [ChangeKind.OFF_TARGET]


def test_nothing_changed_up_to_a_day_before_the_last_visit(data: Path) -> None:
    filled(data)
    digest.mark_seen(data, TODAY, NOW)
    with pytest.raises(RefusedDefinition, match="You looked last on 3 November 2026, after 20 October 2026"):
        digest.digest(data, TODAY, as_of=date(2026, 10, 20))
    assert digest.digest(data, TODAY, as_of=date(2026, 10, 20), since=date(2026, 10, 1)).since == date(2026, 10, 1)
