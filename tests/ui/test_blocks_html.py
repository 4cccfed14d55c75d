from __future__ import annotations

import pytest

from kpi_core.checklist import Finding, Remedy, Topic, Verdict
from kpi_core.errors import EmptyFile, SignalboxError
from kpi_core.source import Fate, PreviewRow
from tests.ui.boards import NASTY
from tests.ui.markup import Element, elements
from ui.blocks_html import counts_html, empty_html, error_html, facts_html, finding_html, preview_html

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
    assert struck == ["Orders October", "Total", "1.188,50"]


def test_every_line_is_as_wide_as_the_widest() -> None:
    found = elements(preview_html((PreviewRow(1, ("a",), Fate.USED), PreviewRow(2, ("a", "b", "c"), Fate.USED))))
    assert len([element for element in found if element.tag == "td"]) == 2 * (3 + 1)


def test_number_columns_stand_right() -> None:
    found = elements(preview_html(FILE, numbers={1}))
    assert [element.text for element in found if element.has("num")] == ["", "Amount", "389,50", "799,00", "1.188,50"]


def test_the_preview_can_be_scrolled_by_keyboard_and_is_named() -> None:
    place = elements(preview_html(FILE))[0].attributes
    assert (place["tabindex"], place["role"], place["aria-label"]) == ("0", "group", "The file, line by line")


@pytest.mark.parametrize(
    "html",
    [
        preview_html((PreviewRow(1, (NASTY,), Fate.REFUSED, NASTY), PreviewRow(2, (NASTY,), Fate.LEFT_OUT, NASTY))),
        facts_html([(NASTY, NASTY)]),
        counts_html([(NASTY, NASTY)]),
        finding_html(Finding("x", Topic.SPECIFIC, Verdict.PASS, NASTY)),
        error_html(SignalboxError(NASTY, NASTY)),
        empty_html(NASTY, NASTY),
    ],
    ids=["preview", "facts", "counts", "finding", "error", "empty"],
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
    ("verdict", "said"), [(Verdict.PASS, "✓fine: "), (Verdict.WARN, "!think again: "), (Verdict.FAIL, "✕missing: ")]
)
def test_a_finding_has_a_sign_and_a_word_beside_its_colour(verdict: Verdict, said: str) -> None:
    finding = Finding("owner", Topic.OWNER, verdict, "One name.", Remedy("Set an owner", "owner", ""))
    found = elements(finding_html(finding))
    assert found[0].text == f"{said}Owner One name."
    assert found[1].attributes["aria-hidden"] == "true"


def test_an_error_says_what_happened_and_what_to_do_and_is_announced() -> None:
    found = elements(error_html(EmptyFile("orders.csv")))
    assert found[0].attributes["role"] == "alert"
    assert [element.text for element in found if element.tag == "p"] == [
        "orders.csv is empty.",
        "Export it again and look that it holds rows before you add it.",
    ]
