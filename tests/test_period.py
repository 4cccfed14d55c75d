from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.period import (
    WEEKDAYS,
    Cadence,
    Calendar,
    Period,
    Weekday,
    day_name,
    due_date,
    period_name,
    span_name,
)

ONE_DAY = timedelta(days=1)
BRITISH = Calendar(fiscal_month=4, fiscal_day=6)
SUNDAY_WEEKS = Calendar(week_start=Weekday.SUNDAY)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
cadences = st.sampled_from(Cadence)
calendars = st.builds(
    Calendar,
    fiscal_month=st.integers(1, 12),
    fiscal_day=st.integers(1, 28),
    week_start=st.sampled_from(Weekday),
    open_weekdays=st.frozensets(st.sampled_from(Weekday), min_size=1),
)


def month(year: int, number: int) -> Period:
    return Calendar().period(Cadence.MONTH, date(year, number, 1))


class TestPeriod:
    def test_holds_its_first_day_and_not_its_end(self) -> None:
        october = month(2025, 10)
        assert date(2025, 10, 1) in october
        assert date(2025, 10, 31) in october
        assert date(2025, 11, 1) not in october
        assert date(2025, 9, 30) not in october

    def test_periods_and_calendars_are_values(self) -> None:
        assert len({month(2025, 10), month(2025, 10)}) == 1
        assert len({Calendar(), Calendar()}) == 1
        assert month(2025, 9) < month(2025, 10)

    def test_knows_its_last_day_and_its_length(self) -> None:
        february = month(2024, 2)
        assert february.last_day == date(2024, 2, 29)
        assert february.days == 29

    @pytest.mark.parametrize(
        ("start", "end"),
        [(date(2025, 5, 3), date(2026, 5, 3)), (date(2024, 2, 29), date(2025, 2, 28))],
    )
    def test_a_year_can_begin_on_any_day(self, start: date, end: date) -> None:
        assert Period.year_from(start) == Period(start, end, Cadence.YEAR)

    @pytest.mark.parametrize(
        ("start", "end", "cadence"),
        [
            (date(2025, 1, 1), date(2025, 1, 1), Cadence.DAY),
            (date(2025, 1, 1), date(2025, 1, 3), Cadence.DAY),
            (date(2025, 1, 6), date(2025, 1, 12), Cadence.WEEK),
            (date(2025, 1, 1), date(2025, 2, 2), Cadence.MONTH),
            (date(2025, 1, 1), date(2025, 3, 1), Cadence.QUARTER),
            (date(2025, 1, 1), date(2025, 12, 31), Cadence.YEAR),
        ],
    )
    def test_refuses_days_that_are_no_such_period(self, start: date, end: date, cadence: Cadence) -> None:
        with pytest.raises(ValueError, match=rf"is no {cadence}"):
            Period(start, end, cadence)


class TestSettings:
    @pytest.mark.parametrize("day", [0, 29, 30, 31])
    def test_a_fiscal_start_that_not_every_month_has_is_refused(self, day: int) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            Calendar(fiscal_month=4, fiscal_day=day)
        assert refused.value.sentence == f"A fiscal year cannot start on day {day}: not every month has it."
        assert refused.value.hint == "Choose a day from 1 to 28, or the first of the next month."

    @pytest.mark.parametrize("day", [1, 28])
    def test_the_first_and_the_last_common_day_are_taken(self, day: int) -> None:
        assert Calendar(fiscal_month=2, fiscal_day=day).fiscal_year(date(2025, 2, day)).start == date(2025, 2, day)

    @pytest.mark.parametrize("number", [0, 13])
    def test_a_month_that_does_not_exist_is_refused(self, number: int) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            Calendar(fiscal_month=number)
        assert refused.value.sentence == f"There is no month {number} for the fiscal year to start in."
        assert refused.value.hint == "Choose a month from 1 to 12."

    def test_december_can_begin_a_year(self) -> None:
        assert Calendar(fiscal_month=12).fiscal_year(date(2025, 11, 30)).start == date(2024, 12, 1)

    def test_a_business_is_open_sometime(self) -> None:
        with pytest.raises(RefusedDefinition) as refused:
            Calendar(open_weekdays=frozenset())
        assert refused.value.sentence == "The week has no open day."
        assert refused.value.hint == "Choose at least one weekday on which you are open."


