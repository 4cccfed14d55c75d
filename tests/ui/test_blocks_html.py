from __future__ import annotations

import pytest

from kpi_core.checklist import Finding, Verdict
from kpi_core.errors import EmptyFile, SignalboxError
from kpi_core.source import Fate, PreviewRow
from tests.ui.boards import NASTY
from tests.ui.markup import Element, elements
from ui.blocks_html import counts_html, empty_html, error_html, facts_html, finding_html, fine_html, preview_html

FILE = (
    PreviewRow(1, ("Orders October",), Fate.TITLE),
    PreviewRow(2, ("Date", "Amount"), Fate.HEADER),
    PreviewRow(3, ("03.10.2026", "389,50"), Fate.USED),
    PreviewRow(4, ("31.02.2026", "799,00"), Fate.REFUSED, "no such day"),
    PreviewRow(507, ("Total", "1.188,50"), Fate.LEFT_OUT, "total = our own sum"),
)


def lines(html: str) -> list[Element]:
    return [element for element in elements(html) if element.tag == "tr"]


def test_the_preview_shows_each_record_with_its_number_and_fate() -> None:
    assert [(line.attributes["class"], line.text) for line in lines(preview_html(FILE))] == [
        ("out", "1Orders Octobertitle line, left out"),
        ("header", "2DateAmountheader"),
        ("used", "303.10.2026389,50"),
        ("bad", "431.02.2026799,00refused: no such day"),
        ("cut", "⋮"),
        ("out", "507Total1.188,50left out: total = our own sum"),
    ]


def test_what_is_left_out_is_struck_through_and_what_is_used_is_not() -> None:
    struck = [element.text for element in elements(preview_html(FILE)) if element.tag == "s"]
    assert struck == ["Total", "1.188,50"]


def test_a_title_line_goes_over_the_columns_and_is_whole_where_the_mouse_rests() -> None:
    (alone,) = [element for element in elements(preview_html(FILE)) if element.has("title")]
    assert alone.text == alone.attributes["title"] == "Orders October"
    assert alone.attributes["colspan"] == "2"
    parts = preview_html((PreviewRow(1, ("Statement", "DE89"), Fate.TITLE), FILE[1]))
    assert [each.attributes["title"] for each in elements(parts) if each.has("title")] == ["Statement", "DE89"]


def test_every_line_is_as_wide_as_the_widest() -> None:
    found = elements(preview_html((PreviewRow(1, ("a",), Fate.USED), PreviewRow(2, ("a", "b", "c"), Fate.USED))))
    assert len([element for element in found if element.tag == "td"]) == 2 * (3 + 1)


def test_number_columns_stand_right() -> None:
    found = elements(preview_html(FILE, numbers={1}))
    assert [element.text for element in found if element.has("num")] == ["Amount", "389,50", "799,00", "1.188,50"]


def test_the_preview_can_be_scrolled_by_keyboard_and_is_named() -> None:
    place = elements(preview_html(FILE))[0].attributes
    assert (place["tabindex"], place["role"], place["aria-label"]) == ("0", "group", "The file, line by line")


@pytest.mark.parametrize(
    "html",
    [
        preview_html((PreviewRow(1, (NASTY,), Fate.REFUSED, NASTY), PreviewRow(2, (NASTY,), Fate.LEFT_OUT, NASTY))),
        facts_html([(NASTY, NASTY)]),
        counts_html([(NASTY, NASTY)]),
        finding_html(Finding("S1", Verdict.PASS, NASTY, quote=NASTY, marked=("x",)), topic=False),
        fine_html((Finding("S1", Verdict.PASS, NASTY),)),
        error_html(SignalboxError(NASTY, NASTY)),
        empty_html(NASTY, NASTY),
    ],
    ids=["preview", "facts", "counts", "finding", "fine", "error", "empty"],
)
def test_no_text_becomes_an_element(html: str) -> None:
    found = elements(html)
    assert NASTY in found[0].text
    assert not {"script", "img"} & {element.tag for element in found}
    assert not [name for element in found for name in element.attributes if name.startswith("on")]


def test_counts_read_as_a_sentence() -> None:
    html = counts_html([("412", "new"), ("3", "changed"), ("87", "the same"), ("2", "refused")])
    assert elements(html)[0].text == "412 new 3 changed 87 the same 2 refused"


@pytest.mark.parametrize(
    ("verdict", "said"), [(Verdict.PASS, "✓Fine: "), (Verdict.WARN, "!Think again: "), (Verdict.FAIL, "✕Put right: ")]
)
def test_a_finding_has_a_sign_and_a_word_beside_its_colour(verdict: Verdict, said: str) -> None:
    found = elements(finding_html(Finding("O1", verdict, "Nobody owns it.")))
    hint = "" if verdict is Verdict.PASS else "One name. Others may help."
    assert found[0].text == "Owner"
    assert found[1].text == f"{said}Nobody owns it.{hint}"
    assert found[1].attributes["title"] == "Who owns it?"
    assert next(each for each in found if each.has("sign")).attributes["aria-hidden"] == "true"


def test_the_words_that_gave_it_away_are_marked_in_the_owners_text() -> None:
    quote = f"Better {NASTY}, better service"
    found = elements(finding_html(Finding("S1", Verdict.WARN, "Vague.", quote=quote, marked=("better",))))
    assert [each.text for each in found if each.tag == "mark"] == ["Better", "better"]
    assert [each.text for each in found if each.tag == "q"] == [quote]


def test_what_is_fine_is_folded_away_with_its_evidence() -> None:
    found = elements(fine_html((Finding("O1", Verdict.PASS, "shop manager owns it."),)))
    assert found[0].tag == "details"
    assert "1 question is fine" in found[0].text
    assert [each.text for each in found if each.tag in {"dt", "dd"}] == ["Who owns it?", "shop manager owns it."]


def test_an_error_says_what_happened_and_what_to_do_and_is_announced() -> None:
    found = elements(error_html(EmptyFile("orders.csv")))
    assert found[0].attributes["role"] == "alert"
    assert [element.text for element in found if element.tag == "p"] == [
        "orders.csv is empty.",
        "Export it again and look that it holds rows before you add it.",
    ]
