"""Past colours never move: whatever target of whatever kind is entered on a day, what ended before keeps its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.board.past import past
from kpi_core.definition import document_from_json, target_from_json
from kpi_core.kpi import Direction, TypedValue
from kpi_core.period import Cadence, Calendar
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions import add_target, get_kpi, load_document, set_typed, targets
from kpi_core.unit import NumberStyle

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
NUMBERS = st.integers(1, 400)


@st.composite
def demanded(draw: st.DrawFn) -> dict[str, object]:
    """Make a target of any kind that has one side, without a day of its own."""
    value, year = draw(NUMBERS), draw(st.sampled_from(["2025-01-01", "2026-01-01"]))
    start = draw(st.dates(FIRST, LAST))
    return draw(
        st.sampled_from(
            [
                {"value": value},
                {"delta": value},
                {"change_percent": value},
                {"year": year, "value": 12 * value, "spread": "even by days"},
                {"year": year, "value": 12 * value, "spread": "last year"},
                {
                    "steps": [
                        {"from": f"{start}", "value": value},
                        {"from": f"{start + timedelta(90)}", "value": 2 * value},
                    ]
                },
                {
                    "baseline": value,
                    "value": 2 * value,
                    "path_start": f"{start}",
                    "deadline": f"{start + timedelta(200)}",
                },
            ]
        )
    )


def colours(store: Store, before: date) -> list[tuple[date, str, str]]:
    """Judge every period that ended by a day."""
    kpi, calendar = get_kpi(store, 1), Calendar()
    values = [each for each in actuals.all_periods(store, kpi, calendar, LAST) if each.period.end <= before]
    lines = past(kpi, targets(store, 1), values, calendar=calendar, style=NumberStyle(), today=LAST)
    return [(line.period.start, line.target_text, line.judgement.sentence) for line in lines]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([Cadence.MONTH, Cadence.WEEK]),
    st.lists(st.tuples(st.dates(FIRST, LAST), demanded()), min_size=2, max_size=4, unique_by=lambda each: each[0]),
    st.lists(NUMBERS, min_size=5, max_size=5),
)
def test_a_target_that_is_entered_later_moves_no_past_target_and_no_past_colour(
    cadence: Cadence, changes: list[tuple[date, dict[str, object]]], some: list[int]
) -> None:
    kpi = {"name": "Sales", "unit": "count", "direction": "up", "cadence": cadence.value}
    (first_day, first), *later = sorted(changes, key=lambda each: each[0])
    with open_store(None) as store:
        moment = By(datetime(2024, 1, 1, 9), "shop manager", "set up")
        load_document(store, document_from_json({"kpis": [{**kpi, "target": first}]}), moment)
        for number, period in enumerate(Calendar().periods(cadence, date(2024, 1, 1), first_day)):
            value = Fraction(some[number % len(some)])
            set_typed(store, TypedValue("Sales", period.start, value), moment)
        actuals.refresh(store)
        for day, demand in later:
            before = colours(store, day)
            row = target_from_json({**demand, "from": day.isoformat()}, Direction.UP)
            add_target(store, 1, row, By(datetime(day.year, day.month, day.day, 9), "shop manager", "raised"))
            actuals.refresh(store)
            assert colours(store, day) == before
