from __future__ import annotations

from kpi_core.status import Status
from ui.marks import badge_html, tone


def test_only_the_three_judgements_are_coloured() -> None:
    assert {status: tone(status) for status in Status if tone(status) != "grey"} == {
        Status.GREEN: "green",
        Status.AMBER: "amber",
        Status.RED: "red",
    }


def test_the_badge_holds_the_sentence_for_pointing_at_it() -> None:
    html = badge_html(Status.RED, "Off target", 'It is "far" off.')
    assert 'title="It is &quot;far&quot; off."' in html
    assert html.endswith("Off target</span>")
