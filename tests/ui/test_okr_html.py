"""An objective as HTML: escaped, its scores as bars that are read aloud as words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kpi_core.kpi import KeyResult, Objective
from kpi_core.okr import objective, score
from kpi_core.service.objectives import KeyResultLine, ObjectiveLine
from tests.ui.boards import NASTY
from tests.ui.markup import elements
from ui.okr_html import objective_html


def line(name: str, actual: int | None) -> ObjectiveLine:
    result = KeyResult(name, Fraction(0), Fraction(8), stretch=True)
    scored = score(name, result.baseline, result.target, None if actual is None else Fraction(actual))
    text = "" if actual is None else "0.63"
    results = (KeyResultLine(result, 1, scored, "from 0 to 8 by Friday", f"now {name}", text, "healthy"),)
    whole = objective([scored])
    return ObjectiveLine(
        Objective(name, date(2026, 1, 1), date(2026, 12, 31), (result,), name), whole, results, name, text, name, name
    )


def test_a_bar_is_as_long_as_its_score_and_hidden_from_those_who_hear_the_number() -> None:
    written = objective_html(line("NPS", 5))
    assert written.count('style="width:62.5%"') == 2
    assert written.count('class="bar" aria-hidden="true"') == 2
    assert "<b>0.63</b> healthy" in written


def test_without_a_score_the_bar_is_another_one_than_none_of_the_way() -> None:
    written = objective_html(line("NPS", None))
    assert written.count('class="bar none"') == 2
    assert "width:" not in written


def test_what_an_owner_types_is_never_markup() -> None:
    found = elements(objective_html(line(NASTY, 5)))
    assert not [element for element in found if element.tag in {"script", "img"}]
