from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Sequence


def blocks(app: AppTest) -> Sequence[str]:
    """List what the script showed by st.html."""
    return [element.proto.body for element in app.get("html")]


def checklist() -> None:
    import streamlit as st  # noqa: PLC0415 -- the function's text is the whole script

    from kpi_core.checklist import Finding, Remedy, RemedyField, Verdict  # noqa: PLC0415
    from ui.widgets import show_checklist  # noqa: PLC0415

    findings = (
        Finding("S1", Verdict.PASS, "One number, one meaning."),
        Finding("S2", Verdict.WARN, "Not said.", Remedy("Whole business", RemedyField.SCOPE, "whole business")),
    )
    pressed = show_checklist(findings, "checks")
    st.text(f"pressed: {pressed.id if pressed else 'nothing'}")


def test_the_checklist_shows_each_finding_and_gives_the_one_whose_remedy_was_pressed() -> None:
    app = AppTest.from_function(checklist, default_timeout=30).run()
    assert ["One number" in block or "Not said" in block for block in blocks(app)] == [True, True]
    assert [button.label for button in app.button] == ["Whole business"]
    assert app.text[0].value == "pressed: nothing"
    app.button[0].click().run()
    assert app.text[0].value == "pressed: S2"


def empty_screen() -> None:
    import streamlit as st  # noqa: PLC0415

    from ui.widgets import show_empty  # noqa: PLC0415

    pressed = show_empty("No KPIs yet", "Choose a few.", ("Start with my goals", "Try a sample shop"), "empty")
    st.text(f"pressed: {pressed}")


def test_an_empty_screen_says_what_to_do_and_gives_the_door_that_was_taken() -> None:
    app = AppTest.from_function(empty_screen, default_timeout=30).run()
    assert "<h2>No KPIs yet</h2><p>Choose a few.</p>" in blocks(app)[0]
    assert app.text[0].value == "pressed: None"
    app.button[1].click().run()
    assert app.text[0].value == "pressed: Try a sample shop"


def shown_once() -> None:
    from kpi_core.errors import EmptyFile  # noqa: PLC0415
    from kpi_core.status import Judgement, Status  # noqa: PLC0415
    from ui.widgets import (  # noqa: PLC0415
        show_counts,
        show_error,
        show_facts,
        show_look,
        show_preview,
        show_status,
    )

    show_look()
    show_status(Judgement(Status.RED, "It is <far> off.", "Off target"))
    show_facts([("Dates", "day first")])
    show_counts([("412", "new")])
    show_error(EmptyFile("a<b>.csv"))
    show_preview(())


def test_what_is_shown_is_escaped_and_nothing_stands_for_no_file() -> None:
    app = AppTest.from_function(shown_once, default_timeout=30).run()
    assert not app.exception
    (look,) = [block for block in blocks(app) if block.startswith("<style>")]
    status, facts, counts, error = [block for block in blocks(app) if block != look]
    assert look.count("</style>") == 1
    assert "It is &lt;far&gt; off." in status
    assert "Off target" in status
    assert "day first" in facts
    assert "412" in counts
    assert "a&lt;b&gt;.csv is empty." in error