class TestFinding:
    def test_months_stay_calendar_months_where_the_year_starts_inside_one(self) -> None:
        assert BRITISH.period(Cadence.MONTH, date(2025, 4, 5)) == month(2025, 4)

    @pytest.mark.parametrize(
        ("day", "start", "end"),
        [
            (date(2025, 4, 5), date(2025, 1, 6), date(2025, 4, 6)),
            (date(2025, 4, 6), date(2025, 4, 6), date(2025, 7, 6)),
            (date(2026, 1, 5), date(2025, 10, 6), date(2026, 1, 6)),
        ],
    )
    def test_quarters_run_from_the_fiscal_day(self, day: date, start: date, end: date) -> None:
        assert BRITISH.period(Cadence.QUARTER, day) == Period(start, end, Cadence.QUARTER)

    def test_no_period_overlaps_an_empty_or_backward_stretch(self) -> None:
        assert Calendar().periods(Cadence.DAY, date(2025, 1, 2), date(2025, 1, 2)) == []
        assert Calendar().periods(Cadence.DAY, date(2025, 1, 2), date(2025, 1, 1)) == []

    def test_periods_that_only_touch_the_stretch_are_in(self) -> None:
        found = Calendar().periods(Cadence.MONTH, date(2025, 1, 31), date(2025, 3, 2))
        assert found == [month(2025, 1), month(2025, 2), month(2025, 3)]
        assert Calendar().periods(Cadence.MONTH, date(2025, 1, 31), date(2025, 3, 1)) == found[:2]

    def test_the_partner_of_a_day_is_the_same_weekday(self) -> None:
        saturday = Calendar().period(Cadence.DAY, date(2025, 11, 1))
        assert Calendar().partner(saturday).start == date(2024, 11, 2)

    def test_the_partner_of_a_quarter_keeps_its_dates(self) -> None:
        first = BRITISH.period(Cadence.QUARTER, date(2025, 4, 6))
        assert BRITISH.partner(first) == Period(date(2024, 4, 6), date(2024, 7, 6), Cadence.QUARTER)


class TestWeekNumbers:
    @pytest.mark.parametrize(
        ("first_day", "day", "number"),
        [
            (Weekday.MONDAY, date(2021, 1, 1), (2020, 53)),
            (Weekday.SUNDAY, date(2024, 12, 31), (2025, 1)),
            (Weekday.SUNDAY, date(2025, 1, 5), (2025, 2)),
            (Weekday.SUNDAY, date(2024, 12, 28), (2024, 52)),
            (Weekday.SUNDAY, date(2023, 1, 1), (2023, 1)),
            (Weekday.SUNDAY, date(2022, 12, 31), (2022, 53)),
            (Weekday.SATURDAY, date(2025, 1, 3), (2025, 1)),
            (Weekday.SATURDAY, date(2025, 1, 4), (2025, 2)),
        ],
    )
    def test_numbers(self, first_day: Weekday, day: date, number: tuple[int, int]) -> None:
        calendar = Calendar(week_start=first_day)
        assert calendar.week_number(calendar.period(Cadence.WEEK, day)) == number

    def test_only_weeks_have_one(self) -> None:
        with pytest.raises(ValueError, match="only a week has a week number, not a month"):
            Calendar().week_number(month(2025, 1))

    @given(calendars, days)
    def test_week_1_holds_1_january_where_weeks_do_not_start_on_monday(self, calendar: Calendar, day: date) -> None:
        if calendar.week_start is Weekday.MONDAY:
            return
        new_year = calendar.period(Cadence.WEEK, date(day.year, 1, 1))
        assert calendar.week_number(new_year) == (day.year, 1)
        assert calendar.week_number(calendar.next(new_year)) == (day.year, 2)


