"""Changing targets: a year's parts shown before, a correction of the past told, kept in the log and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.definition import target_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Direction, Typed
from kpi_core.service import boards, choose, keeping, kpi_page, targeting
from kpi_core.service.boards import View
from kpi_core.service.file import File
from kpi_core.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.board import BoardRow

NOW = datetime(2026, 11, 3, 9)
LAST_YEAR = [{"kpi": "Sales", "period": f"2025-{month:02}", "value": 1000 * month} for month in range(1, 13)]
THIS_YEAR = [{"kpi": "Sales", "period": f"2026-{month:02}", "value": 1100 * month} for month in range(1, 11)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data.db"


def define(data: Path, target: object, typed: list[dict[str, object]], **more: object) -> None:
    kpi = {"name": "Sales", "unit": "currency:SEK", "direction": "up", "target": target, **more}
    business = {"currency": "SEK", "locale": "sv_SE", "person": "shop manager"}
    document = {"business": business, "kpis": [kpi], "typed_values": typed}
    keeping.define(data, File("set.json", json.dumps(document).encode()), NOW)


def up(target: object) -> Target:
    return target_from_json(target, Direction.UP)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def card(data: Path) -> BoardRow:
    (row,) = boards.board(data, NOW.date(), View(NOW.date())).rows
    return row


def words(data: Path) -> dict[str, str]:
    page = kpi_page.page(data, 1, NOW.date())
    return {line.name: line.judgement.word for line in page.lines}


class TestYear:
    def test_a_year_total_by_last_years_shape_colours_the_board(self, data: Path) -> None:
        define(data, {"year": "2026-01-01", "value": 93600}, LAST_YEAR + THIS_YEAR)
        # 78 000 last year, so a fifth more: October is 12 000 and 11 000 came in
        assert plain(card(data).target_text) == "Target 12 000 kr or more"
        assert plain(card(data).judgement.sentence) == "11 000 kr is 8,3 % under 12 000 kr; amber down to 10 800 kr."

    def test_its_twelve_parts_are_shown_before_with_their_exact_sum(self, data: Path) -> None:
        define(data, None, LAST_YEAR)
        kpi, _ = choose.opened(data, 1)
        shown = targeting.year_preview(data, kpi, up({"year": "2026-01-01", "value": "100000.01"}), NOW.date())
        assert len(shown.parts) == 12
        assert plain(shown.total) == "100 000,01 kr"
        assert plain(shown.parts[0][1]) == "1 282,05 kr"

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            (LAST_YEAR[:11], "Last year lacks a period"),
            (
                [*LAST_YEAR[:11], {"kpi": "Sales", "period": "2025-12", "value": -1}],
                "A period of last year is negative",
            ),
        ],
    )
    def test_without_a_shape_it_says_so_and_offers_even(
        self, data: Path, values: list[dict[str, object]], said: str
    ) -> None:
        define(data, None, values)
        kpi, _ = choose.opened(data, 1)
        shown = targeting.year_preview(data, kpi, up({"year": "2026-01-01", "value": 100000}), NOW.date())
        assert shown.refusal.startswith(said)
        assert shown.refusal.endswith("Spread it even by days instead?")
        assert shown.offer_even
        even = up({"year": "2026-01-01", "value": 100000, "spread": "even by days"})
        assert len(targeting.year_preview(data, kpi, even, NOW.date()).parts) == 12

    def test_what_does_not_add_up_has_no_year_total(self, data: Path) -> None:
        define(data, None, LAST_YEAR)
        kpi, _ = choose.opened(data, 1)
        total = up({"year": "2026-01-01", "value": 1200})
        last = replace(kpi, values=Typed(Aggregate.LAST))
        said = "Sales does not add up over a year, so a year's total means nothing."
        assert said in choose.review(data, last, total, NOW.date()).refusal
        with pytest.raises(RefusedDefinition, match="does not add up over a year"):
            define(data, {"year": "2026-01-01", "value": 1200}, [], values={"kind": "typed", "aggregate": "average"})


class TestRelative:
    def test_it_colours_the_board_and_says_what_it_stands_on(self, data: Path) -> None:
        define(data, {"change_percent": 20, "stretch": 30}, LAST_YEAR + THIS_YEAR)
        assert (
            plain(card(data).target_text)
            == "Target 12 000 kr or more: 20 % above last year's 10 000 kr; stretch 13 000 kr"
        )
        assert card(data).judgement.word == "Close"
        target = card(data).target
        assert target is not None
        assert target.stretch == 13000

    def test_without_last_year_there_is_no_colour_and_it_says_why(self, data: Path) -> None:
        define(data, {"change_percent": 20}, THIS_YEAR)
        assert card(data).judgement.word == "No target"
        assert card(data).judgement.sentence == "October has no target: October 2025 has no value to compare with."


class TestCorrection:
    def test_it_says_what_is_recoloured_before_it_is_kept_and_the_log_says_it_afterwards(self, data: Path) -> None:
        define(data, 9000, THIS_YEAR)
        before = words(data)
        asked = targeting.would_recolour(data, 1, up(10500), date(2026, 9, 1), NOW)
        assert [each.sentence for each in asked] == ["September: Close, was On target"]
        assert words(data) == before
        kpi, _ = choose.opened(data, 1)
        choose.save(data, kpi, up(10500), NOW, "typed wrongly", since=date(2026, 9, 1))
        assert words(data) == {**before, "September": "Close"}
        page = kpi_page.page(data, 1, NOW.date())
        assert page.targets[0].backdated
        assert any("September: Close, was On target." in change.did for change in page.changes)
        targeting.undo_target(data, 1, page.targets[0].id, NOW)
        assert words(data) == before
        undone = kpi_page.page(data, 1, NOW.date()).changes[0]
        assert "September: On target, was Close." in undone.did

    def test_it_needs_a_reason(self, data: Path) -> None:
        define(data, 9000, THIS_YEAR)
        kpi, _ = choose.opened(data, 1)
        with pytest.raises(RefusedDefinition, match="Why does the target of Sales change"):
            choose.save(data, kpi, up(12000), NOW, since=date(2026, 9, 1))

    def test_a_change_without_a_day_counts_from_the_next_period_on(self, data: Path) -> None:
        define(data, 9000, THIS_YEAR)
        before = words(data)
        kpi, _ = choose.opened(data, 1)
        choose.save(data, kpi, up(20000), NOW, "new shop")
        assert words(data) == before


class TestOnePeriod:
    def test_an_exception_is_for_its_period_with_its_reason_and_can_be_taken_back(self, data: Path) -> None:
        define(data, 12000, THIS_YEAR)
        before = words(data)
        targeting.except_period(data, 1, date(2026, 10, 14), "11 000", "closed for works", NOW)
        assert words(data) == {**before, "October": "On target"}
        assert plain(card(data).target_text) == "Target 11 000 kr, for this period only: closed for works"
        (line,) = [each for each in kpi_page.page(data, 1, NOW.date()).targets if each.exception]
        assert (plain(line.text), line.reason) == ("11 000 kr in October 2026 only", "closed for works")
        (point,) = [each for each in kpi_page.page(data, 1, NOW.date()).trend if each.exception]
        assert (point.period.start, point.target_low) == (date(2026, 10, 1), 11000)
        targeting.undo_exception(data, 1, line.id, NOW)
        assert words(data) == before

    def test_a_miss_is_accepted_until_a_day_with_a_reason(self, data: Path) -> None:
        define(data, 20000, THIS_YEAR)
        with pytest.raises(RefusedDefinition, match="Why is a miss of Sales accepted"):
            targeting.accept_miss(data, 1, date(2026, 12, 31), " ", NOW)
        with pytest.raises(RefusedDefinition, match="31 October 2026 is over"):
            targeting.accept_miss(data, 1, date(2026, 10, 31), "works", NOW)
        targeting.accept_miss(data, 1, date(2026, 12, 31), "works until new year", NOW)
        assert card(data).judgement.word == "Accepted until 31 December"
        targeting.accept_miss(data, 1, None, "", NOW)
        assert card(data).judgement.word == "Off target"


def test_a_delta_becomes_a_number_on_the_board(data: Path) -> None:
    define(data, {"delta": 700}, THIS_YEAR[:3])
    target = kpi_page.page(data, 1, NOW.date()).lines[-1]
    assert plain(target.target_number) == "2 900 kr"
    assert plain(kpi_page.page(data, 1, NOW.date()).targets[0].text) == "Target 700 kr more than before"
    assert Fraction(2900) == 2200 + 700
