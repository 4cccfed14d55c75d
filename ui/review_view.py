"""The page of reviews: the agenda, the next appointment, the records of past ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.period import day_name
from kpi_core.review import Plan
from kpi_core.service import invitation, log, meeting, reviews
from ui.people_view import show_writer_asked
from ui.plain import as_it_stands
from ui.review_html import agenda_html, record_html
from ui.widgets import act, panel, show_day, show_empty, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.reviews import Home, Record

PAGE = "pages/review.py"
DONE = "review_done"


def show_home(data_file: Path, now: datetime) -> None:
    """Show the agenda with the way into the meeting, the next appointment and the past records."""
    home = reviews.home(data_file, now.date())
    show_done(data_file, now, "home")
    if not home.agenda and not home.records:
        if show_empty("Nothing to review yet", f"{reviews.NOTHING} {reviews.NOTHING_YET}", ["Board"], "no_review"):
            st.switch_page("pages/board.py")
        return
    if home.when:
        st.caption(as_it_stands(home.when))
    left, right = st.columns([3, 2])
    with left:
        _show_start(home, data_file, now)
    with right:
        _show_plan(home, data_file, now)
        _show_records(home)


def _show_start(home: Home, data_file: Path, now: datetime) -> None:
    running = home.running
    with panel("agenda"):
        if running is not None:
            show_heading(f"The review of {day_name(running.day, now.date())} goes on")
            decided = meeting.progress_of(data_file)
            st.text(f"{home.decided} of {len(home.agenda)} decided. Everything that was decided is kept.")
            with st.container(horizontal=True):
                if st.button("Go on", type="primary"):
                    waiting = (at for at, each in enumerate(home.agenda) if not decided.get(each.kpi_id))
                    go(next(waiting, len(home.agenda)))
                if st.button("Leave it"):
                    change = reviews.leave(data_file, running.id, now)
                    say("The review is left; what was decided stays.", change)
                    st.rerun()
            st.html(agenda_html(home.agenda, decided))
            return
        show_heading("Agenda of today")
        if not home.agenda:
            st.text(reviews.NOTHING_YET)
            return
        show_writer_asked(data_file)
        people = st.text_input("Who takes part?", key="review_people", placeholder="names, with commas")
        if st.button("Start the review", type="primary", key="start_review"):
            act(lambda: reviews.start(data_file, people, now), lambda: go(0))
        st.html(agenda_html(home.agenda))


def _show_plan(home: Home, data_file: Path, now: datetime) -> None:
    plan = home.plan if home.plan and home.plan.day >= now.date() else None
    with panel("next_review"):
        show_heading("Next review")
        shown = plan or Plan(home.suggested)
        for key, value in (("plan_day", shown.day), ("plan_time", shown.time), ("plan_minutes", shown.minutes)):
            st.session_state.setdefault(key, value)
        first, second, third = st.columns([2, 1, 1])
        with first:
            day = show_day("Day", "plan_day")
        time = second.text_input("Time", key="plan_time")
        minutes = third.number_input("Minutes", step=5, key="plan_minutes")
        if st.button("Keep this date", key="keep_plan") and day is not None:
            wanted = Plan(day, time, int(minutes))
            act(lambda: say("The date is kept.", invitation.save_plan(data_file, wanted, now)))
        if plan is not None:
            st.text(f"{day_name(plan.day, now.date())} at {plan.time}, {plan.minutes} minutes")
            st.download_button(
                "Put it in my calendar (.ics)",
                partial(invitation.invitation, data_file, now),
                "kpi_review.ics",
                "text/calendar",
                icon=":material/event:",
                on_click="ignore",
            )
            st.caption("Downloaded again after a change, it updates the entry that is there.")


def _show_records(home: Home) -> None:
    with panel("records"):
        show_heading("Past reviews")
        if not home.records:
            st.caption("None yet. Each review ends with a record that stays as it is.")
        for line in home.records:
            if st.button(as_it_stands(f"{line.day}: {line.counts}"), key=f"record_{line.id}", type="tertiary"):
                st.switch_page(PAGE, query_params={"record": str(line.id)})


def show_record(record: Record, data_file: Path, now: datetime) -> None:
    """Show a finished review as a page to read and print, with the way to add a correction."""
    show_done(data_file, now, f"record {record.review.id}")
    with st.container(key="no_print_top"):
        st.page_link(PAGE, label="All reviews", icon=":material/arrow_back:")
    with panel("record"):
        st.html(record_html(record))
    with st.container(key="no_print_bottom"):
        st.caption(
            "Ctrl+P (on a Mac ⌘P) prints this page. The record stays as it is; what was wrong is put right below."
        )
        with panel("correct"):
            count = len(record.additions)
            text = st.text_input("Add a correction", key=f"correction_{record.review.id}_{count}")
            if st.button("Add it with today's date", key="add_correction"):

                def correct() -> None:
                    say("Added.", reviews.correct(data_file, record.review.id, text, now))

                act(correct)


def go(place: int) -> None:
    """Go to a KPI of the meeting."""
    st.switch_page(PAGE, query_params={"at": str(place)})


def say(sentence: str, change: int | None = None) -> None:
    """Say on top of the next page what was done, with the way to take it back."""
    st.session_state[DONE] = (sentence, change, "")


def show_done(data_file: Path, now: datetime, place: str) -> None:
    """Show what was done, and take it back where that is pressed; on another `place` than the first it is over."""
    sentence, change, shown_on = st.session_state.get(DONE, ("", None, place))
    if not sentence or shown_on not in {"", place}:
        st.session_state.pop(DONE, None)
        return
    st.session_state[DONE] = (sentence, change, place)
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="panel_review_done"):
        st.text(sentence)
        if change is not None and st.button("Undo", key="undo_review_done"):

            def undo() -> None:
                log.take_back(data_file, change, "", now)
                say("Taken back.")

            act(undo)


def act_and_say(do: Callable[[], int | None], sentence: str) -> None:
    """Do something and say so on top of the page, with the way to take it back."""
    act(lambda: say(sentence, do()))