class TestOpenDays:
    def test_counts_open_weekdays_only(self) -> None:
        weekdays = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
        assert weekdays.open_days(date(2024, 1, 1), date(2025, 1, 1)) == 262
        assert weekdays.open_days(date(2025, 11, 1), date(2025, 11, 3)) == 0
        assert weekdays.open_days(date(2025, 11, 3), date(2025, 11, 4)) == 1

    def test_a_backward_stretch_has_none(self) -> None:
        assert Calendar().open_days(date(2025, 1, 9), date(2025, 1, 1)) == 0

    @given(calendars, days, st.integers(0, 400))
    def test_counts_as_one_by_one(self, calendar: Calendar, day: date, length: int) -> None:
        each = [day + timedelta(days=i) for i in range(length)]
        counted = sum(WEEKDAYS[one.weekday()] in calendar.open_weekdays for one in each)
        assert calendar.open_days(day, day + timedelta(days=length)) == counted


@pytest.mark.parametrize(
    ("cadence", "due"),
    [
        (Cadence.DAY, date(2025, 1, 2)),
        (Cadence.WEEK, date(2025, 1, 8)),
        (Cadence.MONTH, date(2025, 2, 7)),
        (Cadence.QUARTER, date(2025, 4, 14)),
        (Cadence.YEAR, date(2026, 1, 30)),
    ],
)
def test_a_period_is_due_on_its_last_day_plus_its_grace(cadence: Cadence, due: date) -> None:
    assert due_date(Calendar().period(cadence, date(2025, 1, 1))) == due


class TestNames:
    @pytest.mark.parametrize(
        ("cadence", "day", "short", "long"),
        [
            (Cadence.DAY, date(2025, 10, 3), "3 October", "3 October 2025"),
            (Cadence.WEEK, date(2025, 10, 22), "week 43", "week 43 2025"),
            (Cadence.MONTH, date(2025, 12, 3), "December", "December 2025"),
            (Cadence.QUARTER, date(2025, 9, 30), "3rd quarter", "3rd quarter 2025"),
            (Cadence.QUARTER, date(2025, 10, 1), "4th quarter", "4th quarter 2025"),
            (Cadence.YEAR, date(2025, 10, 3), "2025", "2025"),
        ],
    )
    def test_the_year_is_named_where_it_is_not_the_references(
        self, cadence: Cadence, day: date, short: str, long: str
    ) -> None:
        period = Calendar().period(cadence, day)
        assert period_name(period, Calendar(), date(2025, 1, 1)) == short
        assert period_name(period, Calendar(), date(2026, 1, 1)) == long
        assert period_name(period, Calendar(), None) == long

    def test_a_fiscal_year_is_named_by_both_its_years(self) -> None:
        assert period_name(BRITISH.fiscal_year(date(2026, 4, 5)), BRITISH, None) == "2025/26"
        assert period_name(BRITISH.fiscal_year(date(2000, 4, 5)), BRITISH, None) == "1999/00"

    def test_a_quarter_is_compared_with_the_references_fiscal_year(self) -> None:
        last = BRITISH.period(Cadence.QUARTER, date(2026, 4, 5))
        assert period_name(last, BRITISH, date(2025, 12, 1)) == "4th quarter"
        assert period_name(last, BRITISH, date(2026, 4, 6)) == "4th quarter 2025/26"
        assert period_name(BRITISH.next(last), BRITISH, date(2026, 4, 6)) == "1st quarter"

    def test_a_week_has_the_year_of_its_number(self) -> None:
        first = Calendar().period(Cadence.WEEK, date(2024, 12, 30))
        assert period_name(first, Calendar(), date(2025, 2, 1)) == "week 1"
        assert period_name(first, Calendar(), date(2024, 12, 31)) == "week 1 2025"

    def test_a_day_is_named_without_the_year_of_the_reference(self) -> None:
        assert day_name(date(2026, 12, 31), date(2026, 1, 1)) == "31 December"
        assert day_name(date(2026, 12, 31), date(2027, 1, 1)) == "31 December 2026"

    @pytest.mark.parametrize(
        ("first", "last", "reference", "name"),
        [
            (date(2025, 9, 3), date(2025, 9, 3), date(2025, 1, 1), "3 September"),
            (date(2025, 9, 3), date(2025, 9, 4), date(2025, 1, 1), "3 to 4 September"),
            (date(2025, 9, 30), date(2025, 10, 1), None, "30 September to 1 October 2025"),
            (date(2025, 9, 3), date(2026, 9, 4), None, "3 September 2025 to 4 September 2026"),
            (date(2025, 12, 31), date(2026, 1, 1), None, "31 December 2025 to 1 January 2026"),
            (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 1), "31 December 2025 to 1 January"),
            (date(2025, 12, 31), date(2026, 1, 1), date(2025, 5, 1), "31 December to 1 January 2026"),
        ],
    )
    def test_a_span_names_each_year_that_it_needs(
        self, first: date, last: date, reference: date | None, name: str
    ) -> None:
        assert span_name(first, last, reference) == name


