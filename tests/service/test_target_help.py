"""Help with a target: what history says in sentences, suggestions with their chance, the grade of what is typed."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core.checklist import check_kpi
from kpi_core.definition import target_from_json
from kpi_core.kpi import Direction, Kpi
from kpi_core.projection import TargetGrade
from kpi_core.service import choose, keeping
from kpi_core.service.facts import facts_of
from kpi_core.service.file import File
from kpi_core.service.target_help import Help, target_help
from kpi_core.store.data_file import open_store
from kpi_core.target import TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

NOW = datetime(2026, 11, 3, 9)
TODAY = NOW.date()
STEADY = [100, 104, 98, 103, 101, 99, 105, 100, 102, 97, 104, 101]


def months_before(count: int) -> list[str]:
    """Name the last complete months, oldest first."""
    whole = TODAY.year * 12 + TODAY.month - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(whole - count, whole)]


def filled(path: Path, values: Sequence[int | None], **more: object) -> Kpi:
    """Store one KPI whose values are typed for the months up to October 2026; None leaves a gap."""
    kpi = {"name": "Sales", "unit": "currency:SEK", "direction": "up", **more}
    typed = [
        {"kpi": "Sales", "period": month, "value": value}
        for month, value in zip(months_before(len(values)), values, strict=True)
        if value is not None
    ]
    document = {"business": {"currency": "SEK", "locale": "sv_SE"}, "kpis": [kpi], "typed_values": typed}
    keeping.define(path, File("set.json", json.dumps(document).encode()), NOW)
    return choose.opened(path, 1)[0]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def asked(path: Path, kpi: Kpi, target: object = None, kind: TargetKind | None = None) -> Help:
    row = None if target is None else target_from_json(target, kpi.direction)
    return target_help(path, kpi, row, kind or (row.kind if row else TargetKind.CONSTANT), TODAY)


def test_history_is_said_in_sentences(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    found = asked(path, filled(path, [*STEADY, *STEADY[:11], 130]))
    assert [(label, plain(text)) for label, text in found.facts] == [
        ("A year ago", "100 kr in November 2025"),
        ("Lately", "103,58 kr on average in the last 12 months, 130 kr at best"),
        ("Usual range", "88,73 kr to 116,02 kr: routine ups and downs stay in here"),
        ("Now", "104 kr, the middle of the last 3 months"),
    ]


def test_how_often_a_target_was_reached_and_how_bold_it_is(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, STEADY)
    within = asked(path, kpi, 103)
    assert within.reached == "You reached this in 4 of the last 12 months."
    assert within.word in {TargetGrade.AMBITIOUS, TargetGrade.VERY_AMBITIOUS}
    assert within.grade.endswith("as things are. Looked at for February 2027.")
    beyond = asked(path, kpi, 160)
    assert (beyond.word, beyond.badge) == (TargetGrade.UNLIKELY, "never done before")
    assert beyond.grade.startswith("Unlikely: you would reach it less than 1 in 10 times")
    met = asked(path, kpi, 90)
    assert (met.word, met.badge) == (TargetGrade.ALREADY_MET, "")


def test_a_strict_target_is_not_reached_by_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, [60] * 12, direction="down", unit="percent")
    assert (
        asked(path, kpi, {"value": 60, "comparison": "<"}).reached == "You reached this in none of the last 12 months."
    )
    assert asked(path, kpi, {"value": 60}).reached == "You reached this in all of the last 12 months."


@pytest.mark.parametrize("unit", ["percent", "currency:SEK", "score"])
@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_target_has_one_grade_wherever_it_is_asked_for(tmp_path: Path, unit: str, direction: str) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, [*STEADY[:7], None, *STEADY, 101, 101, 101], unit=unit, direction=direction)
    strict = ">" if direction == "up" else "<"
    targets: list[dict[str, object]] = [
        {"value": 60},
        {"value": 90},
        {"value": 99},
        {"value": 101},
        {"value": 103},
        {"value": 160},
        {"value": 101, "comparison": strict},
        {"baseline": 101, "from": "2026-11-01", "value": 120 if direction == "up" else 80, "deadline": "2027-04-30"},
        {"change_percent": 5},
        {"year": "2026-01-01", "value": 1210},
    ]
    for target in targets:
        row = target_from_json(target, kpi.direction)
        with open_store(path) as store:
            facts = facts_of(store, kpi, row, TODAY)
        a3 = next(each for each in check_kpi(kpi, facts) if each.id == "A3")
        assert a3.sentence.casefold().startswith(asked(path, kpi, target).word.value), (target, a3.sentence)


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize("unit", ["percent", "currency:SEK", "count", "score"])
@pytest.mark.parametrize(
    "values", [STEADY, [*STEADY, *STEADY], [80 - at for at in range(30)], [at * at for at in range(9)], [3] * 8]
)
def test_an_offer_is_called_by_the_grade_that_it_gets(
    tmp_path: Path, values: list[int], unit: str, direction: str
) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, values, unit=unit, direction=direction)
    kinds: list[tuple[TargetKind, Callable[[object], object]]] = [(TargetKind.CONSTANT, lambda value: value)]
    if unit in {"currency:SEK", "count"}:
        kinds.append((TargetKind.YEAR_TOTAL, lambda value: {"year": "2026-01-01", "value": value}))
    for kind, made in kinds:
        offers = [each for each in asked(path, kpi, None, kind).offers if " " not in each.label or "met" in each.label]
        assert offers or kind is TargetKind.YEAR_TOTAL
        for offer in offers:
            typed = float(re.sub(r"[^0-9.-]", "", offer.fields["value"].replace(",", ".").replace("\u2212", "-")))
            assert asked(path, kpi, made(typed)).word.value.capitalize() == offer.label, offer


def test_two_are_suggested_with_their_chance_and_the_ambitious_one_is_harder(tmp_path: Path) -> None:
    for direction in ("up", "down"):
        path = tmp_path / f"{direction}.db"
        kpi = filled(path, STEADY, direction=direction)
        offers = {offer.label: offer for offer in asked(path, kpi).offers}
        realistic, ambitious = (
            float(offers[label].fields["value"].split("\u00a0")[0].replace(",", "."))
            for label in ("Realistic", "Ambitious")
        )
        assert (ambitious > realistic) is (direction == "up")
        assert "reached about 3 in 10 times as things are" in offers["Ambitious"].sentence
        # What is taken with a click is read back as a number
        assert choose.review(path, kpi, target_from_json(realistic, kpi.direction), TODAY).refusal == ""


def test_under_six_points_nothing_is_suggested_or_graded(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, STEADY[:5])
    found = asked(path, kpi, 103)
    assert found.note == "Too little history to say: 5 months are known, and it takes 6."
    assert (found.word, found.badge) == (TargetGrade.TOO_EARLY, "")
    assert found.grade == "Too little history to say how bold it is."
    assert [offer.label for offer in found.offers] == ["Stay where you are"]
    other = tmp_path / "e.db"
    empty = target_help(other, filled(other, []), None, TargetKind.CONSTANT, TODAY)
    assert empty.facts == ()


def test_only_the_newest_unbroken_stretch_counts_and_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    found = asked(path, filled(path, [900, None, *STEADY]), 103)
    assert found.note == "Only the 12 months since November 2025 count: October 2025 has no value."
    assert ("Lately", "101,17 kr on average in the last 12 months, 105 kr at best") in [
        (label, plain(text)) for label, text in found.facts
    ]


@pytest.mark.parametrize(
    ("target", "field"),
    [
        ({"baseline": 100, "from": "2026-11-01", "value": 120, "deadline": "2027-04-30"}, "value"),
        ({"steps": [{"from": "2026-11-01", "value": 101}, {"from": "2027-01-01", "value": 104}]}, "value"),
        ({"change_percent": 5}, "change"),
        ({"year": "2026-01-01", "value": 1200}, "value"),
        ({"delta": 3}, "value"),
    ],
)
def test_every_kind_is_graded_and_has_offers_for_its_own_field(
    tmp_path: Path, target: dict[str, object], field: str
) -> None:
    path = tmp_path / "d.db"
    found = asked(path, filled(path, [*STEADY, *STEADY]), target)
    assert found.word is not TargetGrade.TOO_EARLY
    grades = {grade.value.capitalize() for grade in TargetGrade}
    assert grades & {offer.label for offer in found.offers if field in offer.fields}


def test_a_year_total_is_graded_by_the_whole_year(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, [*STEADY, *STEADY])
    low, high = (asked(path, kpi, {"year": "2026-01-01", "value": total}) for total in (1150, 1300))
    assert low.word is TargetGrade.EASY
    assert high.word in {TargetGrade.UNLIKELY, TargetGrade.VERY_AMBITIOUS}
    assert low.grade.endswith("Looked at for 2026.")
    next_year = asked(path, kpi, {"year": "2027-06-01", "value": 1000})
    assert next_year.word is TargetGrade.EASY


def test_a_range_is_graded_by_the_chance_to_be_inside_and_offered_the_usual_one(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, STEADY, direction="range")
    found = asked(path, kpi, {"low": 98, "high": 101})
    assert found.reached == "You reached this in 6 of the last 12 months."
    (offer,) = found.offers
    assert set(offer.fields) == {"low", "high"}


def test_a_benchmark_is_what_others_report_never_a_target(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    found = asked(path, filled(path, [3] * 12, catalogue_key="ltv_cac", unit="ratio"))
    said = "Others report: a customer worth about 3 times what winning them cost is called healthy ("
    assert found.benchmark.startswith(said)
    assert found.benchmark.endswith(", 2025). What others reach is no target for you.")
    assert not any("healthy" in offer.sentence for offer in found.offers)


def test_the_end_of_the_fiscal_year_is_looked_at_three_months_ahead_at_least(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    kpi = filled(path, STEADY)
    row = target_from_json(103, Direction.UP)
    early = target_help(path, kpi, row, TargetKind.CONSTANT, date(2026, 11, 3))
    assert "February 2027" in early.grade
