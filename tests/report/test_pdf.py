from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from kpi_core.report import Report, Told
from kpi_core.report.pdf import to_pdf
from kpi_core.unit import NumberStyle
from tests.report.made import AWKWARD, with_actions

POINTS = {"A4": (595, 842), "Letter": (612, 792)}


def read(report: Report) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(report)))


def text_of(report: Report) -> str:
    return "\n".join(page.extract_text() for page in read(report).pages).replace("\N{NO-BREAK SPACE}", " ")


def joined(text: str) -> str:
    """Take the breaks out that a narrow column makes."""
    return "".join(text.split())


def test_title_language_and_author_are_set(awkward: Report) -> None:
    found = read(awkward)
    assert found.metadata is not None
    assert found.metadata.title == "Brinkmann & Söner, 2026-11-03"
    assert found.metadata.author == "Brinkmann & Söner"
    assert str(found.root_object["/Lang"]) == "en"
    assert found.metadata.creation_date is not None
    assert found.metadata.creation_date.date() == awkward.made_on


def test_its_fonts_are_inside_and_cut_down_to_what_is_used(awkward: Report) -> None:
    written = to_pdf(awkward)
    assert written.count(b"/FontFile2") >= 2
    assert len(written) < 100_000


def test_the_same_report_gives_the_same_bytes(awkward: Report) -> None:
    assert to_pdf(awkward) == to_pdf(awkward)


def test_every_name_can_be_read_again_but_for_letters_without_a_font(awkward: Report) -> None:
    text = text_of(awkward)
    whole = joined(text)
    missing = [name for name in AWKWARD if joined(name) not in whole]
    assert missing == ["Smiles 😀 at the till", "הכנסות"]
    assert "□ stands for a letter that this document has no font for" in text


def test_what_the_font_has_needs_no_line_about_boxes(shop: Report) -> None:
    assert "□" not in text_of(shop)


def test_values_targets_statuses_and_sentences_are_those_of_the_board(shop: Report) -> None:
    whole = joined(text_of(shop))
    for row in shop.rows:
        assert joined(row.card.actual_text) in whole
        assert joined(row.target) in whole
        if row.status is not None:
            assert joined(row.card.judgement.sentence) in whole
            assert joined(row.card.judgement.word) in whole
        assert joined(row.signal) in whole


@pytest.mark.parametrize(("locale", "paper"), [("sv_SE", "A4"), ("de_DE", "A4"), ("en_US", "Letter"), ("en", "A4")])
def test_the_paper_is_that_of_the_country(shop: Report, locale: str, paper: str) -> None:
    box = read(replace(shop, style=NumberStyle(locale))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == POINTS[paper]


@pytest.mark.parametrize("locale", ["sv_SE", "en_US"])
def test_a_shop_of_nine_kpis_fits_on_one_page(shop: Report, locale: str) -> None:
    assert len(read(replace(shop, style=NumberStyle(locale))).pages) == 1


def test_fifty_kpis_flow_over_pages_with_their_heading_and_page_numbers(fifty: Report) -> None:
    pages = [page.extract_text() for page in read(fifty).pages]
    assert 4 <= len(pages) <= 6
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        if "on target" in page.lower() and "Number" in page:
            assert "Status" in page
            assert "Trend" in page
    assert all(
        any(joined(f"Number {each} of the business") in joined(page) for page in pages) for each in range(15, 50)
    )


def test_the_words_of_a_kpi_stand_on_its_page(fifty: Report) -> None:
    pages = [joined(page.extract_text()) for page in read(fifty).pages]
    for row in fifty.rows:
        name = joined(row.card.kpi.name)
        if name.startswith("Number"):
            page = next(page for page in pages if name in page)
            assert joined(row.card.judgement.sentence) in page


def test_one_kpi_and_none(awkward: Report) -> None:
    one = replace(awkward, groups=(replace(awkward.groups[0], rows=awkward.groups[0].rows[:1]),))
    assert "=cmd" in text_of(one)
    none = replace(awkward, business="", groups=(), tally=(), counts="", changes=(), unknown=(), provenance="")
    text = text_of(none)
    assert "KPI report" in text
    assert "Nothing to report yet" in text


def test_markup_in_names_and_actions_is_text(awkward: Report) -> None:
    text = text_of(with_actions(awkward))
    assert "=1+1 <b>bold</b>" in " ".join(text.split())
    assert "20 November" in text


@pytest.mark.parametrize("length", [500, 5_000])
def test_no_name_is_too_long_to_be_laid_out(awkward: Report, length: int) -> None:
    row = awkward.groups[0].rows[0]
    kpi = replace(row.card.kpi, name="long " * (length // 5), owner="x" * length)
    rows = (replace(row, card=replace(row.card, kpi=kpi)),)
    report = replace(
        awkward, groups=(replace(awkward.groups[0], rows=rows),), changes=(Told("y" * length, "z" * length),)
    )
    assert len(read(report).pages) >= 1


def test_newest_signs_of_money_are_written_as_codes(awkward: Report) -> None:
    assert "AZN 12" in text_of(replace(awkward, provenance="₼ 12"))
