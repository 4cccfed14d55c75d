from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.actual import Actual, CoverageState
from kpi_core.actual.compared import ComparedLine, ComparedSide, Stretch
from kpi_core.actual.explained import Explained, PartKind
from kpi_core.board.trade import Trade
from kpi_core.kpi import Direction, Kpi, Tier, Typed
from kpi_core.period import Cadence, Calendar
from kpi_core.service.explaining import ExplainLine, Explanation
from kpi_core.service.watching import Watched
from kpi_core.source import Covers
from kpi_core.status import Status
from kpi_core.unit import Unit, UnitKind
from tests.ui.boards import row
from ui.kpi_parts_html import compared_html, explained_html, watched_html

HOSTILE = "<img src=x onerror=alert(1)>"
OCTOBER = Calendar().period(Cadence.MONTH, date(2026, 10, 1))
KPI = Kpi("Revenue", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed())
LINE = ExplainLine("web", PartKind.BOTH, "100", "50", "60%", "40%", "\u221250")


def explanation(*lines: ExplainLine) -> Explanation:
    found = Explained(Fraction(100), Fraction(50), ())
    total = replace(LINE, name="All", share_before="", share_after="")
    return Explanation(
        KPI, "Channel", ("Channel",), found, "before March", "since March", lines, total, "Web did.", "8 months."
    )


def comparison(now: str = "5", then: str = "", change: str = "", reason: str = "October 2025: no data") -> ComparedLine:
    side = ComparedSide(Covers(OCTOBER.start, OCTOBER.end), Actual(OCTOBER, None, CoverageState.NONE))
    return ComparedLine(Stretch.PERIOD, "October", "October", side, side, now, then, "October 2025", change, reason)


def test_the_table_of_parts_has_heads_sides_and_the_whole_at_its_end() -> None:
    shown = explained_html(explanation(LINE))
    assert "<p>Web did.</p>" in shown
    assert [shown.count(f'<th scope="{scope}"') for scope in ("col", "row")] == [4, 2]
    assert "Before March</th>" in shown
    assert "100 <small>60%</small>" in shown
    assert shown.index("<tfoot>") < shown.index(">All<")


def test_a_missing_side_shows_what_is_known_and_the_reason() -> None:
    shown = compared_html([comparison()])
    assert '<td class="num">5</td><td class="why" colspan="2">October 2025: no data</td>' in shown
    assert 'colspan="3"' in compared_html([comparison(now="")])


def test_a_change_stands_beside_both_values_with_the_days_on_pointing() -> None:
    shown = compared_html([comparison(then="4", change="+25%", reason="")])
    assert 'title="October 2025">4</td>' in shown
    assert "<b>+25%</b>" in shown


def test_a_warning_has_a_sign_and_a_health_metric_no_badge() -> None:
    judged = row(3, "Order value", "750 kr", "800 kr", Status.AMBER, "Close")
    shown = watched_html(Watched("Order value", judged, Trade("Look at both.", warns=True)))
    assert 'class="warns"><span class="sign" aria-hidden="true">!</span>Look at both.' in shown
    assert "sb-status" in shown
    metric = replace(judged, kpi=replace(judged.kpi, tier=Tier.HEALTH_METRIC))
    assert "sb-status" not in watched_html(Watched("Order value", metric, Trade("Fine.")))
    assert "who" not in watched_html(Watched("Returns", None, Trade("Nobody measures it.")))


def test_names_from_files_and_owners_are_text() -> None:
    hostile = replace(LINE, name=HOSTILE, before=HOSTILE)
    texts = [
        explained_html(
            replace(explanation(hostile), column=HOSTILE, sentence=HOSTILE, note=HOSTILE, before_name=HOSTILE)
        ),
        compared_html([replace(comparison(now=HOSTILE), name=HOSTILE, reason=HOSTILE, label=HOSTILE)]),
        watched_html(Watched(HOSTILE, row(3, HOSTILE, HOSTILE, HOSTILE, Status.AMBER, HOSTILE), Trade(HOSTILE))),
    ]
    assert all("<img" not in text for text in texts)
