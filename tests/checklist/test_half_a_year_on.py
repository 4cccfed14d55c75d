"""The day that is suggested for a target: near enough to act on, far enough for six readings."""

from datetime import date

import pytest

from kpi_core.checklist.timely import half_a_year_on


@pytest.mark.parametrize(
    ("today", "suggested"),
    [
        (date(2026, 11, 22), date(2027, 5, 31)),
        (date(2026, 6, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_a_path_is_suggested_to_the_end_of_a_month_half_a_year_on(today: date, suggested: date) -> None:
    assert half_a_year_on(today) == suggested
