from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpi_core.board import Attention, Board, Change, ChangeKind, Digest, NextStep, Rollup
from kpi_core.kpi import Tier
from kpi_core.signals import Signal, SignalState
from kpi_core.status import Judgement, Status
from tests.ui.boards import NASTY, nasty_board, row, seed_board
from tests.ui.markup import Element, elements
from ui.board_html import board_html

OURS = {
    "article", "b", "button", "div", "footer", "h2", "h3", "header", "li", "ol", "p", "path", "section", "small",
    "span", "svg", "title", "ul",
}  # fmt: skip


def only(found: list[Element], name: str) -> list[Element]:
    return [element for element in found if element.has(name)]


def test_the_seed_board_shows_value_target_and_status_of_each_kpi() -> None:
    found = elements(board_html(seed_board()))
    cards = only(found, "card")
    assert [element.text for element in found if element.tag == "h3"] == [
        "Monthly Revenue",
        "Conversion Rate",
        "Avg Order Value",
        "Cart Abandonment",
    ]
    values = [element.text for element in only(found, "value")]
    assert values == ["480 000 krOctober", "3.2 %October", "750 krOctober", "58 %October"]
    assert only(found, "target")[0].text == "Target 500 000 kr"
    badges = [badge for badge in only(found, "sb-status") if "article" in badge.inside]
    assert [badge.text for badge in badges] == ["Close", "On target", "Close", "On target"]
    assert all("Owner: shop manager" in card.text for card in cards)


def test_this_week_says_who_what_and_the_next_step_before_the_cards() -> None:
    html = board_html(seed_board())
    found = elements(html)
    line = next(element for element in found if element.tag == "li")
    assert line.text == "Avg Order Value has no value since June. Add data"
    assert html.index("This week") < html.index("Bring in more money")
    counts = [badge.text for badge in only(found, "sb-status") if "article" not in badge.inside]
    assert counts == ["2 on target", "2 close"]


def test_of_a_past_day_the_strip_names_the_day() -> None:
    found = elements(board_html(replace(seed_board(), week="In the week of 3 November")))
    assert next(element.text for element in found if element.tag == "h2") == "In the week of 3 November"


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [
        int(element.tag[1]) for element in elements(board_html(seed_board())) if element.tag in {"h1", "h2", "h3"}
    ]
    assert levels[0] == 2
    assert set(levels) == {2, 3}


def test_no_text_becomes_an_element() -> None:
    found = elements(board_html(nasty_board()))
    assert {element.tag for element in found} <= OURS
    assert not [name for element in found for name in element.attributes if name.startswith("on")]


def test_every_text_is_shown_as_it_was_typed() -> None:
    found = elements(board_html(nasty_board()))
    card = only(found, "card")[0]
    said = {"reason", "signal", "outlook", "note", "due", "so far", "owner", "trend"}
    in_card = {"name", "value", "period", "target", "gap", "badge"} | said
    assert card.text.count(NASTY) == len(in_card)
    picture = next(element for element in found if element.tag == "svg")
    assert picture.attributes["aria-label"] == NASTY


def test_each_trend_has_its_words_and_one_without_words_is_hidden() -> None:
    pictures = [element for element in elements(board_html(seed_board())) if element.tag == "svg"]
    assert pictures[0].attributes["role"] == "img"
    assert pictures[0].attributes["aria-label"] == "The trend of Monthly Revenue"
    wordless = _board_of(replace(seed_board().rows[0], trend_text=""))
    (picture,) = [element for element in elements(board_html(wordless)) if element.tag == "svg"]
    assert picture.attributes["aria-hidden"] == "true"


def test_a_status_is_a_shape_and_a_word_beside_its_colour() -> None:
    words = {status: f"Word of {status.value}" for status in Status}
    shapes = {Status.GREEN: "circle", Status.AMBER: "triangle", Status.RED: "square"}
    for status, word in words.items():
        found = elements(board_html(_board_of(row(1, "Visits", "5", "Target 6", status, word))))
        (badge,) = only(found, "sb-status")
        (mark,) = only(found, "sb-mark")
        assert badge.text == word
        assert mark.has(shapes.get(status, "ring"))
        assert mark.attributes["aria-hidden"] == "true"


def test_a_grey_card_says_why_and_a_coloured_one_leaves_it_to_the_gap() -> None:
    grey = elements(board_html(_board_of(row(1, "Visits", "5", "", Status.NO_DATA, "No data"))))
    assert [element.text for element in only(grey, "why")] == ["The sentence of Visits."]
    green = elements(board_html(_board_of(row(1, "Visits", "5", "", Status.GREEN, "On target"))))
    assert only(green, "why") == []


def test_a_missing_value_is_said_and_never_zero() -> None:
    found = elements(board_html(_board_of(row(1, "Visits", "", "Target 6", Status.NO_DATA, "No data"))))
    (value,) = only(found, "value")
    assert "no value" in value.text
    assert "0" not in value.text


def test_an_old_value_and_a_typed_value_are_marked() -> None:
    board = _board_of(replace(seed_board().rows[0], greyed=True, typed=True))
    found = elements(board_html(board))
    assert only(found, "card")[0].has("old")
    assert only(found, "value")[0].text == "480 000 krOctober · typed"


def test_the_north_star_is_named_for_those_who_cannot_see_it() -> None:
    first = seed_board().rows[0]
    found = elements(board_html(_board_of(replace(first, kpi=replace(first.kpi, north_star=True)))))
    assert only(found, "star")[0].text == "★North Star"