class TestLaws:
    @given(calendars, cadences, days)
    def test_periods_part_the_line_of_days(self, calendar: Calendar, cadence: Cadence, day: date) -> None:
        period = calendar.period(cadence, day)
        assert day in period
        assert calendar.period(cadence, period.start) == calendar.period(cadence, period.last_day) == period
        assert calendar.next(period).start == period.end
        assert calendar.previous(period).end == period.start
        assert calendar.previous(calendar.next(period)) == period

    @given(calendars, cadences, days)
    def test_the_last_complete_period_is_over_and_the_next_is_not(
        self, calendar: Calendar, cadence: Cadence, today: date
    ) -> None:
        complete = calendar.last_complete(cadence, today)
        assert complete.end <= today < calendar.next(complete).end

    @given(calendars, cadences, days, st.integers(1, 500))
    def test_listed_periods_cover_the_stretch_without_gap(
        self, calendar: Calendar, cadence: Cadence, start: date, length: int
    ) -> None:
        end = start + timedelta(days=length)
        found = calendar.periods(cadence, start, end)
        assert start in found[0]
        assert end - ONE_DAY in found[-1]
        assert all(calendar.next(one) == two for one, two in pairwise(found))

    @given(calendars, days)
    def test_a_year_is_four_quarters_of_three_months(self, calendar: Calendar, day: date) -> None:
        year = calendar.fiscal_year(day)
        quarters = calendar.periods(Cadence.QUARTER, year.start, year.end)
        assert len(quarters) == 4
        assert (quarters[0].start, quarters[-1].end) == (year.start, year.end)
        assert (year.start.month, year.start.day) == (calendar.fiscal_month, calendar.fiscal_day)

    @given(calendars, cadences, days)
    def test_partners_keep_order_and_lie_a_year_before(self, calendar: Calendar, cadence: Cadence, day: date) -> None:
        period = calendar.period(cadence, day)
        partner = calendar.partner(period)
        assert calendar.period(cadence, partner.start) == partner
        assert calendar.partner(calendar.next(period)) == calendar.next(partner)
        match cadence:
            case Cadence.DAY | Cadence.WEEK:
                assert period.start - partner.start == timedelta(days=364)
            case Cadence.MONTH | Cadence.QUARTER | Cadence.YEAR:
                assert partner.start == period.start.replace(year=period.start.year - 1)

    @given(cadences, days)
    def test_what_is_due_later_began_later(self, cadence: Cadence, day: date) -> None:
        period = Calendar().period(cadence, day)
        assert period.last_day < due_date(period) < due_date(Calendar().next(period))
