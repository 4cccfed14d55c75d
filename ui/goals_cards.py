"""What is proposed for the board, card by card, and the health metrics beside it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import MOST, GoalStep, Progress, with_beside, with_pick
from kpi_core.choice.words import HEALTH_METRIC, WRITING, dropped, size_words
from kpi_core.errors import SignalboxError
from kpi_core.service import goals, goals_kept
from ui.goals_html import card_html
from ui.goals_steps import change, go, hold, show_onward
from ui.plain import as_it_stands
from ui.session import data_file, now
from ui.widgets import panel, show_error

if TYPE_CHECKING:
    from kpi_core.service.goals import Journey, Offer

SWAP, ADD, OFFER, REFUSED = "goals_swap_", "goals_add", "goals_offer_", "goals_refused"


def show_cards(where: Journey) -> None:
    """Show the KPIs for the board; each can be kept, swapped or dropped."""
    count = len(where.picks)
    st.html(
        f'<p class="sb-ask">{count} {"KPI" if count == 1 else "KPIs"} for your board. '
        f"<small>{size_words(count)}</small></p>"
    )
    for sentence in where.choice.missing:
        st.html(f'<p class="sb-coach">{escape(sentence)}</p>')
    with st.grid(min_column_width=340, key="goals_cards"):
        for key in where.picks:
            with panel(f"pick_{key}", stretch=True):
                _show_card(where, key)
    _show_more(where)
    show_onward(where, GoalStep.BESIDE, "Keep these", ready=bool(where.picks), why_not="Keep one at least.")


def _show_card(where: Journey, key: str) -> None:
    proposal = goals.proposal_of(where, key)
    names = [goal.name for goal in where.picked_goals if goal.key in proposal.goals]
    st.html(card_html(proposal, names, goals.feeds(proposal.entry, where.options) if proposal.entry else ""))
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Swap"):
            _pick(where, f"Take instead of {proposal.name}", f"{SWAP}{key}", key)
        st.button(
            "Drop",
            key=f"drop_{key}",
            help=as_it_stands(dropped(proposal.name)),
            on_click=_replace_pick,
            args=(where, key, None),
        )


def _show_more(where: Journey) -> None:
    with st.container(horizontal=True):
        if len(where.picks) < MOST:
            with st.popover("Add another", icon=":material/add:"):
                _pick(where, "Add to the board", ADD, None)
        if where.progress.picks is not None:
            st.button(
                "As proposed",
                icon=":material/restart_alt:",
                on_click=lambda: change(replace(where.progress, picks=None)),
                help="Takes your swaps and drops back.",
            )


def _pick(where: Journey, label: str, key: str, instead_of: str | None) -> None:
    entries = {entry.key: entry for entry in goals.swaps(where, instead_of or "")}
    st.selectbox(
        label,
        list(entries),
        index=None,
        format_func=lambda each: entries[each].name,
        key=key,
        placeholder="pick one",
        on_change=lambda: _take_pick(where, instead_of, st.session_state[key]),
    )


def _take_pick(where: Journey, old: str | None, new: str | None) -> None:
    if new:
        _replace_pick(where, old, new)


def _replace_pick(where: Journey, old: str | None, new: str | None) -> None:
    change(with_pick(where.progress, where.picks, old, new))


def show_beside(where: Journey) -> None:
    """Offer the rest as health metrics: shown and trended, no target, no colour."""
    ticked = goals.beside_now(where)
    st.html(f'<p class="sb-ask">Which numbers do you want to see beside them? <small>{HEALTH_METRIC}</small></p>')
    offered = goals.offers(where)
    with panel("beside"):
        for offer in (each for each in offered if each.guards):
            _show_offer(where, offer, ticked)
    more = [each for each in offered if not each.guards]
    chosen = sum(each.entry.key in ticked for each in more)
    with st.expander(f"{len(more)} more{f', {chosen} ticked' if chosen else ''}"):
        for offer in more:
            _show_offer(where, offer, ticked)
    st.button("Write them down", key="onward_details", type="primary", on_click=_settle)
    st.caption(WRITING)
    if REFUSED in st.session_state:
        show_error(st.session_state.pop(REFUSED))


def _show_offer(where: Journey, offer: Offer, ticked: tuple[str, ...]) -> None:
    key = f"{OFFER}{offer.entry.key}"
    hold(key, offer.entry.key in ticked)
    st.checkbox(
        f"**{as_it_stands(offer.entry.name)}** {as_it_stands(offer.reason)}",
        key=key,
        on_change=_take_offer,
        args=(where.progress, ticked, offer.entry.key),
    )


def _take_offer(progress: Progress, ticked: tuple[str, ...], key: str) -> None:
    change(with_beside(progress, ticked, key, wanted=st.session_state[f"{OFFER}{key}"]))


def _settle() -> None:
    try:
        go(goals_kept.settle(data_file(), now()), GoalStep.DETAILS)
    except SignalboxError as error:
        st.session_state[REFUSED] = error
