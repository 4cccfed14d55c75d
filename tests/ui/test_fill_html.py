from __future__ import annotations

from datetime import date
from fractions import Fraction

from kpi_core.kpi import TypedValue
from kpi_core.service.filling import Change, Line
from kpi_core.source import Refused
from ui.fill_html import lines_html, refused_html


def line(change: Change, old: str = "", segment: str = "", note: str = "") -> Line:
    typed = TypedValue("<Revenue>", date(2026, 10, 1), Fraction(5), segment)
    return Line("<Revenue>", "October 2026", segment, change, old, "5 kr", typed, note)


def test_each_value_has_its_mark_its_word_and_what_it_becomes() -> None:
    over = lines_html([line(Change.COMPUTED, "4 kr")])
    assert "> replaces the computed<" in over
    assert "<s>4 kr</s> <b>5 kr</b>" in over
    html = lines_html([line(Change.NEW), line(Change.CHANGED, "4 kr", "<Web>", "this period still runs")])
    assert html.count("&lt;Revenue&gt;") == 2
    assert "<Revenue>" not in html
    assert "&lt;Web&gt;" in html
    assert "<s>4 kr</s> <b>5 kr</b>" in html
    assert "October 2026, this period still runs" in html
    assert [word in html for word in ("> new<", "> changed<")] == [True, True]


def test_a_refused_cell_says_where_and_why() -> None:
    html = refused_html([Refused(3, "Oct 2026", "<b>", "no number")])
    assert "no number<small>“&lt;b&gt;”, row 3, Oct 2026</small>" in html
