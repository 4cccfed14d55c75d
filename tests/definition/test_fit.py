"""What no definition can hold is refused where it is entered, by a document as by a form."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from kpi_core.business import Business
from kpi_core.definition import document_from_json, document_from_text
from kpi_core.definition.fit import LONGEST_NAME, unfit_mark
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction, Kpi, Objective, Typed
from kpi_core.period import Cadence
from kpi_core.store.business import write_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import add_kpi, dump_document, load_document
from kpi_core.store.definitions.objectives import put_objective
from kpi_core.store.definitions.targets import add_exception
from kpi_core.target import TargetException
from kpi_core.unit import Unit, UnitKind

BY = By(datetime(2026, 11, 3, 9), "")


def kpi(name: str = "K", **more: object) -> dict[str, object]:
    return {"kpis": [{"name": name, "unit": "count", "direction": "up", **more}]}


def path(**more: object) -> dict[str, object]:
    return {"baseline": 1, "from": "2026-01-01", "value": 5, "deadline": "2026-12-31", **more}


REFUSED = [
    (kpi(target=path(deadline="9999-12-31")), "kpis[0] 'K', target.deadline: 9999-12-31 is out of reach."),
    (kpi(target=path(**{"from": "0001-01-01"})), "kpis[0] 'K', target.from: 0001-01-01 is out of reach."),
    (kpi(review_date="0001-01-01"), "kpis[0] 'K', review_date: 0001-01-01 is out of reach."),
    (
        {**kpi(), "typed_values": [{"kpi": "K", "period": "9999-12-31", "value": 3}]},
        "typed_values[0] 'K', period: 9999-12-31 is out of reach.",
    ),
    ({"business": {"locale": "xx_YY"}}, 'business, locale: There is no number style "xx_YY".'),
    (kpi("K\x00"), "kpis[0] 'K\x00', name: it holds a mark that nobody can see (U+0000)."),
    (kpi("\u202eK"), "kpis[0] '\u202eK', name: it holds a mark that nobody can see (U+202E)."),
    (kpi("x" * 121), f"kpis[0] '{'x' * 120}', name: it has 121 letters; 120 are the most."),
    (kpi(definition="x" * 2001), "kpis[0] 'K', definition: it has 2001 letters; 2000 are the most."),
    (
        kpi(target=path(baseline=10)),
        "kpis[0] 'K', target: higher is better, but the path goes down.",
    ),
    (
        kpi(direction="down", target=path()),
        "kpis[0] 'K', target: lower is better, but the path goes up.",
    ),
    (
        kpi(
            target=5,
            exceptions=[
                {"period": "2026-10-01", "value": 3, "reason": "a"},
                {"period": "2026-10-09", "value": 4, "reason": "b"},
            ],
        ),
        "kpis 'K', exceptions: the month from 2026-10-01 has 2 of them.",
    ),
]


@pytest.mark.parametrize(("obj", "sentence"), REFUSED)
def test_a_document_that_holds_what_none_can_hold_is_refused_by_its_place(obj: object, sentence: str) -> None:
    with open_store(None) as store:
        with pytest.raises(RefusedDefinition) as refusal:
            load_document(store, document_from_json(obj), BY)
        assert refusal.value.sentence == sentence
        assert refusal.value.hint


def test_half_a_letter_is_refused_wherever_it_stands() -> None:
    with pytest.raises(RefusedDefinition, match="half a letter"):
        document_from_text('{"sources": [{"name": "S", "recipe": {"name": "x\\ud800"}}]}')


def test_a_draft_may_have_a_path_that_leads_the_wrong_way() -> None:
    with open_store(None) as store:
        assert load_document(store, document_from_json(kpi(state="draft", target=path(baseline=10))), BY).new


def made(name: str = "Visits") -> Kpi:
    return Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed())


@pytest.mark.parametrize("name", ["a\u2066b", "x" * (LONGEST_NAME + 1), "a\x07"])
def test_a_form_cannot_enter_it_either(name: str) -> None:
    with open_store(None) as store:
        with pytest.raises(RefusedDefinition):
            add_kpi(store, made(name), BY)
        with pytest.raises(RefusedDefinition):
            put_objective(store, Objective(name, date(2026, 1, 1), date(2026, 12, 31)), BY)
        with pytest.raises(RefusedDefinition):
            write_business(store, Business(name=name), BY)


def test_names_of_any_script_with_emoji_are_fine() -> None:
    assert not [name for name in ("مبيعات", "売上", "👩‍👩‍👧 visits", "two\nlines") if unfit_mark(name)]


def test_only_the_exception_that_counts_is_written_down() -> None:
    with open_store(None) as store:
        entered = add_kpi(store, made(), BY)
        for value, reason in ((Fraction(1), "fair"), (Fraction(2), "longer fair")):
            add_exception(store, entered.id, TargetException(date(2026, 10, 5), value, reason), BY)
        assert [each.reason for each in dump_document(store).history("Visits").exceptions] == ["longer fair"]
