"""The meeting: one KPI at a time, large, with places for cause, decision and actions; nothing typed is lost."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.period import day_name
from kpi_core.review import Decision, Topic, action_text
from kpi_core.review.words import CHOICES
from kpi_core.service import actions, meeting, reviews
from kpi_core.service.meeting import Said
from kpi_core.status import Status
from ui.board_parts import usual_range
from ui.plain import as_it_stands
from ui.review_html import answers_html, kpi_html, record_html
from ui.review_view import PAGE, act_and_say, go, say, show_done
from ui.sparkline import sparkline_html
from ui.widgets import act, panel, show_action_fields, show_day, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.meeting import Step
    from kpi_core.service.reviews import Record

TYPED = "review_typed"
"""What stands in the fields of each KPI, also while another one is shown."""
WITH_REASON = {
    Decision.ACCEPT: "Why is it accepted?",
    Decision.CHANGE_TARGET: "Why another target?",
    Decision.RETIRE: "Why is it retired?",
}


def show_step(step: Step, data_file: Path, now: datetime) -> None:
    """Show a KPI of the meeting."""
    many = len(step.review.agenda)
    show_done(data_file, now, f"meeting {step.place}")
    _show_way(step, many, data_file, now)
    with panel("meeting"):
        if step.page is None:
            st.text(f"{step.agenda.name} is not there any more.")
            return
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        left.html(kpi_html(step.agenda, step.page))
        row = step.page.row
        # The only way that lets a drawing through; nothing in it was typed by anybody
        drawn = sparkline_html(row.trend, row.trend_text, usual_range(row))
        right.markdown(f'<div class="sb-meeting-trend">{drawn}</div>', unsafe_allow_html=True)
        st.html(answers_html(step.page))
    left, right = st.columns(2)
    with left, panel("decide", stretch=True):
        _show_decide(step, data_file, now)
    with right, panel("do", stretch=True):
        _show_actions(step, data_file, now)


def _show_way(step: Step, many: int, data_file: Path, now: datetime) -> None:
    """Show where the meeting is, with the ways back and on; both keep what is typed."""
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_way"):
        st.markdown(f"**{step.place + 1} of {many}**", width="stretch")
        away = st.button("All", key="meeting_all", help="The agenda; the meeting can be gone on with later")
        back = st.button("Back", key="meeting_back", disabled=step.place == 0, shortcut="B")
        label = "Next" if step.place + 1 < many else "To the end"
        on = st.button(label, key="meeting_next", shortcut="N", type="primary")
    # Outside the line of buttons, so that a refusal stands below it
    if away:
        _keep_and(step, data_file, now, lambda: st.switch_page(PAGE))
    if back:
        _keep_and(step, data_file, now, partial(go, step.place - 1))
    if on:
        _keep_and(step, data_file, now, partial(go, step.place + 1), usual=True)


def _key(step: Step, field: str) -> str:
    return f"review_{step.review.id}_{step.agenda.kpi_id}_{field}"


def _begin(step: Step) -> dict[str, object]:
    """Give what the fields say first: what is kept; of a KPI on target with nothing up, that it stays as it is."""
    fine = step.page is not None and step.page.row.judgement.status is Status.GREEN
    usual = Decision.KEEP if fine and step.agenda.topic is Topic.REST else None
    return {
        "cause": step.item.cause if step.item else "",
        "decision": usual,
        "reason": "",
        "until": None,
        "target": "",
    }


def _fields(step: Step) -> dict[str, object]:
    """Read what stands in the fields, or was left in them on an earlier look, or is kept."""
    left = st.session_state.get(TYPED, {})
    return {
        field: st.session_state.get(_key(step, field), left.get(_key(step, field), value))
        for field, value in _begin(step).items()
    }


def _said(fields: dict[str, object]) -> Said:
    decision, until = fields["decision"], fields["until"]
    return Said(
        cause=str(fields["cause"] or ""),
        decision=decision if isinstance(decision, Decision) else None,
        reason=str(fields["reason"] or ""),
        until=until if isinstance(until, date) else None,
        target=str(fields["target"] or ""),
    )


def _is_decided(step: Step) -> bool:
    return step.item is not None and step.item.decision is not None


def _keep_and(step: Step, data_file: Path, now: datetime, then: Callable[[], object], *, usual: bool = False) -> None:
    """Keep what is typed and go on; a refusal stays with what was typed.

    `usual`: what is chosen from the start counts too, as it does for whoever goes on and not back.
    """
    fields = _fields(step)
    nothing = not any(fields.values()) if usual else fields == _begin(step)
    if step.page is None or _is_decided(step) or nothing:
        then()
        return

    def decide() -> None:
        meeting.decide(data_file, step.review.id, step.agenda.kpi_id, _said(fields), now)
        _forget(step)

    act(decide, then)


def _forget(step: Step) -> None:
    """Forget what stood in the fields: it is kept now."""
    for field in _begin(step):
        st.session_state.get(TYPED, {}).pop(_key(step, field), None)


def _show_decide(step: Step, data_file: Path, now: datetime) -> None:
    show_heading("Why, and what do we decide?")
    if step.before is not None:
        st.caption(as_it_stands(f"Last time, {day_name(step.before.day, now.date())}: {step.before.said}."))
    if _is_decided(step):
        _show_decided(step, data_file, now)
        return
    fields = _fields(step)
    for field, value in fields.items():
        st.session_state.setdefault(_key(step, field), value)
    st.text_area("Cause: what made it so?", key=_key(step, "cause"), height=90)
    decision = st.radio(
        "Decision", list(Decision), index=None, format_func=CHOICES.__getitem__, key=_key(step, "decision")
    )
    if decision is Decision.ACCEPT:
        show_day("Until and including", _key(step, "until"))
    if decision is Decision.CHANGE_TARGET and step.one_number:
        st.text_input("New target, from the next period on", key=_key(step, "target"))
    if decision in WITH_REASON:
        st.text_input(WITH_REASON[decision], key=_key(step, "reason"), placeholder="else the cause stands for it")
    if decision is Decision.CHANGE_KPI or (decision is Decision.CHANGE_TARGET and not step.one_number):
        st.caption("Kept here; its form opens from here afterwards.")
    st.session_state.setdefault(TYPED, {}).update({_key(step, field): value for field, value in _fields(step).items()})
    if st.button("Keep the decision", key="keep_decision", disabled=decision is None):
        _keep_and(step, data_file, now, st.rerun, usual=True)


def _show_decided(step: Step, data_file: Path, now: datetime) -> None:
    item = step.item
    if item is None:
        return
    st.markdown(f"**{as_it_stands(item.said)}**")
    if item.cause:
        st.text(f"Cause: {item.cause}")
    with st.container(horizontal=True):
        in_form = item.change is None and item.decision in {Decision.CHANGE_KPI, Decision.CHANGE_TARGET}
        if in_form and st.button("Open the form", key="open_form", type="primary"):
            st.switch_page("pages/choose.py", query_params={"kpi": str(item.kpi_id)})
        if st.button("Take it back", key="take_back_decision"):
            st.session_state.setdefault(TYPED, {})[_key(step, "cause")] = item.cause
            act(lambda: meeting.take_back(data_file, step.review.id, item.kpi_id, now))


def _show_actions(step: Step, data_file: Path, now: datetime) -> None:
    show_heading("Who does what by when?")
    for each in step.open:
        with st.container(key=f"meeting_action_{each.id}"):
            st.markdown(as_it_stands(action_text(each, now.date())))
            if each not in step.new:
                with st.popover("Done", type="tertiary"):
                    result = st.text_input("What came of it?", key=f"meeting_result_{each.id}")
                    if st.button("Keep it as done", key=f"meeting_done_{each.id}"):
                        act_and_say(partial(actions.done, data_file, each.id, result, now), "Done.")
            elif st.button("Take it back", key=f"meeting_drop_{each.id}", type="tertiary"):
                act_and_say(partial(actions.drop, data_file, each.id, "taken back in the review", now), "Taken back.")
    _show_new_action(step, data_file, now)


def _show_new_action(step: Step, data_file: Path, now: datetime) -> None:
    """Show the fields of one more action; they stay as typed until it is kept."""
    left, many = st.session_state.setdefault(TYPED, {}), len(step.new)
    owner = step.page.kpi.owner if step.page else ""
    key = _key(step, f"action_{many}")
    for name, value in (("what", ""), ("who", owner), ("due", None)):
        st.session_state.setdefault(f"{key}_{name}", left.get(f"{key}_{name}", value))
    what, who, due = show_action_fields(key, owner)
    left |= {f"{key}_what": what, f"{key}_who": who, f"{key}_due": due}
    if st.button("Add the action", key="add_meeting_action"):
        add = partial(actions.add_typed, data_file, step.agenda.kpi_id, what, who, due, now, review=step.review.id)
        act_and_say(add, "The action is kept.")


def show_end(record: Record, data_file: Path, now: datetime) -> None:
    """Show what the record will say, and end the review."""
    review = record.review
    show_done(data_file, now, "end")
    with st.container(horizontal=True, key="meeting_way"):
        if st.button("Back", key="meeting_back", shortcut="B"):
            go(len(review.agenda) - 1)
    with panel("finish"):
        show_heading("The end of the review")
        for text in unfinished(record):
            st.text(text)
        people = st.text_input("Who took part?", review.people, key=f"review_people_{review.id}")

        def finish() -> None:
            reviews.name_people(data_file, review.id, people, now)
            say("The review is finished; this is its record.", reviews.finish(data_file, review.id, now))

        if st.button("Finish the review", type="primary", key="finish_review"):
            act(finish, lambda: st.switch_page(PAGE, query_params={"record": str(review.id)}))
    with panel("record"):
        st.html(record_html(record))


def unfinished(record: Record) -> tuple[str, ...]:
    """Say what the review leaves open."""
    found = []
    if record.undecided:
        many = "1 KPI" if record.undecided == 1 else f"{record.undecided} KPIs"
        found.append(f"Nothing is decided about {many}: the record says so.")
    found += [f"You want to act on {name}, and no action says who does what." for name in record.idle]
    return tuple(found)
