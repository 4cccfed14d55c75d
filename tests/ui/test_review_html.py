"""Reviews as HTML: every name of the owner's is text."""

from __future__ import annotations

from datetime import date

from kpi_core.review import Addition, AgendaItem, Agreed, Decision, Item, Look, Review, Topic
from kpi_core.service.reviews import Record
from ui.review_html import agenda_html, record_html

EVIL = "<script>alert(1)</script>"
ITEM = AgendaItem(1, EVIL, Topic.OFF_TARGET, EVIL)
DAY = date(2026, 11, 3)


def test_every_text_of_the_owner_is_shown_as_text() -> None:
    look = Look("red", EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL)
    said = Item(1, EVIL, DAY, look, EVIL, Decision.ACT, EVIL)
    record = Record(
        Review(DAY, EVIL, (ITEM,), DAY, business=EVIL),
        ((ITEM, said),),
        (Agreed(EVIL, EVIL, EVIL, DAY, EVIL, new=True),),
        (Addition(DAY, EVIL, EVIL),),
    )
    shown = record_html(record) + agenda_html([ITEM], {1: True})
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") >= 15


def test_the_agenda_names_each_topic_once_and_ticks_what_is_decided() -> None:
    rest = AgendaItem(2, "Calm", Topic.REST, "is on target.")
    shown = agenda_html([ITEM, AgendaItem(3, "Off", Topic.OFF_TARGET, "is off target."), rest], {3: True, 2: False})
    assert shown.count("<h3>") == 2
    assert shown.count("✓") == 1


def test_a_record_without_actions_and_names_says_so() -> None:
    shown = record_html(Record(Review(DAY, "", (ITEM,)), ((ITEM, None),), ()))
    assert "Nobody is named as taking part." in shown
    assert "No action was open or agreed." in shown
    assert "Looked at, nothing decided." in shown