def test_a_health_metric_has_no_badge_and_stands_apart() -> None:
    first = seed_board().rows[0]
    metric = replace(
        first,
        kpi=replace(first.kpi, tier=Tier.HEALTH_METRIC),
        judgement=Judgement(Status.NO_TARGET, "why", "No target"),
    )
    found = elements(board_html(replace(_board_of(), health=(metric,))))
    assert only(found, "sb-status") == []
    assert only(found, "why") == []
    assert [element.text for element in found if element.tag == "h2"] == ["Health metrics"]


def test_every_button_names_its_kpi_and_what_it_does() -> None:
    buttons = [element for element in elements(board_html(seed_board())) if element.tag == "button"]
    told = [
        (b.attributes["data-kpi"], b.attributes["data-action"], b.attributes.get("aria-label", b.text)) for b in buttons
    ]
    assert told == [
        ("3", "add data", "Add data: Avg Order Value"),
        ("1", "look", "Monthly Revenue"),
        ("2", "look", "Conversion Rate"),
        ("3", "look", "Avg Order Value"),
        ("4", "look", "Cart Abandonment"),
        ("9", "finish", "Finish it: Repeat customers"),
    ]


def test_an_empty_board_is_empty() -> None:
    assert board_html(_board_of()) == ""


def _board_of(*rows: object) -> Board:
    """Give a board with only these cards, without a count of its own."""
    empty = Rollup(0, 0, 0, 0, 0, None, None)
    board = Board(date(2026, 11, 21), "", (), (), empty)
    if not rows:
        return board
    group = seed_board().groups[0]
    return replace(board, groups=(replace(group, rows=rows, rollup=empty),))  # type: ignore[arg-type]


def test_the_north_star_stands_on_top_once_and_its_group_says_where_it_is() -> None:
    board = seed_board()
    star = replace(board.rows[0], kpi=replace(board.rows[0].kpi, north_star=True))
    (group,) = board.groups
    alone = replace(group, rows=(star,))
    found = elements(board_html(replace(board, rows=(star,), groups=(alone,), star=star)))
    assert [element.text for element in found if element.tag == "h2"][:2] == ["This week", "★ North Star"]
    assert len(only(found, "card")) == 1
    assert only(found, "above")[0].text == "The North Star, on top."


DROP = Signal(SignalState.WORSE, above=False)


def test_a_card_says_whether_it_really_changes_beside_its_status() -> None:
    sentence = "A real drop since March: eight months below the usual level."
    card = replace(
        seed_board().rows[1], signal=DROP, signal_sentence=sentence, outlook_short="Reach 3 %: about 9 in 10"
    )
    found = elements(board_html(_board_of(card)))
    (signal,) = only(found, "signal")
    assert signal.text == sentence
    assert "A real drop since March:" in [element.text for element in found if element.tag == "b"]
    (mark,) = only(found, "sb-way")
    assert mark.has("drop")
    assert mark.has("sb-red")
    assert only(found, "sb-status")[0].text == "On target"
    assert only(found, "outlook")[0].text == "Reach 3 %: about 9 in 10"


def test_a_line_about_a_real_change_has_the_mark_of_the_change() -> None:
    line = Attention(1, "Visits", Status.GREEN, "shows a real drop since March.", NextStep.LOOK, DROP)
    found = elements(board_html(replace(_board_of(), attention=(line,))))
    assert only(found, "sb-way")[0].has("drop")
    assert only(found, "sb-mark") == []


def test_many_lines_are_folded_after_the_first() -> None:
    lines = tuple(Attention(n, f"KPI {n}", Status.RED, "is off target.", NextStep.LOOK) for n in range(9))
    found = elements(board_html(replace(_board_of(), attention=lines)))
    assert [element.text for element in found if element.tag == "summary"] == ["4 more"]
    assert sum(element.tag == "li" for element in found) == 9
    few = elements(board_html(replace(_board_of(), attention=lines[:6])))
    assert [element for element in few if element.tag == "summary"] == []


def test_what_changed_is_told_with_a_way_to_note_it_as_seen() -> None:
    change = Change(1, NASTY, ChangeKind.REAL_CHANGE, Status.GREEN, "shows a real rise in October.")
    news = Digest(date(2026, 11, 21), date(2026, 11, 3), "Since 3 November: 1 real change.", (change,))
    found = elements(board_html(_board_of(), news=news))
    assert [element.text for element in found if element.tag == "summary"] == ["Since 3 November: 1 real change."]
    assert [b.attributes["data-action"] for b in found if b.tag == "button"] == ["look", "seen"]
    assert f"{NASTY} shows a real rise in October." in next(each.text for each in found if each.tag == "li")
    assert board_html(_board_of(), news=replace(news, changes=())) == ""


def test_an_overdue_review_is_one_line_with_its_way_and_what_is_being_done_stands_on_the_card() -> None:
    board = seed_board()
    assert not only(elements(board_html(board)), "whole")
    first, *others = board.groups[0].rows
    doing = replace(first, doing=NASTY)
    groups = (replace(board.groups[0], rows=(doing, *others)), *board.groups[1:])
    found = elements(board_html(replace(board, review="The review is 2 days overdue.", groups=groups)))
    (line,) = only(found, "whole")
    assert line.text == "The review is 2 days overdue. Review"
    assert [each.text for each in only(found, "doing")] == [NASTY]


def test_what_is_untidy_is_one_line_at_the_foot_of_this_week_with_its_way() -> None:
    html = board_html(replace(seed_board(), untidy=f"{NASTY}: Nobody owns it."))
    (line,) = only(elements(html), "whole")
    assert line.text == f"{NASTY}: Nobody owns it. Check-up"
    strip = html.partition("</section>")[0]
    assert strip.endswith("</p>")
    assert 'data-action="check up"' in strip
