"""What holds for the whole business."""

from __future__ import annotations

import pytest

from kpi_core.business import Business
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Calendar, Weekday
from kpi_core.unit import NumberStyle


def test_settings_give_the_calendar_and_the_number_style() -> None:
    days = frozenset({Weekday.MONDAY, Weekday.FRIDAY})
    business = Business(locale="sv_SE", fiscal_month=4, fiscal_day=6, week_start=Weekday.SUNDAY, open_weekdays=days)
    assert business.calendar == Calendar(4, 6, Weekday.SUNDAY, days)
    assert business.style == NumberStyle("sv_SE")


def test_before_anything_is_said_no_currency_is_guessed() -> None:
    assert Business().currency is None


@pytest.mark.parametrize("fiscal_day", [0, 29, 31])
def test_a_fiscal_start_that_not_every_month_has_is_refused(fiscal_day: int) -> None:
    with pytest.raises(RefusedDefinition, match=f"cannot start on day {fiscal_day}"):
        Business(fiscal_day=fiscal_day)


def test_a_currency_that_does_not_exist_is_refused() -> None:
    with pytest.raises(RefusedDefinition, match="QQQ"):
        Business(currency="QQQ")


def test_a_week_without_open_day_is_refused() -> None:
    with pytest.raises(RefusedDefinition, match="The week has no open day"):
        Business(open_weekdays=frozenset())
