"""The board's head as HTML: its name and day, how it is shown, and the fields that say what of it.

Native fields in one form: the browser brings their keyboard and their lists, and they cost no more than text.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kpi_core.board import Board, GroupBy, Sort
from kpi_core.definition.fit import FIRST_DAY
from kpi_core.service.boards import why_nothing
from ui.board_filters import AS_OF, MORE, PICKS, options_of
from ui.board_html import Look

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.service.boards import FilterChoices
    from ui.board_filters import Asked

GROUPS = {
    GroupBy.GOAL: "Group by goal",
    GroupBy.PERSPECTIVE: "Group by side",
    GroupBy.FUNCTION: "Group by function",
    GroupBy.OWNER: "Group by owner",
    GroupBy.LEVEL: "Group by level",
    GroupBy.NOTHING: "No groups",
}
SORTS = {
    Sort.OWN: "In my order",
    Sort.WORST: "Worst first",
    Sort.NAME: "By name",
    Sort.GAP: "By gap",
}
ALL = "Show everything"


def head_html(board: Board, asked: Asked, choices: FilterChoices, today: date) -> str:
    """Build the head of a board that was made for what is `asked`; `today` is the latest day to look at it as of."""
    return (
        f'<form class="head" data-echo="{escape(asked.echo)}">'
        f'<div class="top"><div><h1>Board</h1><p class="day">{escape(board.heading)}</p></div>'
        f"{_looks(asked.look)}</div>"
        f'<div class="bar"><div class="filters" role="group" aria-label="What is shown">'
        f"{_filters(asked, choices, today)}</div></div>"
        f'<div role="status">{_left_out(board, asked)}</div></form>'
    )


def _looks(shown: Look) -> str:
    radios = "".join(
        f'<label><input type="radio" name="look" value="{look}"{" checked" if look is shown else ""}>'
        f"<span>{look}</span></label>"
        for look in Look
    )
    return f'<fieldset class="looks"><legend class="sb-sr">Show as</legend>{radios}</fieldset>'


def _filters(asked: Asked, choices: FilterChoices, today: date) -> str:
    view = asked.view
    picks = {name: _pick(name, options_of(choices, name), getattr(view, name)) for name in PICKS}
    on = sum(getattr(view, name) is not None for name in MORE)
    more = "".join(picks.pop(name) for name in MORE)
    return (
        f'<input type="search" name="search" aria-label="Search" placeholder="Search" value="{escape(view.search)}">'
        f"{_select('group', 'Group', GROUPS.items(), view.group_by)}{_select('sort', 'Sort', SORTS.items(), view.sort)}"
        f"{''.join(picks.values())}"
        f'<details class="more"><summary>{f"More filters ({on})" if on else "More filters"}</summary>'
        f"<div>{more}</div></details>"
        f'<input type="date" name="{AS_OF}" aria-label="As of" required min="{FIRST_DAY}" max="{today}"'
        f' value="{view.as_of}">'
    )


def _pick(name: str, options: tuple[str, ...], picked: str | None) -> str:
    every = PICKS[name]
    return _select(name, every, [("", every), *((option, option) for option in options)], picked or "")


def _select(name: str, label: str, options: Iterable[tuple[str, str]], picked: str) -> str:
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == picked else ""}>{escape(text)}</option>'
        for value, text in options
    )
    on = ' class="on"' if picked and name in PICKS else ""
    return f'<select name="{name}" aria-label="{escape(label)}"{on}>{listed}</select>'


def _left_out(board: Board, asked: Asked) -> str:
    """Say that not everything is shown, and offer the way back."""
    if not board.left_out:
        return ""
    why = "" if board.any else f" {escape(why_nothing(asked.view))}"
    back = f'<button type="reset" class="link">{ALL}</button>'
    return f'<p class="left-out"><b>{escape(board.left_out)}.</b>{why} {back}</p>'
