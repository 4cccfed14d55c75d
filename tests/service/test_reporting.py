from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Objective, Tier
from kpi_core.report.words import sentences_of
from kpi_core.review import Action, Decision
from kpi_core.service import actions, boards, choose, keeping, meeting, months, objectives, reporting, reviews, sample
from kpi_core.service.boards import View
from kpi_core.service.everything import everything
from kpi_core.service.meeting import Said
from kpi_core.service.objectives import TypedResult
from kpi_core.status import Status
from tests.service.shop import NOW, TODAY, at_least, filled, revenue

SHOP_DAY = datetime(2026, 11, 28, 9)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample shop, once."""
    path = tmp_path_factory.mktemp("shop") / "shop.db"
    sample.load(path, SHOP_DAY)
    return path


def test_the_report_says_what_the_board_says(shop: Path) -> None:
    day = SHOP_DAY.date()
    made, board = reporting.report(shop, day), boards.board(shop, day, View(day))
    assert [row.card for row in made.rows] == [*(row for group in board.groups for row in group.rows), *board.health]
    assert (made.heading, made.counts) == (board.heading, board.rollup.sentence)
    assert {word: count for _, count, word in made.tally} == {
        "on target": 1,
        "close": 2,
        "off target": 1,
        "overdue": 1,
    }


def test_what_really_changed_is_told_bad_news_first_and_nothing_else_is(shop: Path) -> None:
    made = reporting.report(shop, SHOP_DAY.date())
    assert [each.kpi for each in made.changes] == ["Average order value", "Conversion rate", "Cart abandonment"]
    assert made.changes[0].sentence == "shows a real drop since March: eight months below the usual level."


def test_what_is_not_known_is_said_once(shop: Path) -> None:
    made = reporting.report(shop, SHOP_DAY.date())
    (told,) = made.unknown
    assert (told.kpi, told.sentence) == (
        "Out-of-stock share",
        "October has no value: it was due by 7 November, 21 days ago.",
    )
    (row,) = (row for row in made.rows if row.status is Status.OVERDUE)
    assert told.sentence not in sentences_of(row, made)


def test_it_names_the_files_that_the_numbers_come_from(shop: Path) -> None:
    made = reporting.report(shop, SHOP_DAY.date())
    assert made.provenance == (
        "The numbers come from: Sample costs (until 27 November), Sample orders (until 27 November), "
        "Sample tickets (until 27 November), Sample visits (until 27 November), numbers typed by hand."
    )


def test_a_past_day_has_the_report_of_then(shop: Path) -> None:
    day = date(2026, 8, 20)
    made = reporting.report(shop, SHOP_DAY.date(), day, whole=True)
    assert made.heading == "as of 20 August 2026 · last complete month: July"
    assert {row.card.period_text for row in made.rows if not row.card.greyed} == {"July"}
    assert all(line.period.end <= day for row in made.rows for line in row.past)


def test_all_periods_come_with_the_target_and_the_colour_of_their_time(shop: Path) -> None:
    made = reporting.report(shop, SHOP_DAY.date(), whole=True)
    for row in made.rows:
        starts = [line.period.start for line in row.past]
        assert starts == sorted(starts)
        assert starts[-1] == date(2026, 10, 1)
        newest = row.past[-1]
        if row.card.kpi.tier is Tier.KPI and not row.card.greyed:
            assert newest.judgement == row.card.judgement
            assert newest.target == row.card.target


def test_a_day_to_come_is_refused_for_every_kind_of_file(data: Path) -> None:
    filled(data)
    for ending in reporting.ENDINGS:
        with pytest.raises(RefusedDefinition, match="still to come"):
            reporting.write(data, TODAY, ending, date(2027, 1, 1))


def test_each_kind_of_file_is_what_its_ending_says(data: Path) -> None:
    filled(data)
    begins = {ending: reporting.write(data, TODAY, ending.upper())[:5] for ending in reporting.ENDINGS}
    assert begins == {".html": b"<!doc", ".pdf": b"%PDF-", ".xlsx": b"PK\x03\x04\x14", ".zip": b"PK\x03\x04\x14"}


@pytest.mark.parametrize("ending", [".docx", "", ".csv"])
def test_another_ending_is_refused_with_those_there_are(data: Path, ending: str) -> None:
    with pytest.raises(RefusedDefinition) as error:
        reporting.write(data, TODAY, ending)
    assert error.value.hint == "Let its name end in .html, .pdf, .xlsx or .zip."


def test_an_empty_data_file_makes_every_kind_of_file(data: Path) -> None:
    assert all(reporting.write(data, TODAY, ending) for ending in reporting.ENDINGS)


def test_drafts_are_named_and_nothing_of_them_is_reported(data: Path) -> None:
    filled(data)
    choose.save(data, replace(revenue(name="Second"), owner=""), at_least(300), NOW)
    made = reporting.report(data, TODAY)
    assert [row.card.kpi.name for row in made.rows] == ["Revenue"]
    assert [(each.kpi, each.sentence) for each in made.unknown] == [
        ("Second", "It is a draft and not on the board yet.")
    ]


def test_the_name_and_number_style_are_those_of_the_settings(data: Path) -> None:
    filled(data)
    keeping.save_settings(data, replace(keeping.settings(data), name="Ost & West", locale="de_DE"), NOW)
    page = reporting.write(data, TODAY, ".html").decode()
    assert "<h1><bdi>Ost &amp; West</bdi></h1>" in page
    assert "310 SEK" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_done_about_it_is_reported_as_of_the_day(data: Path) -> None:
    kpi = filled(data)
    sooner, later = TODAY + timedelta(days=3), TODAY + timedelta(days=30)
    first = actions.add(data, Action(kpi.id, "Call the supplier", "buyer", sooner, TODAY), NOW)[0]
    second = actions.add(data, Action(kpi.id, "Write to =old customers", "owner", later, TODAY), NOW)[0]
    third = actions.add(data, Action(kpi.id, "Paint the door", "owner", later, TODAY), NOW)[0]
    actions.done(data, first, "cheaper now", NOW + timedelta(days=5))
    actions.drop(data, third, "no money", NOW + timedelta(days=5))

    def said(days: int) -> list[tuple[str, str]]:
        return [(each.what, each.state) for each in reporting.actions(data, TODAY + timedelta(days=days))]

    assert said(-1) == []
    assert said(4)[0] == ("Call the supplier", "1 day overdue")
    assert [what for what, _ in said(4)][1:] == ["Write to =old customers", "Paint the door"]
    assert said(6) == [("Write to =old customers", "open"), ("Call the supplier", "done 8 November")]
    assert said(40) == [("Write to =old customers", "10 days overdue")]
    assert second != first
    (shown,) = reporting.report(data, TODAY + timedelta(days=40)).actions
    assert (shown.kpi, shown.owner, shown.due) == ("Revenue", "owner", later)


def test_every_writer_shows_the_actions_and_the_tables_hold_all_of_it(data: Path) -> None:
    kpi = filled(data, 400)
    review = reviews.start(data, "owner, buyer", NOW)
    meeting.decide(data, review.id, kpi.id, Said("Fewer visitors", Decision.ACT), NOW)
    actions.add_typed(data, kpi.id, "Call the supplier", "buyer", TODAY, NOW, review=review.id)
    reviews.finish(data, review.id, NOW)
    reviews.correct(data, review.id, "It was the weather", NOW)
    assert b"Call the supplier" in reporting.write(data, TODAY, ".html")
    pages = PdfReader(io.BytesIO(reporting.write(data, TODAY, ".pdf"))).pages
    assert "Call the supplier" in " ".join(" ".join(page.extract_text() for page in pages).split())
    book = CalamineWorkbook.from_filelike(io.BytesIO(reporting.write(data, TODAY, ".xlsx")))
    assert "Call the supplier" in {cell for row in book.get_sheet_by_index(0).to_python() for cell in row}
    with zipfile.ZipFile(io.BytesIO(reporting.write(data, TODAY, ".zip"))) as archive:
        tables = {
            name: list(csv.DictReader(io.TextIOWrapper(archive.open(f"{name}.csv"), "utf-8-sig")))
            for name in ("reviews", "decisions", "actions")
        }
    (held,), (decided,), (agreed,) = tables["reviews"], tables["decisions"], tables["actions"]
    assert (held["Who took part"], held["Corrections"]) == ("owner, buyer", "It was the weather")
    assert (decided["KPI"], decided["Cause"], decided["Decision"]) == ("Revenue", "Fewer visitors", "act")
    assert decided["Status"] == "Off target"
    assert (agreed["Action"], agreed["Owner"], agreed["State"]) == ("Call the supplier", "buyer", "open")
    assert agreed["Review"] == held["Number"] == decided["Review"]


def test_objectives_and_closed_months_are_among_the_tables(data: Path) -> None:
    filled(data)
    autumn = Objective("More regulars", date(2026, 9, 1), date(2026, 12, 31), owner="shop manager")
    objectives.save(data, autumn, [TypedResult("Revenue", "300", "320")], NOW)
    objectives.save(data, replace(autumn, name="Calm"), [], NOW)
    months.close(data, "2026-09", NOW)
    tables = {each.name: each for each in everything(data, TODAY, TODAY)}
    days = (date(2026, 9, 1), date(2026, 12, 31))
    assert list(tables["objectives"].rows) == [
        ("More regulars", "shop manager", *days, "Revenue", 300, 320, date(2026, 12, 31), False),
        ("Calm", "shop manager", *days, None, None, None, None, None),
    ]
    assert list(tables["closed_months"].rows) == [("2026-09",)]
